"""Shops in pages, suspended and reopened; the tree of places."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select

from domain import merchants
from domain.base import Invalid, NotFound, WrongState
from models.audit import AuditEntry
from models.base import new_id
from models.merchants import MerchantState
from models.outbox import OutboxEvent
from schema.merchants import licence_display
from tests.factories.merchants import CITY, SAYU, ZHAOYANG, ZHENXIONG, merchant, operator, regions

NOTHING = frozenset[str]()


async def read(database: Any, reader: Any, *args: Any) -> Any:
    async with database.read() as session:
        return await reader(session, *args)


async def test_pages_of_shops_hold_each_once(database: Any) -> None:
    made = [await merchant(database, sold_count=count) for count in (5, 5, 9, 0, 5, 2)]
    hidden = await merchant(database, sold_count=99, state=MerchantState.SUSPENDED)
    seen: list[UUID] = []
    after = None
    while True:
        rows, total = await read(database, merchants.open_shops, 2, after, NOTHING)
        seen += [row["id"] for row in rows[:2]]
        if len(rows) <= 2:
            break
        after = (rows[1]["sold_count"], rows[1]["id"])
    assert total == 6
    assert len(seen) == len(set(seen)) == 6
    assert set(seen) == set(made)
    assert hidden not in seen
    assert (seen[0], seen[-1]) == (made[2], made[3])
    for first in (0, -1, 101):
        with pytest.raises(Invalid):
            await read(database, merchants.open_shops, first, None, NOTHING)


async def test_suspending_hides_a_shop_and_tells_of_it(database: Any) -> None:
    shop = await merchant(database)
    async with database.begin() as uow:
        await merchants.suspend(uow, operator(), shop, " 资质过期 ")
    assert await read(database, merchants.open_shop, shop, NOTHING) is None
    row = (await read(database, merchants.by_id, [shop], frozenset({"state", "state_reason"})))[shop]
    assert (row["state"], row["state_reason"]) == (MerchantState.SUSPENDED, "资质过期")
    async with database.read() as session:
        assert [*await session.scalars(select(OutboxEvent.name))] == ["MerchantStateChanged"]
        assert [*await session.scalars(select(AuditEntry.action))] == ["merchant.suspend"]
    with pytest.raises(WrongState):
        async with database.begin() as uow:
            await merchants.suspend(uow, operator(), shop, "再来一次")
    async with database.begin() as uow:
        await merchants.reopen(uow, operator(), shop)
    assert await read(database, merchants.open_shop, shop, NOTHING) is not None


async def test_what_cannot_be_suspended(database: Any) -> None:
    closed = await merchant(database, state=MerchantState.CLOSED)
    for step in (merchants.suspend, merchants.reopen):
        args: tuple[str, ...] = ("原因说明",) if step is merchants.suspend else ()
        with pytest.raises(WrongState):
            async with database.begin() as uow:
                await step(uow, operator(), closed, *args)
        with pytest.raises(NotFound):
            async with database.begin() as uow:
                await step(uow, operator(), new_id(), *args)
    with pytest.raises(Invalid):
        async with database.begin() as uow:
            await merchants.suspend(uow, operator(), await merchant(database), "")


async def test_the_platform_finds_shops_by_name_and_state(database: Any) -> None:
    farm = await merchant(database, name="镇雄竹荪农户", state=MerchantState.SUSPENDED)
    await merchant(database)

    async def found(text: str | None, state: MerchantState | None) -> tuple[list[UUID], int]:
        rows, total = await read(database, merchants.page, text, state, 1, 20, NOTHING)
        return [row["id"] for row in rows], total

    assert await found("竹荪", None) == ([farm], 1)
    assert await found("_", None) == ([], 0)
    assert await found(None, MerchantState.SUSPENDED) == ([farm], 1)
    assert (await found("", None))[1] == 2


async def test_places_hang_from_the_city(database: Any) -> None:
    await regions(database)
    columns = frozenset({"code", "full_name"})
    assert CITY in {row["code"] for row in await read(database, merchants.regions, None, columns)}
    counties = {row["code"] for row in await read(database, merchants.regions, CITY, columns)}
    assert {ZHAOYANG, ZHENXIONG} <= counties
    assert SAYU in {row["code"] for row in await read(database, merchants.regions, ZHAOYANG, columns)}
    assert (await read(database, merchants.region, ZHENXIONG, columns))["full_name"].endswith("镇雄县")
    for nonsense in ("", "5306", "53060A", "\x00", "530602 ", "９９９９９９"):
        assert await read(database, merchants.region, nonsense, columns) is None
        assert await read(database, merchants.regions, nonsense, columns) == []


def test_a_shop_shows_its_licence_or_why_it_needs_none() -> None:
    assert licence_display("93530602MA6K1", None) == "营业执照（统一社会信用代码）93530602MA6K1"
    ground = "个人销售自产农副产品，依《电子商务法》第十条无需登记"
    assert licence_display(None, ground) == ground
