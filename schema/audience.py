"""Who may call a root field, and how often; stated by every one of them, asked before anything is done."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any, TypeVar

from graphql import GraphQLError
from strawberry.types.field import StrawberryField

from domain.base import Forbidden, Refusal, Unauthenticated, Viewer, ViewerKind
from domain.members.permissions import Permission

STATED = "audience"
INTERNAL = "internal"

T = TypeVar("T")


class Audience(StrEnum):
    """Whom a root field is for."""

    ANYONE = "anyone"
    MEMBER = "member"
    SIGNED_IN = "anyone signed in"
    STAFF = "staff of either kind"
    MERCHANT = "merchant staff"
    PLATFORM = "platform staff"
    PARTNER = "partners"


ADMITTED = {
    Audience.ANYONE: frozenset(ViewerKind),
    Audience.MEMBER: frozenset({ViewerKind.MEMBER}),
    Audience.SIGNED_IN: frozenset({ViewerKind.MEMBER, ViewerKind.MERCHANT, ViewerKind.PLATFORM}),
    Audience.STAFF: frozenset({ViewerKind.MERCHANT, ViewerKind.PLATFORM}),
    Audience.MERCHANT: frozenset({ViewerKind.MERCHANT}),
    Audience.PLATFORM: frozenset({ViewerKind.PLATFORM}),
    Audience.PARTNER: frozenset({ViewerKind.PARTNER}),
}


class By(StrEnum):
    """What a rate counts by: each has a bucket of its own for every field."""

    ADDRESS = "address"  # where the caller comes from
    VIEWER = "viewer"  # who is signed in; for nobody, the address
    ARGUMENT = "argument"  # what is tried, such as a login: as many callers as like share its bucket


@dataclass(frozen=True)
class Rate:
    """At most `burst` calls at once and one more every `seconds`. Every alias of the field is a call."""

    by: By
    burst: int
    seconds: float
    # The argument of the schema whose value is counted, where `by` is ARGUMENT.
    argument: str = ""


class Room(StrEnum):
    """Whose room an operation takes when the house is full: checkout goes before browsing, browsing before exports."""

    CHECKOUT = "checkout"
    BROWSE = "browse"
    EXPORT = "export"


@dataclass(frozen=True)
class Stated:
    """What a root field says of its audience; kept in the field's metadata."""

    audience: Audience
    permission: Permission | None = None
    # Part of the schema that partners are given; nothing is unless it says so.
    public: bool = False
    rates: tuple[Rate, ...] = ()
    room: Room = Room.BROWSE

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


def internal(field: T) -> T:
    """Keeps a field of a type to ourselves: it is missing in the schema that partners are given."""
    marked: Any = field
    marked.metadata = {**marked.metadata, INTERNAL: True}
    return field


def published(field: StrawberryField) -> bool:
    """Whether partners are given the field: a root field that says so, or a field of a type that is not internal."""
    stated = audience_of(field)
    return stated.public if stated else INTERNAL not in field.metadata


def coded(refusal: Refusal) -> GraphQLError:
    """A refusal as an entry of `errors`, for fields whose type has no place for it."""
    extensions: dict[str, Any] = {"code": refusal.code}
    if refusal.field:
        extensions["field"] = refusal.field
    return GraphQLError(refusal.message, extensions=extensions, original_error=refusal)
