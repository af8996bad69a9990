"""What schemathesis must know of us; loaded by it, in its own environment."""

import os

import schemathesis
from hypothesis import strategies as st
from schemathesis.graphql import nodes

IDS = os.environ["MALL_TEST_IDS"].split(",")

# Mostly of what is there; the rest is of the right form and stands for nothing.
schemathesis.graphql.scalar("ID", st.one_of(st.sampled_from(IDS), st.uuids().map(str)).map(nodes.String))
schemathesis.graphql.scalar("Fen", st.integers(-(2**53) + 1, 2**53 - 1).map(nodes.Int))
schemathesis.graphql.scalar("DateTime", st.datetimes().map(lambda moment: nodes.String(f"{moment.isoformat()}Z")))


@schemathesis.check
def is_told_in_words(ctx, response, case):
    """Whatever is asked: no server error, neither as a status nor among the errors."""
    assert response.status_code < 500, f"status {response.status_code}"
    found = response.json()
    codes = [error["extensions"]["code"] for error in found.get("errors", [])]
    assert "INTERNAL_SERVER_ERROR" not in codes, found
    assert codes or found.get("data"), "neither an answer nor an error"
