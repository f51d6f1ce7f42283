# make demo: everything that a first look needs, from a fresh machine with Python 3.11 or later.
# make test: the tests, on the embedded store and the latest Neo4j.   make check: linter and types.
# make older: the same on the older Neo4j.   make slow: tests that take longer than most.
# make faults: the slow tests, and loads killed at random moments on every store; half an hour.

PYTHON ?= python3
JOBS ?= 2
OLDER := 5.26.30
VENV := .venv
BIN := $(VENV)/bin
TESTS = $(BIN)/python -m pytest --numprocesses $(JOBS) --dist loadscope --durations 30
DEMO_HOME := $(VENV)/demo
FRANCE ?= ../shared/data/france

# Exact versions with their hashes, for Python 3.11 to 3.13. On another Python, or where a version
# has no build for your machine: make LOCK= …, which takes what pyproject.toml allows.
LOCK ?= requirements.lock
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check
ADVISER := $(VENV)/audit
UV := uv==0.13.9
PIP_AUDIT := pip-audit==2.10.1

.PHONY: bench demo test older slow check faults hostile audit lock format docs neo4j clean

$(VENV)/installed: pyproject.toml $(LOCK)
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or later is needed: make PYTHON=python3.12 …")'
	$(PYTHON) -m venv $(VENV)
ifeq ($(LOCK),)
	$(PIP) --editable '.[dev]'
else
	$(PIP) --require-hashes --requirement $(LOCK)
	$(PIP) --no-deps --no-build-isolation --editable .
endif
	touch $@

demo: $(VENV)/installed
	@GRAPHMODEL_HOME=$(DEMO_HOME) NEO4J_URI= BIN=$(BIN) sh docs/demo.sh

test: $(VENV)/installed
	$(TESTS) -m "not slow" -k "not $(OLDER)"

older: $(VENV)/installed
	$(TESTS) -m "not slow" -k "$(OLDER)" tests

slow: $(VENV)/installed
	$(TESTS) -m slow tests

check: $(VENV)/installed
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/python -m tests.lock requirements.lock

# Ten thousand hostile inputs; twenty minutes and more on two cores.
hostile: $(VENV)/installed
	$(BIN)/python -m tests.hostile

# Known vulnerabilities of what is locked; asks a public service, so it needs the network.
audit: requirements.lock
	$(PYTHON) -m venv $(ADVISER)
	$(ADVISER)/bin/python -m pip install --quiet --disable-pip-version-check $(PIP_AUDIT)
	$(ADVISER)/bin/pip-audit --strict --require-hashes --disable-pip --requirement requirements.lock

lock:
	$(PYTHON) -m venv $(ADVISER)
	$(ADVISER)/bin/python -m pip install --quiet --disable-pip-version-check $(UV)
	printf 'hatchling\neditables\n' | $(ADVISER)/bin/uv pip compile --quiet --universal \
	  --python-version 3.11 --generate-hashes --no-header --no-annotate --upgrade --extra dev \
	  pyproject.toml - --output-file requirements.lock

faults: slow
	$(BIN)/python -m benchmarks.kills

format: $(VENV)/installed
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

docs: $(VENV)/installed
	$(BIN)/python -m docs.generate
	$(BIN)/python -m docs.console

neo4j: $(VENV)/installed
	$(BIN)/python -m tests.neo4j_servers prepare

# Loads beside a bare driver and other loaders, on the French files; takes half an hour.
bench: $(VENV)/installed
	$(BIN)/python -m benchmarks.compare france $(FRANCE)
	$(BIN)/python -m benchmarks.compare france $(FRANCE) --embedded

clean:
	rm -rf $(VENV) build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis
