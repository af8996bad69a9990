"""What members, shops and the platform read of vouchers, only the columns that were asked for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, String, case, cast, func, literal, select
from sqlalchemy.ext.asyncio import AsyncSession

from domain.base import Columns, NotFound, RowDict, Viewer, ViewerKind, page_offset, pick
from domain.bearer import giving
from domain.statements import ManyBy, OneBy
from domain.vouchers.batches import BATCH, NONE
from domain.vouchers.binding import NO_VOUCHER
from domain.vouchers.door import redeemable
from domain.vouchers.log import LINKS, LOTS, VOUCHER
from models.ledger import AccountKind, LedgerAccount, LedgerEntry
from models.members import Member
from models.vouchers import (
    Voucher,
    VoucherBatch,
    VoucherBatchKind,
    VoucherEvent,
    VoucherGift,
    VoucherHold,
    VoucherSku,
    VoucherState,
)

GIFT = VoucherGift.__table__.c
TOLD = select(VoucherEvent.__table__, (-VoucherEvent.__table__.c.position).label("latest"))
#: What happened to each voucher, the newest first.
events_by_voucher = ManyBy(TOLD.subquery("voucher_log"), "voucher_id", order_by=("latest",))
#: The same since it is its holder's: what those before him did with it is not his to read.
own_events_by_voucher = ManyBy(
    TOLD.join(Voucher, Voucher.id == VoucherEvent.voucher_id)
    .where(VoucherEvent.created_at >= Voucher.bound_at)
    .subquery("own_voucher_log"),
    "voucher_id",
    order_by=("latest",),
)
#: What each batch is good for.
skus_by_batch = ManyBy(VoucherSku.__table__, "batch_id", order_by=("sku_id",))
KEYS = ("id", "batch_id", "merchant_id", "holder_id")
# Of the batch, what its rules are made of.
RULES = ("kind", "freight", "valid_from", "valid_until", "note")


# ------------------------------------------------------------------------------------------------ holders
def _vouchers(columns: Columns) -> Select[Any]:
    of_batch = [BATCH[name] for name in ("name", *RULES) if name in columns]
    link = [LINKS.is_open()] if "gift_until" in columns else []
    return select(*pick(Voucher, columns, *KEYS), *of_batch, *link).join(VoucherBatch, BATCH.id == VOUCHER.batch_id)


#: What each order took of its voucher.
holds_by_order = OneBy(VoucherHold.__table__, "order_id")


async def mine(session: AsyncSession, viewer: Viewer, page: int, size: int, columns: Columns) -> Sequence[RowDict]:
    """The viewer's vouchers, those that can be redeemed first; of those what runs out first."""
    order = {VoucherState.ACTIVE: 0, VoucherState.EXPIRED: 1, VoucherState.FROZEN: 2, VoucherState.REFUNDING: 3}
    chosen = _vouchers(columns).where(VOUCHER.holder_id == viewer.member_id)
    chosen = chosen.order_by(case(order, value=VOUCHER.state, else_=4), VOUCHER.expires_at, VOUCHER.id)
    rows = await session.execute(chosen.offset(page_offset(page, size)).limit(size))
    return [dict(row) for row in rows.mappings()]


async def own_voucher(session: AsyncSession, viewer: Viewer, id: UUID, columns: Columns) -> RowDict:
    """One of the viewer's."""
    row = (await session.execute(_vouchers(columns).where(VOUCHER.id == id))).mappings().first()
    if row is None or row["holder_id"] != viewer.member_id:
        raise NotFound(NO_VOUCHER)
    return dict(row)


async def to_redeem(session: AsyncSession, viewer: Viewer, id: UUID) -> RowDict:
    """One of the viewer's, with all that must be known to redeem it."""
    row = (await session.execute(redeemable().where(VOUCHER.id == id))).mappings().first()
    if row is None or row["holder_id"] != viewer.member_id:
        raise NotFound(NO_VOUCHER, field="voucherId")
    return dict(row)


