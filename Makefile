# The course's commands. The plain commands behind them are in README.md, for machines without make.

# The first Python that fits; override with `make PYTHON=/path/to/python book`.
FITS := import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))
PYTHON ?= $(shell for p in python3 python3.13 python3.12 python3.11 python; do \
	$$p -c '$(FITS)' >/dev/null 2>&1 && echo $$p && break; done)

BIN := .venv/bin
HTML := _build/html
PORT ?= 8000

# Everything that a page can follow from.
SOURCES := _config.yml _toc.yml $(shell find book equations jaclib tools benchmarks/results \
	\( -name __pycache__ -o -name .ipynb_checkpoints \) -prune -o -type f -print)

.PHONY: help book serve pdf test live access lint bench elsewhere notebooks exercises budgets pictures clean
.DELETE_ON_ERROR:

help:
	@echo "make book        build the book: environment, notebooks, HTML"
	@echo "make serve       build it and serve it at http://127.0.0.1:$(PORT)"
	@echo "make test        run every test (builds the book first)"
	@echo "make live        run every code cell and exercise of the book in a browser, as Python does"
	@echo "make access      look at every page with axe, wide and on a phone, light and dark"
	@echo "make lint        check style of code and notebooks"
	@echo "make bench       measure jaclib against other libraries; rewrites the page How fast is it?"
	@echo "make elsewhere   run the code of the page about JAX, PyTorch, SymPy and autograd; its numbers must agree"
	@echo "make notebooks   run all notebooks again and store their outputs"
	@echo "make pictures    take the pictures of the README anew"
	@echo "make budgets     measure what a page costs its reader; rewrites the table in CONTRIBUTING.md"
	@echo "make exercises   write the exercises into the chapters, after the bank has changed"
	@echo "make pdf         print the book to one PDF, and link it from the pages (needs Chromium)"
	@echo "make clean       remove what was built; the environment stays"

# --- environment ---------------------------------------------------------------------------------------------

.venv/created:
	@test -n "$(PYTHON)" && $(PYTHON) -c '$(FITS)' || { \
	  echo "This course needs Python 3.11, 3.12 or 3.13; found: $$($(or $(PYTHON),python3) --version 2>&1)."; \
	  echo "Install one of them, or name it: make PYTHON=/path/to/python3.12 book"; exit 1; }
	@echo "Creating the environment .venv with $$($(PYTHON) --version)"
	@$(PYTHON) -m venv .venv
	@touch $@

.venv/book: requirements.txt pyproject.toml | .venv/created
	@echo "Installing what the book needs (about a minute the first time)"
	@$(BIN)/python -m pip install --disable-pip-version-check -r requirements.txt
	@touch $@

.venv/dev: requirements-dev.txt .venv/book
	@echo "Installing what the tests need"
	@$(BIN)/python -m pip install --disable-pip-version-check -r requirements-dev.txt
	@touch $@

vendor/manifest.json: tools/vendor.py | .venv/book
	@$(BIN)/python tools/vendor.py

# Runs each time, which is quick, and tries again where nothing could be fetched; changes only when that does.
_build/runtime.json: vendor/manifest.json FORCE
	@$(BIN)/python tools/runtime.py
FORCE:

.venv-bench/ready: benchmarks/requirements.txt
	@test -n "$(PYTHON)" || { echo "make bench needs Python 3.11, 3.12 or 3.13: make PYTHON=/path/to/python3.12 bench"; exit 1; }
	@echo "Installing jaclib's peers into .venv-bench (about a gigabyte, several minutes the first time)"
	@test -x .venv-bench/bin/python || $(PYTHON) -m venv .venv-bench
	@.venv-bench/bin/python -m pip install --disable-pip-version-check -r benchmarks/requirements.txt
	@touch $@

# --- book ----------------------------------------------------------------------------------------------------

$(HTML)/.built: $(SOURCES) .venv/book vendor/manifest.json _build/runtime.json
	@$(BIN)/jupyter-book build . -W -n --keep-going
	@touch $@

book: $(HTML)/.built
	@echo "The book: $(abspath $(HTML))/index.html (open it in a browser, or run: make serve)"

serve: book
	@echo "http://127.0.0.1:$(PORT)  (Ctrl+C stops)"
	@$(BIN)/python -m http.server $(PORT) --bind 127.0.0.1 --directory $(HTML)

pdf: .venv/dev $(HTML)/.built
	@$(BIN)/python tools/pdf.py

notebooks: .venv/book
	@$(BIN)/python tools/notebooks.py

exercises: .venv/book
	@$(BIN)/python tools/exercise_cells.py

# --- checks --------------------------------------------------------------------------------------------------

test: .venv/dev $(HTML)/.built
	@$(BIN)/python -m pytest -n auto --dist loadscope

live: .venv/dev $(HTML)/.built
	@$(BIN)/python -m pytest -n auto -m live tests/test_live_equals_static.py tests/test_live_every_exercise.py tests/test_budgets.py

access: .venv/dev $(HTML)/.built
	@$(BIN)/python -m pytest -n auto -m browser tests/test_site_access.py

lint: .venv/dev
	@$(BIN)/ruff check
	@$(BIN)/ruff format --check

bench: elsewhere
	@.venv-bench/bin/python -m benchmarks

elsewhere: .venv-bench/ready
	@.venv-bench/bin/python tools/elsewhere.py --all

budgets: .venv/dev $(HTML)/.built
	@$(BIN)/python tools/budgets.py

pictures: .venv/dev $(HTML)/.built
	@$(BIN)/python tools/pictures.py

clean:
	@rm -rf _build vendor .pytest_cache .ruff_cache .hypothesis
	@echo "Removed what was built; the environments and the download cache .cache stay"
