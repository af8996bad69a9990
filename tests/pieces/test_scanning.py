"""Codes are made once and never changed; looks are counted once, told honestly, and forgotten in time."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from domain import pieces
from domain.base import Database, Invalid, NotFound, UnitOfWork, WrongState, clock
from domain.pieces import ScanWanted, codes, scanning
from domain.traces import LotStep
from models.audit import AuditEntry
from models.base import new_id
from models.pieces import KEPT, Piece, PieceBatch, PieceScan, PieceTotal
from tests.factories import merchants
from tests.factories import orders as market
from tests.factories import pieces as printed
from tests.factories import traces as growing
from tests.factories.traces import Grown
from tests.traces.test_recording import move

HERE, THERE = merchants.ZHAOYANG, merchants.ZHENXIONG


@pytest.fixture
async def lot(database: Database) -> Grown:
    return await growing.grown(database, await market.shop(database))


# ------------------------------------------------------------------------------------------------ making
async def test_codes_are_made_once_and_only_their_digests_are_stored(database: Database, lot: Grown) -> None:
    async with database.begin() as uow:
        batch = await pieces.make(uow, lot.shop.keeper, lot.id, 1_203, "a-page-opened-once")
    async with database.begin() as uow:
        assert await pieces.make(uow, lot.shop.keeper, lot.id, 1_203, "a-page-opened-once") == batch
    rows = await market.rows(database, Piece)
    assert sorted(row["serial"] for row in rows) == list(range(1, 1_204))
    async with database.begin() as uow:
        taken = await pieces.take(uow, lot.shop.keeper, batch, 1_201, 100)
    stored = {row["serial"]: row["digest"] for row in rows}
    assert [codes.digest(code) for code in taken] == [stored[serial] for serial in (1_201, 1_202, 1_203)]
    told = [row for row in await market.rows(database, AuditEntry) if row["action"].startswith("piece.")]
    assert [(row["action"], row["detail"].get("from"), row["detail"].get("to")) for row in told] == [
        ("piece.make", None, None),
        ("piece.print", 1_201, 1_203),
    ]
    assert all(code not in str(row["detail"]) for row in told for code in taken)


async def test_two_who_make_the_same_batch_at_once_make_one(database: Database, lot: Grown) -> None:
    async def make() -> Any:
        async with database.begin() as uow:
            return await pieces.make(uow, lot.shop.keeper, lot.id, 40, "the-same-page")

    first, second = await asyncio.gather(make(), make())
    assert first == second
    assert len(await market.rows(database, Piece)) == 40


async def test_what_cannot_be_made_is_refused_and_leaves_nothing(database: Database, lot: Grown) -> None:
    stranger = (await market.shop(database)).keeper
    green = await growing.opened(database, lot.shop)
    for viewer, lot_id, many, key, refusal in (
        (lot.shop.keeper, lot.id, 0, "a-good-key", Invalid),
        (lot.shop.keeper, lot.id, 20_001, "a-good-key", Invalid),
        (lot.shop.keeper, lot.id, 5, "short", Invalid),
        (lot.shop.keeper, new_id(), 5, "a-good-key", NotFound),
        (stranger, lot.id, 5, "a-good-key", NotFound),
        (lot.shop.keeper, green.id, 5, "a-good-key", WrongState),
    ):
        with pytest.raises(refusal):
            async with database.begin() as uow:
                await pieces.make(uow, viewer, lot_id, many, key)
    await move(database, lot, LotStep.HOLD)
    with pytest.raises(WrongState):
        await printed.made(database, lot)
    assert not await market.rows(database, PieceBatch)


async def test_only_the_shop_prints_its_codes(database: Database, lot: Grown) -> None:
    async with database.begin() as uow:
        batch = await pieces.make(uow, lot.shop.keeper, lot.id, 5, "a-good-key")
    other = (await market.shop(database)).keeper
    for viewer, id, start, count, refusal in (
        (other, batch, 1, 1, NotFound),
        (lot.shop.keeper, new_id(), 1, 1, NotFound),
        (lot.shop.keeper, batch, 0, 1, Invalid),
        (lot.shop.keeper, batch, 6, 1, Invalid),
        (lot.shop.keeper, batch, 1, 2_001, Invalid),
    ):
        with pytest.raises(refusal):
            async with database.begin() as uow:
                await pieces.take(uow, viewer, id, start, count)


async def test_codes_are_never_changed(database: Database, lot: Grown) -> None:
    await printed.made(database, lot)
    for statement in (
        "UPDATE pieces SET serial = serial + 5",
        "DELETE FROM pieces",
        "UPDATE piece_batches SET pieces = 7",
        "DELETE FROM piece_batches",
        "TRUNCATE pieces, piece_scans, piece_totals, piece_alarms",
    ):
        with pytest.raises(IntegrityError, match="never changed"):
            async with database.begin() as uow:
                await uow.session.execute(text(statement))


# ------------------------------------------------------------------------------------------------ looking
async def test_looks_are_counted_and_the_first_is_told(database: Database, lot: Grown) -> None:
    code, *_ = await printed.made(database, lot)
    first = await printed.look(database, code, 1, HERE)
    assert (first.times, first.yours, first.first_region_code) == (1, 1, HERE)
    second = await printed.look(database, code.lower(), 2, THERE)
    assert (second.times, second.yours, second.first_region_code) == (2, 1, HERE)
    assert second.first_at == first.first_at
    clock.advance(timedelta(minutes=11))
    again = await printed.look(database, code, 1)
    assert (again.times, again.yours) == (3, 2)
    async with database.read() as session:
        found = await pieces.by_code(session, code)
        assert found is not None
        assert (found["lot_id"], found["code"]) == (lot.id, code)
        (batch,) = await market.rows(database, PieceBatch)
        figures = await pieces.figures_by_batch(session, [batch["id"]], frozenset())
        assert figures[batch["id"]] == {"batch_id": batch["id"], "scanned": 1, "scans": 3}


async def test_a_look_that_is_told_again_is_counted_once(database: Database, lot: Grown) -> None:
    code, *_ = await printed.made(database, lot)
    found = await asyncio.gather(*(printed.look(database, code, 1) for _ in range(8)))
    assert {(each.times, each.yours) for each in found} == {(1, 1)}
    assert len(await market.rows(database, PieceScan)) == 1


async def test_of_many_first_looks_at_once_each_is_counted_and_one_is_first(database: Database, lot: Grown) -> None:
    code, *_ = await printed.made(database, lot)
    found = await asyncio.gather(*(printed.look(database, code, who) for who in range(12)))
    (total,) = await market.rows(database, PieceTotal)
    assert total["scans"] == 12 == max(each.times for each in found)
    assert len({each.first_at for each in found}) == 1


async def test_a_county_told_later_is_added_to_the_same_look(database: Database, lot: Grown) -> None:
    code, *_ = await printed.made(database, lot)
    assert (await printed.look(database, code, 1)).first_region_code is None
    told = await printed.look(database, code, 1, THERE)
    assert (told.times, told.first_region_code) == (1, THERE)
    # Once told, it stays.
    assert (await printed.look(database, code, 1, HERE)).first_region_code == THERE
    assert (await printed.look(database, code, 2, HERE)).first_region_code == THERE


async def test_nobody_can_be_followed_from_piece_to_piece(database: Database, lot: Grown) -> None:
    one, two, _ = await printed.made(database, lot)
    await printed.look(database, one, 1)
    await printed.look(database, two, 1)
    scans = await market.rows(database, PieceScan)
    assert len({scan["device"] for scan in scans}) == len({scan["address"] for scan in scans}) == 2
    assert all(b"telephone" not in scan["device"] for scan in scans)


async def test_a_host_of_one_network_is_one_place(database: Database, lot: Grown) -> None:
    code, *_ = await printed.made(database, lot)
    for who, address in enumerate(("2001:db8:1:2::7", "2001:db8:1:2:ffff::1", "2001:db8:1:3::7", "no address")):
        await printed.look(database, code, who, address=address)
    assert len({scan["address"] for scan in await market.rows(database, PieceScan)}) == 3


async def test_what_is_no_look_is_refused(database: Database, lot: Grown) -> None:
    code, *_ = await printed.made(database, lot)
    unmade = codes.made(new_id(), 1)
    for wanted, refusal, field in (
        (ScanWanted("L261130481633096"), NotFound, "code"),
        (ScanWanted(unmade), NotFound, "code"),
        (ScanWanted(code, "short"), Invalid, "device"),
        (ScanWanted(code, "x" * 65), Invalid, "device"),
        (ScanWanted(code, "", "530000"), Invalid, "regionCode"),
        (ScanWanted(code, "", merchants.SAYU), Invalid, "regionCode"),
        (ScanWanted(code, "", "999999"), Invalid, "regionCode"),
    ):
        with pytest.raises(refusal) as found:
            async with database.begin() as uow:
                await pieces.scan(uow, wanted, "203.0.113.7")
        assert found.value.field == field
    assert not await market.rows(database, PieceScan)


async def test_whoever_floods_a_piece_fills_no_table(
    database: Database, lot: Grown, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(scanning, "MOST_SCANS", 5)
    code, *_ = await printed.made(database, lot)
    assert [(await printed.look(database, code, who)).times for who in range(8)] == [1, 2, 3, 4, 5, 5, 5, 5]
    assert len(await market.rows(database, PieceScan)) == 5


# ------------------------------------------------------------------------------------------------ forgetting
async def aged(uow: UnitOfWork, days: int) -> None:
    await uow.session.execute(text("set local session_replication_role = replica"))
    await uow.session.execute(text("UPDATE piece_scans SET at = at - make_interval(days => :days)"), {"days": days})


async def test_addresses_and_looks_are_forgotten_in_time_and_the_count_stays(database: Database, lot: Grown) -> None:
    code, *_ = await printed.made(database, lot)
    await printed.look(database, code, 1, HERE)
    async with database.begin() as uow:
        assert await pieces.purge(uow) == 0
    async with database.begin() as uow:
        await aged(uow, 8)
    async with database.begin() as uow:
        assert await pieces.purge(uow) == 1
    (scan,) = await market.rows(database, PieceScan)
    assert (scan["address"], scan["region_code"]) == (None, HERE)
    async with database.begin() as uow:
        await aged(uow, 83)
    async with database.begin() as uow:
        assert await pieces.purge(uow) == 1
    assert not await market.rows(database, PieceScan)
    told = await printed.look(database, code, 1)
    assert (told.times, told.yours, told.first_region_code) == (2, 1, HERE)


async def test_the_database_keeps_a_look_as_it_was_until_its_time_is_over(database: Database, lot: Grown) -> None:
    code, *_ = await printed.made(database, lot)
    await printed.look(database, code, 1, HERE)
    for statement in (
        "DELETE FROM piece_scans",
        "UPDATE piece_scans SET address = NULL",
        "UPDATE piece_scans SET at = at - interval '100 days'",
        "UPDATE piece_scans SET region_code = '530627'",
        "UPDATE piece_scans SET device = address",
        "TRUNCATE piece_scans",
    ):
        with pytest.raises(IntegrityError, match="until its time is over"):
            async with database.begin() as uow:
                await uow.session.execute(text(statement))


def test_rules_and_database_mean_the_same_time() -> None:
    assert f"interval '{scanning.KEPT.days} days'" in KEPT
    assert f"interval '{scanning.ADDRESS_KEPT.days} days'" in KEPT
