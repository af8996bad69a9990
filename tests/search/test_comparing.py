"""Two rankings compared: one at a time, who is answered by which, what is counted, what can be said of it."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import insert, select
from sqlalchemy.exc import IntegrityError

from domain.base import SYSTEM, Conflict, Database, Invalid, NotFound, WrongState, clock
from domain.catalog import comparing
from domain.catalog.asked import Asked
from domain.catalog.comparing import ExperimentWanted, Sums, Verdict, compared, difference
from domain.catalog.finding import Arm, Mixed, Ranking, Wanted
from models.base import new_id
from models.search import SearchExperiment, SearchExperimentDay
from search.client import SearchClient
from search.tuning import Tuned
from search.wiring import make_finder
from server.settings import Settings
from tests.client import Client, open_client
from tests.responses.processes import until
from tests.search.goods import Goods

OTHER = Ranking(pinyin=1.2)


async def start(database: Database, name: str = "拼音", **other: Any) -> UUID:
    wanted = replace(ExperimentWanted(name, OTHER, 50, 14), **other)
    async with database.begin() as uow:
        return await comparing.start(uow, SYSTEM, wanted)


async def stop(database: Database, id: UUID) -> None:
    async with database.begin() as uow:
        await comparing.stop(uow, SYSTEM, id)


async def adopt(database: Database, id: UUID) -> None:
    async with database.begin() as uow:
        await comparing.adopt(uow, SYSTEM, id)


async def give_up(database: Database) -> None:
    async with database.begin() as uow:
        await comparing.give_up(uow, SYSTEM)


async def count(database: Database, id: UUID, asked: Asked, *, again: bool = False, times: int = 1) -> None:
    for _ in range(times):
        async with database.begin() as uow:
            await comparing.record(uow, id, asked, again=again)


async def counted(database: Database, id: UUID) -> dict[Arm, Sums]:
    async with database.read() as session:
        found = await session.scalars(select(SearchExperimentDay).where(SearchExperimentDay.experiment_id == id))
        names = ("arm", "shown", "empty", "followed", "opened", "positions")
        return comparing.sums([{name: getattr(row, name) for name in names} for row in found])


# ------------------------------------------------------------------------------------------------ one at a time
async def test_of_two_that_begin_at_once_one_runs(database: Database) -> None:
    names = ("甲实验", "乙实验")
    ends = await asyncio.gather(*[start(database, name) for name in names], return_exceptions=True)
    won = [name for name, end in zip(names, ends, strict=True) if isinstance(end, UUID)]
    assert len(won) == 1
    assert [type(end) for end in ends if not isinstance(end, UUID)] == [Conflict]
    async with database.read() as session:
        assert list(await session.scalars(select(SearchExperiment.name))) == won


async def test_the_table_itself_takes_no_second(database: Database) -> None:
    await start(database)
    now = clock.now()
    row = {"id": new_id(), "name": "另一个", "weights": {}, "share": 10, "started_at": now}
    with pytest.raises(IntegrityError):
        async with database.begin() as uow:
            await uow.session.execute(insert(SearchExperiment).values(row | {"ends_at": now + timedelta(days=1)}))


async def test_one_whose_time_is_over_is_in_nobody_s_way(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    first = await start(database, days=1)
    later = clock.now() + timedelta(days=2)
    monkeypatch.setattr(clock, "now", lambda: later)
    async with database.read() as session:
        assert await comparing.running(session) is None
    second = await start(database, "第二个")
    async with database.read() as session:
        running = await comparing.running(session)
        chosen = select(SearchExperiment.stopped_at, SearchExperiment.ends_at).where(SearchExperiment.id == first)
        stopped, ends = (await session.execute(chosen)).one()
    assert running is not None
    assert running.id == second
    assert stopped == ends


WRONG = [
    {"name": ""},
    {"name": "长" * 41},
    {"share": 0},
    {"share": 51},
    {"days": 0},
    {"days": 91},
    {"challenger": Ranking(pinyin=0)},
    {"challenger": Ranking(text=3.01)},
    {"challenger": Ranking(category=float("nan"))},
    {"challenger": Ranking()},
]


@pytest.mark.parametrize("wrong", WRONG, ids=str)
async def test_what_is_out_of_bounds_is_refused(database: Database, wrong: dict[str, Any]) -> None:
    with pytest.raises(Invalid):
        await start(database, **wrong)


async def test_steps_that_make_no_sense_are_refused(database: Database) -> None:
    with pytest.raises(NotFound):
        await stop(database, new_id())
    id = await start(database)
    await stop(database, id)
    with pytest.raises(WrongState):
        await stop(database, id)
    await adopt(database, id)
    with pytest.raises(WrongState):
        await adopt(database, id)


# ------------------------------------------------------------------------------------------------ who is answered
async def test_arms_are_answered_by_their_ranking_and_an_adopted_one_holds(database: Database) -> None:
    async def rankings() -> list[Ranking]:
        tuned = Tuned(database)
        return [await tuned.ranking(arm) for arm in Arm]

    assert await rankings() == [Ranking(), Ranking()]
    id = await start(database)
    assert await rankings() == [Ranking(), OTHER]
    await stop(database, id)
    assert await rankings() == [Ranking(), Ranking()]
    await adopt(database, id)
    assert await rankings() == [OTHER, OTHER]
    newer = await start(database, "回到从前", challenger=Ranking())
    assert await rankings() == [OTHER, Ranking()]
    await adopt(database, newer)
    assert await rankings() == [Ranking(), Ranking()]


async def test_its_time_ends_also_in_a_copy(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    await start(database, days=1)
    tuned = Tuned(database, now=lambda: 1.0)
    assert await tuned.ranking(Arm.B) == OTHER
    later = clock.now() + timedelta(days=1)
    monkeypatch.setattr(clock, "now", lambda: later)
    assert await tuned.ranking(Arm.B) == Ranking()


async def test_the_engine_is_asked_with_the_weights_of_the_arm(
    client: Client, settings: Settings, database: Database, goods: Goods, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each form of the question, and goods of the category it names, for products and for pages alike."""
    sent: list[float] = []
    post = SearchClient.post

    async def watched(self: SearchClient, path: str, body: dict[str, Any]) -> dict[str, Any]:
        sent.extend(query["federationOptions"]["weight"] for query in body["queries"] if "federationOptions" in query)
        return await post(self, path, body)

    async def weights(arm: Arm) -> list[float]:
        sent.clear()
        await finder.find(Wanted("tianma", arm=arm, facets=False))
        return [round(weight, 3) for weight in sent]

    monkeypatch.setattr(SearchClient, "post", watched)
    id = await start(database, challenger=Ranking(pinyin=1.2, category=2.0))
    async with make_finder(settings, database) as finder:
        assert await weights(Arm.A) == [1.0, 0.6, 0.6, 1.15, 0.69, 0.69]
        assert await weights(Arm.B) == [1.0, 1.2, 0.6, 2.0, 2.4, 1.2]
    await adopt(database, id)
    async with make_finder(settings, database) as finder:
        assert await weights(Arm.A) == [1.0, 1.2, 0.6, 2.0, 2.4, 1.2]
        sent.clear()
        await finder.mixed(Mixed("tianma", frozenset({"PRODUCT"})))
        assert 2.4 in [round(weight, 3) for weight in sent]


