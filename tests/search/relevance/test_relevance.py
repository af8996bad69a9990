"""The judged queries over the demo: as good as promised, and every change of a query's score is seen in a diff.

`scores.tsv` holds the score of every query. After a change that is meant, write it anew and read the difference:

    RELEVANCE=write python -m pytest tests/search/relevance -n 0
"""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import AsyncIterator
from pathlib import Path
from statistics import mean

import pytest
from sqlalchemy import select

from domain.catalog.finding import Finder, Hit, Mixed
from models.community import Post
from schema.search import SearchKind
from search.wiring import make_finder, make_indexer
from server.database import Database
from server.seeds import community as told
from server.settings import Settings
from tests.conftest import Meili
from tests.search.conftest import bare, empty_engine
from tests.search.relevance.judging import DEPTH, FILE, Judged, judged, ndcg
from tests.seeds.conftest import own_settings, quick_pictures, seeded, seeding_day

__all__ = ["own_settings", "quick_pictures", "seeded", "seeding_day"]

SCORES = Path(__file__).parent / "scores.tsv"
WRITE = os.environ.get("RELEVANCE") == "write"
KINDS = frozenset(kind.value for kind in SearchKind)
LEAST = 0.9
# By the way a query is typed; the database corrects no typing errors.
LEAST_OF_CLASS = 0.8
LEAST_OF_FALLBACK = 0.75


@pytest.fixture
async def engine_finder(seeded: Database, settings: Settings, meili: Meili | None) -> AsyncIterator[Finder]:
    await empty_engine(meili)
    async with make_indexer(settings, seeded) as indexer:
        await indexer.catch_up()
    async with make_finder(settings, seeded) as found:
        yield bare(found)


@pytest.fixture
async def plain_finder(seeded: Database, settings: Settings) -> AsyncIterator[Finder]:
    plain = settings.model_copy(update={"meili_url": None})
    async with make_indexer(plain, seeded) as indexer:
        await indexer.catch_up()
    async with make_finder(plain, seeded) as found:
        yield found


async def scored(finder: Finder, database: Database) -> list[tuple[Judged, float]]:
    named, found = await _stories(database), []
    for each in judged():
        answer = await finder.mixed(Mixed(each.query, KINDS, limit=DEPTH))
        found.append((each, ndcg([named.get(hit, hit) for hit in answer.hits], each.grades)))
    return found


async def _stories(database: Database) -> dict[Hit, Hit]:
    """Stories have other ids in each mall: the judged set names them by their keys."""
    keys = {told.request_key(story.key): story.key for story in told.stories()}
    async with database.read() as session:
        rows = await session.execute(select(Post.id, Post.request_key))
    return {Hit("POST", str(id)): Hit("POST", keys[key]) for id, key in rows}


def test_the_set_is_large_and_says_why() -> None:
    queries = [each.query for each in judged()]
    assert len(queries) >= 200
    assert len(set(queries)) == len(queries)
    assert all(each.reason for each in judged())
    assert FILE.exists()


async def test_the_engine_answers_well_and_as_before(engine_finder: Finder, seeded: Database) -> None:
    found = await scored(engine_finder, seeded)
    lines = [f"{score:.3f}\t{each.class_}\t{each.query}" for each, score in found]
    if WRITE:
        SCORES.write_text("\n".join(lines) + "\n", encoding="utf-8")
    assert SCORES.read_text(encoding="utf-8").splitlines() == lines
    assert mean(score for _, score in found) >= LEAST
    by_class: dict[str, list[float]] = defaultdict(list)
    for each, score in found:
        by_class[each.class_].append(score)
    assert {name: mean(scores) for name, scores in by_class.items() if mean(scores) < LEAST_OF_CLASS} == {}
    assert [each.query for each, score in found if each.class_ == "nonsense" and score < 1] == []


async def test_the_database_answers_well_enough(plain_finder: Finder, seeded: Database) -> None:
    found = await scored(plain_finder, seeded)
    assert mean(score for _, score in found) >= LEAST_OF_FALLBACK
    assert [each.query for each, score in found if each.class_ == "nonsense" and score < 1] == []
