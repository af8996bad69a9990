"""Lots, what was recorded of them, and whether it is still what was recorded."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Annotated, Any
from uuid import UUID

import strawberry

from domain import catalog, merchants, traces
from domain.base import RowDict
from domain.media import shown_at
from models.catalog import StorageClass
from models.traces import LotState, TraceKind
from schema.audience import internal
from schema.base import Info, NumberedPage, Refused
from schema.catalog import Product, Sku
from schema.merchants import Merchant, Region
from schema.relations import RowType, derived, many, one, reads

strawberry.enum(LotState, description="OPEN and CLOSED lots are sold; HELD ones wait for somebody to look at them.")
strawberry.enum(TraceKind, description="What happened. CERTIFIED: a 承诺达标合格证 was issued.")
strawberry.enum(traces.TraceFact, description="What an event can tell; which ones, depends on its kind.")
strawberry.enum(traces.TraceFault, description="What is wrong with a lot's chain of events.")
strawberry.enum(traces.LotStep, description="What can be done to a lot.")


def degrees(value: int | None) -> float | None:
    return None if value is None else value / 1_000_000


def rough(value: int | None) -> float | None:
    """To about a hundred metres: a household's orchard is shown, not its door."""
    return None if value is None else round(value / 1_000_000, 3)


def day(value: date | None) -> str | None:
    return None if value is None else value.isoformat()


def picture_urls(keys: Sequence[str]) -> list[str]:
    return [shown_at(key) for key in keys]


def sealed_hash(value: bytes) -> str:
    return value.hex()


@strawberry.type(description="One thing an event tells, with its Chinese label.")
class TraceFactTold:
    fact: traces.TraceFact
    label: str
    value: str


def told(facts: dict[str, Any]) -> list[TraceFactTold]:
    shown = traces.shown(facts)
    return [TraceFactTold(fact=traces.TraceFact(fact), label=label, value=value) for fact, label, value in shown]


@strawberry.type(
    description="One thing that happened to a lot. Never changed: a later event may put it right (`corrects`)."
)
class TraceEvent(RowType):
    position: int = strawberry.field(description="Its place in the lot's chain, from 1.")
    kind: TraceKind
    at: datetime = strawberry.field(description="When it happened; `recordedAt`: when it was written down.")
    place: str
    latitude: float | None = derived(rough, "latitude", description="Degrees (GCJ-02), to about 100 metres.")
    longitude: float | None = derived(rough, "longitude", description="Degrees (GCJ-02), to about 100 metres.")
    actor: str = strawberry.field(description="Who recorded it: the shop, the platform, or the system.")
    facts: list[TraceFactTold] = derived(told, "facts")
    note: str
    photos: list[str] = derived(picture_urls, "photos", description="Paths of pictures; take ?w=200|400|800.")
    documents: list[str] = derived(picture_urls, "documents", description="Pictures of papers, such as reports.")
    corrects: int | None = strawberry.field(description="The position of the event that this one puts right.")
    recorded_at: datetime
    hash: str = derived(sealed_hash, "hash", description="SHA-256 over the hash before and all of the event, in hex.")
    key_id: int = strawberry.field(description="The number of the platform's Ed25519 key that signed the hash.")


@strawberry.type(description="A fault of a chain: a code, where it is, and a Chinese sentence.")
class TraceFaultFound:
    fault: traces.TraceFault
    position: int | None
    sentence: str


@strawberry.type(
    description="Whether all that is stored of a lot is what was recorded: every hash, link and signature, and the "
    "daily anchors; checked anew for this answer."
)
class LotVerification:
    passed: bool
    events: int = strawberry.field(description="How many events the chain has.")
    anchored: int = strawberry.field(description="Up to which event a daily anchor confirms it; 0: not yet.")
    faults: list[TraceFaultFound]

    @classmethod
    def of(cls, verdict: traces.Verdict) -> LotVerification:
        faults = [
            TraceFaultFound(fault=each.fault, position=each.position, sentence=each.sentence) for each in verdict.found
        ]
        return cls(passed=verdict.passed, events=verdict.events, anchored=verdict.anchored, faults=faults)


@strawberry.type(description="What of a lot was put on the shelf as one SKU, in units.")
class LotShelf(RowType):
    sku: Sku = one(catalog.skus_by_id, key="sku_id")
    sku_id: UUID
    unit_grams: int
    added: int
    lost: int
    shipped: int
    blocked: int
    left: int


VERDICT = frozenset({"verdict"})


