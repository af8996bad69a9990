"""What many people asked for, what the search desk decided about it, what is told: one of each, then twenty."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import insert

from domain.base import UnitOfWork, clock
from domain.catalog import asked, tuning
from domain.catalog.finding import Arm, Picks
from models.base import new_id
from models.notices import Notice, NoticeKind
from models.search import SearchCount, SearchExperiment, SearchExperimentDay
from tests.factories.merchants import operator


async def heard_of(uow: UnitOfWork, shop: Any, member: Any, product: UUID, numbers: range) -> None:
    """Of everything here as many as there are numbers."""
    await _wanted_words(uow, product, numbers)
    await _compared(uow, numbers)
    await _told(uow, shop, member, numbers)


async def _wanted_words(uow: UnitOfWork, product: UUID, numbers: range) -> None:
    """As many hot words, words that found nothing, groups of synonyms and picked products as there are numbers."""
    hot = [_asked(f"热词{n}", shown=asked.HOT_LEAST + 2, empty=0) for n in numbers]
    nothing = [_asked(f"没有的词{n}", shown=3, empty=3) for n in numbers]
    await uow.session.execute(insert(SearchCount), hot + nothing)
    for n in numbers:
        await tuning.add_synonyms(uow, operator(), [f"甲名{n}", f"乙名{n}"])
        await tuning.save_picks(uow, operator(), f"热词{n}", Picks((product,)))


async def _compared(uow: UnitOfWork, numbers: range) -> None:
    """An experiment for each number, of which the first one of all still runs; each with a day of both arms."""
    now = clock.now()
    for n in numbers:
        over = None if n == 0 else now
        row = {"id": new_id(), "name": f"实验{n}", "weights": {"pinyin": 0.8}, "share": 50, "started_at": now}
        row |= {"ends_at": now + timedelta(days=7), "stopped_at": over, "created_at": now}
        await uow.session.execute(insert(SearchExperiment).values(row))
        day = {"experiment_id": row["id"], "day": clock.today(), "shown": 3, "empty": 1, "followed": 1}
        days = [{**day, "arm": arm, "opened": 1, "positions": 2} for arm in Arm]
        await uow.session.execute(insert(SearchExperimentDay), days)


def _asked(words: str, *, shown: int, empty: int) -> dict[str, object]:
    counts = {"shown": shown, "empty": empty, "clicked": 0, "positions": 0}
    return {"day": clock.today(), "words": words, "ranking": "A"} | counts


async def _told(uow: UnitOfWork, shop: Any, member: Any, numbers: range) -> None:
    """A notice of each number for the shop, one for the platform and one for the buyer."""
    kinds = [(shop, None, NoticeKind.STOCK_LOW), (None, None, NoticeKind.BILL_DIFFERS)]
    kinds += [(None, member, NoticeKind.COUPONS_ENDING)]
    words = {"title": "标题", "text": "内容", "created_at": clock.now()}
    rows = [
        {"id": new_id(), "merchant_id": shop_id, "member_id": member_id, "kind": kind, "source": f"told:{n}", **words}
        for n in numbers
        for shop_id, member_id, kind in kinds
    ]
    await uow.session.execute(insert(Notice).values(rows))
