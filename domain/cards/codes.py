"""Codes of cards and of links to give them away: made once, kept as keyed hashes."""

from __future__ import annotations

import secrets

from domain.crypto import vault

# Nothing that is taken for something else: no 0 O 1 I L 2 Z 5 S 8 B.
LETTERS = "34679ACDEFGHJKMNPQRTUVWXY"
LENGTH = 16
TOKEN_BYTES = 24


def make() -> str:
    """A code of 16 letters, 74 bits that nobody can guess."""
    return "".join(secrets.choice(LETTERS) for _ in range(LENGTH))


def shown(code: str) -> str:
    """In groups of four, as it is printed and typed."""
    return "-".join(code[at : at + 4] for at in range(0, len(code), 4))


def typed(text: str) -> str | None:
    """The code somebody typed, without blanks and dashes; None for what can be none."""
    code = "".join(text.split()).replace("-", "").upper()
    return code if len(code) == LENGTH and not set(code) - set(LETTERS) else None


def digest(code: str) -> bytes:
    """What is kept of a code: found by an index, so no comparison takes longer for a nearer guess."""
    return vault.index(code, purpose="gift-card")


def token() -> str:
    return secrets.token_urlsafe(TOKEN_BYTES)


def token_digest(text: str) -> bytes:
    return vault.index(text, purpose="gift-card-link")
