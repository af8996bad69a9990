"""Applying: what may be claimed of each line of an order, what it is worth, and the claim itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import insert, select
from sqlalchemy.ext.asyncio import AsyncSession

from domain import orders
from domain.aftersales import rules
from domain.aftersales.amounts import RECKONED, freight_by_fault, freight_left, of_pieces, stands, worth_of
from domain.aftersales.reading import after_sales_by_order
from domain.aftersales.rules import BEFORE_SHIPPING, FAULTS, KIND_NAMES, REASON_NAMES, REASONS, SHIPPABLE, SHOWN
from domain.aftersales.states import TIMES
from domain.aftersales.taking import claim, lines_of, order_row, said, say, set_timer, told
from domain.base import Invalid, NotFound, RowDict, UnitOfWork, Viewer, WrongState, clean_text, clock
from domain.orders.numbers import draw
from domain.orders.taking import lock, trade_of
from models.aftersales import AfterSale, AfterSaleKind, AfterSaleReason, AfterSaleState
from models.base import new_id

MOST_LINES = 20
MOST_PIECES = 9999
GRANTED = (AfterSaleState.REFUNDING, AfterSaleState.DONE)


@dataclass(frozen=True)
class WantedUnits:
    """So many units of a line; `amount` fen when less than they are worth is asked for; pieces only for DAMAGED."""

    line_id: UUID
    quantity: int
    amount: int | None = None
    pieces_damaged: int | None = None
    pieces_received: int | None = None


@dataclass(frozen=True)
class WantedAfterSale:
    """The page on which a buyer applies. `request_key` is made once per visit: the same key gives the same cases."""

    request_key: str
    order_id: UUID
    kind: AfterSaleKind
    reason: AfterSaleReason
    lines: Sequence[WantedUnits]
    text: str = ""
    pictures: Sequence[str] = ()


@dataclass(frozen=True)
class Option:
    """One kind of claim a line allows, or why it does not. `until`: the first moment that is too late."""

    kind: AfterSaleKind
    before_shipping: bool
    units: int
    reasons: Sequence[AfterSaleReason]
    until: datetime | None
    refused: str | None


@dataclass(frozen=True)
class Quoted:
    """What the claim of one line would bring, in fen, and how that comes about in Chinese sentences."""

    line_id: UUID
    worth: int
    dear_units: int
    amount: int
    freight: int
    before_shipping: bool
    explained: Sequence[str] = field(default_factory=tuple)


@dataclass(frozen=True)
class Situation:
    """An order with its lines and cases, as a claim finds it."""

    order: RowDict
    lines: dict[UUID, RowDict]
    cases: Sequence[RowDict]

    def of_line(self, line_id: UUID) -> list[RowDict]:
        return [case for case in self.cases if case["line_id"] == line_id and stands(case)]

    def unshipped(self, line: RowDict) -> int:
        """Units that can still be called off."""
        waiting = [c for c in self.of_line(line["id"]) if c["before_shipping"] and c["state"] not in GRANTED]
        left = line["quantity"] - line["shipped_quantity"] - line["withdrawn_quantity"]
        return max(0, int(left - sum(case["quantity"] for case in waiting)))

    def shipped(self, line: RowDict) -> int:
        """Units that were shipped and are in no case."""
        claimed = sum(case["quantity"] for case in self.of_line(line["id"]) if not case["before_shipping"])
        whole: int = line["quantity"] - sum(case["quantity"] for case in self.of_line(line["id"]))
        left: int = min(line["shipped_quantity"] - claimed, whole)
        return max(0, left)


async def situation(session: AsyncSession, viewer: Viewer, order_id: UUID) -> Situation:
    """NotFound unless the order is the viewer's own."""
    order = await orders.access(session, viewer, order_id, frozenset({"id", "member_id"}))
    if order["member_id"] != viewer.id:
        raise NotFound("订单不存在")
    cases = (await after_sales_by_order(session, [order_id], RECKONED)).get(order_id, [])
    return Situation(await order_row(session, order_id), await lines_of(session, order_id), cases)


# ------------------------------------------------------------------------------------------------ before applying
async def options(session: AsyncSession, viewer: Viewer, order_id: UUID) -> list[tuple[RowDict, list[Option]]]:
    """Each line of one of the viewer's orders with every kind of claim, and why not where it is not allowed."""
    seen = await situation(session, viewer, order_id)
    return [(line, [_option(seen, line, kind) for kind in AfterSaleKind]) for line in seen.lines.values()]


