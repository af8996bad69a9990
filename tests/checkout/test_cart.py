"""The cart: what is kept, what is shown of lines that went stale, what counts."""

from __future__ import annotations

from uuid import UUID

import pytest
from sqlalchemy import update

from domain import checkout, orders
from domain.base import Conflict, Invalid, NotFound, WrongState
from domain.checkout import Cart, CartProblem, Short, Shortfall
from domain.inventory import OutOfStock
from models.base import new_id
from models.catalog import Product, ProductState, ReturnClass, Sku
from models.merchants import Merchant, MerchantState
from server.database import Database
from tests.client import counting_on
from tests.factories import catalog, merchants
from tests.factories import orders as market
from tests.factories.orders import Buyer, Shop
from tests.orders.gateway import FakeGateway


async def add(database: Database, who: Buyer, sku: UUID, quantity: int = 1) -> None:
    async with database.begin() as uow:
        await checkout.add(uow, who.viewer, sku, quantity)


async def put(database: Database, who: Buyer, sku: UUID, quantity: int) -> None:
    async with database.begin() as uow:
        await checkout.set_quantity(uow, who.viewer, sku, quantity)


async def cart(database: Database, who: Buyer) -> Cart:
    async with database.read() as session:
        return await checkout.cart(session, who.viewer)


async def change(database: Database, model: type, id: UUID, **values: object) -> None:
    async with database.begin() as uow:
        await uow.session.execute(update(model).where(model.id == id).values(**values))  # type: ignore[attr-defined]


async def test_adding_again_adds_up(database: Database) -> None:
    shop, who = await market.shop(database), await market.buyer(database)
    await add(database, who, shop.sku, 2)
    await add(database, who, shop.sku, 3)
    (item,) = (await cart(database, who)).items
    assert (item.quantity, item.selected, item.price_seen) == (5, True, 3990)


async def test_more_than_there_is_cannot_be_put_in(database: Database) -> None:
    shop, who = await market.shop(database, stock=3), await market.buyer(database)
    await add(database, who, shop.sku, 2)
    with pytest.raises(OutOfStock) as refused:
        await add(database, who, shop.sku, 2)
    assert refused.value.available == 3
    with pytest.raises(OutOfStock):
        await put(database, who, shop.sku, 4)
    assert (await cart(database, who)).items[0].quantity == 2


@pytest.mark.parametrize("quantity", [0, -1, 1000])
async def test_a_quantity_out_of_bounds_is_refused(database: Database, quantity: int) -> None:
    shop, who = await market.shop(database, stock=5000), await market.buyer(database)
    with pytest.raises(Invalid):
        await add(database, who, shop.sku, quantity)
    await add(database, who, shop.sku, 999)
    with pytest.raises(Invalid):
        await add(database, who, shop.sku, 1)


@pytest.mark.parametrize(
    ("model", "values"),
    [
        (Sku, {"active": False}),
        (Product, {"state": ProductState.OFF_SALE}),
        (Product, {"state": ProductState.FROZEN}),
        (Merchant, {"state": MerchantState.SUSPENDED}),
    ],
)
async def test_only_what_is_on_sale_enters_and_what_left_is_shown(
    database: Database, model: type, values: dict[str, object]
) -> None:
    shop, who = await market.shop(database), await market.buyer(database)
    await add(database, who, shop.sku)
    await change(
        database, model, {Sku: shop.sku, Product: shop.product.id, Merchant: shop.merchant_id}[model], **values
    )
    seen = await cart(database, who)
    assert (seen.items[0].problem, seen.priced.total) == (CartProblem.OFF_SALE, 0)
    with pytest.raises(Invalid):
        await add(database, who, shop.sku)
    with pytest.raises(Invalid):
        await market.placed(database, who, {shop.sku: 1})
    await put(database, who, shop.sku, 0)
    assert (await cart(database, who)).items == ()


async def test_a_sku_that_does_not_exist_is_refused(database: Database) -> None:
    who = await market.buyer(database)
    with pytest.raises(Invalid):
        await add(database, who, new_id())
    with pytest.raises(NotFound):
        await put(database, who, new_id(), 1)


async def test_cart_line_stale_after_sellout(database: Database) -> None:
    shop, who, other = await market.shop(database, stock=5), await market.buyer(database), await market.buyer(database)
    await add(database, who, shop.sku, 3)
    await market.placed(database, other, {shop.sku: 3})
    seen = await cart(database, who)
    assert (seen.items[0].problem, seen.items[0].offer.available, seen.priced.total) == (CartProblem.SHORT, 2, 0)
    await market.placed(database, other, {shop.sku: 2})
    assert (await cart(database, who)).items[0].problem is CartProblem.SOLD_OUT


async def test_a_changed_price_is_shown_and_counts(database: Database) -> None:
    shop, who = await market.shop(database, price=3990), await market.buyer(database)
    await add(database, who, shop.sku, 2)
    await change(database, Sku, shop.sku, price=4990)
    seen = await cart(database, who)
    assert (seen.items[0].problem, seen.items[0].price_seen) == (CartProblem.PRICE_CHANGED, 3990)
    assert seen.priced.total == 9980
    await put(database, who, shop.sku, 2)
    assert (await cart(database, who)).items[0].problem is None


