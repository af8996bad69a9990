"""Stories as the searches know them."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.dialects.postgresql import aggregate_order_by
from sqlalchemy.ext.asyncio import AsyncSession

from domain.base import among
from domain.catalog.pages import PageRow
from domain.community.opening import is_open
from domain.community.showing import ON_PAGE
from models.community import Post, PostGood, PostWords
from models.merchants import Region

POST, WORDS, GOOD, REGION = Post.__table__.c, PostWords.__table__.c, PostGood.__table__.c, Region.__table__.c
# Who looks for a story remembers how it begins; the rest of a long one costs the index more than it finds.
MOST_ABOUT = 400


async def posts(session: AsyncSession, targets: Collection[str] | None) -> list[PageRow]:
    """Stories on the page, all or those among `targets`; found by title, place, linked goods and how they begin."""
    if not is_open():
        return []
    titles = func.array_agg(aggregate_order_by(GOOD.title, GOOD.position))
    goods = select(titles).where(GOOD.words_id == WORDS.id).correlate(PostWords).scalar_subquery()
    about = func.left(WORDS.text, MOST_ABOUT)
    chosen = select(POST.id, WORDS.title, REGION.full_name, goods, about, POST.like_count)
    chosen = chosen.join(PostWords, WORDS.id == POST.words_id).outerjoin(Region, REGION.code == WORDS.region_code)
    chosen = chosen.where(ON_PAGE)
    if targets is not None:
        chosen = chosen.where(among(Post, "id", [UUID(target) for target in targets]))
    rows = await session.execute(chosen)
    return [
        PageRow(str(id), title, (title,), begins, likes, also=tuple(filter(None, (place, *(names or ())))))
        for id, title, place, names, begins, likes in rows
    ]
