"""The cart, and what goods cost together: one way of pricing for the cart, the checkout page and the order itself.

Freight is one flat amount per merchant, free from that merchant's own goods total on.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import ARRAY, ColumnElement, Select, Uuid, and_, any_, bindparam, delete, func, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from domain import bulk
from domain.base import Columns, Conflict, Invalid, NotFound, RowDict, UnitOfWork, Viewer, among, clock
from domain.inventory import OutOfStock
from domain.members import addresses
from domain.statements import NO_COLUMNS, Statement
from models.catalog import Product, ProductImage, ProductState, ReturnClass, Sku
from models.checkout import CartLine
from models.inventory import Stock
from models.members import Member
from models.merchants import Merchant, MerchantState

MOST_LINES = 100
MOST_BOUGHT = 50
MOST_OF_ONE = 999


# ------------------------------------------------------------------------------------------------ offers
@dataclass(frozen=True)
class Offer:
    """A SKU as it can be bought right now. Money in fen, weight in grams, quantities in sale units."""

    sku_id: UUID
    product_id: UUID
    merchant_id: UUID
    title: str
    sku_name: str
    image_key: str | None
    price: int
    weight: int
    gross_weight: int
    return_class: ReturnClass
    on_sale: bool
    available: int
    freight: int
    free_freight_from: int | None


def _cover() -> ColumnElement[Any]:
    first = select(ProductImage.key).where(ProductImage.product_id == Product.id, ProductImage.position == 0)
    return first.correlate(Product).scalar_subquery()


OFFER: Mapping[str, ColumnElement[Any]] = {
    "sku_id": Sku.__table__.c.id,
    "product_id": Product.__table__.c.id,
    "merchant_id": Merchant.__table__.c.id,
    "title": Product.__table__.c.title,
    "sku_name": Sku.__table__.c.name,
    "image_key": _cover(),
    "price": Sku.__table__.c.price,
    "weight": Sku.__table__.c.weight,
    "gross_weight": Sku.__table__.c.gross_weight,
    "return_class": Product.__table__.c.return_class,
    "on_sale": and_(Sku.active, Product.state == ProductState.ON_SALE, Merchant.state == MerchantState.OPEN),
    "available": func.coalesce(Stock.actual - Stock.held, 0),
    "freight": Merchant.__table__.c.freight,
    "free_freight_from": Merchant.__table__.c.free_freight_from,
}


def _offers() -> Select[*tuple[Any, ...]]:
    return (
        select(*(expression.label(name) for name, expression in OFFER.items()))
        .select_from(Sku)
        .join(Product, Product.id == Sku.product_id)
        .join(Merchant, Merchant.id == Product.merchant_id)
        .join(Stock, Stock.sku_id == Sku.id, isouter=True)
    )


OFFERS = Statement(Sku.__table__, lambda _: _offers().where(Sku.id == any_(bindparam("sku_ids", type_=ARRAY(Uuid)))))


async def offers(session: AsyncSession, sku_ids: Sequence[UUID]) -> dict[UUID, Offer]:
    """What each SKU costs and whether it can be had; SKUs that do not exist are missing."""
    return {row["sku_id"]: _offer(row) for row in await OFFERS.rows(session, NO_COLUMNS, sku_ids=sku_ids)}


def _offer(row: Mapping[Any, Any]) -> Offer:
    return Offer(**{name: row[name] for name in OFFER})


# ------------------------------------------------------------------------------------------------ prices
@dataclass(frozen=True)
class PricedLine:
    """So many of one offer. Money in fen."""

    offer: Offer
    quantity: int

    @property
    def amount(self) -> int:
        return self.offer.price * self.quantity


@dataclass(frozen=True)
class PricedGroup:
    """The goods of one merchant and the freight they cost together. Money in fen."""

    merchant_id: UUID
    lines: tuple[PricedLine, ...]
    goods_total: int
    freight: int

    @property
    def total(self) -> int:
        return self.goods_total + self.freight


@dataclass(frozen=True)
class Priced:
    """Goods of several merchants, priced. Money in fen."""

    groups: tuple[PricedGroup, ...]

    @property
    def goods_total(self) -> int:
        return sum(group.goods_total for group in self.groups)

    @property
    def freight(self) -> int:
        return sum(group.freight for group in self.groups)

    @property
    def total(self) -> int:
        return self.goods_total + self.freight

    @property
    def needs_return_waiver(self) -> list[UUID]:
        """SKUs whose right of return is only waived when the buyer says so, before ordering."""
        lines = (line for group in self.groups for line in group.lines)
        return [x.offer.sku_id for x in lines if x.offer.return_class is ReturnClass.NO_RETURN_IF_CONFIRMED]


def price(lines: Iterable[PricedLine]) -> Priced:
    """The one way prices are made: by merchant, in the order the merchants first appear."""
    by_merchant: dict[UUID, list[PricedLine]] = {}
    for line in lines:
        by_merchant.setdefault(line.offer.merchant_id, []).append(line)
    return Priced(tuple(_group(merchant_id, own) for merchant_id, own in by_merchant.items()))


def _group(merchant_id: UUID, lines: Sequence[PricedLine]) -> PricedGroup:
    goods_total = sum(line.amount for line in lines)
    return PricedGroup(merchant_id, tuple(lines), goods_total, freight_of(lines[0].offer, goods_total))


def freight_of(offer: Offer, goods_total: int) -> int:
    """What the merchant of `offer` charges for sending goods worth `goods_total` fen."""
    free = offer.free_freight_from is not None and goods_total >= offer.free_freight_from
    return 0 if free else offer.freight


# ------------------------------------------------------------------------------------------------ preview
@dataclass(frozen=True)
class Preview:
    """Prices, and the address (the asked-for columns of its row) the goods would go to."""

    priced: Priced
    address: RowDict | None


async def preview(
    session: AsyncSession, viewer: Viewer, wanted: Mapping[UUID, int], address_id: UUID | None, columns: Columns
) -> Preview:
    """What an order of this would cost now, to this or the default address.

    Holds nothing; refuses what could not be ordered either.
    """
    priced = await price_wanted(session, wanted)
    for group in priced.groups:
        for line in group.lines:
            if line.offer.available < line.quantity:
                raise OutOfStock(line.offer.sku_id, max(line.offer.available, 0))
    if address_id is None:
        return Preview(priced, await addresses.default(session, viewer, columns))
    return Preview(priced, await addresses.row(session, viewer, address_id, columns))


async def price_wanted(session: AsyncSession, wanted: Mapping[UUID, int]) -> Priced:
    """Prices of goods that are all on sale; stock is not looked at. Sorted, so that the same goods read the same."""
    check_wanted(wanted)
    return price_found(await offers(session, list(wanted)), wanted)


def check_wanted(wanted: Mapping[UUID, int]) -> None:
    """Refuses too many kinds of goods, or too many of one."""
    if not 1 <= len(wanted) <= MOST_BOUGHT:
        raise Invalid(f"一次须购买 1 到 {MOST_BOUGHT} 种商品", field="lines")
    for quantity in wanted.values():
        check_quantity(quantity, "lines")


def price_found(found: Mapping[UUID, Offer], wanted: Mapping[UUID, int]) -> Priced:
    """As `price_wanted`, for offers that were read already and quantities that were checked."""
    for sku_id in wanted:
        if sku_id not in found or not found[sku_id].on_sale:
            raise Invalid("有商品已下架，请返回购物车查看", field="lines", sku_id=sku_id)
    order = sorted(wanted, key=lambda sku_id: (found[sku_id].merchant_id, sku_id))
    return price(PricedLine(found[sku_id], wanted[sku_id]) for sku_id in order)


def check_quantity(quantity: int, field: str) -> None:
    if not 1 <= quantity <= MOST_OF_ONE:
        raise Invalid(f"购买数量须在 1 到 {MOST_OF_ONE} 之间", field=field)


# ------------------------------------------------------------------------------------------------ cart
class CartProblem(StrEnum):
    """Why a line cannot be bought as it stands; of several, the first. A changed price is only shown."""

    OFF_SALE = "OFF_SALE"
    SOLD_OUT = "SOLD_OUT"
    SHORT = "SHORT"
    PRICE_CHANGED = "PRICE_CHANGED"


@dataclass(frozen=True)
class CartItem:
    offer: Offer
    quantity: int
    selected: bool
    price_seen: int
    added_at: datetime

    @property
    def problem(self) -> CartProblem | None:
        if not self.offer.on_sale:
            return CartProblem.OFF_SALE
        if self.offer.available <= 0:
            return CartProblem.SOLD_OUT
        if self.offer.available < self.quantity:
            return CartProblem.SHORT
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


def _cart(_columns: Columns) -> Select[Any]:
    line = CartLine.__table__.c
    chosen = _offers().add_columns(line.quantity, line.selected, line.price_seen, line.added_at)
    chosen = chosen.join(CartLine, CartLine.sku_id == Sku.id)
    chosen = chosen.where(line.member_id == bindparam("member_id", type_=Uuid))
    return chosen.order_by(line.added_at.desc(), line.sku_id)


CART = Statement(CartLine.__table__, _cart)


async def cart(session: AsyncSession, viewer: Viewer) -> Cart:
    """The viewer's cart as it stands now, in one statement."""
    rows = await CART.rows(session, NO_COLUMNS, member_id=viewer.member_id)
    items = tuple(
        CartItem(_offer(row), row["quantity"], row["selected"], row["price_seen"], row["added_at"]) for row in rows
    )
    return Cart(items, price(PricedLine(item.offer, item.quantity) for item in items if item.counts))


