"""Stories of the region (产地故事) as everybody reads them, and as their authors and the platform do."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated
from uuid import UUID

import strawberry

from domain import community, merchants, moderation
from domain.catalog import searching
from models.community import CommentState, PostHiding, PostState, PostWordsState
from schema.base import Connection, NumberedPage, Refused
from schema.catalog import Product
from schema.merchants import Merchant, Region
from schema.relations import RowType, derived, many, one
from schema.reviews import PostedPicture, ReviewAppeal

strawberry.enum(PostState)
strawberry.enum(PostHiding, description="Why the platform may take a story or a comment from the page.")
strawberry.enum(PostWordsState)
strawberry.enum(CommentState, name="PostCommentState")


@strawberry.type(description="Parts of the mall that a setting may leave out; their pages show no way to them then.")
class Features:
    community: bool = strawberry.field(description="产地故事: without it every field of it answers FEATURE_OFF.")


@strawberry.type(description="A product a story is about.")
class PostGood(RowType):
    product_id: UUID
    title: str = strawberry.field(description="As it was called when the story was written.")
    bought: bool = strawberry.field(description="已购: the author had received it by then, by an order of his own.")
    product: Product | None = one(
        searching.shown_by_id, key="product_id", description="As it is now; null: it is not on sale."
    )


@strawberry.type(description="A version of a story that passed its check and is on the page.")
class PostWords(RowType):
    title: str
    text: str
    author: str = derived(
        lambda shown_as: shown_as, "shown_as", description="The author's name, checked with the rest."
    )
    version: int = strawberry.field(description="Above 1: it was changed.")
    created_at: datetime
    region_code: str | None
    place: Region | None = one(merchants.regions_by_code, key="region_code")
    pictures: list[PostedPicture] = many(community.pictures_by_words, key="id")
    goods: list[PostGood] = many(community.goods_by_words, key="id")


@strawberry.type(description="A story of a member, or of a shop. Only what is on the page can be reached from here.")
class Post(RowType):
    id: UUID
    member_id: UUID | None = strawberry.field(description="The author, for more of his; null: a shop tells it.")
    merchant_id: UUID | None
    merchant: Merchant | None = one(merchants.open_by_id, key="merchant_id")
    published_at: datetime | None
    like_count: int
    comment_count: int
    words: PostWords | None = one(community.words_by_id, key="words_id")


@strawberry.type
class PostConnection(Connection[Post]):
    pass


@strawberry.type
class PostComment(RowType):
    id: UUID
    author: str = derived(lambda shown_as: shown_as, "shown_as")
    text: str
    created_at: datetime


@strawberry.type
class PostCommentConnection(Connection[PostComment]):
    pass


@strawberry.type(description="A comment in any state: for whoever wrote it, and for the platform.")
class WrittenPostComment(RowType):
    id: UUID
    state: CommentState
    author: str = derived(lambda shown_as: shown_as, "shown_as")
    text: str
    refusal: str = strawberry.field(description="Why the check refused it, in Chinese.")
    created_at: datetime


@strawberry.type(description="A picture of a version; `key` names it in another version.")
class WrittenPicture(RowType):
    key: str
    url: str = derived(moderation.posted_url, "key")
    width: int
    height: int


@strawberry.type(description="A version of a story, for whoever wrote it and for the platform.")
class WrittenPost(RowType):
    id: UUID
    version: int
    state: PostWordsState
    title: str
    text: str
    author: str = derived(lambda shown_as: shown_as, "shown_as")
    refusal: str = strawberry.field(description="Why the check refused it, in Chinese.")
    created_at: datetime
    region_code: str | None
    place: Region | None = one(merchants.regions_by_code, key="region_code")
    pictures: list[WrittenPicture] = many(community.pictures_by_words, key="id")
    goods: list[PostGood] = many(community.goods_by_words, key="id")


@strawberry.type(description="A story with all its versions: for its author, and for the platform.")
class PostFile(RowType):
    id: UUID
    state: PostState
    member_id: UUID | None
    merchant_id: UUID | None
    created_at: datetime
    published_at: datetime | None
    like_count: int
    comment_count: int
    hidden_for: PostHiding | None
    hidden_note: str
    written: list[WrittenPost] = many(community.words_by_post, key="id")
    appeals: list[ReviewAppeal] = many(moderation.appeals_by_subject, key="id")


@strawberry.type
class PostFileConnection(Connection[PostFile]):
    pass


@strawberry.type
class PostFilePage(NumberedPage[PostFile]):
    pass


WritePostResult = Annotated[PostFile | Refused, strawberry.union("WritePostResult")]
LikePostResult = Annotated[Post | Refused, strawberry.union("LikePostResult")]
CommentPostResult = Annotated[WrittenPostComment | Refused, strawberry.union("CommentPostResult")]


@strawberry.input
class PostInput:
    title: str = strawberry.field(description="At most 40 letters; at least 2 unless it is a draft.")
    text: str = strawberry.field(description="At most 2,000 letters; at least 10 unless it is a draft.")
    pictures: list[str] = strawberry.field(
        default_factory=list, description="Keys answered by finishUpload of kind POSTED, at most 9."
    )
    region_code: str | None = strawberry.field(default=None, description="A county or a town the story is from.")
    product_ids: list[UUID] = strawberry.field(
        default_factory=list, description="At most 3: on sale, or bought by the author; a shop's own where it writes."
    )
    draft: bool = strawberry.field(default=False, description="Kept for the author and handed in to nobody.")

    def wanted(self) -> community.WantedPost:
        return community.WantedPost(**vars(self))