async def test_kept_answers_of_guests_do_not_mix_arms(
    settings: Settings, goods: Goods, clean_redis: None, tmp_path: Path
) -> None:
    """What a ranking answers is under its own key, however often the other was asked before."""
    text = 'query($r: SearchArm!) { searchProducts(query: "天麻", ranking: $r) { nodes { id } } }'
    keeping = {"kept_megabytes": 8, "meili_url": None, "state_dir": tmp_path, "rate_factor": 1000.0}
    seen: list[Arm] = []
    async with open_client(settings.model_copy(update=keeping)) as client:
        transport: Any = client.http._transport
        await until(lambda: transport.app.state.responses.news.standing)
        inner = client.mall.services.finder.inner  # type: ignore[attr-defined]
        find = inner.find

        async def watched(wanted: Wanted, early: Any = None) -> Any:
            seen.append(wanted.arm)
            return await find(wanted, early)

        inner.find = watched
        for arm in ("A", "B", "A", "B"):
            await client.ask(text, r=arm)
    # Each was run once, and then handed out again.
    assert seen == [Arm.A, Arm.B]


# ------------------------------------------------------------------------------------------------ counting
async def test_arms_are_counted_apart(database: Database) -> None:
    id = await start(database)
    await count(database, id, Asked("苹果", 3), times=3)
    await count(database, id, Asked("火箭", 0))
    await count(database, id, Asked("苹果", 3, position=2))
    await count(database, id, Asked("苹果", 3, position=4), again=True)
    await count(database, id, Asked("苹果", 3, Arm.B))
    found = await counted(database, id)
    assert found == {Arm.A: Sums(shown=4, empty=1, followed=1, opened=2, positions=6), Arm.B: Sums(shown=1)}
    assert (found[Arm.A].click_through, found[Arm.A].empty_share, found[Arm.A].mean_position) == (0.25, 0.25, 3.0)
    assert (found[Arm.B].click_through, found[Arm.B].mean_position) == (0.0, None)


