"""What is true of every price, told from the outcome alone: nothing here repeats how the engine came to it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import UTC, datetime
from random import Random
from uuid import UUID

from domain.pricing import Benefits, NodeKind, Priced, PricedGroup, PriceNode, Reduction, Share, of_trade
from models.pricing import Party, ShareKind
from tests.pricing.carts import Case, Goods, Line

SPECIAL = (ShareKind.CAMPAIGN, ShareKind.MEMBER)
COUPONS = (ShareKind.MERCHANT_COUPON, ShareKind.PLATFORM_COUPON)
STEP = {kind: at for at, kind in enumerate(ShareKind)}


def hold(case: Case, priced: Priced[Goods], random: Random) -> None:
    """Every rule there is."""
    assert_adds_up(priced)
    for line in priced.lines:
        assert_line(line)
        assert_splits_without_loss(line, random)
    assert_benefits_are_honoured(case.benefits, priced)
    assert_cards_pay(case.benefits, priced)
    assert_tree(of_trade(priced), priced)


def assert_line(line: Line) -> None:
    assert line.amount == line.offer.price * line.quantity
    assert line.payable == line.amount - sum(share.amount for share in line.shares) >= 0
    assert all(share.amount > 0 for share in line.shares)
    steps = [STEP[share.kind] for share in line.shares]
    assert steps == sorted(steps)
    assert len({(share.kind, share.party) for share in line.shares}) == len(steps)
    assert sum(share.kind in SPECIAL for share in line.shares) <= 1  # the larger, never both


def assert_adds_up(priced: Priced[Goods]) -> None:
    for group in priced.groups:
        assert group.goods_total == sum(line.amount for line in group.lines)
        assert group.discount_total == sum(share.amount for line in group.lines for share in line.shares)
        assert group.payable == sum(line.payable for line in group.lines)
        assert group.total == group.goods_total - group.discount_total + group.freight
        assert group.freight >= 0
        assert group.total > 0  # WeChat Pay takes no payment of nothing
        assert 0 <= group.due <= group.total
        assert {line.offer.merchant_id for line in group.lines} == {group.merchant_id}
    assert priced.total == priced.goods_total - priced.discount_total + priced.freight
    assert priced.total == sum(group.total for group in priced.groups)
    assert priced.due == sum(group.due for group in priced.groups)


def assert_splits_without_loss(line: Line, random: Random) -> None:
    """Refunds in any split sum to what was paid, and to what each party gave."""
    taken, back, parts = 0, 0, [0] * len(line.shares)
    while taken < line.quantity:
        many = 1 + int(random.random() * (line.quantity - taken))
        back += line.of_units(taken, many)
        gone = [share.of_units(line.quantity, taken, many) for share in line.shares]
        parts = [done + more for done, more in zip(parts, gone, strict=True)]
        taken += many
    assert back == line.payable
    assert parts == [share.amount for share in line.shares]


# ------------------------------------------------------------------------------------------------ benefits
def assert_benefits_are_honoured(benefits: Benefits, priced: Priced[Goods]) -> None:
    """Each one used takes off exactly what it promises on what was left before it; one coupon of each giver's."""
    given: dict[tuple[ShareKind, UUID | None], int] = defaultdict(int)
    for line in priced.lines:
        for share in line.shares:
            given[share.kind, share.source] += share.amount
    for coupon in benefits.coupons:
        kind = ShareKind.MERCHANT_COUPON if coupon.merchant_id else ShareKind.PLATFORM_COUPON
        if taken := given.get((kind, coupon.id)):
            off = coupon.saves(before(kind, (line for line in priced.lines if coupon.covers(line.offer))))
            assert off - _given_back(priced) <= taken <= off
    for reduction in benefits.reductions:
        assert_reduction(reduction, priced)
    used = [source for kind, source in given if kind is ShareKind.PLATFORM_COUPON]
    assert len(used) <= 1
    for group in priced.groups:
        assert len({each.source for each in shares_of(group, ShareKind.MERCHANT_COUPON)}) <= 1
    assert_points(benefits, priced, given.get((ShareKind.POINTS, None), 0))


