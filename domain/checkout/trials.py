"""What a cart would pay with a campaign and without it, before anybody meets it: by the one price engine."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from sqlalchemy import ARRAY, Boolean, Integer, Select, Uuid, any_, bindparam
from sqlalchemy.ext.asyncio import AsyncSession

from domain import promotions
from domain.base import Invalid, Viewer, ViewerKind
from domain.checkout.offering import OFFER, Offer, chosen_offers, offer_of, offers
from domain.checkout.prices import MOST_OF_ONE, Priced, check_wanted, price_found
from domain.checkout.sending import rules_of, sending
from domain.pricing import NO_BENEFITS
from domain.promotions import Tried
from domain.statements import NO_COLUMNS, Statement
from models.catalog import Sku
from models.pricing import Party

# A suggested cart: so many kinds of goods, out of so many that are looked at.
KINDS, LOOKED_AT = 3, 60


@dataclass(frozen=True)
class TriedLine:
    """So many of a SKU: what is paid for them `before` and `after`, in fen, and who bears what the campaign takes."""

    offer: Offer
    quantity: int
    before: int
    after: int
    by_shop: int
    by_platform: int


@dataclass(frozen=True)
class Trial:
    """A cart without the campaign and with it; `note` says why it takes nothing off, where it does not."""

    before: Priced
    after: Priced
    lines: Sequence[TriedLine]
    note: str | None

    @property
    def by_shop(self) -> int:
        return sum(line.by_shop for line in self.lines)

    @property
    def by_platform(self) -> int:
        return sum(line.by_platform for line in self.lines)


async def try_campaign(session: AsyncSession, viewer: Viewer, id: UUID, wanted: Mapping[UUID, int] | None) -> Trial:
    """What so many of each SKU cost with one campaign of the viewer's and without it, for a buyer who has nothing else.

    Whatever the shops reduce anyway goes with both. None wanted: a few of its goods that come to what it asks for.
    Invalid (`lines`) for goods of others, that are not on sale, or where there is nothing to suggest. Freight is what
    is usual, stock is not looked at.
    """
    campaign = await promotions.tried(session, viewer, id)
    if wanted is None:
        found, wanted = await _suggested(session, viewer, campaign)
    else:
        check_wanted(wanted)
        found = await offers(session, list(wanted))
    if viewer.kind is ViewerKind.MERCHANT and any(each.merchant_id != viewer.shop_id for each in found.values()):
        raise Invalid("只能试算本店的商品", field="lines")
    send = sending(await rules_of(session, found.values()), None)
    reductions = await promotions.reductions_of(session, found.values())
    held = campaign.taken_from(replace(NO_BENEFITS, reductions=reductions))
    before = price_found(found, wanted, send, held)
    after = price_found(found, wanted, send, campaign.added_to(held))
    return Trial(before, after, _lines(campaign.id, before, after), _note(campaign.id, after))


def _lines(id: UUID, before: Priced, after: Priced) -> list[TriedLine]:
    found = []
    for was, line in zip(before.lines, after.lines, strict=True):
        own = [share for share in line.shares if share.source == id]
        by = {party: sum(share.amount for share in own if share.party is party) for party in Party}
        about = (line.offer, line.quantity, was.payable, line.payable)
        found.append(TriedLine(*about, by[Party.MERCHANT], by[Party.PLATFORM]))
    return found


def _note(id: UUID, priced: Priced) -> str | None:
    unused = [*priced.unused, *(each for group in priced.groups for each in group.unused)]
    said = next((each.note for each in unused if each.source == id), None)
    used = any(share.source == id for line in priced.lines for share in line.shares)
    return None if used else said or "所选商品不适用"


# ------------------------------------------------------------------------------------------------ suggested
def _covered(_: frozenset[Any]) -> Select[Any]:
    """SKUs on sale that a campaign is for, the cheapest first."""
    merchant = bindparam("merchant_id", type_=Uuid)
    every = {name: bindparam(f"every_{name}", type_=Boolean) for name in ("category_id", "product_id")}
    chosen = chosen_offers().where(OFFER["on_sale"], merchant.is_(None) | (OFFER["merchant_id"] == merchant))
    for name, all_of_them in every.items():
        chosen = chosen.where(all_of_them | (OFFER[name] == any_(bindparam(f"{name}s", type_=ARRAY(Uuid)))))
    return chosen.order_by(OFFER["price"], OFFER["sku_id"]).limit(bindparam("most", type_=Integer))


COVERED = Statement(Sku.__table__, _covered)


async def _suggested(
    session: AsyncSession, viewer: Viewer, campaign: Tried
) -> tuple[dict[UUID, Offer], dict[UUID, int]]:
    """A few goods of different kinds, so many of each that together they reach all that the campaign gives."""
    scope = campaign.scope
    asked = {
        "merchant_id": campaign.merchant_id or (viewer.shop_id if viewer.kind is ViewerKind.MERCHANT else None),
        "every_category_id": scope.category_ids is None,
        "category_ids": list(scope.category_ids or ()),
        "every_product_id": scope.product_ids is None,
        "product_ids": list(scope.product_ids or ()),
        "most": LOOKED_AT,
    }
    of_kind: dict[UUID, Offer] = {}
    for row in await COVERED.rows(session, NO_COLUMNS, **asked):
        of_kind.setdefault(row["product_id"], offer_of(row))
    chosen = list(of_kind.values())[:KINDS]
    if not chosen:
        raise Invalid("活动范围内没有在售商品，请先上架或自选商品", field="lines")
    return {each.sku_id: each for each in chosen}, _enough(chosen, campaign.most)


def _enough(chosen: Sequence[Offer], worth: int) -> dict[UUID, int]:
    """One of each, then more of the last, which costs most, until they come to `worth`."""
    missing = worth - sum(each.price for each in chosen)
    last = chosen[-1]
    more = max(0, -(-missing // last.price))
    wanted = dict.fromkeys((each.sku_id for each in chosen), 1)
    return {**wanted, last.sku_id: min(1 + more, MOST_OF_ONE)}
