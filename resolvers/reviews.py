"""Reviews for everybody who reads them, for their authors, for shops and for the platform."""

from __future__ import annotations

from uuid import UUID

import strawberry

from domain import reviews
from domain.base import Invalid
from domain.members.permissions import Permission
from models.moderation import ReportReason
from models.reviews import ReviewHiding, ReviewPart, ReviewState
from resolvers.base import Audience, By, Rate, mutation, query
from schema.base import (
    NO_CURSOR,
    After,
    Done,
    DoneResult,
    First,
    Info,
    decode_cursor,
    decode_place,
    moment_and_id,
    page_info,
)
from schema.relations import columns_for
from schema.reviews import (
    Review,
    ReviewableLine,
    ReviewableLineConnection,
    ReviewConnection,
    ReviewDeskCount,
    ReviewFile,
    ReviewFileConnection,
    ReviewFilePage,
    ReviewInput,
    ShopReview,
    ShopReviewPage,
    ShopReviewResult,
    VoteReviewResult,
    WriteReviewResult,
)

# Nobody writes faster by hand; a robot would.
WRITING = Rate(By.VIEWER, burst=20, seconds=15)
VOTING = Rate(By.VIEWER, burst=60, seconds=2)
REPORTING = Rate(By.VIEWER, burst=10, seconds=60)
DESK = Permission.MERCHANT_REVIEWS
CONTENT = Permission.PLATFORM_CONTENT


def _helpful_place(cursor: str | None) -> reviews.Place | None:
    parts = decode_cursor(cursor, 3)
    if parts is None:
        return None
    if not (parts[0].isascii() and parts[0].isdigit() and len(parts[0]) < 10):
        raise Invalid(NO_CURSOR, field="after")
    return (int(parts[0]), *moment_and_id(parts[1], parts[2]))


async def _file(info: Info, id: UUID) -> ReviewFile:
    columns = columns_for(info, ReviewFile)
    return ReviewFile.of(await info.context.read(reviews.access, info.context.viewer, id, columns))


async def _shop_review(info: Info, id: UUID) -> ShopReview:
    found = await info.context.read(reviews.reviews_by_id, [id], columns_for(info, ShopReview))
    return ShopReview.of(found[id])


@strawberry.type
class Query:
    @query(Audience.ANYONE, description="What is on the page about a product.")
    async def product_reviews(
        self,
        info: Info,
        product_id: UUID,
        order: reviews.ReviewOrder = reviews.ReviewOrder.HELPFUL,
        rating: reviews.ReviewRating | None = None,
        with_pictures: bool = False,
        with_follow_up: bool = False,
        first: First = 10,
        after: After = None,
    ) -> ReviewConnection:
        wanted = reviews.Wanted(order, rating, with_pictures, with_follow_up)
        columns, place = columns_for(info, Review, "nodes"), _helpful_place(after)
        seen = await info.context.read(reviews.of_product, product_id, wanted, first, place, columns)
        end = page_info(seen.rows, seen.has_next, "helpful_count", "published_at", "id")
        return ReviewConnection(nodes=[Review.of(row) for row in seen.rows], total=seen.total, page_info=end)

    @query(Audience.MEMBER, description="Those of the reviews that the viewer found helpful; at most 100.")
    async def my_helpful_reviews(self, info: Info, review_ids: list[UUID]) -> list[UUID]:
        return await info.context.read(reviews.voted, info.context.viewer, review_ids)

    @query(Audience.MEMBER, description="What the viewer bought, received, and has not reviewed yet.")
    async def my_reviewables(self, info: Info, first: First = 20, after: After = None) -> ReviewableLineConnection:
        seen = await info.context.read(reviews.to_review, info.context.viewer, first, decode_place(after))
        nodes = [ReviewableLine.of({**row, "review_id": None}) for row in seen.rows]
        end = page_info(seen.rows, seen.has_next, "received_at", "line_id")
        return ReviewableLineConnection(nodes=nodes, total=seen.total, page_info=end)

    @query(Audience.MEMBER, description="Each line of one of the viewer's orders.")
    async def order_reviewables(self, info: Info, order_id: UUID) -> list[ReviewableLine]:
        rows = await info.context.read(reviews.of_order, info.context.viewer, order_id)
        return [ReviewableLine.of(row) for row in rows]

    @query(Audience.MEMBER)
    async def my_reviews(self, info: Info, first: First = 20, after: After = None) -> ReviewFileConnection:
        columns, viewer = columns_for(info, ReviewFile, "nodes"), info.context.viewer
        seen = await info.context.read(reviews.of_member, viewer, first, decode_place(after), columns)
        nodes = [ReviewFile.of(row) for row in seen.rows]
        end = page_info(seen.rows, seen.has_next, "created_at", "id")
        return ReviewFileConnection(nodes=nodes, total=seen.total, page_info=end)

    @query(Audience.MEMBER)
    async def my_review(self, info: Info, id: UUID) -> ReviewFile:
        return await _file(info, id)

    @query(Audience.MERCHANT, DESK)
    async def merchant_reviews(
        self,
        info: Info,
        desk: reviews.ReviewDesk = reviews.ReviewDesk.ALL,
        product_id: UUID | None = None,
        page: int = 1,
        size: int = 20,
    ) -> ShopReviewPage:
        columns, viewer = columns_for(info, ShopReview, "items"), info.context.viewer
        rows, total = await info.context.read(reviews.of_shop, viewer, desk, product_id, page, size, columns)
        return ShopReviewPage(items=[ShopReview.of(row) for row in rows], total=total)

    @query(Audience.MERCHANT, DESK, description="What waits for an answer, and what of it is two stars or fewer.")
    async def merchant_review_counts(self, info: Info) -> list[ReviewDeskCount]:
        found = await info.context.read(reviews.counts_of_shop, info.context.viewer)
        return [ReviewDeskCount(desk=desk, count=count) for desk, count in found.items()]

    @query(Audience.PLATFORM, CONTENT)
    async def platform_reviews(
        self, info: Info, state: ReviewState | None = None, page: int = 1, size: int = 20
    ) -> ReviewFilePage:
        columns = columns_for(info, ReviewFile, "items")
        rows, total = await info.context.read(reviews.of_platform, state, page, size, columns)
        return ReviewFilePage(items=[ReviewFile.of(row) for row in rows], total=total)


