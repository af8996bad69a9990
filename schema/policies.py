"""What categories ask of goods: attributes, papers, words; as the forms and the console show them."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any
from uuid import UUID

import strawberry

from domain import catalog, policies
from domain.base import Invalid
from models.merchants import MerchantKind
from models.policies import AttributeKind, PaperKind, PaperState, WordSeverity
from schema.base import Refused
from schema.pictures import Image
from schema.relations import RowType, derived, many, one

strawberry.enum(AttributeKind, description="One of the options, a number, a text, yes or no.")
strawberry.enum(PaperKind, description="Papers a shop may have to show before goods of a category are published.")
strawberry.enum(PaperState)
strawberry.enum(WordSeverity, description="BLOCK: refused anywhere; BLOCK_IN_TITLE: in titles; WARN: pointed out.")


def day_of(text: str | None, field: str) -> date | None:
    """The day of a `YYYY-MM-DD`; Invalid for anything else."""
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise Invalid("日期须写成 2026-10-15 的形式", field=field) from None


def day_text(day: date | None) -> str | None:
    return day.isoformat() if day else None


@strawberry.type(description="Something goods of a category, and of those below it, say of themselves.")
class Attribute(RowType):
    id: UUID
    category_id: UUID
    name: str
    kind: AttributeKind
    unit: str | None
    options: list[str]
    required: bool
    filterable: bool
    position: int


@strawberry.type(description="To publish in the category, a shop of these kinds (none: any) has one of these papers.")
class RequiredPaper(RowType):
    any_of: list[PaperKind] = derived(lambda kinds: [PaperKind(kind) for kind in kinds], "any_of")
    sellers: list[MerchantKind] = derived(lambda kinds: [MerchantKind(kind) for kind in kinds], "sellers")
    reason: str


@strawberry.type(description="What a category says itself; null is as in the category above it.")
class CategoryPolicy(RowType):
    category_id: UUID
    blocked_reason: str | None
    price_free_percent: int | None = strawberry.field(
        description="How far a price may move from the reviewed one without another review, in percent."
    )
    grades: list[str] | None
    papers: list[RequiredPaper] = many(policies.papers_by_category, key="category_id")
    attributes: list[Attribute] = many(policies.attributes_by_category, key="category_id")


@strawberry.type
class ForbiddenWord(RowType):
    id: UUID
    word: str
    reason: str
    law: str
    severity: WordSeverity
    harmless_in: list[str] = strawberry.field(description="Longer words in which it is harmless.")
    unless_paper: PaperKind | None = strawberry.field(description="Fine for a shop that has this paper.")
    active: bool


@strawberry.type(description="A forbidden word in what was typed.")
class WordFinding:
    word_id: UUID
    word: str
    field: str = strawberry.field(description="title, subtitle, description, grade, skus or attributes")
    reason: str
    law: str
    blocks: bool = strawberry.field(description="Whether it keeps the goods from being published.")

    @classmethod
    def of(cls, found: policies.Finding) -> WordFinding:
        return cls(**vars(found))


@strawberry.type(description="A paper a shop has shown.")
class MerchantPaper(RowType):
    id: UUID
    merchant_id: UUID
    kind: PaperKind
    number: str
    picture: Image = one(catalog.pictures_by_key, key="picture_key")
    expires_on: str | None = derived(day_text, "expires_on", description="YYYY-MM-DD; null: it does not expire.")
    state: PaperState
    note: str
    created_at: datetime


AttributeResult = Annotated[Attribute | Refused, strawberry.union("AttributeResult")]
CategoryPolicyResult = Annotated[CategoryPolicy | Refused, strawberry.union("CategoryPolicyResult")]
ForbiddenWordResult = Annotated[ForbiddenWord | Refused, strawberry.union("ForbiddenWordResult")]
MerchantPaperResult = Annotated[MerchantPaper | Refused, strawberry.union("MerchantPaperResult")]


@strawberry.input
class AttributeInput:
    name: str
    kind: AttributeKind
    unit: str | None = None
    options: list[str] = strawberry.field(default_factory=list)
    required: bool = False
    filterable: bool = False
    position: int = 0

    def wanted(self) -> policies.AttributeWanted:
        return policies.AttributeWanted(**{**vars(self), "options": tuple(self.options)})


@strawberry.input
class RequiredPaperInput:
    any_of: list[PaperKind]
    reason: str
    sellers: list[MerchantKind] = strawberry.field(default_factory=list)

    def wanted(self) -> policies.PaperNeed:
        return policies.PaperNeed(tuple(self.any_of), self.reason, tuple(self.sellers))


@strawberry.input
class CategoryPolicyInput:
    blocked_reason: str | None = None
    price_free_percent: int | None = None
    grades: list[str] | None = None
    papers: list[RequiredPaperInput] = strawberry.field(default_factory=list)

    def wanted(self) -> policies.PolicyWanted:
        grades = None if self.grades is None else tuple(self.grades)
        papers = tuple(paper.wanted() for paper in self.papers)
        return policies.PolicyWanted(self.blocked_reason, self.price_free_percent, grades, papers)


@strawberry.input
class ForbiddenWordInput:
    word: str
    reason: str
    law: str = ""
    severity: WordSeverity
    harmless_in: list[str] = strawberry.field(default_factory=list)
    unless_paper: PaperKind | None = None
    active: bool = True

    def wanted(self) -> policies.WordWanted:
        return policies.WordWanted(**{**vars(self), "harmless_in": tuple(self.harmless_in)})


@strawberry.input
class MerchantPaperInput:
    kind: PaperKind
    number: str
    picture_key: str
    expires_on: str | None = strawberry.field(default=None, description="YYYY-MM-DD; null: it does not expire.")

    def wanted(self) -> policies.PaperWanted:
        values: dict[str, Any] = {**vars(self), "expires_on": day_of(self.expires_on, "expiresOn")}
        return policies.PaperWanted(**values)


@strawberry.input(description="What is typed of a product so far.")
class ListingTextInput:
    category_id: UUID
    title: str = ""
    subtitle: str = ""
    description: str = ""
    grade: str = ""
    skus: str = strawberry.field(default="", description="The names of its SKUs, one on a line.")
    attributes: str = strawberry.field(default="", description="What it says under its attributes, one on a line.")
    product_id: UUID | None = None

    def goods(self, merchant_id: UUID) -> policies.Goods:
        texts = {name: text for name, text in vars(self).items() if isinstance(text, str)}
        return policies.Goods(merchant_id, self.category_id, texts, frozenset(), self.product_id)
