"""Who wins when two act at the same moment; every race has a named winner."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any
from uuid import UUID

from sqlalchemy import select

from domain import community, moderation
from domain.base import Database, Refusal
from models.community import PostHiding, PostLike, PostState, PostWordsState
from models.moderation import ContentCheck
from tests.factories import community as told
from tests.factories import orders as market

S, W = PostState, PostWordsState
CHANGED = told.page(title="换一个题目")
Act = Callable[[Any], Awaitable[Any]]


async def at_once(database: Database, *acts: Act) -> list[Any]:
    async def run(act: Act) -> Any:
        async with database.begin() as uow:
            return await act(uow)

    results = await asyncio.gather(*(run(act) for act in acts), return_exceptions=True)
    assert [each for each in results if isinstance(each, BaseException) and not isinstance(each, Refusal)] == []
    return results


async def check_of(database: Database, post_id: UUID) -> UUID:
    version = (await told.versions(database, post_id))[-1]
    async with database.read() as session:
        found = await session.scalar(select(ContentCheck.id).where(ContentCheck.subject_id == version["id"]))
    assert found is not None
    return found


async def test_the_same_page_sent_twice_at_once_is_one_story(database: Database) -> None:
    author = await told.teller(database)
    ids = await at_once(
        database, *[lambda uow: community.write(uow, author, "opened-once", told.page()) for _ in range(4)]
    )
    assert len(set(ids)) == 1
    assert len(await told.versions(database, ids[0])) == 1


async def test_likes_and_unlikes_of_many_at_once_leave_the_count_that_is_there(database: Database) -> None:
    _, id = await told.published(database)
    readers = [await told.teller(database) for _ in range(6)]
    acts: list[Act] = []
    for reader in readers:
        for liked in (True, False, True):
            acts.append(lambda uow, r=reader, yes=liked: community.like(uow, r, id, liked=yes))  # type: ignore[misc]
    await at_once(database, *acts)
    likes = await market.rows(database, PostLike)
    assert (await told.post(database, id))["like_count"] == len(likes)


async def test_taking_away_wins_over_a_verdict_whichever_comes_first(database: Database) -> None:
    for _ in range(4):
        author = await told.teller(database)
        id = await told.written(database, author)
        check = await check_of(database, id)

        async def passed(uow: Any, check: UUID = check) -> None:
            await moderation.decide(uow, told.CENSOR, check, passed=True, note="")

        await at_once(database, passed, lambda uow, a=author, i=id: community.remove(uow, a, i))  # type: ignore[misc]
        await told.heard(database)
        row = await told.post(database, id)
        assert (row["state"], row["words_id"]) == (S.REMOVED, None)
        assert {each["text"] for each in await told.versions(database, id)} == {""}


async def test_hiding_wins_over_an_edit_and_its_verdict(database: Database) -> None:
    for _ in range(4):
        author, id = await told.published(database)
        await at_once(
            database,
            lambda uow, i=id: community.hide(uow, told.CENSOR, i, PostHiding.FALSE, "与实际不符合"),  # type: ignore[misc]
            lambda uow, a=author, i=id: community.edit(uow, a, i, CHANGED),  # type: ignore[misc]
        )
        await told.checked(database)
        row = await told.post(database, id)
        assert (row["state"], row["words_id"]) == (S.HIDDEN, None)
        assert W.PENDING not in {each["state"] for each in await told.versions(database, id)}
        async with database.begin() as uow:
            await community.restore(uow, told.CENSOR, id, "核实无误")
        first = (await told.versions(database, id))[0]
        assert (await told.post(database, id))["words_id"] == first["id"]


async def test_an_edit_that_passes_while_the_story_is_hidden_does_not_show_it(database: Database) -> None:
    author, id = await told.published(database)
    await told.edited(database, author, id, told.page(title="换一个题目"))
    async with database.begin() as uow:
        await community.hide(uow, told.CENSOR, id, PostHiding.FALSE, "与实际不符合")
    await told.checked(database)
    assert (await told.post(database, id))["state"] is S.HIDDEN
    assert [each["state"] for each in await told.versions(database, id)] == [W.PUBLISHED, W.REJECTED]


async def test_a_comment_that_is_taken_away_by_two_is_counted_down_once(database: Database) -> None:
    author, id = await told.published(database)
    reader = await told.teller(database)
    comment = await told.commented(database, reader, id)
    await told.checked(database)
    await at_once(
        database,
        lambda uow: community.remove_comment(uow, author, comment),
        lambda uow: community.remove_comment(uow, reader, comment),
        lambda uow: community.hide_comment(uow, told.CENSOR, comment, PostHiding.ABUSE, "辱骂他人的话"),
    )
    assert (await told.post(database, id))["comment_count"] == 0
