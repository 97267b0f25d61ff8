# `make` alone lists what there is.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP_INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt
SIDEBAR := $(wildcard labextension/*.json labextension/src/* labextension/style/* labextension/schema/*)
PACKAGED := pyproject.toml setup.cfg constraints.txt labextension/nbcg_build.py $(SIDEBAR)
DATA ?= ../shared/data
# mypy finds packages by folder, and training/ is imported as nbcodegen.training.
TYPED := build/typed
REQUEST ?= average price by neighborhood, highest first

.DEFAULT_GOAL := help
.PHONY: help demo demo-text test quick check fix golden bench bench-gpu bench-cpu eval clean

help: ## list the commands
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sort | awk -F ':.*## ' '{printf "  make %-10s %s\n", $$1, $$2}'

demo: $(VENV)/.demo ## install into .venv and open JupyterLab on the quickstart notebook
	$(BIN)/python -m jupyterlab notebooks/01_quickstart.ipynb

demo-text: $(VENV)/.base ## one request answered on a real table, without a browser
	$(BIN)/nbcodegen ask "$(REQUEST)" notebooks/data/homes.csv --run

test: $(VENV)/.test ## install what the tests need into .venv and run them all
	$(BIN)/python -m pytest

quick: $(VENV)/.test ## the tests of a few minutes: no browser, no long runs
	$(BIN)/python -m pytest -n auto --dist loadfile -m "not slow and not browser and not gpu"

check: $(VENV)/.check ## ruff and mypy
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	rm -rf $(TYPED) && mkdir -p $(TYPED)/nbcodegen
	ln -s $(CURDIR)/nbcodegen/* $(CURDIR)/training $(TYPED)/nbcodegen/
	cd $(TYPED) && $(CURDIR)/$(BIN)/mypy --config-file $(CURDIR)/setup.cfg --cache-dir $(CURDIR)/.mypy_cache -p nbcodegen

fix: $(VENV)/.check ## formatter and safe fixes
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

golden: $(VENV)/.test ## rewrite golden files, then show the difference
	$(BIN)/python -m pytest --update-golden
	git diff --stat -- tests/golden

bench: $(VENV)/.test ## measure speed and memory on this machine into BENCHMARKS.md
	$(BIN)/python -m nbcodegen.training.bench --out BENCHMARKS.md --quality training/scores.json

bench-gpu: $(VENV)/.test ## large models on one GPU, in real shapes with random weights, into BENCHMARKS-GPU.md
	$(BIN)/python -m nbcodegen.training.bench.large --learn --out BENCHMARKS-GPU.md

bench-cpu: $(VENV)/.test ## the same on the CPU, on a model of 30 million weights, into BENCHMARKS-CPU.md
	$(BIN)/python -m nbcodegen.training.bench.large --shapes 30M --quantize none --out BENCHMARKS-CPU.md

eval: $(VENV)/.test ## score the development and acceptance sets into training/scores.json (DATA=folder)
	$(BIN)/python -m nbcodegen.training.scoring.quality --data "$(DATA)" --out training/scores.json

clean: ## remove the environment and what tools left behind
	rm -rf $(VENV) build *.egg-info .mypy_cache .pytest_cache .ruff_cache .hypothesis

# The environment, and one stamp for each set of extras in it. Plain `demo` takes no torch.
$(BIN)/python:
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 10) and "nbcodegen needs Python 3.10 or newer: make PYTHON=python3.12 ...")'
	$(PYTHON) -m venv $(VENV)

$(VENV)/.base: $(BIN)/python $(PACKAGED)
	$(PIP_INSTALL) -e .
	@touch $@

$(VENV)/.demo: $(BIN)/python $(PACKAGED)
	$(PIP_INSTALL) -e '.[lab]'
	@touch $@

$(VENV)/.test: $(BIN)/python $(PACKAGED)
	$(PIP_INSTALL) -e '.[test,train]'
	@touch $@

$(VENV)/.check: $(VENV)/.test
	$(PIP_INSTALL) -e '.[check]'
	@touch $@
