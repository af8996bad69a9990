"""Seeded defects. Each is a change of one rule such as people make; a run of the model must find every one."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from domain import inventory, payments
from domain.aftersales import applying, arbitrating, buying, deciding, timing
from domain.aftersales.amounts import Worth
from domain.groups import ending, seats
from domain.inventory import holding
from domain.orders import bookkeeping, closing, flashing, recording, refunds, shipping, taking
from domain.orders.states import ORDER_STEPS, OrderEvent
from domain.payments import Cause
from domain.payments.steps import REFUND_STEPS, RefundEvent
from domain.promotions import claiming
from domain.settlement import payouts, sharing
from domain.settlement.states import PayoutEvent
from models.orders import OrderState
from models.payments import RefundState

Mutant = Callable[[pytest.MonkeyPatch], None]
MUTANTS: dict[str, Mutant] = {}


def mutant(seed: Mutant) -> Mutant:
    MUTANTS[seed.__name__] = seed
    return seed


async def _nothing(*_given: Any, **_named: Any) -> None:
    return None


@mutant
def receipt_is_confirmed_before_all_is_shipped(patch: pytest.MonkeyPatch) -> None:
    patch.setitem(ORDER_STEPS, (OrderState.PARTLY_SHIPPED, OrderEvent.RECEIVE), OrderState.RECEIVED)


@mutant
def holds_of_closed_orders_are_not_released(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(flashing.inventory, "release", _nothing)


@mutant
def goods_come_back_to_the_shelf_twice(patch: pytest.MonkeyPatch) -> None:
    move = holding._move

    async def twice(session: Any, wanted: Any, *, actual: int, held: int) -> Any:
        return await move(session, wanted, actual=2 if actual == 1 else actual, held=held)

    patch.setattr(holding, "_move", twice)


@mutant
def goods_called_off_are_restocked_without_being_asked(patch: pytest.MonkeyPatch) -> None:
    take_back = holding.take_back

    async def always(uow: Any, back: Any, reason: str, *, restock: bool) -> None:
        await take_back(uow, back, reason, restock=True)

    patch.setattr(inventory, "take_back", always)


def _keeps(patch: pytest.MonkeyPatch, kept: Cause) -> None:
    ask = payments.ask_refund

    async def forgetful(uow: Any, part: Any, cause: str, reason: str, amount: int | None = None) -> Any:
        return None if cause == kept else await ask(uow, part, cause, reason, amount)

    patch.setattr(payments, "ask_refund", forgetful)


@mutant
def a_second_payment_is_kept(patch: pytest.MonkeyPatch) -> None:
    _keeps(patch, Cause.DOUBLE)


@mutant
def an_order_called_off_keeps_its_money(patch: pytest.MonkeyPatch) -> None:
    _keeps(patch, Cause.UNSHIPPED)


@mutant
def a_wrong_amount_is_taken(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(recording.payments, "mismatch", lambda attempt, seen: None)


@mutant
def a_refund_is_not_booked(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(refunds.bookkeeping, "refunded", _nothing)


@mutant
def a_payment_is_booked_one_fen_short(patch: pytest.MonkeyPatch) -> None:
    paid = bookkeeping.ledger.paid

    def short(part_id: Any, of: Any, amount: int, at: Any, **named: Any) -> Any:
        return paid(part_id, of, amount - 1, at, **named)

    patch.setattr(bookkeeping.ledger, "paid", short)


@mutant
def units_are_worth_their_rounded_share(patch: pytest.MonkeyPatch) -> None:
    def rounded(line: Any, _others: Any, units: int) -> Worth:
        return Worth(round(line["payable"] * units / line["quantity"]), 0)

    patch.setattr(applying, "worth_of", rounded)


@mutant
def units_of_ended_cases_stay_claimed(patch: pytest.MonkeyPatch) -> None:
    for module in (arbitrating, buying, deciding, timing):
        patch.setattr(module, "unclaim", _nothing)


@mutant
def lines_do_not_know_that_the_order_was_called_off(patch: pytest.MonkeyPatch) -> None:
    counted = refunds.all_given_back
    patch.setattr(refunds, "all_given_back", lambda order_id: counted(order_id).where(False))


@mutant
def nobody_is_told_of_steps(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(taking, "tell", lambda uow, order: None)


@mutant
def old_news_of_a_refund_is_believed(patch: pytest.MonkeyPatch) -> None:
    patch.setitem(REFUND_STEPS, (RefundState.SUCCEEDED, RefundEvent.ACCEPT), RefundState.PROCESSING)


@mutant
def a_parcel_does_not_count_what_is_in_it(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(shipping, "count_shipped", _nothing)


@mutant
def attempts_are_left_open_at_wechat_pay(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(closing, "end", _nothing)


# ------------------------------------------------------------------------------------------------ settlement
@mutant
def refunds_do_not_wait_for_what_was_shared_out(patch: pytest.MonkeyPatch) -> None:
    async def always(_session: Any, _refund_id: Any) -> bool:
        return True

    patch.setattr(payments.refunds, "_is_fetched", always)


@mutant
def nobody_fetches_back_what_was_shared_out(patch: pytest.MonkeyPatch) -> None:
    async def never(*_given: Any) -> bool:
        return False

    patch.setattr(sharing, "_is_due", never)


@mutant
def commissions_of_what_went_back_are_kept(patch: pytest.MonkeyPatch) -> None:
    async def kept(uow: Any, order_id: Any) -> int:
        return sum(row["amount"] for row in (await bookkeeping._commissions(uow.session, [order_id])).get(order_id, ()))

    patch.setattr(bookkeeping, "_commission_left", kept)


@mutant
def the_platforms_coupons_are_not_paid(patch: pytest.MonkeyPatch) -> None:
    first = sharing._first_calls

    async def without(uow: Any, settlement: Any, figures: Any, made: Any, done: Any) -> None:
        await first(uow, settlement, replace(figures, subsidy=0), made, done)

    patch.setattr(sharing, "_first_calls", without)


@mutant
def what_the_bank_sent_back_is_not_owed_again(patch: pytest.MonkeyPatch) -> None:
    post = payouts._post

    async def forgetful(uow: Any, payout: Any, event: PayoutEvent, at: Any) -> None:
        if event is not PayoutEvent.BOUNCE:
            await post(uow, payout, event, at)

    patch.setattr(payouts, "_post", forgetful)


@mutant
def refunds_that_wait_for_a_shops_money_are_forgotten(patch: pytest.MonkeyPatch) -> None:
    async def none(_session: Any) -> tuple[()]:
        return ()

    patch.setattr(payments, "unsent", none)


# ------------------------------------------------------------------------------------------------ coupons and groups
@mutant
def coupons_of_closed_orders_are_not_given_back(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(taking.promotions, "give_back", _nothing)


@mutant
def a_coupon_that_was_used_elsewhere_meanwhile_counts_again(patch: pytest.MonkeyPatch) -> None:
    async def whatever(_uow: Any, _trade_id: Any) -> frozenset[Any]:
        return frozenset()

    patch.setattr(recording.promotions, "take_again", whatever)


@mutant
def points_of_closed_orders_are_not_given_back(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(taking.points, "release", _nothing)


@mutant
def points_do_not_come_back_with_the_money(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(bookkeeping.points, "give_back", _nothing)


@mutant
def points_that_were_spent_elsewhere_meanwhile_count_again(patch: pytest.MonkeyPatch) -> None:
    async def whatever(_uow: Any, _orders: Any) -> frozenset[Any]:
        return frozenset()

    patch.setattr(recording.points, "hold_again", whatever)


@mutant
def a_member_takes_more_of_an_offer_than_his_limit(patch: pytest.MonkeyPatch) -> None:
    # He has had none, whatever he has; the number is only made different from the others.
    count, following = claiming._next, itertools.count(1)

    async def more(uow: Any, viewer: Any, row: Any) -> int:
        await count(uow, viewer, {**row, "per_member": 10_000})
        return next(following)

    patch.setattr(claiming, "_next", more)


@mutant
def a_failed_group_keeps_the_money(patch: pytest.MonkeyPatch) -> None:
    _keeps(patch, Cause.GROUP)


@mutant
def pieces_of_freed_seats_stay_taken(patch: pytest.MonkeyPatch) -> None:
    take = seats.take_pieces

    async def only_more(uow: Any, activity_id: Any, pieces: int) -> None:
        if pieces > 0:
            await take(uow, activity_id, pieces)

    patch.setattr(seats, "take_pieces", only_more)


@mutant
def a_group_ends_while_somebody_is_at_the_cashier(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(ending, "PATIENCE", timedelta(0))


@mutant
def groups_are_never_merged(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(ending, "partners", lambda own, others: ())
