# make demo: everything that a first look needs, from a fresh machine with Python 3.11 or later.
# make test: all tests.   make check: linter, formatter and types.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
DEMO_HOME := $(VENV)/demo

.PHONY: demo test check format docs neo4j clean

$(VENV)/installed: pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or later is needed: make PYTHON=python3.12 …")'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	touch $@

demo: $(VENV)/installed
	@GRAPHMODEL_HOME=$(DEMO_HOME) NEO4J_URI= BIN=$(BIN) sh docs/demo.sh

test: $(VENV)/installed
	$(BIN)/python -m pytest

check: $(VENV)/installed
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

format: $(VENV)/installed
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

docs: $(VENV)/installed
	$(BIN)/python -m docs.generate
	$(BIN)/python -m docs.console

neo4j: $(VENV)/installed
	$(BIN)/python -m tests.neo4j_servers prepare

clean:
	rm -rf $(VENV) build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis
