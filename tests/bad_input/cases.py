"""What the tables of bad input are made of: a case, and how many of a kind are written."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

NOWHERE = "0190a000-0000-7000-8000-000000000000"
HUGE = 2**53 - 1
REFUSED = "__typename ... on Problem { code message field }"
ADDRESS_ID = {"addressId": "$address"}

# Roles: nobody, buyer, stranger (another buyer), shop, rival (staff of another shop), clerk (writes nothing), admin.
Values = dict[str, Any]


@dataclass(frozen=True)
class Case:
    """`$name` strings in the variables are replaced by ids of the world. `code` None means: answered with null."""

    name: str
    role: str
    operation: str
    variables: Values = field(default_factory=dict)
    code: str | None = "BAD_USER_INPUT"

    @property
    def id(self) -> str:
        return f"{self.role}-{self.name}".replace(" ", "-")


def each(name: str, role: str, operation: str, code: str | None, *variables: Values) -> list[Case]:
    return [Case(f"{name} {number}", role, operation, one, code) for number, one in enumerate(variables, 1)]


def with_(base: Values, **changes: Any) -> Values:
    return {**base, **changes}
