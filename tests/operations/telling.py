"""Stories for the world of the pages: one of everything, then twenty, written in bulk."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from sqlalchemy import insert, update

from domain.base import Database, UnitOfWork, clock
from domain.crypto import vault
from models.base import new_id
from models.community import Post, PostComment, PostGood, PostLike, PostPicture, PostWords
from models.members import Member
from tests.factories import merchants
from tests.factories import orders as market

SEALED = {"table": "members", "column": "phone_sealed"}


async def told(database: Database, buyer: market.Buyer, shop: UUID, product: UUID) -> dict[str, Any]:
    """A story of the buyer with all that can hang on one, and one of the shop; the buyer's phone is known."""
    member = buyer.viewer.member_id
    sealed = vault.seal("+8613888880001", row=member, **SEALED)
    known = {"phone_sealed": sealed, "phone_index": vault.index("+8613888880001", purpose="member-phone")}
    async with database.begin() as uow:
        await uow.session.execute(update(Member).where(Member.__table__.c.id == member).values(known))
        post, comment = await _story(uow, {"member_id": member}, member, product)
        shops, _ = await _story(uow, {"merchant_id": shop}, member, product)
    return {"post": str(post), "postComment": str(comment), "shopPost": str(shops), "teller": str(member)}


async def more_told(uow: UnitOfWork, ids: dict[str, Any], many: int) -> None:
    member, product = UUID(ids["teller"]), UUID(ids["product"])
    for _ in range(many):
        await _story(uow, {"member_id": member}, member, product)
        await _story(uow, {"merchant_id": UUID(ids["shop"])}, member, product)
        await _comment(uow, UUID(ids["post"]), member)


async def _story(uow: UnitOfWork, author: dict[str, UUID], member: UUID, product: UUID) -> tuple[UUID, UUID]:
    now, id, words = clock.now(), new_id(), new_id()
    await uow.session.execute(insert(Post).values({"id": id, "request_key": f"page-{id}", "state": "DRAFT", **author}))
    said = {"id": words, "post_id": id, "version": 1, "state": "PUBLISHED", "title": "洒渔河边的第一筐苹果"}
    said |= {"text": "九月底天还没亮，我们就上山摘果子。", "shown_as": "王小明", "region_code": merchants.SAYU}
    await uow.session.execute(insert(PostWords).values(said | {"author_kind": "MEMBER", "author_id": member}))
    picture = {"words_id": words, "position": 0, "key": "ab" * 32, "width": 8, "height": 6}
    await uow.session.execute(insert(PostPicture).values(picture))
    good = {"words_id": words, "position": 0, "product_id": product, "title": "苹果", "bought": True}
    await uow.session.execute(insert(PostGood).values(good))
    await uow.session.execute(insert(PostLike).values(post_id=id, member_id=member, created_at=now))
    shown = {"state": "PUBLISHED", "words_id": words, "published_at": now, "like_count": 1, "comment_count": 1}
    await uow.session.execute(update(Post).where(Post.__table__.c.id == id).values(shown))
    return id, await _comment(uow, id, member)


async def _comment(uow: UnitOfWork, post: UUID, member: UUID) -> UUID:
    id = new_id()
    row = {"id": id, "post_id": post, "member_id": member, "request_key": f"page-{id}", "state": "PUBLISHED"}
    await uow.session.execute(insert(PostComment).values(row | {"text": "看着就甜", "shown_as": "王小明"}))
    return id
