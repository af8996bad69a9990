"""What many people asked for, and what the search desk decided about it: one of each, then twenty."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import insert

from domain.base import UnitOfWork, clock
from domain.catalog import asked, tuning
from domain.catalog.finding import Picks
from models.search import SearchCount
from tests.factories.merchants import operator


async def wanted_words(uow: UnitOfWork, product: UUID, numbers: range) -> None:
    """As many hot words, words that found nothing, groups of synonyms and picked products as there are numbers."""
    hot = [_asked(f"热词{n}", shown=asked.HOT_LEAST + 2, empty=0) for n in numbers]
    nothing = [_asked(f"没有的词{n}", shown=3, empty=3) for n in numbers]
    await uow.session.execute(insert(SearchCount), hot + nothing)
    for n in numbers:
        await tuning.add_synonyms(uow, operator(), [f"甲名{n}", f"乙名{n}"])
        await tuning.save_picks(uow, operator(), f"热词{n}", Picks((product,)))


def _asked(words: str, *, shown: int, empty: int) -> dict[str, object]:
    counts = {"shown": shown, "empty": empty, "clicked": 0, "positions": 0}
    return {"day": clock.today(), "words": words, "ranking": "A"} | counts
