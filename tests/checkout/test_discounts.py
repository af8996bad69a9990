"""Discounts on their way into the books: what the checkout page shows is what the order stores, party by party."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from domain import checkout, orders
from domain.base import Viewer
from domain.pricing import Benefits, Coupon, Points, Reduction, SpecialPrice, Tier
from models.base import new_id
from models.orders import Order, OrderLine
from models.pricing import OrderLineShare, Party, ShareKind
from server.database import Database
from tests.factories import orders as market
from tests.factories import promotions as making
from tests.factories.orders import Buyer, Shop
from tests.promotions import joining

BenefitsOf = Callable[[AsyncSession, Sequence[Viewer]], Awaitable[Sequence[Benefits]]]


async def of_all(database: Database, shop: Shop, other: Shop) -> Benefits:
    """One of each, for goods at 39.90, and what the shops agreed to."""
    reduction = await making.saved(database, shop.keeper, making.draft(steps=((6000, 600),)))
    own = await making.borne_by(database, other.merchant_id)
    general = await shared(database, shop, other)
    return Benefits(
        campaigns={shop.sku: SpecialPrice(new_id(), "周末特价", 3500, Party.PLATFORM)},
        tier=Tier(new_id(), "银卡", 95),
        reductions=(Reduction(reduction, "满 60 减 6", shop.merchant_id, ((6000, 600),)),),
        coupons=(
            Coupon(own, "店铺券", other.merchant_id, off=300),
            Coupon(general, "平台券", threshold=5000, off=1000, merchant_percent=25),
        ),
        points=Points(123),
    )


async def shared(database: Database, *shops: Shop) -> UUID:
    """A coupon of the platform of which these shops agreed to bear a quarter."""
    campaign = await joining.invited(database, percent=25, coupon=making.terms())
    await joining.taking_part(database, campaign, *shops, percent=25)
    return await making.claimed(database, (await market.buyer(database)).viewer, campaign)


def holding(benefits: Benefits) -> BenefitsOf:
    async def benefits_of(_session: AsyncSession, viewers: Sequence[Viewer]) -> Sequence[Benefits]:
        return [benefits] * len(viewers)

    return benefits_of


async def shown(database: Database, who: Buyer, lines: dict[UUID, int], held: Benefits) -> checkout.Priced:
    async with database.read() as session:
        preview = await checkout.preview(session, who.viewer, lines, None, frozenset(), holding(held))
    return preview.priced


async def placed(database: Database, who: Buyer, lines: dict[UUID, int], total: int, held: Benefits) -> UUID:
    page = await market.wanted(database, who, lines, expected_total=total)
    async with database.begin() as uow:
        return await orders.place(uow, who.viewer, page, holding(held))


async def test_an_order_stores_what_the_preview_showed(database: Database) -> None:
    shop, other = await market.shop(database, freight=800), await market.shop(database, freight=600)
    who, lines = await market.buyer(database), {shop.sku: 2, other.sku: 3}
    held = await of_all(database, shop, other)
    priced = await shown(database, who, lines, held)
    trade_id = await placed(database, who, lines, priced.total, held)
    assert (await market.trade(database, trade_id))["total"] == priced.total
    for group in priced.groups:
        (order,) = await market.rows(database, Order, trade_id=trade_id, merchant_id=group.merchant_id)
        stored = order["goods_total"], order["discount_total"], order["freight"], order["total"]
        assert stored == (group.goods_total, group.discount_total, group.freight, group.total)
        for line in group.lines:
            (row,) = await market.rows(database, OrderLine, order_id=order["id"], sku_id=line.offer.sku_id)
            assert (row["unit_price"], row["amount"], row["payable"]) == (3990, line.amount, line.payable)
            shares = await market.rows(database, OrderLineShare, line_id=row["id"])
            assert sorted(map(told, shares)) == sorted(told(vars_of(share)) for share in line.shares)


def told(share: dict[str, Any]) -> tuple[str, str, str, int, str]:
    return share["kind"], share["party"], share["name"], share["amount"], str(share["source"])


def vars_of(share: Any) -> dict[str, Any]:
    return {name: getattr(share, name) for name in share.__dataclass_fields__}


async def test_both_parties_of_a_shared_coupon_are_stored(database: Database) -> None:
    shop, who = await market.shop(database), await market.buyer(database)
    held = Benefits(coupons=(Coupon(await shared(database, shop), "共担券", off=1000, merchant_percent=25),))
    await placed(database, who, {shop.sku: 1}, 2990, held)
    shares = await market.rows(database, OrderLineShare, kind=ShareKind.PLATFORM_COUPON)
    assert {share["party"]: share["amount"] for share in shares} == {Party.MERCHANT: 250, Party.PLATFORM: 750}


async def test_a_plain_order_stores_no_shares(database: Database) -> None:
    shop, who = await market.shop(database, freight=800), await market.buyer(database)
    trade_id = await market.placed(database, who, {shop.sku: 2})
    (order,) = await market.rows(database, Order, trade_id=trade_id)
    assert (order["discount_total"], order["total"]) == (0, 8780)
    assert await market.rows(database, OrderLineShare) == []


async def test_a_coupon_that_went_away_changes_the_price_and_nothing_is_placed(database: Database) -> None:
    """L30: what is charged is what was shown, or the buyer is asked again."""
    shop, who = await market.shop(database), await market.buyer(database)
    with pytest.raises(orders.PriceChanged) as refused:
        await placed(database, who, {shop.sku: 1}, 2990, Benefits())
    assert refused.value.total == 3990
    assert await market.rows(database, Order) == []


async def test_the_cart_shows_the_same_discounts(database: Database) -> None:
    shop, who = await market.shop(database), await market.buyer(database)
    held = Benefits(tier=Tier(new_id(), "银卡", 95))
    async with database.begin() as uow:
        await checkout.add(uow, who.viewer, shop.sku, 2)
    async with database.read() as session:
        cart = await checkout.cart(session, who.viewer, holding(held))
    assert cart.priced.total == (await shown(database, who, {shop.sku: 2}, held)).total == 7582


# ------------------------------------------------------------------------------------------------ the database
async def test_the_database_wants_a_cause_for_every_fen_taken_off(database: Database) -> None:
    shop, who = await market.shop(database), await market.buyer(database)
    held = Benefits(coupons=(Coupon(new_id(), "券", off=1000),))
    await placed(database, who, {shop.sku: 1}, 2990, held)
    (share,) = await market.rows(database, OrderLineShare)
    changed = update(OrderLineShare).where(OrderLineShare.id == share["id"]).values(amount=999)
    with pytest.raises(IntegrityError, match="of which 999 have a cause"):
        async with database.begin() as uow:
            await uow.session.execute(changed)


async def test_the_database_wants_the_parts_of_an_order_to_add_up(database: Database) -> None:
    shop, who = await market.shop(database), await market.buyer(database)
    trade_id = await market.placed(database, who, {shop.sku: 1})
    with pytest.raises(IntegrityError, match="ck_orders_total"):
        async with database.begin() as uow:
            await uow.session.execute(update(Order).where(Order.trade_id == trade_id).values(discount_total=1))


@pytest.mark.parametrize(
    ("values", "broken"),
    [
        ({"amount": 0}, "ck_order_line_shares_amount"),
        ({"kind": ShareKind.POINTS, "party": Party.MERCHANT}, "points_are_the_platforms"),
        ({"kind": ShareKind.MERCHANT_COUPON, "party": Party.PLATFORM}, "borne_by_the_shop"),
        ({"source": None}, "has_source"),
    ],
)
async def test_the_database_refuses_shares_that_make_no_sense(
    database: Database, values: dict[str, Any], broken: str
) -> None:
    shop, who = await market.shop(database), await market.buyer(database)
    await placed(database, who, {shop.sku: 1}, 2990, Benefits(coupons=(Coupon(new_id(), "券", off=1000),)))
    with pytest.raises(IntegrityError, match=broken):
        async with database.begin() as uow:
            await uow.session.execute(update(OrderLineShare).values(values))
