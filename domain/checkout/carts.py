"""The cart: what is kept of it, what is shown of lines that went stale, and what counts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, Uuid, and_, bindparam, delete, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from domain import bulk
from domain.base import Columns, Conflict, Invalid, NotFound, UnitOfWork, Viewer, among, clock
from domain.checkout import allowances
from domain.checkout.offering import Offer, chosen_offers, holds_coupons, offer_of, offers
from domain.checkout.prices import MOST_OF_ONE, BenefitsOf, Priced, benefits_for, check_quantity, no_benefits, price
from domain.checkout.sending import refusal, rules_of, sending
from domain.inventory import OutOfStock
from domain.pricing import Reduction
from domain.promotions import BEST
from domain.statements import NO_COLUMNS, Statement
from models.catalog import Sku
from models.checkout import CartLine
from models.members import Address, Member

MOST_LINES = 100


class CartProblem(StrEnum):
    """Why a line cannot be bought as it stands; of several, the first. A changed price is only shown."""

    OFF_SALE = "OFF_SALE"
    SOLD_OUT = "SOLD_OUT"
    SHORT = "SHORT"
    OVER_LIMIT = "OVER_LIMIT"
    UNDELIVERABLE = "UNDELIVERABLE"
    PRICE_CHANGED = "PRICE_CHANGED"


@dataclass(frozen=True)
class CartItem:
    offer: Offer
    quantity: int
    selected: bool
    price_seen: int
    added_at: datetime
    # Why the shop does not send this to the buyer's default address; None when it does.
    not_sent: str | None = None
    # How many more of it the buyer may have; None: as many as there are.
    left: int | None = None

    @property
    def problem(self) -> CartProblem | None:
        if not self.offer.on_sale:
            return CartProblem.OFF_SALE
        if self.offer.available <= 0:
            return CartProblem.SOLD_OUT
        if self.offer.available < self.quantity:
            return CartProblem.SHORT
        if self.left is not None and self.left < self.quantity:
            return CartProblem.OVER_LIMIT
        if self.not_sent is not None:
            return CartProblem.UNDELIVERABLE
        return CartProblem.PRICE_CHANGED if self.offer.price != self.price_seen else None

    @property
    def counts(self) -> bool:
        """Whether the line is part of the cart's total: selected, and can be bought."""
        return self.selected and self.problem in (None, CartProblem.PRICE_CHANGED)


@dataclass(frozen=True)
class Cart:
    """All lines, newest first, and the price of those that count."""

    items: tuple[CartItem, ...]
    priced: Priced
    # 满减 it was priced with.
    reductions: tuple[Reduction, ...] = ()


KEPT = ("quantity", "selected", "price_seen", "added_at")


def _cart(_columns: Columns) -> Select[Any]:
    line = CartLine.__table__.c
    chosen = chosen_offers().add_columns(*(line[name] for name in KEPT), _home(), holds_coupons())
    chosen = chosen.join(CartLine, CartLine.sku_id == Sku.id)
    chosen = chosen.where(line.member_id == bindparam("member_id", type_=Uuid))
    return chosen.order_by(line.added_at.desc(), line.sku_id)


def _home() -> ColumnElement[Any]:
    """Where the buyer's parcels usually go."""
    address = Address.__table__.c
    mine = address.member_id == bindparam("member_id", type_=Uuid)
    chosen = select(address.region_code).where(mine, address.is_default, address.deleted_at.is_(None))
    return chosen.scalar_subquery().label("region_code")


CART = Statement(CartLine.__table__, _cart)


async def cart(session: AsyncSession, viewer: Viewer, benefits_of: BenefitsOf = no_benefits) -> Cart:
    """The viewer's cart as it stands now, with the best of the viewer's coupons and freight to the default address."""
    (held,) = await benefits_of(session, [viewer])
    rows = await CART.rows(session, NO_COLUMNS, member_id=viewer.member_id)
    region_code = rows[0]["region_code"] if rows else None
    found = [offer_of(row) for row in rows]
    rules = await rules_of(session, found)
    had = await allowances.bought(session, [(viewer.member_id, offer) for offer in found])
    items = tuple(
        CartItem(
            offer,
            **{name: row[name] for name in KEPT},
            not_sent=refusal(rules, offer, region_code),
            left=allowances.left(offer, had.get((viewer.member_id, offer.sku_id), 0)),
        )
        for offer, row in zip(found, rows, strict=True)
    )
    counting = [(item.offer, item.quantity) for item in items if item.counts]
    holds = any(row["holds_coupons"] for row in rows)
    benefits, _ = await benefits_for(session, viewer, [offer for offer, _ in counting], BEST, holds, held)
    return Cart(items, price(counting, sending(rules, region_code), benefits), benefits.reductions)


async def add(uow: UnitOfWork, viewer: Viewer, sku_id: UUID, quantity: int) -> None:
    """Puts so many more into the cart. OutOfStock when the line would then be more than can be had."""
    check_quantity(quantity, "quantity")
    await _lock(uow, viewer)
    lines = await _quantities(uow, viewer)
    await _put(uow, viewer, lines, await _offer_on_sale(uow, sku_id), lines.get(sku_id, 0) + quantity)


class Short(StrEnum):
    """Why less than was wanted could be put into the cart."""

    OFF_SALE = "OFF_SALE"
    SOLD_OUT = "SOLD_OUT"
    LESS_LEFT = "LESS_LEFT"
    CART_FULL = "CART_FULL"


@dataclass(frozen=True)
class Shortfall:
    """Of `wanted` pieces only `added` are in the cart now beside what was there before."""

    sku_id: UUID
    wanted: int
    added: int
    why: Short


