"""What every subscription shares: its audience, and refusals that end the stream with a coded error."""

from __future__ import annotations

import functools
from collections.abc import AsyncGenerator, Callable
from typing import Any, TypeVar, cast

import strawberry

from domain.base import Refusal
from domain.members.permissions import Permission
from schema.audience import STATED, Audience, Stated, coded
from schema.base import Info

F = TypeVar("F", bound=Callable[..., Any])


def subscription(audience: Audience, permission: Permission | None = None, **options: Any) -> Callable[[F], F]:
    """For a generator method; its viewer is admitted when the stream begins, its rows are checked at every event."""
    stated = Stated(audience, permission)

    def make(generator: F) -> F:
        @functools.wraps(generator)
        async def guarded(self: Any, info: Info, **kwargs: Any) -> AsyncGenerator[Any, None]:
            try:
                stated.admit(info.context.viewer)
                async for value in generator(self, info, **kwargs):
                    yield value
            except Refusal as refusal:
                raise coded(refusal) from None

        return cast(F, strawberry.subscription(resolver=guarded, metadata={STATED: stated}, **options))

    return make
