"""Daily anchors: what all chains had come to, in one root that is signed, logged and shown.

Whoever can write to the database could cut off the end of a chain, where nothing follows that would miss it. The day's
anchor does; and whoever keeps a copy of its root elsewhere notices when the anchors themselves are rewritten.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import exists, func, insert, select, text
from sqlalchemy.ext.asyncio import AsyncSession

from domain import bulk
from domain.base import RowDict, UnitOfWork, clock
from domain.crypto import signer
from domain.traces.chain import root_of, verify_anchor
from domain.traces.reading import verdicts
from models.traces import Lot, TraceAnchor, TraceEvent, TraceHead

BEGINNING = bytes(32)
BATCH = 500
# One anchor at a time, whoever makes it.
LOCK = text("SELECT pg_advisory_xact_lock(hashtext('trace_anchors'))")
EVENT, HEAD, ANCHOR = TraceEvent.__table__.c, TraceHead.__table__.c, TraceAnchor.__table__.c


@dataclass(frozen=True)
class TraceDifference:
    """Something that is not as it was recorded: of a lot (its number), or of a day's anchor."""

    subject: str
    faults: tuple[str, ...]


async def anchor(uow: UnitOfWork) -> RowDict | None:
    """Makes today's anchor over what was recorded so far; None when it was made already."""
    today = clock.today()
    await uow.session.execute(LOCK)
    last = (await uow.session.execute(select(ANCHOR.day, ANCHOR.root).order_by(ANCHOR.day.desc()).limit(1))).first()
    if last is not None and last[0] >= today:
        return None
    heads = await _moved_on(uow.session)
    prev = last[1] if last is not None else BEGINNING
    root = root_of(today, prev, heads)
    key_id, signature = signer.sign(root)
    row = {"day": today, "heads": len(heads), "prev_root": prev, "root": root, "key_id": key_id}
    await uow.session.execute(insert(TraceAnchor).values(**row, signature=signature, created_at=clock.now()))
    told = [{"lot_id": lot_id, "position": position, "hash": hash} for lot_id, position, hash in heads]
    if told:
        await bulk.insert(uow.session, {TraceHead: bulk.Rows(told, shared={"day": today})})
    return row


async def _moved_on(session: AsyncSession) -> list[tuple[UUID, int, bytes]]:
    """The last event of every lot whose last event no anchor has."""
    newest = select(EVENT.lot_id, func.max(EVENT.position).label("position")).group_by(EVENT.lot_id).subquery()
    known = exists().where(HEAD.lot_id == EVENT.lot_id, HEAD.position == EVENT.position)
    chosen = select(EVENT.lot_id, EVENT.position, EVENT.hash)
    chosen = chosen.join(newest, (newest.c.lot_id == EVENT.lot_id) & (newest.c.position == EVENT.position))
    return [(row[0], row[1], row[2]) for row in await session.execute(chosen.where(~known))]


async def anchors(session: AsyncSession, first: int) -> Sequence[RowDict]:
    """The latest anchors, newest first."""
    rows = await session.execute(select(*ANCHOR).order_by(ANCHOR.day.desc()).limit(first))
    return [dict(row) for row in rows.mappings()]


# ------------------------------------------------------------------------------------------------ checking all
async def differences(session: AsyncSession, kept: tuple[date, bytes] | None = None) -> Sequence[TraceDifference]:
    """Everything that is not as it was recorded; nothing when all of it is whole.

    `kept` is the root of a day, as somebody noted it elsewhere.
    """
    found = await _of_anchors(session, kept)
    heads = {row[0] for row in await session.execute(select(HEAD.lot_id).distinct())}
    there: set[UUID] = set()
    last: UUID | None = None
    while True:
        chosen = select(Lot.id, Lot.number).order_by(Lot.id).limit(BATCH)
        rows = (await session.execute(chosen if last is None else chosen.where(Lot.id > last))).all()
        if not rows:
            break
        last = rows[-1][0]
        there.update(row[0] for row in rows)
        checked = await verdicts(session, [row[0] for row in rows])
        for id, number in rows:
            # A lot nobody has recorded anything of yet claims nothing.
            if checked[id].found and (checked[id].events or id in heads):
                found.append(TraceDifference(number, tuple(each.sentence for each in checked[id].found)))
    found += [TraceDifference(str(id), ("批次缺失",)) for id in sorted(heads - there)]
    return found


async def _of_anchors(session: AsyncSession, kept: tuple[date, bytes] | None) -> list[TraceDifference]:
    rows = [dict(row) for row in (await session.execute(select(*ANCHOR).order_by(ANCHOR.day))).mappings()]
    heads: dict[date, list[tuple[UUID, int, bytes]]] = {}
    for day, lot_id, position, hash in await session.execute(select(HEAD.day, HEAD.lot_id, HEAD.position, HEAD.hash)):
        heads.setdefault(day, []).append((lot_id, position, hash))
    found, prev = [], BEGINNING
    for row in rows:
        if fault := verify_anchor(row, prev, heads.get(row["day"], []), signer.public_keys):
            found.append(TraceDifference(row["day"].isoformat(), (f"每日存证不一致：{fault}",)))
        prev = row["root"]
    if kept is not None and kept not in [(row["day"], row["root"]) for row in rows]:
        found.append(TraceDifference(kept[0].isoformat(), ("与另行保存的存证不一致",)))
    return found