async def add_available(uow: UnitOfWork, viewer: Viewer, wanted: Mapping[UUID, int]) -> list[Shortfall]:
    """Puts what can be had of `wanted` into the cart, as much as there is; answers what could not be put in."""
    await _lock(uow, viewer)
    lines = await _quantities(uow, viewer)
    found = await offers(uow.session, list(wanted))
    short = []
    for sku_id, quantity in wanted.items():
        offer, before = found.get(sku_id), lines.get(sku_id, 0)
        most = min(before + quantity, _most(offer)) if offer and offer.on_sale else 0
        room = sku_id in lines or len(lines) < MOST_LINES
        if offer and most > before and room:
            await _put(uow, viewer, lines, offer, most)
            lines[sku_id] = most
        added = max(0, most - before) if room else 0
        if added < quantity:
            short.append(Shortfall(sku_id, quantity, added, _short(offer, room)))
    return short


def _most(offer: Offer) -> int:
    return min(offer.available, MOST_OF_ONE if offer.limit_each is None else offer.limit_each)


def _short(offer: Offer | None, room: bool) -> Short:
    if offer is None or not offer.on_sale:
        return Short.OFF_SALE
    if offer.available <= 0:
        return Short.SOLD_OUT
    return Short.LESS_LEFT if room else Short.CART_FULL


async def set_quantity(uow: UnitOfWork, viewer: Viewer, sku_id: UUID, quantity: int) -> None:
    """Sets a line's quantity; 0 takes it out. The price the buyer now sees counts as seen."""
    await _lock(uow, viewer)
    if quantity == 0:
        return await _delete(uow, viewer.member_id, [sku_id])
    check_quantity(quantity, "quantity")
    lines = await _quantities(uow, viewer)
    if sku_id not in lines:
        raise NotFound("购物车中没有该商品", field="skuId")
    await _put(uow, viewer, lines, await _offer_on_sale(uow, sku_id), quantity, select_it=False)


async def select_lines(uow: UnitOfWork, viewer: Viewer, sku_ids: Sequence[UUID], selected: bool) -> None:
    await _lock(uow, viewer)
    mine = and_(CartLine.member_id == viewer.member_id, among(CartLine, "sku_id", _bounded(sku_ids)))
    await uow.session.execute(update(CartLine).where(mine).values(selected=selected))


async def remove(uow: UnitOfWork, viewer: Viewer, sku_ids: Sequence[UUID]) -> None:
    """Takes lines out; one that is not there is out already."""
    await _lock(uow, viewer)
    await _delete(uow, viewer.member_id, _bounded(sku_ids))


async def remove_bought(uow: UnitOfWork, bought: Sequence[tuple[UUID, UUID]]) -> None:
    """Takes what was ordered out of the carts: pairs of member and SKU. The members must be locked."""
    if bought:
        await bulk.run(uow.session, BOUGHT, [member for member, _ in bought], [sku for _, sku in bought])


BOUGHT = """
DELETE FROM cart_lines USING unnest($1::uuid[], $2::uuid[]) AS bought(member_id, sku_id)
WHERE cart_lines.member_id = bought.member_id AND cart_lines.sku_id = bought.sku_id
"""


def _bounded(sku_ids: Sequence[UUID]) -> Sequence[UUID]:
    if len(sku_ids) > MOST_LINES:
        raise Invalid(f"一次最多操作 {MOST_LINES} 种商品", field="skuIds")
    return sku_ids


async def _lock(uow: UnitOfWork, viewer: Viewer) -> None:
    """One change of a member's cart at a time: all of parallel ones are kept, and the limit is exact."""
    mine = select(Member.id).where(Member.id == viewer.member_id).with_for_update(key_share=True)
    if await uow.session.scalar(mine) is None:
        raise NotFound("用户不存在")


async def _quantities(uow: UnitOfWork, viewer: Viewer) -> dict[UUID, int]:
    chosen = select(CartLine.sku_id, CartLine.quantity).where(CartLine.member_id == viewer.member_id)
    return {row[0]: row[1] for row in await uow.session.execute(chosen)}


async def _offer_on_sale(uow: UnitOfWork, sku_id: UUID) -> Offer:
    offer = (await offers(uow.session, [sku_id])).get(sku_id)
    if offer is None or not offer.on_sale:
        raise Invalid("商品已下架", field="skuId")
    return offer


async def _put(
    uow: UnitOfWork,
    viewer: Viewer,
    lines: Mapping[UUID, int],
    offer: Offer,
    quantity: int,
    *,
    select_it: bool = True,
) -> None:
    """Writes a line with its new quantity."""
    if offer.sku_id not in lines and len(lines) >= MOST_LINES:
        raise Conflict(f"购物车最多放 {MOST_LINES} 种商品，请先清理")
    check_quantity(quantity, "quantity")
    if offer.available < quantity:
        raise OutOfStock(offer.sku_id, max(offer.available, 0))
    # What was bought before is said by the cart and counted when it is ordered.
    allowances.check_allowance(offer, quantity, 0)
    to: dict[str, Any] = {"quantity": quantity, "price_seen": offer.price}
    if select_it:
        to["selected"] = True
    new = {"member_id": viewer.member_id, "sku_id": offer.sku_id, "added_at": clock.now(), **to}
    put = insert(CartLine).values(new).on_conflict_do_update(index_elements=["member_id", "sku_id"], set_=to)
    await uow.session.execute(put)


async def _delete(uow: UnitOfWork, member_id: UUID, sku_ids: Sequence[UUID]) -> None:
    gone = and_(CartLine.member_id == member_id, among(CartLine, "sku_id", sku_ids))
    await uow.session.execute(delete(CartLine).where(gone))
