"""Points in the transaction that places orders; and what orders have of them until they are paid, closed or refunded.

Who asks for none costs nothing: no statement, no lock, no work.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Protocol
from uuid import UUID

from domain import bulk
from domain.base import Invalid, Refusal, UnitOfWork, clock
from domain.points import purses
from domain.points.purses import GRACE, Purse
from domain.points.rules import Rules, rules_now
from domain.pricing import Benefits, Points
from domain.pricing import Share as PricedShare
from models.base import new_id
from models.points import PointsEntryKind, PointsUseState
from models.pricing import ShareKind

MOST_ASKED = 10_000_000
S = PointsUseState


class PointsUnusable(Refusal):
    """The points an order is to be paid with are not to be had, any more or at all."""

    code = "POINTS_UNUSABLE"


class Line(Protocol):
    @property
    def shares(self) -> tuple[PricedShare, ...]: ...


class Group(Protocol):
    """An order as the price engine made it."""

    @property
    def lines(self) -> Sequence[Line]: ...


class Priced(Protocol):
    @property
    def points_used(self) -> int: ...


class Wanted(Protocol):
    """An order as it was sent: how many points it is to be paid with, and whether more than its price lets it in."""

    @property
    def points(self) -> int: ...
    @property
    def group(self) -> object | None: ...
    @property
    def flash(self) -> object | None: ...
    @property
    def presale(self) -> object | None: ...
    @property
    def voucher(self) -> object | None: ...


def check_asked(points: int) -> None:
    if not 0 <= points <= MOST_ASKED:
        raise Invalid(f"使用积分须在 0 到 {MOST_ASKED} 之间", field="points")


def with_points(held: Benefits, rules: Rules, many: int) -> Benefits:
    """What is held anyway, and so many points under these rules."""
    return replace(held, points=Points(many, 1, rules.cap_percent, rules.least_goods))


def used_by(group: Group) -> int:
    """What of an order's price points pay."""
    return sum(share.amount for line in group.lines for share in line.shares if share.kind is ShareKind.POINTS)


# ------------------------------------------------------------------------------------------------ placing
@dataclass
class Till:
    """What members have who are about to place orders with points, locked; and what was taken of it so far."""

    purses: Mapping[UUID, Purse]
    rules: Rules | None = None
    uses: list[dict[str, Any]] = field(default_factory=list)

    def benefits(self, member_id: UUID, wanted: Wanted, held: Benefits) -> Benefits:
        """What is held anyway, and the points an order asks for; PointsUnusable where there are not so many.

        What is bought in a group, in a flash sale or before the harvest is cheaper already, what a voucher is for paid.
        """
        check_asked(wanted.points)
        if wanted.group or wanted.flash or wanted.presale or wanted.voucher:
            raise Invalid("拼团、秒杀、预售和提货券订单不可使用积分", field="points")
        if self.rules is None or not self.rules.spending:
            raise PointsUnusable("积分抵扣暂未开放，请重新提交", field="points")
        if wanted.points > self._usable(member_id):
            raise PointsUnusable("可用积分刚刚发生变化，请重新确认", field="points")
        return with_points(held, self.rules, wanted.points)

    def check(self, member_id: UUID, priced: Priced) -> None:
        """Refuses when an order before this one in the group took the points."""
        if priced.points_used > self._usable(member_id):
            raise PointsUnusable("可用积分刚刚发生变化，请重新确认", field="points")

    def take(self, member_id: UUID, groups: Iterable[tuple[UUID, Group]]) -> None:
        """The trade will stand: its orders hold what they are paid with."""
        for order_id, group in groups:
            if many := used_by(group):
                self.uses += hold(self.purses[member_id], order_id, many, "下单抵扣", str(order_id))

    async def write(self, uow: UnitOfWork) -> None:
        """Holds what was taken for orders that are written already; no statement where nothing was."""
        if self.uses:
            await purses.write(uow, self.purses.values())
            await bulk.run(uow.session, HOLD, *([use[name] for use in self.uses] for name in HELD))

    def _usable(self, member_id: UUID) -> int:
        return self.purses[member_id].usable if member_id in self.purses else 0


NO_TILL = Till({})
HELD = ("id", "order_id", "member_id", "lot_id", "amount")
HOLD = """
WITH new AS (
    INSERT INTO points_uses (id, order_id, member_id, lot_id, amount, state)
    SELECT *, 'HELD' FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::uuid[], $5::int[])
    ON CONFLICT (order_id, lot_id) DO UPDATE SET amount = excluded.amount, state = 'HELD'
    RETURNING order_id, amount
)
UPDATE orders SET points_total = s.amount
FROM (SELECT order_id, sum(amount) AS amount FROM new GROUP BY order_id) s WHERE orders.id = s.order_id
"""


async def open_till(uow: UnitOfWork, asking: Iterable[tuple[UUID, int]]) -> Till:
    """Locks what these members have who ask for so many points; no statement where nobody asks for any."""
    members = {member_id for member_id, points in asking if points > 0}
    if not members:
        return NO_TILL
    return Till(await purses.locked(uow, members), await rules_now(uow.session))


def hold(purse: Purse, order_id: UUID, many: int, text: str, ref: str) -> list[dict[str, Any]]:
    """Takes them for an order, and answers by lot what it has then."""
    parts = purse.take(many)
    purse.tell(PointsEntryKind.SPENT, ref, (-many, 0), text, order_id=order_id)
    about = {"order_id": order_id, "member_id": purse.member_id}
    return [about | {"id": new_id(), "lot_id": lot_id, "amount": part} for lot_id, part in parts]


# ------------------------------------------------------------------------------------------------ after that
USES = """
SELECT u.id, u.order_id, u.member_id, u.lot_id, u.amount, u.returned, l.expires_at
FROM points_uses u JOIN points_lots l ON l.id = u.lot_id
WHERE u.order_id = ANY($1::uuid[]) AND u.state = $2 ORDER BY l.expires_at, l.id
"""
BECOME = "UPDATE points_uses SET state = $3 WHERE order_id = ANY($1::uuid[]) AND state = $2"
RELEASED = "SELECT FROM points_entries WHERE kind = 'RELEASED' AND ref = $1"
RETURN = """
UPDATE points_uses SET returned = returned + s.amount FROM unnest($1::uuid[], $2::int[]) AS s(id, amount)
WHERE points_uses.id = s.id
"""


async def spend(uow: UnitOfWork, order_ids: Collection[UUID]) -> None:
    """These orders are paid, and the books say what points paid of them: it is theirs for good."""
    await bulk.run(uow.session, BECOME, list(order_ids), S.HELD, S.SPENT)


async def release(uow: UnitOfWork, order_id: UUID) -> None:
    """The unpaid order is closed: what it held is the member's again. Nothing for an order that was paid."""
    found = await bulk.run(uow.session, USES, [order_id], S.HELD)
    if not found:
        return
    await bulk.run(uow.session, BECOME, [order_id], S.HELD, S.RELEASED)
    back = [(use["lot_id"], use["expires_at"], use["amount"]) for use in found]
    # Closed, paid late, and closed again because the goods were gone: each time has an entry of its own.
    ref = f"{order_id}:again" if await bulk.run(uow.session, RELEASED, str(order_id)) else str(order_id)
    await _put_back(uow, found[0]["member_id"], back, PointsEntryKind.RELEASED, ref, "订单关闭退回", order_id)


async def give_back(uow: UnitOfWork, order_id: UUID, amount: int, refund_id: UUID) -> None:
    """So many of what a paid order spent return with a refund, to the lots they came from, last to run out first.

    What had run out meanwhile is good for another thirty days. The order is locked, and it spent as much.
    """
    found, back, left = await bulk.run(uow.session, USES, [order_id], S.SPENT), [], amount
    parts: dict[UUID, int] = {}
    for use in reversed(found):
        if part := min(left, use["amount"] - use["returned"]):
            left -= part
            parts[use["id"]] = part
            back.append((use["lot_id"], use["expires_at"], part))
    if not parts:
        return
    await bulk.run(uow.session, RETURN, list(parts), list(parts.values()))
    ref = f"{order_id}:{refund_id}"
    await _put_back(uow, found[0]["member_id"], back, PointsEntryKind.RETURNED, ref, "退款退回", order_id)


async def _put_back(
    uow: UnitOfWork,
    member_id: UUID,
    back: Sequence[tuple[UUID, Any, int]],
    kind: PointsEntryKind,
    ref: str,
    text: str,
    order_id: UUID,
) -> None:
    found = await purses.locked(uow, [member_id], [lot_id for lot_id, _, _ in back])
    purse, amount, debt = found[member_id], 0, 0
    for lot_id, expires_at, part in back:
        added, paid = purse.put(part, max(expires_at, clock.now() + GRACE), lot_id)
        amount, debt = amount + added, debt + paid
    purse.tell(kind, ref, (amount, debt), text if not debt else f"{text}，其中 {-debt} 抵还欠分", order_id=order_id)
    await purses.write(uow, [purse])


async def hold_again(uow: UnitOfWork, orders: Mapping[UUID, tuple[UUID, int]]) -> frozenset[UUID]:
    """For orders paid in money after they were closed, each with its member and its points: holds as many again;
    answers those for which there are not so many any more. No statement for none.
    """
    if not orders:
        return frozenset()
    found = await purses.locked(uow, {member_id for member_id, _ in orders.values()})
    dead, uses = set[UUID](), list[dict[str, Any]]()
    for order_id, (member_id, many) in sorted(orders.items()):
        purse = found[member_id]
        if purse.usable < many:
            dead.add(order_id)
        else:
            uses += hold(purse, order_id, many, "订单恢复，重新抵扣", f"{order_id}:again")
    if uses:
        await purses.write(uow, found.values())
        await bulk.run(uow.session, HOLD, *([use[name] for use in uses] for name in HELD))
    return frozenset(dead)
