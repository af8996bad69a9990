"""What runs for products now: 秒杀, 预售, 拼团, and the price that somebody pays who buys one piece by himself.

Worked out from the offers themselves every second (`refresh`), so that whatever begins, ends, sells out, comes back, is
stopped or loses its sense, since the goods cost less by themselves, is one and the same thing: a row that differs.
Cards, filters, orders and facets read the row. ADR 43 says what counts as such a price.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby
from typing import Any
from uuid import UUID

from sqlalchemy import (
    Boolean,
    ColumnElement,
    RowMapping,
    Select,
    case,
    delete,
    exists,
    func,
    literal,
    literal_column,
    null,
    or_,
    select,
    union_all,
)
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from domain.base import Event, RowDict, UnitOfWork, among, clock
from domain.catalog import struck
from domain.catalog.prices import per_500g
from domain.statements import OneBy
from models.catalog import MarketBasis, Product, Sku
from models.flash import FlashOffer, FlashSession
from models.groups import GroupActivity
from models.presales import PresaleKind, PresaleOffer
from models.pricing import CampaignMark, RunningCampaign

# Who works it out later must read later, or he would write what was true before.
TURN = func.pg_advisory_xact_lock(func.hashtext("running_campaigns"))
# A price to compare with is at most the lowest of so many days before the campaign began.
LOOKED_BACK = timedelta(days=7)
# What can be bought as long as pieces of it are left, whatever is on the shelf.
BESIDE_THE_SHELF = frozenset({CampaignMark.FLASH.value, CampaignMark.PRESALE.value})

RUNNING = RunningCampaign.__table__.c
OFFER, SESSION = FlashOffer.__table__.c, FlashSession.__table__.c
PRESALE, GROUP = PresaleOffer.__table__.c, GroupActivity.__table__.c

# By the clock of the database: where nobody keeps the rows, a price that is over is still shown to nobody.
_NOW = select(*RUNNING).where(RUNNING.ends_at > func.now()).subquery("campaigns_now")
#: What runs for each product; most have nothing.
running_by_product = OneBy(_NOW, "product_id")


@dataclass(frozen=True)
class RunningCampaignChanged(Event):
    """Something began, ended, sold out or came back that a card, a filter or an order of the product tells of."""

    product_id: UUID


def shown_marks(kinds: Iterable[str]) -> list[CampaignMark]:
    return [CampaignMark(kind) for kind in kinds]


async def refresh(uow: UnitOfWork) -> int:
    """Brings all rows up to date, with a fact for each product that is different now; how many are."""
    await uow.session.execute(select(TURN))
    wanted = {row["product_id"]: row for row in await _running(uow.session, clock.now())}
    known = {row["product_id"]: dict(row) for row in (await uow.session.execute(select(*RUNNING))).mappings()}
    changed = sorted(id for id in wanted.keys() | known.keys() if wanted.get(id) != known.get(id))
    if gone := [id for id in changed if id not in wanted]:
        await uow.session.execute(delete(RunningCampaign).where(among(RunningCampaign, "product_id", gone)))
    if fresh := [wanted[id] for id in changed if id in wanted]:
        new = insert(RunningCampaign)
        columns = {name: new.excluded[name] for name in fresh[0] if name != "product_id"}
        connection = await uow.session.connection()
        await connection.execute(new.on_conflict_do_update(index_elements=["product_id"], set_=columns), fresh)
    for id in changed:
        uow.emit(RunningCampaignChanged(id))
    return len(changed)


# ------------------------------------------------------------------------------------------------ worked out
async def _running(session: AsyncSession, now: datetime) -> list[RowDict]:
    """The rows as they should be."""
    found = (await session.execute(_offers(now))).mappings()
    return [_told(id, list(offers)) for id, offers in groupby(found, key=lambda row: row["product_id"])]


def _told(product_id: UUID, offers: Sequence[RowMapping]) -> RowDict:
    """What all offers of a product come to. The lowest price is told, and only below that of its goods themselves."""
    priced = [each for each in offers if each["price"] is not None and each["price"] < each["min_price"]]
    best = min(priced, key=lambda each: (each["price"], each["kind"], each["sku_id"]), default=None)
    weighed = [price for each in priced if (price := per_500g(each["price"], each["weight"])) is not None]
    own = offers[0]["price_per_500g"]
    row: dict[str, Any] = {
        "product_id": product_id,
        "kinds": sorted({each["kind"] for each in offers}),
        "kind": None,
        "price": None,
        "price_per_500g": None,
        "struck_price": None,
        "varies": False,
        "ends_at": min(each["ends_at"] for each in offers),
    }
    if best is None:
        return row
    compared = struck.price(best["list_price"], MarketBasis.ORIGINAL, best["lowest"])
    return row | {
        "kind": CampaignMark(best["kind"]),
        "price": best["price"],
        "price_per_500g": min(weighed + ([own] if own is not None else []), default=None),
        "struck_price": compared,
        "varies": best["varies"],
    }


def _offers(now: datetime) -> Select[Any]:
    """Every offer that can be taken up now, with what its SKU costs by itself."""
    offers = union_all(_flash(now), _presales(now), _groups(now)).subquery("offers")
    chosen, sku, product = offers.c, Sku.__table__.c, Product.__table__.c
    other = Sku.__table__.alias("other").c
    varies = exists().where(other.product_id == chosen.product_id, other.active, other.id != chosen.sku_id)
    lowest = func.least(func.lowest_price_before(chosen.sku_id, chosen.starts_at), *_before(offers))
    found = select(
        *(chosen.product_id, chosen.sku_id, chosen.kind, chosen.price, chosen.ends_at),
        *(product.min_price, product.price_per_500g, sku.price.label("list_price"), sku.weight),
        case((chosen.price.is_not(None), lowest)).label("lowest"),
        varies.label("varies"),
    )
    found = found.join(Sku, sku.id == chosen.sku_id).join(Product, product.id == chosen.product_id)
    return found.where(sku.active).order_by(chosen.product_id, chosen.sku_id, chosen.kind)


def _flash(now: datetime) -> Select[Any]:
    chosen = select(*_columns(OFFER, CampaignMark.FLASH, OFFER.price), SESSION.starts_at, SESSION.ends_at)
    chosen = chosen.join_from(FlashOffer, FlashSession, SESSION.id == OFFER.session_id)
    chosen = chosen.where(_is("flash_offers.state = 'PUBLISHED'"), OFFER.taken < OFFER.total)
    return chosen.where(SESSION.starts_at <= now, SESSION.ends_at > now)


def _presales(now: datetime) -> Select[Any]:
    """A deposit is only part of a price, and what the rest is due for is told on the product's page."""
    price = case((PRESALE.kind == PresaleKind.FULL, PRESALE.price))
    chosen = select(*_columns(PRESALE, CampaignMark.PRESALE, price), PRESALE.starts_at, PRESALE.ends_at)
    chosen = chosen.where(_is("presale_offers.state = 'RUNNING'"), PRESALE.taken < PRESALE.stock)
    return chosen.where(PRESALE.starts_at <= now, PRESALE.ends_at > now)


