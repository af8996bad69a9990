"""What an event of each kind says, as a table: names, Chinese labels, what must be there and of what form."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any

from domain.base import SHANGHAI, Invalid, RowDict, clean_text
from models.traces import TraceKind

MOST_GRAMS = 10_000_000_000  # ten thousand tons
MOST_DAYS = 365


class TraceFact(StrEnum):
    """What an event can tell."""

    VARIETY = "VARIETY"
    INPUT = "INPUT"
    REGISTRATION = "REGISTRATION"
    DOSE = "DOSE"
    TARGET = "TARGET"
    INTERVAL_DAYS = "INTERVAL_DAYS"
    GRAMS = "GRAMS"
    SHRINK_GRAMS = "SHRINK_GRAMS"
    GRADE = "GRADE"
    BEST_BEFORE = "BEST_BEFORE"
    INSPECTOR = "INSPECTOR"
    ITEMS = "ITEMS"
    RESULT = "RESULT"
    REPORT_NUMBER = "REPORT_NUMBER"
    PRODUCT = "PRODUCT"
    QUANTITY = "QUANTITY"
    PRODUCER = "PRODUCER"
    CONTACT = "CONTACT"
    ISSUED_ON = "ISSUED_ON"
    BASIS = "BASIS"
    PLEDGE = "PLEDGE"
    PACKING = "PACKING"
    WAREHOUSE = "WAREHOUSE"
    TEMPERATURE = "TEMPERATURE"
    DESTINATION = "DESTINATION"
    CARRIER = "CARRIER"
    REASON = "REASON"


LABELS: Mapping[str, str] = {
    "VARIETY": "品种",
    "INPUT": "投入品",
    "REGISTRATION": "登记证号",
    "DOSE": "用量",
    "TARGET": "防治对象",
    "INTERVAL_DAYS": "安全间隔期（天）",
    "GRAMS": "采收重量（克）",
    "SHRINK_GRAMS": "预计损耗（克）",
    "GRADE": "等级",
    "BEST_BEFORE": "保质期至",
    "INSPECTOR": "检测单位",
    "ITEMS": "检测项目",
    "RESULT": "检测结论",
    "REPORT_NUMBER": "报告编号",
    "PRODUCT": "产品名称",
    "QUANTITY": "数量（重量）",
    "PRODUCER": "生产者",
    "CONTACT": "联系方式",
    "ISSUED_ON": "开具日期",
    "BASIS": "承诺依据",
    "PLEDGE": "承诺内容",
    "PACKING": "包装规格",
    "WAREHOUSE": "库房",
    "TEMPERATURE": "温度",
    "DESTINATION": "发往",
    "CARRIER": "承运方",
    "REASON": "原因",
}
# 农产品质量安全法 Art. 39: what whoever issues the certificate stands for; its wording is not left to the shop.
PLEDGE = "不使用禁用农药兽药、停用兽药和非法添加物；常规农药兽药残留不超标；对承诺的真实性负责"
BASES = ("委托检测", "自我检测", "内部质量控制", "自我承诺")
RESULTS = PASSED, FAILED = ("合格", "不合格")


class Form(StrEnum):
    TEXT = "TEXT"
    WHOLE = "WHOLE"
    DAY = "DAY"


@dataclass(frozen=True)
class Asked:
    """A fact of a kind. `most`: characters of a text, or the highest number."""

    fact: TraceFact
    required: bool = False
    form: Form = Form.TEXT
    most: int = 60
    choices: tuple[str, ...] = ()


F, K = TraceFact, TraceKind
ASKED: Mapping[TraceKind, tuple[Asked, ...]] = {
    K.PLANTED: (Asked(F.VARIETY),),
    K.FERTILISED: (Asked(F.INPUT, required=True), Asked(F.DOSE)),
    K.SPRAYED: (
        Asked(F.INPUT, required=True),
        Asked(F.REGISTRATION),
        Asked(F.DOSE, required=True),
        Asked(F.INTERVAL_DAYS, required=True, form=Form.WHOLE, most=MOST_DAYS),
        Asked(F.TARGET),
    ),
    K.HARVESTED: (
        Asked(F.GRAMS, required=True, form=Form.WHOLE, most=MOST_GRAMS),
        Asked(F.SHRINK_GRAMS, required=True, form=Form.WHOLE, most=MOST_GRAMS),
        Asked(F.GRADE, most=40),
        Asked(F.BEST_BEFORE, form=Form.DAY),
    ),
    K.INSPECTED: (
        Asked(F.INSPECTOR, required=True),
        Asked(F.ITEMS, required=True, most=120),
        Asked(F.RESULT, required=True, choices=RESULTS),
        Asked(F.REPORT_NUMBER),
    ),
    K.CERTIFIED: (
        Asked(F.PRODUCT, required=True),
        Asked(F.QUANTITY, required=True),
        Asked(F.PRODUCER, required=True),
        Asked(F.CONTACT, required=True),
        Asked(F.ISSUED_ON, required=True, form=Form.DAY),
        Asked(F.BASIS, required=True, choices=BASES),
    ),
    K.PACKED: (Asked(F.PACKING),),
    K.STORED: (Asked(F.WAREHOUSE), Asked(F.TEMPERATURE)),
    K.SHIPPED: (Asked(F.DESTINATION), Asked(F.CARRIER)),
}
# What shops record; the rest is written by the steps of the lot itself.
RECORDED = frozenset(ASKED)


def read_facts(kind: TraceKind, told: Sequence[tuple[TraceFact, str]]) -> dict[str, Any]:
    """The facts of an event, each in its form; Invalid (`facts`) for what is missing, unknown or malformed."""
    given = dict(told)
    known = ASKED[kind]
    if len(given) != len(told) or given.keys() - {asked.fact for asked in known}:
        raise Invalid("有重复或不适用于该环节的信息项", field="facts")
    facts: dict[str, Any] = {
        str(asked.fact): value for asked in known if (value := _read(asked, given.get(asked.fact, ""))) is not None
    }
    if kind is K.CERTIFIED:
        facts[str(F.PLEDGE)] = PLEDGE
    if kind is K.HARVESTED and not 0 < facts["GRAMS"] > facts["SHRINK_GRAMS"]:
        raise Invalid("采收重量须大于 0，且大于预计损耗", field="facts")
    return facts


def _read(asked: Asked, text: str) -> str | int | None:
    label = LABELS[asked.fact]
    most = asked.most if asked.form is Form.TEXT else 20
    value = clean_text(text, field="facts", most=most, label=label)
    if not value:
        if asked.required:
            raise Invalid(f"请填写{label}", field="facts")
        return None
    if asked.choices and value not in asked.choices:
        raise Invalid(f"{label}须为：{'、'.join(asked.choices)}", field="facts")
    if asked.form is Form.WHOLE:
        if not (value.isascii() and value.isdigit() and int(value) <= asked.most):
            raise Invalid(f"{label}须为 0 到 {asked.most} 的整数", field="facts")
        return int(value)
    if asked.form is Form.DAY:
        return read_day(value, label).isoformat()
    return value


def read_day(value: str, label: str, *, field: str = "facts") -> date:
    try:
        day = date.fromisoformat(value)
    except ValueError:
        raise Invalid(f"{label}须为日期，如 2026-10-15", field=field) from None
    if not 2000 <= day.year <= 2100:
        raise Invalid(f"{label}不在合理范围内", field=field)
    return day


# ------------------------------------------------------------------------------------------------ what they come to
HARVEST_COLUMNS = ("harvested_on", "harvested_grams", "shrink_grams", "grade", "best_before")


def standing(events: Sequence[RowDict]) -> Iterator[RowDict]:
    """The events that no later one has put right."""
    corrected = {event["corrects"] for event in events}
    return (event for event in events if event["position"] not in corrected)


def day_of(at: datetime) -> date:
    return at.astimezone(SHANGHAI).date()


def harvest_of(events: Sequence[RowDict]) -> tuple[date | None, int, int, str, date | None]:
    """Day, grams, shrink, grade and best-before day as the harvest's standing event tells them."""
    for event in standing(events):
        if event["kind"] is TraceKind.HARVESTED:
            facts = event["facts"]
            best = facts.get("BEST_BEFORE")
            until = date.fromisoformat(best) if best else None
            return day_of(event["at"]), facts["GRAMS"], facts["SHRINK_GRAMS"], facts.get("GRADE", ""), until
    return None, 0, 0, "", None


