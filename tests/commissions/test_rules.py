"""Rates by shop and category: the most specific one of the day an order was paid, kept, divided and given back."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from random import Random
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select, update

from domain import commissions
from domain.base import Conflict, Database, Forbidden, Invalid, NotFound, WrongState, clock
from domain.commissions import Phase, RuleWanted
from models.audit import AuditEntry
from models.base import new_id
from models.catalog import Category, Product
from models.commissions import CommissionRule
from models.ledger import AccountKind, Commission
from models.orders import Order, OrderLine
from tests.factories import merchants
from tests.factories import orders as market
from tests.factories.orders import Shop
from tests.ledger import books
from tests.orders.gateway import FakeGateway

OPERATOR = merchants.operator()
DAY = timedelta(days=1)


def in_days(many: int) -> str:
    return (clock.today() + many * DAY).isoformat()


async def rule(
    database: Database, rate: int, *, shop: Shop | None = None, category: UUID | None = None, days: int = 1
) -> UUID:
    wanted = RuleWanted(shop.merchant_id if shop else None, category, rate, in_days(days), "年度合同")
    async with database.begin() as uow:
        return await commissions.add(uow, OPERATOR, wanted)


async def categories_of(database: Database, shop: Shop) -> tuple[UUID, UUID | None]:
    """The category of the shop's product, and the one above it."""
    async with database.read() as session:
        chosen = select(Category.id, Category.parent_id).join(Product, Product.category_id == Category.id)
        found = (await session.execute(chosen.where(Product.id == shop.product.id))).one()
    return found[0], found[1]


async def kept(database: Database, order_id: UUID) -> int | None:
    (line,) = await market.rows(database, OrderLine, order_id=order_id)
    return line["commission_rate"]


async def test_the_most_specific_rule_counts(database: Database, gateway: FakeGateway) -> None:
    shop, other = await market.shop(database), await market.shop(database)
    near, _ = await categories_of(database, shop)
    above = new_id()
    async with database.begin() as uow:
        uow.session.add(Category(id=above, slug="above", name="上级", position=0))
        await uow.session.flush()
        await uow.session.execute(update(Category).where(Category.id == near).values(parent_id=above))
    ladder: list[tuple[int, dict[str, Any]]] = [
        (100, {}),
        (200, {"category": above}),
        (300, {"category": near}),
        (400, {"shop": shop}),
        (500, {"shop": shop, "category": above}),
        (600, {"shop": shop, "category": near}),
    ]
    for rate, scope in ladder:
        await rule(database, rate, **scope)
        clock.advance(DAY)
        order_id = await books.bought(database, gateway, shop)
        assert await kept(database, order_id) == rate
    beside = await market.shop(database, category_id=near)
    assert await kept(database, await books.bought(database, gateway, beside)) == 300
    assert await kept(database, await books.bought(database, gateway, other)) == 100


async def test_a_later_rule_changes_nothing_that_was_sold(database: Database, gateway: FakeGateway) -> None:
    shop = await market.shop(database, price=5000)
    before = await books.bought(database, gateway, shop)
    await rule(database, 500, shop=shop)
    announced = await books.bought(database, gateway, shop)
    clock.advance(DAY)
    sold = await books.bought(database, gateway, shop)
    await rule(database, 3000, shop=shop)
    clock.advance(2 * DAY)
    assert [await kept(database, id) for id in (before, announced, sold)] == [None, None, 500]
    for id, revenue in ((before, 0), (announced, 0), (sold, 500)):
        await books.complete(database, id)
        assert -(await books.sums(database, id)).get(AccountKind.PLATFORM_REVENUE, 0) == revenue
    (row,) = await market.rows(database, Commission, order_id=sold)
    assert (row["rate"], row["basis"], row["amount"]) == (500, 10000, 500)


async def test_a_refund_gives_commission_back_in_proportion(database: Database, gateway: FakeGateway) -> None:
    shop = await market.shop(database, price=5000)
    await rule(database, 500)
    clock.advance(DAY)
    order_id = await books.bought(database, gateway, shop)
    await books.complete(database, order_id)
    await books.arrive(database, await books.ask_back(database, order_id, 5000, 1))
    sums = await books.sums(database, order_id)
    assert -sums[AccountKind.PLATFORM_REVENUE] == 250
    assert sum(sums.values()) == 0
    assert await books.differences(database) == []


@pytest.mark.parametrize("seed", range(20))
def test_the_lines_add_up_to_the_exact_sum(seed: int) -> None:
    dice = Random(seed)
    lines = [(dice.randint(0, 9999), dice.choice((0, 1, 60, 333, 500, 3000))) for _ in range(dice.randint(1, 12))]
    shares = commissions.divide(lines)
    exact = sum(basis * rate for basis, rate in lines)
    assert sum(shares) == (exact + 5_000) // 10_000
    for (basis, rate), amount in zip(lines, shares, strict=True):
        assert basis * rate // 10_000 <= amount <= min(basis * rate // 10_000 + 1, basis)


def test_the_fen_that_is_left_goes_to_the_largest_remainder() -> None:
    assert commissions.divide([(333, 500), (333, 500), (334, 500)]) == [17, 16, 17]
    assert commissions.divide([]) == []


