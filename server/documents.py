"""From the text of a document to operations ready to run, each text parsed, limited and validated once."""

from __future__ import annotations

import asyncio
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Generic, TypeVar

from graphql import (
    DocumentNode,
    GraphQLError,
    NoSchemaIntrospectionCustomRule,
    specified_rules,
    validate,
)
from graphql.validation.rules import overlapping_fields_can_be_merged
from graphql.validation.validate import ValidationAbortedError

from compiled import Executor, Operation
from schema.audience import Room
from server.limits import Limits, Measured, measure
from server.masking import MOST_ERRORS, told
from server.reading import Breath, Turns, in_slices, parsed
from server.refusing import Mistaken, RequestRefused
from server.rooms import room_of
from server.skimming import check_text

FOLDER = Path(__file__).parent.parent / "schema/documents"

# A parsed token weighs about a kilobyte, with everything the executor keeps of it.
MOST_TOKENS_KEPT = 50_000
MOST_FAULTY_KEPT = 200

# The one rule that compares fields pair by pair reads its bound from its module; any page of ours needs a hundredth.
overlapping_fields_can_be_merged.MAX_COMPLEXITY_BUDGET = Limits.comparisons

T = TypeVar("T")


def trusted_documents(folder: Path = FOLDER) -> dict[str, str]:
    """The texts our own pages send, by the SHA-256 of each in hexadecimal; none where the folder is missing."""
    found: dict[str, str] = {}
    for file in sorted(folder.glob("*.json")):
        found |= json.loads(file.read_text(encoding="utf-8"))
    return found


@dataclass(frozen=True)
class Ready:
    """One operation of a valid document within the limits."""

    operation: Operation
    measured: Measured
    room: Room
    source_hash: str


@dataclass
class Known:
    """A valid document within the limits, and those of its operations that were asked for."""

    document: DocumentNode
    measured: Mapping[str, Measured]
    source_hash: str
    ready: dict[str | None, Ready] = field(default_factory=dict)


class Kept(Generic[T]):
    """What was used last, up to a total weight; the longest unused goes first."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._kept: dict[str, tuple[T, int]] = {}
        self._weight = 0

    def get(self, key: str) -> T | None:
        found = self._kept.pop(key, None)
        if found is None:
            return None
        self._kept[key] = found
        return found[0]

    def put(self, key: str, value: T, weight: int = 1) -> None:
        self._kept[key] = (value, weight)
        self._weight += weight
        while self._weight > self._most:
            self._weight -= self._kept.pop(next(iter(self._kept)))[1]

    def __len__(self) -> int:
        return len(self._kept)


@lru_cache(maxsize=256)
def _key(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


class Documents:
    """The documents of one door. Faulty ones are kept apart, so that they cannot push out the good."""

    def __init__(
        self,
        executor: Executor,
        limits: Limits,
        *,
        trusted: Mapping[str, str],
        trusted_only: bool = False,
        introspection: bool = False,
    ) -> None:
        """`introspection`: whether the schema may be asked about itself, and wrong names answered with right ones."""
        self.trusted = trusted
        self._executor = executor
        self._limits = limits
        self._trusted_only = trusted_only
        self._introspection = introspection
        self._rules = (Breath, *specified_rules, *(() if introspection else (NoSchemaIntrospectionCustomRule,)))
        self._pinned: dict[str, Known] = {}
        self._good = Kept[Known](MOST_TOKENS_KEPT)
        self._faulty = Kept[RequestRefused](MOST_FAULTY_KEPT)
        self._turns = Turns()
        # Texts that somebody waits for or reads, and with what it ended for who else wants them.
        self._being_read: dict[str, asyncio.Future[RequestRefused | None]] = {}

    def by_id(self, id: str, name: str | None = None) -> Ready:
        """The operation of a trusted document; UNKNOWN_DOCUMENT for any other id, Mistaken for an unknown name."""
        known = self._pinned.get(id)
        if known is None:
            if (text := self.trusted.get(id)) is None:
                raise RequestRefused(400, "UNKNOWN_DOCUMENT", "页面版本已更新，请刷新后再试")
            known = self._pinned[id] = self._known(text, id)
        return known.ready.get(name) or self._ready(known, name)

    def known(self, text: str, name: str | None = None) -> Ready | None:
        """The operation of a free text that was read before; None for a new one.

        RequestRefused where this door takes none, where it is plainly too much, or was refused before.
        """
        if self._trusted_only:
            raise RequestRefused(400, "UNKNOWN_DOCUMENT", "此接口只接受已登记的查询")
        self._limits.check("length", len(text))
        key = _key(text)
        if (known := self._good.get(key)) is not None:
            return known.ready.get(name) or self._ready(known, name)
        if faulty := self._faulty.get(key):
            raise faulty.again()
        return None

    async def by_text(self, text: str, name: str | None = None, caller: str = "") -> Ready:
        """The operation of a free text; RequestRefused beyond the limits, Mistaken where it is not valid.

        A new text is read when it is its caller's turn; BUSY when that would be too late.
        """
        key = _key(text)
        while (ready := self.known(text, name)) is None:
            if (other := self._being_read.get(key)) is None:
                await self._read_for_all(text, key, caller)
            elif refused := await asyncio.shield(other):
                raise refused.again()
        return ready

    async def _read_for_all(self, text: str, key: str, caller: str) -> None:
        """Reads a text for whoever wants it meanwhile; that it was refused for want of time is for all of them too."""
        done = self._being_read[key] = asyncio.get_running_loop().create_future()
        try:
            await self._read(text, key, caller)
        except RequestRefused as refused:
            done.set_result(refused.again())
            raise
        finally:
            del self._being_read[key]
            if not done.done():
                done.set_result(None)

    async def _read(self, text: str, key: str, caller: str) -> None:
        """Keeps what a text is, or why it is refused."""
        try:
            self._skim(text)
            async with self._turns.mine(caller):
                known = await in_slices(lambda: self._known(text, key))
        except RequestRefused as refused:
            if refused.status != 503:
                self._faulty.put(key, refused.again())
            raise
        self._good.put(key, known, known.document.token_count)

    def _skim(self, text: str) -> None:
        try:
            check_text(text, self._limits)
        except GraphQLError as error:
            raise self._mistaken([error]) from None

    def _known(self, text: str, key: str) -> Known:
        try:
            document = parsed(text)
        except GraphQLError as error:
            raise self._mistaken([error]) from None
        except RecursionError:
            raise self._limits.refusal("nesting") from None
        measured = measure(self._executor.schema, document, self._limits)
        self._validate(document)
        return Known(document, measured, key)

    def _validate(self, document: DocumentNode) -> None:
        schema, hide = self._executor.schema, not self._introspection
        errors = validate(schema, document, self._rules, max_errors=MOST_ERRORS, hide_suggestions=hide)
        if not errors:
            return
        if len(errors) <= MOST_ERRORS and isinstance(errors[-1], ValidationAbortedError):
            raise self._limits.refusal("comparisons")
        raise self._mistaken(errors)

    def _ready(self, known: Known, name: str | None) -> Ready:
        try:
            operation = self._executor.operation(known.document, name)
        except GraphQLError as error:
            raise self._mistaken([error]) from None
        measured = known.measured[operation.name]
        room = room_of(self._executor.schema, operation.node.operation, measured.roots)
        return known.ready.setdefault(name, Ready(operation, measured, room, known.source_hash))

    def _mistaken(self, errors: list[GraphQLError]) -> Mistaken:
        return Mistaken(told(errors, suggestions=self._introspection))
