"""Settlements with calls, and payouts, as they are found when orders are over."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import insert, select
from sqlalchemy.dialects import postgresql

from domain.base import Database, clock
from domain.settlement import plans
from models.base import new_id
from models.commissions import CommissionRule
from models.payments import PaymentPart
from models.settlement import CallKind, CallState, Payout, PayoutState, Settlement, SettlementCall, SettlementState


async def settled(database: Database, shops: Sequence[UUID]) -> None:
    """A settlement with two calls for every part that has none, of the shops in turn; a payout and a plan of each."""
    now = clock.now()
    async with database.begin() as uow:
        known = select(Settlement.part_id)
        free = select(PaymentPart.id, PaymentPart.order_id, PaymentPart.number).where(PaymentPart.id.not_in(known))
        parts = {part.order_id: part for part in await uow.session.execute(free)}.values()
        taken = set(await uow.session.scalars(select(Settlement.order_id)))
        rows = [_settlement(part, shops[n % len(shops)]) for n, part in enumerate(parts) if part.order_id not in taken]
        await uow.session.execute(insert(Settlement), rows)
        calls = [_call(row, n) for row in rows for n in range(2)]
        await uow.session.execute(insert(SettlementCall), calls)
        payouts = [
            {
                "id": new_id(),
                "merchant_id": shop,
                "sub_mchid": "1900000110",
                "number": f"W{new_id().hex[-20:].upper()}",
                "key": new_id().hex,
                "amount": 100,
                "state": PayoutState.SUCCEEDED,
                "next_at": now,
                "finished_at": now,
                "created_at": now,
            }
            for shop in shops
        ]
        await uow.session.execute(insert(Payout), payouts)
        rules = [_rule(shop) for shop in (None, *shops)]
        await uow.session.execute(postgresql.insert(CommissionRule).on_conflict_do_nothing(), rules)
        await plans.make_missing_plans(uow)


def _rule(shop: UUID | None) -> dict[str, Any]:
    """Of years ago, so that it holds for everything."""
    about = {"id": new_id(), "merchant_id": shop, "category_id": None, "rate": 500 if shop else 300}
    return {
        **about,
        "since": date(2020, 1, 1),
        "until": None,
        "note": "合同",
        "created_by": "平台",
        "created_at": clock.now(),
    }


def _settlement(part: Any, shop: UUID) -> dict[str, Any]:
    now = clock.now()
    return {
        "id": new_id(),
        "order_id": part.order_id,
        "order_number": part.number[:20],
        "merchant_id": shop,
        "part_id": part.id,
        "part_number": part.number,
        "sub_mchid": "1900000110",
        "transaction_id": "42",
        "state": SettlementState.STUCK,
        "held": 100,
        "net": 95,
        "commission": 4,
        "fee": 1,
        "subsidy": 0,
        "settled_at": now,
        "trouble": "SPLIT ACCOUNT_ABNORMAL",
        "next_at": now,
    }


def _call(settlement: dict[str, Any], n: int) -> dict[str, Any]:
    now = clock.now()
    return {
        "id": new_id(),
        "settlement_id": settlement["id"],
        "kind": CallKind.SPLIT,
        "state": CallState.FAILED,
        "number": f"{settlement['part_number']}S{n + 1}",
        "amount": 4,
        "next_at": now,
        "created_at": now,
        "finished_at": now,
    }
