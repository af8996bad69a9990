"""老带新 for members, and for the platform that runs it; channels of posters."""

from __future__ import annotations

from uuid import UUID

import strawberry

from domain import referrals
from domain.base import NotFound, RowDict
from domain.members.permissions import Permission
from models.referrals import ReferralState
from resolvers.base import Audience, By, Rate, mutation, query
from schema.base import Done, DoneResult, Info
from schema.referrals import (
    AcceptedInvitation,
    AcceptInvitationResult,
    Channel,
    ChannelPage,
    ChannelResult,
    ConsoleReferralProgramme,
    Invitation,
    InviteCode,
    InviteCodeResult,
    InvitedMember,
    InvitedPage,
    Referral,
    ReferralPage,
    ReferralProgramme,
    ReferralProgrammeInput,
    ReferralProgrammePage,
    ReferralProgrammeResult,
    ReferralResult,
    ReferralResults,
    SourceResult,
)
from schema.relations import columns_for

DESK = Permission.PLATFORM_PROMOTIONS
# Whole towns share one address of a mobile network; each device says so once a day.
ARRIVING = Rate(By.ADDRESS, burst=100, seconds=0.5)
# Nobody is invited faster by hand; and whoever tries out codes is soon slow.
ACCEPTING = Rate(By.VIEWER, burst=10, seconds=20)
DRAWING = Rate(By.VIEWER, burst=5, seconds=10)


async def _programme(info: Info, id: UUID) -> ConsoleReferralProgramme:
    columns = columns_for(info, ConsoleReferralProgramme)
    rows = await info.context.read(referrals.programmes_by_id, [id], columns)
    return ConsoleReferralProgramme.of(rows[id])


async def _channel(info: Info, id: UUID) -> Channel:
    return Channel.of((await info.context.read(referrals.channels_by_id, [id], columns_for(info, Channel)))[id])


async def _referral(info: Info, id: UUID) -> Referral:
    columns = columns_for(info, Referral)
    return Referral.of(await info.context.read(referrals.access, info.context.viewer, id, columns))


async def _my_code(info: Info) -> RowDict | None:
    return await info.context.read(referrals.my_inviter, info.context.viewer, columns_for(info, InviteCode))


async def _made_code(info: Info) -> InviteCode:
    row = await _my_code(info)
    if row is None:
        raise NotFound("您还没有邀请码，请重新打开邀请页")
    return InviteCode.of(row)


@strawberry.type
class Query:
    @query(Audience.ANYONE, description="What inviting brings now; null while nobody may invite.")
    async def referral_programme(self, info: Info) -> ReferralProgramme | None:
        row = await info.context.read(referrals.running_now, columns_for(info, ReferralProgramme))
        return ReferralProgramme.of(row) if row else None

    @query(
        Audience.ANYONE,
        rates=(Rate(By.ADDRESS, burst=60, seconds=1),),
        description="Who invites by this scene; null when it is nobody's code, or while nobody may invite.",
    )
    async def invitation(self, info: Info, scene: str) -> Invitation | None:
        inviter = await info.context.read(referrals.inviter_of, scene)
        columns = columns_for(info, ReferralProgramme, "programme")
        row = await info.context.read(referrals.running_now, columns) if inviter else None
        if inviter is None or row is None:
            return None
        shown = await info.context.load(referrals.shown_members_by_id, frozenset({"shown_as"}), inviter["member_id"])
        return Invitation(inviter=shown["shown_as"], programme=ReferralProgramme.of(row))

    @query(Audience.MEMBER, description="The viewer's own code; null until `makeInviteCode` was called.")
    async def my_invite_code(self, info: Info) -> InviteCode | None:
        row = await _my_code(info)
        return InviteCode.of(row) if row else None

    @query(Audience.MEMBER, description="Whom the viewer has invited, the newest first.")
    async def my_invited(self, info: Info, page: int = 1, size: int = 20) -> InvitedPage:
        columns = columns_for(info, InvitedMember, "items")
        rows, total = await info.context.read(referrals.of_inviter, info.context.viewer, page, size, columns)
        return InvitedPage(items=[InvitedMember.of(row) for row in rows], total=total)

    @query(Audience.MEMBER, description="The invitation that the viewer has accepted.")
    async def my_invitation(self, info: Info) -> AcceptedInvitation | None:
        columns = columns_for(info, AcceptedInvitation)
        row = await info.context.read(referrals.of_invitee, info.context.viewer, columns)
        return AcceptedInvitation.of(row) if row else None

    @query(Audience.PLATFORM, DESK, description="The newest first.")
    async def platform_referral_programmes(self, info: Info, page: int = 1, size: int = 20) -> ReferralProgrammePage:
        columns = columns_for(info, ConsoleReferralProgramme, "items")
        rows, total = await info.context.read(referrals.page_of_programmes, page, size, columns)
        return ReferralProgrammePage(items=[ConsoleReferralProgramme.of(row) for row in rows], total=total)

    @query(Audience.PLATFORM, DESK, description="The newest first; of HELD, what the desk must look at, the oldest.")
    async def platform_referrals(
        self, info: Info, state: ReferralState | None = None, page: int = 1, size: int = 20
    ) -> ReferralPage:
        columns = columns_for(info, Referral, "items")
        rows, total = await info.context.read(referrals.page_of_referrals, state, page, size, columns)
        return ReferralPage(items=[Referral.of(row) for row in rows], total=total)

    @query(Audience.PLATFORM, DESK, description="Those in use first, the newest before others.")
    async def platform_channels(self, info: Info, page: int = 1, size: int = 20) -> ChannelPage:
        columns = columns_for(info, Channel, "items")
        rows, total = await info.context.read(referrals.page_of_channels, page, size, columns)
        return ChannelPage(items=[Channel.of(row) for row in rows], total=total)

    @query(Audience.PLATFORM, DESK, description="Of the members who came in so many days, today among them.")
    async def platform_referral_results(self, info: Info, days: int = 30) -> ReferralResults:
        channels = await info.context.read(referrals.of_channels, days)
        inviters = await info.context.read(referrals.of_inviters, days)
        return ReferralResults(
            channels=[SourceResult.of(each) for each in channels], inviters=[SourceResult.of(each) for each in inviters]
        )


