# Everything here creates .venv and installs what it needs by itself, from requirements-dev.lock.
# Needed: Python 3.11 or newer, make, and a package index that pip can reach.

PYTHON ?= python3
BIN := .venv/bin
INSTALLED := .venv/.installed
# One more than there are cores: many tests wait for a server.
TESTERS ?= $(shell $(PYTHON) -c "import os; print((os.cpu_count() or 1) + 1)")
PIP := -m pip --disable-pip-version-check --quiet

.DEFAULT_GOAL := help
.PHONY: help demo serve test check style types layers wheel docs lock clean

help: ## show this
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /\1\t/' | expand -t 12

demo: $(INSTALLED) ## watch it work, offline
	$(BIN)/bowerbird demo

serve: $(INSTALLED) ## watch the sources of settings.yaml on their schedule
	$(BIN)/bowerbird serve

test: $(INSTALLED) ## run the tests, a file more at a time than there are cores
	$(BIN)/pytest -n $(TESTERS) --dist loadfile --no-loadscope-reorder

check: style types layers wheel test ## all that must be green before a change is taken

style: $(INSTALLED)
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .

types: $(INSTALLED)
	$(BIN)/mypy bowerbird scheduler crawler storage tests benchmarks

layers: $(INSTALLED)
	$(BIN)/lint-imports

# What a user gets: the wheel in an environment of its own, run from a folder that is not the checkout.
wheel: $(INSTALLED)
	rm -rf build/wheel
	$(BIN)/python -m build --wheel --no-isolation --outdir build/wheel
	$(BIN)/python -m venv build/wheel/venv
	build/wheel/venv/bin/python $(PIP) install build/wheel/*.whl
	cd build/wheel && venv/bin/bowerbird --version
	cd build/wheel && venv/bin/bowerbird settings check
	cd build/wheel && venv/bin/bowerbird demo

docs: $(INSTALLED) ## renew what docs/ says of commands and extraction
	$(BIN)/python -m bowerbird.cli.manual docs

lock: $(INSTALLED) ## renew requirements-dev.lock; LOCK=--upgrade takes the newest of all
	$(BIN)/uv pip compile pyproject.toml --extra dev --extra browser --extra parquet --extra postgres --extra warc --universal --generate-hashes --quiet \
		--no-header --no-emit-index-url --no-emit-find-links $(LOCK) --output-file requirements-dev.lock

clean: ## remove what can be made again; data/ stays
	rm -rf .venv build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
	find bowerbird scheduler crawler storage tests -name __pycache__ -prune -exec rm -rf {} +

$(INSTALLED): requirements-dev.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo 'Bowerbird needs Python 3.11 or newer; name one: make PYTHON=python3.12 ...' >&2; exit 1; }
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/python $(PIP) install --requirement requirements-dev.lock
	$(BIN)/python $(PIP) install --no-deps --editable .
	touch $@
