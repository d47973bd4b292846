"""`python -m mapdata.training`: fit the weights of the decision on the labelled articles; `make train`.

Reads the parts `train`; sets the thresholds on the parts `tune`; never opens the parts `test`.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from mapdata.reading.weights import Weights
from mapdata.training.examples import Reach, examples, label_files
from mapdata.training.fit import PULL, counts, fit, save
from mapdata.training.thresholds import choose

ROOT = Path(__file__).parents[2]
TARGET = ROOT / "mapdata" / "reading" / "rules" / "decision.json.gz"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--labels", type=Path, default=ROOT / "labels")
    parser.add_argument("--pull", type=float, default=PULL)
    parser.add_argument("-o", "--output", type=Path, default=TARGET)
    options = parser.parse_args()
    reach = Reach()
    made = examples(label_files(options.labels, ["train"]), reach)
    print(
        f"{len(made)} examples {dict(counts(made))}; candidates reach {reach.reached} of {reach.claims} claims"
    )
    table = fit(made, options.pull)
    print(f"{len(table)} features")
    weights = choose(Weights(table), label_files(options.labels, ["tune"]))
    print(f"claimed from {weights.claimed}, a second status from {weights.second}")
    save(weights, options.output)
    print(f"{options.output}: {options.output.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
