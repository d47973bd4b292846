"""`python -m mapdata.training`: fit the weights of the decision on the labelled articles; `make train`.

Reads the parts `train` and the bank of sentences; sets the limits on the parts `tune`; never opens the parts `test`.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from mapdata.reading.weights import Weights, save
from mapdata.training.bank import BANK_WEIGHT, bank
from mapdata.training.examples import Reach, articles_of, examples, label_files
from mapdata.training.fit import PULL, counts, fit
from mapdata.training.thresholds import choose

ROOT = Path(__file__).parents[2]
TARGET = ROOT / "mapdata" / "reading" / "rules" / "decision.bin.gz"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--labels", type=Path, default=ROOT / "labels")
    parser.add_argument("--pull", type=float, default=PULL)
    parser.add_argument("-o", "--output", type=Path, default=TARGET)
    options = parser.parse_args()
    reach = Reach()
    made = examples(articles_of(label_files(options.labels, ["train"])), reach)
    print(f"{len(made)} examples {dict(counts(made))}; candidates reach {reach.reached} of {reach.claims} claims")
    more = examples(bank(options.labels / "bank"), weight=BANK_WEIGHT, source="bank")
    print(f"{len(more)} examples from the bank of sentences {dict(counts(more))}")
    table = fit([*made, *more], options.pull)
    print(f"{int(table.any(axis=1).sum())} features")
    weights = choose(Weights(table), list(articles_of(label_files(options.labels, ["tune"]))))
    print(f"claimed from {weights.claimed}, meant from {weights.meant}, a second status from {weights.second}")
    save(weights, options.output)
    print(f"{options.output}: {options.output.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
