"""Buyers, their devices and addresses; staff and how they sign in."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from typing import Annotated
from uuid import UUID

import strawberry

from domain import catalog, merchants
from domain.members import addresses, profiles, second_factor, staff, tries
from domain.members.sessions import Tokens
from models.members import StaffKind
from schema.base import Info, Problem, Refused
from schema.merchants import Merchant
from schema.pictures import Image
from schema.relations import RowType, derived, one, reads

strawberry.enum(StaffKind)


# ------------------------------------------------------------------------------------------------ buyers
@strawberry.type
class Member(RowType):
    id: UUID
    nickname: str
    avatar: Image | None = one(catalog.pictures_by_key, key="avatar_key")
    masked_phone: str | None = derived(
        profiles.masked_phone, "id", "phone_sealed", description="138****0001, or null before a phone is bound"
    )
    created_at: datetime


@strawberry.type
class Device(RowType):
    id: UUID
    name: str = derived(lambda name: name, "device")
    created_at: datetime
    last_seen_at: datetime

    @reads("id")
    def current(self, info: Info) -> bool:
        return self.id == info.context.viewer.sign_in_id


@strawberry.type
class Session:
    access_token: str
    refresh_token: str
    expires_at: datetime
    member: Member

    @classmethod
    def of(cls, tokens: Tokens, member: Member) -> Session:
        return cls(
            access_token=tokens.access, refresh_token=tokens.refresh, expires_at=tokens.expires_at, member=member
        )


@strawberry.type
class Address(RowType):
    id: UUID
    name: str = derived(
        partial(addresses.opened, "name"), "id", "name_sealed", description="Whole: only the owner reads it"
    )
    phone: str = derived(partial(addresses.opened, "phone"), "id", "phone_sealed")
    region_code: str
    region_name: str
    detail: str = derived(partial(addresses.opened, "detail"), "id", "detail_sealed")
    is_default: bool


@strawberry.input
class AddressInput:
    name: str
    phone: str
    region_code: str
    detail: str
    is_default: bool = False

    def wanted(self) -> addresses.Wanted:
        return addresses.Wanted(self.name, self.phone, self.region_code, self.detail, self.is_default)


# ------------------------------------------------------------------------------------------------ staff
@strawberry.type
class Staff(RowType):
    id: UUID
    login: str
    name: str
    kind: StaffKind
    merchant: Merchant | None = one(merchants.by_id, key="merchant_id")
    permissions: list[str]
    totp_enabled: bool = derived(lambda sealed: sealed is not None, "totp_sealed")
    role: str = derived(lambda title: title, "role_title")
    last_login_at: datetime | None
    active: bool


@strawberry.type
class StaffSession:
    access_token: str
    refresh_token: str
    expires_at: datetime
    staff: Staff

    @classmethod
    def of(cls, tokens: Tokens, staff: Staff) -> StaffSession:
        return cls(access_token=tokens.access, refresh_token=tokens.refresh, expires_at=tokens.expires_at, staff=staff)


@strawberry.type
class TotpRequired(Problem):
    @classmethod
    def of(cls, refusal: staff.TotpRequired) -> TotpRequired:
        return cls(code=refusal.code, message=refusal.message, field=refusal.field)


@strawberry.type(description="Too many wrong tries: locked until `until`.")
class LockedOut(Problem):
    until: datetime

    @classmethod
    def of(cls, refusal: tries.LockedOut) -> LockedOut:
        return cls(code=refusal.code, message=refusal.message, field=refusal.field, until=refusal.until)


@strawberry.type
class TotpEnrolment:
    secret: str
    uri: str = strawberry.field(description="otpauth:// for a QR code")
    qr_svg: str

    @classmethod
    def of(cls, offered: second_factor.Enrolment) -> TotpEnrolment:
        return cls(secret=offered.secret, uri=offered.uri, qr_svg=offered.qr_svg)


@strawberry.type
class RecoveryCodes:
    codes: list[str]


LoginResult = Annotated[Session | Refused, strawberry.union("LoginResult")]
MemberResult = Annotated[Member | Refused, strawberry.union("MemberResult")]
AddressResult = Annotated[Address | Refused, strawberry.union("AddressResult")]
StaffLoginResult = Annotated[StaffSession | TotpRequired | LockedOut | Refused, strawberry.union("StaffLoginResult")]
StaffSessionResult = Annotated[StaffSession | Refused, strawberry.union("StaffSessionResult")]
TotpEnrolmentResult = Annotated[TotpEnrolment | Refused, strawberry.union("TotpEnrolmentResult")]
RecoveryCodesResult = Annotated[RecoveryCodes | Refused, strawberry.union("RecoveryCodesResult")]
