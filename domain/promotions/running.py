"""What shops reduce their goods by, read for all of them in one statement and kept under the shop's mark.

The mark comes with every offer, so pricing costs no statement: a shop that never had such a campaign has no mark, and
what was read under a mark is never out of date. Whether a campaign has begun or is over is told by the clock.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ARRAY, JSON, Select, Uuid, and_, any_, bindparam, func, literal_column, select, update
from sqlalchemy.dialects.postgresql import aggregate_order_by
from sqlalchemy.ext.asyncio import AsyncSession

from domain.base import UnitOfWork, clock
from domain.pricing import Reduction
from domain.promotions.terms import reduction_of
from domain.statements import NO_COLUMNS, Statement
from models.base import new_id
from models.merchants import Merchant
from models.promotions import Campaign, CampaignKind, CampaignState, ReductionStep

# Shops a process remembers: some hundred bytes each.
MOST_KEPT = 5000


@dataclass(frozen=True)
class Scheduled:
    """A reduction, and when it holds."""

    reduction: Reduction
    starts_at: datetime
    ends_at: datetime


# ------------------------------------------------------------------------------------------------ the statement
# The categories a campaign is for, with all below them; null for null.
BELOW = literal_column(
    "(WITH RECURSIVE below AS (SELECT unnest(campaigns.category_ids) AS id"
    " UNION SELECT c.id FROM categories c JOIN below b ON c.parent_id = b.id) SELECT array_agg(id) FROM below)",
    ARRAY(Uuid),
).label("category_ids")


def _reductions(_: frozenset[Any]) -> Select[Any]:
    campaign, step = Campaign.__table__.c, ReductionStep.__table__.c
    pair = func.json_build_array(step.threshold, step.off)
    steps = select(func.json_agg(aggregate_order_by(pair, step.threshold), type_=JSON))
    published = and_(
        campaign.merchant_id == Merchant.id,
        campaign.kind == CampaignKind.REDUCTION,
        campaign.state == CampaignState.PUBLISHED,
    )
    names = ("id", "name", "starts_at", "ends_at", "product_ids")
    chosen = select(
        Merchant.__table__.c.id.label("merchant_id"),
        Merchant.__table__.c.promotions_mark,
        *(campaign[name] for name in names),
        BELOW,
        steps.where(step.campaign_id == campaign.id).correlate(Campaign).scalar_subquery().label("steps"),
    )
    joined = chosen.join_from(Merchant, Campaign, published, isouter=True)
    wanted = Merchant.id == any_(bindparam("merchant_ids", type_=ARRAY(Uuid)))
    return joined.where(wanted).order_by(Merchant.id, campaign.id)


REDUCTIONS = Statement(Campaign.__table__, _reductions)


async def _read(session: AsyncSession, merchant_ids: Sequence[UUID]) -> dict[UUID, tuple[UUID, tuple[Scheduled, ...]]]:
    """The mark and the reductions of each shop, as one moment saw both."""
    found: dict[UUID, tuple[UUID, tuple[Scheduled, ...]]] = {}
    for row in await REDUCTIONS.rows(session, NO_COLUMNS, merchant_ids=list(merchant_ids)):
        mark, before = found.get(row["merchant_id"], (row["promotions_mark"], ()))
        own = () if row["id"] is None else (Scheduled(reduction_of(row), row["starts_at"], row["ends_at"]),)
        found[row["merchant_id"]] = mark, before + own
    return found


# ------------------------------------------------------------------------------------------------ kept
class _Kept:
    """Reductions by shop, good for as long as the shop has the mark they were read under."""

    def __init__(self) -> None:
        self._shops: OrderedDict[UUID, tuple[UUID, tuple[Scheduled, ...]]] = OrderedDict()

    def get(self, merchant_id: UUID, mark: UUID) -> tuple[Scheduled, ...] | None:
        found = self._shops.get(merchant_id)
        return found[1] if found is not None and found[0] == mark else None

    def put(self, merchant_id: UUID, mark: UUID, own: tuple[Scheduled, ...]) -> None:
        self._shops[merchant_id] = mark, own
        self._shops.move_to_end(merchant_id)
        if len(self._shops) > MOST_KEPT:
            self._shops.popitem(last=False)


KEPT = _Kept()


async def reductions(session: AsyncSession, marks: Mapping[UUID, UUID | None]) -> tuple[Reduction, ...]:
    """What holds now at these shops, given the mark each was just seen with: no statement when all are known.

    Not for a transaction that has changed campaigns itself: it could be rolled back.
    """
    marked = {id: mark for id, mark in marks.items() if mark is not None}
    known = {id: own for id, mark in marked.items() if (own := KEPT.get(id, mark)) is not None}
    if missing := [id for id in marked if id not in known]:
        for id, (mark, own) in (await _read(session, missing)).items():
            KEPT.put(id, mark, own)
            known[id] = own
    return _holding(known.values(), clock.now())


def _holding(shops: Iterable[tuple[Scheduled, ...]], now: datetime) -> tuple[Reduction, ...]:
    return tuple(each.reduction for own in shops for each in own if each.starts_at <= now < each.ends_at)


async def mark(uow: UnitOfWork, merchant_id: UUID) -> None:
    """Whoever prices goods of the shop from the commit on reads its reductions anew."""
    changed = update(Merchant).where(Merchant.id == merchant_id).values(promotions_mark=new_id())
    await uow.session.execute(changed)
