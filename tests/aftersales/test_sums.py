"""However a line is split into cases, no fen is lost and none too many goes back."""

from __future__ import annotations

from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from domain import aftersales
from domain.aftersales.amounts import freight_by_fault, of_pieces, stands, worth_of
from domain.base import Database
from models.aftersales import AfterSaleKind, AfterSaleReason, AfterSaleState
from models.orders import OrderState
from models.payments import PaymentPart, Refund
from tests.factories import aftersales as made
from tests.factories import orders as market
from tests.orders.gateway import FakeGateway

S = AfterSaleState
ACTIONS = st.lists(st.tuples(st.sampled_from(["claim", "end"]), st.integers(1, 9), st.integers(0, 50)), max_size=25)


@given(st.integers(0, 100_000), st.integers(1, 30), st.integers(0, 3000), ACTIONS)
@settings(max_examples=2000, deadline=None)
def test_cases_of_a_line_add_up_in_any_order(payable: int, units: int, freight: int, actions: list[Any]) -> None:
    """Claims come, some end with nothing, others come; once every unit is claimed it is exactly what was paid."""
    line, order = {"payable": payable, "quantity": units}, {"total": payable + freight, "freight": freight}
    cases: list[dict[str, Any]] = []

    def claim(wanted: int) -> None:
        left = units - sum(case["quantity"] for case in cases if stands(case))
        if (many := min(wanted, left)) == 0:
            return
        worth = worth_of(line, cases, many)
        back = freight_by_fault(order, cases, worth.fen)
        made_ = {"quantity": many, "amount": worth.fen, "freight": back, "dear_units": worth.dear_units}
        cases.append({**made_, "kind": AfterSaleKind.RETURN, "state": S.APPLIED})

    for what, many, which in actions:
        if what == "claim":
            claim(many)
        elif cases:
            cases[which % len(cases)]["state"] = S.CANCELLED
        live = [case for case in cases if stands(case)]
        assert sum(case["amount"] for case in live) <= payable
        assert sum(case["freight"] for case in live) <= freight
        assert all(case["amount"] >= 0 and case["freight"] >= 0 for case in live)
    claim(units)
    assert sum(case["amount"] for case in cases if stands(case)) == payable


@given(st.integers(0, 10**7), st.integers(1, 9999), st.integers(1, 9999))
def test_pieces_are_paid_in_proportion_and_never_more_than_all(worth: int, damaged: int, more: int) -> None:
    received = damaged + more - 1
    paid = of_pieces(worth, damaged, received)
    assert 0 <= paid <= worth
    assert 0 <= paid * received - worth * damaged < received
    assert of_pieces(worth, received, received) == worth


async def test_partial_refunds_never_exceed_paid_rounding(database: Database, gateway: FakeGateway) -> None:
    """100 yuan less a fen over 7 units, given back one by one, some of them only after having been called off first."""
    it = await made.received(database, gateway, price=1427, units=7)
    await made.set_line(database, it, payable=9988)
    for number in range(7):
        wrong = await made.applied(database, it, made.page(it, 1))
        if number % 2:
            await made.do(database, aftersales.cancel, it.buyer, wrong)
            wrong = await made.applied(database, it, made.page(it, 1))
        await made.do(database, aftersales.agree, it.keeper, wrong)
    amounts = [refund["amount"] for refund in await market.rows(database, Refund)]
    assert (sum(amounts), min(amounts), max(amounts)) == (9988, 1426, 1427)
    (part,) = await market.rows(database, PaymentPart)
    assert part["refunded"] == 9988
    line = await made.line(database, it)
    assert (line["refunded_quantity"], line["refunded_amount"]) == (7, 9988)
    assert (await made.order(database, it))["state"] is OrderState.CLOSED


@given(
    st.lists(
        st.tuples(st.integers(1, 5), st.sampled_from(["agree", "cancel", "part", "reject", "wait"])),
        min_size=1,
        max_size=6,
    )
)
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
async def test_any_sequence_of_cases_stays_within_what_was_paid(
    database: Database, gateway: FakeGateway, sequence: list[tuple[int, str]]
) -> None:
    it = await made.received(database, gateway, price=333, units=5, freight=101)
    left = 5
    for many, what in sequence:
        if not (units := min(many, left)):
            break
        amount = {"amount": 100} if what == "part" else {}
        reason = AfterSaleReason.OTHER if units % 2 else AfterSaleReason.NOT_RECEIVED
        id = await made.applied(database, it, made.page(it, units, reason=reason, **amount))
        if what in ("agree", "part"):
            await made.do(database, aftersales.agree, it.keeper, id)
        elif what == "cancel":
            await made.do(database, aftersales.cancel, it.buyer, id)
        left -= 0 if what == "cancel" else units
    await _holds(database, it)


async def _holds(database: Database, it: made.Bought) -> None:
    (part,) = await market.rows(database, PaymentPart, order_id=it.order_id)
    refunds = await market.rows(database, Refund, order_id=it.order_id)
    cases = await market.rows(database, made.AfterSale, order_id=it.order_id)
    granted = [case for case in cases if case["state"] in (S.REFUNDING, S.DONE)]
    assert part["refunded"] == sum(refund["amount"] for refund in refunds) <= part["amount"]
    assert part["refunded"] == sum(case["amount"] + case["freight"] for case in granted)
    line = await made.line(database, it)
    assert line["refunded_amount"] == sum(case["amount"] for case in granted) <= line["payable"]
    assert sum(case["quantity"] for case in cases if stands(case)) <= line["quantity"]
