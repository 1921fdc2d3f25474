# Needs make and Python 3.11 or newer; sets up everything else itself.
#   make demo    the reader on the bundled reports
#   make test    lint, types, import contracts, knowledge, tests
#   make desk    the web desk with a demo book
#   make bench   speed, memory, start-up, growth
#   make compare BEFORE=a.jsonl AFTER=b.jsonl   readings gained, lost, changed, by rule

VENV ?= .venv
PYTHON ?= $(shell for p in python3.11 python3.12 python3.13 python3.14 python3; do command -v $$p && break; done)
BIN := $(VENV)/bin
EXTRAS := statistics,export,postgresql,spark,desk,dev
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt
TESTS ?= tests src/rasid
JOBS ?= 2

.PHONY: demo test lint types contracts lexicon tests bench compare desk constraints system clean

demo: $(VENV)/ready
	@$(BIN)/rasid demo

test: $(VENV)/ready-all system lint types contracts lexicon tests

lint: $(VENV)/ready-all
	$(BIN)/ruff check src tests bench tools
	$(BIN)/ruff format --check --quiet src tests bench tools

types: $(VENV)/ready-all
	$(BIN)/mypy

contracts: $(VENV)/ready-all
	$(BIN)/lint-imports --no-logo 2>/dev/null || $(BIN)/lint-imports

lexicon: $(VENV)/ready
	$(BIN)/rasid lexicon check

tests: $(VENV)/ready-all system
	$(BIN)/python -m pytest -n $(JOBS) $(TESTS)

bench: $(VENV)/ready-all
	$(BIN)/python bench/run.py $(BENCH)

compare: $(VENV)/ready
	@$(BIN)/python tools/compare.py $(BEFORE) $(AFTER)

desk: $(VENV)/ready-desk
	$(BIN)/rasid desk --demo

# what is installed, by name and version only: for everybody to get the same
constraints: $(VENV)/ready-all
	$(BIN)/python -m pip freeze --exclude-editable | sed -n 's/^\([A-Za-z0-9._-]*==[^ ]*\)$$/\1/p' > constraints.txt

# browser and database that some tests drive; without them these tests skip and say why
system:
	@sh tools/system_packages.sh

$(VENV)/bin/python:
	sh tools/make_venv.sh "$(PYTHON)" "$(VENV)"

$(VENV)/ready: $(VENV)/bin/python pyproject.toml constraints.txt
	$(PIP) -e .
	@touch $@

$(VENV)/ready-desk: $(VENV)/bin/python pyproject.toml constraints.txt
	$(PIP) -e '.[desk,export,statistics]'
	@touch $@ $(VENV)/ready

$(VENV)/ready-all: $(VENV)/bin/python pyproject.toml constraints.txt
	$(PIP) -e '.[$(EXTRAS)]'
	@touch $@ $(VENV)/ready $(VENV)/ready-desk

clean:
	rm -rf $(VENV) build dist out .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
