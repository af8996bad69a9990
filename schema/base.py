"""What every GraphQL module shares: the context of a request, scalars, refusals, pages."""

from __future__ import annotations

import base64
import binascii
from asyncio import Lock
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Annotated, Any, Concatenate, Generic, ParamSpec, Protocol, TypeVar
from uuid import UUID

import strawberry
from aiodataloader import DataLoader
from graphql import GraphQLError, GraphQLScalarType
from strawberry.schema.schema_converter import GraphQLCoreConverter
from strawberry.types.scalar import ScalarDefinition

from domain.base import Budget, Columns, Database, Invalid, ManyReader, OneReader, Viewer
from domain.base import Refusal as DomainRefusal
from domain.catalog.finding import Guide
from domain.flash import Entrance
from domain.media import Received
from domain.members.signing_in import WechatIdentity
from domain.orders.desk import PlacingDesk
from domain.payments import Gateway
from domain.record import record
from domain.settlement import Clearing
from models.base import Fen, id_of
from models.media import UploadKind

P = ParamSpec("P")
V = TypeVar("V")
T = TypeVar("T")


class Topics(Protocol):
    """Where changes are announced between processes."""

    def listen(self, topic: str) -> AbstractAsyncContextManager[AsyncIterator[str]]:
        """Entered, the subscription stands: nothing announced from then on is missed."""
        ...


class Desk(Protocol):
    """What the console sees and does of the machinery behind the mall: queue, search index and traffic."""

    # Whether staff with the permission may write operations freely, beside those of our pages.
    explorer: bool

    async def dead_jobs(self, first: int) -> list[dict[str, Any]]: ...

    async def requeue(self, job_id: int) -> None: ...

    async def search_status(self) -> dict[str, Any]: ...

    async def rebuild_search(self) -> None: ...

    async def traffic(self) -> dict[str, Any]: ...


class Uploads(Protocol):
    """How files come: asked for, sent to the object store by whoever has the form, and finished."""

    async def ask(self, viewer: Viewer, kind: UploadKind, byte_size: int, content_type: str) -> dict[str, Any]: ...

    async def finish(self, viewer: Viewer, id: UUID) -> Received: ...


class Posters(Protocol):
    """The pictures of scene codes, by their keys; made when first asked for."""

    async def of_member(self, viewer: Viewer) -> str: ...

    async def of_channel(self, id: UUID) -> str: ...


@dataclass(frozen=True)
class Services:
    """The outside systems a request may need, behind the interfaces the rules define."""

    identity: WechatIdentity
    gateway: Gateway
    clearing: Clearing
    finder: Guide
    topics: Topics
    desk: Desk
    placing: PlacingDesk
    uploads: Uploads
    entrance: Entrance
    posters: Posters


@record
class Charge:
    """What an operation was charged, and what its caller has left of the budget, in points."""

    cost: float
    remaining: float
    budget: Budget


@dataclass
class Context:
    """One per request, or per operation on a socket."""

    viewer: Viewer
    database: Database
    services: Services
    client_address: str = ""
    # When the viewer's token ends; sockets are closed then.
    expires_at: datetime | None = None
    # Whether the caller asked to be told what the operation cost.
    wants_cost: bool = False
    # What the operation was charged; None where nobody counts.
    charge: Charge | None = None
    loaders: dict[Any, DataLoader[Any, Any]] = field(default_factory=dict)
    # The one session all reading goes through while `holding`, and whose turn it is.
    held: Any = None
    turn: Lock = field(default_factory=Lock)

    def fresh(self) -> Context:
        """The same viewer with nothing read yet."""
        return replace(self, loaders={}, held=None, turn=Lock())

    def forget(self) -> None:
        """Drops what was read, so that the next event of a subscription sees the rows as they then are."""
        self.loaders.clear()

    async def read(self, query: Callable[Concatenate[Any, P], Awaitable[V]], *args: P.args, **kwargs: P.kwargs) -> V:
        """One reading function of the domain, in a session of its own or in the one that is held."""
        if self.held is None:
            async with self.database.read() as session:
                return await query(session, *args, **kwargs)
        # One at a time: readers that each took a connection of their own could wait for one another.
        async with self.turn:
            return await query(self.held, *args, **kwargs)

    def holding(self) -> Holding:
        """All reading within goes through one session."""
        return Holding(self)

    async def load(self, reader: OneReader | ManyReader, columns: Columns, key: Any) -> Any:
        """What `reader` finds for `key`, read together with the keys other fields ask for; None when nothing."""
        slot = (reader, columns)
        if slot not in self.loaders:

            async def batch(keys: list[Any]) -> list[Any]:
                found: Mapping[Any, Any] = await self.read(reader, keys, columns)
                return [found.get(key) for key in keys]

            self.loaders[slot] = DataLoader(batch)
        return await self.loaders[slot].load(key)


