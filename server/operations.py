"""The one way in for operations, over HTTP and over sockets: what is asked becomes ready to run, or is refused."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from contextlib import AbstractAsyncContextManager, nullcontext
from dataclasses import dataclass, field
from typing import Any, Protocol

import orjson
from graphql import OperationType

from compiled import Answer, Executor, Operation
from domain.base import Viewer
from domain.record import record
from schema.audience import Room
from schema.base import Context
from server.documents import Documents, Ready
from server.limits import Limits
from server.masking import told
from server.prices import LEAST_BYTES, check_amount
from server.refusing import Mistaken, RequestRefused


@record
class Asked:
    """One operation as it was sent: a free text or the id of a trusted document. Nothing of it is checked yet."""

    query: str | None = None
    document_id: str | None = None
    operation_name: str | None = None
    variables: dict[str, Any] | None = None
    # In how many bytes it was sent, where that is known.
    size: int | None = None


def anybody(viewer: Viewer) -> None:
    """Turns nobody away."""


@dataclass(frozen=True)
class Door:
    """What one endpoint is given and allows. Where introspection is off, errors suggest no names either."""

    name: str
    executor: Executor
    trusted: Mapping[str, str] = field(default_factory=dict)
    trusted_only: bool = False
    introspection: bool = False
    limits: Limits = field(default_factory=Limits)
    # Raises RequestRefused for a viewer for whom this door is not.
    admits: Callable[[Viewer], None] = anybody


@record
class Prepared:
    """One operation that may run: valid, within the limits, with its price."""

    operation: Operation
    variables: dict[str, Any]
    # "query", "mutation" or "subscription".
    kind: str
    # Points, as server/prices.py counts them.
    cost: int
    # SHA-256 of the document's text, in hexadecimal.
    source_hash: str
    # The root fields it calls, every alias once more.
    roots: tuple[str, ...]
    room: Room
    # What goes into `extensions` of every response.
    extensions: dict[str, Any] = field(default_factory=dict)


class Bill(Protocol):
    async def settle(self, body: bytes) -> dict[str, Any] | None:
        """Gives back what the answer did not use; what is to be told of it in `extensions`, if anything."""
        ...


class Budgets(Protocol):
    async def charge(self, context: Context, prepared: Prepared) -> Any:
        """Takes what the operation costs; RequestRefused when it is too much."""
        ...

    def charging(self, context: Context, prepared: Prepared) -> AbstractAsyncContextManager[Bill]:
        """The same around the execution, to be settled by its answer."""
        ...

    def reader(self, context: Context) -> str:
        """In whose name a new text is read; RequestRefused for who cannot pay for another mistake now."""
        ...

    async def charge_mistake(self, context: Context) -> None:
        """Takes what a document costs that was parsed in vain; RequestRefused when there is nothing left."""
        ...


class Admission(Protocol):
    def admit(self, room: Room) -> AbstractAsyncContextManager[Any]:
        """Entered, there is room for one more operation of this kind; RequestRefused when the house is full."""
        ...


class Counting(Protocol):
    def ran(self, operation: str, seconds: float, compiled: bool) -> None: ...

    def refused(self, code: str) -> None: ...


class Unlimited:
    """Charges nothing, admits everybody, counts nothing."""

    async def charge(self, context: Context, prepared: Prepared) -> Any:
        return None

    def charging(self, context: Context, prepared: Prepared) -> AbstractAsyncContextManager[Bill]:
        return nullcontext(self)

    async def settle(self, body: bytes) -> dict[str, Any] | None:
        return None

    def reader(self, context: Context) -> str:
        return ""

    async def charge_mistake(self, context: Context) -> None:
        pass

    def admit(self, room: Room) -> AbstractAsyncContextManager[Any]:
        return nullcontext()

    def deadline(self, room: Room) -> AbstractAsyncContextManager[Any]:
        return nullcontext()

    def ran(self, operation: str, seconds: float, compiled: bool) -> None:
        pass

    def refused(self, code: str) -> None:
        pass


UNLIMITED = Unlimited()


class Operations:
    """Prepares and runs the operations of one door."""

    def __init__(
        self,
        door: Door,
        *,
        budgets: Budgets = UNLIMITED,
        admission: Admission = UNLIMITED,
        deadline: Callable[[Room], AbstractAsyncContextManager[Any]] = UNLIMITED.deadline,
        counting: Counting = UNLIMITED,
    ) -> None:
        """`deadline` ends what runs inside it too long by RequestRefused."""
        self.door = door
        self.documents = Documents(
            door.executor,
            door.limits,
            trusted=door.trusted,
            trusted_only=door.trusted_only,
            introspection=door.introspection,
        )
        self._budgets = budgets
        self._admission = admission
        self._deadline = deadline
        self._counting = counting

    async def prepare(self, asked: Asked, context: Context) -> Prepared:
        """Finds, limits, validates and prices; RequestRefused with nothing executed."""
        try:
            return await self._prepare(asked, context)
        except RequestRefused as refused:
            self._counting.refused(refused.code)
            raise

    async def _prepare(self, asked: Asked, context: Context) -> Prepared:
        self.door.admits(context.viewer)
        try:
            ready = self._known(asked) or await self._read(asked, context)
        except RequestRefused as refused:
            # What is refused unread costs nothing to refuse; a text that was read may have cost more than any page.
            if not self.door.trusted_only and refused.status == 400:
                await self._budgets.charge_mistake(context)
            raise
        variables = asked.variables or {}
        if asked.size is None or asked.size >= LEAST_BYTES:
            check_amount(variables)
        kind = ready.operation.node.operation
        prepared = Prepared(
            operation=ready.operation,
            variables=variables,
            kind=kind.value,
            cost=ready.measured.cost(variables),
            source_hash=ready.source_hash,
            roots=ready.measured.roots,
            room=ready.room,
        )
        if kind is OperationType.SUBSCRIPTION:
            await self._budgets.charge(context, prepared)
        return prepared

    def _known(self, asked: Asked) -> Ready | None:
        name = asked.operation_name or None
        if (asked.query is None) == (asked.document_id is None):
            raise RequestRefused(400, "BAD_REQUEST", "请求须带有 query 或 id 之一")
        if asked.document_id is not None:
            return self.documents.by_id(asked.document_id, name)
        return self.documents.known(asked.query or "", name)

    async def _read(self, asked: Asked, context: Context) -> Ready:
        """A text that is new here. Who has made too many mistakes is refused before anything of it is looked at."""
        caller = self._budgets.reader(context)
        return await self.documents.by_text(asked.query or "", asked.operation_name or None, caller)

    async def run(self, prepared: Prepared, context: Context) -> bytes:
        """Charges and executes a query or a mutation: the response's body. Mistaken for variables of a wrong form."""
        started, room = time.perf_counter(), prepared.room
        try:
            async with self._budgets.charging(context, prepared) as bill:
                async with self._admission.admit(room), self._deadline(room):
                    answer = await prepared.operation.execute(prepared.variables, context)
                body = self.body(prepared, answer)
                spent = await bill.settle(body)
        except RequestRefused as refused:
            self._counting.refused(refused.code)
            raise
        self._counting.ran(prepared.operation.name, time.perf_counter() - started, answer.compiled)
        return with_extensions(body, spent) if spent else body

    def body(self, prepared: Prepared, answer: Answer) -> bytes:
        """The response as JSON, its errors masked; Mistaken where execution did not even begin."""
        body = answer.body or self._told(answer)
        return with_extensions(body, prepared.extensions) if prepared.extensions else body

    def _told(self, answer: Answer) -> bytes:
        result = answer.result
        assert result is not None
        if not result.errors:
            return orjson.dumps({"data": result.data})
        errors = told(result.errors, suggestions=self.door.introspection)
        if result.data is None and all(_is_about_the_request(entry) for entry in errors):
            raise Mistaken(errors)
        return orjson.dumps({"data": result.data, "errors": errors})


def with_extensions(body: bytes, extensions: dict[str, Any]) -> bytes:
    """A response's body with `extensions` at its end."""
    return b'%b,"extensions":%b}' % (body[:-1], orjson.dumps(extensions))


def _is_about_the_request(entry: dict[str, Any]) -> bool:
    """Whether an error is of the whole request, such as a variable of a wrong form, and not of a field."""
    return "path" not in entry and entry["extensions"]["code"] == "BAD_USER_INPUT"
