"""A shop's freight templates, what sending costs, and the refusal where nothing is sent."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

import strawberry

from domain import checkout, freight, merchants
from domain.freight import Undeliverable as NotSent
from models.base import Fen
from models.freight import FreightUnit
from schema.base import Problem, Refused
from schema.merchants import Region
from schema.relations import RowType, one

strawberry.enum(FreightUnit, description="What a template counts in: grams or pieces.")


@strawberry.type(description="Some goods are not sent to the address; nothing was ordered.")
class Undeliverable(Problem):
    sku_ids: list[UUID]
    region_code: str | None
    reason: str = strawberry.field(description="The shop's own words.")

    @classmethod
    def of(cls, refusal: NotSent) -> Undeliverable:
        return cls(
            code=refusal.code,
            message=refusal.message,
            field=refusal.field,
            sku_ids=refusal.sku_ids,
            region_code=refusal.region_code,
            reason=refusal.reason,
        )


# ------------------------------------------------------------------------------------------------ templates
@strawberry.type
class FreightPlace(RowType):
    code: str
    name: str = strawberry.field(description="The whole name, 四川省 成都市.")


@strawberry.type(description="Units in grams or pieces, as the template counts; null where nothing is sent.")
class FreightRule(RowType):
    places: list[FreightPlace] = strawberry.field(description="Empty for the default rule.")
    deliverable: bool
    reason: str = strawberry.field(description="Why nothing is sent there.")
    first: int | None
    first_fee: Fen | None
    step: int | None
    step_fee: Fen | None


@strawberry.type(description="Free from so many pieces and so many fen on, where a bound is given.")
class FreightFree(RowType):
    places: list[FreightPlace] = strawberry.field(description="Empty: everywhere goods are sent.")
    from_quantity: int | None
    from_amount: Fen | None


@strawberry.type(description="How goods of one kind are sent.")
class FreightTemplate(RowType):
    id: UUID
    name: str
    unit: FreightUnit
    is_default: bool = strawberry.field(description="Whether goods that name no template use it.")
    default_rule: FreightRule
    rules: list[FreightRule]
    frees: list[FreightFree]
    cold_fee: Fen = strawberry.field(description="For goods that travel cold, once an order, `coldFrom` to `coldTo`.")
    cold_from: int = strawberry.field(description="Month, 1 to 12; later than `coldTo`: over New Year.")
    cold_to: int = strawberry.field(description="The last month, which is included.")
    pack_grams: int | None = strawberry.field(description="What a box holds; null: boxes cost nothing extra.")
    pack_fee: Fen | None = strawberry.field(description="For each box.")
    product_count: int = strawberry.field(description="Products that name it.")
    version: int
    updated_at: datetime

    @classmethod
    def whole(cls, row: Mapping[str, Any]) -> FreightTemplate:
        return cls.of(
            {
                **row,
                "default_rule": _rule(row["default"]),
                "rules": [_rule(rule) for rule in row["rules"]],
                "frees": [FreightFree.of({**free, "places": _places(free)}) for free in row["frees"]],
            }
        )


def _rule(row: Mapping[str, Any]) -> FreightRule:
    return FreightRule.of({**row, "places": _places(row)})


def _places(row: Mapping[str, Any]) -> list[FreightPlace]:
    return [FreightPlace.of(place) for place in row["places"]]


FreightTemplateResult = Annotated[FreightTemplate | Refused, strawberry.union("FreightTemplateResult")]


@strawberry.input(
    description="Units in grams or pieces, fees in fen. Without `deliverable` only `reason` is looked at."
)
class FreightRuleInput:
    codes: list[str] = strawberry.field(default_factory=list)
    deliverable: bool = True
    reason: str = ""
    first: int | None = None
    first_fee: Fen | None = None
    step: int | None = None
    step_fee: Fen | None = None

    def wanted(self) -> freight.RuleWanted:
        return freight.RuleWanted(**{**vars(self), "codes": tuple(self.codes)})


@strawberry.input
class FreightFreeInput:
    codes: list[str] = strawberry.field(default_factory=list)
    from_quantity: int | None = None
    from_amount: Fen | None = None

    def wanted(self) -> freight.FreeWanted:
        return freight.FreeWanted(tuple(self.codes), self.from_quantity, self.from_amount)


@strawberry.input
class FreightTemplateInput:
    name: str
    unit: FreightUnit
    default_rule: FreightRuleInput
    rules: list[FreightRuleInput] = strawberry.field(default_factory=list)
    frees: list[FreightFreeInput] = strawberry.field(default_factory=list)
    cold_fee: Fen = Fen(0)
    cold_from: int = strawberry.field(default=4, description="The first month in which `coldFee` is asked, 1 to 12.")
    cold_to: int = strawberry.field(default=10, description="The last one; earlier than `coldFrom`: over New Year.")
    pack_grams: int | None = None
    pack_fee: Fen | None = None

    def wanted(self) -> freight.TemplateWanted:
        return freight.TemplateWanted(
            name=self.name,
            unit=self.unit,
            default=self.default_rule.wanted(),
            rules=tuple(rule.wanted() for rule in self.rules),
            frees=tuple(free.wanted() for free in self.frees),
            cold_fee=self.cold_fee,
            cold_from=self.cold_from,
            cold_to=self.cold_to,
            pack_grams=self.pack_grams,
            pack_fee=self.pack_fee,
        )


# ------------------------------------------------------------------------------------------------ what it costs
@strawberry.input(description="One piece weighs `weight` grams; all `quantity` of them cost `amount` fen.")
class FreightTrialInput:
    region_code: str
    quantity: int = 1
    weight: int = 0
    amount: Fen = Fen(0)
    cold: bool = False
    month: int | None = strawberry.field(default=None, description="1 to 12; null: this month.")

    def wanted(self) -> freight.Trial:
        return freight.Trial(**vars(self))


@strawberry.type
class FreightStep(RowType):
    label: str = strawberry.field(description="首重 1 公斤 8 元 + 续重 2 公斤 6 元.")
    amount: Fen


@strawberry.type(description="What sending costs; `fee` is null where nothing is sent, and `reason` says why.")
class FreightQuote(RowType):
    fee: Fen | None
    reason: str
    steps: list[FreightStep] = strawberry.field(description="They add up to `fee`.")
    region: Region | None = one(merchants.regions_by_code, key="region_code", description="Null: no address is known.")

    @classmethod
    def whole(cls, answer: freight.Answer, region_code: str | None) -> FreightQuote:
        found = answer.freight
        steps = (
            [FreightStep.of({"label": step.label, "amount": step.amount}) for step in found.explained] if found else []
        )
        fee = found.fen if found else None
        return cls.of({"fee": fee, "reason": answer.reason, "steps": steps, "region_code": region_code})

    @classmethod
    def of_sku(cls, found: checkout.SkuFreight) -> FreightQuote:
        return cls.whole(found.answer, found.region_code)


FreightQuoteResult = Annotated[FreightQuote | Refused, strawberry.union("FreightQuoteResult")]