async def offered(session: AsyncSession, token: str) -> RowDict:
    """A voucher on its way, for whoever has the link: no code, no number, nobody's whole name."""
    chosen = select(GIFT.words, GIFT.state, GIFT.expires_at, VOUCHER.balance, VOUCHER.batch_id, VOUCHER.merchant_id)
    chosen = chosen.add_columns(VOUCHER.expires_at.label("valid_until"), BATCH.name)
    chosen = chosen.add_columns(func.concat(func.left(Member.nickname, 1), "**").label("giver"))
    chosen = chosen.join_from(VoucherGift, Voucher, VOUCHER.id == GIFT.voucher_id)
    chosen = chosen.join(VoucherBatch, BATCH.id == VOUCHER.batch_id).join(Member, Member.id == GIFT.giver_id)
    row = (await session.execute(chosen.where(LINKS.of_token(token)))).mappings().first()
    return giving.shown(None if row is None else dict(row))


# ------------------------------------------------------------------------------------------------ consoles
def _own(viewer: Viewer, merchant_id: ColumnElement[UUID]) -> list[ColumnElement[bool]]:
    """A shop sees its own, the platform all of them."""
    return [] if viewer.kind is ViewerKind.PLATFORM else [merchant_id == viewer.shop_id]


def _batches(columns: Columns) -> Select[Any]:
    chosen = select(*pick(VoucherBatch, columns, "id", "merchant_id"))
    if not {"bound", "owed", "left", "redeemed"} & columns:
        return chosen
    sums = select(
        func.count().filter(VOUCHER.holder_id.is_not(None)).label("bound"),
        func.coalesce(func.sum(VOUCHER.balance), 0).label("left"),
        func.coalesce(func.sum(VOUCHER.balance * VOUCHER.value), 0).label("owed"),
    )
    found = sums.where(VOUCHER.batch_id == BATCH.id).correlate(VoucherBatch).lateral("sums")
    hold = VoucherHold.__table__.c
    redeemed = select(func.coalesce(func.sum(hold.units - hold.returned), 0)).where(hold.state == "SPENT")
    redeemed = redeemed.join_from(VoucherHold, Voucher, VOUCHER.id == hold.voucher_id)
    redeemed = redeemed.where(VOUCHER.batch_id == BATCH.id).correlate(VoucherBatch)
    chosen = chosen.add_columns(found.c.bound, found.c["left"], found.c.owed)
    return chosen.add_columns(redeemed.scalar_subquery().label("redeemed")).join(found, literal(True))


async def batches(
    session: AsyncSession, viewer: Viewer, page: int, size: int, columns: Columns
) -> tuple[Sequence[RowDict], int]:
    """The viewer's batches, the newest first, with what became of their vouchers."""
    own = _own(viewer, BATCH.merchant_id)
    chosen = _batches(columns).where(*own).order_by(BATCH.created_at.desc(), BATCH.id.desc())
    rows = await session.execute(chosen.offset(page_offset(page, size)).limit(size))
    total = await session.scalar(select(func.count()).select_from(VoucherBatch).where(*own))
    return [dict(row) for row in rows.mappings()], total or 0


async def batch(session: AsyncSession, viewer: Viewer, id: UUID, columns: Columns) -> RowDict:
    chosen = _batches(columns).where(BATCH.id == id, *_own(viewer, BATCH.merchant_id))
    row = (await session.execute(chosen)).mappings().first()
    if row is None:
        raise NotFound(NONE)
    return dict(row)


def _console(columns: Columns) -> Select[Any]:
    holder = func.coalesce(func.left(Member.nickname, 1) + "**", literal("")).label("holder")
    chosen = select(*pick(Voucher, columns, *KEYS), BATCH.name, BATCH.kind, holder)
    chosen = chosen.join(VoucherBatch, BATCH.id == VOUCHER.batch_id)
    return chosen.join(Member, Member.id == VOUCHER.holder_id, isouter=True)


