"""New vouchers, of nobody yet or of somebody."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from domain import bearer, bulk
from domain.base import RowDict, UnitOfWork, Viewer, clock
from domain.vouchers.log import CODES
from models.base import Base, new_id
from models.vouchers import Voucher, VoucherEvent, VoucherEventKind, VoucherState


@dataclass(frozen=True)
class Kind:
    """What new vouchers are like: so many pieces, each worth `value` fen."""

    batch_id: UUID
    merchant_id: UUID
    units: int
    value: int
    expires_at: datetime
    lot_id: UUID | None = None


def of_batch(batch: RowDict, lot_id: UUID) -> Kind:
    return Kind(batch["id"], batch["merchant_id"], batch["units"], batch["value"], batch["valid_until"], lot_id)


async def make(
    uow: UnitOfWork,
    kind: Kind,
    many: int,
    viewer: Viewer,
    text: str,
    *,
    holder_id: UUID | None = None,
    event: VoucherEventKind = VoucherEventKind.ISSUED,
    ref: str = "issued",
) -> Sequence[str]:
    """Writes so many vouchers; answers their codes, which are kept nowhere here."""
    now, made = clock.now(), [bearer.make() for _ in range(many)]
    vouchers = [_voucher(kind, code, now, holder_id) for code in made]
    about = {"kind": event, "ref": ref, "text": text, "actor_kind": viewer.actor, "actor_id": viewer.id}
    first = {"position": 1, "amount": kind.units, "balance": kind.units, "order_id": None, "created_at": now}
    events = [{"id": new_id(), "voucher_id": each["id"], **about, **first} for each in vouchers]
    rows: dict[type[Base], Sequence[dict[str, Any]]] = {Voucher: vouchers, VoucherEvent: events}
    await bulk.insert(uow.session, rows)
    return made


def _voucher(kind: Kind, code: str, now: datetime, holder_id: UUID | None) -> dict[str, Any]:
    return {
        "id": new_id(),
        "batch_id": kind.batch_id,
        "lot_id": kind.lot_id,
        "merchant_id": kind.merchant_id,
        "state": VoucherState.ISSUED if holder_id is None else VoucherState.ACTIVE,
        "digest": CODES.digest(code),
        "last4": code[-4:],
        "units": kind.units,
        "value": kind.value,
        "balance": kind.units,
        "held": 0,
        "holder_id": holder_id,
        "expires_at": kind.expires_at,
        "bound_at": None if holder_id is None else now,
        "frozen_for": "",
        "payee_sealed": None,
        "refund_reference": None,
        "events": 1,
        "created_at": now,
    }
