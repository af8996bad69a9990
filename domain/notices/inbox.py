"""Inboxes: written once, read by whoever may see what a notice is about, forgotten after ninety days."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import ColumnElement, delete, func, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from domain.base import (
    Columns,
    Forbidden,
    Invalid,
    RowDict,
    UnitOfWork,
    Viewer,
    ViewerKind,
    among,
    clock,
    page_offset,
    page_size,
    pick,
)
from domain.members.permissions import Permission as P
from domain.notices.buyers import TOLD
from domain.notices.composing import HEARD
from domain.notices.drafts import Draft
from domain.notices.ending import ending
from domain.statements import OneBy
from models.base import new_id
from models.notices import Notice, NoticeKind

KEPT = timedelta(days=90)
MOST_AT_ONCE, MOST_WRITTEN, MOST_FORGOTTEN = 100, 500, 5_000
TABLE = Notice.__table__.c
K = NoticeKind
#: Who is told of what: nobody reads in the inbox what he may not see on its page.
FOR: Mapping[NoticeKind, P] = {
    K.STOCK_LOW: P.MERCHANT_PRODUCTS_READ,
    K.AFTER_SALE_OPENED: P.MERCHANT_AFTERSALES,
    K.AFTER_SALE_RETURNED: P.MERCHANT_AFTERSALES,
    K.REVIEW_POOR: P.MERCHANT_REVIEWS,
    K.PAYOUT_FAILED: P.MERCHANT_FUNDS_READ,
    K.PAYOUT_BOUNCED: P.MERCHANT_FUNDS_READ,
    K.PRODUCT_APPROVED: P.MERCHANT_PRODUCTS_READ,
    K.PRODUCT_REJECTED: P.MERCHANT_PRODUCTS_READ,
    K.PRODUCT_FROZEN: P.MERCHANT_PRODUCTS_READ,
    K.CHANGE_APPLIED: P.MERCHANT_PRODUCTS_READ,
    K.CHANGE_REJECTED: P.MERCHANT_PRODUCTS_READ,
    K.LOT_RECALLED: P.MERCHANT_PRODUCTS_READ,
    K.REFUND_SHORT: P.MERCHANT_FUNDS_READ,
    K.PICKUP_DUE: P.MERCHANT_ORDERS_SHIP,
    K.CAMPAIGN_ACCEPTED: P.MERCHANT_PROMOTIONS,
    K.CAMPAIGN_DECLINED: P.MERCHANT_PROMOTIONS,
    K.CAMPAIGN_REMOVED: P.MERCHANT_PROMOTIONS,
    K.CASE_ESCALATED: P.PLATFORM_AFTERSALES,
    K.BILL_DIFFERS: P.PLATFORM_LEDGER,
    K.PAYMENT_DISPUTED: P.PLATFORM_FUNDS,
    K.SETTLEMENT_STUCK: P.PLATFORM_LEDGER,
    K.PIECE_COPIED: P.PLATFORM_TRACES_READ,
    K.REFUND_ABNORMAL: P.PLATFORM_FUNDS,
}

notices_by_id = OneBy(Notice.__table__, "id", always=frozenset({"merchant_id", "member_id"}))


class Written(NamedTuple):
    """A notice that is new: whose inbox it is in, and which."""

    merchant_id: UUID | None
    id: UUID


async def write(uow: UnitOfWork, fact: str, payload: Mapping[str, Any]) -> Written | None:
    """Puts into an inbox what is to be told of a fact; None where nothing is, or where it was told before."""
    draft = await HEARD[fact](uow.session, payload)
    if draft is None:
        return None
    added = insert(Notice).values(_rows([draft])).on_conflict_do_nothing().returning(TABLE.id)
    id = await uow.session.scalar(added)
    return None if id is None else Written(draft.merchant_id, id)


async def write_to_members(uow: UnitOfWork, fact: str, payload: Mapping[str, Any]) -> Sequence[UUID]:
    """Puts into members' inboxes what is to be told of a fact; answers which notices are new."""
    return await _add(uow, await TOLD[fact](uow.session, payload))


async def write_ending(uow: UnitOfWork) -> Sequence[UUID]:
    """Tells the next members what of theirs ends soon; answers which notices are new."""
    return await _add(uow, await ending(uow.session))


