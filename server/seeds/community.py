"""What people of the demo tell of the region: stories with the demo's drawn pictures, read by the platform's own desk,
with likes and comments of others below them. Written by the rules, so 已购 stands only where an order says so."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any
from uuid import UUID

from sqlalchemy import select, update

from domain import community, moderation
from domain.base import SHANGHAI, UnitOfWork, Viewer, ViewerKind
from domain.community import WantedPost
from domain.members.permissions import Permission
from models.catalog import ProductState
from models.community import Post
from models.moderation import CheckState, CheckSubject, ContentCheck
from models.orders import OrderState
from server.media import StoredPicture
from server.seeds.catalogue import goods
from server.seeds.ids import dice_for
from server.seeds.people import PHONELESS, Buyer, buyers, staff_id
from server.seeds.trading import plan

FILE = Path(__file__).parent / "data" / "community.toml"
DESK = Viewer(
    ViewerKind.PLATFORM,
    staff_id("operator"),
    "平台运营",
    permissions=frozenset({Permission.PLATFORM_CONTENT.value}),
)


@dataclass(frozen=True)
class Story:
    """One story as the file has it: goods by their keys, pictures as `<good>/<view>`."""

    key: str
    title: str
    text: str
    place: str
    goods: Sequence[str]
    pictures: Sequence[str]
    comments: Sequence[str]
    days_ago: int


@cache
def stories() -> tuple[Story, ...]:
    read: list[dict[str, Any]] = tomllib.loads(FILE.read_text(encoding="utf-8"))["story"]
    return tuple(Story(**each) for each in read)


def request_key(key: str) -> str:
    """Under which a story of the demo was written: its id is another one in each mall."""
    return f"demo-story-{key}"


def pictures_of(drawn: Mapping[str, StoredPicture]) -> list[StoredPicture]:
    """Pictures of goods that stories show, too: they lie apart, since stories can be taken away."""
    return [drawn[f"product/{name}"] for story in stories() for name in story.pictures]


async def add_stories(uow: UnitOfWork, drawn: Mapping[str, StoredPicture], now: datetime) -> None:
    had = _had(now)
    for place, story in enumerate(stories()):
        author = had.get(story.goods[0]) or tellers()[place]
        shown = [drawn[f"product/{name}"] for name in story.pictures]
        for picture in shown:
            await moderation.record_posted(uow, _viewer(author), **vars(picture))
        await _tell(uow, author, story, [picture.key for picture in shown], now)


def _had(now: datetime) -> dict[str, Buyer]:
    """Somebody who bought and received each of the goods."""
    orders = ((trade.buyer, order) for trade in plan(now) for order in trade.orders)
    received = ((buyer, order) for buyer, order in orders if order.state is OrderState.COMPLETED)
    return {line.good.key: buyer for buyer, order in received if buyer in tellers() for line in order.lines}


def _linked(story: Story, now: datetime) -> list[UUID]:
    """The goods of a story that are on sale this month, or that its author has bought."""
    known, had = {good.key: good for good in goods()}, _had(now)
    month = now.astimezone(SHANGHAI).month
    selling = [key for key in story.goods if known[key].state_in(month) is ProductState.ON_SALE]
    return [known[key].id for key in story.goods if key in selling or (key == story.goods[0] and key in had)]


@cache
def tellers() -> tuple[Buyer, ...]:
    """Who may write: nobody does whose phone is unknown."""
    return tuple(buyer for buyer in buyers() if buyer.number not in PHONELESS)


def _viewer(buyer: Buyer) -> Viewer:
    return Viewer(ViewerKind.MEMBER, buyer.id, buyer.nickname)


async def _tell(uow: UnitOfWork, author: Buyer, story: Story, keys: list[str], now: datetime) -> None:
    wanted = WantedPost(story.title, story.text, keys, story.place, _linked(story, now))
    id = await community.write(uow, _viewer(author), request_key(story.key), wanted)
    await _pass(uow, CheckSubject.POST)
    told = now - timedelta(days=story.days_ago)
    table = Post.__table__.c
    await uow.session.execute(update(Post).where(table.id == id).values(created_at=told, published_at=told))
    others = [buyer for buyer in tellers() if buyer.id != author.id]
    dice = dice_for(f"story{story.title}")
    for reader in dice.sample(others, dice.randint(2, 14)):
        await community.like(uow, _viewer(reader), id, liked=True)
    for reader, words in zip(dice.sample(others, len(story.comments)), story.comments, strict=True):
        await community.comment(uow, _viewer(reader), id, f"{request_key(story.key)}-{reader.number}", words)
        await _pass(uow, CheckSubject.COMMENT)


async def _pass(uow: UnitOfWork, subject: CheckSubject) -> None:
    """The platform's desk reads what waits, and lets it through."""
    table = ContentCheck.__table__.c
    waiting = select(table.id, table.subject_id).where(table.subject == subject, table.decided_at.is_(None))
    rows: list[Any] = list(await uow.session.execute(waiting))
    for id, subject_id in rows:
        await moderation.decide(uow, DESK, id, passed=True, note="")
        await community.record_verdict(uow, subject, subject_id, CheckState.PASSED)
