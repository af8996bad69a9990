"""What sending goods costs: pure rules in whole grams and fen.

Of a template the rule for the most specific region holds: town, county, city, province, and else its default rule.
Goods of several templates of one shop travel together: the template with the highest first fee pays it, the others
only their continuation, and never more than each would pay alone. Nothing is ever free because something is missing:
where no rule can be found, nothing is sent.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TypeAlias
from uuid import UUID

from domain.base import Refusal
from domain.freight import words
from domain.pricing import Freight, FreightStep
from models.freight import FreightUnit

# Cubic millimetres that count as one gram: couriers divide cubic centimetres by 6000 for kilograms.
MM3_PER_GRAM = 6000
NO_TEMPLATE = "店铺尚未设置运费"


class Undeliverable(Refusal):
    """Some of the goods are not sent to the region; nothing of the order is. `reason` is the shop's own."""

    code = "UNDELIVERABLE"

    def __init__(self, sku_ids: Sequence[UUID], region_code: str | None, reason: str) -> None:
        message = f"有 {len(sku_ids)} 种商品不能送到所选地区：{reason}"
        super().__init__(message, field="addressId", sku_ids=list(sku_ids), region_code=region_code)
        self.sku_ids = list(sku_ids)
        self.region_code = region_code
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Goods:
    """So many of a SKU on their way. Weight in grams and volume in mm³ of one; `payable` fen are paid for all of it."""

    sku_id: UUID
    template_id: UUID | None
    quantity: int
    weight: int
    volume: int | None
    payable: int
    cold: bool = False

    @property
    def grams(self) -> int:
        """What is charged: bulky goods weigh what their volume says."""
        return self.quantity * max(self.weight, ceil(self.volume or 0, MM3_PER_GRAM))


