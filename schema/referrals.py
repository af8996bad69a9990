"""老带新: what inviting brings, who was invited and what came of it, and channels of posters."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

import strawberry

from domain import catalog, orders, promotions, referrals
from models.base import Fen
from models.referrals import Missed, ReferralState, Suspicion
from schema.base import Done, NumberedPage, Refused
from schema.pictures import Image
from schema.promotions import Campaign
from schema.relations import RowType, derived, looked_up, one

strawberry.enum(ReferralState, description="TAKEN_BACK: the first order went back after the reward was given.")
strawberry.enum(Suspicion, name="ReferralSuspicion", description="Why a person looks before anything is given.")
strawberry.enum(Missed, name="ReferralMissed", description="Why one side got nothing.")
strawberry.enum(
    referrals.ProgrammePhase,
    name="ReferralProgrammePhase",
    description="SCHEDULED: published, and it has not begun. ENDED by the clock, STOPPED by a person.",
)


# ------------------------------------------------------------------------------------------------ members
@strawberry.type(description="What one side is given.")
class ReferralCoupon(RowType):
    threshold: Fen
    off: Fen = strawberry.field(description="0 for a percentage")
    percent_off: int
    most: Fen | None = strawberry.field(description="What a percentage takes off at most")
    valid_days: int | None
    valid_until: datetime | None


@strawberry.type(description="What inviting brings, and under which rules. There is one programme at a time.")
class ReferralProgramme(RowType):
    id: UUID
    name: str
    rules: str
    starts_at: datetime
    ends_at: datetime
    bind_days: int = strawberry.field(description="Days after registering in which one may be invited")
    order_days: int = strawberry.field(description="Days after that in which the first order must be paid")
    least_kept: Fen = strawberry.field(description="What must be paid for goods of that order and not go back")
    per_inviter: int
    per_month: int
    left: int = derived(lambda total, rewarded: total - rewarded, "total", "rewarded", description="Rewards left")
    inviter_coupon: ReferralCoupon = one(promotions.offers_by_campaign, key="inviter_campaign_id")
    invitee_coupon: ReferralCoupon = one(promotions.offers_by_campaign, key="invitee_campaign_id")


@strawberry.type(description="Who invites, and to what: what whoever has scanned a code reads first.")
class Invitation:
    inviter: str = strawberry.field(description="First letter only.")
    programme: ReferralProgramme


@strawberry.type(description="The viewer's own code.")
class InviteCode(RowType):
    code: str
    scene: str = derived(lambda code: f"r={code}", "code", description="What its 小程序码 carries.")
    picture: Image | None = one(
        catalog.pictures_by_key, key="picture_key", description="Null until `drawInviteCode` was called."
    )


def _told_field(missed: str) -> Any:
    words = "What it brought, or why not, in one sentence."
    return derived(referrals.told, "state", missed, "reason", "paid", description=words)


@strawberry.type(description="Somebody whom the viewer has invited.")
class InvitedMember(RowType):
    id: UUID
    name: str = looked_up(
        referrals.shown_members_by_id, "shown_as", key="invitee_id", missing="", description="First letter only."
    )
    state: ReferralState
    told: str = _told_field("inviter_missed")
    rewarded: bool = derived(lambda id: id is not None, "inviter_coupon_id", description="A coupon was given.")
    due_at: datetime = strawberry.field(description="Until when the first order must be paid")
    created_at: datetime


@strawberry.type(description="The invitation that the viewer has accepted.")
class AcceptedInvitation(RowType):
    id: UUID
    inviter: str = looked_up(
        referrals.shown_members_by_id, "shown_as", key="inviter_id", missing="", description="First letter only."
    )
    state: ReferralState
    told: str = _told_field("invitee_missed")
    rewarded: bool = derived(lambda id: id is not None, "invitee_coupon_id", description="A coupon was given.")
    due_at: datetime = strawberry.field(description="Until when the first order must be paid")
    created_at: datetime


@strawberry.type
class InvitedPage(NumberedPage[InvitedMember]):
    pass


AcceptInvitationResult = Annotated[
    AcceptedInvitation | Done | Refused,
    strawberry.union("AcceptInvitationResult", description="Done for the code of a channel."),
]
InviteCodeResult = Annotated[InviteCode | Refused, strawberry.union("InviteCodeResult")]


# ------------------------------------------------------------------------------------------------ the console
@strawberry.type(description="A programme as the platform sees it.")
class ConsoleReferralProgramme(ReferralProgramme):
    phase: referrals.ProgrammePhase = derived(referrals.phase_of, "state", "starts_at", "ends_at")
    inviter_campaign: Campaign = one(promotions.campaigns_by_id, key="inviter_campaign_id")
    invitee_campaign: Campaign = one(promotions.campaigns_by_id, key="invitee_campaign_id")
    total: int
    rewarded: int
    held_from: int = strawberry.field(description="So many invited by one member in a day: a person looks first")
    published_at: datetime | None
    stopped_at: datetime | None
    stop_reason: str
    version: int
    created_by: str
    created_at: datetime


@strawberry.type(description="Who invited whom, and what came of it, as the platform sees it.")
class Referral(RowType):
    id: UUID
    state: ReferralState
    inviter_id: UUID
    inviter: str = looked_up(referrals.shown_members_by_id, "shown_as", key="inviter_id", missing="")
    invitee_id: UUID
    invitee: str = looked_up(referrals.shown_members_by_id, "shown_as", key="invitee_id", missing="")
    order_id: UUID | None = strawberry.field(description="The order that decided")
    order_number: str | None = looked_up(orders.orders_by_id, "number", key="order_id")
    kept: Fen | None = strawberry.field(description="What of its goods was paid and did not go back")
    suspicions: list[Suspicion] = derived(lambda names: [Suspicion(name) for name in names], "suspicions")
    inviter_missed: Missed | None
    invitee_missed: Missed | None
    reason: str
    decided_by: str | None
    due_at: datetime
    rewarded_at: datetime | None
    ended_at: datetime | None
    created_at: datetime


@strawberry.type(description="A place where posters hang, with a scene code of its own.")
class Channel(RowType):
    id: UUID
    name: str
    note: str
    code: str
    scene: str = derived(lambda code: f"c={code}", "code", description="What its 小程序码 carries.")
    picture: Image | None = one(
        catalog.pictures_by_key, key="picture_key", description="Null until `platformDrawChannel` was called."
    )
    closed_at: datetime | None
    created_by: str
    created_at: datetime


@strawberry.type(description="What came of one channel or one inviter.")
class SourceResult:
    source_id: UUID
    name: str
    came: int = strawberry.field(description="Devices that said so; nothing is decided by it")
    registered: int = strawberry.field(description="New members bound to it")
    ordered: int = strawberry.field(description="Of them, who have ordered")
    paid: Fen = strawberry.field(description="What they paid for orders, with freight")
    refunded: Fen = strawberry.field(description="What of its goods went back")
    rewarded: int

    @classmethod
    def of(cls, found: referrals.Result) -> SourceResult:
        return cls(**{**vars(found), "paid": Fen(found.paid), "refunded": Fen(found.refunded)})


@strawberry.type(description="The most successful first, at most fifty of each.")
class ReferralResults:
    channels: list[SourceResult]
    inviters: list[SourceResult]


@strawberry.type
class ReferralProgrammePage(NumberedPage[ConsoleReferralProgramme]):
    pass


@strawberry.type
class ReferralPage(NumberedPage[Referral]):
    pass


@strawberry.type
class ChannelPage(NumberedPage[Channel]):
    pass


ReferralProgrammeResult = Annotated[ConsoleReferralProgramme | Refused, strawberry.union("ReferralProgrammeResult")]
ReferralResult = Annotated[Referral | Refused, strawberry.union("ReferralResult")]
ChannelResult = Annotated[Channel | Refused, strawberry.union("ChannelResult")]


@strawberry.input
class ReferralProgrammeInput:
    name: str
    rules: str = strawberry.field(description="In plain words, as members read them before they take part")
    starts_at: datetime
    ends_at: datetime
    inviter_campaign_id: UUID = strawberry.field(description="Coupons of the platform that are given by events")
    invitee_campaign_id: UUID
    bind_days: int
    order_days: int
    least_kept: Fen
    per_inviter: int
    per_month: int
    total: int
    held_from: int

    def draft(self) -> referrals.Draft:
        return referrals.Draft(**vars(self))
