"""What every rule shares: who asks, the unit of work, events, refusals, the clock, and how rows are read."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from typing import Any, ClassVar, Protocol, TypeAlias, TypeVar
from uuid import UUID
from zoneinfo import ZoneInfo

import orjson
from sqlalchemy import ARRAY, ColumnElement, any_, literal
from sqlalchemy.ext.asyncio import AsyncSession

from domain import bulk
from models.audit import ActorKind
from models.base import Base
from models.outbox import OutboxEvent

SHANGHAI = ZoneInfo("Asia/Shanghai")

# The id under which everything one request or job did is found in the logs.
trace_id: ContextVar[str | None] = ContextVar("trace_id", default=None)


class Clock:
    """The one clock. Tests stop it or move it; nothing else asks the system for the time."""

    def __init__(self) -> None:
        self._stopped: datetime | None = None
        self._shift = timedelta(0)

    def now(self) -> datetime:
        return self._stopped or datetime.now(UTC) + self._shift

    def today(self) -> date:
        """The local date, by which people count days."""
        return self.now().astimezone(SHANGHAI).date()

    def stop(self, at: datetime) -> None:
        self._stopped = at.astimezone(UTC)

    def advance(self, by: timedelta) -> None:
        if self._stopped:
            self._stopped += by
        else:
            self._shift += by

    def reset(self) -> None:
        self._stopped, self._shift = None, timedelta(0)


clock = Clock()


# ------------------------------------------------------------------------------------------------ refusals
class Refusal(Exception):
    """A request the rules turn down: a stable code, a Chinese sentence, the input field it is about."""

    code: ClassVar[str]

    def __init__(self, message: str, *, field: str | None = None, **detail: Any) -> None:
        super().__init__(message)
        self.message = message
        self.field = field
        self.detail = detail


class Invalid(Refusal):
    """The input is malformed or out of bounds."""

    code = "BAD_USER_INPUT"


class NotFound(Refusal):
    """There is no such thing, or it is not the viewer's to see: both read the same."""

    code = "NOT_FOUND"


class Unauthenticated(Refusal):
    """Nobody is signed in, or the session is over: sign in and try again."""

    code = "UNAUTHENTICATED"


class Forbidden(Refusal):
    """Somebody is signed in, but this is not for them."""

    code = "FORBIDDEN"


class Conflict(Refusal):
    """Somebody else changed it first, or it exists already."""

    code = "CONFLICT"


class WrongState(Refusal):
    """The step is not allowed from the state the thing is in."""

    code = "WRONG_STATE"


class TooMany(Refusal):
    """A limit on how often or how much was reached."""

    code = "TOO_MANY"


class Unavailable(Refusal):
    """An outside system gave no answer; trying again is safe."""

    code = "UNAVAILABLE"


# ------------------------------------------------------------------------------------------------ viewer
class ViewerKind(StrEnum):
    ANONYMOUS = "ANONYMOUS"
    MEMBER = "MEMBER"
    MERCHANT = "MERCHANT"
    PLATFORM = "PLATFORM"
    PARTNER = "PARTNER"
    SYSTEM = "SYSTEM"


@dataclass(frozen=True)
class Budget:
    """Points a caller may spend: so many flow back each second, and no more than `burst` are saved up."""

    per_second: int
    burst: int


@dataclass(frozen=True)
class Viewer:
    """Who asks. `id` is the member, the staff or the partner; `merchant_id` only for merchant staff."""

    kind: ViewerKind = ViewerKind.ANONYMOUS
    id: UUID | None = None
    name: str = ""
    merchant_id: UUID | None = None
    permissions: frozenset[str] = frozenset()
    sign_in_id: UUID | None = None
    # A partner's own; None for everybody whose budget is that of their kind.
    budget: Budget | None = None

    @property
    def member_id(self) -> UUID:
        """The member's id; refused for anybody else."""
        if self.kind is not ViewerKind.MEMBER or self.id is None:
            raise Unauthenticated("请先登录")
        return self.id

    @property
    def shop_id(self) -> UUID:
        """The merchant the viewer works for; refused for anybody else."""
        if self.kind is not ViewerKind.MERCHANT or self.merchant_id is None:
            raise Forbidden("仅商户可以操作")
        return self.merchant_id

    @property
    def actor(self) -> ActorKind:
        """The kind an entry of the log or a step names; refused for partners, who only read."""
        if self.kind is ViewerKind.PARTNER:
            raise Forbidden("合作伙伴只能读取")
        return ActorKind(self.kind.value) if self.kind is not ViewerKind.ANONYMOUS else ActorKind.SYSTEM


ANONYMOUS = Viewer()
SYSTEM = Viewer(kind=ViewerKind.SYSTEM, name="系统")


# ------------------------------------------------------------------------------------------------ unit of work
@dataclass(frozen=True)
class Event:
    """A fact that has happened; written in the transaction that made it true."""


