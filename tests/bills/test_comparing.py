"""Our books against WeChat Pay's bill: the simulator's own, with a difference of each kind seeded."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select, update

from domain import bills, ledger, orders
from domain.base import SHANGHAI, SYSTEM, Database, Forbidden, Invalid, NotFound, Unavailable, clock
from domain.bills import BillSeen, LineSeen
from domain.ledger import Period
from integrations.billing import WechatBills
from integrations.cashier import WechatCashier
from integrations.wechatpay import WechatPay
from models.audit import AuditEntry
from models.base import new_id
from models.bills import Bill, BillDifference, BillFault, BillLine, BillSubject
from models.ledger import AccountKind
from models.payments import Payment, PaymentPart, Refund, RefundState
from tests.factories import merchants
from tests.factories import orders as market
from tests.factories.orders import Shop
from tests.wechat.builders import NOWHERE, combined
from tests.wechat.simulator import Simulator

DAY = timedelta(days=1)


class Given:
    """A source that has what it was given."""

    def __init__(self, *lines: LineSeen, hash: str = "a" * 40, none: bool = False) -> None:
        self.seen = None if none else BillSeen(hash, lines)

    async def trade_bill(self, day: date) -> BillSeen | None:
        return self.seen


async def bought(database: Database, pay: WechatPay, wxsim: Simulator, shop: Shop) -> UUID:
    """An order paid at the simulator and heard of."""
    who, cashier = await market.buyer(database), WechatCashier(pay, NOWHERE)
    trade_id = await market.placed(database, who, {shop.sku: 1})
    await orders.pay(database, cashier, who.viewer, trade_id)
    await wxsim.user_pays(await market.attempt_number(database, trade_id))
    await orders.confirm_payment(database, cashier, who.viewer, trade_id)
    id: UUID = (await market.order_of(database, trade_id))["id"]
    return id


async def called_off(database: Database, pay: WechatPay, wxsim: Simulator, shop: Shop, order_id: UUID) -> None:
    cashier = WechatCashier(pay, NOWHERE)
    async with database.begin() as uow:
        await orders.refund_unshipped(uow, shop.keeper, order_id, "果园受灾，无法发货", restock=True)
    (refund,) = await market.rows(database, Refund, order_id=order_id)
    await orders.submit_refund(database, cashier, refund["id"])
    await wxsim.refund_result(refund["number"])
    await orders.check_refund(database, cashier, refund["id"])


async def two_days_later(wxsim: Simulator) -> date:
    """The day on which everything happened, when its bill is there."""
    today = clock.today()
    await wxsim.advance(2 * 86400)
    clock.advance(2 * DAY)
    return today


async def compared(database: Database, source: Any, day: date) -> dict[tuple[str, str], dict[str, Any]]:
    bill_id = await bills.fetch(database, source, day)
    found = await market.rows(database, BillDifference, bill_id=bill_id)
    return {(row["fault"], row["number"]): row for row in found}


async def part(database: Database, order_id: UUID) -> dict[str, Any]:
    return await market.row(database, PaymentPart, order_id, key="order_id")


async def test_books_and_bill_agree(database: Database, wechat_pay: WechatPay, wxsim: Simulator) -> None:
    shop = await market.shop(database, price=5000)
    for off in (False, True, False):
        order_id = await bought(database, wechat_pay, wxsim, shop)
        if off:
            await called_off(database, wechat_pay, wxsim, shop, order_id)
    day = await two_days_later(wxsim)
    assert await compared(database, WechatBills(wechat_pay), day) == {}
    (bill,) = await market.rows(database, Bill)
    sums = (bill["lines"], bill["paid"], bill["refunded"], bill["fees"])
    assert sums == (4, 15000, 5000, 60)
    async with database.read() as session:
        balance = await ledger.trial_balance(session, SYSTEM, Period())
    closing = {row.kind: row.closing for row in balance.rows}
    assert (closing[AccountKind.FEE_EXPENSE], closing[AccountKind.WECHAT_RECEIVABLE]) == (60, 15000 - 5000 - 60)


async def test_a_difference_of_each_kind_is_found_once(
    database: Database, wechat_pay: WechatPay, wxsim: Simulator
) -> None:
    shop = await market.shop(database, price=5000)
    good, dear, silent, gone = [await bought(database, wechat_pay, wxsim, shop) for _ in range(4)]
    await called_off(database, wechat_pay, wxsim, shop, gone)
    # There alone: somebody paid what we know nothing of.
    strange = combined(777)
    await wechat_pay.prepay_combined(strange)
    await wxsim.user_pays(strange.combine_out_trade_no)
    async with database.begin() as uow:
        table = PaymentPart.__table__.c
        await uow.session.execute(update(PaymentPart).where(table.order_id == dear).values(amount=4999))
        await uow.session.execute(
            update(PaymentPart).where(table.order_id == silent).values(number="S999P1")  # here under another number
        )
        refund = update(Refund).where(Refund.order_id == gone)
        await uow.session.execute(refund.values(state=RefundState.PROCESSING, finished_at=None))
    day = await two_days_later(wxsim)
    for _ in range(2):
        found = await compared(database, WechatBills(wechat_pay), day)
        (refund_row,) = await market.rows(database, Refund, order_id=gone)
        numbers = {(fault, number) for fault, number in found}
        lost = next(number for fault, number in numbers if fault == "MISSING_HERE" and number.startswith("S2"))
        assert numbers == {
            ("MISSING_HERE", strange.sub_orders[0].out_trade_no),
            ("MISSING_HERE", lost),
            ("MISSING_THERE", "S999P1"),
            ("AMOUNT_DIFFERS", (await part(database, dear))["number"]),
            ("STATE_DIFFERS", refund_row["number"]),
        }
    row = found["AMOUNT_DIFFERS", (await part(database, dear))["number"]]
    assert (row["ours"], row["theirs"], row["order_id"]) == (4999, 5000, dear)
    assert not any(each["order_id"] == good for each in found.values())


async def test_a_difference_stays_until_explained_or_gone(database: Database) -> None:
    day, line = clock.today() - 3 * DAY, seen("S1P1", 100)
    await bills.fetch(database, Given(line, seen("S2P1", 5)), day)
    first, second = sorted(await market.rows(database, BillDifference), key=lambda row: row["number"])
    async with database.begin() as uow:
        await bills.explain(uow, merchants.operator(), first["id"], "测试号付款，已由财务核实")
    await bills.fetch(database, Given(line, hash="b" * 40), day)
    (left,) = await market.rows(database, BillDifference)
    assert (left["id"], left["fault"], left["note"]) == (
        first["id"],
        BillFault.MISSING_HERE,
        "测试号付款，已由财务核实",
    )
    (entry,) = await market.rows(database, AuditEntry, action="bill.explain")
    assert entry["detail"]["number"] == "S1P1"
    assert second["number"] == "S2P1"


async def test_only_the_platform_explains_and_in_words(database: Database) -> None:
    await bills.fetch(database, Given(seen("S1P1", 100)), clock.today() - DAY)
    (row,) = await market.rows(database, BillDifference)
    shop = merchants.shopkeeper(await merchants.merchant(database))
    for viewer, id, note, refusal in (
        (shop, row["id"], "已核实", Forbidden),
        (merchants.operator(), row["id"], " ", Invalid),
        (merchants.operator(), new_id(), "已核实", NotFound),
    ):
        async with database.begin() as uow:
            with pytest.raises(refusal):
                await bills.explain(uow, viewer, id, note)


def seen(number: str, amount: int, fee: int = 0, subject: BillSubject = BillSubject.PAYMENT) -> LineSeen:
    return LineSeen(subject, number, f"42{number}", "1900000110", "SUCCESS", amount, fee, clock.now())


async def test_a_bill_fetched_again_is_the_same_bill(database: Database) -> None:
    """The same text changes nothing; another text replaces the lines and posts only what the fees differ by."""
    day = clock.today() - DAY
    for source in (
        Given(seen("S1P1", 100, 3)),
        Given(seen("S1P1", 100, 3)),
        Given(seen("S1P1", 100, 1), hash="b" * 40),
    ):
        await bills.fetch(database, source, day)
    assert len(await market.rows(database, Bill)) == len(await market.rows(database, BillLine)) == 1
    async with database.read() as session:
        balance = await ledger.trial_balance(session, SYSTEM, Period())
    assert {row.kind: row.closing for row in balance.rows if row.closing} == {
        AccountKind.FEE_EXPENSE: 1,
        AccountKind.WECHAT_RECEIVABLE: -1,
    }


async def test_a_refund_of_the_last_minute_is_in_the_bill_of_its_day(
    database: Database, wechat_pay: WechatPay, wxsim: Simulator
) -> None:
    """It arrived before midnight and we heard of it after: it is missing on neither day."""
    shop = await market.shop(database, price=5000)
    order_id = await bought(database, wechat_pay, wxsim, shop)
    await called_off(database, wechat_pay, wxsim, shop, order_id)
    day = await two_days_later(wxsim)
    after_midnight = datetime.combine(day + DAY, time(0, 1), SHANGHAI).astimezone(UTC)
    async with database.begin() as uow:
        await uow.session.execute(update(Refund).values(finished_at=after_midnight))
    assert await compared(database, WechatBills(wechat_pay), day) == {}
    clock.advance(DAY)
    assert await compared(database, Given(hash="c" * 40), day + DAY) == {}


async def test_a_refund_is_of_the_day_that_wechat_pay_says(
    database: Database, wechat_pay: WechatPay, wxsim: Simulator
) -> None:
    """Whatever our clock says when it is written down: a worker's may have been set back meanwhile."""
    shop = await market.shop(database, price=5000)
    order_id = await bought(database, wechat_pay, wxsim, shop)
    cashier = WechatCashier(wechat_pay, NOWHERE)
    async with database.begin() as uow:
        await orders.refund_unshipped(uow, shop.keeper, order_id, "果园受灾，无法发货", restock=True)
    (refund,) = await market.rows(database, Refund, order_id=order_id)
    await orders.submit_refund(database, cashier, refund["id"])
    await wxsim.refund_result(refund["number"])
    (portion,) = await market.rows(database, PaymentPart, order_id=order_id)
    seen = await cashier.query_refund(refund["number"], portion["sub_mchid"])
    day = clock.today()
    clock.advance(-2 * DAY)
    async with database.begin() as uow:
        await orders.record_refund(uow, seen)
    (refund,) = await market.rows(database, Refund, order_id=order_id)
    assert refund["finished_at"] == seen.at
    assert refund["finished_at"].astimezone(SHANGHAI).date() == day
    await wxsim.advance(2 * 86400)
    clock.advance(4 * DAY)
    assert await compared(database, WechatBills(wechat_pay), day - 2 * DAY) == {}
    assert await compared(database, WechatBills(wechat_pay), day) == {}


