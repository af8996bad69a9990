"""Random carts with everything that can make them cheaper: cheap to make, the same for the same seed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from random import Random
from typing import TypeVar
from uuid import UUID

from domain.pricing import (
    Benefits,
    Coupon,
    Freight,
    FreightStep,
    GiftCard,
    Points,
    Priced,
    PricedLine,
    Reduction,
    Scope,
    SpecialPrice,
    Tier,
    price,
)
from models.pricing import Party

IDS = [UUID(int=0x0190_0000_0000_7000_8000_0000_0000_0000 + at) for at in range(2000)]
MERCHANTS, CATEGORIES, SKUS, SOURCES = IDS[:4], IDS[10:16], IDS[100:160], IDS[1000:]
T = TypeVar("T")
EXPIRY = [None, *(datetime(2026, month, 1, tzinfo=UTC) for month in range(1, 13))]


@dataclass(frozen=True, slots=True)
class Goods:
    """A SKU as pricing wants it."""

    sku_id: UUID
    merchant_id: UUID
    price: int
    category_id: UUID = CATEGORIES[0]
    title: str = "昭通苹果"
    sku_name: str = "5 斤装"

    @property
    def product_id(self) -> UUID:
        return self.sku_id


Line = PricedLine[Goods]
Wanted = tuple[Goods, int]


@dataclass(frozen=True, slots=True)
class FlatFreight:
    """One amount for each merchant, nothing from so much on: what the mall charges without templates."""

    fen: int
    free_from: int

    def __call__(self, merchant_id: UUID, lines: Sequence[Line]) -> Freight:
        if sum(line.payable for line in lines) >= self.free_from:
            return Freight(0)
        return Freight(self.fen, (FreightStep("首重", self.fen // 2), FreightStep("续重", self.fen - self.fen // 2)))


@dataclass(frozen=True, slots=True)
class Case:
    wanted: list[Wanted]
    benefits: Benefits
    freight: FlatFreight

    def priced(self) -> Priced[Goods]:
        return price(self.wanted, self.freight, self.benefits)

    def shuffled(self, random: Random) -> Case:
        """The same goods and benefits in another order."""
        held = self.benefits
        other = Benefits(
            held.campaigns,
            held.member_prices,
            held.tier,
            tuple(mixed(random, held.reductions)),
            tuple(mixed(random, held.coupons)),
            held.points,
            tuple(mixed(random, held.cards)),
        )
        return Case(mixed(random, self.wanted), other, self.freight)


def mixed(random: Random, found: Sequence[T]) -> list[T]:
    return random.sample(found, len(found))


def goods(sku: int, price: int, quantity: int = 1, merchant: int = 0, category: int = 0) -> Wanted:
    return Goods(SKUS[sku], MERCHANTS[merchant], price, CATEGORIES[category]), quantity


class Maker:
    """Makes cases one after another. Small amounts and round thresholds come often: that is where the edges are."""

    def __init__(self, seed: int) -> None:
        self.random = Random(seed)
        self._source = 0

    def case(self) -> Case:
        wanted = self._wanted()
        freight = FlatFreight(self._among(0, 600, 800, 1201), self._among(0, 1, 5000, 8800, 10**9))
        return Case(wanted, self._benefits([each for each, _ in wanted]), freight)

    def _among(self, *values: int) -> int:
        return values[int(self.random.random() * len(values))]

    def _fen(self, most: int) -> int:
        """Small ones as often as large ones."""
        return 1 + int(most ** self.random.random())

    def _id(self) -> UUID:
        self._source = (self._source + 1) % len(SOURCES)
        return SOURCES[self._source]

    def _wanted(self) -> list[Wanted]:
        random = self.random
        many = self._among(1, 1, 2, 3, 3, 4, 5, 8)
        at = [int(random.random() * len(SKUS))]
        while len(at) < many:
            at.append((at[-1] + 7) % len(SKUS))
        merchants = self._among(1, 2, 4)
        return [
            goods(each, self._fen(30_000), self._among(1, 1, 2, 3, 7, 12), int(random.random() * merchants), each % 6)
            for each in at
        ]

    def _benefits(self, goods: list[Goods]) -> Benefits:
        random = self.random
        tier = Tier(self._id(), "银卡", self._among(100, 98, 95, 88, 50)) if random.random() < 0.5 else None
        points = Points(self._fen(30_000) - 1, self._among(1, 1, 1, 10, 7), self._among(100, 50, 30, 0))
        points = replace(points, least=self._among(0, 0, 1, 5000))
        return Benefits(
            campaigns=self._special(goods, 0.2),
            member_prices=self._special(goods, 0.2),
            tier=tier,
            reductions=tuple(self._reduction() for _ in range(self._among(0, 1, 1, 2, 3))),
            coupons=tuple(self._coupon(goods) for _ in range(self._among(0, 1, 2, 3, 5))),
            points=points if random.random() < 0.5 else None,
            cards=tuple(self._card() for _ in range(self._among(0, 0, 1, 2))),
        )

    def _special(self, goods: list[Goods], often: float) -> dict[UUID, SpecialPrice]:
        party = Party.PLATFORM if self.random.random() < 0.3 else Party.MERCHANT
        return {
            each.sku_id: SpecialPrice(self._id(), "特价", int(each.price * 1.1 * self.random.random()), party)
            for each in goods
            if self.random.random() < often
        }

    def _reduction(self) -> Reduction:
        thresholds = (self._among(0, 1000, 5000), self._among(5000, 9900, 20_000))
        steps = tuple((threshold, self._fen(3000)) for threshold in thresholds)
        if self.random.random() < 0.5:
            return Reduction(self._id(), "满减", MERCHANTS[self._among(0, 1)], steps, self._scope([]))
        borne, scope = self._among(0, 1, 30, 50, 99, 100), self._scope([])
        return Reduction(self._id(), "平台满减", None, steps, scope, borne, self._shops())

    def _shops(self) -> dict[UUID, Scope]:
        """Some of the merchants, with all of their goods or a few."""
        few = Scope(product_ids=frozenset(SKUS[:: self._among(2, 3)]))
        return {each: self._either(few, Scope()) for each in MERCHANTS if self.random.random() < 0.7}

    def _either(self, one: T, other: T) -> T:
        return one if self.random.random() < 0.3 else other

    def _coupon(self, goods: list[Goods]) -> Coupon:
        whose = None if self.random.random() < 0.5 else MERCHANTS[self._among(0, 1)]
        threshold, scope = self._among(0, 0, 1000, 9900, 30_000), self._scope(goods)
        exclusive = self.random.random() < 0.3
        if self.random.random() < 0.5:
            borne = 0 if whose else self._among(0, 0, 30, 50, 100)
            about = {"scope": scope, "merchant_percent": borne, "exclusive": exclusive}
            return Coupon(self._id(), "券", whose, threshold, off=self._fen(5000), **about)
        most = None if self.random.random() < 0.3 else self._fen(5000)
        percent = self._among(1, 12, 15, 50, 100)
        return Coupon(self._id(), "折扣券", whose, threshold, percent_off=percent, most=most, exclusive=exclusive)

    def _scope(self, goods: list[Goods]) -> Scope:
        which = self.random.random()
        if which < 0.6:
            return Scope()
        if which < 0.75:
            return Scope(category_ids=frozenset(CATEGORIES[: self._among(1, 3)]))
        if which < 0.85:
            return Scope(merchant_ids=frozenset(MERCHANTS[1:3]))
        return Scope(sku_ids=frozenset(each.sku_id for each in goods[::2]) | frozenset(SKUS[::3]))

    def _card(self) -> GiftCard:
        until = EXPIRY[int(self.random.random() * len(EXPIRY))]
        return GiftCard(self._id(), "礼品卡", self._fen(20_000), until, MERCHANTS[self._among(0, 1, 2, 3)])
