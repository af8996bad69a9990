# Everything a developer types. Each target does its own setting up.
.DEFAULT_GOAL := help
.PHONY: help run reset test check schema bench release-check format clean
PYTHON3 := .venv/bin/python

help: ## Show this list.
	@awk -F ':.*## ' '/^[a-z-]+:.*## /{printf "  make %-14s %s\n", $$1, $$2}' Makefile

run: ## Start the whole mall on this machine: servers, demo data, pages, API, worker (Ctrl-C stops it).
	@scripts/bootstrap run
	@exec $(PYTHON3) -m server run

reset: ## Delete the demo's data and settings, after asking (YES=1 answers), so that the next run starts over.
	@scripts/bootstrap run
	@$(PYTHON3) -m server reset

test: ## Prove everything: lint, types, contracts, back end, both front ends, browser, compiled mini-program.
	@scripts/bootstrap test
	@$(PYTHON3) scripts/prove.py

check: ## Only what needs no server: lint, format, types, import contracts, published schema, front-end types.
	@scripts/bootstrap test
	@$(PYTHON3) scripts/prove.py check

schema: ## Write schema/schema.graphql and schema/partner.graphql from the code.
	@scripts/bootstrap run
	@$(PYTHON3) -m server schema

bench: ## Measure requests per second and latencies against reference programs, all in one run.
	@scripts/bootstrap test
	@$(PYTHON3) -m bench

release-check: ## Prove everything from a clean tree, and for hours more; RESUME=1 goes on after an interruption, ONLY=word runs some.
	@scripts/bootstrap test
	@test -z "$$(git status --porcelain)" || { echo "There are uncommitted changes; commit or remove them first."; exit 1; }
	@$(PYTHON3) -m pip check
	@$(PYTHON3) scripts/prove.py release $(if $(RESUME),--resume) $(if $(ONLY),--only "$(ONLY)")

format: ## Put the Python code into its format.
	@scripts/bootstrap test
	@$(PYTHON3) -m ruff check --fix --quiet . ; $(PYTHON3) -m ruff format .

clean: ## Delete what was built; keep the environment and the demo's data.
	@rm -rf miniprogram-uniapp/dist admin-web/dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache .proof.json