def _given_back(priced: Priced[Goods]) -> int:
    """How many fen at most were not taken off after all, because nothing would have been left to pay."""
    return sum(group.total == 1 for group in priced.groups)


def assert_reduction(reduction: Reduction, priced: Priced[Goods]) -> None:
    """Only goods that take part are reduced, by a step there is, and of every line the parties bear what was agreed."""
    whole = 0
    for line in priced.lines:
        parts = {share.party: share.amount for share in line.shares if share.source == reduction.id}
        if parts:
            assert reduction.covers(line.offer)
            off = sum(parts.values())
            more = parts.get(Party.MERCHANT, 0) * 100 - off * reduction.merchant_percent
            assert -100 * (1 + _given_back(priced)) < more < 100
            whole += off
    assert whole <= max(off for _, off in reduction.steps)


def before(kind: ShareKind, lines: Iterable[Line]) -> int:
    """What was left to pay for the lines before the step of that kind."""
    step = STEP[kind]
    return sum(line.amount - sum(share.amount for share in line.shares if STEP[share.kind] < step) for line in lines)


def shares_of(group: PricedGroup[Goods], kind: ShareKind) -> list[Share]:
    return [share for line in group.lines for share in line.shares if share.kind is kind]


def assert_points(benefits: Benefits, priced: Priced[Goods], taken: int) -> None:
    points = benefits.points
    if points is None:
        assert (taken, priced.points_used) == (0, 0)
        return
    assert taken == priced.points_used * points.fen_each
    assert priced.points_used <= points.held
    assert taken * 100 <= before(ShareKind.POINTS, priced.lines) * points.cap_percent
    assert not taken or before(ShareKind.POINTS, priced.lines) >= points.least
    parts = [share.amount for line in priced.lines for share in line.shares if share.kind is ShareKind.POINTS]
    assert all(part % points.fen_each == 0 for part in parts)


def assert_cards_pay(benefits: Benefits, priced: Priced[Goods]) -> None:
    """At their issuer only, never more than is on them, and none while one before it still has money."""
    spent = 0
    for group in priced.groups:
        own = [card for card in benefits.cards if card.issuer_id == group.merchant_id]
        paid = {part.card_id: part.amount for part in group.cards}
        assert all(amount > 0 for amount in paid.values())
        assert len(paid) == len(group.cards)
        assert set(paid) <= {card.id for card in own}
        assert group.due == max(group.total - sum(card.balance for card in own), 0)
        assert group.due == group.total - sum(paid.values())
        spent += sum(paid.values())
        last = datetime.max.replace(tzinfo=UTC)
        in_turn = sorted(own, key=lambda card: (card.expires_at or last, card.balance))
        used = [paid.get(card.id, 0) for card in in_turn]
        for card, amount, after in zip(in_turn, used, used[1:], strict=False):
            assert amount == card.balance or not after
    assert priced.due == priced.total - spent


# ------------------------------------------------------------------------------------------------ the tree
def assert_tree(root: PriceNode, priced: Priced[Goods]) -> None:
    """Every node is the sum of those below it, and the leaves are the lines' own figures."""
    assert root.amount == (priced.due if root.kind is NodeKind.DUE else priced.total)
    assert_node(root)
    leaves = [node for node in below(root) if node.kind is NodeKind.LINE]
    assert sum(node.amount for node in leaves) == priced.goods_total - priced.discount_total
    for party in Party:
        given = sum(share.amount for line in priced.lines for share in line.shares if share.party is party)
        assert -sum(node.amount for node in leaves if node.party is party) == given


def assert_node(node: PriceNode) -> None:
    assert node.label
    if node.children:
        assert node.amount == sum(child.amount for child in node.children), node.label
    if node.kind is NodeKind.UNUSED:
        assert node.amount == 0
        assert node.note
    for child in node.children:
        assert_node(child)


def below(node: PriceNode) -> Iterable[PriceNode]:
    yield node
    for child in node.children:
        yield from below(child)


def by_sku(priced: Priced[Goods]) -> dict[UUID, tuple[Share, ...]]:
    return {line.offer.sku_id: line.shares for line in priced.lines}
