"""What makes a person look before anything is given: the inviter and the invited one look like one, or many like one.

A family shares a house and a phone, so none of it is a refusal; and none of it is told to those it is about.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import func, select

from domain.base import SHANGHAI, RowDict, UnitOfWork
from domain.crypto import vault
from domain.referrals.binding import REFERRAL
from domain.referrals.scenes import INVITER
from models.cards import Card, CardHold, CardPurchase
from models.members import Address, Member
from models.orders import Order
from models.referrals import Suspicion

ORDER = Order.__table__.c
# Of the inviter's addresses and orders, the newest first.
MOST_LOOKED_AT = 100
Marks = tuple[bytes, bytes]


async def marks_of(uow: UnitOfWork, order_id: UUID) -> Marks:
    """Blind indexes of the phone and of the place an order goes to."""
    names = ("id", "region_code", "phone_sealed", "detail_sealed")
    row = (await uow.session.execute(select(*(ORDER[name] for name in names)).where(ORDER.id == order_id))).one()
    return _marks("orders", row._mapping)


async def suspicions(uow: UnitOfWork, referral: RowDict, order_id: UUID, marks: Marks, held_from: int) -> list[str]:
    """Reasons to look first, none for most."""
    found: dict[Suspicion, bool] = {}
    phones, places = await _inviters_own(uow, referral["inviter_id"])
    found[Suspicion.SAME_PHONE] = marks[0] in phones
    found[Suspicion.SAME_ADDRESS] = marks[1] in places
    found[Suspicion.SAME_PAYER] = await _paid_by_inviter(uow, referral["inviter_id"], order_id)
    found[Suspicion.SHARED_PHONE] = await _others(uow, referral, "phone_index", marks[0])
    found[Suspicion.SHARED_ADDRESS] = await _others(uow, referral, "address_index", marks[1])
    if (device := referral["device_index"]) is not None:
        own = select(INVITER.device_index).where(INVITER.member_id == referral["inviter_id"])
        found[Suspicion.SAME_DEVICE] = await uow.session.scalar(own) == device
        found[Suspicion.SHARED_DEVICE] = await _others(uow, referral, "device_index", device)
    found[Suspicion.MANY_IN_A_DAY] = await _bound_that_day(uow, referral) >= held_from
    return [reason.value for reason in Suspicion if found.get(reason)]


async def _inviters_own(uow: UnitOfWork, inviter_id: UUID) -> tuple[set[bytes], set[bytes]]:
    """Phones and places of the inviter's, from his addresses, deleted ones too, from his orders and his account."""
    seen: list[Marks] = []
    for model in (Address, Order):
        table = model.__table__.c
        names = ("id", "region_code", "phone_sealed", "detail_sealed")
        chosen = select(*(table[name] for name in names)).where(table.member_id == inviter_id)
        rows = await uow.session.execute(chosen.order_by(table.created_at.desc()).limit(MOST_LOOKED_AT))
        seen += [_marks(model.__tablename__, row) for row in rows.mappings()]
    phones = {phone for phone, _ in seen} | set(await _account_phone(uow, inviter_id))
    return phones, {place for _, place in seen}


async def _account_phone(uow: UnitOfWork, member_id: UUID) -> Iterator[bytes]:
    sealed = await uow.session.scalar(select(Member.phone_sealed).where(Member.id == member_id))
    if sealed is None:
        return iter(())
    return iter([_phone_index(vault.open(sealed, table="members", column="phone_sealed", row=member_id))])


async def _paid_by_inviter(uow: UnitOfWork, inviter_id: UUID, order_id: UUID) -> bool:
    """Whether a gift card the inviter bought paid for it. Money by WeChat Pay is always of the member's own openid:
    a payment by another one is disputed and pays for nothing.
    """
    hold, card, purchase = CardHold.__table__.c, Card.__table__.c, CardPurchase.__table__.c
    chosen = select(hold.id).join_from(CardHold, Card, card.id == hold.card_id)
    chosen = chosen.join(CardPurchase, purchase.id == card.purchase_id)
    mine = chosen.where(hold.order_id == order_id, purchase.member_id == inviter_id)
    return await uow.session.scalar(mine.limit(1)) is not None


async def _others(uow: UnitOfWork, referral: RowDict, column: str, value: bytes) -> bool:
    """Whether another invited member, of whomever, has the same."""
    other = select(REFERRAL.id).where(REFERRAL[column] == value, REFERRAL.id != referral["id"])
    return await uow.session.scalar(other.limit(1)) is not None


async def _bound_that_day(uow: UnitOfWork, referral: RowDict) -> int:
    began = referral["created_at"].astimezone(SHANGHAI).replace(hour=0, minute=0, second=0, microsecond=0)
    that_day = (REFERRAL.created_at >= began) & (REFERRAL.created_at < began + timedelta(days=1))
    counted = select(func.count()).where(REFERRAL.inviter_id == referral["inviter_id"], that_day)
    return await uow.session.scalar(counted) or 0


# ------------------------------------------------------------------------------------------------ marks
def _marks(table: str, row: Any) -> Marks:
    if row["phone_sealed"] is None:
        # Picked up: it goes to no phone and to no place, and is like nothing else.
        nobody = vault.index(str(row["id"]), purpose="referral-address")
        return nobody, nobody
    opened = vault.open_all({name: row[name] for name in ("phone_sealed", "detail_sealed")}, table=table, row=row["id"])
    place = f"{row['region_code']}:{_bare(opened['detail_sealed'])}"
    return _phone_index(opened["phone_sealed"]), vault.index(place, purpose="referral-address")


def _phone_index(phone: str) -> bytes:
    """Of the last eleven digits, however it was written."""
    return vault.index("".join(filter(str.isdecimal, phone))[-11:], purpose="referral-phone")


def _bare(text: str) -> str:
    """Without blanks and punctuation, which people vary."""
    return "".join(_kept(text.casefold()))


def _kept(text: Iterable[str]) -> Iterator[str]:
    return (letter for letter in text if letter.isalnum())
