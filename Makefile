# mapdata: make app, make test. Both make the environment first (.venv) and need Python 3.11 or newer.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PORT ?= 8501
# Where the sample map is kept; `make app DB=…` shows another database.
DB ?= build/sample.sqlite3

.PHONY: app test test-slow torture check lint train curve picture bench long-run audit sbom clean help

help: ## What can be made
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 12

$(VENV)/.installed: pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "mapdata needs Python 3.11 or newer, and $(PYTHON) is $$($(PYTHON) --version 2>&1): make app PYTHON=/path/to/python3.11"; exit 2; }
	@$(PYTHON) -c 'import venv, ensurepip' 2>/dev/null || \
	  { echo "the venv module is missing: apt-get install python3-venv"; exit 2; }
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --upgrade pip
	$(BIN)/python -m pip install --quiet --editable '.[lists]'
	@touch $@

$(VENV)/.installed-dev: $(VENV)/.installed
	$(BIN)/python -m pip install --quiet --editable '.[dev]'
	@touch $@

build/sample.sqlite3: $(VENV)/.installed $(wildcard sample/*.md) gazetteer.yaml
	@mkdir -p build
	@echo "reading sample/ into $@ (illustrative reports, not to be cited)"
	@$(BIN)/mapdata ingest sample --db $@

ifeq ($(DB),build/sample.sqlite3)
app: build/sample.sqlite3
endif
app: $(VENV)/.installed ## The dashboard on the sample (PORT=8501, DB=a database of your own)
	@$(BIN)/mapdata app --db $(DB) --port $(PORT)

test: $(VENV)/.installed-dev ## Every test, the browser's included
	@./scripts/system-needs
	$(BIN)/python -m pytest -n 2 --dist loadfile -m "not slow"

test-slow: $(VENV)/.installed-dev ## What takes longer than the quick suite allows
	@./scripts/system-needs
	$(BIN)/python -m pytest -m slow

torture: $(VENV)/.installed-dev ## kill -9 a few hundred times, odd inputs by the ten thousand; figures into docs/reliability.md
	@./scripts/system-needs
	PYTHONPATH=.:tests $(BIN)/python tests/torture.py

audit: $(VENV)/.installed-dev ## Known faults of the installed packages (asks a network)
	$(BIN)/python -m pip install --quiet pip-audit
	$(BIN)/python -m pip_audit --skip-editable

sbom: $(VENV)/.installed-dev ## A software bill of materials, build/sbom.json (CycloneDX)
	@mkdir -p build
	$(BIN)/python scripts/sbom.py build/sbom.json

lint: $(VENV)/.installed-dev ## Style, imports and formatting
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

check: lint test ## lint and test

train: $(VENV)/.installed-dev ## Fit the weights of the decision on the labelled articles (labels/)
	OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1 $(BIN)/python -m mapdata.training

curve: $(VENV)/.installed-dev ## The learning curve of the docs (docs/learning-curve.svg), from the labelled articles
	OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1 $(BIN)/python scripts/learning_curve.py

picture: $(VENV)/.installed-dev ## The README's picture, from the sample
	$(BIN)/python scripts/picture.py

$(VENV)/.installed-bench: $(VENV)/.installed-dev
	$(BIN)/python -m pip install --quiet --editable '.[bench]'
	@touch $@

# medspaCy wants an older numpy than mapdata does.
build/bench/medspacy:
	$(PYTHON) -m venv $@
	$@/bin/python -m pip install --quiet medspacy

bench: $(VENV)/.installed-bench build/bench/medspacy ## How fast reading and the dashboard are, into docs/benchmarks.md (two hours; a million claims)
	@./scripts/system-needs
	$(BIN)/python -m bench

long-run: $(VENV)/.installed-dev ## A million articles in one run, killed half-way and resumed (hours; ARTICLES=100000 for fewer)
	$(BIN)/python -m bench.long_run --articles $(or $(ARTICLES),1000000)

clean: ## Remove the environment and what was built
	rm -rf $(VENV) build
