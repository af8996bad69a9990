"""Prices of orders that are placed together: what is alike is priced once."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from uuid import UUID

from domain import checkout, freight, promotions
from domain.base import Invalid, UnitOfWork
from domain.checkout import Offer, Priced
from domain.pricing import NO_BENEFITS, Benefits, Reduction
from domain.promotions import Budgets


async def open_prices(
    uow: UnitOfWork, found: Mapping[UUID, Offer], rules: freight.Rules, reduced: Collection[UUID]
) -> tuple[Prices, Budgets]:
    """Prices with the 满减 of these SKUs as they are at this moment, and their budgets, held until the commit."""
    goods = [found[sku_id] for sku_id in reduced if sku_id in found]
    reductions = await promotions.reductions_of(uow.session, goods)
    budgets = await promotions.hold(uow, reductions, {offer.merchant_id for offer in goods})
    return Prices(found, rules, budgets.reductions), budgets


class Prices:
    """Prices what is wanted from offers that were read; of those who want the same sent to one region, only once."""

    def __init__(self, found: Mapping[UUID, Offer], rules: freight.Rules, reductions: tuple[Reduction, ...]) -> None:
        self._found = found
        self._rules = rules
        self._reductions = reductions
        self._made: dict[tuple[str | None, tuple[tuple[UUID, int], ...]], Priced] = {}

    def without(
        self,
        wanted: Sequence[tuple[UUID, int]],
        region_code: str | None,
        benefits: Benefits,
        alone: bool,
        ids: frozenset[UUID],
    ) -> Priced:
        """As `of`, where these 满减 do not hold any more."""
        left = tuple(each for each in self._reductions if each.id not in ids)
        return Prices(self._found, self._rules, left).of(wanted, region_code, benefits, alone=alone)

    def of(
        self, wanted: Sequence[tuple[UUID, int]], region_code: str | None, benefits: Benefits, *, alone: bool
    ) -> Priced:
        """`alone`: nothing but the benefits goes with it. Without a region it is picked up, and not sent."""
        lines = tuple(wanted)
        if benefits is not NO_BENEFITS:
            return self._priced(lines, region_code, benefits, alone=alone)
        made = self._made.get((region_code, lines))
        if made is None:
            made = self._made[region_code, lines] = self._priced(lines, region_code, benefits)
        return made

    def _priced(
        self, lines: Sequence[tuple[UUID, int]], region_code: str | None, benefits: Benefits, *, alone: bool = False
    ) -> Priced:
        quantities = dict(lines)
        if len(quantities) != len(lines):
            raise Invalid("同一规格请合并为一行", field="lines")
        checkout.check_wanted(quantities)
        if not alone:
            known = [self._found[sku_id] for sku_id in quantities if sku_id in self._found]
            benefits = promotions.with_promotions(benefits, promotions.at_shops(self._reductions, known))
        send = checkout.at_the_counter if region_code is None else checkout.sending(self._rules, region_code)
        return checkout.price_found(self._found, quantities, send, benefits)
