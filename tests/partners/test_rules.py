"""What the platform may do with partners and their keys, and what the tables forbid whoever asks."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import insert, select, text
from sqlalchemy.exc import IntegrityError

from domain import partners
from domain.base import Budget, Conflict, Forbidden, Invalid, NotFound, Refusal, ViewerKind, WrongState, clock
from models.audit import AuditEntry
from models.base import new_id
from models.outbox import OutboxEvent
from models.partners import Partner, PartnerKey
from tests.factories.merchants import operator
from tests.factories.orders import row, rows
from tests.factories.partners import key, partner, wanted

SECRET = r"ztp_[A-Za-z0-9_-]{43}"


async def recognised(database: Any, secret: str) -> partners.Recognised | None:
    async with database.read() as session:
        return await partners.recognise(session, secret)


async def act(database: Any, rule: Any, *arguments: Any) -> Any:
    """One rule on behalf of the platform, in a transaction of its own."""
    async with database.begin() as uow:
        return await rule(uow, operator(), *arguments)


async def facts(database: Any) -> list[str]:
    async with database.read() as session:
        chosen = select(OutboxEvent.payload).where(OutboxEvent.name == "PartnerKeyChanged").order_by(OutboxEvent.id)
        return [payload["key_hash"] for payload in await session.scalars(chosen)]


async def actions(database: Any) -> list[str]:
    async with database.read() as session:
        return list(await session.scalars(select(AuditEntry.action).order_by(AuditEntry.created_at, AuditEntry.id)))


# ------------------------------------------------------------------------------------------------ keys
async def test_a_key_stands_for_its_partner_and_the_partners_budget(database: Any) -> None:
    id = await partner(database, name="滇东北优选", points_per_second=50, burst=1000)
    issued = await key(database, id)
    found = await recognised(database, issued.secret)
    assert found is not None
    assert (found.viewer.kind, found.viewer.id, found.viewer.name) == (ViewerKind.PARTNER, id, "滇东北优选")
    assert found.viewer.budget == Budget(50, 1000)
    assert (found.viewer.permissions, found.expires_at, found.unnoted) == (frozenset(), None, True)
    for wrong in (
        "",
        "ztp_",
        issued.secret[:-1],
        issued.secret + "x",
        issued.secret.upper(),
        "ztp_" + "A" * 43,
        "\ud800",
    ):
        assert await recognised(database, wrong) is None


async def test_only_a_hash_and_four_characters_are_ever_written_down(database: Any) -> None:
    """Looks through every column of every table."""
    issued = await key(database, await partner(database))
    assert issued.secret not in repr(issued)
    assert await found_in_database(database, issued.secret[-4:]) >= {"partner_keys"}
    assert await found_in_database(database, issued.secret) == set()
    assert await found_in_database(database, issued.secret[4:30]) == set()


async def found_in_database(database: Any, what: str) -> set[str]:
    async with database.read() as session:
        tables = await session.scalars(text("select tablename from pg_tables where schemaname = 'public'"))
        count = 'select count(*) from "{}" t where t::text like :what or position(:raw in t::text) > 0'
        raw = {"what": f"%{what.replace('_', chr(92) + '_')}%", "raw": what.encode().hex()}
        return {name for name in tables if await session.scalar(text(count.format(name)), raw)}


async def test_two_keys_at_most_so_that_one_can_follow_the_other(database: Any) -> None:
    id = await partner(database)
    first, second = await key(database, id, "旧"), await key(database, id, "新")
    assert await recognised(database, first.secret)
    assert await recognised(database, second.secret)
    with pytest.raises(partners.TwoKeysAlready):
        await key(database, id, "第三个")
    assert await act(database, partners.revoke, first.key_id) == id
    third = await key(database, id, "第三个")
    assert [bool(await recognised(database, each.secret)) for each in (first, second, third)] == [False, True, True]
    other = await partner(database)
    assert await recognised(database, (await key(database, other)).secret)


async def test_a_third_key_finds_no_place_in_the_table(database: Any) -> None:
    id = await partner(database)
    await key(database, id), await key(database, id)
    stored = await rows(database, PartnerKey, partner_id=id)
    for place in (1, 2, 3):
        fresh = {**stored[0], "id": new_id(), "secret_hash": partners.hashed(str(place)), "place": place}
        with pytest.raises(IntegrityError):
            await add(database, PartnerKey, fresh)


@pytest.mark.parametrize(
    "change",
    [
        {"secret_hash": b"short"},
        {"last_four": "abc"},
        {"expires_at": datetime(2020, 1, 1, tzinfo=UTC)},
        {"revoked_at": datetime(2020, 1, 1, tzinfo=UTC)},
        {"partner_id": UUID(int=1)},
        {"secret_hash": partners.hashed("taken")},
    ],
    ids=lambda change: next(iter(change)),
)
async def test_the_table_takes_no_key_that_makes_no_sense(database: Any, change: dict[str, Any]) -> None:
    good = {"partner_id": await partner(database), "last_four": "abcd", "label": "x", "created_at": clock.now()}
    await add(database, PartnerKey, {**good, "id": new_id(), "place": 1, "secret_hash": partners.hashed("taken")})
    fresh = {**good, "id": new_id(), "place": 2, "secret_hash": partners.hashed("fresh")}
    with pytest.raises(IntegrityError):
        await add(database, PartnerKey, {**fresh, **change})
    await add(database, PartnerKey, fresh)


@pytest.mark.parametrize(
    "change", [{"points_per_second": 0}, {"points_per_second": 10_001}, {"burst": 99}, {"burst": 100_001}], ids=str
)
async def test_the_table_takes_no_budget_out_of_bounds(database: Any, change: dict[str, int]) -> None:
    stored = await row(database, Partner, await partner(database))
    with pytest.raises(IntegrityError):
        await add(database, Partner, {**stored, "id": new_id(), "name": "另一家", **change})


async def add(database: Any, model: Any, values: dict[str, Any]) -> None:
    async with database.begin() as uow:
        await uow.session.execute(insert(model).values(values))


async def test_of_many_who_issue_at_once_two_succeed(database: Any) -> None:
    id = await partner(database)
    outcomes = await asyncio.gather(*(key(database, id, f"第 {n} 个") for n in range(6)), return_exceptions=True)
    issued = [each for each in outcomes if isinstance(each, partners.Issued)]
    refused = [each for each in outcomes if isinstance(each, partners.TwoKeysAlready)]
    assert (len(issued), len(refused)) == (2, 4)
    assert {each["place"] for each in await rows(database, PartnerKey, partner_id=id)} == {1, 2}


async def test_of_two_who_issue_the_second_key_at_once_one_succeeds(database: Any) -> None:
    id = await partner(database)
    await key(database, id)
    outcomes = await asyncio.gather(key(database, id), key(database, id), return_exceptions=True)
    assert sorted(type(each).__name__ for each in outcomes) == ["Issued", "TwoKeysAlready"]


async def test_a_key_that_is_over_makes_room(database: Any) -> None:
    id = await partner(database)
    ends = clock.now() + timedelta(days=30)
    old, lasting = await key(database, id, expires_at=ends), await key(database, id)
    assert (await recognised(database, old.secret)).expires_at == ends  # type: ignore[union-attr]
    clock.stop(ends)
    assert await recognised(database, old.secret) is None
    fresh = await key(database, id)
    states = {
        each["id"]: partners.key_state(each["revoked_at"], each["expires_at"])
        for each in await rows(database, PartnerKey)
    }
    assert states == {old.key_id: "EXPIRED", lasting.key_id: "GOOD", fresh.key_id: "GOOD"}


@pytest.mark.parametrize("days", [-1, 0, 731])
async def test_an_end_in_the_past_or_far_away_is_refused(database: Any, days: int) -> None:
    clock.stop(clock.now())
    with pytest.raises(Invalid) as refused:
        await key(database, await partner(database), expires_at=clock.now() + timedelta(days=days))
    assert refused.value.field == "expiresAt"


async def test_a_key_is_revoked_once(database: Any) -> None:
    issued = await key(database, await partner(database))
    outcomes = await asyncio.gather(
        *(act(database, partners.revoke, issued.key_id) for _ in range(3)), return_exceptions=True
    )
    assert sum(isinstance(each, WrongState) for each in outcomes) == 2
    assert await facts(database) == [partners.hashed(issued.secret).hex()]
    with pytest.raises(NotFound):
        await act(database, partners.revoke, new_id())


# ------------------------------------------------------------------------------------------------ partners
async def test_a_stopped_partner_is_out_until_it_is_resumed(database: Any) -> None:
    id = await partner(database)
    one, two, gone = await key(database, id), await key(database, id), None
    await act(database, partners.stop, id)
    assert [await recognised(database, each.secret) for each in (one, two)] == [None, None]
    assert sorted(await facts(database)) == sorted(partners.hashed(each.secret).hex() for each in (one, two))
    with pytest.raises(WrongState):
        await act(database, partners.stop, id)
    with pytest.raises(WrongState):
        gone = await key(database, id)
    assert gone is None
    await act(database, partners.revoke, two.key_id)
    await act(database, partners.resume, id)
    assert [bool(await recognised(database, each.secret)) for each in (one, two)] == [True, False]
    with pytest.raises(WrongState):
        await act(database, partners.resume, id)


async def test_a_new_budget_is_told_to_the_caches(database: Any) -> None:
    id = await partner(database, name="旧名")
    issued = await key(database, id)
    await act(database, partners.change, id, 1, wanted(name="新名", points_per_second=7, burst=8))
    found = await recognised(database, issued.secret)
    assert found is not None
    assert (found.viewer.name, found.viewer.budget) == ("新名", Budget(7, 8))
    assert await facts(database) == [partners.hashed(issued.secret).hex()]


async def test_a_change_over_somebody_elses_is_refused(database: Any) -> None:
    id = await partner(database)
    both = [act(database, partners.change, id, 1, wanted(note=note)) for note in ("甲", "乙")]
    outcomes = await asyncio.gather(*both, return_exceptions=True)
    assert sorted(type(each).__name__ for each in outcomes) == ["Conflict", "UUID"]
    for version in (None, 1, 3):
        with pytest.raises(Conflict):
            await act(database, partners.change, id, version, wanted())
    await act(database, partners.stop, id)
    with pytest.raises(Conflict):
        await act(database, partners.change, id, 2, wanted())
    await act(database, partners.change, id, 3, wanted())


async def test_two_partners_have_two_names(database: Any) -> None:
    id = await partner(database, name="甲公司")
    with pytest.raises(Conflict):
        await partner(database, name=" 甲公司 ")
    other = await partner(database, name="乙公司")
    with pytest.raises(Conflict):
        await act(database, partners.change, other, 1, wanted(name="甲公司"))
    assert (await row(database, Partner, id))["name"] == "甲公司"


@pytest.mark.parametrize(
    ("field", "values"),
    [
        ("name", {"name": "甲"}),
        ("name", {"name": "甲" * 61}),
        ("contact", {"contact": " "}),
        ("note", {"note": "长" * 501}),
        ("note", {"note": "\x00"}),
        ("pointsPerSecond", {"points_per_second": 0}),
        ("pointsPerSecond", {"points_per_second": 2**40}),
        ("burst", {"burst": 99}),
        ("burst", {"burst": 100_001}),
    ],
    ids=str,
)
async def test_bad_input_is_refused_in_words(database: Any, field: str, values: dict[str, Any]) -> None:
    with pytest.raises(Invalid) as refused:
        await partner(database, **values)
    assert refused.value.field == field
    assert await rows(database, Partner) == []


async def test_what_is_not_there_is_not_found(database: Any) -> None:
    for rule, arguments in ((partners.stop, ()), (partners.resume, ()), (partners.change, (1, wanted()))):
        with pytest.raises(NotFound):
            await act(database, rule, new_id(), *arguments)
    with pytest.raises(NotFound):
        await key(database, new_id())


async def test_everything_is_in_the_log_and_who_to_write_to_is_not(database: Any) -> None:
    id = await partner(database, contact="13800138000")
    issued = await key(database, id, "正式环境")
    await act(database, partners.change, id, 1, wanted(contact="13900139000", burst=900))
    await act(database, partners.stop, id)
    await act(database, partners.resume, id)
    await act(database, partners.revoke, issued.key_id)
    steps = ["create", "change", "stop", "resume"]
    named = [f"partner.{step}" for step in steps[:1]] + ["partner_key.issue"]
    assert await actions(database) == [*named, *(f"partner.{step}" for step in steps[1:]), "partner_key.revoke"]
    entries = await rows(database, AuditEntry)
    assert {(each["subject_kind"], each["subject_id"]) for each in entries} == {("partner", str(id))}
    assert not any("0013" in str(each["detail"]) for each in entries)
    issue = next(each["detail"] for each in entries if each["action"] == "partner_key.issue")
    assert (issue["key"], issue["label"]) == (f"…{issued.secret[-4:]}", "正式环境")
    change = next(each["detail"] for each in entries if each["action"] == "partner.change")
    assert {"contact", "burst"} <= set(change["changed"])


async def test_a_refused_step_leaves_no_trace(database: Any) -> None:
    id = await partner(database)
    await key(database, id), await key(database, id)
    before = await actions(database)
    with pytest.raises(Refusal):
        await key(database, id)
    assert await actions(database) == before


async def test_a_partner_does_nothing_that_would_be_logged(database: Any) -> None:
    issued = await key(database, await partner(database))
    found = await recognised(database, issued.secret)
    assert found is not None
    with pytest.raises(Forbidden):
        _ = found.viewer.actor