@strawberry.type
class OfMembers:
    @mutation(Audience.MEMBER, rates=(WRITING,))
    async def write_review(self, info: Info, input: ReviewInput) -> WriteReviewResult:
        async with info.context.database.begin() as uow:
            id = await reviews.write(uow, info.context.viewer, input.wanted())
        return await _file(info, id)

    @mutation(Audience.MEMBER, rates=(WRITING,), description="Writes the words anew that the check refused.")
    async def rewrite_review(
        self, info: Info, id: UUID, text: str, pictures: list[str] | None = None
    ) -> WriteReviewResult:
        async with info.context.database.begin() as uow:
            await reviews.rewrite(uow, info.context.viewer, id, text, pictures or [])
        return await _file(info, id)

    @mutation(Audience.MEMBER, rates=(WRITING,), description="追评: once.")
    async def follow_up_review(
        self, info: Info, id: UUID, text: str, pictures: list[str] | None = None
    ) -> WriteReviewResult:
        async with info.context.database.begin() as uow:
            await reviews.follow_up(uow, info.context.viewer, id, text, pictures or [])
        return await _file(info, id)

    @mutation(Audience.MEMBER, description="Takes the author's words back for good; the score stays without them.")
    async def withdraw_review(self, info: Info, id: UUID) -> WriteReviewResult:
        async with info.context.database.begin() as uow:
            await reviews.withdraw(uow, info.context.viewer, id)
        return await _file(info, id)

    @mutation(Audience.MEMBER, rates=(WRITING,), description="Asks for another look at a hidden review.")
    async def appeal_review(self, info: Info, id: UUID, text: str) -> WriteReviewResult:
        async with info.context.database.begin() as uow:
            await reviews.appeal(uow, info.context.viewer, id, text)
        return await _file(info, id)

    @mutation(Audience.MEMBER, rates=(VOTING,))
    async def vote_review(self, info: Info, id: UUID, helpful: bool = True) -> VoteReviewResult:
        async with info.context.database.begin() as uow:
            await reviews.vote(uow, info.context.viewer, id, helpful=helpful)
        found = await info.context.read(reviews.reviews_by_id, [id], columns_for(info, Review))
        return Review.of(found[id])

    @mutation(Audience.SIGNED_IN, rates=(REPORTING,), description="Says that a review should not be shown.")
    async def report_review(self, info: Info, id: UUID, reason: ReportReason, note: str = "") -> DoneResult:
        async with info.context.database.begin() as uow:
            await reviews.report(uow, info.context.viewer, id, reason, note)
        return Done()


@strawberry.type
class OfStaff:
    @mutation(Audience.MERCHANT, DESK, rates=(WRITING,), description="Answers a review, or changes the answer.")
    async def merchant_reply_review(self, info: Info, id: UUID, text: str) -> ShopReviewResult:
        async with info.context.database.begin() as uow:
            await reviews.reply(uow, info.context.viewer, id, text)
        return await _shop_review(info, id)

    @mutation(Audience.PLATFORM, CONTENT, description="Takes a review from the page; every time is in the audit log.")
    async def platform_hide_review(
        self, info: Info, id: UUID, reason: ReviewHiding, note: str, part: ReviewPart = ReviewPart.FIRST
    ) -> DoneResult:
        async with info.context.database.begin() as uow:
            await reviews.hide(uow, info.context.viewer, id, part, reason, note)
        return Done()

    @mutation(Audience.PLATFORM, CONTENT)
    async def platform_restore_review(self, info: Info, id: UUID, note: str) -> DoneResult:
        async with info.context.database.begin() as uow:
            await reviews.restore(uow, info.context.viewer, id, note)
        return Done()


@strawberry.type
class Mutation(OfMembers, OfStaff):
    pass
