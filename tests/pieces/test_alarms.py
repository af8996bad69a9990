"""Alarms: raised once by the worker's weighing, decided by a person, told by the page."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta

import pytest
from sqlalchemy import delete, insert, text

from domain import inventory, notices, pieces
from domain.base import Database, Invalid, NotFound, WrongState, clock
from domain.pieces import PieceWarning
from models.base import new_id
from models.inventory import AdjustReason, Stock
from models.merchants import Region, RegionLevel
from models.notices import Notice, NoticeKind
from models.outbox import OutboxEvent
from models.pieces import PieceAlarm, PieceAlarmState, PieceTotal
from tests.factories import merchants
from tests.factories import orders as market
from tests.factories import pieces as printed
from tests.factories import traces as growing
from tests.factories.traces import Grown

ELSEWHERE = ("110102", "310102", "440102", "510102", "610102", "330102", "350102")


@pytest.fixture
async def lot(database: Database) -> AsyncIterator[Grown]:
    made = await growing.grown(database, await market.shop(database))
    async with database.begin() as uow:
        for code in ELSEWHERE:
            there = {"code": code, "name": "某区", "full_name": f"某省 {code}", "level": RegionLevel.COUNTY}
            await uow.session.execute(insert(Region).values(**there))
    yield made
    # Regions outlive a test: others count them.
    async with database.begin() as uow:
        await uow.session.execute(text("set local session_replication_role = replica"))
        for statement in ("piece_scans", "piece_totals", "piece_alarms"):
            await uow.session.execute(text(f"DELETE FROM {statement}"))
        await uow.session.execute(delete(Region).where(Region.code.in_(ELSEWHERE)))


async def weigh(database: Database) -> int:
    async with database.begin() as uow:
        return await pieces.weigh_due(uow)


async def sold_everywhere(database: Database, code: str, first: int = 0) -> None:
    for who, county in enumerate(ELSEWHERE[:6], first):
        await printed.look(database, code, who, county, f"203.0.113.{who + 1}")


async def decide(database: Database, copied: bool, note: str = "包装厂说只印过一次") -> None:
    (row,) = await market.rows(database, PieceAlarm, state=PieceAlarmState.OPEN)
    async with database.begin() as uow:
        await pieces.decide(uow, merchants.operator(), row["id"], copied, note)


async def test_a_copied_code_alarms_once_and_its_page_warns(database: Database, lot: Grown) -> None:
    copied, honest, _ = await printed.made(database, lot)
    await sold_everywhere(database, copied)
    for who in range(5):
        await printed.look(database, honest, who, merchants.ZHAOYANG)
    assert sorted(await asyncio.gather(weigh(database), weigh(database)))[-1] >= 1
    await weigh(database)
    assert await weigh(database) == 0
    (row,) = await market.rows(database, PieceAlarm)
    assert (row["state"], row["lot_id"], row["scans"]) == (PieceAlarmState.OPEN, lot.id, 6)
    assert row["score"] == sum(row["points"].values()) >= 3
    (fact,) = await market.rows(database, OutboxEvent, name="PieceCopied")
    async with database.begin() as uow:
        assert await notices.write(uow, fact["name"], fact["payload"]) is not None
    (notice,) = await market.rows(database, Notice)
    assert (notice["merchant_id"], notice["kind"], notice["subject_id"]) == (None, NoticeKind.PIECE_COPIED, row["id"])
    assert "查询 6 次" in notice["text"]
    assert {total["weighed"] for total in await market.rows(database, PieceTotal)} == {5, 6}
    assert (await printed.look(database, copied, 90)).warning is PieceWarning.CHECKING
    assert (await printed.look(database, honest, 90)).warning is PieceWarning.NONE
    await decide(database, copied=True)
    assert (await printed.look(database, copied, 91)).warning is PieceWarning.COPIED
    # Known is known: more looks are no new alarm.
    await weigh(database)
    assert len(await market.rows(database, PieceAlarm)) == 1


async def test_what_was_dismissed_is_not_raised_again_by_the_same_looks(database: Database, lot: Grown) -> None:
    code, *_ = await printed.made(database, lot)
    await sold_everywhere(database, code)
    await weigh(database)
    await decide(database, copied=False)
    assert (await printed.look(database, code, 90)).warning is PieceWarning.NONE
    await weigh(database)
    (row,) = await market.rows(database, PieceAlarm)
    assert (row["state"], row["note"]) == (PieceAlarmState.DISMISSED, "包装厂说只印过一次")


async def test_an_alarm_is_decided_once_and_with_a_reason(database: Database, lot: Grown) -> None:
    code, *_ = await printed.made(database, lot)
    await sold_everywhere(database, code)
    await weigh(database)
    (row,) = await market.rows(database, PieceAlarm)
    for id, note, refusal in ((row["id"], " ", Invalid), (new_id(), "看过了", NotFound)):
        with pytest.raises(refusal):
            async with database.begin() as uow:
                await pieces.decide(uow, merchants.operator(), id, True, note)
    await decide(database, copied=True)
    with pytest.raises(WrongState):
        async with database.begin() as uow:
            await pieces.decide(uow, merchants.operator(), row["id"], False, "改主意了")


async def test_a_shop_sees_its_own_alarms_by_county(database: Database, lot: Grown) -> None:
    code, *_ = await printed.made(database, lot)
    await sold_everywhere(database, code)
    await weigh(database)
    other = (await market.shop(database)).keeper
    columns = frozenset({"piece_id", "score"})
    async with database.read() as session:
        rows, total = await pieces.alarms(session, lot.shop.keeper, PieceAlarmState.OPEN, 1, 20, columns)
        assert (len(rows), total) == (1, 1)
        assert await pieces.alarms(session, other, None, 1, 20, columns) == ([], 0)
        assert (await pieces.alarms(session, merchants.operator(), None, 1, 20, columns))[1] == 1
        places = (await pieces.places_by_piece(session, [rows[0]["piece_id"]], frozenset()))[rows[0]["piece_id"]]
    assert {place["region_code"]: place["looks"] for place in places} == dict.fromkeys(ELSEWHERE[:6], 1)


async def test_more_than_grew_and_a_copied_label_are_both_found(database: Database, lot: Grown) -> None:
    """The named scenario: somebody sells more than was harvested, first through the mall, then with copied labels."""
    await growing.traced(database, lot)
    stock = await market.row(database, Stock, lot.shop.sku, key="sku_id")
    wanted = (lot.shop.sku, 100_000, AdjustReason.PURCHASE, stock["version"])
    with pytest.raises(Invalid, match="还可上架"):
        async with database.begin() as uow:
            await inventory.adjust(uow, lot.shop.keeper, *wanted, lot_id=lot.id)
    code, *_ = await printed.made(database, lot)
    clock.advance(timedelta(days=3))
    await sold_everywhere(database, code)
    await weigh(database)
    assert len(await market.rows(database, PieceAlarm)) == 1
