"""积分: rules, members who have some, and orders that are paid with them."""

from __future__ import annotations

import secrets
from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID

from domain import aftersales, checkout, orders, points, rewards
from domain.base import Database, Viewer, ViewerKind, clock
from models.base import new_id
from models.points import PointsAccount, PointsEntry, PointsEntryKind
from tests.factories import orders as market
from tests.factories.orders import Buyer, Shop
from tests.orders.gateway import FakeGateway

OPERATOR = Viewer(ViewerKind.PLATFORM, new_id(), "运营")
USUAL = points.Rules(earning=True, spending=True, per_yuan=1, daily_most=1000, cap_percent=50, least_goods=1000)
PAST_CLAIMS = timedelta(days=8)


async def rules(database: Database, **changes: Any) -> points.Rules:
    """They hold from now on."""
    async with database.begin() as uow:
        rows, version = await points.history(uow.session, 1, 1, frozenset({"version"}))
        wanted = replace(USUAL, **changes)
        await points.save(uow, OPERATOR, wanted, "测试", version)
    return wanted


async def given(database: Database, who: Viewer, amount: int, key: str | None = None) -> None:
    assert who.id is not None
    async with database.begin() as uow:
        await points.adjust(uow, OPERATOR, who.id, amount, "测试调整", key or secrets.token_hex(8))


async def preview(database: Database, who: Buyer, lines: dict[UUID, int], asked: int) -> checkout.Preview:
    async with database.read() as session:
        return await checkout.preview(session, who.viewer, lines, None, frozenset(), asked_points=asked)


async def page(
    database: Database, who: Buyer, lines: dict[UUID, int], asked: int = 10_000, **changes: Any
) -> orders.WantedOrder:
    """The checkout page with as many points as may be used, at most so many."""
    seen = await preview(database, who, lines, asked)
    used = seen.points.used if seen.points else 0
    return await market.wanted(database, who, lines, points=used, expected_total=seen.priced.total, **changes)


async def placed(database: Database, who: Buyer, lines: dict[UUID, int], asked: int = 10_000, **changes: Any) -> UUID:
    return await market.place(database, who, await page(database, who, lines, asked, **changes))


async def pay(database: Database, gateway: FakeGateway, who: Buyer, trade_id: UUID) -> None:
    await orders.pay(database, gateway, who.viewer, trade_id)
    await market.record(database, gateway.pay(await market.attempt_number(database, trade_id)))


async def bought(
    database: Database, gateway: FakeGateway, who: Buyer, lines: dict[UUID, int], asked: int = 10_000
) -> dict[str, Any]:
    """An order that was paid, in part with points."""
    trade_id = await placed(database, who, lines, asked)
    await pay(database, gateway, who, trade_id)
    return await market.order_of(database, trade_id)


async def received(database: Database, who: Buyer, shop: Shop, order_id: UUID) -> None:
    async with database.begin() as uow:
        await orders.ship(uow, shop.keeper, orders.Parcel(order_id, "ZTO", f"78{order_id.int % 10**10:010d}"))
    async with database.begin() as uow:
        await orders.confirm_receipt(uow, who.viewer, order_id)


async def complete(database: Database, order_id: UUID) -> None:
    """The order is complete, and that is heard."""
    async with database.begin() as uow:
        await aftersales.complete_order(uow, order_id)
    async with database.begin() as uow:
        await rewards.note(uow, order_id)


async def decide(database: Database, order_id: UUID) -> None:
    async with database.begin() as uow:
        await rewards.decide(uow, order_id)


async def kept(database: Database, who: Buyer, shop: Shop, order_id: UUID) -> None:
    """A paid order is received, complete and past its claims: eight days go by, and it brings what it brings."""
    await received(database, who, shop, order_id)
    clock.advance(PAST_CLAIMS)
    await complete(database, order_id)
    await decide(database, order_id)


async def look_again(database: Database, order_id: UUID) -> None:
    async with database.begin() as uow:
        await rewards.look_again(uow, order_id)


# ------------------------------------------------------------------------------------------------ looking
async def has(database: Database, who: Viewer) -> tuple[int, int]:
    """What a member has, and owes."""
    rows = await market.rows(database, PointsAccount, member_id=who.id)
    return (rows[0]["balance"], rows[0]["debt"]) if rows else (0, 0)


async def told(database: Database, who: Viewer) -> list[tuple[PointsEntryKind, int]]:
    rows = await market.rows(database, PointsEntry, member_id=who.id)
    return [(row["kind"], row["amount"]) for row in sorted(rows, key=lambda row: row["position"])]
