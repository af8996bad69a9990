"""What categories ask of goods: read by every form, kept by the platform; the papers shops show."""

from __future__ import annotations

from uuid import UUID

import strawberry

from domain import policies
from domain.members.permissions import Permission
from resolvers.base import Audience, Keep, mutation, query
from schema.base import Done, DoneResult, First, Info
from schema.policies import (
    Attribute,
    AttributeInput,
    AttributeResult,
    CategoryPolicy,
    CategoryPolicyInput,
    CategoryPolicyResult,
    ForbiddenWord,
    ForbiddenWordInput,
    ForbiddenWordResult,
    ListingTextInput,
    MerchantPaper,
    MerchantPaperInput,
    MerchantPaperResult,
    WordFinding,
)
from schema.relations import columns_for


async def _policy(info: Info, category_id: UUID) -> CategoryPolicy:
    """What a category says itself; one that says nothing reads as all null."""
    columns = columns_for(info, CategoryPolicy)
    rows = await info.context.read(policies.policies_by_category, [category_id], columns)
    nothing = {"category_id": category_id, "blocked_reason": None, "price_free_percent": None, "grades": None}
    return CategoryPolicy.of(rows.get(category_id) or nothing)


async def _papers(info: Info, first: int) -> list[MerchantPaper]:
    columns, viewer = columns_for(info, MerchantPaper), info.context.viewer
    return [MerchantPaper.of(row) for row in await info.context.read(policies.papers_for, viewer, first, columns)]


@strawberry.type
class Query:
    @query(
        Audience.ANYONE,
        keep=Keep(60),
        public=True,
        description="What goods of a category say of themselves, with what categories above it ask.",
    )
    async def category_attributes(self, info: Info, category_id: UUID) -> list[Attribute]:
        return [Attribute.of(row) for row in await info.context.read(policies.asked_in, category_id)]

    @query(
        Audience.MERCHANT,
        Permission.MERCHANT_PRODUCTS_READ,
        description="Forbidden words in what is typed, those that block first.",
    )
    async def merchant_check_words(self, info: Info, input: ListingTextInput) -> list[WordFinding]:
        goods = input.goods(info.context.viewer.shop_id)
        return [WordFinding.of(found) for found in await info.context.read(policies.findings, goods)]

    @query(
        Audience.MERCHANT,
        Permission.MERCHANT_PRODUCTS_READ,
        description="The grades of goods in a category; empty: whatever the shop calls them.",
    )
    async def merchant_grades(self, info: Info, category_id: UUID) -> list[str]:
        return list((await info.context.read(policies.policy_of, category_id)).grades)

    @query(Audience.MERCHANT, Permission.MERCHANT_PRODUCTS_READ, description="The shop's papers, newest first.")
    async def merchant_papers(self, info: Info, first: First = 50) -> list[MerchantPaper]:
        return await _papers(info, first)

    @query(Audience.PLATFORM, Permission.PLATFORM_PRODUCTS_REVIEW, description="Papers that wait, the oldest first.")
    async def platform_papers(self, info: Info, first: First = 50) -> list[MerchantPaper]:
        return await _papers(info, first)

    @query(Audience.PLATFORM, Permission.PLATFORM_PRODUCTS_READ)
    async def platform_category_policy(self, info: Info, category_id: UUID) -> CategoryPolicy:
        return await _policy(info, category_id)

    @query(Audience.PLATFORM, Permission.PLATFORM_PRODUCTS_READ, description="All rules, those in force first.")
    async def platform_forbidden_words(self, info: Info) -> list[ForbiddenWord]:
        columns = columns_for(info, ForbiddenWord)
        return [ForbiddenWord.of(row) for row in await info.context.read(policies.all_words, columns)]


@strawberry.type
class Mutation:
    @mutation(Audience.MERCHANT, Permission.MERCHANT_PRODUCTS_WRITE)
    async def merchant_show_paper(self, info: Info, input: MerchantPaperInput) -> MerchantPaperResult:
        async with info.context.database.begin() as uow:
            id = await policies.show_paper(uow, info.context.viewer, input.wanted())
        return MerchantPaper.of(await info.context.read(policies.paper_by_id, id, columns_for(info, MerchantPaper)))

    @mutation(Audience.PLATFORM, Permission.PLATFORM_PRODUCTS_REVIEW)
    async def platform_decide_paper(self, info: Info, id: UUID, approve: bool, note: str = "") -> DoneResult:
        async with info.context.database.begin() as uow:
            await policies.decide_paper(uow, info.context.viewer, id, approve, note)
        return Done()

    @mutation(Audience.PLATFORM, Permission.PLATFORM_CATALOG_WRITE)
    async def platform_save_category_policy(
        self, info: Info, category_id: UUID, input: CategoryPolicyInput
    ) -> CategoryPolicyResult:
        async with info.context.database.begin() as uow:
            await policies.save_policy(uow, info.context.viewer, category_id, input.wanted())
        return await _policy(info, category_id)

    @mutation(Audience.PLATFORM, Permission.PLATFORM_CATALOG_WRITE)
    async def platform_save_attribute(
        self, info: Info, category_id: UUID, input: AttributeInput, id: UUID | None = None
    ) -> AttributeResult:
        async with info.context.database.begin() as uow:
            saved = await policies.save_attribute(uow, info.context.viewer, id, category_id, input.wanted())
        rows = await info.context.read(policies.attributes_by_id, [saved], columns_for(info, Attribute))
        return Attribute.of(rows[saved])

    @mutation(Audience.PLATFORM, Permission.PLATFORM_CATALOG_WRITE, description="Asks no more for an attribute.")
    async def platform_retire_attribute(self, info: Info, id: UUID) -> DoneResult:
        async with info.context.database.begin() as uow:
            await policies.retire_attribute(uow, info.context.viewer, id)
        return Done()

    @mutation(Audience.PLATFORM, Permission.PLATFORM_CATALOG_WRITE)
    async def platform_save_forbidden_word(
        self, info: Info, input: ForbiddenWordInput, id: UUID | None = None
    ) -> ForbiddenWordResult:
        async with info.context.database.begin() as uow:
            saved = await policies.save_word(uow, info.context.viewer, id, input.wanted())
        rows = await info.context.read(policies.words_by_id, [saved], columns_for(info, ForbiddenWord))
        return ForbiddenWord.of(rows[saved])
