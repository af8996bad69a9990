"""Signing in and out, a member's own data, staff's own account."""

from __future__ import annotations

from uuid import UUID

import strawberry

from domain.base import ViewerKind
from domain.members import addresses, profiles, second_factor, sessions, signing_in, staff, tries
from domain.members.permissions import Permission
from resolvers.base import Audience, By, Rate, Room, answers, mutation, query
from schema.base import Done, DoneResult, Info
from schema.members import (
    Address,
    AddressInput,
    AddressResult,
    Device,
    LockedOut,
    LoginResult,
    Member,
    MemberResult,
    RecoveryCodes,
    RecoveryCodesResult,
    Session,
    Staff,
    StaffLoginResult,
    StaffSession,
    StaffSessionResult,
    TotpEnrolment,
    TotpEnrolmentResult,
    TotpRequired,
)
from schema.relations import columns_for

# Whole towns share one address of a mobile network; an office has one address and a handful of people.
FROM_ONE_TOWN = Rate(By.ADDRESS, burst=200, seconds=0.2)
FROM_ONE_OFFICE = Rate(By.ADDRESS, burst=30, seconds=6)
# Somewhat more than the tries after which the account is locked, so that one's own mistakes meet the lock first.
OF_ONE_LOGIN = Rate(By.ARGUMENT, burst=10, seconds=30, argument="login")
OF_ONE_CODE = Rate(By.ARGUMENT, burst=3, seconds=60, argument="code")
OF_ONE_TOKEN = Rate(By.ARGUMENT, burst=10, seconds=6, argument="refreshToken")
# Codes and passwords that somebody who is signed in may guess at.
OF_ONE_PERSON = Rate(By.VIEWER, burst=10, seconds=30)

answers(staff.TotpRequired, TotpRequired.of)
answers(tries.LockedOut, LockedOut.of)


@strawberry.type
class Query:
    @query(Audience.ANYONE)
    async def me(self, info: Info) -> Member | None:
        if info.context.viewer.kind is not ViewerKind.MEMBER:
            return None
        return Member.of(await info.context.read(profiles.mine, info.context.viewer, columns_for(info, Member)))

    @query(Audience.MEMBER)
    async def my_devices(self, info: Info) -> list[Device]:
        rows = await info.context.read(sessions.devices, info.context.viewer, columns_for(info, Device))
        return [Device.of(row) for row in rows]

    @query(Audience.MEMBER)
    async def my_addresses(self, info: Info) -> list[Address]:
        rows = await info.context.read(addresses.mine, info.context.viewer, columns_for(info, Address))
        return [Address.of(row) for row in rows]

    @query(Audience.ANYONE)
    async def staff_me(self, info: Info) -> Staff | None:
        if info.context.viewer.kind not in (ViewerKind.MERCHANT, ViewerKind.PLATFORM):
            return None
        return Staff.of(await info.context.read(staff.mine, info.context.viewer, columns_for(info, Staff)))

    @query(Audience.PLATFORM, Permission.PLATFORM_STAFF_READ)
    async def platform_staff(self, info: Info) -> list[Staff]:
        return [Staff.of(row) for row in await info.context.read(staff.everybody, columns_for(info, Staff))]


async def _member(info: Info, *path: str) -> Member:
    return Member.of(await info.context.read(profiles.mine, info.context.viewer, columns_for(info, Member, *path)))


async def _session(info: Info, tokens: sessions.Tokens) -> Session:
    columns = columns_for(info, Member, "member")
    return Session.of(tokens, Member.of(await info.context.read(profiles.of_member, tokens.owner_id, columns)))


async def _staff_session(info: Info, tokens: sessions.Tokens) -> StaffSession:
    rows = await info.context.read(staff.by_id, [tokens.owner_id], columns_for(info, Staff, "staff"))
    return StaffSession.of(tokens, Staff.of(rows[tokens.owner_id]))


