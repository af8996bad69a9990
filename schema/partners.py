"""Partners as the console sees them, and what a partner is told of its own budget."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Annotated
from uuid import UUID

import strawberry

from domain import partners
from domain.base import clock
from models.partners import PartnerState
from schema.base import Charge, NumberedPage, Refused
from schema.relations import RowType, derived, many, one

strawberry.enum(PartnerState)
strawberry.enum(partners.KeyState, name="PartnerKeyState")


# ------------------------------------------------------------------------------------------------ for the console
@strawberry.type
class PartnerKey(RowType):
    id: UUID
    label: str
    last_four: str = strawberry.field(description="All of the secret that is known after it was issued.")
    state: partners.KeyState = derived(partners.key_state, "revoked_at", "expires_at")
    created_at: datetime
    expires_at: datetime | None
    revoked_at: datetime | None
    last_used_at: datetime | None = strawberry.field(description="To the minute.")


@strawberry.type
class Partner(RowType):
    id: UUID
    name: str
    contact: str
    note: str
    points_per_second: int
    burst: int
    state: PartnerState
    created_at: datetime
    version: int
    keys: list[PartnerKey] = many(partners.keys_by_partner, key="id")


@strawberry.type
class PartnerPage(NumberedPage[Partner]):
    pass


@strawberry.type(description="A new key. `secret` is shown here and never again.")
class IssuedPartnerKey(RowType):
    secret: str
    key: PartnerKey = one(partners.keys_by_id, key="key_id")
    partner: Partner = one(partners.by_id, key="partner_id")


PartnerResult = Annotated[Partner | Refused, strawberry.union("PartnerResult")]
IssuedPartnerKeyResult = Annotated[IssuedPartnerKey | Refused, strawberry.union("IssuedPartnerKeyResult")]


@strawberry.input
class PartnerInput:
    name: str
    contact: str
    note: str = ""
    points_per_second: int = strawberry.field(description="Points of cost that flow back each second, 1 to 10,000.")
    burst: int = strawberry.field(description="The most that is saved up, from `pointsPerSecond` to 100,000.")
    version: int | None = strawberry.field(
        default=None, description="The version read; saving over somebody else's change is refused."
    )

    def wanted(self) -> partners.Wanted:
        return partners.Wanted(self.name, self.contact, self.note, self.points_per_second, self.burst)


# ------------------------------------------------------------------------------------------------ for partners
@strawberry.type(
    description="The budget of the key's owner, in points: an object costs 1, a list the size of its page times what "
    "is asked of each. An operation is charged before it runs, and what its answer did not use is given back; one that "
    "may cost more than is left is refused with HTTP 429, code THROTTLED and a Retry-After header. The same stands in "
    "`extensions.cost` of every answer."
)
class RateLimit:
    cost: int = strawberry.field(description="What this operation was charged; at the end it may cost less.")
    limit: int = strawberry.field(description="The most points that can be saved up.")
    remaining: int = strawberry.field(description="Points left after the charge.")
    restore_rate: int = strawberry.field(description="Points that flow back each second.")
    full_at: datetime = strawberry.field(description="When `remaining` is `limit` again, if nothing more is asked.")

    @classmethod
    def of(cls, charge: Charge) -> RateLimit:
        missing = charge.budget.burst - charge.remaining
        return cls(
            cost=round(charge.cost),
            limit=charge.budget.burst,
            remaining=int(charge.remaining),
            restore_rate=charge.budget.per_second,
            full_at=clock.now() + timedelta(seconds=missing / charge.budget.per_second),
        )
