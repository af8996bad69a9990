"""Cards as their holders and the platform see them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import Select, String, case, cast, func, literal, select
from sqlalchemy.ext.asyncio import AsyncSession

from domain.base import Columns, NotFound, RowDict, Viewer, ViewerKind, page_offset, pick
from domain.bearer import giving as gifts
from domain.cards.batches import BATCH, NONE, only_platform
from domain.cards.binding import NO_CARD
from domain.cards.buying import PURCHASE
from domain.cards.log import CARD, LINKS, LOTS
from domain.statements import ManyBy
from models.cards import (
    Card,
    CardBatch,
    CardBatchKind,
    CardBatchState,
    CardEvent,
    CardGift,
    CardHold,
    CardHoldState,
    CardPurchase,
    CardState,
)
from models.ledger import AccountKind, LedgerAccount, LedgerEntry
from models.members import Member

LOG = select(CardEvent.__table__, (-CardEvent.__table__.c.position).label("latest"))
#: What happened to each card, the newest first.
events_by_card = ManyBy(LOG.subquery("card_log"), "card_id", order_by=("latest",))
#: The same since it is its holder's: what those before him did with it is not his to read.
own_events_by_card = ManyBy(
    LOG.join(Card, Card.id == CardEvent.card_id).where(CardEvent.created_at >= Card.bound_at).subquery("own_card_log"),
    "card_id",
    order_by=("latest",),
)
GIFT = CardGift.__table__.c
# Columns that a card always has about it.
KEYS = ("id", "issuer_id", "holder_id")


# ------------------------------------------------------------------------------------------------ buyers
def _cards(columns: Columns) -> Select[Any]:
    extra = [each for name, each in (("name", BATCH.name), ("gift_until", LINKS.is_open())) if name in columns]
    return select(*pick(Card, columns, *KEYS), *extra).join(CardBatch, BATCH.id == CARD.batch_id)


async def mine(session: AsyncSession, viewer: Viewer, page: int, size: int, columns: Columns) -> Sequence[RowDict]:
    """The viewer's cards, those that can pay first; of those what runs out first."""
    ended = case((CARD.state == CardState.ACTIVE, 0), (CARD.state == CardState.FROZEN, 1), else_=2)
    chosen = _cards(columns).where(CARD.holder_id == viewer.member_id)
    chosen = chosen.order_by(ended, CARD.balance == 0, CARD.expires_at.asc().nulls_last(), CARD.id)
    rows = await session.execute(chosen.offset(page_offset(page, size)).limit(size))
    return [dict(row) for row in rows.mappings()]


async def own_card(session: AsyncSession, viewer: Viewer, id: UUID, columns: Columns) -> RowDict:
    """One of the viewer's."""
    row = (await session.execute(_cards(columns).where(CARD.id == id))).mappings().first()
    if row is None or row["holder_id"] != viewer.member_id:
        raise NotFound(NO_CARD)
    return dict(row)


async def for_sale(session: AsyncSession, columns: Columns) -> Sequence[RowDict]:
    """What can be bought now, the least worth first."""
    there = BATCH.kind == CardBatchKind.ONLINE, BATCH.state == CardBatchState.OPEN, BATCH.made < BATCH.total
    chosen = select(*pick(CardBatch, columns, "id")).where(*there).order_by(BATCH.face, BATCH.id).limit(50)
    return [dict(row) for row in (await session.execute(chosen)).mappings()]


async def own_purchase(session: AsyncSession, viewer: Viewer, id: UUID, columns: Columns) -> RowDict:
    chosen = select(*pick(CardPurchase, columns, "id"))
    mine = PURCHASE.id == id, PURCHASE.member_id == viewer.member_id
    row = (await session.execute(chosen.where(*mine))).mappings().first()
    if row is None:
        raise NotFound("没有这笔购卡订单")
    return dict(row)


async def offered(session: AsyncSession, token: str) -> RowDict:
    """A card on its way, for whoever has the link: no code, no number, nobody's whole name."""
    chosen = select(GIFT.words, GIFT.state, GIFT.expires_at, CARD.face, CARD.balance, CARD.named, CARD.issuer_id)
    chosen = chosen.add_columns(BATCH.name, func.concat(func.left(Member.nickname, 1), "**").label("giver"))
    chosen = chosen.join_from(CardGift, Card, CARD.id == GIFT.card_id).join(CardBatch, BATCH.id == CARD.batch_id)
    chosen = chosen.join(Member, Member.id == GIFT.giver_id).where(LINKS.of_token(token))
    row = (await session.execute(chosen)).mappings().first()
    return gifts.shown(None if row is None else dict(row))