@dataclass(frozen=True)
class Job:
    """Work for later, enqueued in the transaction that asks for it. `key` makes a repeated request one job."""

    name: str
    payload: dict[str, Any]
    after: timedelta = timedelta(0)
    key: str | None = None


@dataclass
class UnitOfWork:
    """One transaction. Rules act inside it and never commit: raising rolls back, returning commits."""

    session: bulk.Writes
    events: list[Event] = field(default_factory=list)
    jobs: list[Job] = field(default_factory=list)

    def emit(self, event: Event) -> None:
        self.events.append(event)

    def later(self, job: Job) -> None:
        self.jobs.append(job)

    async def write_events(self) -> None:
        """Puts the emitted facts into the outbox; called once, just before the commit."""
        rows = [
            {"name": type(e).__name__, "payload": orjson.dumps(vars(e), default=_text).decode()} for e in self.events
        ]
        await bulk.insert(self.session, {OutboxEvent: rows})


def _text(value: Any) -> str:
    if isinstance(value, UUID):  # the driver's own class, which orjson does not know
        return str(value)
    raise TypeError(f"an event cannot carry {type(value).__name__}")


class Database(Protocol):
    """Opens sessions; a session is never shared between two concurrent readers."""

    def begin(self) -> AbstractAsyncContextManager[UnitOfWork]:
        """A transaction on the primary: committed on leaving, with its events and jobs."""
        ...

    def read(self) -> AbstractAsyncContextManager[AsyncSession]:
        """A session for reading, each statement on its own."""
        ...


# ------------------------------------------------------------------------------------------------ reading rows
# Names of columns, and rows to be read along with them (`statements.Joined`).
Columns: TypeAlias = frozenset[Any]
RowDict: TypeAlias = Mapping[str, Any]
# Reads the asked-for columns of the rows of many keys in one statement.
OneReader: TypeAlias = Callable[[AsyncSession, Sequence[Any], Columns], Awaitable[Mapping[Any, RowDict]]]
ManyReader: TypeAlias = Callable[[AsyncSession, Sequence[Any], Columns], Awaitable[Mapping[Any, Sequence[RowDict]]]]


def pick(model: type[Base], columns: Iterable[str], *always: str) -> list[ColumnElement[Any]]:
    """The table's columns among `columns`, plus those of `always`; names that are no column are somebody else's."""
    table = model.__table__
    names = dict.fromkeys([*always, *sorted(name for name in columns if isinstance(name, str))])
    return [table.c[name] for name in names if name in table.c]


def among(model: type[Base], key: str, values: Sequence[Any]) -> ColumnElement[bool]:
    """`key` is one of `values`, as one array parameter: the statement's text is the same for 1 and for 100."""
    column = model.__table__.c[key]
    return column == any_(literal(list(values), ARRAY(column.type)))


# ------------------------------------------------------------------------------------------------ bounds and steps
MAX_PAGE = 100


def page_size(wanted: int, *, most: int = MAX_PAGE, field: str = "first") -> int:
    """A page size between 1 and `most`; anything else is refused rather than quietly changed."""
    if not 1 <= wanted <= most:
        raise Invalid(f"每页数量须在 1 到 {most} 之间", field=field)
    return wanted


def page_offset(page: int, size: int) -> int:
    """Rows before the numbered page; pages start at 1 and end where nobody reads any more."""
    if not 1 <= page <= 10_000:
        raise Invalid("页码须在 1 到 10000 之间", field="page")
    return (page - 1) * page_size(size, field="size")


def clean_text(value: str, *, field: str, most: int, least: int = 0, label: str = "内容") -> str:
    """`value` without outer blanks; refused when too short, too long, or holding control characters."""
    cleaned = value.strip()
    if not least <= len(cleaned) <= most:
        raise Invalid(f"{label}须为 {least} 到 {most} 个字" if least else f"{label}最多 {most} 个字", field=field)
    # Nearly every text is of printable characters alone, which is found out at once.
    if not cleaned.isprintable() and any(map(_forbidden, cleaned)):
        raise Invalid(f"{label}含有不允许的字符", field=field)
    return cleaned


def _forbidden(c: str) -> bool:
    return (ord(c) < 32 and c not in "\n\t") or 0xD800 <= ord(c) <= 0xDFFF


S = TypeVar("S", bound=StrEnum)
EV = TypeVar("EV", bound=StrEnum)
Steps: TypeAlias = Mapping[tuple[S, EV], S]


def next_state(steps: Steps[S, EV], state: S, event: EV, refusal: str) -> S:
    """The state after `event`, or WrongState with the Chinese sentence `refusal`."""
    if (state, event) not in steps:
        raise WrongState(refusal, state=state.value, event=event.value)
    return steps[state, event]
