"""What goods cost together: the price engine, fed with offers, freight and what makes them cheaper for a buyer."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from typing import TypeAlias
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from domain import pricing
from domain.base import Invalid, Viewer
from domain.checkout.offering import Offer, offers
from domain.pricing import NO_BENEFITS, Benefits, Freight, FreightStep
from domain.pricing.words import exact_yuan, yuan
from models.catalog import ReturnClass

MOST_BOUGHT = 50
MOST_OF_ONE = 999

PricedLine: TypeAlias = pricing.PricedLine[Offer]
PricedGroup: TypeAlias = pricing.PricedGroup[Offer]
Priced: TypeAlias = pricing.Priced[Offer]

#: What each of these viewers may use, in their order; read in the transaction that places, where there is one.
BenefitsOf: TypeAlias = Callable[[AsyncSession, Sequence[Viewer]], Awaitable[Sequence[Benefits]]]


async def no_benefits(_session: AsyncSession, viewers: Sequence[Viewer]) -> Sequence[Benefits]:
    """Nobody has anything: everything costs its list price."""
    return [NO_BENEFITS] * len(viewers)


def price(wanted: Iterable[tuple[Offer, int]], benefits: Benefits = NO_BENEFITS) -> Priced:
    """The one way prices are made: by merchant, in the order the merchants first appear."""
    return pricing.price(wanted, flat_freight, benefits)


def flat_freight(_merchant_id: UUID, lines: Sequence[PricedLine]) -> Freight:
    """One amount per merchant, nothing from so much of that merchant's own goods on, after discounts."""
    offer, worth = lines[0].offer, sum(line.payable for line in lines)
    free_from = offer.free_freight_from
    if free_from is not None and worth >= free_from:
        return Freight(0, (FreightStep("免运费", 0, f"满 {yuan(free_from)} 元免运费"),))
    missing = None if free_from is None else f"再买 {exact_yuan(free_from - worth)} 元免运费"
    return Freight(offer.freight, (FreightStep("商家统一运费", offer.freight, missing),))


async def price_wanted(session: AsyncSession, wanted: Mapping[UUID, int], benefits: Benefits = NO_BENEFITS) -> Priced:
    """Prices of goods that are all on sale; stock is not looked at. Sorted, so that the same goods read the same."""
    check_wanted(wanted)
    return price_found(await offers(session, list(wanted)), wanted, benefits)


def check_wanted(wanted: Mapping[UUID, int]) -> None:
    """Refuses too many kinds of goods, or too many of one."""
    if not 1 <= len(wanted) <= MOST_BOUGHT:
        raise Invalid(f"一次须购买 1 到 {MOST_BOUGHT} 种商品", field="lines")
    for quantity in wanted.values():
        check_quantity(quantity, "lines")


def price_found(found: Mapping[UUID, Offer], wanted: Mapping[UUID, int], benefits: Benefits = NO_BENEFITS) -> Priced:
    """As `price_wanted`, for offers that were read already and quantities that were checked."""
    for sku_id in wanted:
        if sku_id not in found or not found[sku_id].on_sale:
            raise Invalid("有商品已下架，请返回购物车查看", field="lines", sku_id=sku_id)
    order = sorted(wanted, key=lambda sku_id: (found[sku_id].merchant_id, sku_id))
    return price(((found[sku_id], wanted[sku_id]) for sku_id in order), benefits)


def check_quantity(quantity: int, field: str) -> None:
    if not 1 <= quantity <= MOST_OF_ONE:
        raise Invalid(f"购买数量须在 1 到 {MOST_OF_ONE} 之间", field=field)


def need_return_waiver(priced: Priced) -> list[UUID]:
    """SKUs whose right of return is only waived when the buyer says so, before ordering."""
    conditional = ReturnClass.NO_RETURN_IF_CONFIRMED
    return [line.offer.sku_id for line in priced.lines if line.offer.return_class is conditional]
