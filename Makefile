# What people and programs outside rely on. Recipes are short: set-up is deploy/setup.
# Python's tools run as modules, since a script in a folder with a space may not.

PYTHON := .venv/bin/python
RUN := $(if $(HOST),--host "$(HOST)") $(if $(PORT),--port "$(PORT)") $(ARGS)

.PHONY: run test setup check lint test-root bench soak clean

run: setup ## Set up and start the booth: make run HOST=0.0.0.0 PORT=8000 ARGS="--data DIR"
	@exec $(PYTHON) -m kiosk run $(RUN)

test: setup ## Set up and pass every test, the browser's included: make test ARGS="-k words"
	@$(PYTHON) -m tests.chromium
	@$(PYTHON) -m pytest $(ARGS)

setup: ## Make .venv and node_modules from the locks; nothing to do the second time
	@sh deploy/setup

check: lint ## What CI runs: lint, types, imports, test-root where root, then test
	@if [ "$$(id -u)" -eq 0 ]; then $(MAKE) --no-print-directory test-root; fi
	@$(MAKE) --no-print-directory test

lint: setup
	@$(PYTHON) -m ruff check .
	@$(PYTHON) -m ruff format --check .
	@$(PYTHON) -m mypy
	@$(PYTHON) -c 'from importlinter.cli import lint_imports_command as run; run()'

test-root: setup ## The tests that need root: the whole job with the network taken away
	@$(PYTHON) -m tests.chromium
	@$(PYTHON) -m pytest tests/root

bench: setup ## Measure, each figure beside its target; exit 1 when one is missed
	@$(PYTHON) -m benchmarks $(ARGS)

soak: setup ## The long form of promise R1 to R21: make soak R=7, STEPS=5000 for less
	@STEPS="$(STEPS)" $(PYTHON) -m tests.soak "$(R)"

clean: ## Take away what set-up made; photos in data/ stay
	rm -rf .venv node_modules .fonts .mypy_cache .ruff_cache .pytest_cache
	rm -rf .import_linter_cache .hypothesis .photographs
