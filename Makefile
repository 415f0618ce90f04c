# make chat   install what a school needs and serve the chat page on the shipped model (HOST=, PORT=)
# make test   install everything else and run lint, types and tests
# make check  the same without installing

PYTHON ?= python3
VENV := .venv
HOST ?= 127.0.0.1
PORT ?= 8080

.PHONY: chat test check clean

chat: $(VENV)/.chat
	@exec $(VENV)/bin/soro serve models/soro-270m --host $(HOST) --port $(PORT)

test: $(VENV)/.dev
	@$(MAKE) --no-print-directory check

check:
	$(VENV)/bin/ruff check src tests benchmarks
	$(VENV)/bin/ruff format --check src tests benchmarks
	$(VENV)/bin/mypy
	$(VENV)/bin/pytest

$(VENV)/.venv:
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Soro needs Python 3.11 or newer; name it with PYTHON=")'
	$(PYTHON) -m venv $(VENV)
	touch $@

$(VENV)/.chat: $(VENV)/.venv pyproject.toml
	$(VENV)/bin/pip install --quiet --disable-pip-version-check --editable .
	touch $@

# torch first and pinned, so that the packages that follow do not choose another build
$(VENV)/.dev: $(VENV)/.chat pyproject.toml
	$(VENV)/bin/pip install --quiet --disable-pip-version-check torch==2.13.0
	$(VENV)/bin/pip install --quiet --disable-pip-version-check --editable '.[dev]'
	touch $@

clean:
	rm -rf $(VENV) build
