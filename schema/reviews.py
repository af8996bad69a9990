"""Reviews as everybody reads them, as their authors and the platform do, and as the shop does."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated
from uuid import UUID

import strawberry

from domain import catalog, moderation, reviews
from models.moderation import AppealState
from models.reviews import ReviewHiding, ReviewPart, ReviewState, WordsState
from schema.base import Connection, NumberedPage, Refused
from schema.catalog import Product
from schema.orders import OrderLine
from schema.relations import RowType, derived, many, one

strawberry.enum(ReviewState)
strawberry.enum(ReviewHiding, description="Why the platform may take a review from the page.")
strawberry.enum(ReviewPart)
strawberry.enum(WordsState, name="ReviewWordsState")
strawberry.enum(AppealState)
strawberry.enum(reviews.ReviewOrder)
strawberry.enum(reviews.ReviewRating, description="好评 (4–5), 中评 (3), 差评 (1–2).")
strawberry.enum(reviews.ReviewDesk)


@strawberry.type(description="A picture somebody posted. `url` is good for an hour and takes &w=200|400|800.")
class PostedPicture(RowType):
    url: str = derived(moderation.posted_url, "key")
    width: int
    height: int


@strawberry.type(description="Words that passed the check and are on the page.")
class ReviewWords(RowType):
    text: str
    version: int = strawberry.field(description="Above 1: it was changed.")
    created_at: datetime
    pictures: list[PostedPicture] = many(reviews.pictures_by_words, key="id")


@strawberry.type(description="A version of a part of a review, for whoever wrote it and for the platform.")
class WrittenWords(RowType):
    id: UUID
    part: ReviewPart
    version: int
    state: WordsState
    text: str
    refusal: str = strawberry.field(description="Why the check refused it, in Chinese.")
    created_at: datetime
    pictures: list[PostedPicture] = many(reviews.pictures_by_words, key="id")


@strawberry.type(description="What a buyer says of what he bought. Only what is on the page can be reached from here.")
class Review(RowType):
    id: UUID
    product_id: UUID
    author: str = derived(lambda shown_as: shown_as, "shown_as", description="Masked.")
    sku_name: str
    score: int = strawberry.field(description="1 to 5.")
    freshness: int | None
    accuracy: int | None
    logistics: int | None
    service: int | None
    published_at: datetime | None
    helpful_count: int
    words: ReviewWords | None = one(reviews.words_by_id, key="words_id")
    follow_up: ReviewWords | None = one(reviews.words_by_id, key="follow_up_id")
    reply: ReviewWords | None = one(reviews.words_by_id, key="reply_id", description="The shop's answer.")


@strawberry.type
class ReviewConnection(Connection[Review]):
    pass


@strawberry.type
class ReviewAppeal(RowType):
    text: str
    state: AppealState
    answer: str
    created_at: datetime


@strawberry.type(description="A review with all that belongs to it: for its author, and for the platform.")
class ReviewFile(RowType):
    id: UUID
    order_id: UUID
    line_id: UUID
    line: OrderLine = one(reviews.lines_by_id, key="line_id")
    product_id: UUID
    product: Product = one(catalog.products_by_id, key="product_id")
    state: ReviewState
    author: str = derived(lambda shown_as: shown_as, "shown_as")
    anonymous: bool
    sku_name: str
    score: int
    freshness: int | None
    accuracy: int | None
    logistics: int | None
    service: int | None
    helpful_count: int
    created_at: datetime
    published_at: datetime | None
    hidden_for: ReviewHiding | None
    hidden_note: str
    written: list[WrittenWords] = many(reviews.words_by_review, key="id")
    appeals: list[ReviewAppeal] = many(moderation.appeals_by_subject, key="id")
    can_follow_up: bool = derived(reviews.can_follow_up, "state", "published_at", "follow_up_id")


@strawberry.type
class ReviewFileConnection(Connection[ReviewFile]):
    pass


@strawberry.type
class ReviewFilePage(NumberedPage[ReviewFile]):
    pass


@strawberry.type(description="A line of an order that may be reviewed, or was.")
class ReviewableLine(RowType):
    line_id: UUID
    line: OrderLine = one(reviews.lines_by_id, key="line_id")
    order_id: UUID
    until: datetime | None = strawberry.field(
        description="The first moment that is too late; null: not to be reviewed."
    )
    review_id: UUID | None


@strawberry.type
class ReviewableLineConnection(Connection[ReviewableLine]):
    pass


@strawberry.type(description="A review as the shop it is about reads it, with its own answers.")
class ShopReview(RowType):
    id: UUID
    product_id: UUID
    product: Product = one(catalog.products_by_id, key="product_id")
    author: str = derived(lambda shown_as: shown_as, "shown_as")
    sku_name: str
    score: int
    freshness: int | None
    accuracy: int | None
    logistics: int | None
    service: int | None
    published_at: datetime | None
    helpful_count: int
    words: ReviewWords | None = one(reviews.words_by_id, key="words_id")
    follow_up: ReviewWords | None = one(reviews.words_by_id, key="follow_up_id")
    reply: ReviewWords | None = one(reviews.words_by_id, key="reply_id")
    replies: list[WrittenWords] = many(reviews.replies_by_review, key="id")


@strawberry.type
class ShopReviewPage(NumberedPage[ShopReview]):
    pass


@strawberry.type
class ReviewDeskCount:
    desk: reviews.ReviewDesk
    count: int


WriteReviewResult = Annotated[ReviewFile | Refused, strawberry.union("WriteReviewResult")]
ShopReviewResult = Annotated[ShopReview | Refused, strawberry.union("ShopReviewResult")]
VoteReviewResult = Annotated[Review | Refused, strawberry.union("VoteReviewResult")]


@strawberry.input
class ReviewInput:
    line_id: UUID
    score: int = strawberry.field(description="1 to 5.")
    freshness: int | None = strawberry.field(default=None, description="1 to 5; null: not rated. So the other three.")
    accuracy: int | None = None
    logistics: int | None = None
    service: int | None = None
    text: str = strawberry.field(default="", description="At most 500 letters.")
    pictures: list[str] = strawberry.field(
        default_factory=list, description="Keys answered by finishUpload of kind POSTED, at most 9."
    )
    anonymous: bool = False

    def wanted(self) -> reviews.WantedReview:
        return reviews.WantedReview(**vars(self))
