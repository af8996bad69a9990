"""What came of channels and of inviters: who came, registered, ordered, and what was paid.

`came` is what devices said; nothing is paid by it. The others are members who came by that source within the days
asked for, with all they have ordered since.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.sql import text

from domain.base import Invalid, clock

MOST_DAYS = 366
MOST_SOURCES = 50


@dataclass(frozen=True)
class Result:
    """Of one channel (`source_id` is its id, `name` its name) or of one inviter (the member's id, masked)."""

    source_id: UUID
    name: str
    came: int
    registered: int
    ordered: int
    paid: int
    refunded: int
    rewarded: int


# Who came by a source in the days asked for, and the source's own name.
CHANNELS = """
SELECT c.id AS source_id, c.name,
    (SELECT coalesce(sum(d.came), 0) FROM channel_days d WHERE d.channel_id = c.id AND d.day >= :day) AS came,
    m.registered, 0 AS rewarded, o.*
FROM channels c CROSS JOIN LATERAL (
    SELECT array_agg(m.member_id) AS ids, count(*) AS registered FROM channel_members m
    WHERE m.channel_id = c.id AND m.created_at >= :since
) m CROSS JOIN LATERAL ({orders}) o
ORDER BY registered DESC, came DESC, c.created_at DESC LIMIT :most
"""
INVITERS = """
SELECT i.member_id AS source_id, concat(left(n.nickname, 1), '**') AS name,
    (SELECT coalesce(sum(d.came), 0) FROM inviter_days d WHERE d.inviter_id = i.member_id AND d.day >= :day) AS came,
    m.registered, m.rewarded, o.*
FROM inviters i JOIN members n ON n.id = i.member_id CROSS JOIN LATERAL (
    SELECT array_agg(r.invitee_id) AS ids, count(*) AS registered,
        count(*) FILTER (WHERE r.state = 'REWARDED') AS rewarded
    FROM referrals r WHERE r.inviter_id = i.member_id AND r.created_at >= :since
) m CROSS JOIN LATERAL ({orders}) o
WHERE m.registered > 0 OR EXISTS (SELECT FROM inviter_days d WHERE d.inviter_id = i.member_id AND d.day >= :day)
ORDER BY registered DESC, came DESC, i.created_at DESC LIMIT :most
"""
ORDERS = """
    SELECT count(DISTINCT o.member_id) AS ordered,
        coalesce(sum(o.total) FILTER (WHERE o.paid_at IS NOT NULL), 0) AS paid,
        coalesce(sum(l.refunded) FILTER (WHERE o.paid_at IS NOT NULL), 0) AS refunded
    FROM orders o CROSS JOIN LATERAL (
        SELECT sum(refunded_amount) AS refunded FROM order_lines WHERE order_id = o.id
    ) l WHERE o.member_id = ANY(m.ids)
"""


async def of_channels(session: AsyncSession, days: int) -> Sequence[Result]:
    """What came of each channel in so many days, the one with the most new members first."""
    return await _read(session, CHANNELS, days)


async def of_inviters(session: AsyncSession, days: int) -> Sequence[Result]:
    """The same of members who invite."""
    return await _read(session, INVITERS, days)


async def _read(session: AsyncSession, query: str, days: int) -> Sequence[Result]:
    if not 1 <= days <= MOST_DAYS:
        raise Invalid(f"天数须在 1 到 {MOST_DAYS} 之间", field="days")
    first = clock.today() - timedelta(days=days - 1)
    asked: dict[str, Any] = {"day": first, "since": clock.now() - timedelta(days=days), "most": MOST_SOURCES}
    rows = (await session.execute(text(query.format(orders=ORDERS)), asked)).mappings()
    numbers = ("came", "registered", "ordered", "paid", "refunded", "rewarded")
    return [Result(row["source_id"], row["name"], **{name: int(row[name]) for name in numbers}) for row in rows]
