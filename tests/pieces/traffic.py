"""Looks as they come: of honest pieces in all their ways, and of a code that was copied. Seeded, so always the same."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta

from domain.pieces.copies import Look

START = datetime(2026, 11, 1, tzinfo=UTC)
ORIGIN = "530602106"
HOME = "530602"
# Counties of forty cities, the near ones likelier: what the town sends goes to 昆明, 成都, 重庆 first.
NEAR = ("530102", "530302", "510104", "500103", "520102", "511502")
FAR = tuple(
    f"{province}{city:02d}02" for province in (11, 31, 32, 33, 35, 37, 41, 42, 43, 44, 45, 61) for city in (1, 2, 3)
)


def town(dice: random.Random) -> str:
    return dice.choice(NEAR) if dice.random() < 0.5 else dice.choice(FAR)


class Traffic:
    """Looks at one piece. `tells`: the share of people who tell their county."""

    def __init__(self, seed: int, tells: float) -> None:
        self.dice = random.Random(seed)
        self.tells = tells
        self.looks: list[Look] = []

    def house(self, day: float, county: str, people: int, most: int = 3) -> None:
        """People of one household or shop: one address, a telephone each, some looks within two days."""
        address = self.dice.randbytes(16)
        for _ in range(people):
            device, tells = self.dice.randbytes(16), self.dice.random() < self.tells
            for _ in range(self.dice.randint(1, most)):
                at = START + timedelta(days=day + self.dice.random() * 2)
                self.looks.append(Look(at, device, address, county if tells else None))

    def honest(self) -> list[Look]:
        """Packed, sent and eaten; given on, taken along, resold from a shelf, or shown round in a chat."""
        dice = self.dice
        if dice.random() < 0.5:
            self.house(0, HOME, 1)
        bought = 3 + dice.random() * 5
        county = town(dice)
        way = dice.random()
        if way < 0.2:  # a shop elsewhere puts it on its shelf
            self.house(bought, county, 2)
            for _ in range(min(int(dice.expovariate(1 / 4)), 18)):
                self.house(bought + 2 + dice.random() * 10, county, 1, 1)
            bought += 12  # it leaves the shelf before it goes anywhere else
        elif way < 0.9:
            self.house(bought, county, dice.randint(1, 5))
        if dice.random() < 0.12:  # given on, or taken along
            self.house(bought + 3 + dice.random() * 6, town(dice), dice.randint(1, 3))
        if dice.random() < 0.03:
            self.house(bought + 6 + dice.random() * 6, town(dice), 1)
        if dice.random() < 0.01:  # a picture of the label goes round in a chat
            for _ in range(dice.randint(1, 3)):
                self.house(bought + dice.random() / 4, town(dice), 1, 1)
        return self.looks

    def copied(self, copies: int) -> list[Look]:
        """One label, printed on so many pieces that are sold everywhere within three weeks; 40 % of buyers look."""
        self.honest()
        for _ in range(copies):
            if self.dice.random() < 0.4:
                self.house(2 + self.dice.random() * 20, town(self.dice), self.dice.randint(1, 2), 2)
        return self.looks