async def add(uow: UnitOfWork, viewer: Viewer, sku_id: UUID, quantity: int) -> None:
    """Puts so many more into the cart. OutOfStock when the line would then be more than can be had."""
    check_quantity(quantity, "quantity")
    await _lock(uow, viewer)
    lines = await _quantities(uow, viewer)
    await _put(uow, viewer, lines, await _offer_on_sale(uow, sku_id), lines.get(sku_id, 0) + quantity)


async def add_available(uow: UnitOfWork, viewer: Viewer, wanted: Mapping[UUID, int]) -> int:
    """Puts what can be had of `wanted` into the cart, as much as there is; answers how many lines that were."""
    await _lock(uow, viewer)
    lines = await _quantities(uow, viewer)
    found = await offers(uow.session, list(wanted))
    added = 0
    for sku_id, quantity in wanted.items():
        offer = found.get(sku_id)
        after = lines.get(sku_id, 0) + quantity
        most = min(after, offer.available, MOST_OF_ONE) if offer and offer.on_sale else 0
        if offer and most > 0 and (sku_id in lines or len(lines) < MOST_LINES):
            await _put(uow, viewer, lines, offer, most)
            lines[sku_id] = most
            added += 1
    return added


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
    to: dict[str, Any] = {"quantity": quantity, "price_seen": offer.price}
    if select_it:
        to["selected"] = True
    new = {"member_id": viewer.member_id, "sku_id": offer.sku_id, "added_at": clock.now(), **to}
    put = insert(CartLine).values(new).on_conflict_do_update(index_elements=["member_id", "sku_id"], set_=to)
    await uow.session.execute(put)


async def _delete(uow: UnitOfWork, member_id: UUID, sku_ids: Sequence[UUID]) -> None:
    gone = and_(CartLine.member_id == member_id, among(CartLine, "sku_id", sku_ids))
    await uow.session.execute(delete(CartLine).where(gone))
