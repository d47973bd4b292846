"""Measurements of the dashboard in a real browser: `make bench` runs them and writes docs/benchmarks.md.

Each module has one subject. Nothing here is imported by mapdata.
"""