def too_early(events: Sequence[RowDict]) -> tuple[str, date] | None:
    """The spraying whose safety interval the harvest did not wait for, and the first day it might have been; or None.

    The interval's last day still counts: sprayed on the 1st with 7 days, the 8th is the first day to harvest.
    """
    harvested, *_ = harvest_of(events)
    if harvested is None:
        return None
    for event in standing(events):
        if event["kind"] is TraceKind.SPRAYED:
            sprayed = day_of(event["at"])
            free = sprayed + timedelta(days=event["facts"]["INTERVAL_DAYS"])
            if sprayed <= harvested < free:
                return event["facts"]["INPUT"], free
    return None


def certified(events: Sequence[RowDict]) -> bool:
    return any(event["kind"] is TraceKind.CERTIFIED for event in standing(events))


def failed_inspection(events: Sequence[RowDict]) -> bool:
    """Whether the latest standing inspection found the goods wanting."""
    results = [event["facts"]["RESULT"] for event in standing(events) if event["kind"] is TraceKind.INSPECTED]
    return bool(results) and results[-1] == FAILED


def shown(facts: Mapping[str, Any]) -> list[tuple[str, str, str]]:
    """Name, label and value of each fact, in the order of the table."""
    return [(fact, LABELS[fact], str(facts[fact])) for fact in LABELS if fact in facts]
