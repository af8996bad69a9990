"""The platform's desk: what a machine could not decide, what readers reported, what authors appeal against."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import func, select, update
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from domain import audit
from domain.base import (
    Columns,
    Conflict,
    NotFound,
    RowDict,
    UnitOfWork,
    Viewer,
    WrongState,
    clean_text,
    clock,
    page_offset,
    pick,
)
from domain.moderation.checking import ContentJudged
from domain.statements import ManyBy, OneBy
from models.base import new_id
from models.moderation import (
    AppealState,
    CheckedPicture,
    CheckState,
    ContentAppeal,
    ContentCheck,
    ContentReport,
    MarkSubject,
    ReportReason,
)

CHECK, REPORT, APPEAL = ContentCheck.__table__.c, ContentReport.__table__.c, ContentAppeal.__table__.c

checks_by_id = OneBy(ContentCheck.__table__, "id")
pictures_by_check = ManyBy(CheckedPicture.__table__, "check_id", order_by=("position",), always=frozenset({"key"}))


class ContentDesk(StrEnum):
    """What lies on the desk, by what is to be done with it."""

    # A person reads and decides.
    TO_READ = "TO_READ"
    # WeChat has not answered yet.
    WAITING = "WAITING"
    REFUSED = "REFUSED"


DESKS = {
    ContentDesk.TO_READ: CheckState.MANUAL,
    ContentDesk.WAITING: CheckState.PENDING,
    ContentDesk.REFUSED: CheckState.REJECTED,
}


@dataclass(frozen=True)
class DeskCounts:
    """How much waits for a person."""

    checks: int
    reports: int
    appeals: int


async def counts(session: AsyncSession) -> DeskCounts:
    """Checks, reports and appeals nobody has decided."""
    manual = select(func.count()).select_from(ContentCheck).where(CHECK.state == CheckState.MANUAL)
    reports = select(func.count()).select_from(ContentReport).where(REPORT.handled_at.is_(None))
    appeals = select(func.count()).select_from(ContentAppeal).where(APPEAL.state == AppealState.OPEN)
    row = (await session.execute(select(*(each.scalar_subquery() for each in (manual, reports, appeals))))).one()
    return DeskCounts(*row)


async def _page(
    session: AsyncSession, model: Any, where: Any, page: int, size: int, columns: Columns, *, newest: bool = False
) -> tuple[Sequence[RowDict], int]:
    table = model.__table__.c
    order = (table.created_at.desc(), table.id.desc()) if newest else (table.created_at, table.id)
    chosen = select(*pick(model, columns, "id")).where(where).order_by(*order)
    rows = await session.execute(chosen.offset(page_offset(page, size)).limit(size))
    total = await session.scalar(select(func.count()).select_from(model).where(where))
    return [dict(row) for row in rows.mappings()], total or 0


async def checks_page(
    session: AsyncSession, desk: ContentDesk, page: int, size: int, columns: Columns
) -> tuple[Sequence[RowDict], int]:
    """Checks of a desk, the oldest first (what was refused: the newest), and how many there are."""
    newest = desk is ContentDesk.REFUSED
    return await _page(session, ContentCheck, CHECK.state == DESKS[desk], page, size, columns, newest=newest)


async def reports_page(session: AsyncSession, page: int, size: int, columns: Columns) -> tuple[Sequence[RowDict], int]:
    """Reports nobody has looked at, the oldest first."""
    return await _page(session, ContentReport, REPORT.handled_at.is_(None), page, size, columns)


async def appeals_page(session: AsyncSession, page: int, size: int, columns: Columns) -> tuple[Sequence[RowDict], int]:
    """Appeals nobody has decided, the oldest first."""
    return await _page(session, ContentAppeal, APPEAL.state == AppealState.OPEN, page, size, columns)


async def decide(uow: UnitOfWork, viewer: Viewer, id: UUID, *, passed: bool, note: str) -> None:
    """A person's word on a check that no machine has ended. Whoever is first decides; the second reads WrongState."""
    said = clean_text(note, field="note", most=200, least=0 if passed else 2, label="理由")
    state = CheckState.PASSED if passed else CheckState.REJECTED
    to: dict[str, Any] = {"state": state, "next_at": None, "decided_at": clock.now(), "decided_by": viewer.id}
    if not passed:
        to["reason"] = said
    undecided = CHECK.state.in_((CheckState.MANUAL, CheckState.PENDING))
    taken = update(ContentCheck).where(CHECK.id == id, undecided).values(to)
    row = (await uow.session.execute(taken.returning(CHECK.subject, CHECK.subject_id))).first()
    if row is None:
        known = await uow.session.scalar(select(CHECK.id).where(CHECK.id == id))
        raise WrongState("该内容已处理") if known else NotFound("审核任务不存在")
    uow.emit(ContentJudged(id, row.subject, row.subject_id, state))
    detail = {"subject": row.subject.value, "subject_id": str(row.subject_id), "note": said}
    await audit.record(uow, viewer, f"content.{'pass' if passed else 'refuse'}", "content_check", id, detail)


