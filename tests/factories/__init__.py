"""Rows for tests, one module a domain: each function inserts a row with sensible defaults and answers its id."""
