"""Stories of the region: for everybody who reads them, for members and shops that write them, for the platform."""

from __future__ import annotations

from uuid import UUID

import strawberry

from domain import community
from domain.members.permissions import Permission
from models.community import PostHiding, PostState
from models.moderation import ReportReason
from resolvers.base import Audience, By, Keep, Rate, mutation, query
from schema.base import After, Done, DoneResult, First, Info, decode_place, page_info
from schema.catalog import Product
from schema.community import (
    CommentPostResult,
    Features,
    LikePostResult,
    Post,
    PostComment,
    PostCommentConnection,
    PostConnection,
    PostFile,
    PostFileConnection,
    PostFilePage,
    PostInput,
    WritePostResult,
    WrittenPostComment,
)
from schema.relations import columns_for

# Nobody writes faster by hand; a robot would. What a person may write in a day is a rule of the domain.
WRITING = Rate(By.VIEWER, burst=20, seconds=15)
COMMENTING = Rate(By.VIEWER, burst=20, seconds=5)
LIKING = Rate(By.VIEWER, burst=60, seconds=2)
REPORTING = Rate(By.VIEWER, burst=10, seconds=60)
DESK = Permission.MERCHANT_REVIEWS
CONTENT = Permission.PLATFORM_CONTENT


async def _file(info: Info, id: UUID) -> PostFile:
    columns = columns_for(info, PostFile)
    return PostFile.of(await info.context.read(community.access, info.context.viewer, id, columns))


async def _files(info: Info, first: int, after: str | None) -> PostFileConnection:
    columns, viewer = columns_for(info, PostFile, "nodes"), info.context.viewer
    seen = await info.context.read(community.of_author, viewer, first, decode_place(after), columns)
    nodes = [PostFile.of(row) for row in seen.rows]
    end = page_info(seen.rows, seen.has_next, "created_at", "id")
    return PostFileConnection(nodes=nodes, total=seen.total, page_info=end)


async def _write(info: Info, request_key: str, input: PostInput) -> PostFile:
    async with info.context.database.begin() as uow:
        id = await community.write(uow, info.context.viewer, request_key, input.wanted())
    return await _file(info, id)


async def _edit(info: Info, id: UUID, input: PostInput) -> PostFile:
    async with info.context.database.begin() as uow:
        await community.edit(uow, info.context.viewer, id, input.wanted())
    return await _file(info, id)


async def _remove(info: Info, id: UUID) -> Done:
    async with info.context.database.begin() as uow:
        await community.remove(uow, info.context.viewer, id)
    return Done()


