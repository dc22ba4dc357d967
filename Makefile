# Two commands matter: `make run` and `make test`. Written for GNU make 3.81 (what macOS ships) and a POSIX sh.

VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.ready
ARGS ?=

# Playwright's own browser, where the system has none, stays inside the checkout.
export PLAYWRIGHT_BROWSERS_PATH := $(CURDIR)/$(VENV)/browsers

# The stamp holds the folder it was made in: a checkout that was moved, or whose Python is gone, is set up again.
ifneq ($(shell cat $(STAMP) 2>/dev/null && $(BIN)/python -c 'print("alive")' 2>/dev/null),$(CURDIR) alive)
.PHONY: $(STAMP)
endif

.PHONY: help run test lint format browser setup lock bench soak clean
.DEFAULT_GOAL := help

help:
	@echo 'make run      set everything up and start Grapevine; the last line is the address to open'
	@echo 'make test     lint, types, contracts and every test, the browser journey and PostgreSQL included'
	@echo '              (make test ARGS="tests/referrals -k money" chooses tests)'
	@echo 'make lint     only the checks that run nothing'
	@echo 'make format   put the code in shape'
	@echo 'make bench    our cost against the floor, as ratios'
	@echo 'make soak     kill -9 and other misfortunes at length, counted into docs/reliability.md (ARGS=part chooses)'
	@echo 'make lock     renew requirements.lock from pyproject.toml (ARGS=--upgrade takes newer versions)'
	@echo 'make clean    remove what these commands made, except data/'

run: $(STAMP)
	@exec $(BIN)/python -m bot run $(ARGS)

# A worker for each core, at most four, each with a PostgreSQL of its own: one core alone takes twice the ten minutes.
test: lint browser
	@$(BIN)/python -m pytest --numprocesses auto --dist loadfile --no-loadscope-reorder $(ARGS)

lint: $(STAMP)
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports

format: $(STAMP)
	@$(BIN)/ruff check --fix-only .
	@$(BIN)/ruff format .

browser: $(STAMP)
	@$(BIN)/python -m tests.browser
	@$(BIN)/python -m tests.lighthouse

bench: $(STAMP)
	@$(BIN)/python -m bench $(ARGS)

soak: $(STAMP)
	@$(BIN)/python -m bench.soak $(ARGS)

setup: $(STAMP)

# A Python that is new enough, under whichever name it has here. Version managers leave names on the PATH that start
# nothing, so each candidate is asked rather than believed.
FIND_PYTHON = \
	for name in $(PYTHON) python3.14 python3.13 python3.12 python3.11 python3 python; do \
		python=$$(command -v "$$name" 2>/dev/null) || continue; \
		"$$python" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] < (3, 15))' >/dev/null 2>&1 && break; \
		python=; \
	done; \
	if [ -z "$$python" ]; then \
		echo 'Grapevine needs Python 3.11, 3.12, 3.13 or 3.14, and none is on the PATH.' >&2; \
		echo 'Install one (Debian, Ubuntu: apt-get install python3; macOS: brew install python) and try again.' >&2; \
		echo 'If it has another name: make PYTHON=/path/to/python' >&2; \
		exit 1; \
	fi

# Debian and Ubuntu sell ensurepip separately, and without it a virtual environment has no pip.
ENSURE_PIP = \
	if ! "$$python" -c 'import ensurepip, venv' >/dev/null 2>&1; then \
		package=$$("$$python" -c 'import sys; print("python%d.%d-venv" % sys.version_info[:2])'); \
		if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then \
			echo "Installing $$package, which this Python is missing…"; \
			{ apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq "$$package"; } \
				>/dev/null </dev/null || exit 1; \
		else \
			echo "$$python cannot make a virtual environment: its ensurepip is missing. This helps:" >&2; \
			echo "    sudo apt-get install $$package" >&2; \
			exit 1; \
		fi; \
	fi

# Whatever somebody's pip is set up to do elsewhere (install for the user, refuse outside a venv, keep a cache in the
# home directory), here it fills this one folder. Where to download from stays their choice.
PIP = env -u PIP_TARGET -u PIP_PREFIX -u PIP_ROOT -u PIP_PYTHON -u PIP_CONSTRAINT -u PYTHONHOME -u PYTHONPATH \
	PIP_USER=0 PIP_REQUIRE_VIRTUALENV=0 PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_INPUT=1 \
	PIP_ROOT_USER_ACTION=ignore $(BIN)/python -m pip --quiet --quiet

# pip compiles what it installs, but not what it leaves where it stands; where Python may write no bytecode either
# (PYTHONDONTWRITEBYTECODE), every start would compile it all again, which takes a quarter of it.
PACKAGES = bot handlers messages referrals storage

# The stamp goes first and comes back last, so a setup that was interrupted is done again, from an empty folder.
$(STAMP): requirements.lock pyproject.toml
	@if [ "$$(cat $(STAMP) 2>/dev/null)" = "$(CURDIR)" ] && $(BIN)/python -c '' 2>/dev/null; then \
		rm -f $(STAMP); \
		echo 'The dependencies have changed; bringing them up to date…'; \
	else \
		$(FIND_PYTHON); $(ENSURE_PIP); \
		echo "Setting up with $$("$$python" --version) (the first time only, about a minute)…"; \
		env -u PYTHONHOME -u PYTHONPATH "$$python" -m venv --clear $(VENV) || exit 1; \
	fi; \
	$(PIP) install --require-hashes -r requirements.lock && \
	$(PIP) install --no-deps --no-build-isolation --editable . || { \
		echo 'The setup did not finish; the lines above say why. Run the same command again to repeat it.' >&2; \
		exit 1; \
	}; \
	$(BIN)/python -m compileall -q $(PACKAGES); \
	echo "$(CURDIR)" >$(STAMP)

# Locked from the public index alone and for every platform, whatever this machine's pip and uv are set up to use.
lock: $(STAMP)
	@test -x $(VENV)/lock/bin/uv || { $(BIN)/python -m venv $(VENV)/lock && \
		$(PIP) --python $(VENV)/lock/bin/python install 'uv>=0.13,<0.14'; }
	@env -u UV_INDEX -u UV_INDEX_URL -u UV_DEFAULT_INDEX -u UV_EXTRA_INDEX_URL -u UV_FIND_LINKS \
		$(VENV)/lock/bin/uv --quiet --no-config --cache-dir $(VENV)/lock/cache pip compile --universal --python-version 3.11 --group dev \
		--generate-hashes --no-emit-index-url --no-header --no-annotate $(ARGS) \
		--output-file requirements.lock pyproject.toml >/dev/null

clean:
	rm -rf $(VENV) build dist .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache .schemathesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
