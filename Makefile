# make demo: run the article's raid and the market without it, with plots and a report, in outputs/.
# make bench: install the rivals and measure talentmarket against them, with a table, figures and a plot.
# make view: open the page in the browser.
# make test: the checks and the whole test suite.
# make suite: the test suite alone.
# make check: style, types, layers and docstrings alone.
# make docs: bring what the program writes into README.md and docs/ up to date (three minutes).
# make studies: run the ten shipped studies in full, write their tables and docs/gallery/ (a quarter of an hour).
# make gallery: run every shipped scenario 200 times and write its page in docs/gallery/scenarios/, and the tables of docs/answers.md (half an hour).
# make site: the documentation as a site, in build/site/, without the network.
# make notebooks: the tutorials as notebooks, in build/notebooks/.
# make dist: the wheel and the source distribution, in dist/, tried in a fresh environment on each Python there is.
# make calibrate: find the fitted parameters of the baseline and the raid again (about ten minutes).
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
INPUTS := pyproject.toml constraints.txt

.PHONY: demo view test suite check bench calibrate docs studies gallery site notebooks dist help
help:
	@sed -n 's/^# make/make/p' Makefile

$(VENV)/installed: $(INPUTS)
	@echo "Installing talentmarket into $(VENV) (a minute or two the first time)"
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "talentmarket needs Python 3.11 or newer; set PYTHON=/path/to/it")'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable .
	@touch $@

$(VENV)/installed-dev: $(VENV)/installed
	@echo "Installing what the tests need into $(VENV)"
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[dev]'
	@touch $@

demo: $(VENV)/installed
	@echo "Running the market without and with Meta's raid on OpenAI, 100 times each"
	$(BIN)/talentmarket run baseline meta_raid --replicates 100 --replace
	$(BIN)/talentmarket compare baseline meta_raid --replicates 100 --report

$(VENV)/installed-bench: $(VENV)/installed
	@echo "Installing the rivals into $(VENV)"
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[bench]'
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --no-deps mesa-frames polars polars-runtime-32
	@touch $@

bench: $(VENV)/installed-bench
	@echo "Measuring poach-bench (a few minutes)"
	$(BIN)/python -m benchmarks

$(VENV)/installed-page: $(VENV)/installed
	@echo "Installing what the page needs into $(VENV)"
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[page]'
	@touch $@

view: $(VENV)/installed-page
	$(BIN)/talentmarket view

check: $(VENV)/installed-dev
	@echo "Checking style, types, layers and docstrings"
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/interrogate --quiet model

calibrate: $(VENV)/installed
	@echo "Fitting the baseline and the raid to their published figures, into outputs/calibrations/"
	$(BIN)/talentmarket calibrate baseline

docs: $(VENV)/installed
	@echo "Writing the tables of docs/"
	$(BIN)/python -m talentmarket.report.documents validation

studies: $(VENV)/installed
	@echo "Running the shipped studies"
	$(BIN)/python -m talentmarket.report.documents studies

gallery: $(VENV)/installed
	@echo "Running every shipped scenario for its page"
	$(BIN)/python -m talentmarket.report.documents gallery

$(VENV)/installed-docs: $(VENV)/installed
	@echo "Installing what the documentation needs into $(VENV)"
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[docs]'
	@touch $@

site: $(VENV)/installed-docs
	$(BIN)/python -m sphinx --fail-on-warning --keep-going --quiet -b html docs build/site
	@echo "The site is build/site/index.html"

notebooks: $(VENV)/installed-docs
	$(BIN)/python -m talentmarket.report.documents notebooks

dist: $(VENV)/installed-dev
	@echo "Building the wheel and the source distribution, and trying them"
	rm -rf dist
	$(BIN)/python -m build --no-isolation
	.ci/dist

test: check suite

suite: $(VENV)/installed-dev
	@echo "Running the tests (the engine compiles for about a minute the first time)"
	$(BIN)/python -m pytest --numprocesses auto