@strawberry.type
class Query:
    @query(Audience.ANYONE, keep=Keep(60), description="Which parts of the mall there are.")
    async def features(self) -> Features:
        return Features(community=community.is_open())

    @query(Audience.ANYONE, description="Stories on the page, the newest first; all that is given must hold.")
    async def posts(
        self,
        info: Info,
        region_code: str | None = None,
        product_id: UUID | None = None,
        member_id: UUID | None = None,
        merchant_id: UUID | None = None,
        first: First = 10,
        after: After = None,
    ) -> PostConnection:
        wanted = community.WantedFeed(region_code, product_id, member_id, merchant_id)
        columns = columns_for(info, Post, "nodes")
        seen = await info.context.read(community.feed, wanted, first, decode_place(after), columns)
        nodes = [Post.of(row) for row in seen.rows]
        end = page_info(seen.rows, seen.has_next, "published_at", "id")
        return PostConnection(nodes=nodes, total=seen.total, page_info=end)

    @query(Audience.ANYONE)
    async def post(self, info: Info, id: UUID) -> Post:
        return Post.of(await info.context.read(community.shown, id, columns_for(info, Post)))

    @query(Audience.ANYONE, description="What is said below a story, the newest first.")
    async def post_comments(
        self, info: Info, post_id: UUID, first: First = 20, after: After = None
    ) -> PostCommentConnection:
        columns = columns_for(info, PostComment, "nodes")
        seen = await info.context.read(community.comments, post_id, first, decode_place(after), columns)
        nodes = [PostComment.of(row) for row in seen.rows]
        end = page_info(seen.rows, seen.has_next, "created_at", "id")
        return PostCommentConnection(nodes=nodes, total=seen.total, page_info=end)

    @query(Audience.MEMBER, description="Those of the stories that the viewer likes; at most 100.")
    async def my_liked_posts(self, info: Info, post_ids: list[UUID]) -> list[UUID]:
        return await info.context.read(community.liked, info.context.viewer, post_ids)

    @query(Audience.MEMBER, description="What the viewer said below a story, in any state; at most 50.")
    async def my_post_comments(self, info: Info, post_id: UUID) -> list[WrittenPostComment]:
        columns = columns_for(info, WrittenPostComment)
        rows = await info.context.read(community.my_comments, info.context.viewer, post_id, columns)
        return [WrittenPostComment.of(row) for row in rows]

    @query(Audience.MEMBER, description="The viewer's own stories, in any state.")
    async def my_posts(self, info: Info, first: First = 20, after: After = None) -> PostFileConnection:
        return await _files(info, first, after)

    @query(Audience.MEMBER)
    async def my_post(self, info: Info, id: UUID) -> PostFile:
        return await _file(info, id)

    @query(Audience.MEMBER, description="What the viewer received last, for linking to a story.")
    async def my_linkable_products(self, info: Info, first: First = 20) -> list[Product]:
        columns = columns_for(info, Product)
        rows = await info.context.read(community.linkable, info.context.viewer, first, columns)
        return [Product.of(row) for row in rows]

    @query(Audience.MERCHANT, DESK, description="The shop's own stories, in any state.")
    async def merchant_posts(self, info: Info, first: First = 20, after: After = None) -> PostFileConnection:
        return await _files(info, first, after)

    @query(Audience.PLATFORM, CONTENT, description="Everybody's stories but drafts, the newest first.")
    async def platform_posts(
        self, info: Info, state: PostState | None = None, page: int = 1, size: int = 20
    ) -> PostFilePage:
        columns = columns_for(info, PostFile, "items")
        rows, total = await info.context.read(community.of_platform, state, page, size, columns)
        return PostFilePage(items=[PostFile.of(row) for row in rows], total=total)

    @query(Audience.PLATFORM, CONTENT)
    async def platform_post(self, info: Info, id: UUID) -> PostFile:
        return PostFile.of(await info.context.read(community.for_platform, id, columns_for(info, PostFile)))

    @query(Audience.PLATFORM, CONTENT)
    async def platform_post_comment(self, info: Info, id: UUID) -> WrittenPostComment:
        columns = columns_for(info, WrittenPostComment)
        return WrittenPostComment.of(await info.context.read(community.comment_for_platform, id, columns))


