"""Codes that people hand out: each lot once, told again for a day after a lost answer; and those nobody has bound yet,
which can be frozen, thawed and taken back.

Two that ask with one key: the first to write the lot has made it, the other is told the same codes. A code bound while
it is frozen or voided: the first to lock it has it.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnCollection, ColumnElement, Select, func, literal, select, update
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.ext.asyncio import AsyncSession

from domain.base import (
    Columns,
    Conflict,
    Invalid,
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
from domain.bearer.codes import LENGTH, shown
from domain.bearer.log import Log
from domain.crypto import vault
from models.base import new_id
from models.bearer import MOST_AT_ONCE as MOST_AT_ONCE
from models.bearer import CodeLot

# After that nobody is told, and nothing is left to tell: what was lost is voided and made anew.
TOLD_FOR = timedelta(days=1)
KEY = "idempotencyKey"
# What became of codes that nobody has bound; the rest are somebody's.
STATES = {"unbound": "ISSUED", "frozen": "SUSPENDED", "voided": "VOIDED"}
COUNTED = frozenset(STATES)


@dataclass(frozen=True)
class Chosen:
    """Codes to freeze, thaw or void: one, or all of a lot that nobody has bound."""

    id: UUID | None = None
    lot_id: UUID | None = None

    def named(self, thing: str) -> tuple[str, str]:
        """What the audit log calls it: the kind of what was chosen, and its id."""
        return (f"{thing}_lot", str(self.lot_id)) if self.id is None else (thing, str(self.id))


@dataclass(frozen=True)
class Told:
    """The codes of a lot, as they are printed."""

    lot_id: UUID
    codes: Sequence[str]


def checked_key(text: str) -> str:
    return clean_text(text, field=KEY, least=8, most=64, label="幂等键")


@dataclass(frozen=True)
class Lots:
    """The lots of one log's things."""

    lot: type[CodeLot]
    log: Log

    @property
    def columns(self) -> ColumnCollection[str, Any]:
        return self.lot.__table__.c

    # -------------------------------------------------------------------------------------------- handing out
    async def again(self, uow: UnitOfWork, viewer: Viewer, key: str, batch_id: UUID, many: int) -> Told | None:
        """The codes that were made under the viewer's key; None where there are none yet. The batch is locked.

        Conflict where the key was used for something else, WrongState where the codes are told no more.
        """
        lot = self.columns
        mine = select(*lot).where(lot.issued_by_id.is_not_distinct_from(viewer.id), lot.idempotency_key == key)
        row = (await uow.session.execute(mine)).mappings().first()
        if row is None:
            return None
        if (row["batch_id"], row["many"]) != (batch_id, many):
            raise Conflict(f"这次操作已生成过 {row['many']} 张，与现在的内容不同；请刷新页面后再生成", field=KEY)
        if row["codes_sealed"] is None or row["codes_until"] <= clock.now():
            raise WrongState("这次操作已生成过，卡号只在一天内可再次取回；请在发放记录中作废后重新生成", field=KEY)
        text = vault.open(row["codes_sealed"], table=self.lot.__tablename__, column="codes_sealed", row=row["id"])
        return Told(row["id"], [shown(text[at : at + LENGTH]) for at in range(0, len(text), LENGTH)])

    async def open(self, uow: UnitOfWork, viewer: Viewer, key: str, batch_id: UUID, many: int) -> UUID:
        """Writes a lot down, of a locked batch; Conflict where the key is used for another batch at this moment."""
        id, now = new_id(), clock.now()
        row = {"id": id, "batch_id": batch_id, "many": many, "issued_by_id": viewer.id, "idempotency_key": key}
        row |= {"issued_by": viewer.name[:60] or "平台", "codes_until": now + TOLD_FOR, "created_at": now}
        written = upsert(self.lot).values(row).on_conflict_do_nothing().returning(self.columns.id)
        if (await uow.session.execute(written)).first() is None:
            raise Conflict("这次操作正在生成另一批，请刷新页面后再生成", field=KEY)
        return id

    async def keep(self, uow: UnitOfWork, lot_id: UUID, codes: Sequence[str]) -> Sequence[str]:
        """Seals the codes of a lot for a day; answers them as they are printed."""
        sealed = vault.seal("".join(codes), table=self.lot.__tablename__, column="codes_sealed", row=lot_id)
        kept = update(self.lot).where(self.columns.id == lot_id).values(codes_sealed=sealed)
        await uow.session.execute(kept)
        return [shown(code) for code in codes]

    async def forget(self, uow: UnitOfWork) -> None:
        """Nothing is left of codes whose day is over."""
        over = self.columns.codes_sealed.is_not(None), self.columns.codes_until <= clock.now()
        await uow.session.execute(update(self.lot).where(*over).values(codes_sealed=None))

    async def page(
        self, session: AsyncSession, where: Sequence[ColumnElement[bool]], page: int, size: int, columns: Columns
    ) -> tuple[Sequence[RowDict], int]:
        """Lots, the newest first, and what became of their codes: `unbound`, `frozen`, `voided`."""
        lot, thing = self.columns, self.log.columns
        chosen = select(*pick(self.lot, columns, "id"))
        if COUNTED & columns:
            sums = [func.count().filter(thing.state == state).label(name) for name, state in STATES.items()]
            found = select(*sums).where(thing.lot_id == lot.id).correlate(self.lot).lateral("sums")
            chosen = chosen.add_columns(*found.c).join(found, literal(True))
        chosen = chosen.where(*where).order_by(lot.created_at.desc(), lot.id.desc())
        rows = await session.execute(chosen.offset(page_offset(page, size)).limit(size))
        total = await session.scalar(select(func.count()).select_from(self.lot).where(*where))
        return [dict(row) for row in rows.mappings()], total or 0

    # -------------------------------------------------------------------------------------------- taking back
    async def batch_of(self, uow: UnitOfWork, chosen: Chosen, none: str) -> UUID:
        """Whose codes are chosen; Invalid for none or both ways at once, NotFound for what is not there."""
        if (chosen.id is None) == (chosen.lot_id is None):
            raise Invalid("请选择一张，或一次发放的全部", field="id")
        thing, lot = self.log.columns, self.columns
        where: Select[Any] = select(thing.batch_id).where(thing.id == chosen.id)
        if chosen.lot_id is not None:
            where = select(lot.batch_id).where(lot.id == chosen.lot_id)
        batch_id: UUID | None = await uow.session.scalar(where)
        if batch_id is None:
            raise NotFound(none)
        return batch_id

    async def locked(
        self, uow: UnitOfWork, chosen: Chosen, states: Collection[StrEnum], refusals: Mapping[Any, str], wrong: str
    ) -> list[RowDict]:
        """Those of the chosen codes that are in one of these states, locked; of others the refusal of their state."""
        thing = self.log.columns
        which = thing.id == chosen.id if chosen.id is not None else thing.lot_id == chosen.lot_id
        found = select(*thing).where(which, thing.state.in_(list(states))).order_by(thing.id).with_for_update()
        rows: list[RowDict] = [dict(row) for row in (await uow.session.execute(found)).mappings()]
        if rows:
            return rows
        state = None
        if chosen.id is not None:
            state = await uow.session.scalar(select(thing.state).where(thing.id == chosen.id))
        raise WrongState(refusals.get(state, wrong))


def cleaned(reason: str) -> str:
    return clean_text(reason, field="reason", least=2, most=60, label="原因")
