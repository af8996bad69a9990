"""Which rate the platform takes of a sale: rules by shop and category, from a day on, the most specific first.

A rate is looked up once, when an order is paid, and kept on its lines: a rule that comes later changes nothing of what
was sold before.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, func, insert, or_, select, text, update
from sqlalchemy.ext.asyncio import AsyncSession

from domain import audit
from domain.base import (
    SHANGHAI,
    Columns,
    Conflict,
    Forbidden,
    Invalid,
    NotFound,
    RowDict,
    UnitOfWork,
    Viewer,
    ViewerKind,
    WrongState,
    clean_text,
    clock,
    page_offset,
    page_size,
    pick,
)
from domain.statements import OneBy
from models.base import new_id
from models.catalog import Category
from models.commissions import CommissionRule
from models.merchants import Merchant

MOST_RATE = 3000
# How far ahead a rule may be announced.
FURTHEST = timedelta(days=366)

rules_by_id = OneBy(CommissionRule.__table__, "id")

# For every line of `sold` (line_id, merchant_id, category_id) the rule of day :day, if any. What is said of shop and
# category counts before what is said of the shop, that before the category, that before everything; of categories the
# nearest above the goods.
FOUND = """
up AS (
    SELECT line_id, category_id, 0 AS above FROM sold
    UNION ALL
    SELECT up.line_id, c.parent_id, up.above + 1 FROM up JOIN categories c ON c.id = up.category_id
    WHERE c.parent_id IS NOT NULL
),
found AS (
    SELECT DISTINCT ON (s.line_id) s.line_id, r.id AS rule_id, r.rate
    FROM sold s
    JOIN commission_rules r ON r.since <= :day AND (r.until IS NULL OR r.until > :day)
         AND (r.merchant_id IS NULL OR r.merchant_id = s.merchant_id)
    LEFT JOIN up ON up.line_id = s.line_id AND up.category_id = r.category_id
    WHERE r.category_id IS NULL OR up.line_id IS NOT NULL
    ORDER BY s.line_id, r.merchant_id IS NULL, r.category_id IS NULL, up.above
)
"""
FIX = text(f"""
WITH RECURSIVE sold AS (
    SELECT l.id AS line_id, o.merchant_id, p.category_id
    FROM order_lines l JOIN orders o ON o.id = l.order_id JOIN products p ON p.id = l.product_id
    WHERE l.order_id = ANY(:orders) AND l.commission_rate IS NULL
), {FOUND}
UPDATE order_lines l SET commission_rate = f.rate, commission_rule_id = f.rule_id FROM found f WHERE f.line_id = l.id
""")
TRY = text(f"""
WITH RECURSIVE sold AS (
    SELECT l.id AS line_id, o.merchant_id, p.category_id
    FROM order_lines l JOIN orders o ON o.id = l.order_id JOIN products p ON p.id = l.product_id
    WHERE o.number = :number
), {FOUND}
SELECT l.id, l.title, l.sku_name, l.payable - l.refunded_amount AS basis, l.commission_rate AS kept,
       coalesce(f.rate, m.commission_rate) AS rate, f.rule_id
