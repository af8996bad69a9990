"""Named scenarios of `docs/scenarios.md` shown nowhere else, and what `tests/model` brought to light."""
