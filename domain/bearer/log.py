"""Every change of such a thing goes through here: the row and the entry that says why, in one transaction."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnCollection, insert, select, update

from domain import bulk
from domain.base import RowDict, UnitOfWork, Viewer, clock
from models.base import Row, new_id


@dataclass(frozen=True)
class Log:
    """Things of one table with a running `balance`, and the table of what happened to them, which names them `key`."""

    thing: type[Row]
    event: type[Row]
    key: str

    @property
    def columns(self) -> ColumnCollection[str, Any]:
        return self.thing.__table__.c

    async def locked(self, uow: UnitOfWork, ids: Collection[UUID]) -> dict[UUID, RowDict]:
        """Those of the things that exist, locked in one order everywhere."""
        column = self.columns
        chosen = select(*column).where(column.id.in_(sorted(ids))).order_by(column.id).with_for_update()
        return {row["id"]: dict(row) for row in (await uow.session.execute(chosen)).mappings()}

    async def by_digest(self, uow: UnitOfWork, digest: bytes) -> RowDict | None:
        """The one with this code, locked."""
        chosen = select(*self.columns).where(self.columns.digest == digest).with_for_update()
        row = (await uow.session.execute(chosen)).mappings().first()
        return dict(row) if row else None

    async def happened(
        self,
        uow: UnitOfWork,
        thing: RowDict,
        kind: StrEnum,
        ref: str,
        viewer: Viewer,
        text: str,
        *,
        amount: int = 0,
        order_id: UUID | None = None,
        **to: Any,
    ) -> RowDict:
        """Moves `amount` onto a locked thing (off it below zero), writes `to` and the log; answers the row as it is."""
        column = self.columns
        changed = update(self.thing).where(column.id == thing["id"])
        changed = changed.values(balance=column.balance + amount, events=column.events + 1, **to)
        row = dict((await uow.session.execute(changed.returning(*column))).mappings().one())
        event = {"id": new_id(), self.key: row["id"], "position": row["events"], "kind": kind, "ref": ref}
        event |= {"amount": amount, "balance": row["balance"], "order_id": order_id, "text": text}
        event |= {"actor_kind": viewer.actor, "actor_id": viewer.id, "created_at": clock.now()}
        await uow.session.execute(insert(self.event).values(event))
        return row

    async def happened_to_all(
        self,
        uow: UnitOfWork,
        things: Sequence[RowDict],
        kind: StrEnum,
        viewer: Viewer,
        text: str,
        *,
        emptied: bool = False,
        **to: Any,
    ) -> None:
        """The same happens to locked things, in two statements however many they are: `emptied` takes all off them."""
        column, now = self.columns, clock.now()
        changed = update(self.thing).where(column.id.in_([thing["id"] for thing in things]))
        more = {"balance": 0} if emptied else {}
        await uow.session.execute(changed.values(events=column.events + 1, **more, **to))
        about = {"kind": kind, "text": text, "actor_kind": viewer.actor, "actor_id": viewer.id, "created_at": now}
        log = []
        for thing in things:
            amount = -thing["balance"] if emptied else 0
            own = {"id": new_id(), self.key: thing["id"], "position": thing["events"] + 1, "order_id": None}
            own |= {"ref": f"{kind.value.lower()}:{thing['events']}", "amount": amount}
            log.append({**own, "balance": thing["balance"] + amount, **about})
        await bulk.insert(uow.session, {self.event: log})