FROM sold s JOIN order_lines l ON l.id = s.line_id JOIN merchants m ON m.id = s.merchant_id
LEFT JOIN found f ON f.line_id = s.line_id ORDER BY l.id
""")


class Phase(StrEnum):
    """COMING: announced. NOW: in force. OVER: ended, replaced, or withdrawn before it began."""

    COMING = "COMING"
    NOW = "NOW"
    OVER = "OVER"


# ------------------------------------------------------------------------------------------------ of one sale
async def fix(session: AsyncSession, order_ids: Collection[UUID], at: datetime) -> None:
    """Keeps on the lines of orders that were paid at a moment the rate of that day. Safe to repeat.

    Lines for which there is no rule keep none: the shop's own old rate (`merchants.commission_rate`) is theirs.
    """
    if order_ids:
        await session.execute(FIX, {"orders": list(order_ids), "day": _day_of(at)})


def _day_of(at: datetime) -> date:
    return at.astimezone(SHANGHAI).date()


def divide(lines: Sequence[tuple[int, int]]) -> list[int]:
    """The commission of each line of one order, of (basis in fen, rate in basis points).

    All of it together is the exact sum, half a fen upwards; the lines get the floors of their shares, and the fen that
    are left go one each to the largest remainders, the first of equal ones first.
    """
    exact = [basis * rate for basis, rate in lines]
    shares = [each // 10_000 for each in exact]
    left = (sum(exact) + 5_000) // 10_000 - sum(shares)
    by_remainder = sorted(range(len(exact)), key=lambda at: (-(exact[at] % 10_000), at))
    for at in by_remainder[:left]:
        shares[at] += 1
    return shares


# ------------------------------------------------------------------------------------------------ rules
@dataclass(frozen=True)
class RuleWanted:
    """Without a shop it is for all shops, without a category for all goods. `since`: YYYY-MM-DD, tomorrow or later."""

    merchant_id: UUID | None
    category_id: UUID | None
    rate: int
    since: str
    note: str


async def add(uow: UnitOfWork, viewer: Viewer, wanted: RuleWanted) -> UUID:
    """Announces a rate; the one before it, for the same goods, ends when it begins. Answers the rule.

    Invalid for a day that has begun, a rate above 30 %, or a shop or category that there is not; Conflict when there is
    a rate from the same day on.
    """
    _only_platform(viewer)
    if not 0 <= wanted.rate <= MOST_RATE:
        raise Invalid("费率须在 0% 到 30% 之间", field="rate")
    since = _coming(wanted.since, "since")
    note = clean_text(wanted.note, field="note", least=2, most=200, label="说明")
    await _must_exist(uow.session, wanted)
    # Rules are added by hand, a few in a year: one at a time keeps them from overlapping.
    await uow.session.execute(text("LOCK TABLE commission_rules IN SHARE ROW EXCLUSIVE MODE"))
    before, after = await _neighbours(uow.session, wanted, since)
    if before is not None and before["since"] == since:
        raise Conflict("该范围从这一天起已有费率，请先终止原规则", field="since")
    if before is not None and (before["until"] is None or before["until"] > since):
        ended = update(CommissionRule).where(CommissionRule.id == before["id"])
        await uow.session.execute(ended.values(until=since))
    id = new_id()
    row = {
        "id": id,
        "merchant_id": wanted.merchant_id,
        "category_id": wanted.category_id,
        "rate": wanted.rate,
        "since": since,
        "until": after,
        "note": note,
        "created_by": viewer.name[:60] or "平台",
        "created_at": clock.now(),
    }
    await uow.session.execute(insert(CommissionRule).values(row))
    said = {"rate": wanted.rate, "since": since.isoformat(), "note": note}
    scope = {"merchant": _text(wanted.merchant_id), "category": _text(wanted.category_id)}
    await audit.record(uow, viewer, "commission.add", "commission_rule", id, {**said, **scope})
    return id


def _text(id: UUID | None) -> str | None:
    return None if id is None else str(id)


async def _must_exist(session: AsyncSession, wanted: RuleWanted) -> None:
    for model, id, field, words in (
        (Merchant, wanted.merchant_id, "merchantId", "商户不存在"),
        (Category, wanted.category_id, "categoryId", "类目不存在"),
    ):
        if id is not None and await session.scalar(select(model.id).where(model.id == id)) is None:
            raise Invalid(words, field=field)


async def _neighbours(session: AsyncSession, wanted: RuleWanted, since: date) -> tuple[RowDict | None, date | None]:
    """The last rule for the same goods that begins by then, and the day on which the next one begins."""
    table = CommissionRule.__table__.c
    same: list[ColumnElement[bool]] = [
        table.merchant_id.is_not_distinct_from(wanted.merchant_id),
        table.category_id.is_not_distinct_from(wanted.category_id),
        or_(table.until.is_(None), table.until > table.since),
    ]
    last = select(table.id, table.since, table.until).where(*same, table.since <= since)
    before = (await session.execute(last.order_by(table.since.desc()).limit(1))).mappings().first()
    after = await session.scalar(select(func.min(table.since)).where(*same, table.since > since))
    return (dict(before) if before else None), after


async def end(uow: UnitOfWork, viewer: Viewer, rule_id: UUID, until: str, note: str) -> None:
    """From a day on, tomorrow or later, a rule holds no more; one that has not begun by then never does.

    What is said less specifically holds from then on. WrongState for one that ends before anyway.
    """
    _only_platform(viewer)
    day = _coming(until, "until")
    note = clean_text(note, field="note", least=2, most=200, label="说明")
    table = CommissionRule.__table__.c
    chosen = select(table.since, table.until).where(table.id == rule_id).with_for_update()
    rule = (await uow.session.execute(chosen)).first()
    if rule is None:
        raise NotFound("费率规则不存在")
    day = max(day, rule.since)
    if rule.until is not None and rule.until <= day:
        raise WrongState("该规则已在这一天之前终止")
    await uow.session.execute(update(CommissionRule).where(table.id == rule_id).values(until=day))
    detail = {"until": day.isoformat(), "note": note}
    await audit.record(uow, viewer, "commission.end", "commission_rule", rule_id, detail)


def _coming(text: str, field: str) -> date:
    """A day from tomorrow on: what is sold today has its rate already."""
    found, today = _day(text, field), clock.today()
    if not today < found <= today + FURTHEST:
        raise Invalid("须从明天起、一年之内的某一天开始", field=field)
    return found


def _day(text: str, field: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise Invalid("日期须写作 2026-01-31", field=field) from None


def _only_platform(viewer: Viewer) -> None:
    if viewer.kind is not ViewerKind.PLATFORM:
        raise Forbidden("仅平台可以设置佣金费率")


# ------------------------------------------------------------------------------------------------ reading
def phase_of(since: date, until: date | None) -> Phase:
    today = clock.today()
    if until is not None and until <= max(today, since):
        return Phase.OVER
    return Phase.COMING if since > today else Phase.NOW


async def page(
    session: AsyncSession,
    viewer: Viewer,
    merchant_id: UUID | None,
    over: bool,
    page: int,
    size: int,
    columns: Columns,
) -> tuple[Sequence[RowDict], int]:
    """A page of rules, what begins last first; of one shop if asked; `over`: those too that hold no more."""
    _only_platform(viewer)
    table = CommissionRule.__table__.c
    where = [] if over else [_not_over()]
    if merchant_id is not None:
        where.append(table.merchant_id == merchant_id)
    order = (table.since.desc(), table.id.desc())
    chosen = select(*pick(CommissionRule, columns, "id")).where(*where).order_by(*order)
    rows = await session.execute(chosen.offset(page_offset(page, size)).limit(page_size(size, field="size")))
    total = await session.scalar(select(func.count()).select_from(CommissionRule).where(*where))
    return [dict(row) for row in rows.mappings()], total or 0


async def of_shop(session: AsyncSession, viewer: Viewer, columns: Columns) -> Sequence[RowDict]:
    """The rules that hold or will hold for a shop, the most specific first; a hundred at most."""
    table = CommissionRule.__table__.c
    mine = or_(table.merchant_id == viewer.shop_id, table.merchant_id.is_(None))
    order = (table.merchant_id.is_(None), table.category_id.is_(None), table.since, table.id)
    chosen = select(*pick(CommissionRule, columns, "id")).where(mine, _not_over()).order_by(*order).limit(100)
    return [dict(row) for row in (await session.execute(chosen)).mappings()]


def _not_over() -> ColumnElement[bool]:
    table = CommissionRule.__table__.c
    return or_(table.until.is_(None), and_(table.until > clock.today(), table.until > table.since))


async def access(session: AsyncSession, viewer: Viewer, rule_id: UUID, columns: Columns) -> RowDict:
    """A rule, for the platform."""
    _only_platform(viewer)
    found = (await rules_by_id(session, [rule_id], columns)).get(rule_id)
    if found is None:
        raise NotFound("费率规则不存在")
    return found


@dataclass(frozen=True)
class LineTried:
    """What a line pays by the rules of a day. `kept`: the rate it was sold at, where it was paid."""

    id: UUID
    title: str
    sku_name: str
    basis: int
    rate: int
    rule_id: UUID | None
    kept: int | None
    amount: int


async def preview(session: AsyncSession, viewer: Viewer, order_number: str, day: str) -> Sequence[LineTried]:
    """What the lines of an order would pay if it were paid on a day; nothing is changed. NotFound without the order."""
    _only_platform(viewer)
    number = clean_text(order_number, field="orderNumber", least=4, most=40, label="订单号")
    values: dict[str, Any] = {"number": number, "day": _day(day, "day")}
    rows = (await session.execute(TRY, values)).mappings().all()
    if not rows:
        raise NotFound("订单不存在")
    amounts = divide([(row["basis"], row["rate"]) for row in rows])
    return [LineTried(**row, amount=amount) for row, amount in zip(rows, amounts, strict=True)]
