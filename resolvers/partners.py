"""The platform gives and takes partners' keys; a partner reads its own budget."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

import strawberry

from domain import partners
from domain.base import Unavailable
from domain.members.permissions import Permission
from resolvers.base import Audience, mutation, query
from schema.base import Info
from schema.partners import (
    IssuedPartnerKey,
    IssuedPartnerKeyResult,
    Partner,
    PartnerInput,
    PartnerPage,
    PartnerResult,
    RateLimit,
)
from schema.relations import columns_for


@strawberry.type
class Query:
    @query(Audience.PLATFORM, Permission.PLATFORM_PARTNERS_READ)
    async def platform_partners(
        self, info: Info, text: str | None = None, page: int = 1, size: int = 20
    ) -> PartnerPage:
        columns = columns_for(info, Partner, "items")
        rows, total = await info.context.read(partners.page, text, page, size, columns)
        return PartnerPage(items=[Partner.of(row) for row in rows], total=total)


async def _partner(info: Info, id: UUID) -> Partner:
    return Partner.of((await info.context.read(partners.by_id, [id], columns_for(info, Partner)))[id])


@strawberry.type
class Mutation:
    @mutation(Audience.PLATFORM, Permission.PLATFORM_PARTNERS_WRITE)
    async def platform_save_partner(self, info: Info, input: PartnerInput, id: UUID | None = None) -> PartnerResult:
        """Adds a partner, without a key, or changes one; `version` is needed for the latter."""
        viewer, wanted = info.context.viewer, input.wanted()
        async with info.context.database.begin() as uow:
            if id is None:
                saved = await partners.create(uow, viewer, wanted)
            else:
                saved = await partners.change(uow, viewer, id, input.version, wanted)
        return await _partner(info, saved)

    @mutation(Audience.PLATFORM, Permission.PLATFORM_PARTNERS_WRITE)
    async def platform_stop_partner(self, info: Info, id: UUID) -> PartnerResult:
        """Refuses all its keys from now on."""
        async with info.context.database.begin() as uow:
            await partners.stop(uow, info.context.viewer, id)
        return await _partner(info, id)

    @mutation(Audience.PLATFORM, Permission.PLATFORM_PARTNERS_WRITE)
    async def platform_resume_partner(self, info: Info, id: UUID) -> PartnerResult:
        async with info.context.database.begin() as uow:
            await partners.resume(uow, info.context.viewer, id)
        return await _partner(info, id)

    @mutation(Audience.PLATFORM, Permission.PLATFORM_PARTNERS_WRITE)
    async def platform_issue_partner_key(
        self, info: Info, partner_id: UUID, label: str, expires_at: datetime | None = None
    ) -> IssuedPartnerKeyResult:
        """A new key; at most two of a partner are good at a time. Without `expiresAt` it has no end."""
        async with info.context.database.begin() as uow:
            issued = await partners.issue(uow, info.context.viewer, partner_id, label, expires_at)
        return IssuedPartnerKey.of({"secret": issued.secret, "key_id": issued.key_id, "partner_id": partner_id})

    @mutation(Audience.PLATFORM, Permission.PLATFORM_PARTNERS_WRITE)
    async def platform_revoke_partner_key(self, info: Info, id: UUID) -> PartnerResult:
        """Ends a key for good."""
        async with info.context.database.begin() as uow:
            partner_id = await partners.revoke(uow, info.context.viewer, id)
        return await _partner(info, partner_id)


@strawberry.type
class Own:
    """Root fields that are in the partners' schema only."""

    @query(Audience.PARTNER, public=True, description="What this operation cost, and what the key's owner has left.")
    async def rate_limit(self, info: Info) -> RateLimit:
        if info.context.charge is None:
            raise Unavailable("暂时无法得知额度，请稍后再试")
        return RateLimit.of(info.context.charge)
