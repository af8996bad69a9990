"""What campaigns offer, as it is said by those who make them, and as the price engine takes it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from domain.base import Invalid, clean_text, clock
from domain.pricing import Coupon, Reduction, Scope, Shops
from models.base import id_of
from models.promotions import CampaignAudience, CampaignKind

MOST_FEN = 10_000_000
MOST_STEPS = 5
MOST_IN_SCOPE = 200
LONGEST = timedelta(days=366)


@dataclass(frozen=True)
class CouponTerms:
    """Either `off` fen, or `percent_off` and at most `most` fen, from `threshold` on; good for days or to a moment."""

    threshold: int
    total: int
    off: int = 0
    percent_off: int = 0
    most: int | None = None
    per_member: int = 1
    code: str | None = None
    valid_days: int | None = None
    valid_until: datetime | None = None
    # Given for something that happened, and claimed by nobody.
    by_event: bool = False

    @property
    def worst(self) -> int:
        """The most that one of them can cost."""
        return self.off or self.most or 0


@dataclass(frozen=True)
class Draft:
    """A campaign as it is written down: exactly one of `coupon` and `steps` says what it offers."""

    name: str
    rules: str
    starts_at: datetime
    ends_at: datetime
    coupon: CouponTerms | None = None
    steps: Sequence[tuple[int, int]] = ()
    category_ids: Sequence[UUID] | None = None
    product_ids: Sequence[UUID] | None = None
    merchant_percent: int = 0
    budget_fen: int | None = None
    audience: CampaignAudience = CampaignAudience.EVERYBODY
    # Its coupons go with no other coupon for the same goods.
    exclusive: bool = False
    # Of the platform only: shops may apply until then, and it is for the goods of those that are accepted.
    apply_until: datetime | None = None

    @property
    def kind(self) -> CampaignKind:
        return CampaignKind.COUPON if self.coupon else CampaignKind.REDUCTION


# ------------------------------------------------------------------------------------------------ checks
def checked(draft: Draft) -> Draft:
    """The same with clean words; Invalid says which field is wrong."""
    if (draft.coupon is None) == (not draft.steps):
        raise Invalid("请填写优惠券或满减中的一种", field="coupon")
    _span(draft.starts_at, draft.ends_at)
    _scope(draft)
    if draft.budget_fen is not None and not 1 <= draft.budget_fen <= 100 * MOST_FEN:
        raise Invalid("预算须为正数，最多一千万元", field="budgetFen")
    if not 0 <= draft.merchant_percent <= 100:
        raise Invalid("商家承担比例须在 0 到 100 之间", field="merchantPercent")
    if draft.exclusive and draft.coupon is None:
        raise Invalid("满减不能设为不同享：同一商品本来只参加一个满减", field="exclusive")
    words = {
        "name": clean_text(draft.name, field="name", least=2, most=40, label="活动名称"),
        "rules": clean_text(draft.rules, field="rules", least=4, most=500, label="活动规则"),
    }
    coupon = _coupon(draft.coupon, draft) if draft.coupon else None
    steps = _steps(draft.steps) if draft.steps else ()
    return Draft(**{**vars(draft), **words, "coupon": coupon, "steps": steps})


def check_owner(owner: UUID | None, draft: Draft) -> None:
    """What only the platform, or only a shop, may offer; and that no shop bears what it has not agreed to."""
    if owner is not None:
        if draft.apply_until is not None:
            raise Invalid("只有平台活动可以邀请商家报名", field="applyUntil")
        if draft.coupon and draft.coupon.by_event:
            raise Invalid("只有平台的券可以按事件发放", field="byEvent")
        return
    if draft.apply_until is None:
        if draft.kind is CampaignKind.REDUCTION:
            raise Invalid("平台满减须由商家报名参加，请填写报名截止时间", field="applyUntil")
        if draft.merchant_percent:
            raise Invalid("没有商家报名的平台活动由平台承担，请填写报名截止时间", field="merchantPercent")
        return
    if draft.product_ids is not None:
        raise Invalid("邀请商家报名的活动按类目选择范围，商品由商家选择", field="productIds")
    if draft.coupon and draft.coupon.by_event:
        raise Invalid("按事件发放的券由平台承担，不能邀请商家报名", field="byEvent")
    _invitation(draft)


def _invitation(draft: Draft) -> None:
    until = draft.apply_until
    if until is None:
        return
    if until.tzinfo is None:
        raise Invalid("时间须带时区", field="applyUntil")
    if not clock.now() < until <= draft.ends_at:
        raise Invalid("报名截止时间须晚于现在，且不晚于活动结束", field="applyUntil")
    if draft.steps and draft.budget_fen is not None and draft.budget_fen < max(off for _, off in draft.steps):
        raise Invalid("预算须够减免最高的一档", field="budgetFen")


def _span(starts_at: datetime, ends_at: datetime) -> None:
    if starts_at.tzinfo is None or ends_at.tzinfo is None:
        raise Invalid("时间须带时区", field="startsAt")
    if ends_at <= starts_at:
        raise Invalid("结束时间须晚于开始时间", field="endsAt")
    if ends_at - starts_at > LONGEST:
        raise Invalid("活动最长一年", field="endsAt")
    if ends_at <= clock.now():
        raise Invalid("结束时间已过", field="endsAt")


def _scope(draft: Draft) -> None:
    for field_name, ids in (("categoryIds", draft.category_ids), ("productIds", draft.product_ids)):
        if ids is not None and not 1 <= len(set(ids)) <= MOST_IN_SCOPE:
            raise Invalid(f"适用范围须选 1 到 {MOST_IN_SCOPE} 项", field=field_name)
    if draft.category_ids is not None and draft.product_ids is not None:
        raise Invalid("适用范围请按类目或按商品选一种", field="productIds")


def _coupon(terms: CouponTerms, draft: Draft) -> CouponTerms:
    if not 1 <= terms.threshold <= MOST_FEN:
        raise Invalid("使用门槛须大于 0，最多十万元", field="threshold")
    _worth(terms)
    if not 1 <= terms.total <= 1_000_000:
        raise Invalid("发放张数须在 1 到 1000000 之间", field="total")
    if not 1 <= terms.per_member <= 20:
        raise Invalid("每人限领须在 1 到 20 张之间", field="perMember")
    _good_for(terms, draft)
    if terms.code is None:
        return terms
    if terms.by_event:
        raise Invalid("按事件发放的券不能设置领券口令", field="code")
    code = clean_text(terms.code, field="code", least=4, most=20, label="领券口令").upper()
    if not code.isalnum():
        raise Invalid("领券口令只能由文字和数字组成", field="code")
    return CouponTerms(**{**vars(terms), "code": code})


def _worth(terms: CouponTerms) -> None:
    """What is taken off is always less than what it takes: goods never cost nothing."""
    if (terms.off > 0) == (terms.percent_off > 0):
        raise Invalid("请填写减免金额或折扣中的一种", field="off")
    if terms.off and terms.off >= terms.threshold:
        raise Invalid("减免金额须小于使用门槛", field="off")
    if terms.off < 0 or not 0 <= terms.percent_off <= 90:
        raise Invalid("折扣须在 1 折到 9.9 折之间", field="percentOff")
    if (terms.percent_off > 0) != (terms.most is not None):
        raise Invalid("折扣券须写明最多减多少", field="most")
    if terms.most is not None and not 1 <= terms.most <= MOST_FEN:
        raise Invalid("最多减免须大于 0", field="most")


def _good_for(terms: CouponTerms, draft: Draft) -> None:
    if (terms.valid_days is None) == (terms.valid_until is None):
        raise Invalid("请填写领取后有效天数或统一截止时间中的一种", field="validDays")
    if terms.valid_days is not None and not 1 <= terms.valid_days <= 366:
        raise Invalid("有效天数须在 1 到 366 之间", field="validDays")
    if terms.valid_until is not None:
        if terms.valid_until.tzinfo is None:
            raise Invalid("时间须带时区", field="validUntil")
        if not draft.ends_at <= terms.valid_until <= draft.starts_at + 2 * LONGEST:
            raise Invalid("券的截止时间不能早于活动结束", field="validUntil")


def _steps(steps: Sequence[tuple[int, int]]) -> Sequence[tuple[int, int]]:
    if len(steps) > MOST_STEPS:
        raise Invalid(f"满减最多 {MOST_STEPS} 档", field="steps")
    ordered = sorted(steps)
    for threshold, off in ordered:
        if not 0 < off < threshold <= MOST_FEN:
            raise Invalid("每一档的减免须大于 0 且小于门槛", field="steps")
    for (lower, less), (higher, more) in zip(ordered, ordered[1:], strict=False):
        if lower == higher or less >= more:
            raise Invalid("门槛越高，减免须越多", field="steps")
    return ordered


# ------------------------------------------------------------------------------------------------ for the engine
def scope_of(row: Mapping[str, Any]) -> Scope:
    """Of a row with `category_ids` (those below written out) and `product_ids`."""
    return Scope(category_ids=_set(row["category_ids"]), product_ids=_set(row["product_ids"]))


def _set(ids: Sequence[UUID] | None) -> frozenset[UUID] | None:
    return None if ids is None else frozenset(ids)


def coupon_of(row: Mapping[str, Any]) -> Coupon:
    """A member's coupon of a row with its own `id` and the terms of its offer and campaign."""
    return Coupon(
        row["id"],
        row["name"],
        row["merchant_id"],
        threshold=row["threshold"],
        off=row["off"],
        percent_off=row["percent_off"],
        most=row["most"],
        scope=scope_of(row),
        merchant_percent=row["merchant_percent"],
        exclusive=row["exclusive"],
        shops=shops_of(row),
    )


def reduction_of(row: Mapping[str, Any]) -> Reduction:
    steps = tuple((threshold, off) for threshold, off in row["steps"])
    return Reduction(
        row["id"],
        row["name"],
        row["merchant_id"],
        steps,
        scope_of(row),
        merchant_percent=row["merchant_percent"],
        shops=shops_of(row),
    )


def shops_of(row: Mapping[str, Any]) -> Shops:
    """Of a row with `shops`, pairs of a shop and the products it brings; every shop where nobody was asked to apply."""
    if row["apply_until"] is None:
        return None
    return {id_of(shop): Scope(product_ids=_set(_ids(brought))) for shop, brought in row["shops"] or ()}


def _ids(texts: Sequence[str] | None) -> list[UUID] | None:
    return None if texts is None else [id_of(text) for text in texts]
