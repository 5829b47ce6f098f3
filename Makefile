# One Thing (一件事). `make help` lists every command.
SHELL := /bin/sh
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PORT ?= 8000
export PORT

.DEFAULT_GOAL := help
.PHONY: help run install test test-fast test-spark test-tools pictures check format types bench bench-large bench-nation chaos clean

help:  ## list the commands
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 14

run: install  ## start everything, and show one retirement being done
	@exec $(BIN)/onething up --port $(PORT)

install: $(VENV)/installed-run  ## .venv/bin/onething with what it needs, locked

$(VENV)/installed-run: requirements/run.txt package-lock.json pyproject.toml tools/require.sh
	@sh tools/require.sh $(PYTHON)
	@$(BIN)/python -m pip --version >/dev/null 2>&1 || $(PYTHON) -m venv --clear $(VENV)  # also after an interrupted one
	@echo "Installing what is locked in requirements/run.txt (once) ..."
	@$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements/run.txt
	@$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@$(BIN)/python -m onething.site.setup
	@touch $@

$(VENV)/installed-dev: requirements/dev.txt $(VENV)/installed-run
	@echo "Installing what tests and checks need (once) ..."
	@$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements/dev.txt
	@touch $@

$(VENV)/installed-bench: requirements/bench.txt $(VENV)/installed-dev
	@echo "Installing what the benches compare with (once) ..."
	@$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements/bench.txt
	@touch $@

test: $(VENV)/installed-dev  ## everything, at most 25 minutes; installs a browser if it can
	@sh tools/browser.sh
	@$(BIN)/python -m onething.site.setup
	@$(BIN)/pytest -q -n 2 --dist loadfile -m "not spark"

test-fast: $(VENV)/installed-dev  ## what takes at most five minutes: no browser, nothing marked slow
	@$(BIN)/python -m onething.site.setup
	@$(BIN)/pytest -q -n 2 --dist loadfile -m "not slow and not browser and not spark"

test-spark: $(VENV)/installed-dev  ## the scan on a real Spark cluster: a master, two workers; a few minutes
	@$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements/spark.txt
	@$(BIN)/pytest -q -m spark tests/spark

check: $(VENV)/installed-dev  ## format, lint, types, import contracts, migrations, house tests: under a minute
	@$(BIN)/ruff format --check --quiet . || (echo "Run: make format"; exit 1)
	@$(BIN)/ruff check --quiet .
	@$(BIN)/lint-imports --no-cache | tail -n 30
	@$(BIN)/mypy
	@$(BIN)/python -m onething.site.setup
	@$(BIN)/pytest -q tests/house

pictures: $(VENV)/installed-dev  ## the twelve most important pages as pictures, into test-artefacts/
	@sh tools/browser.sh
	@$(BIN)/pytest -q tests/pages/test_pictures.py

format: $(VENV)/installed-dev  ## put the code into the house's form
	@$(BIN)/ruff format --quiet .
	@$(BIN)/ruff check --quiet --fix .

bench: $(VENV)/installed-bench  ## speed as ratios in one run, written to bench/results; each file of bench/ runs alone, too
	@for one in bench/*.py; do echo "== $$one" && $(BIN)/python $$one || exit 1; done

bench-large: $(VENV)/installed-bench  ## what a million cases cost, laid out by COPY; CASES=100000 for less
	@cd bench && PYTHONPATH=../src:. ../$(BIN)/python -m large $(or $(CASES),1000000)

bench-nation: $(VENV)/installed-bench  ## 57 million persons × 20 policies in one run, within 3 GB; PERSONS=1000000 for less
	@$(BIN)/python bench/large/nation.py $(or $(PERSONS),57000000)

chaos: $(VENV)/installed-dev  ## proof under fire: SEED=7 MINUTES=30; each run is added to docs/evidence/chaos
	@PYTHONPATH=src:. $(BIN)/python -m chaos --seed $(or $(SEED),1) --minutes $(or $(MINUTES),5) --keep

clean:  ## remove what was installed here; the data in .onething stays
	rm -rf $(VENV) build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis
