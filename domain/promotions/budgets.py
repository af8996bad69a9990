"""What the platform bears of its 满减: promised when an order is placed, within the budget, free once it is closed.

Orders of a campaign with a budget take turns at its row. A reduction holds only while a whole one of its highest step
is left, so every buyer gets all that the price said, or is told the new price before anything is placed; what is
left over in the end is less than one reduction.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field, replace
from uuid import UUID

from domain import bulk
from domain.base import UnitOfWork, clock
from domain.pricing import Reduction, Share
from domain.promotions import running
from models.pricing import Party, ShareKind

# ------------------------------------------------------------------------------------------------ placing
BUDGETS = """
SELECT id, budget_fen - promised_fen AS left FROM campaigns
WHERE id = ANY($1::uuid[]) AND budget_fen IS NOT NULL ORDER BY id FOR NO KEY UPDATE
"""
TAKING_PART = """
SELECT campaign_id, merchant_id FROM campaign_applications
WHERE campaign_id = ANY($1::uuid[]) AND state = 'ACCEPTED' AND merchant_id = ANY($2::uuid[]) ORDER BY id FOR SHARE
"""


@dataclass
class Budgets:
    """What is left of the budgets of these 满减, locked; and what orders about to be placed take of it."""

    reductions: tuple[Reduction, ...]
    left: dict[UUID, int] = field(default_factory=dict)
    taken: dict[UUID, int] = field(default_factory=dict)

    def short(self, shares: Iterable[Share]) -> frozenset[UUID]:
        """Those of a price that have no whole reduction left, after the orders before this one in the group."""
        if not self.left:
            return frozenset()
        most = {each.id: each.most for each in self.reductions}
        sources = {share.source for share in shares if share.source in self.left}
        return frozenset(id for id in sources if id and self.left[id] < most[id])

    def take(self, shares: Iterable[Share]) -> None:
        """The order will stand: its part of the platform is promised."""
        for share in shares if self.left else ():
            if share.source in self.left and share.party is Party.PLATFORM:
                self.left[share.source] -= share.amount
                self.taken[share.source] = self.taken.get(share.source, 0) + share.amount

    @property
    def used_up(self) -> frozenset[UUID]:
        return frozenset(
            each.id for each in self.reductions if each.id in self.taken and self.left[each.id] < each.most
        )


async def hold(uow: UnitOfWork, reductions: tuple[Reduction, ...], shops: Collection[UUID]) -> Budgets:
    """The same reductions as they are at this moment, held until the commit: with the shops that still take part, and
    only those with money left. No statement where none is the platform's.
    """
    ids = sorted({each.id for each in reductions if each.merchant_id is None})
    if not ids:
        return Budgets(reductions)
    left = {row["id"]: row["left"] for row in await bulk.run(uow.session, BUDGETS, ids)}
    there = await taking_part(uow, ids, shops)
    held = (_now(each, there) if each.merchant_id is None else each for each in reductions)
    kept = tuple(each for each in held if left.get(each.id, each.most) >= each.most)
    return Budgets(kept, {id: fen for id, fen in left.items() if any(each.id == id for each in kept)})


async def taking_part(
    uow: UnitOfWork, campaign_ids: Sequence[UUID], shops: Collection[UUID]
) -> frozenset[tuple[UUID, UUID]]:
    """Which of these shops take part in which of these campaigns, held so until the commit."""
    rows = await bulk.run(uow.session, TAKING_PART, sorted(campaign_ids), sorted(shops))
    return frozenset((row["campaign_id"], row["merchant_id"]) for row in rows)


def _now(reduction: Reduction, there: Collection[tuple[UUID, UUID]]) -> Reduction:
    shops = {shop: brought for shop, brought in (reduction.shops or {}).items() if (reduction.id, shop) in there}
    return replace(reduction, shops=shops)


PROMISE = """
UPDATE campaigns SET promised_fen = promised_fen + more.fen,
    used_up_at = CASE WHEN more.id = ANY($3::uuid[]) THEN $4::timestamptz END
FROM unnest($1::uuid[], $2::bigint[]) AS more(id, fen) WHERE campaigns.id = more.id
"""


async def promise(uow: UnitOfWork, budgets: Budgets) -> None:
    """Writes down what was taken; no statement where nothing was. Where no whole reduction is left prices change."""
    if not budgets.taken:
        return
    gone = budgets.used_up
    taken = budgets.taken
    await bulk.run(uow.session, PROMISE, list(taken), list(taken.values()), sorted(gone), clock.now())
    for id in sorted(gone):
        await running.mark_all(uow, id)


# ------------------------------------------------------------------------------------------------ closing
# What orders have of budgets, those locked; and whether a whole reduction is left once it is free again.
OF_ORDERS = f"""
WITH parts AS (
    SELECT s.source AS id, l.order_id, sum(s.amount) AS fen FROM order_line_shares s
    JOIN order_lines l ON l.id = s.line_id
    WHERE l.order_id = ANY($1::uuid[]) AND s.kind = '{ShareKind.PLATFORM_REDUCTION}' AND s.party = '{Party.PLATFORM}'
    GROUP BY s.source, l.order_id
), held AS (
    SELECT c.id, c.budget_fen, c.promised_fen, c.used_up_at FROM campaigns c
    WHERE c.id IN (SELECT id FROM parts) AND c.budget_fen IS NOT NULL ORDER BY c.id FOR NO KEY UPDATE
)
SELECT p.order_id, p.fen, h.*, (SELECT max(off) FROM reduction_steps r WHERE r.campaign_id = h.id) AS most
FROM parts p JOIN held h ON h.id = p.id ORDER BY h.id, p.order_id
"""
MOVE = """
UPDATE campaigns SET promised_fen = promised_fen + $2, used_up_at = $3 WHERE id = $1
"""


async def free(uow: UnitOfWork, order_ids: Sequence[UUID]) -> None:
    """Orders are closed: what they had of budgets is there for others, and the 满减 holds again if it was used up."""
    for id, rows in (await _of(uow, order_ids)).items():
        freed = sum(row["fen"] for row in rows)
        row = rows[0]
        again = row["used_up_at"] is not None and row["budget_fen"] - row["promised_fen"] + freed >= row["most"]
        await bulk.run(uow.session, MOVE, id, -freed, None if again else row["used_up_at"])
        if again:
            await running.mark_all(uow, id)


async def hold_again(uow: UnitOfWork, order_ids: Sequence[UUID]) -> frozenset[UUID]:
    """For orders that were paid after they were closed: promises them theirs again, and answers those for which
    nothing is left.
    """
    dead: set[UUID] = set()
    for id, rows in (await _of(uow, order_ids)).items():
        left = rows[0]["budget_fen"] - rows[0]["promised_fen"]
        taken = 0
        for row in rows:
            if taken + row["fen"] > left:
                dead.add(row["order_id"])
            else:
                taken += row["fen"]
        if taken:
            await bulk.run(uow.session, MOVE, id, taken, rows[0]["used_up_at"])
    return frozenset(dead)


async def _of(uow: UnitOfWork, order_ids: Sequence[UUID]) -> dict[UUID, list[bulk.Record]]:
    found: dict[UUID, list[bulk.Record]] = {}
    for row in await bulk.run(uow.session, OF_ORDERS, list(order_ids)):
        found.setdefault(row["id"], []).append(row)
    return found