def _option(seen: Situation, line: RowDict, kind: AfterSaleKind) -> Option:
    early = seen.order["state"] in SHIPPABLE and seen.unshipped(line) > 0 and kind is AfterSaleKind.REFUND_ONLY
    units = seen.unshipped(line) if early else seen.shipped(line)
    allowed: list[AfterSaleReason] = []
    why: str | None = None
    for reason in BEFORE_SHIPPING if early else REASONS[kind]:
        refused = rules.refused(seen.order, line, kind, reason, before_shipping=early, now=clock.now())
        if refused is None:
            allowed.append(reason)
        why = why or refused
    until = max((rules.deadline(seen.order, line, kind, each) for each in allowed), key=_last, default=None)
    if not units:
        return Option(
            kind, early, 0, (), None, "商品还没有发货" if not line["shipped_quantity"] else "没有可申请的数量"
        )
    return Option(kind, early, units, tuple(allowed), until, why)


def _last(moment: datetime | None) -> float:
    return float("inf") if moment is None else moment.timestamp()


async def quote(session: AsyncSession, viewer: Viewer, wanted: WantedAfterSale) -> list[Quoted]:
    """What a claim would bring, line by line, with all its refusals but those about texts and pictures."""
    return _quotes(await situation(session, viewer, wanted.order_id), wanted)


def _quotes(seen: Situation, wanted: WantedAfterSale) -> list[Quoted]:
    if not 1 <= len(wanted.lines) <= MOST_LINES or len({each.line_id for each in wanted.lines}) != len(wanted.lines):
        raise Invalid(f"请选择 1 到 {MOST_LINES} 件不同的商品", field="lines")
    made: list[Quoted] = []
    cases = list(seen.cases)
    for units in wanted.lines:
        quoted = _quote(Situation(seen.order, seen.lines, cases), wanted, units)
        made.append(quoted)
        # The next line reckons with this one.
        cases.append(_as_case(wanted, units, quoted))
    return made


def _as_case(wanted: WantedAfterSale, units: WantedUnits, quoted: Quoted) -> dict[str, Any]:
    return {
        "line_id": units.line_id,
        "kind": wanted.kind,
        "state": AfterSaleState.APPLIED,
        "reason": wanted.reason,
        "quantity": units.quantity,
        "amount": quoted.amount,
        "freight": quoted.freight,
        "dear_units": quoted.dear_units,
        "before_shipping": quoted.before_shipping,
    }


def _quote(seen: Situation, wanted: WantedAfterSale, units: WantedUnits) -> Quoted:
    line = seen.lines.get(units.line_id)
    if line is None:
        raise NotFound("订单中没有该商品", field="lines")
    early = _checked(seen, line, wanted, units)
    worth = worth_of(line, seen.of_line(line["id"]), units.quantity)
    amount, why = _amount(wanted, units, worth.fen)
    explained = [f"「{line['title']}」实付 {_yuan(line['payable'])}，共 {line['quantity']} 件", *why]
    freight = _freight(seen, line, wanted, units, amount, early=early)
    if freight:
        explained.append(f"{'全部取消，退还' if early else '商家责任，按比例退还'}运费 {_yuan(freight)}")
    return Quoted(line["id"], worth.fen, worth.dear_units, amount, freight, early, tuple(explained))


def _checked(seen: Situation, line: RowDict, wanted: WantedAfterSale, units: WantedUnits) -> bool:
    """Whether the units are still to be shipped; refuses what the rules do not allow."""
    early = (
        wanted.kind is AfterSaleKind.REFUND_ONLY
        and seen.order["state"] in SHIPPABLE
        and wanted.reason in BEFORE_SHIPPING
        and seen.unshipped(line) > 0
    )
    why = rules.refused(seen.order, line, wanted.kind, wanted.reason, before_shipping=early, now=clock.now())
    if why is not None:
        raise WrongState(why)
    most = seen.unshipped(line) if early else seen.shipped(line)
    if not 1 <= units.quantity <= most:
        left = f"{'未发货' if early else '可申请售后'}的还有 {most} 件"
        raise Invalid(f"数量不正确，「{line['title']}」{left}", field="lines")
    return early


