"""Who may write, under what name, and how much a day."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from sqlalchemy import func, select

from domain import merchants
from domain.base import Invalid, RowDict, TooMany, UnitOfWork, Viewer, ViewerKind, WrongState, clock
from domain.community.states import DAY, MOST_COMMENTS_A_DAY, MOST_POSTS_A_DAY
from domain.members.profiles import members_by_id
from models.community import Post, PostComment, PostWords, PostWordsState

POST, WORDS, COMMENT = Post.__table__.c, PostWords.__table__.c, PostComment.__table__.c


def author_of(viewer: Viewer) -> tuple[str, UUID]:
    """The column that names the author of what the viewer writes, and its value: himself, or his shop."""
    if viewer.kind is ViewerKind.MERCHANT:
        return "merchant_id", viewer.shop_id
    return "member_id", viewer.member_id


def is_author(viewer: Viewer, post: RowDict) -> bool:
    name, id = author_of(viewer)
    return bool(post[name] == id)


async def admitted(uow: UnitOfWork, viewer: Viewer) -> str:
    """The name under which the viewer writes. Nobody whose phone is unknown may (Cybersecurity Law: real names)."""
    if viewer.kind is ViewerKind.MERCHANT:
        shop = await merchants.open_shop(uow.session, viewer.shop_id, frozenset({"name"}))
        if shop is None:
            raise WrongState("店铺暂停营业，不能发布内容")
        return str(shop["name"])
    columns = frozenset({"nickname", "phone_index"})
    member = (await members_by_id(uow.session, [viewer.member_id], columns))[viewer.member_id]
    if member["phone_index"] is None:
        raise WrongState("根据网络安全法，发布内容前请先在「我的」页绑定手机号")
    return str(member["nickname"]).strip() or "微信用户"


async def take_turn(uow: UnitOfWork, viewer: Viewer) -> None:
    """What one author does at the same moment is done one after the other: counting and keys need it."""
    name = f"community:{author_of(viewer)[1]}"
    await uow.session.execute(select(func.pg_advisory_xact_lock(func.hashtextextended(name, 0))))


async def may_hand_in(uow: UnitOfWork, viewer: Viewer) -> None:
    """TooMany after so many versions in a day; drafts count for nothing."""
    name, id = author_of(viewer)
    recent = select(func.count()).select_from(PostWords).join(Post, POST.id == WORDS.post_id)
    recent = recent.where(POST[name] == id, WORDS.created_at > clock.now() - DAY)
    recent = recent.where(WORDS.state != PostWordsState.DRAFT)
    await _bounded(uow, recent, MOST_POSTS_A_DAY, "一天最多提交 {most} 次，明天再来吧")


async def may_comment(uow: UnitOfWork, viewer: Viewer) -> None:
    """TooMany after so many comments in a day."""
    recent = select(func.count()).select_from(PostComment)
    recent = recent.where(COMMENT.member_id == viewer.member_id, COMMENT.created_at > clock.now() - DAY)
    await _bounded(uow, recent, MOST_COMMENTS_A_DAY, "一天最多发表 {most} 条评论，明天再来吧")


async def _bounded(uow: UnitOfWork, counted: Any, most: int, told: str) -> None:
    if (await uow.session.scalar(counted) or 0) >= most:
        raise TooMany(told.format(most=most))


def one_author(member_id: UUID | None, merchant_id: UUID | None) -> None:
    """Invalid when both are asked for: nothing is of a member and of a shop."""
    if member_id is not None and merchant_id is not None:
        raise Invalid("作者和商户只能选一个", field="merchantId")