@strawberry.type(description="Goods of one product that were grown and harvested together.")
class Lot(RowType):
    id: UUID
    number: str = strawberry.field(description="As printed on labels: L, 14 digits, a check digit.")
    product_id: UUID
    product_name: str = strawberry.field(description="What the goods were called when the lot was opened.")
    product: Product | None = one(
        traces.products_on_sale, key="product_id", description="Null while it is not on sale."
    )
    merchant: Merchant = one(merchants.by_id, key="merchant_id")
    origin: Region = one(merchants.regions_by_code, key="origin_code")
    origin_code: str
    plot: str = strawberry.field(description="The orchard, field or pond.")
    latitude: float | None = derived(rough, "latitude", description="Degrees (GCJ-02), to about 100 metres.")
    longitude: float | None = derived(rough, "longitude", description="Degrees (GCJ-02), to about 100 metres.")
    producer: str
    storage: StorageClass
    grade: str
    harvested_on: str | None = derived(day, "harvested_on", description="YYYY-MM-DD; null before the harvest.")
    best_before: str | None = derived(day, "best_before", description="YYYY-MM-DD.")
    harvested_grams: float = strawberry.field(description="Grams, as a Float: a harvest may be more than an Int holds.")
    shrink_grams: float = strawberry.field(description="Grams expected to be lost by drying, sorting and storing.")
    allocated_grams: float = strawberry.field(
        description="Grams put on the shelf so far: never more than harvested − shrink."
    )
    state: LotState
    state_reason: str
    held_by_platform: bool = internal(derived(lambda by: by == "PLATFORM", "held_by"))
    created_at: datetime
    events: list[TraceEvent] = many(traces.events_by_lot, key="id")
    shelves: list[LotShelf] = internal(many(traces.shelves_by_lot, key="id"))

    @reads("id", description="Whether the chain of events is whole; checked anew each time.")
    async def verification(self, info: Info) -> LotVerification:
        row = await info.context.load(traces.verdict_by_lot, VERDICT, self.id)
        return LotVerification.of(row["verdict"])


@strawberry.type
class LotPage(NumberedPage[Lot]):
    pass


@strawberry.type(description="Units of a lot that were sent with an order.")
class LotSent(RowType):
    order_line_id: UUID
    units: int
    returned: int = strawberry.field(description="Of these, came back and are for sale again.")
    lot: Lot = one(traces.lots_by_id, key="lot_id")


@strawberry.type(description="What all chains had come to on a day; keep a copy of `root` to check the platform by.")
class TraceAnchor(RowType):
    day: str = derived(day, "day")
    heads: int = strawberry.field(description="Lots that had gone on since the anchor before.")
    root: str = derived(sealed_hash, "root", description="In hex; holds the root of the anchor before.")
    key_id: int
    signature: str = derived(sealed_hash, "signature", description="Ed25519 over the root, in hex.")


@strawberry.type(description="A public key of the platform, by which anybody checks signatures without asking it.")
class TraceKey:
    id: int
    public_key: str = strawberry.field(description="Ed25519, 32 bytes in hex.")


@strawberry.type(description="What is needed to check chains without believing the platform.")
class TraceProof:
    keys: list[TraceKey]
    anchors: list[TraceAnchor]


# ------------------------------------------------------------------------------------------------ sent by desks
@strawberry.input
class LotInput:
    product_id: UUID
    origin_code: str
    plot: str
    latitude: float | None = None
    longitude: float | None = None
    producer: str = ""

    def wanted(self) -> traces.LotWanted:
        return traces.LotWanted(**vars(self))


@strawberry.input
class TraceFactInput:
    fact: traces.TraceFact
    value: str


@strawberry.input
class TraceEventInput:
    kind: TraceKind
    at: datetime
    place: str = ""
    latitude: float | None = None
    longitude: float | None = None
    facts: list[TraceFactInput] = strawberry.field(default_factory=list)
    note: str = ""
    photos: list[str] = strawberry.field(default_factory=list)
    documents: list[str] = strawberry.field(default_factory=list)
    corrects: int | None = None

    def wanted(self) -> traces.EventWanted:
        told = [(each.fact, each.value) for each in self.facts]
        return traces.EventWanted(**{**vars(self), "facts": told})


LotResult = Annotated[Lot | Refused, strawberry.union("LotResult")]


def anchors_of(rows: Sequence[RowDict]) -> list[TraceAnchor]:
    return [TraceAnchor.of(row) for row in rows]
