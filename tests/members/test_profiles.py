"""Phone numbers and addresses: sealed, bounded, and nobody else's."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import Any
from uuid import UUID

import pytest
from cryptography.exceptions import InvalidTag
from sqlalchemy import select, update

from domain.base import Conflict, Invalid, NotFound, TooMany, Viewer
from domain.members import addresses, profiles
from models.base import new_id
from models.members import Address, Member
from tests.factories.members import member
from tests.factories.merchants import CITY, SAYU, ZHAOYANG, regions
from tests.members.test_sessions import Wechat

HOME = addresses.Wanted("王大姐", "13800000001", SAYU, "新街 12 号")


async def save(database: Any, viewer: Viewer, wanted: addresses.Wanted = HOME, id: UUID | None = None) -> UUID:
    async with database.begin() as uow:
        return await addresses.save(uow, viewer, id, wanted)


async def delete(database: Any, viewer: Viewer, id: UUID) -> None:
    async with database.begin() as uow:
        await addresses.delete(uow, viewer, id)


async def ids(database: Any, viewer: Viewer) -> list[UUID]:
    """The member's addresses, the default first."""
    async with database.read() as session:
        return [row["id"] for row in await addresses.mine(session, viewer, frozenset())]


@pytest.fixture
async def buyer(database: Any) -> Viewer:
    await regions(database)
    return await member(database)


# ------------------------------------------------------------------------------------------------ phone
async def test_a_phone_is_bound_sealed_and_masked(database: Any, buyer: Viewer) -> None:
    await profiles.bind_phone(database, buyer, Wechat(code="+8613800000001"), "code")
    async with database.read() as session:
        row = await profiles.mine(session, buyer, frozenset({"phone_sealed", "phone_index"}))
    assert b"13800000001" not in row["phone_sealed"] + row["phone_index"]
    assert profiles.masked_phone(row["id"], row["phone_sealed"]) == "138****0001"
    assert profiles.masked_phone(row["id"], None) is None
    with pytest.raises(InvalidTag):  # a sealed value opens only in its own row
        profiles.masked_phone(new_id(), row["phone_sealed"])


async def test_a_phone_belongs_to_one_account(database: Any, buyer: Viewer) -> None:
    other = await member(database)
    wechat = Wechat(code="+8613800000001", foreign="+85261234567", broken="13800000001")
    await profiles.bind_phone(database, buyer, wechat, "code")
    await profiles.bind_phone(database, buyer, wechat, "code")  # again, the same person
    with pytest.raises(Conflict):
        await profiles.bind_phone(database, other, wechat, "code")
    await profiles.bind_phone(database, other, wechat, "foreign")
    with pytest.raises(Invalid):
        await profiles.bind_phone(database, other, wechat, "broken")


@pytest.mark.parametrize("nickname", ["", "  ", "长" * 21, "a\x00b", "\ud800"])
async def test_a_nickname_is_bounded(database: Any, buyer: Viewer, nickname: str) -> None:
    with pytest.raises(Invalid):
        async with database.begin() as uow:
            await profiles.rename(uow, buyer, nickname)


async def test_a_nickname_is_changed_for_oneself_only(database: Any, buyer: Viewer) -> None:
    other = await member(database)
    async with database.begin() as uow:
        await profiles.rename(uow, buyer, " 苹果妹 ")
    async with database.read() as session:
        names = dict((await session.execute(select(Member.id, Member.nickname))).all())
    assert names == {buyer.id: "苹果妹", other.id: other.name}


