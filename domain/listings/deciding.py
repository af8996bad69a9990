"""What becomes of a change: applied as a whole, sent back with a note, or taken back by its shop."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from sqlalchemy import select, update

from domain import audit, catalog, policies
from domain.base import Conflict, Event, NotFound, UnitOfWork, Viewer, WrongState, clean_text, clock
from domain.listings.changes import SavedProduct, goods_of
from domain.listings.edits import Edit, conflicts, overlaid
from models.listings import ChangeState, ProductChange

TABLE = ProductChange.__table__.c


@dataclass(frozen=True)
class ChangeDecided(Event):
    """The platform applied a change, or sent it back."""

    change_id: UUID


async def withdraw_change(uow: UnitOfWork, viewer: Viewer, id: UUID) -> None:
    """The shop takes its change back. Of this and the platform's decision at once, whichever came first holds."""
    row = await _decide(uow, viewer, id, ChangeState.WITHDRAWN, "", merchant_id=viewer.shop_id)
    await audit.record(uow, viewer, "product.change.withdraw", "product", row["product_id"], {"change": str(id)})


async def reject_change(uow: UnitOfWork, viewer: Viewer, id: UUID, note: str) -> None:
    """The platform sends a change back and says why; the product stays as it is."""
    why = clean_text(note, field="note", least=2, most=200, label="说明")
    row = await _decide(uow, viewer, id, ChangeState.REJECTED, why)
    uow.emit(ChangeDecided(id))
    detail = {"change": str(id), "note": why}
    await audit.record(uow, viewer, "product.change.reject", "product", row["product_id"], detail)


async def apply_change(uow: UnitOfWork, viewer: Viewer, id: UUID) -> SavedProduct:
    """Writes everything of the change at once. Conflict, naming the fields, when the product no longer says what the
    change was made of: then nothing is written and the change goes on waiting.

    The caller gives the opening stock of new SKUs to the stock domain, in this unit of work.
    """
    row = await _decide(uow, viewer, id, ChangeState.APPLIED, "")
    edits = [Edit(each["field"], each["before"], each["after"]) for each in row["edits"]]
    now = await catalog.as_wanted(uow.session, row["product_id"], lock=True)
    if stale := conflicts(now, edits):
        raise Conflict(f"提交之后商品又有改动，须由店铺重新提交：{_labels(row['edits'], stale)}", field=stale[0].field)
    wanted = replace(overlaid(now, edits), version=now.version)
    await policies.check(uow.session, goods_of(row["merchant_id"], row["product_id"], wanted))
    saved = await catalog.write_product(uow, viewer, row["merchant_id"], row["product_id"], wanted)
    await catalog.record_reviewed(uow.session, row["product_id"])
    uow.emit(ChangeDecided(id))
    detail = {"change": str(id), "fields": [edit.field for edit in edits][:50]}
    await audit.record(uow, viewer, "product.change.apply", "product", row["product_id"], detail)
    return SavedProduct(saved.id, saved.openings, id)


def _labels(told: Sequence[Mapping[str, Any]], stale: Sequence[Edit]) -> str:
    named = {each["field"]: each["label"] for each in told}
    return "、".join(named[edit.field] for edit in stale[:5])


async def _decide(
    uow: UnitOfWork, viewer: Viewer, id: UUID, state: ChangeState, note: str, *, merchant_id: UUID | None = None
) -> Mapping[str, Any]:
    """The one step out of PENDING."""
    mine = [TABLE.id == id] if merchant_id is None else [TABLE.id == id, TABLE.merchant_id == merchant_id]
    values = {"state": state, "note": note, "decided_at": clock.now(), "decided_by": viewer.name or "系统"}
    step = update(ProductChange).where(*mine, TABLE.state == ChangeState.PENDING).values(**values)
    taken = (await uow.session.execute(step.returning(TABLE.product_id, TABLE.merchant_id, TABLE.edits))).mappings()
    row = taken.one_or_none()
    if row is not None:
        return dict(row)
    if await uow.session.scalar(select(TABLE.id).where(*mine)) is None:
        raise NotFound("修改不存在")
    raise WrongState("这份修改已经处理过，请刷新")
