"""The published list of refusal codes is the code's."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from server import errors

SERVER = Path(__file__).parent.parent.parent / "server"
ANSWERING = (
    "app",
    "documents",
    "endpoint/*",
    "limits",
    "masking",
    "media",
    "operations",
    "prices",
    "uploads",
    "webhooks",
)


def test_the_published_codes_are_current() -> None:
    """`python -m server errors` writes them; a new or changed code is a change of the contract."""
    assert errors.FILE.read_text(encoding="utf-8") == errors.text()


@pytest.mark.parametrize("refusal", list(errors.refusals()), ids=lambda refusal: refusal.__name__)
def test_every_refusal_says_what_it_means(refusal: type[errors.Refusal]) -> None:
    assert refusal.__dict__["__doc__"]
    assert re.fullmatch("[A-Z]+(_[A-Z]+)*", refusal.code)


def test_every_code_the_transport_answers_is_published() -> None:
    """Codes the transport writes are words in capitals beside `code`, or after the status of a refused request."""
    files = [file for name in ANSWERING for file in SERVER.glob(f"{name}.py")]
    text = "\n".join(file.read_text(encoding="utf-8") for file in files)
    found = set(re.findall(r'(?:"code": |RequestRefused\(\s*\d{3}, )"([A-Z_]+)"', text))
    published = {code for code, _, _ in errors.TRANSPORT} | {cls.code for cls in errors.refusals()}
    assert {"BAD_USER_INPUT", "FAIL", "SLOW_CONSUMER", "BAD_REQUEST", "TOO_LARGE"} <= found <= published
