"""The way in to a flash sale: tokens for who may order, places for who waits, and a plain no when all is sold.

A thousand who ask in the same second cost PostgreSQL one statement: what is known of an offer is read once a second by
a process, however many ask. That everything is sold is known for good, and asks nobody.
"""

from __future__ import annotations

import asyncio
import base64
import hmac
import time
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from sqlalchemy import func, select

from domain.base import Database, Invalid, NotFound, RowDict, Viewer, WrongState, clock
from domain.crypto import vault
from domain.flash.gate import INSIDE_SECONDS, Gate, GateAway, OwnGate, Passage
from domain.flash.rows import HOLD, NO_OFFER, OFFER, SESSION
from models.flash import FlashHold, FlashHoldState, FlashOffer, FlashSession, FlashState

# What was read of an offer is good for so long.
FRESH_SECONDS = 1.0
MOST_KEPT = 1_000
# Who waits asks again after a second at the front, and later the farther behind.
SOONEST_MS, LATEST_MS, MS_PER_PLACE = 1_000, 10_000, 10


class EntryState(StrEnum):
    NOT_STARTED = "NOT_STARTED"
    WAITING = "WAITING"
    # All pieces are held, and some are not paid: what is not paid in time comes back.
    HOPING = "HOPING"
    ADMITTED = "ADMITTED"
    SOLD_OUT = "SOLD_OUT"
    ENDED = "ENDED"


@dataclass(frozen=True)
class Entry:
    """What is said to who asks for the way in."""

    state: EntryState
    position: int | None = None
    token: str | None = None
    expires_at: datetime | None = None
    retry_after_ms: int | None = None


@dataclass(frozen=True)
class _Known:
    row: RowDict
    until: float

    @property
    def left(self) -> int:
        return int(self.row["total"] - self.row["taken"])

    @property
    def all_sold(self) -> bool:
        """Every piece is paid for: none ever comes back to the offer."""
        return bool(self.row["sold"] >= self.row["total"])


