"""Placing orders, many at a time: what each buyer would get alone, one after another, but in one transaction.

A trade is one checkout; it has one order per merchant, and its goods are held until it is paid. Everything is read and
written for the whole group at once, so a group of two hundred costs as many statements as a single order.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property, partial
from typing import Any, TypeVar
from uuid import UUID

import orjson

from domain import bulk, cards, checkout, flash, inventory, points, presales, promotions, vouchers
from domain.base import (
    Conflict,
    Forbidden,
    Invalid,
    NotFound,
    Refusal,
    RowDict,
    TooMany,
    UnitOfWork,
    Viewer,
    clean_text,
    clock,
)
from domain.cards import CardPicks, Till
from domain.checkout import BenefitsOf, Priced, no_benefits
from domain.groups import Wish
from domain.inventory import Shelf
from domain.members import addresses
from domain.members.addresses import Destination
from domain.orders import destinations, limits, writing
from domain.orders.doors import Doors, doors, is_let_in, is_shelved
from domain.orders.prices import Prices, open_prices
from domain.orders.writing import PAY_WITHIN as PAY_WITHIN
from domain.orders.writing import Counter, Draft, Ready
from domain.pricing import Benefits
from domain.promotions import Budgets, Claims, Picks
from domain.record import record
from models.members import Member
from models.orders import Trade, TradeState

R = TypeVar("R")
Paying = tuple[Claims, Till, points.Till, Budgets]


class PriceChanged(Refusal):
    """What the buyer saw is no longer the price. `total` is, in fen."""

    code = "PRICE_CHANGED"

    def __init__(self, total: int) -> None:
        super().__init__("商品价格或运费有变化，请确认后重新提交", field="expectedTotal", total=total)
        self.total = total


@record
class WantedOrder:
    """A checkout page as it was sent. `lines` are quantities by SKU, `expected_total` is in fen."""

    idempotency_key: str
    lines: Sequence[tuple[UUID, int]]
    # Where it is sent; None where it is picked up, at a counter of its shop.
    address_id: UUID | None
    expected_total: int
    remarks: Mapping[UUID, str] = field(default_factory=dict)
    return_waivers: frozenset[UUID] = frozenset()
    from_cart: bool = True
    group: Wish | None = None
    presale: presales.Wish | None = None
    picks: Picks = promotions.NONE
    flash: flash.Wish | None = None
    voucher: vouchers.Wish | None = None
    cards: CardPicks = cards.NO_CARDS
    points: int = 0
    pickup_point_id: UUID | None = None

    @cached_property
    def request_hash(self) -> bytes:
        """Tells whether a repeated key comes with the same content; the order of lines does not matter."""
        return hashlib.sha256(orjson.dumps(self._content)).digest()

    @property
    def older_hash(self) -> bytes:
        """As the first release wrote it: a page that was opened before an upgrade may repeat its key after it."""
        return hashlib.sha256(json.dumps(self._content, ensure_ascii=False).encode()).digest()

    @property
    def _content(self) -> list[Any]:
        return [
            sorted([(str(sku), quantity) for sku, quantity in self.lines]),
            str(self.address_id or self.pickup_point_id),
            self.expected_total,
            sorted([(str(merchant), text) for merchant, text in self.remarks.items()]),
            sorted(map(str, self.return_waivers)),
            self.from_cart,
            *(self.group.content() if self.group else ()),
            *(self.presale.content() if self.presale else ()),
            *(self.flash.content() if self.flash else ()),
            *(self.voucher.content() if self.voucher else ()),
            *self.picks.content,
            *self.cards.content,
            *(("points", self.points) if self.points else ()),
        ]


@record
class Placed:
    """A trade that stands, placed now or, `again`, by an earlier request with the same key: its whole row."""

    trade: RowDict
    again: bool = False


async def place(uow: UnitOfWork, viewer: Viewer, wanted: WantedOrder, benefits_of: BenefitsOf = no_benefits) -> UUID:
    """Places the orders and holds their goods for 15 minutes; answers the trade's id.

    The same key with the same content answers the same trade, also to requests that run side by side; with another
    content it is a Conflict. Refuses with PriceChanged, OutOfStock, Invalid (`lines`, `returnWaivers`, `remarks`,
    `idempotencyKey`), NotFound (`addressId`) and TooMany.
    """
    (answer,) = await place_many(uow, [(viewer, wanted)], benefits_of)
    if isinstance(answer, Refusal):
        raise answer
    return UUID(str(answer.trade["id"]))


async def place_many(
    uow: UnitOfWork, wanted: Sequence[tuple[Viewer, WantedOrder]], benefits_of: BenefitsOf = no_benefits
) -> list[Placed | Refusal]:
    """Answers each as `place` would have, one after another in this order; what is refused leaves no trace."""
    turns = [_Turn(viewer, each) for viewer, each in wanted]
    # One group at a time per member: a double tap in another process waits here and then finds the trade of the first.
    await _admit(uow, _open(turns))
    standing = await _standing(uow.session, _open(turns))
    entries = await doors(uow, [(turn.member_id, turn.wanted) for turn in _open(turns)])
    paying = await _prepare(uow, _open(turns), benefits_of, entries)
    claims, till, purses, budgets = paying
    offers = [(turn.member_id, line.offer) for turn in _open(turns) if turn.ready for line in turn.ready.lines]
    standing.bought = dict(await checkout.bought(uow.session, offers))
    ready = [turn.ready for turn in turns if turn.ready and is_shelved(turn.wanted)]
    shelf = await inventory.shelf(uow, {sku_id for each in ready for sku_id in each.sku_ids})
    now = clock.now()
    for turn in _open(turns):
        turn.settle(lambda turn: _decided(turn, standing, shelf, entries, paying, now))
    await writing.write(uow, standing.drafts, shelf)
    await entries.write(uow, now)
    await promotions.promise(uow, budgets)
    await promotions.use(uow, claims)
    await till.write(uow)
    await purses.write(uow)
    return [turn.answer for turn in turns if turn.answer]


# ------------------------------------------------------------------------------------------------ turns
class _Turn:
    """One order on its way through the group."""

    def __init__(self, viewer: Viewer, wanted: WantedOrder) -> None:
        self.viewer = viewer
        self.wanted = wanted
        self.answer: Placed | Refusal | None = None
        # Exactly one of the two, once prepared. A refusal counts only where no earlier rule has the word.
        self.ready: Ready | None = None
        self.refusal: Refusal | None = None
        # Its price where these 满减 have just ended.
        self.without: Callable[[frozenset[UUID]], Priced] | None = None
        self.key = self.attempt(self._key) or ""

    def _key(self) -> str:
        key = clean_text(self.wanted.idempotency_key, field="idempotencyKey", least=8, most=64, label="幂等键")
        self.member_id = self.viewer.member_id
        return key

    def attempt(self, rule: Callable[[], R]) -> R | None:
        """What the rule gives; its refusal is the answer."""
        try:
            return rule()
        except Refusal as refusal:
            self.answer = refusal
            return None

    def settle(self, rule: Callable[[_Turn], Placed]) -> None:
        answer = self.attempt(lambda: rule(self))
        self.answer = answer or self.answer


def _open(turns: Iterable[_Turn]) -> list[_Turn]:
    return [turn for turn in turns if turn.answer is None]


ADMIT = f"""
SELECT id, blocked_at FROM {Member.__tablename__} WHERE id = ANY($1::uuid[]) ORDER BY id FOR NO KEY UPDATE
"""


async def _admit(uow: UnitOfWork, turns: Sequence[_Turn]) -> None:
    """Locks the members, in one order everywhere, and refuses those who may not buy."""
    rows = await bulk.run(uow.session, ADMIT, list({turn.member_id for turn in turns}))
    found = {row["id"]: row["blocked_at"] for row in rows}
    for turn in turns:
        if turn.member_id not in found:
            turn.answer = NotFound("用户不存在")
        elif found[turn.member_id] is not None:
            turn.answer = Forbidden("账号已被限制下单，请联系客服")


# ------------------------------------------------------------------------------------------------ what stands
@dataclass
class _Standing:
    """Trades by member and key, and how many each member has not paid: as found, then as decided."""

    trades: dict[tuple[UUID, str], RowDict]
    unpaid: dict[UUID, int]
    # Pieces held by unpaid orders, by member and SKU.
    pieces: dict[tuple[UUID, UUID], int]
    limits: limits.Limits
    # Pieces of what has a limit, likewise.
    bought: dict[tuple[UUID, UUID], int] = field(default_factory=dict)
    drafts: list[Draft] = field(default_factory=list)


# Locked members place nothing elsewhere, so what this finds holds until the commit. Each buyer's own trades are counted
# whatever their state: told to look for unpaid ones, PostgreSQL may read those of all buyers for every one of them.
# OFFSET 0 keeps each look-up one by the buyer's key, which is right however large the table is when it is planned.
STANDING = f"""
SELECT asked.member_id AS asking, own.unpaid AS many, {limits.CHOSEN},
       {", ".join(f"t.{column.name}" for column in Trade.__table__.c)}