def _groups(now: datetime) -> Select[Any]:
    """The price of a group is nobody's who buys by himself."""
    price = null().cast(GROUP.price.type)
    chosen = select(*_columns(GROUP, CampaignMark.GROUP, price), GROUP.starts_at, GROUP.ends_at)
    chosen = chosen.where(_is("group_activities.state = 'RUNNING'"), GROUP.taken < GROUP.stock)
    return chosen.where(GROUP.starts_at <= now, GROUP.ends_at > now)


def _columns(offer: Any, kind: CampaignMark, price: ColumnElement[Any]) -> tuple[ColumnElement[Any], ...]:
    return offer.product_id, offer.sku_id, literal(kind.value).label("kind"), price.label("price")


def _is(condition: str) -> ColumnElement[bool]:
    """Written out, not bound: with a parameter the planner could not know that the partial indexes fit."""
    return literal_column(condition, Boolean)


def _before(offers: Any) -> list[Any]:
    """The lowest price of every kind of campaign that the SKU had in the days before this one began."""
    begins, since = offers.c.starts_at, offers.c.starts_at - LOOKED_BACK
    flash = select(func.min(OFFER.price)).join_from(FlashOffer, FlashSession, SESSION.id == OFFER.session_id)
    flash = flash.where(_is("flash_offers.state IN ('PUBLISHED', 'ENDED')"), OFFER.sku_id == offers.c.sku_id)
    flash = flash.where(SESSION.starts_at < begins, func.coalesce(OFFER.ended_at, SESSION.ends_at) > since)
    flash = flash.where(or_(OFFER.ended_at.is_(None), OFFER.ended_at > SESSION.starts_at))
    others = []
    for model, own in ((PresaleOffer, PRESALE), (GroupActivity, GROUP)):
        chosen = select(func.min(own.price)).select_from(model).where(own.sku_id == offers.c.sku_id)
        chosen = chosen.where(own.state != "DRAFT", own.starts_at < begins, own.ends_at > since)
        others.append(chosen.where(or_(own.stopped_at.is_(None), own.stopped_at > since)))
    return [each.correlate(offers).scalar_subquery() for each in (flash, *others)]
