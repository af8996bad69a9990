"""Any event that was edited, deleted, reordered, added by hand or cut off makes the check fail."""

from __future__ import annotations

import base64
import secrets
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import delete, text, update
from sqlalchemy.exc import DBAPIError

from domain import traces
from domain.base import Database, clock
from domain.crypto import signer
from domain.traces import TraceFault, Verdict
from domain.traces.chain import founding, sealed, verify
from domain.traces.reading import verdicts
from models.traces import Lot, TraceEvent, TraceHead
from server.settings import Settings
from tests.factories import orders as market
from tests.factories import traces as growing
from tests.factories.traces import Grown

Row = dict[str, Any]


@pytest.fixture
async def lot(database: Database) -> Grown:
    return await growing.grown(database, await market.shop(database))


async def verdict_of(database: Database, lot: Grown) -> Verdict:
    async with database.read() as session:
        return (await verdicts(session, [lot.id]))[lot.id]


async def by_hand(database: Database, *statements: Any) -> None:
    """As somebody would who has the database and none of our rules: triggers are switched off."""
    async with database.begin() as uow:
        await uow.session.execute(text("set local session_replication_role = replica"))
        for statement in statements:
            await uow.session.execute(statement)


def faults(verdict: Verdict) -> set[TraceFault]:
    return {found.fault for found in verdict.found}


async def test_what_was_recorded_passes(database: Database, lot: Grown) -> None:
    verdict = await verdict_of(database, lot)
    assert verdict.passed
    assert (verdict.events, verdict.anchored) == (4, 0)
    async with database.read() as session:
        assert not await traces.differences(session)


EVENT = TraceEvent.__table__.c
CHANGES: dict[str, Row] = {
    "at": {"at": EVENT.at - timedelta(days=1)},
    "place": {"place": "别处"},
    "coordinates": {"latitude": 27_000_000, "longitude": 103_000_000},
    "kind": {"kind": "STORED"},
    "actor": {"actor": "别家"},
    "note": {"note": "加了一句"},
    "photos": {"photos": ["0" * 64]},
    "documents": {"documents": ["0" * 64]},
    "recorded_at": {"recorded_at": EVENT.recorded_at + timedelta(seconds=1)},
    "facts": {"facts": {"VARIETY": "别的品种"}},
}


@pytest.mark.parametrize("name", CHANGES)
async def test_any_edited_column_is_found(database: Database, lot: Grown, name: str) -> None:
    first = update(TraceEvent).where(EVENT.lot_id == lot.id, EVENT.position == 1)
    await by_hand(database, first.values(**CHANGES[name]))
    assert TraceFault.EVENT_CHANGED in faults(await verdict_of(database, lot))


@pytest.mark.parametrize("position", [1, 2, 3])
async def test_a_deleted_event_is_found(database: Database, lot: Grown, position: int) -> None:
    await by_hand(database, delete(TraceEvent).where(EVENT.lot_id == lot.id, EVENT.position == position))
    verdict = await verdict_of(database, lot)
    assert TraceFault.EVENT_MISSING in faults(verdict)
    async with database.read() as session:
        (found,) = await traces.differences(session)
    assert found.subject == lot.number


async def test_a_deleted_event_whose_place_is_taken_is_found(database: Database, lot: Grown) -> None:
    gone = delete(TraceEvent).where(EVENT.lot_id == lot.id, EVENT.position == 2)
    mine = update(TraceEvent).where(EVENT.lot_id == lot.id)
    closer = [mine.where(EVENT.position == old).values(position=old - 1) for old in (3, 4)]
    await by_hand(database, gone, *closer)
    assert {TraceFault.LINK_BROKEN, TraceFault.EVENT_CHANGED} <= faults(await verdict_of(database, lot))


async def test_two_events_that_changed_places_are_found(database: Database, lot: Grown) -> None:
    mine = update(TraceEvent).where(EVENT.lot_id == lot.id)
    moves = [(1, 900), (2, 1), (900, 2)]
    await by_hand(database, *[mine.where(EVENT.position == old).values(position=new) for old, new in moves])
    assert not (await verdict_of(database, lot)).passed


async def test_a_cut_off_end_is_found_by_the_anchor(database: Database, lot: Grown) -> None:
    async with database.begin() as uow:
        assert await traces.anchor(uow) is not None
    assert (await verdict_of(database, lot)).anchored == 4
    await by_hand(database, delete(TraceEvent).where(EVENT.lot_id == lot.id, EVENT.position == 4))
    assert faults(await verdict_of(database, lot)) == {TraceFault.CUT_OFF}


async def test_a_chain_that_was_written_anew_with_our_key_is_found_by_the_anchor(
    database: Database, lot: Grown
) -> None:
    """Even whoever has the key cannot tell another story once the day's anchor was made."""
    async with database.begin() as uow:
        await traces.anchor(uow)
    row = await market.row(database, Lot, lot.id)
    prev, written = founding(row), []
    for event in await growing.events(database, lot):
        whole = sealed({**event, "note": "另一个故事"}, prev)
        prev = whole["hash"]
        of_row = update(TraceEvent).where(EVENT.id == event["id"])
        written.append(of_row.values({name: whole[name] for name in ("note", "prev_hash", "hash", "signature")}))
    await by_hand(database, *written)
    assert faults(await verdict_of(database, lot)) == {TraceFault.ANCHOR_DIFFERS}


