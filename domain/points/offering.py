"""What the checkout page says of points: how many the buyer has, how many may be used here, and why not more."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from sqlalchemy import JSON, ColumnElement, DateTime, Uuid, bindparam, func, select

from domain.points.rules import Rules
from domain.points.spending import check_asked, used_by, with_points
from domain.pricing import Benefits, PricedLine
from domain.pricing.words import yuan
from models.points import PointsLot, PointsRule

LOT, RULE = PointsLot.__table__.c, PointsRule.__table__.c


@dataclass(frozen=True)
class Held:
    """What a buyer has, and the rules that hold now."""

    balance: int
    rules: Rules


@dataclass(frozen=True)
class PointsOffer:
    """Points on the checkout page: `used` of them are, `usable` may be. `earns`: what the goods are going to bring."""

    balance: int
    used: int
    usable: int
    note: str | None
    earns: int


def told_of() -> ColumnElement[Any]:
    """What the member `member_id` has at the time `now`, and the rules: a column of JSON for a statement that reads
    something else, for `held_of` to read; null where there are no points.
    """
    now, member_id = bindparam("now", type_=DateTime(timezone=True)), bindparam("member_id", type_=Uuid)
    lots = LOT.member_id == member_id, LOT.left_over > 0, LOT.expires_at > now
    mine = select(func.coalesce(func.sum(LOT.left_over), 0)).where(*lots).scalar_subquery()
    names = (RULE.earning, RULE.spending, RULE.per_yuan, RULE.daily_most, RULE.cap_percent, RULE.least_goods)
    row = select(func.json_build_array(mine, *names, type_=JSON)).order_by(RULE.version.desc()).limit(1)
    return row.correlate(None).scalar_subquery()


def held_of(told: Sequence[Any] | None) -> Held | None:
    """What `told_of` told."""
    return Held(told[0], Rules(*told[1:])) if told else None


def as_far_as_may_be(held: Held | None, asked: int, benefits: Benefits) -> Benefits:
    """What is held anyway, and as many points as were asked for and there are; the same where there are none."""
    check_asked(asked)
    if held is None or not held.rules.spending or not (many := min(asked, held.balance)):
        return benefits
    return with_points(benefits, held.rules, many)


class Priced(Protocol):
    @property
    def groups(self) -> Sequence[Group]: ...


class Group(Protocol):
    @property
    def lines(self) -> Sequence[PricedLine[Any]]: ...
    @property
    def payable(self) -> int: ...
    @property
    def due(self) -> int: ...


def offer(held: Held, priced: Priced) -> PointsOffer:
    """Told from the price as it was made, with or without points in it."""
    used = sum(used_by(group) for group in priced.groups)
    goods = sum(group.payable for group in priced.groups) + used
    room = goods * held.rules.cap_percent // 100 if goods >= held.rules.least_goods else 0
    usable = min(held.balance, room) if held.rules.spending else 0
    earns = sum(held.rules.earns(min(group.payable, group.due)) for group in priced.groups)
    return PointsOffer(held.balance, used, usable, _note(held, goods, usable), earns)


def _note(held: Held, goods: int, usable: int) -> str | None:
    """Why not all of them may be used; None where they may."""
    if not held.rules.spending:
        return "积分抵扣暂未开放"
    if not held.balance:
        return "暂无可用积分"
    if goods < held.rules.least_goods:
        return f"商品满 {yuan(held.rules.least_goods)} 元可用积分抵扣"
    return None if usable == held.balance else f"积分最多抵扣商品金额的 {held.rules.cap_percent}%"
