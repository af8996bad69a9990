"""Cards in the transaction that places orders: locked where an order names them, and held for what they pay.

Who names none costs nothing: no statement, no lock, no work.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any, Protocol
from uuid import UUID

from sqlalchemy import (
    ARRAY,
    JSON,
    ColumnElement,
    DateTime,
    Select,
    Uuid,
    any_,
    bindparam,
    func,
    literal_column,
    select,
)

from domain import bulk
from domain.base import Invalid, UnitOfWork, clock
from domain.cards.states import CardUnusable, CardWrongIssuer
from domain.pricing import Benefits, CardPart, GiftCard
from domain.record import record
from domain.statements import NO_COLUMNS, Statement
from models.base import new_id
from models.cards import Card, CardBatch, CardState

MOST_PICKED = 20
MOST_HELD = 100


@record
class CardPicks:
    """The cards an order is to be paid with, and what the page said is left to pay in money, in fen.

    `ids` None: all that are good for these goods, where nothing is placed; none where an order is.
    """

    ids: frozenset[UUID] | None = None
    due: int | None = None

    @property
    def content(self) -> list[Any]:
        """For telling whether a repeated request is the same; empty where no card was named."""
        return ["cards", sorted(map(str, self.ids)), self.due] if self.ids else []


BEST_CARDS = CardPicks()
NO_CARDS = CardPicks(frozenset())


class Group(Protocol):
    """An order as the price engine made it."""

    @property
    def cards(self) -> tuple[CardPart, ...]: ...


class Sold(Protocol):
    """Goods as they are sold: whose they are."""

    @property
    def merchant_id(self) -> UUID: ...


class Wanted(Protocol):
    """An order as it was sent: what it is to be paid with, and whether it is let in by more than its price."""

    @property
    def cards(self) -> CardPicks: ...
    @property
    def lines(self) -> Sequence[tuple[UUID, int]]: ...
    @property
    def group(self) -> object | None: ...
    @property
    def flash(self) -> object | None: ...
    @property
    def presale(self) -> object | None: ...
    @property
    def voucher(self) -> object | None: ...


class Priced(Protocol):
    @property
    def groups(self) -> Sequence[Group]: ...
    @property
    def due(self) -> int: ...


# ------------------------------------------------------------------------------------------------ reading
SHOWN = ("id", "issuer_id", "holder_id", "state", "balance", "held", "expires_at", "last4")


def _cards() -> Select[Any]:
    card = Card.__table__.c
    chosen = select(*(card[name] for name in SHOWN), CardBatch.name)
    return chosen.join(CardBatch, CardBatch.id == card.batch_id)


def usable_at(shops: Select[Any]) -> ColumnElement[Any]:
    """The cards of the member `member_id` that are good at these shops at the time `now`, in the order in which they
    pay: a column of JSON for a statement that reads something else, for `usable` to read.
    """
    card, now = Card.__table__.c, bindparam("now", type_=DateTime(timezone=True))
    row = func.json_build_array(*(card[name] for name in SHOWN), CardBatch.name)
    mine = select(row).join_from(Card, CardBatch, CardBatch.id == card.batch_id)
    mine = mine.where(
        card.holder_id == bindparam("member_id", type_=Uuid),
        card.state == CardState.ACTIVE,
        card.balance > card.held,
        card.expires_at.is_(None) | (card.expires_at > now),
        card.issuer_id.in_(shops),
    )
    mine = mine.order_by(card.expires_at.asc().nulls_last(), card.balance - card.held, card.id)
    first = mine.limit(literal_column(str(MOST_HELD))).correlate(None)
    return func.array_to_json(func.array(first.scalar_subquery()), type_=JSON)


def usable(told: Sequence[Sequence[Any]] | None) -> tuple[GiftCard, ...]:
    """What `usable_at` told."""
    return tuple(_as_benefit(_row_of(each)) for each in told or ())


def _row_of(told: Sequence[Any]) -> Mapping[str, Any]:
    """The row of a card of which JSON told."""
    row = dict(zip((*SHOWN, "name"), told, strict=True))
    until = row["expires_at"] and datetime.fromisoformat(row["expires_at"]).astimezone(UTC)
    return row | {"id": UUID(row["id"]), "issuer_id": UUID(row["issuer_id"]), "expires_at": until}


def picked(held: tuple[GiftCard, ...], picks: CardPicks) -> tuple[GiftCard, ...]:
    """Of what is held that which was picked; where the best is asked for, as many as one order may name."""
    check(picks)
    if picks.ids is None:
        return held[:MOST_PICKED]
    chosen = tuple(card for card in held if card.id in picks.ids)
    if len(chosen) < len(picks.ids):
        raise CardUnusable("所选礼品卡不能用于这些商品，请重新选择", field="cardIds")
    return chosen


def check(picks: CardPicks) -> None:
    if len(picks.ids or ()) > MOST_PICKED:
        raise Invalid(f"一次最多使用 {MOST_PICKED} 张礼品卡", field="cardIds")


def _as_benefit(row: Mapping[str, Any], taken: int = 0) -> GiftCard:
    left = row["balance"] - row["held"] - taken
    until: datetime | None = row["expires_at"]
    return GiftCard(row["id"], f"{row['name']}（尾号 {row['last4']}）", left, until, row["issuer_id"])


# ------------------------------------------------------------------------------------------------ placing
LOCKED = Statement(
    Card.__table__,
    lambda _: (
        _cards()
        .where(Card.__table__.c.id == any_(bindparam("ids", type_=ARRAY(Uuid))))
        .order_by(Card.__table__.c.id)
        .with_for_update(of=Card)
    ),
)


@dataclass
class Till:
    """The cards that orders about to be placed name, locked; and what was taken of them so far."""

    rows: Mapping[UUID, Mapping[str, Any]]
    taken: dict[UUID, int] = field(default_factory=dict)
    holds: list[dict[str, Any]] = field(default_factory=list)

    def benefits(self, member_id: UUID, wanted: Wanted, found: Mapping[UUID, Sold], held: Benefits) -> Benefits:
        """What is held anyway, and the cards an order names; CardUnusable for one that is not to be had.

        What is bought in a group, in a flash sale or before the harvest is paid in money, what a voucher is for by it.
        """
        if wanted.group or wanted.flash or wanted.presale or wanted.voucher:
            raise Invalid("拼团、秒杀、预售和提货券订单暂不支持礼品卡", field="cardIds")
        check(wanted.cards)
        shops = {found[sku_id].merchant_id for sku_id, _ in wanted.lines if sku_id in found}
        cards = tuple(_as_benefit(self._row(member_id, id, shops)) for id in sorted(wanted.cards.ids or ()))
        return replace(held, cards=held.cards + cards)

    def check(self, picks: CardPicks, priced: Priced) -> None:
        """Refuses when the page said another amount, or an order before this one in the group took the money."""
        if not picks.ids:
            return
        wanted: dict[UUID, int] = {}
        for part in (part for group in priced.groups for part in group.cards):
            wanted[part.card_id] = wanted.get(part.card_id, 0) + part.amount
        for id, amount in wanted.items():
            row = self.rows[id]
            if amount > row["balance"] - row["held"] - self.taken.get(id, 0):
                raise CardUnusable("礼品卡余额刚刚发生变化，请重新确认", field="cardIds")
        if picks.due != priced.due:
            raise CardUnusable("礼品卡可用余额有变化，请确认后重新提交", field="expectedDue")

    def take(self, trade_id: UUID, member_id: UUID, groups: Iterable[tuple[UUID, Group]]) -> None:
        """The trade will stand: its orders hold what they are paid with."""
        for order_id, group in groups:
            for part in group.cards:
                self.taken[part.card_id] = self.taken.get(part.card_id, 0) + part.amount
                about = {"order_id": order_id, "trade_id": trade_id, "member_id": member_id}
                self.holds.append({"id": new_id(), "card_id": part.card_id, "amount": part.amount, **about})

    async def write(self, uow: UnitOfWork) -> None:
        """Holds what was taken for orders that are written already; no statement where nothing was."""
        if self.holds:
            names = ("id", "order_id", "trade_id", "member_id", "card_id", "amount")
            columns = [[hold[name] for hold in self.holds] for name in names]
            await bulk.run(uow.session, HOLD, *columns, clock.now())

    def _row(self, member_id: UUID, id: UUID, shops: Collection[UUID]) -> Mapping[str, Any]:
        row = self.rows.get(id)
        if row is None or row["holder_id"] != member_id:
            raise CardUnusable("所选礼品卡不存在，请重新选择", field="cardIds")
        if row["issuer_id"] not in shops:
            raise CardWrongIssuer("所选礼品卡只能在发卡店铺使用", field="cardIds")
        if row["state"] != CardState.ACTIVE:
            raise CardUnusable("所选礼品卡已挂失或冻结", field="cardIds")
        if row["expires_at"] is not None and row["expires_at"] <= clock.now():
            raise CardUnusable("所选礼品卡已过有效期，可在卡详情免费延期", field="cardIds")
        if row["balance"] <= row["held"]:
            raise CardUnusable("所选礼品卡没有可用余额", field="cardIds")
        return row


NO_TILL = Till({})
HOLD = """
WITH new AS (
    INSERT INTO card_holds (id, order_id, trade_id, member_id, card_id, amount, state, created_at)
    SELECT *, 'HELD', $7 FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::uuid[], $5::uuid[], $6::bigint[])
    RETURNING order_id, card_id, amount
), cards AS (
    UPDATE cards SET held = held + s.amount
    FROM (SELECT card_id, sum(amount) AS amount FROM new GROUP BY card_id) s WHERE cards.id = s.card_id
)
UPDATE orders SET card_total = s.amount
FROM (SELECT order_id, sum(amount) AS amount FROM new GROUP BY order_id) s WHERE orders.id = s.order_id
"""


async def open_till(uow: UnitOfWork, picks: Iterable[CardPicks]) -> Till:
    """Locks the cards that were named, in one order everywhere; no statement where none were."""
    ids = {id for each in picks if each.ids and len(each.ids) <= MOST_PICKED for id in each.ids}
    if not ids:
        return NO_TILL
    rows = await LOCKED.rows(uow.session, NO_COLUMNS, ids=sorted(ids))
    return Till({row["id"]: row for row in rows})
