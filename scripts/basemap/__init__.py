"""Parts of `scripts/build_basemap.py`: where the shapes come from and how they are thinned."""
