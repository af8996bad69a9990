"""The chain of a lot: how an event is sealed, and whether what is stored is what was once recorded. Pure functions.

An event's hash is that of the hash before it and of everything the event says, written in one way only (canonical
JSON: sorted keys, no floats, moments in UTC). The platform's key signs the hash. The first event follows the lot's own
facts, so these cannot be changed either; the harvest's figures are compared with the event that told them.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

import orjson

from domain.base import RowDict
from domain.crypto import signed_by, signer
from domain.traces.facts import HARVEST_COLUMNS, harvest_of

# What makes a lot this lot, from its first day on.
FOUNDING = (
    *("id", "number", "merchant_id", "product_id", "product_name", "origin_code", "plot", "latitude", "longitude"),
    *("producer", "storage", "created_at"),
)
TOLD = (
    *("lot_id", "position", "kind", "at", "place", "latitude", "longitude", "actor_kind", "actor_id", "actor"),
    *("facts", "note", "photos", "documents", "corrects", "recorded_at"),
)
# Every column that checking needs.
OF_LOT = frozenset((*FOUNDING, *HARVEST_COLUMNS))
OF_EVENT = frozenset((*TOLD, "prev_hash", "hash", "key_id", "signature"))


class TraceFault(StrEnum):
    """What is wrong with a chain."""

    EMPTY = "EMPTY"
    LOT_CHANGED = "LOT_CHANGED"
    HARVEST_CHANGED = "HARVEST_CHANGED"
    EVENT_CHANGED = "EVENT_CHANGED"
    EVENT_MISSING = "EVENT_MISSING"
    LINK_BROKEN = "LINK_BROKEN"
    NOT_SIGNED = "NOT_SIGNED"
    CUT_OFF = "CUT_OFF"
    ANCHOR_DIFFERS = "ANCHOR_DIFFERS"


SENTENCES: Mapping[TraceFault, str] = {
    TraceFault.EMPTY: "没有任何记录",
    TraceFault.LOT_CHANGED: "批次的产品、产地或生产者信息与建档时不一致",
    TraceFault.HARVEST_CHANGED: "采收日期、重量或等级与采收记录不一致",
    TraceFault.EVENT_CHANGED: "第 {position} 条记录的内容被改动过",
    TraceFault.EVENT_MISSING: "第 {position} 条记录缺失",
    TraceFault.LINK_BROKEN: "第 {position} 条记录与前一条接不上，可能被调换或替换",
    TraceFault.NOT_SIGNED: "第 {position} 条记录没有平台的有效签名",
    TraceFault.CUT_OFF: "第 {position} 条之后曾有记录，现已缺失",
    TraceFault.ANCHOR_DIFFERS: "第 {position} 条记录与每日存证不一致",
}


@dataclass(frozen=True)
class Found:
    """One fault, at an event's position where it is about one."""

    fault: TraceFault
    position: int | None = None

    @property
    def sentence(self) -> str:
        return SENTENCES[self.fault].format(position=self.position)


@dataclass(frozen=True)
class Verdict:
    """Whether the chain is whole, what is wrong otherwise, and up to which event a daily anchor confirms it."""

    events: int
    anchored: int
    found: tuple[Found, ...]

    @property
    def passed(self) -> bool:
        return not self.found


def canonical(value: Mapping[str, Any]) -> bytes:
    """The one way of writing this down."""
    return orjson.dumps(_plain(value), option=orjson.OPT_SORT_KEYS)


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {str(key): _plain(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(each) for each in value]
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, UUID | StrEnum):
        return str(value)
    if value is None or isinstance(value, str | int):
        return value
    raise TypeError(f"{type(value).__name__} has no one way of being written")


def founding(lot: RowDict) -> bytes:
    """What the first event of a lot follows."""
    return hashlib.sha256(canonical({name: lot[name] for name in FOUNDING})).digest()


def hash_of(event: RowDict, prev: bytes) -> bytes:
    return hashlib.sha256(prev + canonical({name: event[name] for name in TOLD})).digest()


def sealed(event: RowDict, prev: bytes) -> dict[str, Any]:
    """The event with its place in the chain and the platform's signature."""
    hash = hash_of(event, prev)
    key_id, signature = signer.sign(hash)
    return {**event, "prev_hash": prev, "hash": hash, "key_id": key_id, "signature": signature}


def verify(
    lot: RowDict, events: Sequence[RowDict], heads: Sequence[tuple[int, bytes]], keys: Mapping[int, bytes]
) -> Verdict:
    """Checks a lot's row and its events by position: against each other, the anchored `heads`, the public `keys`."""
    if not events:
        faults = [Found(TraceFault.EMPTY)] + ([Found(TraceFault.CUT_OFF, 0)] if heads else [])
        return Verdict(0, 0, tuple(faults))
    found: list[Found] = []
    prev = founding(lot)
    if events[0]["position"] == 1 and events[0]["prev_hash"] != prev:
        found.append(Found(TraceFault.LOT_CHANGED))
        prev = events[0]["prev_hash"]
    for place, event in enumerate(events, 1):
        found += _faults(event, place, prev, keys)
        prev = event["hash"]
    if harvest_of(events) != tuple(lot[name] for name in HARVEST_COLUMNS):
        found.append(Found(TraceFault.HARVEST_CHANGED))
    found += _against(heads, events)
    confirmed = max((position for position, _ in heads), default=0)
    return Verdict(len(events), min(confirmed, len(events)), tuple(dict.fromkeys(found)))


def _faults(event: RowDict, place: int, prev: bytes, keys: Mapping[int, bytes]) -> list[Found]:
    position = event["position"]
    if position != place:
        return [Found(TraceFault.EVENT_MISSING, place)]
    found = []
    if event["prev_hash"] != prev:
        found.append(Found(TraceFault.LINK_BROKEN, position))
    if hash_of(event, event["prev_hash"]) != event["hash"]:
        found.append(Found(TraceFault.EVENT_CHANGED, position))
    if not signed_by(keys.get(event["key_id"]), event["signature"], event["hash"]):
        found.append(Found(TraceFault.NOT_SIGNED, position))
    return found


def _against(heads: Sequence[tuple[int, bytes]], events: Sequence[RowDict]) -> list[Found]:
    there = {event["position"]: event["hash"] for event in events}
    last = max(there)
    found = []
    for position, hash in heads:
        if position > last:
            found.append(Found(TraceFault.CUT_OFF, last))
        elif there.get(position) != hash:
            found.append(Found(TraceFault.ANCHOR_DIFFERS, position))
    return found


# ------------------------------------------------------------------------------------------------ anchors
def root_of(day: date, prev_root: bytes, heads: Sequence[tuple[UUID, int, bytes]]) -> bytes:
    """What stands for all chains: nothing of them, nor of any anchor before, can change without it changing."""
    told = [[str(lot_id), position, hash.hex()] for lot_id, position, hash in sorted(heads, key=lambda each: each[0])]
    return hashlib.sha256(prev_root + canonical({"day": day, "heads": told})).digest()


def verify_anchor(
    anchor: RowDict, prev_root: bytes, heads: Sequence[tuple[UUID, int, bytes]], keys: Mapping[int, bytes]
) -> str | None:
    """What is wrong with an anchor that should follow `prev_root`, in a word; None when nothing is."""
    if anchor["prev_root"] != prev_root:
        return "LINK_BROKEN"
    if len(heads) != anchor["heads"] or root_of(anchor["day"], prev_root, heads) != anchor["root"]:
        return "CHANGED"
    return None if signed_by(keys.get(anchor["key_id"]), anchor["signature"], anchor["root"]) else "NOT_SIGNED"
