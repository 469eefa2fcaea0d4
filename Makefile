# The project's commands. `make run` and `make test` need Python >= 3.11, make and git, and nothing else.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed

.PHONY: help setup run test check bench web lock clean

help: ## what each command does
	@grep -E '^[a-z]+:.*##' Makefile | sed 's/:.*## /\t/'

setup: $(STAMP) ## make the virtual environment from the hashed lock

$(STAMP): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(0 if sys.version_info >= (3, 11) else "cleantech-kg needs Python 3.11 or newer; this is Python %d.%d. Install a newer one and say: make PYTHON=python3.12 ..." % sys.version_info[:2])'
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@if $(BIN)/python -m pip install --quiet --disable-pip-version-check "uv>=0.5,<1" 2>/dev/null; then \
	  $(BIN)/uv pip sync --quiet --python $(BIN)/python --require-hashes requirements.lock && \
	  $(BIN)/uv pip install --quiet --python $(BIN)/python --no-deps --editable .; \
	else \
	  $(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock && \
	  $(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --editable .; \
	fi
	@touch $@

run: $(STAMP) ## the map of the Swedish ecosystem at http://127.0.0.1:8000 (PORT=8001 DATA=folder for others)
	@$(BIN)/cleantech serve $(if $(PORT),--port $(PORT)) $(if $(DATA),--data $(DATA))

test: $(STAMP) ## the whole test suite
	@$(BIN)/python -m pytest

check: $(STAMP) ## format, lint, ladder, types
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/lint-imports
	$(BIN)/mypy .

bench: $(STAMP) ## measured numbers of this machine
	@$(BIN)/python -m tests.benchmarks

web: ## build the explorer (needs Node >= 20); the result is committed
	cd visualisations/web && npm ci --omit-lockfile-registry-resolved && npm run build

lock: $(STAMP) ## write requirements.lock anew from pyproject.toml
	$(BIN)/python -m pip install --quiet "uv>=0.5,<1"
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-annotate --extra dev pyproject.toml -o requirements.lock

clean: ## remove the virtual environment and the data folder
	rm -rf $(VENV) var
