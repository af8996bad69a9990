"""What is printed on a piece: P, twelve characters nobody can guess, and one that tells typing errors.

A code is worked out from its batch and its place in it under the platform's key, so that a torn sheet can be printed
again while no code is stored; the database only knows what a code gives under the same key.
"""

from __future__ import annotations

from uuid import UUID

from domain.crypto import vault

# Crockford's 32: no letter that is read as another or as a digit.
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
VALUES = {letter: value for value, letter in enumerate(ALPHABET)}
MISREAD = str.maketrans({"O": "0", "I": "1", "L": "1", "-": "", " ": ""})
PREFIX, SECRET = "P", 12
LONGEST = 40


def made(batch_id: UUID, serial: int) -> str:
    """The code of a batch's piece: sixty bits that only the key gives."""
    drawn = int.from_bytes(vault.index(f"{batch_id}:{serial}", purpose="piece_code"))
    body = "".join(ALPHABET[(drawn >> 5 * place) & 31] for place in range(SECRET))
    return f"{PREFIX}{body}{ALPHABET[_check(body)]}"


def read(typed: str) -> str | None:
    """The code as it was printed, however it was typed; None for what cannot be one."""
    if len(typed) > LONGEST:
        return None
    code = typed.upper().translate(MISREAD)
    body, check = code[1:-1], code[-1:]
    if not (code.startswith(PREFIX) and len(body) == SECRET and set(code) <= VALUES.keys()):
        return None
    return code if ALPHABET[_check(body)] == check else None


def digest(code: str) -> bytes:
    """Under what a code is found."""
    return vault.index(code, purpose="piece")


def _check(body: str) -> int:
    """Horner's rule in the field of 32 elements: every wrong character and every swap of two is noticed."""
    found = 0
    for letter in body:
        found = _doubled(found) ^ VALUES[letter]
    return _doubled(found)


def _doubled(value: int) -> int:
    return (value << 1) ^ (0b100101 if value & 16 else 0)