def _amount(wanted: WantedAfterSale, units: WantedUnits, worth: int) -> tuple[int, list[str]]:
    said = [f"申请 {units.quantity} 件，对应 {_yuan(worth)}"]
    most = worth
    if wanted.kind is AfterSaleKind.DAMAGED:
        damaged, received = units.pieces_damaged or 0, units.pieces_received or 0
        if not 1 <= damaged <= received <= MOST_PIECES:
            raise Invalid("请填写收到的个数和其中坏果的个数", field="lines")
        most = of_pieces(worth, damaged, received)
        said.append(f"收到 {received} 个，坏 {damaged} 个，按比例赔付 {_yuan(most)}")
    elif units.pieces_damaged is not None or units.pieces_received is not None:
        raise Invalid("只有坏果包赔需要填写个数", field="lines")
    if units.amount is None:
        return most, said
    if not 0 < units.amount <= most:
        raise Invalid(f"申请金额须在 0.01 元到 {_yuan(most)} 之间", field="lines")
    return units.amount, [*said, f"申请退款 {_yuan(units.amount)}"]


def _freight(
    seen: Situation, line: RowDict, wanted: WantedAfterSale, units: WantedUnits, amount: int, *, early: bool
) -> int:
    standing = [case for case in seen.cases if stands(case)]
    if not early:
        return freight_by_fault(seen.order, standing, amount) if wanted.reason in FAULTS else 0
    # The last units nobody has called off yet.
    left = sum(seen.unshipped(each) for each in seen.lines.values()) - units.quantity
    shipped = any(each["shipped_quantity"] for each in seen.lines.values())
    return freight_left(seen.order, standing) if not left and not shipped else 0


def _yuan(fen: int) -> str:
    return f"{fen // 100}.{fen % 100:02d} 元"


# ------------------------------------------------------------------------------------------------ applying
async def apply(uow: UnitOfWork, viewer: Viewer, wanted: WantedAfterSale) -> list[UUID]:
    """Applies for some units of an order's lines, one case for each line; answers their ids.

    The same `request_key` gives the same cases. Refuses with NotFound for another's order, WrongState for what the
    rules do not allow now, Invalid (`lines`, `text`, `pictures`, `requestKey`).
    """
    key = clean_text(wanted.request_key, field="requestKey", least=8, most=64, label="请求编号")
    text = _described(wanted)
    await orders.access(uow.session, viewer, wanted.order_id, frozenset({"id"}))
    await lock(uow, await trade_of(uow.session, wanted.order_id))
    if earlier := await _made_with(uow.session, viewer, key):
        return earlier
    seen = await situation(uow.session, viewer, wanted.order_id)
    quotes = _quotes(seen, wanted)
    numbers = await draw(uow.session, "A" * len(quotes))
    made = zip(wanted.lines, quotes, numbers, strict=True)
    sentence = f"买家申请{KIND_NAMES[wanted.kind]}：{REASON_NAMES[wanted.reason]}{'。' + text if text else ''}"
    ids = [await open_for(uow, viewer, seen, wanted, each, key, sentence) for each in made]
    told(uow, seen.order)
    return ids


def _described(wanted: WantedAfterSale) -> str:
    text = said(wanted.text)
    if wanted.reason in SHOWN and not wanted.pictures:
        raise Invalid("请上传照片，让商家看到商品的情况", field="pictures")
    if wanted.reason is AfterSaleReason.OTHER and len(text) < 2:
        raise Invalid("请说明申请原因", field="text")
    return text


async def _made_with(session: AsyncSession, viewer: Viewer, key: str) -> list[UUID]:
    mine = select(AfterSale.id).where(AfterSale.member_id == viewer.member_id, AfterSale.request_key == key)
    # Ids grow with time; numbers are scrambled, and would name the cases in another order than the first answer did.
    return [*await session.scalars(mine.order_by(AfterSale.id))]


async def open_for(
    uow: UnitOfWork,
    viewer: Viewer,
    seen: Situation,
    wanted: WantedAfterSale,
    made: tuple[WantedUnits, Quoted, str],
    key: str,
    sentence: str,
) -> UUID:
    """Writes a case that the rules allow for the order's buyer; `viewer` is who says the sentence in it."""
    units, quoted, number = made
    order, line, now = seen.order, seen.lines[units.line_id], clock.now()
    row = {**_as_case(wanted, units, quoted), "id": new_id(), "number": number, "request_key": key, "version": 1}
    row |= {"order_id": order["id"], "member_id": order["member_id"], "merchant_id": order["merchant_id"]}
    row |= {"worth": quoted.worth, "pieces_damaged": units.pieces_damaged, "pieces_received": units.pieces_received}
    row |= {"created_at": now, "deadline_at": now + TIMES[AfterSaleState.APPLIED]}
    await claim(uow, line, units.quantity)
    await uow.session.execute(insert(AfterSale).values(row))
    set_timer(uow, row)
    await say(uow, row, viewer, sentence, wanted.pictures)
    id: UUID = row["id"]
    return id
