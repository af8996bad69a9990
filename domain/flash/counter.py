"""Who gets pieces of an offer by an order, for a whole lot of orders at once: locked, decided in memory, written."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import select

from domain import bulk, inventory
from domain.base import Invalid, NotFound, RowDict, TooMany, UnitOfWork, WrongState, among
from domain.flash.rows import BUYER, HOLD, NO_OFFER, OFFER, TIMES
from domain.pricing import Benefits, SpecialPrice
from models.base import new_id
from models.flash import FlashBuyer, FlashHold, FlashHoldState, FlashOffer, FlashSession, FlashState
from models.pricing import Party


@dataclass(frozen=True)
class Wish:
    """An order of an offer. `entered`: its buyer was let in, and not too long ago."""

    offer_id: UUID
    entered: bool = True

    def content(self) -> list[Any]:
        """As it is part of what a repeated key is compared with: not how the buyer got in."""
        return ["flash", str(self.offer_id)]


def benefits(offer: RowDict) -> Benefits:
    """The flash price and nothing else: no coupon, no points, no reduction goes with it."""
    special = SpecialPrice(offer["id"], f"秒杀 {offer['session_name']}", offer["price"], Party.MERCHANT)
    return Benefits(campaigns={offer["sku_id"]: special})


class SoldOut(WrongState):
    """Every piece is held or sold."""


class Counter:
    """Offers, locked, as they are after every order of the lot that was let through."""

    def __init__(self, offers: Iterable[RowDict], buyers: Iterable[RowDict], unpaid: Iterable[RowDict]) -> None:
        self._offers = {row["id"]: dict(row) for row in offers}
        self._pieces = {(row["offer_id"], row["member_id"]): row["pieces"] for row in buyers}
        self._unpaid = {(row["offer_id"], row["member_id"]) for row in unpaid}
        self._fresh: list[tuple[UUID, Wish, inventory.Wanted]] = []

    def benefits_of(self, wish: Wish) -> Benefits:
        return benefits(self._offer(wish))

    def pay_within(self, wish: Wish) -> timedelta:
        return timedelta(minutes=self._offer(wish)["pay_minutes"])

    def check(self, member_id: UUID, wish: Wish, lines: Sequence[tuple[UUID, int]], now: datetime) -> None:
        """Refuses an order that gets nothing: NotFound, WrongState, TooMany or Invalid, with the field it is about."""
        offer = self._offer(wish)
        if not wish.entered:
            raise WrongState("抢购资格已过期，请重新排队", field="token")
        if len(lines) != 1 or lines[0][0] != offer["sku_id"]:
            raise Invalid("秒杀订单只能购买活动中的这一种商品", field="lines")
        if offer["state"] is not FlashState.PUBLISHED or now >= offer["ends_at"]:
            raise WrongState("秒杀已结束", field="offerId")
        if now < offer["starts_at"]:
            raise WrongState("秒杀还没有开始", field="offerId")
        place, quantity = (offer["id"], member_id), lines[0][1]
        if place in self._unpaid:
            raise WrongState("您有一笔秒杀订单未支付，请先支付或取消", field="offerId")
        if self._pieces.get(place, 0) + quantity > offer["per_member"]:
            raise TooMany(f"这个秒杀商品每人限购 {offer['per_member']} 件", field="quantity")
        if offer["taken"] + quantity > offer["total"]:
            left = offer["total"] - offer["taken"]
            raise SoldOut(f"秒杀商品仅剩 {left} 件" if left else "秒杀商品已抢光", field="quantity")

    def take(self, member_id: UUID, wish: Wish, order_id: UUID, quantity: int) -> None:
        """Holds the pieces of an order that was let through and stands."""
        offer = self._offer(wish)
        place = offer["id"], member_id
        offer["taken"] += quantity
        self._pieces[place] = self._pieces.get(place, 0) + quantity
        self._unpaid.add(place)
        self._fresh.append((member_id, wish, inventory.Wanted(order_id, offer["sku_id"], quantity)))

    async def write(self, uow: UnitOfWork, now: datetime) -> None:
        """Writes what was taken, once the orders are there."""
        if not self._fresh:
            return
        lots = [lot for _, _, lot in self._fresh]
        await inventory.hold_reserved(uow, lots)
        ids = [new_id() for _ in lots]
        offers, members = [wish.offer_id for _, wish, _ in self._fresh], [member for member, _, _ in self._fresh]
        orders, quantities = [lot.order_id for lot in lots], [lot.quantity for lot in lots]
        await bulk.run(uow.session, TAKE, ids, offers, orders, members, quantities, now)

    def _offer(self, wish: Wish) -> dict[str, Any]:
        if wish.offer_id not in self._offers:
            raise NotFound(NO_OFFER, field="offerId")
        return self._offers[wish.offer_id]


# The CHECKs of all three tables have the last word, whoever came by another way.
TAKE = f"""
WITH lots AS (
    SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::uuid[], $5::int[])
    AS lot(id, offer_id, order_id, member_id, quantity)
),
sums AS (SELECT offer_id, sum(quantity)::int AS quantity FROM lots GROUP BY offer_id),
taken AS (UPDATE flash_offers o SET taken = o.taken + sums.quantity FROM sums WHERE o.id = sums.offer_id),
bought AS (
    INSERT INTO flash_buyers (offer_id, member_id, most, pieces)
    SELECT lots.offer_id, lots.member_id, o.per_member, sum(lots.quantity)
    FROM lots JOIN flash_offers o ON o.id = lots.offer_id GROUP BY 1, 2, 3
    ON CONFLICT (offer_id, member_id) DO UPDATE SET pieces = flash_buyers.pieces + excluded.pieces
)
INSERT INTO flash_holds (id, offer_id, order_id, member_id, quantity, state, created_at)
SELECT id, offer_id, order_id, member_id, quantity, '{FlashHoldState.HELD}', $6 FROM lots
"""
NOBODY = Counter((), (), ())


async def counter(uow: UnitOfWork, lot: Iterable[tuple[UUID, Wish | None]]) -> Counter:
    """The counter for these members and what they want, if it is anything; their rows are locked already."""
    asking = [(member_id, wish) for member_id, wish in lot if wish]
    if not asking:
        return NOBODY
    offer_ids, member_ids = list({wish.offer_id for _, wish in asking}), list({member for member, _ in asking})
    session = uow.session
    chosen = select(*OFFER, *TIMES).join(FlashSession, FlashSession.id == OFFER.session_id)
    chosen = chosen.where(among(FlashOffer, "id", offer_ids)).order_by(OFFER.id)
    offers = (await session.execute(chosen.with_for_update(of=FlashOffer, key_share=True))).mappings().all()
    theirs = select(*BUYER).where(among(FlashBuyer, "offer_id", offer_ids), among(FlashBuyer, "member_id", member_ids))
    buyers = (await session.execute(theirs)).mappings().all()
    held = select(HOLD.offer_id, HOLD.member_id).where(among(FlashHold, "offer_id", offer_ids))
    held = held.where(among(FlashHold, "member_id", member_ids), HOLD.state == FlashHoldState.HELD)
    unpaid = (await session.execute(held)).mappings().all() if buyers else ()
    return Counter(*([dict(row) for row in rows] for rows in (offers, buyers, unpaid)))