async def test_all_of_a_lot_that_vanished_is_found(database: Database, lot: Grown) -> None:
    async with database.begin() as uow:
        await traces.anchor(uow)
    gone = delete(TraceEvent).where(EVENT.lot_id == lot.id), delete(Lot).where(Lot.__table__.c.id == lot.id)
    await by_hand(database, *gone)
    async with database.read() as session:
        (found,) = await traces.differences(session)
    assert (found.subject, found.faults) == (str(lot.id), ("批次缺失",))


FOUNDED: dict[str, Row] = {
    "origin": {"origin_code": "530602"},
    "plot": {"plot": "另一块地"},
    "producer": {"producer": "另一家"},
    "name": {"product_name": "阿克苏苹果"},
    "place": {"latitude": 27_000_000, "longitude": 103_000_000},
    "storage": {"storage": "FROZEN"},
}


@pytest.mark.parametrize("name", FOUNDED)
async def test_an_edited_lot_is_found(database: Database, lot: Grown, name: str) -> None:
    await by_hand(database, update(Lot).where(Lot.__table__.c.id == lot.id).values(**FOUNDED[name]))
    assert faults(await verdict_of(database, lot)) == {TraceFault.LOT_CHANGED}


@pytest.mark.parametrize("change", [{"harvested_grams": 9_000_000}, {"shrink_grams": 0}, {"grade": "特级"}])
async def test_a_harvest_that_grew_by_hand_is_found(database: Database, lot: Grown, change: Row) -> None:
    await by_hand(database, update(Lot).where(Lot.__table__.c.id == lot.id).values(**change))
    assert faults(await verdict_of(database, lot)) == {TraceFault.HARVEST_CHANGED}


async def test_an_event_signed_by_a_stranger_is_found(database: Database, lot: Grown) -> None:
    last = (await growing.events(database, lot))[-1]
    of_row = update(TraceEvent).where(EVENT.id == last["id"])
    await by_hand(database, of_row.values(signature=secrets.token_bytes(64)))
    assert faults(await verdict_of(database, lot)) == {TraceFault.NOT_SIGNED}


async def test_heads_edited_by_hand_make_the_anchor_differ(database: Database, lot: Grown) -> None:
    async with database.begin() as uow:
        made = await traces.anchor(uow)
    assert made is not None
    kept = (made["day"], made["root"])
    async with database.read() as session:
        assert not await traces.differences(session, kept)
        assert await traces.differences(session, (made["day"], bytes(32)))  # a copy that says otherwise
    await by_hand(database, delete(TraceHead), delete(TraceEvent).where(EVENT.position == 4))
    async with database.read() as session:
        assert [each.subject for each in await traces.differences(session)] == [made["day"].isoformat()]


async def test_an_anchor_is_made_once_a_day_over_what_went_on(database: Database, lot: Grown) -> None:
    async with database.begin() as uow:
        first = await traces.anchor(uow)
        assert await traces.anchor(uow) is None
    assert first is not None
    assert first["heads"] == 1
    clock.advance(timedelta(days=1))
    async with database.begin() as uow:
        quiet = await traces.anchor(uow)
    assert quiet is not None
    assert (quiet["heads"], quiet["prev_root"]) == (0, first["root"])
    async with database.read() as session:
        assert not await traces.differences(session)


@pytest.fixture
def keys(settings: Settings) -> Iterator[Callable[[dict[int, bytes]], None]]:
    yield signer.configure
    signer.configure(settings.trace_keyring)


async def test_keys_are_rotated_and_old_signatures_stay_good(
    database: Database, lot: Grown, settings: Settings, keys: Callable[[dict[int, bytes]], None]
) -> None:
    keys({2: base64.b64decode(base64.b64encode(secrets.token_bytes(32))), **settings.trace_keyring})
    await growing.record(database, lot, growing.K.PACKED)
    rows = await growing.events(database, lot)
    assert [row["key_id"] for row in rows] == [1, 1, 1, 1, 2]
    assert (await verdict_of(database, lot)).passed
    row = await market.row(database, Lot, lot.id)
    only_new = {id: key for id, key in signer.public_keys.items() if id == 2}
    assert faults(verify(row, rows, [], only_new)) == {TraceFault.NOT_SIGNED}


@pytest.mark.parametrize(
    "statement",
    [
        "update trace_events set note = 'x'",
        "delete from trace_events",
        "truncate trace_events cascade",
        "update trace_anchors set heads = 0",
        "delete from trace_anchors",
        "truncate trace_anchors cascade",
        "update trace_heads set position = 1",
        "delete from trace_heads",
        "truncate trace_heads",
    ],
)
async def test_the_database_refuses_to_change_what_was_recorded(database: Database, lot: Grown, statement: str) -> None:
    async with database.begin() as uow:
        await traces.anchor(uow)
    with pytest.raises(DBAPIError, match="never changed"):
        async with database.begin() as uow:
            await uow.session.execute(text(statement))


async def test_the_database_refuses_an_event_that_follows_nothing(database: Database, lot: Grown) -> None:
    skipped = (
        "insert into trace_events select (json_populate_record(null::trace_events, (to_jsonb(e) || jsonb_build_object("
        "'id', gen_random_uuid(), 'position', 9, 'hash', '\\x' || repeat('ab', 32), 'prev_hash',"
        " '\\x' || repeat('cd', 32)))::json)).* from trace_events e where position = 4"
    )
    with pytest.raises(DBAPIError, match="does not follow"):
        async with database.begin() as uow:
            await uow.session.execute(text(skipped.replace(":", "\\:")))
