"""The roles staff may have: reference data, written by the release and read with every token."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy.dialects.postgresql import insert

from domain.base import UnitOfWork
from domain.members.permissions import Permission as P
from models.members import Role, StaffKind


@dataclass(frozen=True)
class Known:
    """A role: its stable name, whose desk it is for, its Chinese title, and what it allows."""

    name: str
    kind: StaffKind
    title: str
    permissions: frozenset[P]


MERCHANT = frozenset(p for p in P if p.value.startswith("merchant:"))
PLATFORM = frozenset(p for p in P if p.value.startswith("platform:"))
READING = frozenset(p for p in PLATFORM if p.value.endswith((".read", ":overview", ":ledger")))

SHOPKEEPER = Known("merchant.owner", StaffKind.MERCHANT, "店主", MERCHANT)
SHIPPER = Known(
    "merchant.shipper",
    StaffKind.MERCHANT,
    "客服/发货员",
    frozenset(
        {
            P.MERCHANT_OVERVIEW,
            P.MERCHANT_PRODUCTS_READ,
            P.MERCHANT_ORDERS_READ,
            P.MERCHANT_ORDERS_SHIP,
            P.MERCHANT_AFTERSALES,
            P.MERCHANT_REVIEWS,
        }
    ),
)
SUPER_ADMIN = Known("platform.admin", StaffKind.PLATFORM, "超级管理员", PLATFORM)
# What an operator leaves to the administrator: the machinery, people, and who gets in from outside.
RESERVED = frozenset(
    {
        P.PLATFORM_JOBS_WRITE,
        P.PLATFORM_SEARCH_WRITE,
        P.PLATFORM_AUDIT_READ,
        P.PLATFORM_STAFF_READ,
        P.PLATFORM_PARTNERS_WRITE,
        P.PLATFORM_EXPLORER,
    }
)
OPERATOR = Known("platform.operator", StaffKind.PLATFORM, "运营", PLATFORM - RESERVED)
SUPPORT = Known(
    "platform.support",
    StaffKind.PLATFORM,
    "客服",
    frozenset(
        {P.PLATFORM_OVERVIEW, P.PLATFORM_MERCHANTS_READ, P.PLATFORM_PRODUCTS_READ, P.PLATFORM_ORDERS_READ},
    ),
)
AUDITOR = Known("platform.auditor", StaffKind.PLATFORM, "审计", READING)

ROLES = (SHOPKEEPER, SHIPPER, SUPER_ADMIN, OPERATOR, SUPPORT, AUDITOR)


async def ensure(uow: UnitOfWork) -> None:
    """Writes every role as this release knows it; repeated, it changes nothing."""
    rows = [
        {"name": role.name, "kind": role.kind, "title": role.title, "permissions": sorted(role.permissions)}
        for role in ROLES
    ]
    new = insert(Role)
    columns = {name: new.excluded[name] for name in ("kind", "title", "permissions")}
    await uow.session.execute(new.on_conflict_do_update(index_elements=["name"], set_=columns), rows)
