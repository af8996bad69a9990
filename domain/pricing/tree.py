"""Why a price is what it is: a tree whose every node is the sum of the nodes below it, down to the single lines."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any
from uuid import UUID

from domain.pricing.priced import N, Priced, PricedGroup, PricedLine, Share, Unused
from domain.pricing.words import KINDS, yuan
from models.pricing import Party, ShareKind


class NodeKind(StrEnum):
    DUE = "DUE"
    TOTAL = "TOTAL"
    MERCHANT = "MERCHANT"
    GOODS = "GOODS"
    LINE = "LINE"
    CAMPAIGN = "CAMPAIGN"
    MEMBER = "MEMBER"
    REDUCTION = "REDUCTION"
    PLATFORM_REDUCTION = "PLATFORM_REDUCTION"
    MERCHANT_COUPON = "MERCHANT_COUPON"
    PLATFORM_COUPON = "PLATFORM_COUPON"
    POINTS = "POINTS"
    FREIGHT = "FREIGHT"
    FREIGHT_STEP = "FREIGHT_STEP"
    GIFT_CARD = "GIFT_CARD"
    UNUSED = "UNUSED"


@dataclass(frozen=True, slots=True)
class PriceNode:
    """An amount in fen, negative where something is taken off, and what the buyer reads about it.

    `party` bears it, where somebody does; `merchant_id` is set on the part of one merchant.
    """

    kind: NodeKind
    label: str
    amount: int
    party: Party | None = None
    note: str | None = None
    merchant_id: UUID | None = None
    children: tuple[PriceNode, ...] = ()


def of_trade(priced: Priced[N]) -> PriceNode:
    """All merchants' parts; where gift cards pay, what is due is the root."""
    parts = [of_order(group) for group in priced.groups] + [_unused(each) for each in priced.unused]
    total = _sum(NodeKind.TOTAL, "合计", parts)
    paid = _paid_by_cards(priced.groups)
    return _sum(NodeKind.DUE, "还需支付", [total, *paid]) if paid else total


def of_order(group: PricedGroup[N]) -> PriceNode:
    """The part of one merchant: goods, what is taken off them, freight, and what was not used."""
    goods = _sum(NodeKind.GOODS, "商品金额", [_line(line) for line in group.lines])
    unused = [_unused(each) for each in group.unused]
    parts = [goods, *_discounts(group.lines), _freight(group), *unused]
    return _sum(NodeKind.MERCHANT, "小计", parts, merchant_id=group.merchant_id)


def of_placed(group: PricedGroup[N]) -> PriceNode:
    """As `of_order`, of an order by itself: where gift cards pay, what is due in money is the root."""
    order, paid = of_order(group), _paid_by_cards([group])
    return _sum(NodeKind.DUE, "还需支付", [order, *paid], merchant_id=group.merchant_id) if paid else order


def flat(node: PriceNode, level: int = 0) -> Iterator[tuple[int, PriceNode]]:
    """Every node with its depth, parents before their children: a page draws it line by line."""
    yield level, node
    for child in node.children:
        yield from flat(child, level + 1)


SHOWN = ("kind", "label", "amount", "party", "note", "merchant_id")


def rows_of(root: PriceNode, level: int = 0) -> list[dict[str, Any]]:
    """The nodes as rows with their `level`; the root has the one given."""
    return [{"level": at, **{name: getattr(node, name) for name in SHOWN}} for at, node in flat(root, level)]


def rows_of_orders(orders: Iterable[Sequence[Mapping[str, Any]]]) -> list[dict[str, Any]]:
    """The rows of several orders below one root that is their sum."""
    below = [{**row, "level": row["level"] + 1} for rows in orders for row in rows]
    parts = [row for row in below if row["level"] == 1]
    carded = any(row["kind"] is NodeKind.DUE for row in parts)
    kind, label = (NodeKind.DUE, "还需支付") if carded else (NodeKind.TOTAL, "合计")
    return [*rows_of(PriceNode(kind, label, sum(row["amount"] for row in parts))), *below]


# ------------------------------------------------------------------------------------------------ parts
def _sum(
    kind: NodeKind,
    label: str,
    children: Sequence[PriceNode],
    party: Party | None = None,
    note: str | None = None,
    merchant_id: UUID | None = None,
) -> PriceNode:
    amount = sum(child.amount for child in children)
    return PriceNode(kind, label, amount, party, note, merchant_id, tuple(children))


def _named(line: PricedLine[N]) -> str:
    return f"{line.offer.title} {line.offer.sku_name}".strip()


def _line(line: PricedLine[N]) -> PriceNode:
    note = f"{yuan(line.offer.price)} 元 × {line.quantity}"
    return PriceNode(NodeKind.LINE, _named(line), line.amount, note=note)


Cause = tuple[ShareKind, Party, UUID | None]


def _discounts(lines: Sequence[PricedLine[N]]) -> list[PriceNode]:
    """One node for each cause and party, in the order of the steps; below it what each line gets of it."""
    found: dict[Cause, list[tuple[Share, PriceNode]]] = {}
    for line in lines:
        for share in line.shares:
            part = PriceNode(NodeKind.LINE, _named(line), -share.amount, share.party)
            found.setdefault((share.kind, share.party, share.source), []).append((share, part))
    return [_discount(found[cause]) for cause in sorted(found, key=_place)]


STEPS = {kind: at for at, kind in enumerate(ShareKind)}


def _place(cause: Cause) -> tuple[int, str, int]:
    kind, party, source = cause
    return STEPS[kind], party, source.int if source else 0


def _discount(parts: Sequence[tuple[Share, PriceNode]]) -> PriceNode:
    share = parts[0][0]
    label = KINDS[share.kind]
    note = share.name if share.name != label else None
    return _sum(NodeKind(share.kind), label, [node for _, node in parts], share.party, note)


def _freight(group: PricedGroup[N]) -> PriceNode:
    steps = tuple(
        PriceNode(NodeKind.FREIGHT_STEP, step.label, step.amount, note=step.note) for step in group.freight_steps
    )
    return PriceNode(NodeKind.FREIGHT, "运费", group.freight, children=steps)


def _unused(unused: Unused) -> PriceNode:
    return PriceNode(NodeKind.UNUSED, f"{KINDS[unused.kind]} {unused.name}", 0, unused.party, f"未使用：{unused.note}")


def _paid_by_cards(groups: Sequence[PricedGroup[N]]) -> list[PriceNode]:
    """One node per card, with what it pays of all orders."""
    paid: dict[UUID, tuple[str, str, int]] = {}
    for group in groups:
        for part in group.cards:
            label = "提货券支付" if part.voucher else "礼品卡支付"
            paid[part.card_id] = label, part.name, paid.get(part.card_id, ("", "", 0))[2] + part.amount
    return [PriceNode(NodeKind.GIFT_CARD, label, -amount, note=name) for label, name, amount in paid.values()]
