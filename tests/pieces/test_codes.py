"""What is printed: short, not to be guessed, and mistyped ones are noticed."""

from __future__ import annotations

from collections import Counter
from itertools import combinations

import pytest

from domain.crypto import Keyring, vault
from domain.pieces import codes
from domain.pieces.codes import ALPHABET
from models.base import new_id
from server.settings import Settings


@pytest.fixture(autouse=True)
def keys(settings: Settings) -> None:
    assert settings.index_key_bytes


def test_the_same_place_gives_the_same_code_and_no_other_place_does() -> None:
    batch, other = new_id(), new_id()
    first = [codes.made(batch, serial) for serial in range(1, 2001)]
    assert first == [codes.made(batch, serial) for serial in range(1, 2001)]
    assert len({*first, *(codes.made(other, serial) for serial in range(1, 2001))}) == 4000
    assert {len(code) for code in first} == {14}
    # Every character is drawn evenly: 2,000 codes of 12 hold each of the 32 about 750 times.
    drawn = Counter("".join(code[1:-1] for code in first))
    assert set(drawn) == set(ALPHABET)
    assert all(600 < many < 900 for many in drawn.values())


def test_another_key_gives_other_codes_and_knows_none_of_ours() -> None:
    batch, ring = new_id(), vault.ring
    ours = codes.made(batch, 1)
    known = codes.digest(ours)
    try:
        vault.configure(Keyring(ring.keys, ring.current, b"another key of thirty-two bytes!"))
        assert codes.made(batch, 1) != ours
        assert codes.digest(ours) != known
    finally:
        vault.configure(ring)


def test_codes_are_read_however_they_are_typed() -> None:
    code = codes.made(new_id(), 7)
    for typed in (code, code.lower(), f"{code[:5]}-{code[5:9]} {code[9:]}", code.replace("0", "o").replace("1", "l")):
        assert codes.read(typed) == code


def test_every_wrong_character_and_every_swap_is_noticed() -> None:
    code = codes.made(new_id(), 1)
    for place in range(1, len(code)):
        for letter in ALPHABET:
            if letter != code[place]:
                assert codes.read(code[:place] + letter + code[place + 1 :]) is None
    for one, two in combinations(range(1, len(code)), 2):
        if code[one] != code[two]:
            swapped = list(code)
            swapped[one], swapped[two] = code[two], code[one]
            assert codes.read("".join(swapped)) is None


@pytest.mark.parametrize("typed", ["", "P", "L261130481633096", "P" * 14, "码" * 14, "P" + "0" * 12 + "U", "P0" * 4000])
def test_what_is_no_code_is_none(typed: str) -> None:
    assert codes.read(typed) is None
