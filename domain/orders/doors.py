"""Orders that are let in by more than their price: with a group, before a harvest, in a flash sale, or for a voucher.

Where nobody asks for any of them, nothing is read and nothing is done.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol
from uuid import UUID

from domain import flash, groups, presales, vouchers
from domain.base import Invalid, UnitOfWork, WrongState
from domain.orders.writing import PAY_WITHIN, Draft
from domain.pricing import Benefits
from domain.promotions import Picks


class Wanted(Protocol):
    """What an order asks for besides goods."""

    @property
    def group(self) -> groups.Wish | None: ...
    @property
    def presale(self) -> presales.Wish | None: ...
    @property
    def flash(self) -> flash.Wish | None: ...
    @property
    def voucher(self) -> vouchers.Wish | None: ...
    @property
    def picks(self) -> Picks: ...
    @property
    def lines(self) -> Sequence[tuple[UUID, int]]: ...


@dataclass(frozen=True)
class Doors:
    """What is offered to groups, before harvests and in flash sales, and vouchers, locked, as it is after every order
    of the lot that was let in.
    """

    groups: groups.Door
    presales: presales.Door
    flash: flash.Counter
    vouchers: vouchers.Door

    def benefits_of(self, wanted: Wanted) -> Benefits | None:
        """The price it is let in for; None for every other order."""
        if not is_let_in(wanted):
            return None
        if wanted.picks.coupon_ids:
            price = "拼团价" if wanted.group else "预售价" if wanted.presale else "秒杀价" if wanted.flash else "提货券"
            raise Invalid(f"{price}不与优惠券同享", field="couponIds")
        if wanted.group:
            return self.groups.benefits_of(wanted.group)
        if wanted.presale:
            return self.presales.benefits_of(wanted.presale)
        if wanted.voucher:
            return self.vouchers.benefits_of(wanted.voucher, wanted.lines)
        return self.flash.benefits_of(wanted.flash) if wanted.flash else None

    def pay_within(self, wanted: Wanted) -> timedelta:
        return self.flash.pay_within(wanted.flash) if wanted.flash else PAY_WITHIN

    def check(self, member_id: UUID, wanted: Wanted, now: datetime) -> None:
        """Refuses an order that is not let in, with the field it is about."""
        if wanted.group:
            self.groups.check(member_id, wanted.group, wanted.lines, now)
        if wanted.presale:
            self.presales.check(member_id, wanted.presale, wanted.lines, now)
        if wanted.flash:
            self.flash.check(member_id, wanted.flash, wanted.lines, now)
        if wanted.voucher:
            self.vouchers.check(member_id, wanted.voucher, wanted.lines, now)

    def refuse_needless(self, wanted: Wanted, discount: int) -> None:
        """Who would pay no more without it is better off without it."""
        if wanted.group and not discount:
            raise WrongState("单独购买已不高于拼团价，请直接购买", field="activityId")
        if wanted.flash and not discount:
            raise WrongState("原价已不高于秒杀价，请直接购买", field="offerId")

    def enter(self, member_id: UUID, wanted: Wanted, draft: Draft, now: datetime) -> None:
        """Takes the place of an order that stands."""
        order_id, group = draft.groups[0]
        if wanted.group:
            self.groups.sit(member_id, wanted.group, order_id, wanted.lines[0][1], now)
        if wanted.presale:
            line = group.lines[0]
            self.presales.book(member_id, wanted.presale, order_id, line.quantity, line.payable, group.total, now)
        if wanted.flash:
            self.flash.take(member_id, wanted.flash, order_id, wanted.lines[0][1])
        if wanted.voucher:
            self.vouchers.hold(member_id, wanted.voucher, (order_id, draft.trade["id"]), wanted.lines)

    async def write(self, uow: UnitOfWork, now: datetime) -> None:
        """Writes the places, once the orders are there."""
        await self.groups.write(uow)
        await self.presales.write(uow)
        await self.flash.write(uow, now)
        await self.vouchers.write(uow, now)


def is_let_in(wanted: Wanted) -> bool:
    """Whether an order asks for more than goods at their price; then it is of one kind of goods alone."""
    return bool(wanted.group or wanted.presale or wanted.flash or wanted.voucher)


def is_shelved(wanted: Wanted) -> bool:
    """Whether an order's goods are taken from the shelf: a flash sale's have left it already, a harvest's are not there
    yet.
    """
    return not (wanted.presale or wanted.flash)


async def doors(uow: UnitOfWork, asking: Sequence[tuple[UUID, Wanted]]) -> Doors:
    """The doors for these members and what they want; their rows are locked already, and the stock's are not yet."""
    return Doors(
        await groups.door(uow, [(member_id, wanted.group) for member_id, wanted in asking if wanted.group]),
        await presales.door(uow, [(member_id, wanted.presale) for member_id, wanted in asking if wanted.presale]),
        await flash.counter(uow, [(member_id, wanted.flash) for member_id, wanted in asking if wanted.flash]),
        await vouchers.door(uow, [wanted.voucher for _, wanted in asking if wanted.voucher]),
    )
