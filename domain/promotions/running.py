"""What shops' goods are reduced by, read for all of them in one statement and kept under the shop's mark.

That is what a shop reduces by itself, and the platform's 满减 it takes part in: each shop knows its own part of those,
and the parts of all shops in a cart are put together when it is priced.

The mark comes with every offer, so pricing costs no statement: a shop that never had such a campaign has no mark, and
what was read under a mark is never out of date. Whether a campaign has begun or is over is told by the clock.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ARRAY, JSON, Select, Uuid, and_, any_, bindparam, func, literal_column, select, union_all
from sqlalchemy.dialects.postgresql import aggregate_order_by
from sqlalchemy.ext.asyncio import AsyncSession

from domain import bulk
from domain.base import UnitOfWork, clock
from domain.pricing import Reduction
from domain.promotions.terms import reduction_of
from domain.statements import NO_COLUMNS, Statement
from models.base import new_id
from models.merchants import Merchant
from models.promotions import (
    ApplicationState,
    Campaign,
    CampaignApplication,
    CampaignKind,
    CampaignState,
    ReductionStep,
)

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


_ENTRY = CampaignApplication.__table__.c
# The shops that take part in a campaign of the platform, each with the products it brings.
SHOPS = (
    select(func.json_agg(func.json_build_array(_ENTRY.merchant_id, _ENTRY.product_ids), type_=JSON))
    .where(_ENTRY.campaign_id == Campaign.__table__.c.id, _ENTRY.state == ApplicationState.ACCEPTED)
    .correlate(Campaign)
    .scalar_subquery()
    .label("shops")
)


def _reductions(_: frozenset[Any]) -> Select[Any]:
    campaign, step = Campaign.__table__.c, ReductionStep.__table__.c
    pair = func.json_build_array(step.threshold, step.off)
    steps = select(func.json_agg(aggregate_order_by(pair, step.threshold), type_=JSON))
    entry = CampaignApplication.__table__.c
    taken = (entry.merchant_id == Merchant.id) & (entry.state == ApplicationState.ACCEPTED)
    own = select(campaign.id).where(campaign.merchant_id == Merchant.id).correlate(Merchant)
    published = and_(
        campaign.id.in_(union_all(own, select(entry.campaign_id).where(taken).correlate(Merchant))),
        campaign.kind == CampaignKind.REDUCTION,
        campaign.state == CampaignState.PUBLISHED,
        campaign.used_up_at.is_(None),
    )
    brought = func.json_agg(func.json_build_array(entry.merchant_id, entry.product_ids), type_=JSON)
    brought_here = select(brought).where(taken, entry.campaign_id == campaign.id)
    names = ("id", "name", "starts_at", "ends_at", "product_ids", "merchant_percent", "apply_until", "merchant_id")
    chosen = select(
        Merchant.__table__.c.id.label("shop_id"),
        Merchant.__table__.c.promotions_mark,
        brought_here.correlate(Campaign, Merchant).scalar_subquery().label("shops"),
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
        mark, before = found.get(row["shop_id"], (row["promotions_mark"], ()))
        own = () if row["id"] is None else (Scheduled(reduction_of(row), row["starts_at"], row["ends_at"]),)
        found[row["shop_id"]] = mark, before + own
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
    """Those that have begun and are not over; of one that several shops take part in, with the goods of all of them."""
    found: dict[UUID, Reduction] = {}
    for each in (each.reduction for own in shops for each in own if each.starts_at <= now < each.ends_at):
        before = found.get(each.id)
        found[each.id] = (
            each if before is None else replace(before, shops={**(before.shops or {}), **(each.shops or {})})
        )
    return tuple(found.values())


MARK = """
WITH changed AS (SELECT id FROM merchants WHERE id = ANY($1::uuid[]) ORDER BY id FOR NO KEY UPDATE)
UPDATE merchants SET promotions_mark = $2 FROM changed WHERE merchants.id = changed.id
"""


async def mark(uow: UnitOfWork, merchant_ids: Collection[UUID]) -> None:
    """Whoever prices goods of these shops from the commit on reads their reductions anew."""
    if merchant_ids:
        await bulk.run(uow.session, MARK, sorted(merchant_ids), new_id())


async def mark_all(uow: UnitOfWork, campaign_id: UUID) -> None:
    """Likewise, of all shops that take part in a campaign of the platform."""
    entry = CampaignApplication.__table__.c
    shops = select(entry.merchant_id).where(entry.campaign_id == campaign_id, entry.state == ApplicationState.ACCEPTED)
    await mark(uow, (await uow.session.scalars(shops)).all())