async def test_a_bill_that_is_not_made_yet_is_not_taken_for_none(database: Database) -> None:
    day = clock.today()
    clock.stop(datetime.combine(day + DAY, time(10, 30), SHANGHAI))
    with pytest.raises(Unavailable):
        await bills.fetch(database, Given(none=True), day)
    clock.stop(datetime.combine(day + DAY, time(14), SHANGHAI))
    await bills.fetch(database, Given(none=True), day)
    (bill,) = await market.rows(database, Bill)
    assert (bill["hash"], bill["lines"]) == (None, 0)
    with pytest.raises(Invalid):
        await bills.fetch(database, Given(), clock.today())


@pytest.mark.parametrize(("at", "last"), [(time(10, 14), 2), (time(10, 15), 1)])
async def test_missed_days_are_made_up_for(database: Database, at: time, last: int) -> None:
    today = date(2026, 11, 22)
    clock.stop(datetime.combine(today, at, SHANGHAI))
    await bills.fetch(database, Given(), today - timedelta(days=last + 2))
    async with database.read() as session:
        due = await bills.due_days(session)
        known = (await session.scalars(select(Bill.day))).all()
    expected = [today - timedelta(days=back) for back in range(last + 6, last - 1, -1)]
    assert due == [day for day in expected if day not in known]
    assert len(due) == 6


async def test_payments_of_the_day_that_no_bill_has_are_missing_there(
    database: Database, wechat_pay: WechatPay, wxsim: Simulator
) -> None:
    shop = await market.shop(database, price=5000)
    order_id = await bought(database, wechat_pay, wxsim, shop)
    paid_at = (await market.rows(database, Payment))[0]["paid_at"]
    clock.advance(2 * DAY)
    number = (await part(database, order_id))["number"]
    found = await compared(database, Given(), paid_at.astimezone(SHANGHAI).date())
    assert list(found) == [(BillFault.MISSING_THERE, number)]
    line = replace(seen(number, 5000), at=paid_at)
    assert await compared(database, Given(line, hash="d" * 40), paid_at.astimezone(SHANGHAI).date()) == {}