async def lots(
    session: AsyncSession, viewer: Viewer, batch_id: UUID, page: int, size: int, columns: Columns
) -> tuple[Sequence[RowDict], int]:
    """What of a batch of the viewer's was handed out, the latest first."""
    mine = select(BATCH.id).where(BATCH.id == batch_id, *_own(viewer, BATCH.merchant_id)).scalar_subquery()
    return await LOTS.page(session, [LOTS.columns.batch_id == mine], page, size, columns)


@dataclass(frozen=True)
class Looked:
    """Which vouchers a console looks for: of a batch or a lot, by the end of the code, or that wait for their money."""

    batch_id: UUID | None = None
    lot_id: UUID | None = None
    last4: str | None = None
    refunding: bool = False


async def console_vouchers(
    session: AsyncSession, viewer: Viewer, looked: Looked, page: int, size: int, columns: Columns
) -> tuple[Sequence[RowDict], int]:
    """Vouchers of the viewer's, the newest first."""
    where = _own(viewer, VOUCHER.merchant_id)
    where += [VOUCHER.batch_id == looked.batch_id] if looked.batch_id else []
    where += [VOUCHER.lot_id == looked.lot_id] if looked.lot_id else []
    where += [VOUCHER.last4 == cast(looked.last4.strip().upper()[:4], String)] if looked.last4 else []
    where += [VOUCHER.state == VoucherState.REFUNDING] if looked.refunding else []
    chosen = _console(columns).where(*where).order_by(VOUCHER.created_at.desc(), VOUCHER.id.desc())
    rows = await session.execute(chosen.offset(page_offset(page, size)).limit(size))
    total = await session.scalar(select(func.count()).select_from(Voucher).where(*where))
    return [dict(row) for row in rows.mappings()], total or 0


async def console_voucher(session: AsyncSession, viewer: Viewer, id: UUID, columns: Columns) -> RowDict:
    chosen = _console(columns).where(VOUCHER.id == id, *_own(viewer, VOUCHER.merchant_id))
    row = (await session.execute(chosen)).mappings().first()
    if row is None:
        raise NotFound(NO_VOUCHER)
    return dict(row)


@dataclass(frozen=True)
class Liability:
    """What is owed to holders at the worth of its pieces, and what the ledger says of all of it."""

    owed: int
    booked: int
    unbound: int
    pieces: int
    # Of it what shops have to deliver that were paid themselves.
    by_shops: int


async def liability(session: AsyncSession, viewer: Viewer) -> Liability:
    """In one statement, so that both sides are of one moment. For the platform."""
    if viewer.kind is not ViewerKind.PLATFORM:
        raise NotFound(NO_VOUCHER)
    worth = VOUCHER.balance * VOUCHER.value
    chosen = select(func.coalesce(func.sum(worth), 0), _booked(AccountKind.VOUCHER_LIABILITY))
    chosen = chosen.add_columns(func.coalesce(func.sum(worth).filter(VOUCHER.holder_id.is_(None)), 0))
    chosen = chosen.add_columns(func.coalesce(func.sum(VOUCHER.balance), 0))
    theirs = func.sum(worth).filter(BATCH.kind == VoucherBatchKind.SHOP)
    chosen = chosen.add_columns(func.coalesce(theirs, 0)).join_from(Voucher, VoucherBatch, BATCH.id == VOUCHER.batch_id)
    return Liability(*(int(each) for each in (await session.execute(chosen)).one()))


def _booked(kind: AccountKind) -> Any:
    entry, account = LedgerEntry.__table__.c, LedgerAccount.__table__.c
    chosen = select(func.coalesce(-func.sum(entry.amount), 0)).join_from(
        LedgerEntry, LedgerAccount, account.id == entry.account_id
    )
    return chosen.where(account.kind == kind).scalar_subquery()
