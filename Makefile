# The two commands are `make demo` and `make test`; both set up all they need.
UV = $$(sh scripts/uv.sh)
RUN = $(UV) run --no-sync

.PHONY: demo test soak bench docs pins setup
demo: setup
	$(RUN) bilagsbot demo

test: setup
	@$(RUN) python -m bilagsbot.drivers.desktop.packages
	$(RUN) ruff check
	$(RUN) ruff format --check
	$(RUN) mypy
	$(RUN) lint-imports --no-logo
	$(RUN) pytest -n 2 --dist loadgroup -m "not soak"

soak: setup
	$(RUN) pytest -m soak -s

bench: setup
	$(RUN) python -m benchmarks

docs: setup
	$(RUN) python tools/make_docs.py

# Renew the pinned versions in pyproject.toml, on a machine where everything passes with the newest ones.
pins: setup
	$(RUN) python tools/make_pins.py

setup:
	@$(UV) sync --quiet --compile-bytecode
	@$(RUN) python -m compileall -q src
	@$(RUN) python -m bilagsbot.drivers.web.browser