# ------------------------------------------------------------------------------------------------ addresses
async def test_an_address_is_sealed_and_its_owner_reads_it_whole(database: Any, buyer: Viewer) -> None:
    saved = await save(database, buyer, replace(HOME, phone=" +86 138-0000-0001 ", name=" 王大姐 "))
    async with database.read() as session:
        found = await addresses.access(session, buyer, saved)
        row = (await session.execute(select(*Address.__table__.c))).mappings().one()
    assert found == addresses.Destination(saved, "王大姐", "13800000001", SAYU, "昭通市 昭阳区 洒渔镇", "新街 12 号")
    stored = b"".join(value for value in row.values() if isinstance(value, bytes))
    for plain in ("王大姐", "13800000001", "新街"):
        assert plain.encode() not in stored


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"name": " "}, "name"),
        ({"name": "名" * 21}, "name"),
        ({"phone": "12800000001"}, "phone"),
        ({"phone": "1380000000"}, "phone"),
        ({"phone": "138000000011"}, "phone"),
        ({"phone": "１３８００００００01"}, "phone"),
        ({"phone": ""}, "phone"),
        ({"detail": "路"}, "detail"),
        ({"detail": "路" * 101}, "detail"),
        ({"detail": "a\x00bcd"}, "detail"),
        ({"region_code": CITY}, "regionCode"),
        ({"region_code": "110000"}, "regionCode"),
        ({"region_code": ""}, "regionCode"),
        ({"region_code": "\x00"}, "regionCode"),
    ],
)
async def test_what_is_no_address_is_refused(database: Any, buyer: Viewer, change: dict[str, str], field: str) -> None:
    with pytest.raises(Invalid) as refused:
        await save(database, buyer, replace(HOME, **change))
    assert refused.value.field == field
    assert await ids(database, buyer) == []


async def test_there_is_always_one_default(database: Any, buyer: Viewer) -> None:
    first = await save(database, buyer)
    second = await save(database, buyer)
    third = await save(database, buyer, replace(HOME, is_default=True, region_code=ZHAOYANG))
    assert await ids(database, buyer) == [third, second, first]
    await save(database, buyer, HOME, third)  # unticking the default leaves it the default
    assert (await ids(database, buyer))[0] == third
    await save(database, buyer, replace(HOME, is_default=True), first)
    assert (await ids(database, buyer))[0] == first
    await delete(database, buyer, first)
    assert await ids(database, buyer) == [third, second]
    async with database.read() as session:
        defaults = select(Address.id).where(Address.is_default, Address.deleted_at.is_(None))
        assert list(await session.scalars(defaults)) == [third]


async def test_somebody_elses_address_is_not_there(database: Any, buyer: Viewer) -> None:
    other = await member(database)
    theirs = await save(database, other)
    for attempt in (save(database, buyer, HOME, theirs), delete(database, buyer, theirs)):
        with pytest.raises(NotFound):
            await attempt
    async with database.read() as session:
        with pytest.raises(NotFound):
            await addresses.access(session, buyer, theirs)
    assert await ids(database, other) == [theirs]


async def test_a_deleted_address_is_gone_for_its_owner_too(database: Any, buyer: Viewer) -> None:
    saved = await save(database, buyer)
    await delete(database, buyer, saved)
    assert await ids(database, buyer) == []
    for attempt in (save(database, buyer, HOME, saved), delete(database, buyer, saved)):
        with pytest.raises(NotFound):
            await attempt


async def test_twenty_addresses_are_the_most_even_at_once(database: Any, buyer: Viewer) -> None:
    for _ in range(addresses.MOST - 2):
        await save(database, buyer)
    made = await asyncio.gather(*(save(database, buyer) for _ in range(5)), return_exceptions=True)
    assert sum(isinstance(each, TooMany) for each in made) == 3
    assert len(await ids(database, buyer)) == addresses.MOST


async def test_values_sealed_for_another_row_do_not_open(database: Any, buyer: Viewer) -> None:
    first, second = await save(database, buyer), await save(database, buyer)
    async with database.begin() as uow:
        stolen = select(Address.phone_sealed).where(Address.id == first).scalar_subquery()
        await uow.session.execute(update(Address).where(Address.id == second).values(phone_sealed=stolen))
    async with database.read() as session:
        with pytest.raises(InvalidTag):
            await addresses.access(session, buyer, second)