async def refusal_of(session: AsyncSession, subject_id: UUID, version: int = 1) -> tuple[CheckState, str] | None:
    """How the check of a text stands, and the reason its author is told."""
    wanted = select(CHECK.state, CHECK.reason).where(CHECK.subject_id == subject_id, CHECK.version == version)
    row = (await session.execute(wanted)).first()
    return (row.state, row.reason) if row else None


# ------------------------------------------------------------------------------------------------ reports
async def report(
    uow: UnitOfWork, viewer: Viewer, subject: MarkSubject, subject_id: UUID, reason: ReportReason, note: str
) -> None:
    """Says that something should not be shown; said again by the same person it changes nothing."""
    least = 2 if reason is ReportReason.OTHER else 0
    said = clean_text(note, field="note", most=200, least=least, label="举报说明")
    row = {"id": new_id(), "subject": subject, "subject_id": subject_id, "reason": reason, "note": said}
    row |= {"reporter_kind": viewer.actor, "reporter_id": viewer.id, "created_at": clock.now()}
    new = upsert(ContentReport).values(row)
    await uow.session.execute(new.on_conflict_do_nothing())


async def handle_reports(uow: UnitOfWork, subject: MarkSubject, subject_id: UUID, answer: str) -> None:
    """Every open report about a thing is answered with what was done."""
    about = (REPORT.subject == subject, REPORT.subject_id == subject_id, REPORT.handled_at.is_(None))
    answered = update(ContentReport).where(*about).values(handled_at=clock.now(), answer=answer[:200])
    await uow.session.execute(answered)


async def dismiss_report(uow: UnitOfWork, viewer: Viewer, id: UUID, answer: str) -> None:
    """What was reported may stay; all reports about it that are open are answered."""
    said = clean_text(answer, field="answer", most=200, least=2, label="处理说明")
    wanted = select(REPORT.subject, REPORT.subject_id, REPORT.handled_at).where(REPORT.id == id)
    row = (await uow.session.execute(wanted.with_for_update())).first()
    if row is None:
        raise NotFound("举报不存在")
    if row.handled_at is not None:
        raise WrongState("该举报已处理")
    await handle_reports(uow, row.subject, row.subject_id, said)
    detail = {"subject": row.subject.value, "subject_id": str(row.subject_id), "answer": said}
    await audit.record(uow, viewer, "report.dismiss", "content_report", id, detail)


# ------------------------------------------------------------------------------------------------ appeals
async def appeal(uow: UnitOfWork, viewer: Viewer, subject: MarkSubject, subject_id: UUID, text: str) -> None:
    """An author asks for another look. Conflict while an earlier appeal about the same thing is open."""
    said = clean_text(text, field="text", most=500, least=5, label="申诉理由")
    row = {"id": new_id(), "subject": subject, "subject_id": subject_id, "author_id": viewer.member_id, "text": said}
    try:
        async with uow.session.begin_nested():
            await uow.session.execute(upsert(ContentAppeal).values(row | {"created_at": clock.now()}))
    except IntegrityError:
        raise Conflict("已经提交过申诉，请等待处理") from None


async def take_appeal(uow: UnitOfWork, viewer: Viewer, id: UUID, *, upheld: bool, answer: str) -> RowDict:
    """Decides an open appeal; its row. What it is about is put back by whoever owns it."""
    said = clean_text(answer, field="answer", most=200, least=2, label="答复")
    state = AppealState.UPHELD if upheld else AppealState.DISMISSED
    taken = update(ContentAppeal).where(APPEAL.id == id, APPEAL.state == AppealState.OPEN)
    taken = taken.values(state=state, answer=said, decided_at=clock.now()).returning(*APPEAL)
    row = (await uow.session.execute(taken)).mappings().first()
    if row is None:
        known = await uow.session.scalar(select(APPEAL.id).where(APPEAL.id == id))
        raise WrongState("该申诉已处理") if known else NotFound("申诉不存在")
    await audit.record(uow, viewer, "appeal.uphold" if upheld else "appeal.dismiss", "content_appeal", id, {})
    return dict(row)


#: The appeals about each thing, the newest first.
appeals_by_subject = ManyBy(ContentAppeal.__table__, "subject_id", order_by=(APPEAL.created_at.desc(), APPEAL.id))
