"""What a buyer changes before shipping: address and remark; and what the line's product said then."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select, text

from domain import catalog, orders
from domain.base import Database, Invalid, NotFound, TooMany, WrongState
from domain.members import addresses
from models.catalog import ProductSnapshot
from models.orders import Order, OrderLine, OrderState, OrderStep
from tests.factories import merchants
from tests.factories import orders as market
from tests.factories.orders import Buyer, Shop
from tests.orders.gateway import FakeGateway


async def other_address(database: Database, who: Buyer, region: str = merchants.ZHAOYANG) -> UUID:
    where = addresses.Wanted("李阿芳", "13999990002", region, "凤凰街道 8 号", is_default=False)
    async with database.begin() as uow:
        return await addresses.save(uow, who.viewer, None, where)


async def bought(database: Database, gateway: FakeGateway) -> tuple[Shop, Buyer, dict[str, Any]]:
    shop, who = await market.shop(database), await market.buyer(database)
    return shop, who, await market.order_of(database, await market.paid(database, gateway, who, {shop.sku: 1}))


async def test_an_order_goes_to_another_address_before_shipping(database: Database, gateway: FakeGateway) -> None:
    shop, who, order = await bought(database, gateway)
    new = await other_address(database, who)
    async with database.begin() as uow:
        await orders.change_address(uow, who.viewer, order["id"], new)
    changed = await market.row(database, Order, order["id"])
    shown = orders.address_for(who.viewer, changed)
    assert (shown.name, shown.phone, shown.detail) == ("李阿芳", "13999990002", "凤凰街道 8 号")
    assert (changed["version"], changed["state"]) == (order["version"] + 1, OrderState.AWAITING_SHIPMENT)
    assert orders.address_for(shop.keeper, changed).phone == "13999990002", "the shop ships to the new one"
    steps = await market.rows(database, OrderStep, order_id=order["id"])
    assert [step["event"] for step in steps].count("CHANGE_ADDRESS") == 1
    assert "凤凰街道" not in "".join(step["text"] for step in steps), "the log names no house"


async def test_nobody_elses_order_and_nobody_elses_address(database: Database, gateway: FakeGateway) -> None:
    _, who, order = await bought(database, gateway)
    other = await market.buyer(database)
    for viewer, address in ((other.viewer, other.address_id), (who.viewer, other.address_id)):
        with pytest.raises(NotFound):
            async with database.begin() as uow:
                await orders.change_address(uow, viewer, order["id"], address)


async def test_not_once_it_is_shipped_and_not_for_ever(database: Database, gateway: FakeGateway) -> None:
    shop, who, order = await bought(database, gateway)
    new = await other_address(database, who)
    for _ in range(3):
        async with database.begin() as uow:
            await orders.change_address(uow, who.viewer, order["id"], new)
    with pytest.raises(TooMany):
        async with database.begin() as uow:
            await orders.change_address(uow, who.viewer, order["id"], new)
    async with database.begin() as uow:
        await orders.ship(uow, shop.keeper, orders.Parcel(order["id"], "SF", "SF1234567890"))
    for change in (
        lambda uow: orders.change_address(uow, who.viewer, order["id"], new),
        lambda uow: orders.change_remark(uow, who.viewer, order["id"], "少放冰"),
    ):
        with pytest.raises(WrongState):
            async with database.begin() as uow:
                await change(uow)


async def test_an_address_with_other_freight_is_refused(
    database: Database, gateway: FakeGateway, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, who, order = await bought(database, gateway)
    far = await other_address(database, who, merchants.SAYU)

    class Rules:
        def freight(self, _merchant: UUID, region: str, _goods: Any) -> Any:
            return type("Freight", (), {"fen": 600 if region == merchants.SAYU else 0})

    async def rules(*_: Any) -> Rules:
        return Rules()

    monkeypatch.setattr("domain.orders.amending.checkout.rules_of", rules)
    with pytest.raises(WrongState, match="运费"):
        async with database.begin() as uow:
            await orders.change_address(uow, who.viewer, order["id"], far)
    assert (await market.row(database, Order, order["id"]))["region_code"] == merchants.ZHAOYANG


async def test_the_remark_is_changed_with_a_trace(database: Database, gateway: FakeGateway) -> None:
    _, who, order = await bought(database, gateway)
    for _ in range(2):
        async with database.begin() as uow:
            await orders.change_remark(uow, who.viewer, order["id"], " 请周末送 ")
    with pytest.raises(Invalid):
        async with database.begin() as uow:
            await orders.change_remark(uow, who.viewer, order["id"], "长" * 201)
    assert (await market.row(database, Order, order["id"]))["remark"] == "请周末送"
    steps = await market.rows(database, OrderStep, order_id=order["id"])
    assert [step["event"] for step in steps].count("CHANGE_REMARK") == 1


async def test_a_line_keeps_what_the_page_said(database: Database, gateway: FakeGateway) -> None:
    shop, who = await market.shop(database), await market.buyer(database)

    async def save(description: str) -> None:
        async with database.begin() as uow:
            said = text("update products set description = :said where id = :id")
            await uow.session.execute(said, {"said": description, "id": shop.product.id})
            await catalog.keep(uow.session, [shop.product.id])

    await save("海拔 1900 米，脆甜多汁")
    await market.placed(database, who, {shop.sku: 1})
    await save("今年的新果")
    await market.placed(database, who, {shop.sku: 1})
    await save("海拔 1900 米，脆甜多汁")
    hashes = [row["snapshot_hash"] for row in await market.rows(database, OrderLine)]
    async with database.read() as session:
        kept = {row.hash: row.body for row in await session.execute(select(ProductSnapshot.__table__))}
    assert [kept[hash]["description"] for hash in hashes] == ["海拔 1900 米，脆甜多汁", "今年的新果"]
    assert len(kept) == 2, "the same words are kept once"
