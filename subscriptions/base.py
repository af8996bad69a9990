"""What a subscription says of itself, so that one reading and one execution serve everybody who sees the same.

    @news(ORDER, Audience.SIGNED_IN)
    def order_changed(viewer: Viewer, id: UUID) -> str:
        return f"order:{id}"

The function turns the viewer and the arguments into a topic; `Story` says which row an announcement is about, who may
see it, and whose answers are alike. From both come the field of the schema with its generator, which any GraphQL
server can run, and what the sockets' hub needs to tell thousands at once.
"""

from __future__ import annotations

import inspect
from collections.abc import AsyncGenerator, Callable, Hashable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar
from uuid import UUID

import strawberry

from domain.base import Columns, NotFound, OneReader, Refusal, RowDict, Viewer, ViewerKind
from domain.members.permissions import Permission
from schema.audience import STATED, Audience, Stated, coded
from schema.base import Context, Info
from schema.relations import RowType, columns_for

TOLD = "news"
F = TypeVar("F", bound=Callable[..., str])
Arguments = Mapping[str, Any]


def sight(viewer: Viewer) -> Hashable:
    """Two viewers of equal sight are answered alike, whatever is asked about a row that both may see.

    Holds all that a field may look at: of staff that is their house and their permissions, never who they are; a
    member is alone. A field that looks at anything else must not be reached from what is told here.
    """
    if viewer.kind in (ViewerKind.MERCHANT, ViewerKind.PLATFORM):
        return viewer.kind, viewer.merchant_id, viewer.permissions
    return viewer.kind, viewer.id


def by_message(message: str, _arguments: Arguments) -> UUID | None:
    """The announcement is the id of the row; none after a lost connection: the client reads its list anew."""
    try:
        return UUID(message)
    except ValueError:
        return None


@dataclass(frozen=True)
class Story:
    """What is told: one row, read once per announcement for everybody who waits for it."""

    type_: type[RowType]
    read: OneReader
    # Columns that `may_see` looks at.
    needs: Columns
    # Asked of every listener before every delivery; it must not wait for anything.
    may_see: Callable[[Viewer, RowDict], bool]
    # Said to who may not, or when there is no such row: both read the same.
    missing: str
    # The row an announcement is about, from the message and the arguments; None for nothing.
    key: Callable[[str, Arguments], UUID | None]
    # Whether the row is told as it stands when somebody begins to listen.
    begins: bool = False


@dataclass(frozen=True)
class News:
    """One subscription field: who is admitted, which topic the arguments name, what is told of it."""

    stated: Stated
    story: Story
    topic: Callable[..., str]

    def topic_for(self, viewer: Viewer, arguments: Arguments) -> str:
        """The topic, once the viewer is admitted; a Refusal otherwise."""
        self.stated.admit(viewer)
        return self.topic(viewer, **arguments)

    def check(self, viewer: Viewer, row: RowDict | None) -> RowDict:
        """The row, when the viewer may see it now; NotFound when there is none, or none for them."""
        self.stated.admit(viewer)
        if row is None or not self.story.may_see(viewer, row):
            raise NotFound(self.story.missing)
        return row


def news(story: Story, audience: Audience, permission: Permission | None = None, **options: Any) -> Callable[[F], Any]:
    """For a function from a viewer and the field's arguments to a topic."""

    def make(topic: F) -> Any:
        told = News(Stated(audience, permission), story, topic)
        metadata = {STATED: told.stated, TOLD: told}
        return strawberry.subscription(resolver=_generator(told), metadata=metadata, **options)

    return make


def news_of(metadata: Mapping[str, Any]) -> News:
    """What the field with that metadata tells."""
    told: News = metadata[TOLD]
    return told


def _generator(told: News) -> Callable[..., Any]:
    """The field as any GraphQL server runs it: a stream of its own for every subscriber."""

    async def generator(self: Any, info: Info, **arguments: Any) -> AsyncGenerator[Any, None]:
        try:
            async for row in _rows(told, info, arguments):
                yield told.story.type_.of(row)
        except Refusal as refusal:
            raise coded(refusal) from None

    topic, returns = told.topic, AsyncGenerator[told.story.type_, None]  # type: ignore[name-defined]
    theirs = list(inspect.signature(topic, eval_str=True).parameters.values())[1:]
    own = [
        inspect.Parameter("self", inspect.Parameter.POSITIONAL_OR_KEYWORD),
        inspect.Parameter("info", inspect.Parameter.POSITIONAL_OR_KEYWORD, annotation=Info),
    ]
    generator.__name__, generator.__qualname__, generator.__doc__ = topic.__name__, topic.__qualname__, topic.__doc__
    generator.__module__ = topic.__module__
    generator.__signature__ = inspect.Signature([*own, *theirs], return_annotation=returns)  # type: ignore[attr-defined]
    generator.__annotations__ = {"info": Info, **{each.name: each.annotation for each in theirs}, "return": returns}
    return generator


async def _rows(told: News, info: Info, arguments: Arguments) -> AsyncGenerator[RowDict, None]:
    """Listen first, read then: what happens in between is announced and read again."""
    context, story = info.context, told.story
    topic = told.topic_for(context.viewer, arguments)
    columns = columns_for(info, story.type_) | story.needs
    async with context.services.topics.listen(topic) as messages:
        if story.begins:
            yield await _row(told, context, story.key("", arguments), columns)
        async for message in messages:
            if (key := story.key(message, arguments)) is not None:
                # What was allowed may be so no longer, and what was read is over.
                context.forget()
                yield await _row(told, context, key, columns)


async def _row(told: News, context: Context, key: UUID | None, columns: Columns) -> RowDict:
    found = await context.read(told.story.read, [key], columns)
    return told.check(context.viewer, found.get(key))