@strawberry.type
class OfMembers:
    @mutation(
        Audience.MEMBER,
        rates=(WRITING,),
        description="Writes a story; `requestKey` is made once per visit of the page, and the same key is one story.",
    )
    async def write_post(self, info: Info, request_key: str, input: PostInput) -> WritePostResult:
        return await _write(info, request_key, input)

    @mutation(Audience.MEMBER, rates=(WRITING,), description="A new version; what is shown stays until it has passed.")
    async def edit_post(self, info: Info, id: UUID, input: PostInput) -> WritePostResult:
        return await _edit(info, id, input)

    @mutation(Audience.MEMBER, rates=(WRITING,), description="Takes the story away for good, with all below it.")
    async def remove_post(self, info: Info, id: UUID) -> DoneResult:
        return await _remove(info, id)

    @mutation(Audience.MEMBER, rates=(WRITING,), description="Asks for another look at a hidden story.")
    async def appeal_post(self, info: Info, id: UUID, text: str) -> WritePostResult:
        async with info.context.database.begin() as uow:
            await community.appeal(uow, info.context.viewer, id, text)
        return await _file(info, id)

    @mutation(Audience.MEMBER, rates=(LIKING,))
    async def like_post(self, info: Info, id: UUID, liked: bool = True) -> LikePostResult:
        async with info.context.database.begin() as uow:
            await community.like(uow, info.context.viewer, id, liked=liked)
        return Post.of(await info.context.read(community.shown, id, columns_for(info, Post)))

    @mutation(Audience.MEMBER, rates=(COMMENTING,), description="Says something below a story; the same key is once.")
    async def comment_post(self, info: Info, post_id: UUID, request_key: str, text: str) -> CommentPostResult:
        viewer = info.context.viewer
        async with info.context.database.begin() as uow:
            id = await community.comment(uow, viewer, post_id, request_key, text)
        row = await info.context.read(community.my_comment, viewer, id, columns_for(info, WrittenPostComment))
        return WrittenPostComment.of(row)

    @mutation(Audience.MEMBER, rates=(COMMENTING,), description="Of the viewer's own, or below his own story.")
    async def remove_post_comment(self, info: Info, id: UUID) -> DoneResult:
        async with info.context.database.begin() as uow:
            await community.remove_comment(uow, info.context.viewer, id)
        return Done()

    @mutation(Audience.SIGNED_IN, rates=(REPORTING,), description="Says that a story should not be shown.")
    async def report_post(self, info: Info, id: UUID, reason: ReportReason, note: str = "") -> DoneResult:
        async with info.context.database.begin() as uow:
            await community.report(uow, info.context.viewer, id, reason, note)
        return Done()

    @mutation(Audience.SIGNED_IN, rates=(REPORTING,), description="Says that a comment should not be shown.")
    async def report_post_comment(self, info: Info, id: UUID, reason: ReportReason, note: str = "") -> DoneResult:
        async with info.context.database.begin() as uow:
            await community.report_comment(uow, info.context.viewer, id, reason, note)
        return Done()


@strawberry.type
class OfStaff:
    @mutation(Audience.MERCHANT, DESK, rates=(WRITING,), description="A story in the shop's name, of its own goods.")
    async def merchant_write_post(self, info: Info, request_key: str, input: PostInput) -> WritePostResult:
        return await _write(info, request_key, input)

    @mutation(Audience.MERCHANT, DESK, rates=(WRITING,))
    async def merchant_edit_post(self, info: Info, id: UUID, input: PostInput) -> WritePostResult:
        return await _edit(info, id, input)

    @mutation(Audience.MERCHANT, DESK, rates=(WRITING,))
    async def merchant_remove_post(self, info: Info, id: UUID) -> DoneResult:
        return await _remove(info, id)

    @mutation(Audience.PLATFORM, CONTENT, description="Takes a story from the page; every time is in the audit log.")
    async def platform_hide_post(self, info: Info, id: UUID, reason: PostHiding, note: str) -> DoneResult:
        async with info.context.database.begin() as uow:
            await community.hide(uow, info.context.viewer, id, reason, note)
        return Done()

    @mutation(Audience.PLATFORM, CONTENT)
    async def platform_restore_post(self, info: Info, id: UUID, note: str) -> DoneResult:
        async with info.context.database.begin() as uow:
            await community.restore(uow, info.context.viewer, id, note)
        return Done()

    @mutation(Audience.PLATFORM, CONTENT, description="Takes a comment from the page; it is in the audit log.")
    async def platform_hide_post_comment(self, info: Info, id: UUID, reason: PostHiding, note: str) -> DoneResult:
        async with info.context.database.begin() as uow:
            await community.hide_comment(uow, info.context.viewer, id, reason, note)
        return Done()


@strawberry.type
class Mutation(OfMembers, OfStaff):
    pass