# ------------------------------------------------------------------------------------------------ platform
def _batches(columns: Columns) -> Select[Any]:
    chosen = select(*pick(CardBatch, columns, "id", "issuer_id"))
    if not {"bound", "liability", "spent"} & columns:
        return chosen
    sums = select(
        func.count().filter(CARD.holder_id.is_not(None)).label("bound"),
        func.coalesce(func.sum(CARD.balance), 0).label("liability"),
    )
    found = sums.where(CARD.batch_id == BATCH.id).correlate(CardBatch).lateral("sums")
    hold = CardHold.__table__.c
    spent = select(func.coalesce(func.sum(hold.amount - hold.returned), 0)).join(Card, CARD.id == hold.card_id)
    spent = spent.where(CARD.batch_id == BATCH.id, hold.state == CardHoldState.SPENT).correlate(CardBatch)
    chosen = chosen.add_columns(found.c.bound, found.c.liability, spent.scalar_subquery().label("spent"))
    return chosen.join(found, literal(True))


async def batches(
    session: AsyncSession, viewer: Viewer, page: int, size: int, columns: Columns
) -> tuple[Sequence[RowDict], int]:
    """All batches, the newest first, with what became of their cards."""
    only_platform(viewer)
    chosen = _batches(columns).order_by(BATCH.created_at.desc(), BATCH.id.desc())
    rows = await session.execute(chosen.offset(page_offset(page, size)).limit(size))
    total = await session.scalar(select(func.count()).select_from(CardBatch))
    return [dict(row) for row in rows.mappings()], total or 0


async def batch(session: AsyncSession, viewer: Viewer, id: UUID, columns: Columns) -> RowDict:
    only_platform(viewer)
    row = (await session.execute(_batches(columns).where(BATCH.id == id))).mappings().first()
    if row is None:
        raise NotFound(NONE)
    return dict(row)


def _console(columns: Columns) -> Select[Any]:
    holder = func.coalesce(func.left(Member.nickname, 1) + "**", literal("")).label("holder")
    chosen = select(*pick(Card, columns, *KEYS), BATCH.name, holder)
    chosen = chosen.join(CardBatch, BATCH.id == CARD.batch_id)
    return chosen.join(Member, Member.id == CARD.holder_id, isouter=True)


async def lots(
    session: AsyncSession, viewer: Viewer, batch_id: UUID, page: int, size: int, columns: Columns
) -> tuple[Sequence[RowDict], int]:
    """What of a batch was handed out, the latest first."""
    only_platform(viewer)
    return await LOTS.page(session, [LOTS.columns.batch_id == batch_id], page, size, columns)


@dataclass(frozen=True)
class Looked:
    """Which cards the console looks for: of a batch, of a lot, by the end of the code."""

    batch_id: UUID | None = None
    lot_id: UUID | None = None
    last4: str | None = None


async def console_cards(
    session: AsyncSession, viewer: Viewer, looked: Looked, page: int, size: int, columns: Columns
) -> tuple[Sequence[RowDict], int]:
    """Cards, the newest first."""
    only_platform(viewer)
    where = [CARD.batch_id == looked.batch_id] if looked.batch_id else []
    where += [CARD.lot_id == looked.lot_id] if looked.lot_id else []
    where += [CARD.last4 == cast(looked.last4.strip().upper()[:4], String)] if looked.last4 else []
    chosen = _console(columns).where(*where).order_by(CARD.created_at.desc(), CARD.id.desc())
    rows = await session.execute(chosen.offset(page_offset(page, size)).limit(size))
    total = await session.scalar(select(func.count()).select_from(Card).where(*where))
    return [dict(row) for row in rows.mappings()], total or 0


async def console_card(session: AsyncSession, viewer: Viewer, id: UUID, columns: Columns) -> RowDict:
    only_platform(viewer)
    row = (await session.execute(_console(columns).where(CARD.id == id))).mappings().first()
    if row is None:
        raise NotFound(NO_CARD)
    return dict(row)


@dataclass(frozen=True)
class Liability:
    """What is owed to holders, fen by fen from the cards, and what the ledger says of it."""

    owed: int
    booked: int
    unbound: int
    cards: int
    sold: int


async def liability(session: AsyncSession, viewer: Viewer) -> Liability:
    """In one statement, so that both sides are of one moment."""
    if viewer.kind is not ViewerKind.PLATFORM:
        only_platform(viewer)
    unbound = func.sum(CARD.balance).filter(CARD.holder_id.is_(None))
    chosen = select(func.coalesce(func.sum(CARD.balance), 0), func.coalesce(unbound, 0), func.count())
    chosen = chosen.add_columns(_booked(AccountKind.GIFTCARD_LIABILITY), _booked(AccountKind.CARD_SALES))
    owed, free, many, booked, sold = (await session.execute(chosen)).one()
    return Liability(int(owed), int(booked), int(free), int(many), int(sold))


def _booked(kind: AccountKind) -> Any:
    entry, account = LedgerEntry.__table__.c, LedgerAccount.__table__.c
    chosen = select(func.coalesce(-func.sum(entry.amount), 0)).join_from(
        LedgerEntry, LedgerAccount, account.id == entry.account_id
    )
    return chosen.where(account.kind == kind).scalar_subquery()