async def _add(uow: UnitOfWork, drafts: Sequence[Draft]) -> Sequence[UUID]:
    # In one order everywhere: two relays that write the same wait for each other and for nothing else.
    ordered = sorted(drafts, key=lambda draft: (draft.member_id, draft.source))
    new: list[UUID] = []
    for start in range(0, len(ordered), MOST_WRITTEN):
        added = insert(Notice).values(_rows(ordered[start : start + MOST_WRITTEN])).on_conflict_do_nothing()
        new += (await uow.session.scalars(added.returning(TABLE.id))).all()
    return new


def _rows(drafts: Sequence[Draft]) -> list[dict[str, Any]]:
    now = clock.now()
    return [{"id": new_id(), "created_at": now, **vars(draft)} for draft in drafts]


# ------------------------------------------------------------------------------------------------ reading
def _of(viewer: Viewer) -> list[ColumnElement[bool]]:
    """The viewer's own inbox, or that of the viewer's house as far as the viewer may see what it tells of."""
    fresh = TABLE.created_at > clock.now() - KEPT
    if viewer.kind is ViewerKind.MEMBER:
        return [TABLE.member_id == viewer.member_id, fresh]
    if viewer.kind is ViewerKind.MERCHANT:
        whose = TABLE.merchant_id == viewer.shop_id
    elif viewer.kind is ViewerKind.PLATFORM:
        whose = TABLE.merchant_id.is_(None) & TABLE.member_id.is_(None)
    else:
        raise Forbidden("登录后可以查看消息")
    seen = [kind for kind, permission in FOR.items() if permission in viewer.permissions]
    return [whose, TABLE.kind.in_(seen), fresh]


def sees(viewer: Viewer, notice: RowDict) -> bool:
    """Whether a notice lies in the inbox of the viewer's house; what it says is read by `page` alone."""
    if viewer.kind is ViewerKind.MERCHANT:
        return bool(notice["merchant_id"] == viewer.merchant_id)
    return viewer.kind is ViewerKind.PLATFORM and notice["merchant_id"] is None and notice["member_id"] is None


async def page(
    session: AsyncSession, viewer: Viewer, unread_only: bool, page: int, size: int, columns: Columns
) -> tuple[Sequence[RowDict], int]:
    """A page of the viewer's inbox, the newest first, and how many there are."""
    where = [*_of(viewer), *([TABLE.read_at.is_(None)] if unread_only else [])]
    chosen = select(*pick(Notice, columns, "id")).where(*where).order_by(TABLE.created_at.desc(), TABLE.id.desc())
    rows = await session.execute(chosen.offset(page_offset(page, size)).limit(page_size(size, field="size")))
    total = await session.scalar(select(func.count()).select_from(Notice).where(*where))
    return [dict(row) for row in rows.mappings()], total or 0


async def unread(session: AsyncSession, viewer: Viewer) -> int:
    """How many of the viewer's notices nobody has read."""
    counted = select(func.count()).select_from(Notice).where(*_of(viewer), TABLE.read_at.is_(None))
    return await session.scalar(counted) or 0


async def mark_read(uow: UnitOfWork, viewer: Viewer, ids: Sequence[UUID] | None) -> None:
    """These, or all there are, are read; who read one first stays. What is not the viewer's is left alone."""
    if ids is not None and len(ids) > MOST_AT_ONCE:
        raise Invalid(f"一次最多 {MOST_AT_ONCE} 条", field="ids")
    where = [*_of(viewer), TABLE.read_at.is_(None), *([] if ids is None else [among(Notice, "id", ids)])]
    read = {"read_at": clock.now(), "read_by": _reader(viewer)}
    await uow.session.execute(update(Notice).where(*where).values(read))


def _reader(viewer: Viewer) -> str:
    """Of the staff it is said who; a member reads what nobody else sees."""
    return "本人" if viewer.kind is ViewerKind.MEMBER else viewer.name[:60] or "工作人员"


async def forget(uow: UnitOfWork) -> int:
    """Takes away what is older than ninety days, some thousand at once; answers how many."""
    old = select(TABLE.id).where(TABLE.created_at <= clock.now() - KEPT).limit(MOST_FORGOTTEN)
    gone = await uow.session.execute(delete(Notice).where(TABLE.id.in_(old.scalar_subquery())).returning(TABLE.id))
    return len(gone.all())
