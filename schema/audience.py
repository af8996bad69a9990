"""Who may call a root field; stated by every one of them, asked by resolvers and subscriptions alike."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from graphql import GraphQLError
from strawberry.types.field import StrawberryField

from domain.base import Forbidden, Refusal, Unauthenticated, Viewer, ViewerKind
from domain.members.permissions import Permission

STATED = "audience"


class Audience(StrEnum):
    """Whom a root field is for."""

    ANYONE = "anyone"
    MEMBER = "member"
    SIGNED_IN = "anyone signed in"
    STAFF = "staff of either kind"
    MERCHANT = "merchant staff"
    PLATFORM = "platform staff"


ADMITTED = {
    Audience.ANYONE: frozenset(ViewerKind),
    Audience.MEMBER: frozenset({ViewerKind.MEMBER}),
    Audience.SIGNED_IN: frozenset({ViewerKind.MEMBER, ViewerKind.MERCHANT, ViewerKind.PLATFORM}),
    Audience.STAFF: frozenset({ViewerKind.MERCHANT, ViewerKind.PLATFORM}),
    Audience.MERCHANT: frozenset({ViewerKind.MERCHANT}),
    Audience.PLATFORM: frozenset({ViewerKind.PLATFORM}),
}


@dataclass(frozen=True)
class Stated:
    """What a root field says of its audience; kept in the field's metadata."""

    audience: Audience
    permission: Permission | None = None

    def admit(self, viewer: Viewer) -> None:
        """Refuses a viewer for whom the field is not."""
        if viewer.kind not in ADMITTED[self.audience]:
            if viewer.kind is ViewerKind.ANONYMOUS:
                raise Unauthenticated("请先登录")
            raise Forbidden("当前账号不能使用此功能")
        if self.permission is not None and self.permission not in viewer.permissions:
            raise Forbidden("没有权限执行此操作")


def audience_of(field: StrawberryField) -> Stated | None:
    """What the field says of its audience; None when it forgot."""
    stated: Stated | None = field.metadata.get(STATED)
    return stated


def coded(refusal: Refusal) -> GraphQLError:
    """A refusal as an entry of `errors`, for fields whose type has no place for it."""
    extensions: dict[str, Any] = {"code": refusal.code}
    if refusal.field:
        extensions["field"] = refusal.field
    return GraphQLError(refusal.message, extensions=extensions, original_error=refusal)