def ceil(value: int, step: int) -> int:
    """How many steps are begun."""
    return -(-value // step)


# ------------------------------------------------------------------------------------------------ templates
@dataclass(frozen=True, slots=True)
class Fee:
    """So much for the first unit, and for each step begun beyond. Units are grams or pieces, fees fen."""

    first: int
    first_fee: int
    step: int
    step_fee: int

    def alone(self, units: int) -> int:
        return self.first_fee + self.steps_beyond(units) * self.step_fee

    def steps_beyond(self, units: int) -> int:
        return ceil(max(units - self.first, 0), self.step)

    def together(self, units: int) -> int:
        """Beside goods that pay the first fee: continuation only, and never more than alone."""
        return min(ceil(units, self.step) * self.step_fee, self.alone(units))


@dataclass(frozen=True, slots=True)
class Closed:
    """Nothing is sent there, and why."""

    reason: str


Rule: TypeAlias = Fee | Closed


@dataclass(frozen=True, slots=True)
class Free:
    """Sending is free from so many pieces and so many fen on, where a bound is given; no `codes` means everywhere."""

    codes: frozenset[str] = frozenset()
    from_quantity: int | None = None
    from_amount: int | None = None

    def holds(self, path: Sequence[str], quantity: int, amount: int) -> bool:
        near = not self.codes or not self.codes.isdisjoint(path)
        return near and quantity >= (self.from_quantity or 0) and amount >= (self.from_amount or 0)

    @property
    def text(self) -> str:
        bounds = [f"{self.from_quantity} 件"] if self.from_quantity else []
        bounds += [words.yuan(self.from_amount)] if self.from_amount else []
        return f"满 {' 且 '.join(bounds)}包邮"


@dataclass(frozen=True)
class Template:
    """How goods of one kind are sent. `places` names the rule of each region that has its own."""

    id: UUID
    name: str
    unit: FreightUnit
    default: Rule
    rules: Mapping[int, Rule] = field(default_factory=dict)
    places: Mapping[str, int] = field(default_factory=dict)
    frees: Sequence[Free] = ()
    cold_fee: int = 0
    # The months in which goods that travel cold pay for it, both included; all of them where one follows the other.
    cold_from: int = 1
    cold_to: int = 12
    pack_grams: int | None = None
    pack_fee: int = 0

    def rule(self, path: Sequence[str]) -> Rule:
        """The rule of the most specific of these regions; without any, what the shop asks at most places."""
        for code in path:
            if code in self.places:
                return self.rules[self.places[code]]
        return self.default if path else self._anywhere

    @cached_property
    def _anywhere(self) -> Rule:
        """Before an address is known: the default rule or, where that sends nothing, the cheapest that does."""
        if isinstance(self.default, Fee):
            return self.default
        fees = [rule for rule in self.rules.values() if isinstance(rule, Fee)]
        return min(fees, key=lambda fee: (fee.first_fee, fee.step_fee)) if fees else self.default

    def units(self, goods: Iterable[Goods]) -> int:
        by_weight = self.unit is FreightUnit.WEIGHT
        return sum(each.grams if by_weight else each.quantity for each in goods)

    def free(self, path: Sequence[str], goods: Sequence[Goods]) -> Free | None:
        quantity, amount = sum(each.quantity for each in goods), sum(each.payable for each in goods)
        return next((free for free in self.frees if free.holds(path, quantity, amount)), None)

    def is_cold_in(self, month: int) -> bool:
        """Whether goods that travel cold pay for it then: April to October, or November to February."""
        return (month - self.cold_from) % 12 <= (self.cold_to - self.cold_from) % 12

    def boxes(self, goods: Iterable[Goods]) -> int:
        return ceil(sum(each.grams for each in goods), self.pack_grams) if self.pack_grams else 0


def path_of(code: str | None) -> tuple[str, ...]:
    """A region and what it lies in, the most specific first: GB/T 2260 nests by digits."""
    if code is None:
        return ()
    county, city, province = code[:6], f"{code[:4]}00", f"{code[:2]}0000"
    return tuple(dict.fromkeys((code, county, city, province)))


# ------------------------------------------------------------------------------------------------ a shop's freight
@dataclass(frozen=True)
class Shop:
    """The templates of one merchant."""

    templates: Mapping[UUID, Template]
    default_id: UUID | None

    def template(self, id: UUID | None) -> Template | None:
        known = id or self.default_id
        return self.templates.get(known) if known else None

    def refusal(self, template_id: UUID | None, region_code: str | None) -> str | None:
        """Why goods of this template are not sent to the region; None when they are."""
        template = self.template(template_id)
        if template is None:
            return NO_TEMPLATE
        rule = template.rule(path_of(region_code))
        return rule.reason if isinstance(rule, Closed) else None

    def freight(self, region_code: str | None, goods: Sequence[Goods], month: int) -> Freight:
        """What sending these goods together costs in a month. Undeliverable names every SKU that is not sent there."""
        path = path_of(region_code)
        self._refuse(region_code, goods)
        parcels = [_Parcel(template, path, own) for template, own in self._by_template(goods)]
        charged = [parcel for parcel in parcels if parcel.free is None]
        steps = [FreightStep(parcel.named(parcel.free.text), 0) for parcel in parcels if parcel.free]
        if charged:
            steps += _fees(charged) + _cold(charged, month) + _boxes(charged)
        return Freight(sum(step.amount for step in steps), tuple(steps))

    def _refuse(self, region_code: str | None, goods: Sequence[Goods]) -> None:
        refused = {each.sku_id: self.refusal(each.template_id, region_code) for each in goods}
        if closed := {sku_id: reason for sku_id, reason in refused.items() if reason}:
            raise Undeliverable(sorted(closed), region_code, "；".join(dict.fromkeys(closed.values())))

    def _by_template(self, goods: Iterable[Goods]) -> list[tuple[Template, list[Goods]]]:
        found: dict[UUID, list[Goods]] = {}
        for each in goods:
            found.setdefault(each.template_id or self.default_id or each.sku_id, []).append(each)
        return [(self.templates[id], own) for id, own in sorted(found.items())]


class _Parcel:
    """The goods of one template, and the fee that holds for them."""

    def __init__(self, template: Template, path: Sequence[str], goods: Sequence[Goods]) -> None:
        rule = template.rule(path)
        assert isinstance(rule, Fee), "refused before"
        self.template, self.goods, self.fee = template, goods, rule
        self.units = template.units(goods)
        self.free = template.free(path, goods)

    def named(self, text: str) -> str:
        return f"{self.template.name}：{text}"

    @property
    def saved(self) -> int:
        """What it pays less when another pays the first fee."""
        return self.fee.alone(self.units) - self.fee.together(self.units)

    @property
    def text(self) -> str:
        """首重 1 公斤 8 元 + 续重 2 公斤 6 元."""
        fee, unit = self.fee, self.template.unit
        if fee.step_fee == 0:
            return f"一单 {words.yuan(fee.first_fee)}"
        begun = f"{words.first(unit)} {words.measure(unit, fee.first)} {words.yuan(fee.first_fee)}"
        steps = fee.steps_beyond(self.units)
        return f"{begun} + {self._further(steps)}" if steps else begun

    @property
    def text_together(self) -> str:
        if self.saved == 0:
            return f"合并发货，{self.text}"
        if self.fee.step_fee == 0:
            return "合并发货，不另收费"
        return f"合并发货，{self._further(ceil(self.units, self.fee.step))}"

    def _further(self, steps: int) -> str:
        unit, fee = self.template.unit, self.fee
        return f"{words.further(unit)} {words.measure(unit, steps * fee.step)} {words.yuan(steps * fee.step_fee)}"


def _fees(parcels: Sequence[_Parcel]) -> list[FreightStep]:
    """One pays its first fee: the dearest, and of several as dear the one that makes all of it cheapest."""
    highest = max(parcel.fee.first_fee for parcel in parcels)
    main = min((each for each in parcels if each.fee.first_fee == highest), key=lambda each: each.saved)
    steps = [FreightStep(main.named(main.text), main.fee.alone(main.units))]
    others = [each for each in parcels if each is not main]
    return steps + [FreightStep(each.named(each.text_together), each.fee.together(each.units)) for each in others]


def _cold(parcels: Sequence[_Parcel], month: int) -> list[FreightStep]:
    """Cold goods pay once an order, the highest of their templates; out of season it is said that they do not."""
    cold = [each.template for each in parcels if each.template.cold_fee and any(goods.cold for goods in each.goods)]
    now = [template for template in cold if template.is_cold_in(month)]
    if now:
        dearest = max(now, key=lambda template: template.cold_fee)
        season = words.season(dearest.cold_from, dearest.cold_to)
        label = f"冷链附加费{f'（{season}）' if season else ' '}{words.yuan(dearest.cold_fee)}"
        return [FreightStep(label, dearest.cold_fee)]
    seasons = dict.fromkeys(words.season(template.cold_from, template.cold_to) for template in cold)
    return [FreightStep(f"冷链附加费：{month} 月不收（{'、'.join(seasons)}收取）", 0)] if cold else []


def _boxes(parcels: Sequence[_Parcel]) -> list[FreightStep]:
    steps = []
    for parcel in parcels:
        if boxes := parcel.template.boxes(parcel.goods):
            fee = boxes * parcel.template.pack_fee
            each = words.weight(parcel.template.pack_grams or 0)
            steps.append(FreightStep(parcel.named(f"包装箱（每箱 {each}）{boxes} 个 {words.yuan(fee)}"), fee))
    return steps
