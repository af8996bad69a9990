"""Who may book by an order, for a whole lot of orders at once: locked, decided in memory, written."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import insert, select

from domain.base import Invalid, NotFound, RowDict, TooMany, UnitOfWork, WrongState, among
from domain.presales.bookings import BOOKING, OFFER, take_pieces
from domain.presales.states import LIVING
from domain.presales.words import rules
from domain.pricing import Benefits, SpecialPrice
from models.base import new_id
from models.presales import BookingState, PresaleBooking, PresaleKind, PresaleOffer, PresaleState
from models.pricing import Party


@dataclass(frozen=True)
class Wish:
    """What a buyer wants of an offer. `agreed`: the rule of the deposit was read and said yes to."""

    offer_id: UUID
    agreed: bool = False

    def content(self) -> list[Any]:
        """As it is part of what a repeated key is compared with."""
        return ["presale", str(self.offer_id), self.agreed]


def benefits(offer: Mapping[str, Any]) -> Benefits:
    """The price before the harvest and nothing else: no coupon, no points, no reduction goes with it."""
    special = SpecialPrice(offer["id"], offer["name"], offer["price"], Party.MERCHANT)
    return Benefits(campaigns={offer["sku_id"]: special})


def due(offer: Mapping[str, Any], quantity: int, total: int) -> tuple[int, int]:
    """What of an order's total is paid when ordering as its deposit, and what later; nothing of each for FULL."""
    if offer["kind"] is PresaleKind.FULL:
        return 0, 0
    deposit = int(offer["deposit"]) * quantity
    return deposit, total - deposit


class Door:
    """Offers, locked, as they are after every order of the lot that was let in."""

    def __init__(self, offers: Iterable[RowDict], bookings: Iterable[RowDict]) -> None:
        self._offers = {row["id"]: dict(row) for row in offers}
        self._bookings = [dict(row) for row in bookings]
        self._fresh: list[dict[str, Any]] = []

    def benefits_of(self, wish: Wish) -> Benefits:
        return benefits(self._offer(wish))

    def check(self, member_id: UUID, wish: Wish, lines: Sequence[tuple[UUID, int]], now: datetime) -> None:
        """Refuses an order that cannot be booked: NotFound, WrongState, TooMany or Invalid, with its field."""
        offer = self._offer(wish)
        if len(lines) != 1 or lines[0][0] != offer["sku_id"]:
            raise Invalid("预售订单只能购买预售中的这一种商品", field="lines")
        if offer["state"] is not PresaleState.RUNNING or now >= offer["ends_at"]:
            raise WrongState("预售已截止，不能再预订", field="offerId")
        if now < offer["starts_at"]:
            raise WrongState("预售还没有开始", field="offerId")
        if offer["kind"] is PresaleKind.DEPOSIT and not wish.agreed:
            raise Invalid("请先阅读并勾选同意定金规则", field="agreed")
        self._refuse_many(member_id, offer, lines[0][1])

    def book(
        self, member_id: UUID, wish: Wish, order_id: UUID, quantity: int, goods: int, total: int, now: datetime
    ) -> None:
        """Books for an order that was let in and stands. WrongState where the goods cost too little for the deposit."""
        offer = self._offer(wish)
        deposit, balance = due(offer, quantity, total)
        if deposit * 100 > goods * 20:
            raise WrongState("该商品已降价，定金超过价款的 20%，请直接购买", field="offerId")
        booking = {
            "id": new_id(),
            "offer_id": offer["id"],
            "order_id": order_id,
            "member_id": member_id,
            "quantity": quantity,
            "state": BookingState.HELD,
            "goods": goods,
            "deposit": deposit,
            "balance": balance,
            "deposit_kind": offer["deposit_kind"],
            "rules": rules(offer),
            "agreed_at": now if wish.agreed else None,
            "created_at": now,
        }
        self._bookings.append(booking)
        self._fresh.append(booking)
        offer["taken"] += quantity

    async def write(self, uow: UnitOfWork) -> None:
        """Writes the bookings, once the orders are there."""
        if not self._fresh:
            return
        await uow.session.execute(insert(PresaleBooking), self._fresh)
        pieces: dict[UUID, int] = {}
        for booking in self._fresh:
            pieces[booking["offer_id"]] = pieces.get(booking["offer_id"], 0) + booking["quantity"]
        for offer_id, more in pieces.items():
            await take_pieces(uow, offer_id, more)

    def _offer(self, wish: Wish) -> dict[str, Any]:
        if wish.offer_id not in self._offers:
            raise NotFound("预售不存在", field="offerId")
        return self._offers[wish.offer_id]

    def _refuse_many(self, member_id: UUID, offer: RowDict, quantity: int) -> None:
        mine = [each for each in self._bookings if (each["member_id"], each["offer_id"]) == (member_id, offer["id"])]
        if any(each["state"] is BookingState.HELD for each in mine):
            raise WrongState("您在这个预售里还有一笔订单未支付，请先支付或取消", field="offerId")
        if sum(each["quantity"] for each in mine) + quantity > offer["per_member"]:
            raise TooMany(f"这个预售每人最多预订 {offer['per_member']} 件", field="quantity")
        if (left := offer["stock"] - offer["taken"]) < quantity:
            raise WrongState(f"预售仅剩 {left} 件" if left else "预售已订完", field="quantity")


NOBODY = Door((), ())


async def door(uow: UnitOfWork, asking: Sequence[tuple[UUID, Wish]]) -> Door:
    """The door for these members and what they want; nothing is read where nobody asks."""
    if not asking:
        return NOBODY
    ids, members = list({wish.offer_id for _, wish in asking}), list({member_id for member_id, _ in asking})
    chosen = select(*OFFER).where(among(PresaleOffer, "id", ids)).order_by(OFFER.id)
    offers = (await uow.session.execute(chosen.with_for_update(key_share=True))).mappings().all()
    theirs = select(*BOOKING).where(among(PresaleBooking, "offer_id", ids), BOOKING.state.in_(LIVING))
    theirs = theirs.where(among(PresaleBooking, "member_id", members))
    bookings = (await uow.session.execute(theirs)).mappings().all()
    return Door(*([dict(row) for row in rows] for rows in (offers, bookings)))
