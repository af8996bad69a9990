"""Where parcels are: what a tracker is asked, and how its words become the state of a parcel.

Trackers push and are asked, twice and out of order; the same words at the same time are one trace, and the latest
trace says where the parcel is.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol
from uuid import UUID

from sqlalchemy import or_, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from domain.base import Job, RowDict, UnitOfWork, clock
from domain.delivery.parcels import PARCEL
from models.base import new_id
from models.delivery import Shipment, ShipmentTrace, TrackState

# Trackers take no second question about a number within this time.
BETWEEN_QUESTIONS = timedelta(minutes=30)
# A number that is pushed is asked about only after so long a silence.
SILENCE = timedelta(hours=6)
FOLLOWED_FOR = timedelta(days=30)
AHEAD = timedelta(days=1)
LAST = (TrackState.SIGNED, TrackState.RETURNED)


@dataclass(frozen=True)
class Trace:
    """One thing a carrier said; `state` None where its words do not tell."""

    at: datetime
    text: str
    state: TrackState | None = None
    place: str = ""


@dataclass(frozen=True)
class Track:
    """All a tracker says of a number. `carrier` is ours; None where the tracker does not name it."""

    tracking_number: str
    traces: Sequence[Trace]
    carrier: str | None = None
    # The tracker has stopped following it.
    ended: bool = False


class Tracker(Protocol):
    """An express tracking service. Both raise Unavailable while it gives no answer."""

    async def subscribe(self, carrier: str, tracking_number: str, phone_tail: str) -> bool:
        """Asks to be told of every movement; False where it must be asked instead. Asking twice is harmless."""
        ...

    async def query(self, carrier: str, tracking_number: str, phone_tail: str) -> Track | None:
        """What it knows of the number now; None when it knows nothing (yet)."""
        ...


def follow(uow: UnitOfWork, shipment_id: UUID) -> None:
    """Has the tracker asked to tell of the parcel."""
    uow.later(
        Job("shipment.follow", {"shipment_id": str(shipment_id)}, key=f"shipment:{shipment_id}:follow:{new_id()}")
    )


async def followed(uow: UnitOfWork, shipment_id: UUID, *, pushed: bool) -> None:
    if pushed:
        known = update(Shipment).where(Shipment.id == shipment_id)
        await uow.session.execute(known.values(subscribed_at=clock.now()))


async def parcels_of_number(session: AsyncSession, track: Track) -> Sequence[RowDict]:
    """The parcels a track is about: several orders to one address may share a parcel."""
    table = Shipment.__table__.c
    chosen = select(*(table[name] for name in sorted(PARCEL))).where(table.tracking_number == track.tracking_number)
    if track.carrier is not None:
        chosen = chosen.where(table.carrier == track.carrier)
    return [dict(row) for row in (await session.execute(chosen.order_by(table.order_id, table.id))).mappings()]


async def record(uow: UnitOfWork, parcel: RowDict, track: Track) -> TrackState | None:
    """Writes down what is new; answers the parcel's state where anything was, else None. The order is locked."""
    added = await _add(uow, parcel, track.traces)
    table = Shipment.__table__.c
    heard = update(Shipment).where(table.id == parcel["id"])
    latest = await _latest(uow, parcel["id"])
    if not added or not latest:
        ended = {"ended_at": clock.now()} if track.ended else {}
        await uow.session.execute(heard.values(asked_at=clock.now(), **ended))
        return None
    state = next((trace["state"] for trace in latest if trace["state"] is not None), TrackState.IN_TRANSIT)
    signed = next((trace["at"] for trace in latest if trace["state"] is TrackState.SIGNED), None)
    over = track.ended or state in LAST
    await uow.session.execute(
        heard.values(
            state=state,
            latest_text=latest[0]["text"],
            latest_at=latest[0]["at"],
            signed_at=signed or parcel["signed_at"],
            asked_at=clock.now(),
            ended_at=clock.now() if over else None,
        )
    )
    return TrackState(state)


async def _add(uow: UnitOfWork, parcel: RowDict, traces: Sequence[Trace]) -> int:
    """How many of the traces were not known. What cannot have happened to this parcel is left out."""
    now, earliest = clock.now(), parcel["shipped_at"] - FOLLOWED_FOR
    rows = [
        {
            "id": new_id(),
            "shipment_id": parcel["id"],
            "at": trace.at,
            "state": trace.state,
            "text": trace.text[:500],
            "place": trace.place[:80],
            "created_at": now,
        }
        for trace in traces
        if earliest <= trace.at <= now + AHEAD and trace.text
    ]
    if not rows:
        return 0
    adding = insert(ShipmentTrace).values(rows).on_conflict_do_nothing().returning(ShipmentTrace.id)
    return len((await uow.session.scalars(adding)).all())


async def _latest(uow: UnitOfWork, shipment_id: UUID) -> Sequence[RowDict]:
    table = ShipmentTrace.__table__.c
    chosen = select(table.at, table.state, table.text).where(table.shipment_id == shipment_id)
    return [dict(row) for row in (await uow.session.execute(chosen.order_by(table.at.desc(), table.id))).mappings()]


async def claim_to_ask(uow: UnitOfWork, *, most: int = 50) -> Sequence[UUID]:
    """Parcels that are due to be asked about, marked as asked: no number is asked about twice within 30 minutes."""
    table, now = Shipment.__table__.c, clock.now()
    due = select(table.id).where(
        table.ended_at.is_(None),
        table.asked_at <= now - BETWEEN_QUESTIONS,
        or_(table.subscribed_at.is_(None), table.asked_at <= now - SILENCE),
        table.shipped_at > now - FOLLOWED_FOR,
    )
    chosen = due.order_by(table.asked_at).limit(most).with_for_update(skip_locked=True).scalar_subquery()
    marked = update(Shipment).where(table.id.in_(chosen)).values(asked_at=now).returning(table.id)
    return (await uow.session.scalars(marked)).all()
