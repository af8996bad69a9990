"""What the desk decided, as every process keeps it: a hot search costs no statement, and no change is missed."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

from domain.catalog import tuning
from domain.catalog.finding import Picks
from domain.catalog.tuning import TOLD
from jobs.relay import relay_once
from search.tuning import TOLD_SECONDS, UNTOLD_SECONDS, Tuned
from server.services import open_mall
from server.settings import Settings
from server.worker import tools_of
from tests.client import Client, counting_on
from tests.factories.merchants import operator
from tests.responses.processes import until
from tests.search.goods import Goods


class News:
    """The relay's announcements, spoken by the test."""

    def __init__(self) -> None:
        self.stands = True

    def watch(self, topic: str, listener: Callable[[str], None]) -> None:
        assert topic == TOLD
        self.say = listener

    def standing(self, topic: str) -> bool:
        return topic == TOLD and self.stands


class Reading:
    """The database, with a word to be said after the rows were read and before their reader has them."""

    def __init__(self, database: Any, meanwhile: Callable[[], None]) -> None:
        self.database = database
        self.meanwhile = meanwhile

    def begin(self) -> Any:
        self.meanwhile()
        return self.database.begin()


async def decide(database: Any, query: str, *first: Any) -> None:
    async with database.begin() as uow:
        await tuning.save_picks(uow, operator(), query, Picks(first))


async def test_all_but_the_first_search_cost_no_statement(database: Any, goods: Goods) -> None:
    news, now = News(), [0.0]
    tuned = Tuned(database, news, lambda: now[0])
    nuts = goods.products["大关核桃"]
    async with counting_on(database) as sent:
        assert await tuned.picks("天麻") == Picks()
        first = len(sent)
        await asyncio.gather(*(tuned.picks("天麻") for _ in range(20)), tuned.synonyms())
        assert (first, len(sent)) == (3, 3)
    await decide(database, "天麻", nuts)
    now[0] = TOLD_SECONDS - 1
    assert await tuned.picks("天麻") == Picks(), "nobody has said anything yet"
    news.say("changed")
    assert await tuned.picks("天 麻") == Picks((nuts,))


async def test_without_news_it_is_read_again_after_seconds(database: Any, goods: Goods) -> None:
    news, now = News(), [0.0]
    tuned = Tuned(database, news, lambda: now[0])
    await tuned.picks("天麻")
    await decide(database, "天麻", goods.products["大关核桃"])
    news.stands, now[0] = False, UNTOLD_SECONDS
    assert (await tuned.picks("天麻")).first
    await decide(database, "天麻")
    news.stands, now[0] = True, UNTOLD_SECONDS + TOLD_SECONDS
    assert await tuned.picks("天麻") == Picks(), "even were an announcement lost"


async def test_what_is_said_while_it_is_read_is_read_again(database: Any, goods: Goods) -> None:
    news, said = News(), ["changed"]
    tuned = Tuned(Reading(database, lambda: [news.say(said.pop()) for _ in said[:]]), news)  # type: ignore[arg-type]
    assert await tuned.picks("天麻") == Picks()
    await decide(database, "天麻", goods.products["大关核桃"])
    assert (await tuned.picks("天麻")).first


async def test_every_process_hears_of_it(client: Client, settings: Settings, goods: Goods) -> None:
    """Two processes, as far as memory goes; the relay of one of them."""
    nuts = goods.products["大关核桃"]
    async with open_mall(settings) as other:
        both = client.mall, other
        await until(lambda: all(mall.topics.standing(TOLD) for mall in both))
        for mall in both:
            assert await mall.services.finder._tuned.picks("天麻") == Picks()  # type: ignore[attr-defined]
        await decide(client.mall.database, "天麻", nuts)
        while await relay_once(tools_of(client.mall)):
            pass
        for mall in both:
            tuned = mall.services.finder._tuned  # type: ignore[attr-defined]
            await until(lambda tuned=tuned: tuned._read_for != tuned._heard)  # type: ignore[misc]
            assert await tuned.picks("天麻") == Picks((nuts,))
