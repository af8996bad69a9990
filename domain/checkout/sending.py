"""What sending the goods of an order costs, and whether they are sent there at all."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TypeAlias
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from domain import freight, merchants, pricing
from domain.base import Invalid, NotFound, Viewer, ViewerKind
from domain.checkout.offering import Offer, offers
from domain.members import addresses
from domain.pricing import Freight, FreightStep, PricedLine

Send: TypeAlias = pricing.FreightOf[Offer]


async def rules_of(session: AsyncSession, found: Iterable[Offer]) -> freight.Rules:
    """The freight rules of everybody who makes one of these offers, in no statement or in one."""
    return await freight.rules(session, {offer.merchant_id: offer.freight_mark for offer in found})


def sending(rules: freight.Rules, region_code: str | None) -> Send:
    """Freight to one region, as the price engine asks for it; without a region what is usual."""

    def send(merchant_id: UUID, lines: Sequence[PricedLine[Offer]]) -> Freight:
        return rules.freight(
            merchant_id, region_code, [goods_of(line.offer, line.quantity, line.payable) for line in lines]
        )

    return send


def at_the_counter(_merchant_id: UUID, _lines: Sequence[PricedLine[Offer]]) -> Freight:
    """What is picked up is not sent: it costs no freight, and is refused to nobody for where he lives."""
    return Freight(0, (FreightStep("到店自提", 0),))


def goods_of(offer: Offer, quantity: int, payable: int, weight: int | None = None) -> freight.Goods:
    """So many of an offer as the freight rules look at them; `weight`: grams of one, where they are not the offer's."""
    return freight.Goods(
        offer.sku_id,
        offer.freight_template_id,
        quantity,
        offer.gross_weight if weight is None else weight,
        offer.volume,
        payable,
        offer.cold,
    )


def refusal(rules: freight.Rules, offer: Offer, region_code: str | None) -> str | None:
    """Why the shop does not send this to the region; None when it does."""
    return rules.refusal(offer.merchant_id, offer.freight_template_id, region_code)


# ------------------------------------------------------------------------------------------------ one SKU
@dataclass(frozen=True)
class SkuFreight:
    """What sending some of one SKU costs, and the region that was asked about; None before any is known."""

    answer: freight.Answer
    region_code: str | None


async def sku_freight(
    session: AsyncSession, viewer: Viewer, sku_id: UUID, quantity: int, region_code: str | None
) -> SkuFreight:
    """For the product's page: to `region_code`, else to where the viewer's default address is."""
    if not 1 <= quantity <= 999:
        raise Invalid("购买数量须在 1 到 999 之间", field="quantity")
    if region_code is not None and not merchants.CODE.fullmatch(region_code):
        raise Invalid("请选择地区", field="regionCode")
    offer = (await offers(session, [sku_id])).get(sku_id)
    if offer is None or not offer.on_sale:
        raise NotFound("商品已下架", field="skuId")
    region_code = region_code or await _home(session, viewer)
    rules = await rules_of(session, [offer])
    shop = rules.shops.get(offer.merchant_id, freight.Shop({}, None))
    return SkuFreight(
        freight.answer(shop, region_code, [goods_of(offer, quantity, PricedLine(offer, quantity).payable)]), region_code
    )


async def _home(session: AsyncSession, viewer: Viewer) -> str | None:
    if viewer.kind is not ViewerKind.MEMBER:
        return None
    found = await addresses.default(session, viewer, frozenset({"region_code"}))
    return found["region_code"] if found else None