FROM unnest($1::uuid[], $2::text[]) AS asked(member_id, key)
CROSS JOIN LATERAL (
    SELECT count(*) FILTER (WHERE state = '{TradeState.AWAITING_PAYMENT}') AS unpaid
    FROM trades WHERE member_id = asked.member_id
) AS own
LEFT JOIN LATERAL (
    SELECT * FROM trades WHERE member_id = asked.member_id AND idempotency_key = asked.key OFFSET 0
) AS t ON true
LEFT JOIN order_limits ON true
"""


async def _standing(session: bulk.Writes, turns: Sequence[_Turn]) -> _Standing:
    rows = await bulk.run(session, STANDING, [turn.member_id for turn in turns], [turn.key for turn in turns])
    return _Standing(
        {(row["member_id"], row["idempotency_key"]): _trade(row) for row in rows if row["id"]},
        {row["asking"]: row["many"] for row in rows},
        await limits.unpaid_pieces(session, [row["asking"] for row in rows if row["many"]]),
        limits.of(rows[0]) if rows else limits.USUAL,
    )


def _trade(row: Mapping[Any, Any]) -> dict[str, Any]:
    trade = {column.name: row[column.name] for column in Trade.__table__.c}
    return {**trade, "state": TradeState(trade["state"])}


# ------------------------------------------------------------------------------------------------ checks
async def _prepare(uow: UnitOfWork, turns: Sequence[_Turn], benefits_of: BenefitsOf, entries: Doors) -> Paying:
    """Everything that can be said of each order without the others: goods, prices, address, remarks.

    What the buyers picked is locked from here on; where nobody picked anything, and no shop reduces anything, that
    takes no statement.
    """
    session = uow.session
    owned = await addresses.of_owners(session, [id for turn in turns if (id := turn.wanted.address_id)])
    counters = await destinations.counters(session, [turn.wanted for turn in turns])
    found = await checkout.offers(session, list({sku_id for turn in turns for sku_id in _sku_ids(turn.wanted)}))
    rules = await checkout.rules_of(session, found.values())
    reduced = {sku_id for turn in turns if not is_let_in(turn.wanted) for sku_id in _sku_ids(turn.wanted)}
    prices, budgets = await open_prices(uow, found, rules, reduced)
    claims = await promotions.claim(uow, [turn.wanted.picks for turn in turns])
    till = await cards.open_till(uow, [turn.wanted.cards for turn in turns])
    purses = await points.open_till(uow, [(turn.member_id, turn.wanted.points) for turn in turns])
    held = await benefits_of(session, [turn.viewer for turn in turns])
    for turn, benefits in zip(turns, held, strict=True):
        try:
            promotions.check(turn.wanted.picks)
            to = destinations.of(turn.member_id, turn.wanted, owned, counters)
            benefits = entries.benefits_of(turn.wanted) or benefits
            benefits = claims.benefits(turn.member_id, turn.wanted.picks, benefits)
            if turn.wanted.cards.ids:
                benefits = till.benefits(turn.member_id, turn.wanted, found, benefits)
            if turn.wanted.points:
                benefits = purses.benefits(turn.member_id, turn.wanted, benefits)
            turn.ready = _ready(turn, to, prices, benefits)
            about = turn.wanted.lines, destinations.region_of(to), benefits, is_let_in(turn.wanted)
            turn.without = partial(prices.without, *about)
        except Refusal as refusal:
            turn.refusal = refusal
    return claims, till, purses, budgets


def _sku_ids(wanted: WantedOrder) -> set[UUID]:
    """Nothing of an order that is refused for its length anyway."""
    return {sku_id for sku_id, _ in wanted.lines} if len(wanted.lines) <= checkout.MOST_BOUGHT else set()


def _ready(turn: _Turn, to: Destination | Counter, prices: Prices, benefits: Benefits) -> Ready:
    priced = _price(turn.wanted, prices, destinations.region_of(to), benefits)
    if isinstance(to, Counter) and {group.merchant_id for group in priced.groups} != {to.merchant_id}:
        raise NotFound("这家店没有这个自提点", field="pickupPointId")
    remarks = _remarks(turn.wanted.remarks, priced)
    return Ready(turn.viewer, turn.wanted.return_waivers, turn.wanted.from_cart, priced, to, remarks)


def _price(wanted: WantedOrder, prices: Prices, region_code: str | None, benefits: Benefits) -> Priced:
    priced = prices.of(wanted.lines, region_code, benefits, alone=is_let_in(wanted))
    if set(checkout.need_return_waiver(priced)) - wanted.return_waivers:
        raise Invalid("请先确认不支持七天无理由退货的商品", field="returnWaivers")
    if priced.total != wanted.expected_total:
        raise PriceChanged(priced.total)
    return priced


def _remarks(remarks: Mapping[UUID, str], priced: Priced) -> dict[UUID, str]:
    if set(remarks) - {group.merchant_id for group in priced.groups}:
        raise Invalid("留言的商户不在本单中", field="remarks")
    return {
        merchant_id: clean_text(text, field="remarks", most=200, label="留言") for merchant_id, text in remarks.items()
    }


# ------------------------------------------------------------------------------------------------ decisions
def _decided(turn: _Turn, standing: _Standing, shelf: Shelf, entries: Doors, paying: Paying, now: datetime) -> Placed:
    """One order in its turn: those before it in the group have been decided already."""
    claims, till, purses, budgets = paying
    place = turn.member_id, turn.key
    if (earlier := standing.trades.get(place)) is not None:
        return _again(earlier, turn.wanted)
    # A buyer who orders and never pays must not be able to hold the whole shop.
    if (unpaid := standing.unpaid[turn.member_id]) >= standing.limits.most_unpaid:
        raise TooMany(f"您有 {unpaid} 笔订单尚未支付，请先支付或取消")
    entries.check(turn.member_id, turn.wanted, now)
    if turn.ready is None:
        raise turn.refusal or Invalid("订单内容不完整")
    held, bought = _held(turn, standing), _bought(turn, standing)
    used = claims.used(turn.ready.sources) if turn.wanted.picks.content else ()
    claims.check(turn.member_id, used)
    if turn.without and (short := budgets.short(turn.ready.shares)):
        raise PriceChanged(turn.without(short).total)
    till.check(turn.wanted.cards, turn.ready.priced)
    if turn.wanted.points:
        purses.check(turn.member_id, turn.ready.priced)
    presale, within = turn.wanted.presale is not None, entries.pay_within(turn.wanted)
    draft = writing.draft(turn.ready, turn.key, turn.wanted.request_hash, now, within, presale=presale)
    entries.refuse_needless(turn.wanted, turn.ready.priced.discount_total)
    if is_shelved(turn.wanted):
        shelf.take(draft.wanted)
    entries.enter(turn.member_id, turn.wanted, draft, now)
    claims.take(draft.trade["id"], used)
    budgets.take(turn.ready.shares)
    if turn.wanted.cards.ids:
        till.take(draft.trade["id"], turn.member_id, draft.groups)
    if turn.wanted.points:
        purses.take(turn.member_id, draft.groups)
    standing.trades[place] = draft.trade
    standing.unpaid[turn.member_id] += 1
    standing.pieces |= held
    standing.bought |= bought
    standing.drafts.append(draft)
    return Placed(draft.trade)


def _held(turn: _Turn, standing: _Standing) -> dict[tuple[UUID, UUID], int]:
    """What the member would hold of each SKU with this order; TooMany beyond what one order may have."""
    held = dict[tuple[UUID, UUID], int]()
    for line in turn.ready.lines if turn.ready else ():
        place = turn.member_id, line.offer.sku_id
        held[place] = standing.pieces.get(place, 0) + line.quantity
        if held[place] > (most := standing.limits.most_pieces):
            raise TooMany(f"未支付订单中同一规格最多 {most} 件，请先支付或取消", field="lines")
    return held


def _bought(turn: _Turn, standing: _Standing) -> dict[tuple[UUID, UUID], int]:
    """What the member would have of each limited SKU with this order; OverLimit beyond what its shop allows."""
    bought = dict[tuple[UUID, UUID], int]()
    for line in turn.ready.lines if turn.ready else ():
        # What was sold with a voucher is owed, whatever a buyer may have of the goods otherwise.
        if line.offer.limit_each is not None and turn.wanted.voucher is None:
            place = turn.member_id, line.offer.sku_id
            before = standing.bought.get(place, 0)
            checkout.check_allowance(line.offer, line.quantity, before)
            bought[place] = before + line.quantity
    return bought


def _again(earlier: RowDict, wanted: WantedOrder) -> Placed:
    known = earlier["request_hash"]
    if known not in (wanted.request_hash, wanted.older_hash):
        raise Conflict("该订单已提交过，且内容不同，请刷新页面后重新下单", field="idempotencyKey")
    return Placed(earlier, again=True)
