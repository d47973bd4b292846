"""The learning curve of the docs: F1 by how many labelled stories the reader has learned from (`make curve`).

Draws docs/learning-curve.svg and writes its points beside it. Takes minutes: a fit for each theatre and share;
`--shares 0.2 1 --theatres iraq -o /tmp/curve.png` is a quick look.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from pathlib import Path

import matplotlib

matplotlib.use("Agg")
from matplotlib import pyplot

from mapdata.training.curve import Point, measure

ROOT = Path(__file__).parents[1]
TARGET = ROOT / "docs" / "learning-curve.svg"
SHARES = (0.125, 0.25, 0.5, 1.0)


def draw(points: Sequence[Point], target: Path) -> None:
    """The curve, as the ending of `target` says (.svg, .png); the same bytes from the same points."""
    matplotlib.rcParams["svg.hashsalt"] = "mapdata"
    figure, axes = pyplot.subplots(figsize=(6.4, 3.6), layout="constrained")
    stories = [point.stories for point in points]
    for name, values, style in (
        ("pairs (site, actor)", [point.pairs for point in points], "s--"),
        ("whole claims", [point.claims for point in points], "o-"),
    ):
        axes.plot(stories, values, style, color="#1f3a5f" if style == "o-" else "#8a6d3b", label=name)
        for x, y in zip(stories, values, strict=True):
            axes.annotate(f"{y:.2f}", (x, y), textcoords="offset points", xytext=(0, 7), ha="center", fontsize=8)
    axes.set(xlabel="stories learned from (articles, and sentences of the bank)", ylabel="F1 on theatres left out")
    axes.set(ylim=(0, 1), xlim=(0, None))
    axes.spines[["top", "right"]].set_visible(False)
    axes.grid(axis="y", color="#dddddd", linewidth=0.6)
    axes.legend(frameon=False, loc="lower right")
    figure.savefig(target, metadata={"Date": None} if target.suffix == ".svg" else None, dpi=160)
    pyplot.close(figure)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--labels", type=Path, default=ROOT / "labels")
    parser.add_argument("--shares", type=float, nargs="+", default=list(SHARES))
    parser.add_argument("--theatres", nargs="+", help="Only these are left out in turn; default: all.")
    parser.add_argument("-o", "--output", type=Path, default=TARGET)
    options = parser.parse_args()
    points = measure(sorted(options.shares), options.labels, options.theatres)
    draw(points, options.output)
    data = options.output.with_suffix(".json")
    data.write_text(json.dumps([[p.share, p.stories, p.claims, p.pairs] for p in points]) + "\n", encoding="utf-8")
    print(f"{options.output}, {data}")


if __name__ == "__main__":
    main()
