"""What every query and mutation shares: its audience, and how a refusal is answered."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import strawberry
from graphql import GraphQLUnionType, get_nullable_type
from strawberry.extensions import FieldExtension

from domain.base import Refusal
from domain.members.permissions import Permission
from schema.audience import STATED, Audience, By, Rate, Room, Stated, coded
from schema.base import Info, Refused
from schema.keeping import KEEP, Keep

__all__ = ["Audience", "By", "Keep", "Rate", "Room", "answers", "mutation", "query"]

F = TypeVar("F", bound=Callable[..., Any])

# Refusals that have a type of their own; filled by the modules of `resolvers` through `answers`.
ANSWERS: dict[type[Refusal], Callable[[Any], Any]] = {}


def answers(refusal: type[Refusal], make: Callable[[Any], Any]) -> None:
    """Says which schema type tells of `refusal`; it is used where the field's union has it."""
    ANSWERS[refusal] = make


class For(FieldExtension):
    """Admits the field's audience only, and answers refusals with the type the schema names."""

    def __init__(self, stated: Stated) -> None:
        self.stated = stated

    async def resolve_async(self, next_: Callable[..., Any], source: Any, info: Info, **kwargs: Any) -> Any:
        try:
            self.stated.admit(info.context.viewer)
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


def query(
    audience: Audience,
    permission: Permission | None = None,
    *,
    public: bool = False,
    rates: tuple[Rate, ...] = (),
    room: Room = Room.BROWSE,
    keep: Keep | None = None,
    **options: Any,
) -> Callable[[F], F]:
    """A root field of Query; `public` makes it part of the schema that partners are given.

    `keep`: the answer is the same for whoever is not signed in, and may be kept so long.
    """
    if keep is not None and audience is not Audience.ANYONE:
        raise ValueError("only what anybody may read can be kept for everybody")
    stated = Stated(audience, permission, public, rates, room)
    metadata = {STATED: stated, KEEP: keep}
    field: Callable[[F], F] = strawberry.field(extensions=[For(stated)], metadata=metadata, **options)
    return field


def mutation(
    audience: Audience,
    permission: Permission | None = None,
    *,
    rates: tuple[Rate, ...] = (),
    room: Room = Room.BROWSE,
    **options: Any,
) -> Callable[[F], F]:
    """A root field of Mutation."""
    stated = Stated(audience, permission, rates=rates, room=room)
    field: Callable[[F], F] = strawberry.mutation(extensions=[For(stated)], metadata={STATED: stated}, **options)
    return field