async def test_only_selected_lines_count(database: Database) -> None:
    one, two = await market.shop(database, price=1000, freight=500), await market.shop(database, price=2000)
    who = await market.buyer(database)
    await add(database, who, one.sku)
    await add(database, who, two.sku)
    async with database.begin() as uow:
        await checkout.select_lines(uow, who.viewer, [one.sku], False)
    seen = await cart(database, who)
    assert (seen.priced.goods_total, seen.priced.freight, len(seen.items)) == (2000, 0, 2)


async def test_freight_is_each_merchants_own(database: Database) -> None:
    paying = await market.shop(database, price=5000, freight=800, free_freight_from=10000)
    free = await market.shop(database, price=20000, freight=900, free_freight_from=20000)
    who = await market.buyer(database)
    await add(database, who, paying.sku, 1)
    await add(database, who, free.sku, 1)
    seen = await cart(database, who)
    # The other shop's goods do not help to reach this one's threshold.
    assert (seen.priced.goods_total, seen.priced.freight, seen.priced.total) == (25000, 800, 25800)
    await add(database, who, paying.sku, 1)
    assert (await cart(database, who)).priced.freight == 0


async def test_a_cart_holds_a_hundred_lines(database: Database) -> None:
    merchant_id, who = await merchants.merchant(database), await market.buyer(database)
    skus = tuple(catalog.sku(f"规格 {number}") for number in range(101))
    made = await catalog.product(database, merchant_id, skus=skus)
    async with database.begin() as uow:
        for sku in made.skus[:100]:
            await checkout.add(uow, who.viewer, sku, 1)
    with pytest.raises(Conflict):
        await add(database, who, made.skus[100])
    await add(database, who, made.skus[0])
    assert len((await cart(database, who)).items) == 100


async def test_the_cart_is_one_statement_however_long(database: Database) -> None:
    who, counts = await market.buyer(database), []
    for _ in range(3):
        shop = await market.shop(database)
        await add(database, who, shop.sku)
        for _ in range(2):
            async with counting_on(database) as sent, database.read() as session:
                await checkout.cart(session, who.viewer)
            counts.append(len(sent))
    # The freight of all shops that are new to the process is one more, the first time.
    assert counts == [2, 1, 2, 1, 2, 1]


async def test_buy_again_puts_in_what_can_be_had(database: Database, gateway: FakeGateway) -> None:
    there, gone = await market.shop(database, stock=5), await market.shop(database)
    who = await market.buyer(database)
    trade_id = await market.paid(database, gateway, who, {there.sku: 3, gone.sku: 1})
    await change(database, Product, gone.product.id, state=ProductState.OFF_SALE)
    by_shop = {order["merchant_id"]: order for order in await market.orders_of(database, trade_id)}
    async with database.begin() as uow:
        (missing,) = await orders.buy_again(uow, who.viewer, by_shop[there.merchant_id]["id"])
    assert missing.short == Shortfall(there.sku, wanted=3, added=2, why=Short.LESS_LEFT)
    (item,) = (await cart(database, who)).items
    assert (item.offer.sku_id, item.quantity) == (there.sku, 2)
    async with database.begin() as uow:
        (missing,) = await orders.buy_again(uow, who.viewer, by_shop[there.merchant_id]["id"])
        assert missing.short.added == 0  # the two that are left are in the cart
        with pytest.raises(WrongState, match="下架或售罄"):
            await orders.buy_again(uow, who.viewer, by_shop[gone.merchant_id]["id"])
        with pytest.raises(NotFound):
            await orders.buy_again(uow, (await market.buyer(database)).viewer, by_shop[there.merchant_id]["id"])


async def test_the_preview_says_what_needs_a_waiver_and_where_it_goes(database: Database) -> None:
    plain = await market.shop(database)
    special = await market.shop(database, return_class=ReturnClass.NO_RETURN_IF_CONFIRMED)
    who, columns = await market.buyer(database), frozenset({"region_name"})
    async with database.read() as session:
        seen = await checkout.preview(session, who.viewer, {plain.sku: 1, special.sku: 1}, None, columns)
        assert checkout.need_return_waiver(seen.priced) == [special.sku]
        assert seen.address is not None
        assert seen.address["region_name"] == "昭通市 昭阳区"
        with pytest.raises(OutOfStock):
            await checkout.preview(session, who.viewer, {plain.sku: 101}, None, columns)
        with pytest.raises(NotFound):
            await checkout.preview(session, who.viewer, {plain.sku: 1}, new_id(), columns)


async def test_two_shops_are_two_groups_in_a_fixed_order(database: Database) -> None:
    shops: list[Shop] = [await market.shop(database) for _ in range(3)]
    async with database.read() as session:
        one = await checkout.price_wanted(session, {shop.sku: 1 for shop in shops})
        two = await checkout.price_wanted(session, {shop.sku: 1 for shop in reversed(shops)})
    assert one == two
    assert [group.merchant_id for group in one.groups] == sorted(shop.merchant_id for shop in shops)
