"""The log of what staff did."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any
from uuid import UUID

import strawberry

from models.audit import ActorKind
from schema.base import NumberedPage
from schema.relations import RowType, derived

strawberry.enum(ActorKind)


def subject(kind: str, id: str) -> str:
    return f"{kind}:{id}"


def detail(values: dict[str, Any]) -> str:
    """The facts of an entry as JSON, for whoever reads it in the console."""
    return json.dumps(values, ensure_ascii=False, sort_keys=True)


@strawberry.type
class AuditEntry(RowType):
    id: UUID
    at: datetime = derived(lambda at: at, "created_at")
    actor: str = derived(lambda name: name, "actor_name")
    actor_kind: ActorKind
    action: str
    subject: str = derived(subject, "subject_kind", "subject_id")
    detail: str = derived(detail, "detail")


@strawberry.type
class AuditPage(NumberedPage[AuditEntry]):
    pass
