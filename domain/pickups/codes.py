"""提货码: eight digits, drawn at random, told to the buyer alone while the order waits."""

from __future__ import annotations

import secrets
from uuid import UUID

import segno

from domain.base import Viewer
from domain.crypto import vault

DIGITS = 8
# Beside the code, what says whose it is.
SHOWN = ("id", "member_id", "code_sealed")
TABLE = "order_pickups"


def draw() -> str:
    """A code nobody can guess where a shop has fifty tries a day."""
    return f"{secrets.randbelow(10**DIGITS):0{DIGITS}}"


def digest(code: str) -> bytes:
    """What a code is found by."""
    return vault.index(code, purpose="pickup-code")


def sealed(code: str, id: UUID) -> bytes:
    return vault.seal(code, table=TABLE, column="code_sealed", row=id)


def typed(text: str) -> str | None:
    """The code somebody typed or scanned, without blanks and dashes; None for what can be none."""
    code = "".join(text.split()).replace("-", "")
    return code if len(code) == DIGITS and code.isascii() and code.isdecimal() else None


def code_for(viewer: Viewer, pickup: dict[str, object]) -> str | None:
    """The code, for whoever ordered and nobody else, while the order waits; `pickup` has the columns of `SHOWN`."""
    sealed, id = pickup["code_sealed"], pickup["id"]
    if not isinstance(sealed, bytes) or not isinstance(id, UUID) or pickup["member_id"] != viewer.id:
        return None
    return vault.open(sealed, table=TABLE, column="code_sealed", row=id)


def picture_of(code: str) -> str:
    """The code as a QR code, a picture within its own address: what a scanner reads is the digits."""
    picture: str = segno.make(code, micro=False, error="m").png_data_uri(scale=8, border=2)
    return picture
