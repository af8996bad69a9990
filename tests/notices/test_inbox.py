"""What is told of what happens: once, to those who may see it, in words, and forgotten in time."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import delete, insert
from sqlalchemy.exc import IntegrityError

from domain import aftersales, bills, catalog, inventory, listings, notices, orders, recalls, reviews, settlement
from domain.base import Database, Forbidden, Invalid, Viewer, ViewerKind, clock
from domain.bills import BillSeen, LineSeen
from domain.catalog import PlatformStep
from domain.members.permissions import Permission
from domain.settlement import WithdrawalOutcome
from jobs.relay import CONSUMERS
from models.aftersales import AfterSaleKind, AfterSaleReason, AfterSaleRefusal
from models.base import new_id
from models.bills import Bill, BillSubject
from models.catalog import ProductState
from models.inventory import AdjustReason
from models.moderation import CheckState
from models.notices import Notice, NoticeKind
from models.outbox import OutboxEvent
from models.payments import Payment, PaymentState
from tests.factories import aftersales as cases
from tests.factories import catalog as goods
from tests.factories import merchants, traces
from tests.factories import orders as market
from tests.factories import reviews as opinions
from tests.orders.gateway import FakeGateway
from tests.promotions import joining
from tests.settlement.small import Small
from tests.settlement.test_refusals import stuck

K = NoticeKind


async def heard(database: Database) -> list[dict[str, Any]]:
    """Everything that waits in the outbox is heard, and once more; the notices there are then."""
    facts = await market.rows(database, OutboxEvent)
    for _ in range(2):
        for fact in facts:
            if fact["name"] in notices.HEARD:
                async with database.begin() as uow:
                    await notices.write(uow, fact["name"], fact["payload"])
    return await market.rows(database, Notice)


async def told(database: Database, kind: NoticeKind) -> dict[str, Any]:
    (only,) = [row for row in await heard(database) if row["kind"] is kind]
    return only


async def shown(database: Database, viewer: Viewer, **how: Any) -> list[NoticeKind]:
    async with database.read() as session:
        rows, total = await notices.page(session, viewer, how.get("unread_only", False), 1, 20, frozenset({"kind"}))
    assert total == len(rows)
    return [row["kind"] for row in rows]


async def unread(database: Database, viewer: Viewer) -> int:
    async with database.read() as session:
        return await notices.unread(session, viewer)


async def read(database: Database, viewer: Viewer, ids: list[UUID] | None = None) -> None:
    async with database.begin() as uow:
        await notices.mark_read(uow, viewer, ids)


# ------------------------------------------------------------------------------------------------ what is told
async def test_stock_that_runs_low_is_told_once_a_day(database: Database) -> None:
    shop, who = await market.shop(database, stock=11), await market.buyer(database)
    await market.placed(database, who, {shop.sku: 2})
    first = await told(database, K.STOCK_LOW)
    assert (first["merchant_id"], first["subject_id"]) == (shop.merchant_id, shop.sku)
    assert "只剩 9 件" in first["text"]
    async with database.begin() as uow:
        await inventory.adjust(uow, shop.keeper, shop.sku, 5, AdjustReason.PURCHASE, 1)
        await inventory.adjust(uow, shop.keeper, shop.sku, -4, AdjustReason.LOSS, 2)
    assert len(await heard(database)) == 1


async def test_a_case_is_told_to_the_side_that_has_to_act(database: Database, gateway: FakeGateway) -> None:
    it = await cases.received(database, gateway)
    id = await cases.applied(database, it, cases.page(it))
    opened = await told(database, K.AFTER_SALE_OPENED)
    assert (opened["merchant_id"], opened["subject_id"]) == (it.shop.merchant_id, id)
    # What is said in it is no new case.
    await cases.do(database, aftersales.speak, it.buyer, id, "请快一点", [])
    assert len(await heard(database)) == 1
    await cases.do(database, aftersales.reject, it.keeper, id, AfterSaleRefusal.EVIDENCE_MISSING, "请补充照片", [])
    await cases.do(database, aftersales.escalate, it.buyer, id, "照片已经很清楚", [])
    escalated = await told(database, K.CASE_ESCALATED)
    assert escalated["merchant_id"] is None
    assert await shown(database, it.keeper) == [K.AFTER_SALE_OPENED]
    assert await shown(database, merchants.operator()) == [K.CASE_ESCALATED]


async def test_goods_on_their_way_back_are_told(database: Database, gateway: FakeGateway) -> None:
    it = await cases.received(database, gateway)
    await cases.with_address(database, it)
    wanted = cases.page(it, kind=AfterSaleKind.RETURN, reason=AfterSaleReason.NO_REASON)
    id = await cases.applied(database, it, wanted)
    await cases.do(database, aftersales.agree, it.keeper, id)
    await cases.do(database, aftersales.send_return, it.buyer, id, "ZTO", "78310099887766")
    assert (await told(database, K.AFTER_SALE_RETURNED))["subject_id"] == id


@pytest.mark.parametrize(("score", "many"), [(2, 1), (3, 0)])
async def test_a_poor_review_that_is_shown_is_told(
    database: Database, gateway: FakeGateway, score: int, many: int
) -> None:
    it = await cases.received(database, gateway)
    id = await opinions.written(database, it, opinions.page(it, score, "果子都坏了"))
    assert await heard(database) == []
    async with database.begin() as uow:
        await reviews.record_verdict(uow, await words_of(database, id), CheckState.PASSED)
    found = await heard(database)
    assert [(row["kind"], row["merchant_id"]) for row in found] == [(K.REVIEW_POOR, it.shop.merchant_id)] * many


async def words_of(database: Database, id: UUID) -> UUID:
    (only,) = await opinions.words(database, id)
    words: UUID = only["id"]
    return words


async def test_a_payout_that_failed_or_came_back_is_told(database: Database) -> None:
    small = Small(database)
    shop = await small.shop()
    await small.shared(shop)
    for key, outcome, kind in (
        ("a-page-opened", WithdrawalOutcome.FAILED, K.PAYOUT_FAILED),
        ("a-page-later", WithdrawalOutcome.BOUNCED, K.PAYOUT_BOUNCED),
    ):
        id = await settlement.request_payout(database, small.bank, shop.keeper, None, key)
        seen = settlement.WithdrawalSeen(outcome, reason="户名不符")
        for _ in range(2):
            async with database.begin() as uow:
                await settlement.record_payout(uow, id, seen)
        row = await told(database, kind)
        assert (row["merchant_id"], row["subject_id"]) == (shop.merchant_id, id)
        assert "94.40 元" in row["text"]
        assert "户名不符" in row["text"]


async def test_a_settlement_that_wechat_pay_refuses_is_told_until_a_person_saw_to_it(database: Database) -> None:
    small = Small(database)
    shop = await small.shop()
    id = await stuck(small, shop)
    row = await told(database, K.SETTLEMENT_STUCK)
    assert (row["merchant_id"], row["subject_id"]) == (None, id)
    assert "SPLIT" in row["text"]
    async with database.begin() as uow:
        await settlement.retry(uow, merchants.operator(), id, "已核对")
        await uow.session.execute(delete(Notice))
    assert await heard(database) == []


async def test_verdicts_on_products_and_their_changes_are_told(database: Database) -> None:
    shop = await merchants.merchant(database)
    made = await goods.product(database, shop, state=ProductState.IN_REVIEW, published_at=None)
    async with database.begin() as uow:
        await catalog.move_by_platform(uow, merchants.operator(), made.id, PlatformStep.REJECT, "图片不清楚")
    assert (await told(database, K.PRODUCT_REJECTED))["text"].endswith("未通过审核：图片不清楚")
    other = await goods.product(database, shop)
    async with database.read() as session:
        wanted = await catalog.as_wanted(session, other.id)
    async with database.begin() as uow:
        saved = await listings.save_product(
            uow, merchants.shopkeeper(shop), other.id, replace(wanted, title="昭通丑苹果 高原红")
        )
    async with database.begin() as uow:
        assert saved.change_id is not None
        await listings.reject_change(uow, merchants.operator(), saved.change_id, "标题与实物不符")
    assert (await told(database, K.CHANGE_REJECTED))["subject_id"] == saved.change_id
    async with database.begin() as uow:
        await catalog.move_by_platform(uow, merchants.operator(), other.id, PlatformStep.FREEZE, "涉嫌虚假宣传")
    assert (await told(database, K.PRODUCT_FROZEN))["subject_id"] == other.id


async def test_what_the_platform_answers_to_an_application_is_told_to_the_shop(database: Database) -> None:
    campaign = await joining.invited(database)
    shop, other, third = [await market.shop(database) for _ in range(3)]
    mine, theirs, left = [await joining.applied(database, each, campaign) for each in (shop, other, third)]
    await joining.declined(database, theirs)
    row = await told(database, K.CAMPAIGN_DECLINED)
    assert (row["merchant_id"], row["subject_id"]) == (other.merchant_id, campaign)
    assert row["text"] == "“丰收节满减”的报名未通过：名额已满"
    await joining.accepted(database, mine, left)
    await joining.withdrawn(database, third, left)
    # Who has left meanwhile is told nothing of having been taken in.
    assert (await told(database, K.CAMPAIGN_ACCEPTED))["merchant_id"] == shop.merchant_id
    await joining.removed(database, mine)
    row = await told(database, K.CAMPAIGN_REMOVED)
    assert (row["merchant_id"], row["text"].endswith("：多次缺货")) == (shop.merchant_id, True)
    assert await shown(database, shop.keeper) == [K.CAMPAIGN_REMOVED, K.CAMPAIGN_ACCEPTED]


async def test_a_recall_is_told_to_the_shop(database: Database) -> None:
    shop = await market.shop(database, stock=0)
    lot = await traces.grown(database, shop)
    async with database.begin() as uow:
        await recalls.start(uow, merchants.operator(), lot.id, "抽检农药残留超标")
    row = await told(database, K.LOT_RECALLED)
    assert (row["merchant_id"], row["subject_id"]) == (shop.merchant_id, lot.id)


async def test_money_that_is_not_as_it_should_be_is_told_to_the_platform(
    database: Database, gateway: FakeGateway
) -> None:
    shop, who = await market.shop(database), await market.buyer(database)
    trade = await market.placed(database, who, {shop.sku: 1})
    await orders.pay(database, gateway, who.viewer, trade)
    seen = gateway.pay(await market.attempt_number(database, trade))
    await market.record(database, replace(seen, openid="o-somebody-else"))
    (payment,) = await market.rows(database, Payment)
    assert payment["state"] is PaymentState.DISPUTED
    assert (await told(database, K.PAYMENT_DISPUTED))["merchant_id"] is None


async def test_a_bill_with_differences_is_told_while_some_are_open(database: Database) -> None:
    day = date(2026, 11, 1)
    line = LineSeen(BillSubject.PAYMENT, "S2611010000001P1", "4200001", "16001", "SUCCESS", 3990, 0, clock.now())

    class Source:
        async def trade_bill(self, _day: date) -> BillSeen | None:
            return BillSeen("a" * 40, [line])

    clock.advance(timedelta(days=2))
    await bills.fetch(database, Source(), day)
    row = await told(database, K.BILL_DIFFERS)
    (bill,) = await market.rows(database, Bill)
    assert (row["subject_id"], row["merchant_id"]) == (bill["id"], None)
    assert "2026-11-01 的微信账单有 1 条差异" in row["text"]


def test_the_relay_brings_every_fact_that_is_heard() -> None:
    """A composer that nobody calls tells nothing."""
    heard_of = {name for name, consumers in CONSUMERS.items() for each in consumers if "heard" in each.__qualname__}
    assert set(notices.HEARD) <= heard_of


async def test_what_is_gone_meanwhile_is_told_to_nobody(database: Database) -> None:
    nothing = str(new_id())
    for fact in notices.HEARD:
        payload = {f"{name}_id": nothing for name in ("after_sale", "bill", "change", "payment", "payout", "product")}
        payload |= {
            f"{name}_id": nothing
            for name in (
                "alarm",
                "application",
                "call",
                "order",
                "recall",
                "refund",
                "review",
                "settlement",
                "sku",
                "trade",
            )
        }
        state = {"PayoutEnded": "FAILED", "RefundChanged": "ABNORMAL"}.get(fact, "APPLIED")
        payload |= {"state": state, "step": "REJECT", "reason": ""}
        async with database.begin() as uow:
            assert await notices.write(uow, fact, {**payload, "available": 1, "version": 1}) is None
    assert await market.rows(database, Notice) == []


# ------------------------------------------------------------------------------------------------ inboxes
async def note(database: Database, merchant_id: UUID | None, kind: NoticeKind, **values: Any) -> UUID:
    id = new_id()
    row = {"id": id, "merchant_id": merchant_id, "kind": kind, "source": f"test:{id}", "created_at": clock.now()}
    async with database.begin() as uow:
        await uow.session.execute(insert(Notice).values({**row, "title": "标题", "text": "内容", **values}))
    return id


async def test_nobody_is_told_of_what_he_may_not_see(database: Database) -> None:
    shop, other = await merchants.merchant(database), await merchants.merchant(database)
    for kind in (K.STOCK_LOW, K.PAYOUT_FAILED):
        await note(database, shop, kind)
    await note(database, None, K.BILL_DIFFERS)
    owner = merchants.shopkeeper(shop)
    shipper = replace(owner, permissions=frozenset({Permission.MERCHANT_PRODUCTS_READ.value}))
    assert await shown(database, owner) == [K.PAYOUT_FAILED, K.STOCK_LOW]
    assert await shown(database, shipper) == [K.STOCK_LOW]
    assert await shown(database, merchants.shopkeeper(other)) == []
    assert await shown(database, merchants.operator()) == [K.BILL_DIFFERS]
    assert await shown(database, replace(merchants.operator(), permissions=frozenset())) == []
    # What a shipper does not see is not read by his "all".
    await read(database, shipper)
    assert (await unread(database, shipper), await unread(database, owner)) == (0, 1)
    assert await unread(database, Viewer(ViewerKind.MEMBER, new_id())) == 0
    with pytest.raises(Forbidden):
        await unread(database, Viewer(ViewerKind.ANONYMOUS))


async def test_who_reads_first_stays_and_strangers_read_nothing(database: Database) -> None:
    shop = await merchants.merchant(database)
    ids = [await note(database, shop, K.STOCK_LOW) for _ in range(3)]
    owner, stranger = merchants.shopkeeper(shop), merchants.shopkeeper(await merchants.merchant(database))
    await read(database, stranger, ids)
    assert await unread(database, owner) == 3
    await asyncio.gather(*(read(database, replace(owner, name=name), ids[:1]) for name in ("甲", "乙")))
    row = await market.row(database, Notice, ids[0])
    await read(database, replace(owner, name="丙"))
    assert (await market.row(database, Notice, ids[0])) == row
    assert await unread(database, owner) == 0
    assert await shown(database, owner, unread_only=True) == []
    with pytest.raises(Invalid):
        await read(database, owner, [new_id()] * 101)


async def test_what_is_old_is_neither_shown_nor_kept(database: Database) -> None:
    shop = await merchants.merchant(database)
    await note(database, shop, K.STOCK_LOW, created_at=clock.now() - timedelta(days=90))
    fresh = await note(database, shop, K.STOCK_LOW, created_at=clock.now() - timedelta(days=89))
    assert len(await shown(database, merchants.shopkeeper(shop))) == 1
    async with database.begin() as uow:
        assert (await notices.forget(uow), await notices.forget(uow)) == (1, 0)
    assert [row["id"] for row in await market.rows(database, Notice)] == [fresh]


@pytest.mark.parametrize("wrong", [{"kind": K.BILL_DIFFERS}, {"read_by": "甲"}, {"source": "test:same"}])
async def test_wrong_states_are_impossible(database: Database, wrong: dict[str, Any]) -> None:
    shop = await merchants.merchant(database)
    await note(database, shop, K.STOCK_LOW, source="test:same")
    with pytest.raises(IntegrityError):
        await note(database, shop, **{"kind": K.STOCK_LOW, **wrong})


async def test_two_relays_that_hear_the_same_write_one(database: Database) -> None:
    shop = await market.shop(database)
    fact = {"sku_id": str(shop.sku), "available": 3}

    async def hear() -> bool:
        async with database.begin() as uow:
            return await notices.write(uow, "StockLow", fact) is not None

    assert sorted(await asyncio.gather(*(hear() for _ in range(5)))) == [False] * 4 + [True]
