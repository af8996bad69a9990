"""A seeded defect for each named scenario: what somebody could have written instead, so that its test must fail."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from types import SimpleNamespace
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select

from domain import flash, groups, inventory, ledger, payments
from domain.base import Conflict, Database, UnitOfWork
from domain.checkout.carts import CartItem
from domain.groups import seats
from domain.inventory import Shelf, holding
from domain.orders import closing, desk, paying, placing, recording, refunds, taking, writing
from domain.orders.states import ORDER_STEPS, TRADE_STEPS, OrderEvent, TradeEvent
from domain.payments import Cause, Outcome
from domain.payments.steps import PAYMENT_STEPS, PaymentEvent
from domain.settlement import payouts
from jobs import settlement
from models.inventory import Stock
from models.orders import OrderState, Trade, TradeState
from models.payments import PaymentState
from server import worker
from tests.model.mutants import MUTANTS as OF_THE_MODEL
from tests.scenarios.selling import RED as SELLING

Mutant = Callable[[pytest.MonkeyPatch], None]


# ------------------------------------------------------------------------------------------------ payment
def settled_payments_are_settled_again(patch: pytest.MonkeyPatch) -> None:
    """What is known to be paid is looked at as if it were not."""
    states = SimpleNamespace(OPEN=PaymentState.OPEN, CLOSED=PaymentState.PAID, PAID=PaymentState.PAID)
    patch.setattr(recording, "PaymentState", states)


def news_heard_twice_is_a_second_payment(patch: pytest.MonkeyPatch) -> None:
    settled_payments_are_settled_again(patch)
    patch.setitem(PAYMENT_STEPS, (PaymentState.PAID, PaymentEvent.PAY), PaymentState.PAID)

    async def give_back(uow: UnitOfWork, locked: Any, attempt: Any, paid_at: Any) -> Sequence[UUID]:
        await recording._give_back(uow, attempt, Cause.DOUBLE, "重复支付退款")
        return ()

    patch.setattr(recording, "_reopen", give_back)


async def _as_it_looks(uow: UnitOfWork, trade_id: UUID) -> taking.Locked:
    """A trade, its orders and attempts, without anybody being kept away from them."""
    table = Trade.__table__.c
    trade = (await uow.session.execute(select(*table).where(table.id == trade_id))).mappings().one()
    rows = await uow.session.execute(taking._orders(trade_id))
    attempts = await payments.attempts_of(uow.session, trade_id)
    return taking.Locked(dict(trade), [dict(row) for row in rows.mappings()], attempts)


def attempts_are_opened_without_locking_the_trade(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(paying, "lock", _as_it_looks)


def unknown_payments_are_refused_for_good(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(recording, "NotFound", Conflict)


def what_is_asked_is_not_written_down(patch: pytest.MonkeyPatch) -> None:
    async def ask(database: Database, gateway: Any, attempts: Sequence[Any]) -> dict[UUID, Outcome]:
        return {attempt.id: (await gateway.query(attempt.number)).outcome for attempt in attempts}

    patch.setattr(closing, "ask", ask)


def late_money_is_kept(patch: pytest.MonkeyPatch) -> None:
    ask = payments.ask_refund

    async def forgetful(uow: Any, part: Any, cause: str, reason: str, amount: int | None = None) -> Any:
        return None if cause == Cause.LATE else await ask(uow, part, cause, reason, amount)

    patch.setattr(payments, "ask_refund", forgetful)


def one_order_that_cannot_be_kept_takes_all_with_it(patch: pytest.MonkeyPatch) -> None:
    hold_again = inventory.hold_again

    async def all_or_none(uow: UnitOfWork, order_ids: Sequence[UUID]) -> set[UUID]:
        alive = await hold_again(uow, order_ids)
        return alive if len(alive) == len(order_ids) else set()

    patch.setattr(inventory, "hold_again", all_or_none)


def wechat_is_called_within_a_transaction(patch: pytest.MonkeyPatch) -> None:
    prepay = paying._prepay

    async def inside(database: Database, *given: Any) -> str:
        async with database.begin() as uow:
            await uow.session.execute(select(1))
            return await prepay(database, *given)

    patch.setattr(paying, "_prepay", inside)


# ------------------------------------------------------------------------------------------------ placing, stock
def keys_are_not_looked_up(patch: pytest.MonkeyPatch) -> None:
    standing = placing._standing

    async def forgetful(*given: Any) -> Any:
        return replace(await standing(*given), trades={})

    patch.setattr(placing, "_standing", forgetful)


def failures_that_pass_are_shown(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(desk, "PASSING", desk.PASSING - {"40"})


def stock_is_locked_in_the_order_of_the_cart(patch: pytest.MonkeyPatch) -> None:
    lock, turn = holding.lock, iter(range(10**6))

    async def one_by_one(session: Any, sku_ids: Sequence[UUID]) -> dict[UUID, dict[str, Any]]:
        found = {}
        for sku_id in sorted(sku_ids, reverse=next(turn) % 2 == 0):
            found |= await lock(session, [sku_id])
        return found

    patch.setattr(holding, "lock", one_by_one)


def the_first_shop_gets_everything(patch: pytest.MonkeyPatch) -> None:
    orders = writing._orders

    def to_the_first(rows: Any, groups: Sequence[Any], moment: Any) -> Any:
        return orders(rows, [replace(group, merchant_id=groups[0].merchant_id) for group in groups], moment)

    patch.setattr(writing, "_orders", to_the_first)


def the_shelf_is_not_locked(patch: pytest.MonkeyPatch) -> None:
    async def look(session: Any, sku_ids: Sequence[UUID]) -> dict[UUID, dict[str, Any]]:
        table = Stock.__table__.c
        rows = await session.execute(select(*table).where(table.sku_id.in_(sku_ids)))
        return {row["sku_id"]: {**row, "available": row["actual"] - row["held"]} for row in rows.mappings()}

    patch.setattr(holding, "lock", look)


def what_cannot_be_had_still_counts(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(CartItem, "counts", property(lambda item: item.selected))


def a_lot_that_is_short_is_held_as_far_as_it_goes(patch: pytest.MonkeyPatch) -> None:
    take = Shelf.take

    def some(shelf: Shelf, lot: Sequence[Any]) -> None:
        for want in lot:
            try:
                take(shelf, [want])
            except inventory.OutOfStock:
                continue

    patch.setattr(Shelf, "take", some)


def the_shops_number_overwrites_the_stock(patch: pytest.MonkeyPatch) -> None:
    """What the page showed when it was opened counts, not what is there now."""
    adjusted = inventory.desk._adjusted

    def as_the_page_says(before: Any, delta: int, version: int) -> dict[str, Any]:
        row = adjusted(before, delta, version)
        return {**row, "actual": row["actual"] - row["held"]}

    patch.setattr(inventory.desk, "_adjusted", as_the_page_says)


def steps_are_not_guarded(patch: pytest.MonkeyPatch) -> None:
    """Closing believes what it read, which somebody else may have changed meanwhile, or a replica not heard of."""

    async def stale(uow: UnitOfWork, trade_id: UUID) -> taking.Locked:
        found = await _as_it_looks(uow, trade_id)
        return replace(found, trade={**found.trade, "state": TradeState.AWAITING_PAYMENT})

    patch.setattr(closing, "lock", stale)
    for state in (TradeState.CLOSED, TradeState.PAID):
        patch.setitem(TRADE_STEPS, (state, TradeEvent.CLOSE), TradeState.CLOSED)
    for was in (OrderState.CLOSED, OrderState.AWAITING_SHIPMENT):
        patch.setitem(ORDER_STEPS, (was, OrderEvent.EXPIRE), OrderState.CLOSED)


# ------------------------------------------------------------------------------------------------ refunds
def an_order_can_be_called_off_again(patch: pytest.MonkeyPatch) -> None:
    patch.setitem(ORDER_STEPS, (OrderState.CLOSED, OrderEvent.REFUND), OrderState.CLOSED)


def a_refund_is_asked_for_under_a_new_number_each_time(patch: pytest.MonkeyPatch) -> None:
    to_send, turn = payments.refund_to_send, iter(range(10**6))

    async def anew(*given: Any) -> Any:
        sent = await to_send(*given)
        return replace(sent, asked=replace(sent.asked, number=f"{sent.asked.number}N{next(turn)}"))

    patch.setattr(refunds.payments, "refund_to_send", anew)


def equal_refunds_are_taken_for_one(patch: pytest.MonkeyPatch) -> None:
    ask = payments.ask_refund

    async def by_amount(uow: Any, part: Any, cause: str, reason: str, amount: int | None = None) -> Any:
        known = await payments.refunds_by_order(uow.session, [part.order_id], frozenset({"amount"}))
        same = any(row["amount"] == amount for row in known.get(part.order_id, ()))
        return None if same else await ask(uow, part, cause, reason, amount)

    patch.setattr(payments, "ask_refund", by_amount)


def payouts_get_a_new_number_with_every_try(patch: pytest.MonkeyPatch) -> None:
    """As where keys are made anew for a request that is tried again."""
    to_ask = payouts._to_ask

    async def anew(uow: UnitOfWork, payout_id: UUID) -> Any:
        row = await to_ask(uow, payout_id)
        return row and {**row, "number": f"{row['number']}T{row['tries']}"}

    patch.setattr(payouts, "_to_ask", anew)


def nobody_runs_the_payouts(patch: pytest.MonkeyPatch) -> None:
    """All of it is written, and the worker has no round for it."""
    rounds = tuple(each for each in worker.ROUNDS if each[1] is not settlement.pay_out)
    patch.setattr(worker, "ROUNDS", rounds)


def payouts_are_booked_under_a_new_name_each_time(patch: pytest.MonkeyPatch) -> None:
    post, turn = ledger.post, iter(range(10**6))

    async def anew(uow: UnitOfWork, *told: Any) -> Any:
        return await post(uow, *(replace(each, ref=f"{each.ref}:{next(turn)}") for each in told))

    patch.setattr(ledger, "post", anew)


#: Which test must fail with which defect: `module::test`.
# ------------------------------------------------------------------------------------------------ groups
def failed_groups_keep_the_money(patch: pytest.MonkeyPatch) -> None:
    expire = groups.expire

    async def forgetful(uow: UnitOfWork, group_id: UUID) -> Sequence[UUID]:
        await expire(uow, group_id)
        return ()

    patch.setattr(groups, "expire", forgetful)


def complete_groups_are_expired_too(patch: pytest.MonkeyPatch) -> None:
    """Whoever has a seat when the time is over gets the money back."""

    async def all_of_them(uow: UnitOfWork, group_id: UUID) -> Sequence[UUID]:
        return [seat["order_id"] for seat in await seats.living(uow.session, group_id)]

    patch.setattr(groups, "expire", all_of_them)


# ------------------------------------------------------------------------------------------------ flash sales
def the_gate_is_believed(patch: pytest.MonkeyPatch) -> None:
    """Whoever was let in gets pieces: Valkey has counted them, has it not?"""
    patch.setattr(flash.Counter, "check", lambda *_: None)


def pieces_not_paid_for_are_lost(patch: pytest.MonkeyPatch) -> None:
    """The order is closed, and nobody tells the offer."""

    async def closed(_uow: UnitOfWork, _hold: Any) -> bool:
        return True

    patch.setattr(flash, "free", closed)


RED: dict[str, tuple[str, Mutant]] = {
    **SELLING,
    "27": ("promotions.test_using::test_promotion_recalc_concurrent_no_duplicates", keys_are_not_looked_up),
    "22": ("flash.test_entrance::test_seckill_crash_between_redis_and_db", the_gate_is_believed),
    "23": ("flash.test_lives::test_what_is_not_paid_in_time_is_sold_to_the_next", pieces_not_paid_for_are_lost),
    "31": ("groups.test_lives::test_group_buy_expired_refunds_all", failed_groups_keep_the_money),
    "31 member": ("groups.test_lives::test_refund_member_of_complete_group", complete_groups_are_expired_too),
    "1": ("races.test_orders::test_pay_callback_vs_client_confirm_race", news_heard_twice_is_a_second_payment),
    "2": ("races.test_orders::test_double_tap_place_order", keys_are_not_looked_up),
    "3": (
        "races.test_orders::test_concurrent_payment_create_single_active",
        attempts_are_opened_without_locking_the_trade,
    ),
    "4": (
        "orders.test_paying::test_two_tabs_pay_same_order_the_second_goes_back",
        OF_THE_MODEL["a_second_payment_is_kept"],
    ),
    "5": ("races.test_orders::test_same_callback_x3_parallel", settled_payments_are_settled_again),
    "6": ("orders.test_paying::test_callback_before_commit_or_order", unknown_payments_are_refused_for_good),
    "7": ("orders.test_paying::test_callback_after_shipped_is_noop_200", settled_payments_are_settled_again),
    "8": ("orders.test_paying::test_callback_never_comes_reconcile", what_is_asked_is_not_written_down),
    "9": ("orders.test_closing::test_paid_after_timeout_cancel_autorefund", late_money_is_kept),
    "10": ("orders.test_paying::test_amount_or_currency_mismatch_held", OF_THE_MODEL["a_wrong_amount_is_taken"]),
    "11": (
        "orders.test_closing::test_captured_but_order_impossible_refunds_only_that_order",
        one_order_that_cannot_be_kept_takes_all_with_it,
    ),
    "12": ("scenarios.test_named::test_serialization_failure_retried_not_shown", failures_that_pass_are_shown),
    "13": ("races.test_orders::test_lock_order_v1v2_v2v1_no_deadlock", stock_is_locked_in_the_order_of_the_cart),
    "14": ("orders.test_paying::test_no_external_call_while_rows_locked", wechat_is_called_within_a_transaction),
    "15": ("orders.test_placing::test_every_entry_path_splits_by_merchant", the_first_shop_gets_everything),
    "16": ("races.test_orders::test_last_item_two_buyers", the_shelf_is_not_locked),
    "17": ("checkout.test_cart::test_cart_line_stale_after_sellout", what_cannot_be_had_still_counts),
    "18": (
        "orders.test_placing::test_saga_failure_releases_reservation",
        a_lot_that_is_short_is_held_as_far_as_it_goes,
    ),
    "19": (
        "orders.test_refunds::test_cancel_plus_refund_restock_once",
        OF_THE_MODEL["goods_come_back_to_the_shelf_twice"],
    ),
    "20": ("inventory.test_stock::test_merchant_edit_does_not_overwrite_stock", the_shops_number_overwrites_the_stock),
    "32": ("orders.test_refunds::test_refund_double_click", an_order_can_be_called_off_again),
    "33": (
        "orders.test_refunds::test_refund_retry_after_lost_response",
        a_refund_is_asked_for_under_a_new_number_each_time,
    ),
    "33 equal": (
        "aftersales.test_money_back::test_two_equal_partial_refunds_both_succeed",
        equal_refunds_are_taken_for_one,
    ),
    "34": ("races.test_orders::test_autorelease_job_runs_twice", steps_are_not_guarded),
    "34 replica": ("scenarios.test_named::test_autorelease_job_on_a_stale_replica", steps_are_not_guarded),
    "35": (
        "aftersales.test_sums::test_partial_refunds_never_exceed_paid_rounding",
        OF_THE_MODEL["units_are_worth_their_rounded_share"],
    ),
    "36": (
        "orders.test_refunds::test_refund_and_refund_callback_single_entry",
        OF_THE_MODEL["old_news_of_a_refund_is_believed"],
    ),
    "37": (
        "settlement.test_payouts::test_payout_ambiguous_failure_not_repaid",
        payouts_get_a_new_number_with_every_try,
    ),
    "37 books": (
        "scenarios.test_named::test_a_payout_told_again_is_booked_once",
        payouts_are_booked_under_a_new_name_each_time,
    ),
    "37 sweep": ("settlement.test_payouts::test_payout_sweep_actually_runs", nobody_runs_the_payouts),
}
