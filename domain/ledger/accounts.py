"""Accounts by kind and owner. Their ids are made of both, so that writing an entry looks nothing up."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from uuid import UUID, uuid5

from models.ledger import AccountKind

NAMESPACE = UUID("5d7c7a0e-2b0b-4f3e-9a53-30c2a1b5e6d4")

# Whose they are: a shop's, a courier's, a leader's.
OWNED = frozenset(
    {
        AccountKind.MERCHANT_PAYABLE,
        AccountKind.SHOP_VOUCHERS,
        AccountKind.COURIER_PAYABLE,
        AccountKind.LEADER_PAYABLE,
        AccountKind.DEPOSIT,
    }
)


@dataclass(frozen=True)
class Account:
    """One side of the books; `owner_id` exactly for the kinds in `OWNED`."""

    kind: AccountKind
    owner_id: UUID | None = None

    def __post_init__(self) -> None:
        if (self.kind in OWNED) != (self.owner_id is not None):
            raise ValueError(f"{self.kind} {'needs an' if self.kind in OWNED else 'has no'} owner")

    @property
    def id(self) -> UUID:
        return _id(self.kind, self.owner_id)


@lru_cache(maxsize=4096)
def _id(kind: AccountKind, owner_id: UUID | None) -> UUID:
    return uuid5(NAMESPACE, f"{kind.value}:{owner_id or ''}")
