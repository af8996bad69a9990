"""What every entry of the graph shares: who may call it, and how a refusal is answered."""

from __future__ import annotations

import functools
from collections.abc import AsyncGenerator, Callable
from enum import StrEnum
from typing import Any, TypeVar, cast

import strawberry
from graphql import GraphQLError, GraphQLUnionType, get_nullable_type
from strawberry.extensions import FieldExtension
from strawberry.types.field import StrawberryField

from domain.base import Forbidden, Refusal, Unauthenticated, Viewer, ViewerKind
from domain.members.permissions import Permission
from schema.base import Info, Refused

F = TypeVar("F", bound=Callable[..., Any])


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

# Refusals that have a type of their own; filled by the modules of `schema` through `answers`.
ANSWERS: dict[type[Refusal], Callable[[Any], Any]] = {}


def answers(refusal: type[Refusal], make: Callable[[Any], Any]) -> None:
    """Says which schema type tells of `refusal`; it is used where the field's union has it."""
    ANSWERS[refusal] = make


def admit(viewer: Viewer, audience: Audience, permission: Permission | None) -> None:
    """Refuses a viewer for whom a root field is not."""
    if viewer.kind not in ADMITTED[audience]:
        if viewer.kind is ViewerKind.ANONYMOUS:
            raise Unauthenticated("请先登录")
        raise Forbidden("当前账号不能使用此功能")
    if permission is not None and permission not in viewer.permissions:
        raise Forbidden("没有权限执行此操作")


def coded(refusal: Refusal) -> GraphQLError:
    """A refusal as an entry of `errors`, for fields whose type has no place for it."""
    extensions: dict[str, Any] = {"code": refusal.code}
    if refusal.field:
        extensions["field"] = refusal.field
    return GraphQLError(refusal.message, extensions=extensions, original_error=refusal)


class For(FieldExtension):
    """States whom a root field is for, and answers refusals with the type the schema names."""

    def __init__(self, audience: Audience, permission: Permission | None) -> None:
        self.audience = audience
        self.permission = permission

    async def resolve_async(self, next_: Callable[..., Any], source: Any, info: Info, **kwargs: Any) -> Any:
        try:
            admit(info.context.viewer, self.audience, self.permission)
        except Refusal as refusal:
            raise coded(refusal) from None
        try:
            return await next_(source, info, **kwargs)
        except Refusal as refusal:
            return _answer(refusal, info)


def _answer(refusal: Refusal, info: Info) -> Any:
    named = get_nullable_type(info._raw_info.return_type)
    if not isinstance(named, GraphQLUnionType):
        raise coded(refusal) from None
    members = {member.name for member in named.types}
    answer = ANSWERS.get(type(refusal), Refused.of)(refusal)
    return answer if type(answer).__name__ in members else Refused.of(refusal)


def query(audience: Audience, permission: Permission | None = None, **options: Any) -> Callable[[F], F]:
    field: Callable[[F], F] = strawberry.field(extensions=[For(audience, permission)], **options)
    return field


def mutation(audience: Audience, permission: Permission | None = None, **options: Any) -> Callable[[F], F]:
    field: Callable[[F], F] = strawberry.mutation(extensions=[For(audience, permission)], **options)
    return field


AUDIENCE = "audience"


def subscription(audience: Audience, permission: Permission | None = None, **options: Any) -> Callable[[F], F]:
    """As `query`, for a generator: refusals end the stream with a coded error."""

    def make(generator: F) -> F:
        @functools.wraps(generator)
        async def guarded(self: Any, info: Info, **kwargs: Any) -> AsyncGenerator[Any, None]:
            try:
                admit(info.context.viewer, audience, permission)
                async for value in generator(self, info, **kwargs):
                    yield value
            except Refusal as refusal:
                raise coded(refusal) from None

        metadata = {AUDIENCE: For(audience, permission)}
        return cast(F, strawberry.subscription(resolver=guarded, metadata=metadata, **options))

    return make


def audience_of(field: StrawberryField) -> For | None:
    """What the field says of its audience; None when it forgot."""
    stated = next((e for e in field.extensions if isinstance(e, For)), None)
    return stated or field.metadata.get(AUDIENCE)