# ------------------------------------------------------------------------------------------------ rules
async def test_a_rule_ends_when_the_next_begins(database: Database) -> None:
    shop = await market.shop(database)
    first = await rule(database, 500, shop=shop, days=1)
    third = await rule(database, 300, shop=shop, days=20)
    second = await rule(database, 400, shop=shop, days=10)
    rows = {row["id"]: row for row in await market.rows(database, CommissionRule)}
    spans = [(rows[id]["since"].isoformat(), rows[id]["until"]) for id in (first, second, third)]
    tenth, twentieth = clock.today() + 10 * DAY, clock.today() + 20 * DAY
    assert spans == [(in_days(1), tenth), (in_days(10), twentieth), (in_days(20), None)]
    with pytest.raises(Conflict):
        await rule(database, 100, shop=shop, days=10)


async def test_a_rule_is_ended_or_withdrawn(database: Database, gateway: FakeGateway) -> None:
    shop = await market.shop(database)
    await rule(database, 100)
    mine = await rule(database, 500, shop=shop)
    clock.advance(DAY)
    assert await kept(database, await books.bought(database, gateway, shop)) == 500
    never = await rule(database, 900, shop=shop, days=5)
    async with database.begin() as uow:
        await commissions.end(uow, OPERATOR, never, in_days(2), "不涨了")
        with pytest.raises(WrongState):
            await commissions.end(uow, OPERATOR, never, in_days(2), "不涨了")
        await commissions.end(uow, OPERATOR, mine, in_days(1), "合同到期")
    rows = {row["id"]: row for row in await market.rows(database, CommissionRule)}
    phases = [commissions.phase_of(rows[id]["since"], rows[id]["until"]) for id in (mine, never)]
    assert phases == [Phase.NOW, Phase.OVER]
    clock.advance(DAY)
    assert await kept(database, await books.bought(database, gateway, shop)) == 100
    # What was withdrawn stands in nobody's way.
    await rule(database, 700, shop=shop, days=4)
    actions = {row["action"] for row in await market.rows(database, AuditEntry)}
    assert {"commission.add", "commission.end"} <= actions


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"rate": 3001}, "rate"),
        ({"rate": -1}, "rate"),
        ({"since": "2020-01-01"}, "since"),
        ({"since": "tomorrow"}, "since"),
        ({"since": "9999-12-31"}, "since"),
        ({"note": " "}, "note"),
        ({"merchant_id": new_id()}, "merchantId"),
        ({"category_id": new_id()}, "categoryId"),
    ],
)
async def test_what_is_no_rule_is_refused(database: Database, changes: dict[str, Any], field: str) -> None:
    values: dict[str, Any] = {
        "merchant_id": None,
        "category_id": None,
        "rate": 500,
        "since": in_days(1),
        "note": "合同",
    }
    async with database.begin() as uow:
        with pytest.raises(Invalid) as refused:
            await commissions.add(uow, OPERATOR, RuleWanted(**{**values, **changes}))
    assert refused.value.field == field
    assert await market.rows(database, CommissionRule) == []


async def test_today_is_too_late(database: Database) -> None:
    with pytest.raises(Invalid):
        await rule(database, 500, days=0)


async def test_only_the_platform_sets_rates(database: Database) -> None:
    shop = await market.shop(database)
    wanted = RuleWanted(shop.merchant_id, None, 0, in_days(1), "免佣")
    async with database.begin() as uow:
        with pytest.raises(Forbidden):
            await commissions.add(uow, shop.keeper, wanted)
        with pytest.raises(Forbidden):
            await commissions.end(uow, shop.keeper, new_id(), in_days(1), "不要了")
        with pytest.raises(NotFound):
            await commissions.end(uow, OPERATOR, new_id(), in_days(1), "不要了")


async def test_two_who_add_at_once_do_not_overlap(database: Database) -> None:
    """One after the other: the later one ends the earlier, or is refused for the same day."""
    shop = await market.shop(database)
    answers = await asyncio.gather(
        *(rule(database, 100 * n, shop=shop, days=n) for n in (1, 2, 2, 3)), return_exceptions=True
    )
    assert sum(isinstance(each, Conflict) for each in answers) == 1
    rows = sorted(await market.rows(database, CommissionRule), key=lambda row: row["since"])
    assert [row["until"] for row in rows] == [*(row["since"] for row in rows[1:]), None]


# ------------------------------------------------------------------------------------------------ looking
async def test_a_shop_reads_its_rates_and_no_others(database: Database) -> None:
    shop, rival = await market.shop(database), await market.shop(database)
    await rule(database, 100)
    own = await rule(database, 500, shop=shop)
    await rule(database, 900, shop=rival)
    async with database.read() as session:
        rows = await commissions.of_shop(session, shop.keeper, frozenset({"id", "rate"}))
        page, total = await commissions.page(
            session, OPERATOR, shop.merchant_id, False, 1, 20, frozenset({"id", "rate"})
        )
    assert [row["rate"] for row in rows] == [500, 100]
    assert ([row["id"] for row in page], total) == ([own], 1)


async def test_the_preview_changes_nothing(database: Database, gateway: FakeGateway) -> None:
    shop = await market.shop(database, price=5000)
    order_id = await books.bought(database, gateway, shop)
    number = (await market.row(database, Order, order_id))["number"]
    mine = await rule(database, 333, shop=shop)
    async with database.read() as session:
        today = await commissions.preview(session, OPERATOR, number, in_days(0))
        tomorrow = await commissions.preview(session, OPERATOR, number, in_days(1))
        with pytest.raises(NotFound):
            await commissions.preview(session, OPERATOR, "nobody's order", in_days(1))
    assert [(line.rate, line.rule_id, line.amount) for line in today] == [(0, None, 0)]
    assert [(line.rate, line.rule_id, line.amount, line.kept) for line in tomorrow] == [(333, mine, 333, None)]
    assert await kept(database, order_id) is None