async def test_at_once_nothing_is_lost(database: Database) -> None:
    id = await start(database)
    await asyncio.gather(*[count(database, id, Asked("苹果", 3), times=5) for _ in range(6)])
    assert (await counted(database, id))[Arm.A].shown == 30


async def test_what_is_over_or_unknown_counts_nothing(database: Database) -> None:
    id = await start(database)
    await stop(database, id)
    for each in (id, new_id()):
        await count(database, each, Asked("苹果", 3))
        assert (await counted(database, each))[Arm.A].shown == 0


# ------------------------------------------------------------------------------------------------ what can be said
def test_the_test_of_two_proportions() -> None:
    """Against figures worked out by hand: 120 of 1000 and 156 of 1000."""
    found = difference((120, 1000), (156, 1000), sure=1.96, more_is_better=True)
    assert found is not None
    assert found.z == pytest.approx(2.3339, abs=1e-3)
    assert (found.low, found.high) == (pytest.approx(0.0058, abs=1e-4), pytest.approx(0.0662, abs=1e-4))
    assert found.verdict is Verdict.BETTER


def test_what_cannot_be_told_is_not_told() -> None:
    assert difference((20, 199), (150, 10_000), sure=1.96, more_is_better=True) is None
    near = difference((120, 1000), (130, 1000), sure=1.96, more_is_better=True)
    nobody = difference((0, 1000), (0, 1000), sure=1.96, more_is_better=True)
    for each in (near, nobody):
        assert each is not None
        assert each.verdict is Verdict.UNCLEAR


def test_while_it_runs_more_is_asked_of_a_figure_and_fewer_empty_pages_are_better() -> None:
    arms = {Arm.A: Sums(1000, 156, 120, 130, 400), Arm.B: Sums(1000, 120, 156, 160, 400)}
    for over, verdict in ((False, Verdict.UNCLEAR), (True, Verdict.BETTER)):
        found = compared(arms, over=over)
        assert [each.verdict for each in found if each] == [verdict, verdict]
    worse = compared({Arm.A: arms[Arm.B], Arm.B: arms[Arm.A]}, over=True)
    assert [each.verdict for each in worse if each] == [Verdict.WORSE, Verdict.WORSE]


# ------------------------------------------------------------------------------------------------ over GraphQL
async def test_pages_learn_of_it_and_tell_what_came(client: Client, database: Database) -> None:
    running = "{ searchExperiment { id share } }"
    assert await client.ask(running) is None
    id = await start(database, share=20)
    tell = "mutation ($e: SearchEvent!) { recordSearch(input: $e) { __typename } }"
    event = {"query": "苹果", "found": 2, "experiment": str(id), "ranking": "B"}
    assert await client.ask(tell, e=event) == {"__typename": "Done"}
    await client.ask(tell, e=event | {"position": 3})
    await client.ask(tell, e=event | {"position": 1, "again": True})
    assert (await counted(database, id))[Arm.B] == Sums(shown=1, followed=1, opened=2, positions=4)


# ------------------------------------------------------------------------------------------------ back
async def test_the_built_in_ranking_is_one_step_away(database: Database) -> None:
    """However often something was adopted; what was given up may be compared, and adopted, again."""
    for pinyin in (1.2, 1.4):
        await adopt(database, await start(database, challenger=Ranking(pinyin=pinyin)))
    await give_up(database)
    async with database.read() as session:
        assert await comparing.current(session) == Ranking()
        assert (await comparing.decided(session)).ranking == Ranking()
    with pytest.raises(WrongState):
        await give_up(database)
    await adopt(database, await start(database))
    async with database.read() as session:
        assert await comparing.current(session) == OTHER


async def test_nothing_is_given_up_while_an_experiment_runs(database: Database) -> None:
    await adopt(database, await start(database))
    id = await start(database, "下一个", challenger=Ranking(pinyin=1.4))
    with pytest.raises(Conflict):
        await give_up(database)
    await stop(database, id)
    await give_up(database)


async def test_of_two_who_give_up_at_once_one_does(database: Database) -> None:
    await adopt(database, await start(database))
    ends = await asyncio.gather(give_up(database), give_up(database), return_exceptions=True)
    assert sorted(type(end).__name__ for end in ends) == ["NoneType", "WrongState"]
