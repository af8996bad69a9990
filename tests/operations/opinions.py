"""Reviews for the world of the pages: one of everything, then twenty, copied in bulk."""

from __future__ import annotations

from itertools import count
from typing import Any
from uuid import UUID

from sqlalchemy import insert, select

from domain import checkout, orders, reviews
from domain.base import Database, UnitOfWork, clock
from models.base import new_id
from models.catalog import Sku
from models.moderation import CheckedPicture, ContentAppeal, ContentCheck, ContentReport
from models.orders import OrderLine
from models.reviews import Review, ReviewPicture, ReviewVote, ReviewWords
from tests.factories import merchants
from tests.factories import orders as market
from tests.orders.gateway import FakeGateway

PARTS = {"FIRST": "words_id", "FOLLOW_UP": "follow_up_id", "REPLY": "reply_id"}
STARS = ("score", "freshness", "accuracy", "logistics", "service")


async def opined(database: Database, buyer: market.Buyer, shop: UUID, sku: UUID) -> dict[str, str]:
    """A received order with one line to review and one reviewed, with all that can hang on a review."""
    # Other numbers than those of the world's own gateway.
    paid = await market.paid(database, FakeGateway(_numbers=count(1000)), buyer, {sku: 1})
    order = (await market.order_of(database, paid))["id"]
    async with database.begin() as uow:
        await orders.ship(uow, merchants.shopkeeper(shop), orders.Parcel(order, "SF", "SF1234567899"))
        await orders.confirm_receipt(uow, buyer.viewer, order)
    (line,) = await market.rows(database, OrderLine, order_id=order)
    row = {**(await market.row(database, OrderLine, line["id"])), "merchant_id": shop, "member_id": buyer.viewer.id}
    async with database.begin() as uow:
        (review,) = await _more(uow, row, 1)
        await checkout.add(uow, buyer.viewer, sku, 1)  # the order took it out of the cart
    return {"received": str(order), "review": str(review), "reviewable": str(line["id"])}


async def more_opinions(uow: UnitOfWork, ids: dict[str, Any], many: int) -> None:
    line = OrderLine.__table__.c
    wanted = select(*line, Review.merchant_id, Review.member_id).where(line.id == UUID(ids["reviewable"]))
    found = wanted.join(Review, Review.id == UUID(ids["review"]))
    row = dict((await uow.session.execute(found)).mappings().one())
    for sku in await _skus(uow, row, many):
        await uow.session.execute(insert(OrderLine).values(_line(row, sku)))
    await _more(uow, row, many)


async def _skus(uow: UnitOfWork, row: dict[str, Any], many: int) -> list[UUID]:
    """New SKUs of the reviewed product."""
    of_product = select(*Sku.__table__.c).where(Sku.product_id == row["product_id"]).limit(1)
    pattern = dict((await uow.session.execute(of_product)).mappings().one())
    made = [{**pattern, "id": (id := new_id()), "name": f"评价用 {id}"} for _ in range(many)]
    await uow.session.execute(insert(Sku), made)
    return [each["id"] for each in made]


def _line(row: dict[str, Any], sku: UUID) -> dict[str, Any]:
    names = set(OrderLine.__table__.c.keys())
    return {name: value for name, value in row.items() if name in names} | {"id": new_id(), "sku_id": sku}


async def _more(uow: UnitOfWork, row: dict[str, Any], many: int) -> list[UUID]:
    made = []
    for sku in await _skus(uow, row, many):
        line = _line(row, sku)
        await uow.session.execute(insert(OrderLine).values(line))
        made.append(await _review(uow, row | line))
    await reviews.sum_up(uow, row["product_id"], row["merchant_id"])
    return made


async def _review(uow: UnitOfWork, row: dict[str, Any]) -> UUID:
    now, id = clock.now(), new_id()
    words = {part: new_id() for part in PARTS}
    same = {name: row[name] for name in ("order_id", "product_id", "merchant_id", "member_id", "sku_name")}
    review = {"id": id, "line_id": row["id"], "anonymous": False, "shown_as": "王**", "state": "PENDING", **same}
    await uow.session.execute(insert(Review).values(review | dict.fromkeys(STARS, 2)))
    shared = {"review_id": id, "state": "PUBLISHED", "text": "果子很甜", "author_kind": "MEMBER"}
    said = [{**shared, "id": words[part], "part": part, "author_id": row["member_id"]} for part in PARTS]
    await uow.session.execute(insert(ReviewWords), said)
    picture = {"words_id": words["FIRST"], "position": 0, "key": "ab" * 32, "width": 8, "height": 6}
    await uow.session.execute(insert(ReviewPicture).values(picture))
    vote = {"review_id": id, "member_id": row["member_id"], "created_at": now}
    await uow.session.execute(insert(ReviewVote).values(vote))
    shown = {pointer: words[part] for part, pointer in PARTS.items()}
    shown |= {"state": "PUBLISHED", "published_at": now, "counted": True, "picture_count": 1}
    await uow.session.execute(Review.__table__.update().where(Review.__table__.c.id == id).values(shown))
    about = {"subject": "REVIEW", "subject_id": id}
    check = {"id": new_id(), "subject": "REVIEW_WORDS", "subject_id": words["FIRST"], "state": "MANUAL", "text": "果子"}
    await uow.session.execute(insert(ContentCheck).values(check | {"author_kind": "MEMBER"}))
    await uow.session.execute(insert(CheckedPicture).values(check_id=check["id"], position=0, key="ab" * 32))
    report = {"reporter_kind": "MEMBER", "reporter_id": row["member_id"], "reason": "FALSE", "note": ""}
    await uow.session.execute(insert(ContentReport).values(about | report))
    await uow.session.execute(insert(ContentAppeal).values(about | {"author_id": row["member_id"], "text": "没有问题"}))
    return id
