"""A seeded defect for each race of vouchers: what somebody could have written instead, so that its test must fail.

That an order is shipped or called off and never both is the orders' own lock, seen red in tests/scenarios.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from uuid import UUID

import pytest
from sqlalchemy import select

from domain import vouchers
from domain.base import RowDict, UnitOfWork, clock
from domain.bearer import Log
from domain.vouchers import Wish, binding, holding, keeping
from models.vouchers import VoucherState

Mutant = Callable[[pytest.MonkeyPatch], None]


def what_orders_hold_is_not_looked_at(patch: pytest.MonkeyPatch) -> None:
    opened = vouchers.door

    async def as_if_free(uow: UnitOfWork, wishes: Sequence[Wish]) -> vouchers.Door:
        door = await opened(uow, wishes)
        return vouchers.Door({**row, "held": 0} for row in door._vouchers.values())

    patch.setattr(vouchers, "door", as_if_free)


def codes_are_not_locked(patch: pytest.MonkeyPatch) -> None:
    async def as_it_looks(log: Log, uow: UnitOfWork, digest: bytes) -> RowDict | None:
        chosen = select(*log.columns).where(log.columns.digest == digest)
        row = (await uow.session.execute(chosen)).mappings().first()
        return dict(row) if row else None

    patch.setattr(Log, "by_digest", as_it_looks)


def what_is_held_runs_out_too(patch: pytest.MonkeyPatch) -> None:
    async def whatever(uow: UnitOfWork, id: UUID) -> None:
        voucher = (await keeping.locked(uow, [id]))[id]
        if voucher["state"] is VoucherState.ACTIVE and voucher["expires_at"] <= clock.now():
            await keeping._expire(uow, voucher)

    patch.setattr(vouchers, "expire", whatever)


def what_is_held_is_given_away(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(binding, "refuse_held", lambda voucher: None)


def lost_vouchers_are_held_again(patch: pytest.MonkeyPatch) -> None:
    """As long as the pieces are there, whatever became of the voucher."""
    as_it_is = holding.locked

    async def as_if_good(uow: UnitOfWork, ids: Collection[UUID]) -> dict[UUID, RowDict]:
        return {id: {**row, "state": VoucherState.ACTIVE} for id, row in (await as_it_is(uow, ids)).items()}

    patch.setattr(holding, "locked", as_if_good)


RED: Mapping[str, Mutant] = {
    "test_no_more_is_redeemed_than_there_is": what_orders_hold_is_not_looked_at,
    "test_one_code_is_bound_once": codes_are_not_locked,
    "test_redeeming_against_the_end_whoever_locks_first_and_nothing_is_lost": what_is_held_runs_out_too,
    "test_redeeming_against_a_gift_one_of_them_has_it": what_is_held_is_given_away,
    "test_late_freight_takes_the_pieces_again_or_goes_back": lost_vouchers_are_held_again,
}
