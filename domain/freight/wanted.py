"""A template as somebody filled it in, and what may not stand in one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from domain.base import Invalid, clean_text
from domain.freight.rules import Closed, Fee, Free, Rule, Template
from models.base import new_id
from models.freight import FreightUnit

MOST_RULES = 40
MOST_PLACES = 1000
MOST_FREES = 20
MOST_FEN = 1_000_000
MOST_GRAMS = 1_000_000
MOST_PIECES = 10_000
COLD_FROM, COLD_TO = 4, 10


@dataclass(frozen=True)
class RuleWanted:
    """Fees for some places, or why nothing is sent there; `codes` is empty for the default rule alone.

    Units in grams or pieces, fees in fen.
    """

    deliverable: bool = True
    codes: tuple[str, ...] = ()
    reason: str = ""
    first: int | None = None
    first_fee: int | None = None
    step: int | None = None
    step_fee: int | None = None


@dataclass(frozen=True)
class FreeWanted:
    """Free from so many pieces, so many fen, or both; everywhere when no `codes` are given."""

    codes: tuple[str, ...] = ()
    from_quantity: int | None = None
    from_amount: int | None = None


@dataclass(frozen=True)
class TemplateWanted:
    name: str
    unit: FreightUnit
    default: RuleWanted
    rules: tuple[RuleWanted, ...] = ()
    frees: tuple[FreeWanted, ...] = ()
    cold_fee: int = 0
    # Warm months, in which ice is needed: both included, over New Year where the first is the later one.
    cold_from: int = COLD_FROM
    cold_to: int = COLD_TO
    pack_grams: int | None = None
    pack_fee: int | None = None

    @property
    def codes(self) -> set[str]:
        lists = [*(rule.codes for rule in self.rules), *(free.codes for free in self.frees)]
        return {code for codes in lists for code in codes}


def flat(fee: int, free_from: int | None = None) -> TemplateWanted:
    """One fee an order whatever its weight, free from so many fen on: what a new shop begins with."""
    frees = (FreeWanted(from_amount=free_from),) if free_from and fee else ()
    rule = RuleWanted(first=1, first_fee=fee, step=1, step_fee=0)
    return TemplateWanted("默认运费", FreightUnit.PIECE, rule, frees=frees)


# ------------------------------------------------------------------------------------------------ checking
def checked(wanted: TemplateWanted) -> TemplateWanted:
    """The template with clean texts. Invalid, naming the input by its place, for what nobody could be charged by."""
    name = clean_text(wanted.name, field="name", least=1, most=20, label="模板名称")
    _surcharges(wanted)
    if len(wanted.rules) > MOST_RULES or len(wanted.frees) > MOST_FREES:
        raise Invalid(f"一个模板最多 {MOST_RULES} 条地区运费、{MOST_FREES} 条包邮条件", field="rules")
    default = _rule(wanted.default, wanted.unit, "default")
    if default.codes:
        raise Invalid("默认运费不能指定地区", field="default.codes")
    rules = tuple(_regional(rule, wanted.unit, f"rules.{place}") for place, rule in enumerate(wanted.rules))
    _no_region_twice(rules)
    for place, free in enumerate(wanted.frees):
        _free(free, f"frees.{place}")
    return replace(wanted, name=name, default=default, rules=rules)


def _surcharges(wanted: TemplateWanted) -> None:
    _within(wanted.cold_fee, 0, MOST_FEN, "coldFee", "冷链附加费须在 0 到 1 万元之间")
    _within(wanted.cold_from, 1, 12, "coldFrom", "冷链附加费的起止月份须在 1 到 12 之间")
    _within(wanted.cold_to, 1, 12, "coldTo", "冷链附加费的起止月份须在 1 到 12 之间")
    if (wanted.pack_grams is None) != (wanted.pack_fee is None):
        raise Invalid("包装箱的容量与费用须一起填写", field="packFee")
    if wanted.pack_grams is not None and wanted.pack_fee is not None:
        _within(wanted.pack_grams, 1, MOST_GRAMS, "packGrams", "每箱容量须在 1 克到 1000 公斤之间")
        _within(wanted.pack_fee, 0, MOST_FEN, "packFee", "包装费须在 0 到 1 万元之间")


def _rule(rule: RuleWanted, unit: FreightUnit, field: str) -> RuleWanted:
    if not rule.deliverable:
        reason = clean_text(rule.reason, field=f"{field}.reason", least=2, most=40, label="不配送原因")
        return RuleWanted(deliverable=False, codes=rule.codes, reason=reason)
    by_weight = unit is FreightUnit.WEIGHT
    most = MOST_GRAMS if by_weight else MOST_PIECES
    units = "须在 1 克到 1000 公斤之间" if by_weight else f"须在 1 到 {MOST_PIECES} 件之间"
    _within(rule.first, 1, most, f"{field}.first", f"{'首重' if by_weight else '首件'}{units}")
    _within(rule.step, 1, most, f"{field}.step", f"{'续重' if by_weight else '续件'}{units}")
    _within(rule.first_fee, 0, MOST_FEN, f"{field}.firstFee", "首费须在 0 到 1 万元之间")
    _within(rule.step_fee, 0, MOST_FEN, f"{field}.stepFee", "续费须在 0 到 1 万元之间")
    return replace(rule, reason="")


def _regional(rule: RuleWanted, unit: FreightUnit, field: str) -> RuleWanted:
    if not rule.codes:
        raise Invalid("请选择地区", field=f"{field}.codes")
    return _rule(rule, unit, field)


def _no_region_twice(rules: Sequence[RuleWanted]) -> None:
    codes = [code for rule in rules for code in rule.codes]
    if len(codes) > MOST_PLACES:
        raise Invalid(f"一个模板最多列出 {MOST_PLACES} 个地区", field="rules")
    seen: set[str] = set()
    for place, rule in enumerate(rules):
        if twice := seen.intersection(rule.codes) or len(set(rule.codes)) < len(rule.codes):
            named = f"（{min(twice)}）" if isinstance(twice, set) else ""
            raise Invalid(f"同一地区出现了两次{named}", field=f"rules.{place}.codes")
        seen.update(rule.codes)


def _free(free: FreeWanted, field: str) -> None:
    if free.from_quantity is None and free.from_amount is None:
        raise Invalid("请填写包邮的件数或金额", field=field)
    if len(free.codes) > MOST_PLACES:
        raise Invalid(f"最多列出 {MOST_PLACES} 个地区", field=f"{field}.codes")
    if free.from_quantity is not None:
        _within(free.from_quantity, 1, MOST_PIECES, f"{field}.fromQuantity", f"包邮件数须在 1 到 {MOST_PIECES} 之间")
    if free.from_amount is not None:
        _within(free.from_amount, 1, 100 * MOST_FEN, f"{field}.fromAmount", "包邮金额须在 0.01 元到 100 万元之间")


def _within(value: int | None, least: int, most: int, field: str, message: str) -> None:
    if value is None or not least <= value <= most:
        raise Invalid(message, field=field)


# ------------------------------------------------------------------------------------------------ as rules
def template(wanted: TemplateWanted, id: UUID | None = None) -> Template:
    """A checked template as the rules know it."""
    return Template(
        id=id or new_id(),
        name=wanted.name,
        unit=wanted.unit,
        default=_as_rule(wanted.default),
        rules={place: _as_rule(rule) for place, rule in enumerate(wanted.rules, 1)},
        places={code: place for place, rule in enumerate(wanted.rules, 1) for code in rule.codes},
        frees=tuple(Free(frozenset(each.codes), each.from_quantity, each.from_amount) for each in wanted.frees),
        cold_fee=wanted.cold_fee,
        cold_from=wanted.cold_from,
        cold_to=wanted.cold_to,
        pack_grams=wanted.pack_grams,
        pack_fee=wanted.pack_fee or 0,
    )


def _as_rule(rule: RuleWanted) -> Rule:
    if not rule.deliverable:
        return Closed(rule.reason)
    return Fee(rule.first or 1, rule.first_fee or 0, rule.step or 1, rule.step_fee or 0)