@strawberry.type
class Mutation:
    @mutation(Audience.ANYONE, rates=(OF_ONE_CODE, FROM_ONE_TOWN), room=Room.CHECKOUT)
    async def login(self, info: Info, code: str, device: str = "") -> LoginResult:
        context = info.context
        return await _session(info, await signing_in.login(context.database, context.services.identity, code, device))

    @mutation(Audience.ANYONE, rates=(OF_ONE_TOKEN, FROM_ONE_TOWN), room=Room.CHECKOUT)
    async def refresh_session(self, info: Info, refresh_token: str) -> LoginResult:
        tokens = await sessions.refresh(info.context.database, refresh_token, ViewerKind.MEMBER)
        return await _session(info, tokens)

    @mutation(Audience.MEMBER)
    async def logout(self, info: Info) -> DoneResult:
        async with info.context.database.begin() as uow:
            await sessions.end(uow, info.context.viewer)
        return Done()

    @mutation(Audience.MEMBER)
    async def revoke_device(self, info: Info, id: UUID) -> DoneResult:
        async with info.context.database.begin() as uow:
            await sessions.revoke_device(uow, info.context.viewer, id)
        return Done()

    @mutation(Audience.MEMBER, rates=(OF_ONE_PERSON,), room=Room.CHECKOUT)
    async def bind_phone(self, info: Info, code: str) -> MemberResult:
        context = info.context
        await profiles.bind_phone(context.database, context.viewer, context.services.identity, code)
        return await _member(info)

    @mutation(Audience.MEMBER)
    async def update_profile(self, info: Info, nickname: str) -> MemberResult:
        async with info.context.database.begin() as uow:
            await profiles.rename(uow, info.context.viewer, nickname)
        return await _member(info)

    @mutation(Audience.MEMBER)
    async def save_address(self, info: Info, input: AddressInput, id: UUID | None = None) -> AddressResult:
        viewer = info.context.viewer
        async with info.context.database.begin() as uow:
            saved = await addresses.save(uow, viewer, id, input.wanted())
        return Address.of(await info.context.read(addresses.row, viewer, saved, columns_for(info, Address)))

    @mutation(Audience.MEMBER)
    async def delete_address(self, info: Info, id: UUID) -> DoneResult:
        async with info.context.database.begin() as uow:
            await addresses.delete(uow, info.context.viewer, id)
        return Done()

    @mutation(Audience.ANYONE, rates=(OF_ONE_LOGIN, FROM_ONE_OFFICE))
    async def staff_login(self, info: Info, login: str, password: str, totp: str | None = None) -> StaffLoginResult:
        device = f"控制台 {info.context.client_address}".strip()
        tokens = await staff.sign_in(info.context.database, login, password, totp, device)
        return await _staff_session(info, tokens)

    @mutation(Audience.ANYONE, rates=(OF_ONE_TOKEN, FROM_ONE_OFFICE))
    async def staff_refresh(self, info: Info, refresh_token: str) -> StaffSessionResult:
        tokens = await sessions.refresh(info.context.database, refresh_token, ViewerKind.PLATFORM)
        return await _staff_session(info, tokens)

    @mutation(Audience.STAFF)
    async def staff_logout(self, info: Info) -> DoneResult:
        async with info.context.database.begin() as uow:
            await sessions.end(uow, info.context.viewer)
        return Done()

    @mutation(Audience.STAFF, rates=(OF_ONE_PERSON,))
    async def staff_change_password(self, info: Info, current: str, new: str) -> DoneResult:
        await staff.change_password(info.context.database, info.context.viewer, current, new)
        return Done()

    @mutation(Audience.STAFF, rates=(OF_ONE_PERSON,))
    async def staff_begin_totp(self, info: Info) -> TotpEnrolmentResult:
        async with info.context.database.begin() as uow:
            return TotpEnrolment.of(await second_factor.begin(uow, info.context.viewer))

    @mutation(Audience.STAFF, rates=(OF_ONE_PERSON,))
    async def staff_confirm_totp(self, info: Info, code: str) -> RecoveryCodesResult:
        async with info.context.database.begin() as uow:
            return RecoveryCodes(codes=await second_factor.confirm(uow, info.context.viewer, code))
