# Everything runs in .venv, which `make setup` creates; PYTHON is the interpreter to create it with.
PYTHON ?= $(shell command -v python3.11 || command -v python3)
VENV   ?= .venv
BIN    := $(VENV)/bin
SAMPLE := fixtures/philadelphia-arrest-database.html
STAMP  := $(VENV)/.installed

.PHONY: help setup demo test check bench model docs clean

help: ## this list
	@grep -E '^[a-z]+:.*##' Makefile | sed -E 's/:.*## /\t/' | expand -t 12

setup: $(STAMP) ## install newsparse, its pipeline and the developers' tools into .venv

$(STAMP): setup.cfg setup.py pyproject.toml models/setup.cfg models/en_newsparse/meta.json
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable ".[dev]" --editable models
	touch $@

demo: setup ## extract the event records of a sample article
	$(BIN)/newsparse extract $(SAMPLE)

test: setup ## run the tests
	$(BIN)/python -m pytest -n auto

check: setup ## lint, format and types, as CI does
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

bench: setup ## speed, and quality on the samples; with DATA=…, quality on annotated articles, time expressions and treebanks
	$(BIN)/python benchmarks/speed.py
	$(BIN)/python benchmarks/quality.py --floors benchmarks/floors.json
	$(if $(DATA),$(BIN)/python benchmarks/quality.py $(DATA) --floors benchmarks/floors.json)
	$(if $(DATA),$(BIN)/python benchmarks/times.py $(DATA) --floors benchmarks/floors.json)
	$(if $(DATA),$(BIN)/python benchmarks/batch.py $(DATA))
	$(if $(DATA),$(BIN)/python models/evaluate.py en_newsparse $(DATA) build/figures.json)

model: setup ## train and package the pipeline from the corpora in DATA=…
	$(if $(DATA),,$(error say where the corpora are: make model DATA=path))
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable ".[train]"
	$(BIN)/python models/build.py $(DATA)

docs: setup ## regenerate what is generated in the user guide
	$(BIN)/python docs/generate.py

clean: ## remove what the other targets made
	rm -rf $(VENV) build dist *.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis
