"""Codes that are printed and typed, and the secrets of links that give away. Neither is ever kept."""

from __future__ import annotations

import secrets
from dataclasses import dataclass

from domain.crypto import vault

# Nothing that is taken for something else: no 0 O 1 I L 2 Z 5 S 8 B.
LETTERS = "34679ACDEFGHJKMNPQRTUVWXY"
LENGTH = 16
TOKEN_BYTES = 24
# Longer than any secret of a link.
MOST_TOKEN = 64


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


def token() -> str:
    return secrets.token_urlsafe(TOKEN_BYTES)


@dataclass(frozen=True)
class Codes:
    """The codes of one kind of thing: those of another kind are not found with them."""

    purpose: str

    def digest(self, code: str) -> bytes:
        """What is kept of a code: found by an index, so no comparison takes longer for a nearer guess."""
        return vault.index(code, purpose=self.purpose)

    def of_link(self, text: str) -> bytes:
        """What is kept of a link's secret."""
        return vault.index(text, purpose=f"{self.purpose}-link")