@strawberry.type
class Mutation:
    @mutation(
        Audience.ANYONE,
        rates=(ARRIVING,),
        description="A device came by this scene. Counted, and nothing else: clients say so once a day.",
    )
    async def note_arrival(self, info: Info, scene: str) -> DoneResult:
        async with info.context.database.begin() as uow:
            await referrals.note_arrival(uow, scene)
        return Done()

    @mutation(
        Audience.MEMBER,
        rates=(ACCEPTING,),
        description="Binds a new member to who invited him, for good, or to the channel he came by. `device`: a "
        "random name the client keeps, of which only a blind index is stored.",
    )
    async def accept_invitation(self, info: Info, scene: str, device: str = "") -> AcceptInvitationResult:
        viewer = info.context.viewer
        async with info.context.database.begin() as uow:
            bound = await referrals.accept(uow, viewer, scene, device)
        row = await info.context.read(referrals.of_invitee, viewer, columns_for(info, AcceptedInvitation))
        return AcceptedInvitation.of(row) if bound and row else Done()

    @mutation(Audience.MEMBER, rates=(DRAWING,), description="The viewer's own code, made when first asked for.")
    async def make_invite_code(self, info: Info, device: str = "") -> InviteCodeResult:
        async with info.context.database.begin() as uow:
            await referrals.my_code(uow, info.context.viewer, device)
        return await _made_code(info)

    @mutation(Audience.MEMBER, rates=(DRAWING,), description="Has WeChat draw the viewer's code, once.")
    async def draw_invite_code(self, info: Info) -> InviteCodeResult:
        await info.context.services.posters.of_member(info.context.viewer)
        return await _made_code(info)

    @mutation(Audience.PLATFORM, DESK, description="Writes a draft down, or another version of the one at `version`.")
    async def platform_save_referral_programme(
        self, info: Info, input: ReferralProgrammeInput, id: UUID | None = None, version: int = 1
    ) -> ReferralProgrammeResult:
        async with info.context.database.begin() as uow:
            saved = await referrals.save(uow, info.context.viewer, id, input.draft(), version)
        return await _programme(info, saved)

    @mutation(Audience.PLATFORM, DESK, description="From its start on members may invite; it cannot be changed.")
    async def platform_publish_referral_programme(self, info: Info, id: UUID) -> ReferralProgrammeResult:
        async with info.context.database.begin() as uow:
            await referrals.publish(uow, info.context.viewer, id)
        return await _programme(info, id)

    @mutation(Audience.PLATFORM, DESK, description="Nobody is invited any more; who is bound keeps what was promised.")
    async def platform_stop_referral_programme(self, info: Info, id: UUID, reason: str) -> ReferralProgrammeResult:
        async with info.context.database.begin() as uow:
            await referrals.stop(uow, info.context.viewer, id, reason)
        return await _programme(info, id)

    @mutation(Audience.PLATFORM, DESK, description="Gives what was held; refused instead when the order went back.")
    async def platform_approve_referral(self, info: Info, id: UUID, note: str = "") -> ReferralResult:
        async with info.context.database.begin() as uow:
            await referrals.approve(uow, info.context.viewer, id, note)
        return await _referral(info, id)

    @mutation(Audience.PLATFORM, DESK, description="Nothing is given; both sides read the reason.")
    async def platform_refuse_referral(self, info: Info, id: UUID, reason: str) -> ReferralResult:
        async with info.context.database.begin() as uow:
            await referrals.refuse(uow, info.context.viewer, id, reason)
        return await _referral(info, id)

    @mutation(Audience.PLATFORM, DESK, description="A new place for posters.")
    async def platform_open_channel(self, info: Info, name: str, note: str = "") -> ChannelResult:
        async with info.context.database.begin() as uow:
            made = await referrals.open_channel(uow, info.context.viewer, name, note)
        return await _channel(info, made)

    @mutation(Audience.PLATFORM, DESK, description="From now on nobody is counted as coming by it.")
    async def platform_close_channel(self, info: Info, id: UUID) -> ChannelResult:
        async with info.context.database.begin() as uow:
            await referrals.close_channel(uow, info.context.viewer, id)
        return await _channel(info, id)

    @mutation(Audience.PLATFORM, DESK, rates=(DRAWING,), description="Has WeChat draw the channel's code, once.")
    async def platform_draw_channel(self, info: Info, id: UUID) -> ChannelResult:
        await info.context.services.posters.of_channel(id)
        return await _channel(info, id)
