"""What the platform may read of the log."""

from __future__ import annotations

import strawberry

from domain import audit
from domain.members.permissions import Permission
from resolvers.base import Audience, query
from schema.audit import AuditEntry, AuditPage
from schema.base import Info
from schema.relations import columns_for


@strawberry.type
class Query:
    @query(Audience.PLATFORM, Permission.PLATFORM_AUDIT_READ)
    async def platform_audit(self, info: Info, text: str | None = None, page: int = 1, size: int = 50) -> AuditPage:
        columns = columns_for(info, AuditEntry, "items")
        rows, total = await info.context.read(audit.page, text, page, size, columns)
        return AuditPage(items=[AuditEntry.of(row) for row in rows], total=total)