class Entrance:
    """One per process and event loop."""

    def __init__(self, database: Database, gate: Gate) -> None:
        self._database = database
        self._gate = gate
        self._own = OwnGate()
        self._known: dict[UUID, _Known] = {}
        self._reading: dict[UUID, asyncio.Task[_Known]] = {}

    async def enter(self, viewer: Viewer, offer_id: UUID) -> Entry:
        """The way in for the viewer, or his place in the queue; to be asked again while he waits."""
        member_id = viewer.member_id
        known = await self._look(offer_id)
        now = clock.now()
        if known.row["state"] is not FlashState.PUBLISHED or now >= known.row["ends_at"]:
            self._own.forget(offer_id)
            return Entry(EntryState.ENDED)
        if now < known.row["starts_at"]:
            return Entry(EntryState.NOT_STARTED)
        if known.all_sold:
            return Entry(EntryState.SOLD_OUT)
        passage = await self._ask(offer_id, member_id)
        if passage.inside:
            until = now + timedelta(seconds=INSIDE_SECONDS)
            return Entry(EntryState.ADMITTED, token=token(offer_id, member_id, until), expires_at=until)
        retry = min(LATEST_MS, SOONEST_MS + passage.position * MS_PER_PLACE)
        state = EntryState.WAITING if known.left > 0 else EntryState.HOPING
        return Entry(state, position=passage.position, retry_after_ms=retry)

    async def left(self, viewer: Viewer, offer_id: UUID, took: int) -> None:
        """The viewer's order was placed, with so many pieces, or refused: who waits may come in."""
        for gate in (self._gate, self._own):
            try:
                await gate.leave(offer_id, viewer.member_id, took)
            except GateAway:
                continue

    async def came(self, offer_id: UUID) -> int | None:
        """How many members came to the shared gate; None while nobody keeps it."""
        try:
            return await self._gate.came(offer_id)
        except GateAway:
            return None

    # ---------------------------------------------------------------------------------------- asking
    async def _ask(self, offer_id: UUID, member_id: UUID) -> Passage:
        for gate in (self._gate, self._own):
            try:
                return await self._asked(gate, offer_id, member_id)
            except GateAway:
                continue
        raise AssertionError("this process's own gate is never away")

    async def _asked(self, gate: Gate, offer_id: UUID, member_id: UUID) -> Passage:
        now = time.time()
        passage = await gate.ask(offer_id, member_id, now)
        if passage is None:  # it was lost, or is the first of the day
            await self._look(offer_id, anew=True)
            passage = await gate.ask(offer_id, member_id, now)
        return passage or Passage(False, 1)

    async def _look(self, offer_id: UUID, *, anew: bool = False) -> _Known:
        """What is known of the offer, read again when that is old; those who ask meanwhile share the answer."""
        known = self._known.get(offer_id)
        if known is not None and not anew and (known.until > time.monotonic() or known.all_sold):
            return known
        reading = self._reading.get(offer_id)
        if reading is None:
            reading = asyncio.get_running_loop().create_task(self._read(offer_id))
            self._reading[offer_id] = reading
            reading.add_done_callback(lambda _: self._reading.pop(offer_id, None))
        # Shielded: whoever goes away takes nobody's answer with him.
        return await asyncio.shield(reading)

    async def _read(self, offer_id: UUID) -> _Known:
        marks = []
        for gate in (self._gate, self._own):
            try:
                marks.append((gate, await gate.mark(offer_id)))
            except GateAway:
                continue
        sold = select(func.coalesce(func.sum(HOLD.quantity), 0)).select_from(FlashHold)
        sold = sold.where(HOLD.offer_id == OFFER.id, HOLD.state == FlashHoldState.SOLD)
        chosen = select(OFFER.state, OFFER.total, OFFER.taken, SESSION.starts_at, SESSION.ends_at)
        chosen = chosen.add_columns(sold.scalar_subquery().label("sold"))
        chosen = chosen.join_from(FlashOffer, FlashSession, SESSION.id == OFFER.session_id).where(OFFER.id == offer_id)
        async with self._database.begin() as uow:  # on the primary: a replica may not know the latest orders
            row = (await uow.session.execute(chosen)).mappings().first()
        if row is None:
            raise NotFound(NO_OFFER, field="offerId")
        known = _Known(dict(row), time.monotonic() + FRESH_SECONDS)
        over = row["state"] is not FlashState.PUBLISHED or row["ends_at"] <= clock.now()
        for gate, mark in () if over else marks:
            try:
                await gate.tell(offer_id, known.left, mark)
            except GateAway:
                continue
        if len(self._known) >= MOST_KEPT:
            self._known.clear()
        self._known[offer_id] = known
        return known


# ------------------------------------------------------------------------------------------------ tokens
def token(offer_id: UUID, member_id: UUID, until: datetime) -> str:
    """Lets this member order of this offer until then; nobody else can make one."""
    end = int(until.timestamp())
    return f"{end}.{_signature(offer_id, member_id, end)}"


def still_good(token: str, offer_id: UUID, member_id: UUID) -> bool:
    """Whether the token's time is not over. WrongState for one that was never given to this member for this offer."""
    if len(token) > 100:
        raise Invalid("抢购凭证不正确", field="token")
    end, _, signature = token.partition(".")
    genuine = end.isascii() and end.isdigit() and len(end) <= 12
    if not genuine or not hmac.compare_digest(signature.encode(), _signature(offer_id, member_id, int(end)).encode()):
        raise WrongState("请先排队获取抢购资格", field="token")
    return int(end) > clock.now().timestamp()


def _signature(offer_id: UUID, member_id: UUID, end: int) -> str:
    made = vault.index(f"{offer_id}:{member_id}:{end}", purpose="flash-token")
    return base64.urlsafe_b64encode(made).rstrip(b"=").decode()