class Holding:
    """One session for all that is read within; see `Context.holding`."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._reading = context.database.read()

    async def __aenter__(self) -> None:
        self._context.held = await self._reading.__aenter__()

    async def __aexit__(self, *error: Any) -> None:
        self._context.held = None
        await self._reading.__aexit__(*error)


Info = strawberry.Info[Context, None]


# ------------------------------------------------------------------------------------------------ scalars
def _bad(message: str) -> GraphQLError:
    return GraphQLError(message, extensions={"code": Invalid.code})


def _parse_id(value: Any) -> UUID:
    try:
        return id_of(value)
    except (ValueError, TypeError, AttributeError):
        raise _bad("编号格式不正确") from None


def _parse_fen(value: Any) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or abs(value) > 2**53 - 1:
        raise _bad("金额须为以分计的整数")
    return value


def _parse_time(value: Any) -> datetime:
    try:
        moment = datetime.fromisoformat(value)
    except (ValueError, TypeError):
        raise _bad("时间须为 ISO 8601 格式") from None
    if moment.tzinfo is None:
        raise _bad("时间须带时区")
    return moment


class Id(GraphQLScalarType):
    """The standard ID, read as a UUID. graphql-core keeps the name for itself unless a subclass says otherwise."""

    reserved_types = {}


def _backref(definition: ScalarDefinition) -> dict[str, Any]:
    return {GraphQLCoreConverter.DEFINITION_BACKREF: definition}


_ID = strawberry.scalar(name="ID", serialize=str, parse_value=_parse_id)

SCALARS: dict[object, ScalarDefinition] = {
    UUID: replace(_ID, implementation=Id(_ID.name, serialize=str, parse_value=_parse_id, extensions=_backref(_ID))),
    Fen: strawberry.scalar(
        name="Fen",
        description="An amount of money in fen (1/100 yuan), an integer that may exceed 32 bits.",
        serialize=int,
        parse_value=_parse_fen,
    ),
    datetime: strawberry.scalar(
        name="DateTime",
        description="A moment in UTC, ISO 8601.",
        serialize=datetime.isoformat,
        parse_value=_parse_time,
    ),
}


# ------------------------------------------------------------------------------------------------ refusals
@strawberry.interface(
    description="What every refusal carries: a stable code, a Chinese sentence for the user, the input field."
)
class Problem:
    code: str
    message: str
    field: str | None


@strawberry.type
class Refused(Problem):
    """A refusal that carries nothing more than its code."""

    @classmethod
    def of(cls, refusal: DomainRefusal) -> Refused:
        return cls(code=refusal.code, message=refusal.message, field=refusal.field)


@strawberry.type
class Done:
    ok: bool = True


DoneResult = Annotated[Done | Refused, strawberry.union("DoneResult")]


# ------------------------------------------------------------------------------------------------ pages
First = Annotated[int, strawberry.argument(description="How many, 1 to 100.")]
After = Annotated[
    str | None, strawberry.argument(description="`endCursor` of the page before; null for the first page.")
]


@strawberry.type
class PageInfo:
    has_next_page: bool
    end_cursor: str | None = strawberry.field(
        description="What to send as `after` for the next page. Opaque, and good only for the same question."
    )


@strawberry.type
class Connection(Generic[T]):
    """A list a reader pages through from the front; `total` counts everything that matches."""

    nodes: list[T]
    total: int = strawberry.field(description="How many there are on all pages together.")
    page_info: PageInfo


@strawberry.type
class NumberedPage(Generic[T]):
    """A numbered page, for consoles that show one."""

    items: list[T]
    total: int


NO_CURSOR = "分页游标不正确"


def encode_cursor(*parts: str) -> str:
    return base64.urlsafe_b64encode("\x1f".join(parts).encode()).decode().rstrip("=")


def decode_cursor(cursor: str | None, parts: int) -> list[str] | None:
    """The parts of a cursor made by `encode_cursor`; Invalid when it is not one."""
    if cursor is None:
        return None
    try:
        found = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)).decode().split("\x1f")
    except (binascii.Error, UnicodeDecodeError, ValueError):
        found = []
    if len(found) != parts or len(cursor) > 200:
        raise Invalid(NO_CURSOR, field="after")
    return found


def moment_and_id(moment: str, id: str) -> tuple[datetime, UUID]:
    """Two parts of a cursor; Invalid when they are no aware moment and no id."""
    try:
        at, found = datetime.fromisoformat(moment), id_of(id)
    except ValueError:
        raise Invalid(NO_CURSOR, field="after") from None
    if at.tzinfo is None:
        raise Invalid(NO_CURSOR, field="after")
    return at, found


def decode_place(cursor: str | None) -> tuple[datetime, UUID] | None:
    """The place in a list that is ordered by a moment and an id."""
    parts = decode_cursor(cursor, 2)
    return None if parts is None else moment_and_id(*parts)


def page_info(rows: Sequence[Mapping[str, Any]], has_next: bool, *names: str) -> PageInfo:
    """Of a page whose order is that of the columns `names`."""
    parts = [rows[-1][name] for name in names] if rows else []
    told = [part.isoformat() if isinstance(part, datetime) else str(part) for part in parts]
    return PageInfo(has_next_page=has_next, end_cursor=encode_cursor(*told) if told else None)
