"""Who may write what about a purchase, when, and how often."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import update
from sqlalchemy.exc import IntegrityError

from domain import reviews
from domain.base import Conflict, Database, Invalid, NotFound, WrongState, clock
from models.base import new_id
from models.moderation import ContentCheck, Verdict
from models.orders import OrderLine
from models.reviews import ProductReviews, Review, ReviewState, ReviewWords, WordsState
from tests.factories import aftersales as made
from tests.factories import members
from tests.factories import orders as market
from tests.factories import reviews as told
from tests.orders.gateway import FakeGateway
from tests.reviews.judge import FakeJudge

S, W = ReviewState, WordsState


async def test_a_review_waits_for_its_check_and_is_then_shown_and_counted(
    database: Database, gateway: FakeGateway, judge: FakeJudge
) -> None:
    it = await made.received(database, gateway)
    id = await told.written(database, it, told.page(it, 4, freshness=5))
    review = await told.review(database, id)
    assert (review["state"], review["words_id"], review["counted"]) == (S.PENDING, None, False)
    await told.heard(database)
    assert await market.rows(database, ProductReviews) == []
    await told.checked(database, judge)
    review = await told.review(database, id)
    assert (review["state"], review["counted"]) == (S.PUBLISHED, True)
    assert review["words_id"] == (await told.words(database, id))[0]["id"]
    (summary,) = await market.rows(database, ProductReviews)
    assert (summary["count"], summary["fours"], summary["freshness_sum"], summary["service_count"]) == (1, 1, 5, 0)
    ((text, openid, _),) = judge.texts
    assert text == "果子很甜，物流也快"
    assert openid.startswith("o-test-")


async def test_before_receipt_by_others_and_too_late_nothing_is_written(
    database: Database, gateway: FakeGateway
) -> None:
    it = await made.shipped(database, gateway)
    with pytest.raises(WrongState, match="确认收货后"):
        await told.written(database, it)
    it = await made.received(database, gateway)
    stranger = replace(it, who=replace(it.who, viewer=await members.member(database)))
    with pytest.raises(NotFound):
        await told.written(database, stranger)
    clock.advance(timedelta(days=90, seconds=1))
    with pytest.raises(WrongState, match="90 天"):
        await told.written(database, it)
    assert await market.rows(database, Review) == []


async def test_goods_that_never_left_are_not_reviewed(database: Database, gateway: FakeGateway) -> None:
    it = await made.received(database, gateway)
    async with database.begin() as uow:
        none = update(OrderLine).where(OrderLine.id == it.line_id).values(shipped_quantity=0)
        await uow.session.execute(none)
    with pytest.raises(WrongState):
        await told.written(database, it)


@pytest.mark.parametrize(
    ("changes", "field"),
    [({"score": 0}, "score"), ({"score": 6}, "score"), ({"service": 9}, "service"), ({"text": "好" * 501}, "text")],
)
async def test_what_is_out_of_bounds_is_refused_by_field(
    database: Database, gateway: FakeGateway, changes: dict[str, object], field: str
) -> None:
    it = await made.received(database, gateway)
    with pytest.raises(Invalid) as refused:
        await told.written(database, it, replace(told.page(it), **changes))
    assert refused.value.field == field
    assert await market.rows(database, Review) == []


async def test_words_nobody_may_write_are_refused_at_the_door_and_named(
    database: Database, gateway: FakeGateway
) -> None:
    it = await made.received(database, gateway)
    with pytest.raises(Invalid, match="六合彩"):
        await told.written(database, it, told.page(it, text="来玩六 . 合 * 彩"))
    assert await market.rows(database, Review) == []
    assert await market.rows(database, ContentCheck) == []


async def test_the_same_page_sent_twice_at_once_is_one_review(database: Database, gateway: FakeGateway) -> None:
    it = await made.received(database, gateway)
    ids = await asyncio.gather(*(told.written(database, it) for _ in range(5)))
    assert len(set(ids)) == 1
    assert len(await market.rows(database, Review)) == 1
    assert len(await market.rows(database, ContentCheck)) == 1
    with pytest.raises(Conflict, match="已经评价"):
        await told.written(database, it, told.page(it, 1, "其实不好"))


async def test_no_text_is_a_score_alone_and_needs_no_judge(
    database: Database, gateway: FakeGateway, judge: FakeJudge
) -> None:
    it = await made.received(database, gateway)
    id = await told.written(database, it, told.page(it, 3, ""))
    assert (await told.review(database, id))["state"] is S.PUBLISHED
    assert judge.texts == []


async def test_pictures_are_the_authors_own_and_at_most_nine(database: Database, gateway: FakeGateway) -> None:
    it = await made.received(database, gateway)
    own = await told.pictures(database, it.buyer, told.KEYS[:10])
    (others,) = await told.pictures(database, await members.member(database), told.KEYS[10:11])
    for wrong in (own, [own[0], own[0]], [others], ["ab"]):
        with pytest.raises(Invalid) as refused:
            await told.written(database, it, told.page(it, pictures=wrong))
        assert refused.value.field == "pictures"
    assert await market.rows(database, Review) == []


async def test_anonymous_is_nobody_and_others_are_masked(database: Database, gateway: FakeGateway) -> None:
    _, named = await told.published(database, gateway)
    _, hidden = await told.published(database, gateway, anonymous=True)
    shown = (await told.review(database, named))["shown_as"]
    assert shown.startswith("买**")
    assert (await told.review(database, hidden))["shown_as"] == "匿名用户"


# ------------------------------------------------------------------------------------------------ later
async def test_a_follow_up_is_written_once_and_only_while_it_is_time(
    database: Database, gateway: FakeGateway, judge: FakeJudge
) -> None:
    it, id = await told.published(database, gateway)
    async with database.begin() as uow:
        await reviews.follow_up(uow, it.buyer, id, "放了一周还是脆的", [])
    with pytest.raises(Conflict):
        async with database.begin() as uow:
            await reviews.follow_up(uow, it.buyer, id, "再说一次", [])
    assert (await told.review(database, id))["follow_up_id"] is None
    await told.checked(database, judge)
    assert (await told.review(database, id))["follow_up_id"] is not None
    other, late = await told.published(database, gateway)
    clock.advance(timedelta(days=181))
    with pytest.raises(WrongState, match="180 天"):
        async with database.begin() as uow:
            await reviews.follow_up(uow, other.buyer, late, "半年后", [])


async def test_refused_words_can_be_written_anew_with_the_score_as_it_was(
    database: Database, gateway: FakeGateway, judge: FakeJudge
) -> None:
    told_off = FakeJudge(says={"难听": (Verdict.RISKY, 20003)})
    it = await made.received(database, gateway)
    id = await told.written(database, it, told.page(it, 2, "难听的话"))
    await told.checked(database, told_off)
    review = await told.review(database, id)
    assert (review["state"], review["counted"], review["words_id"]) == (S.REJECTED, False, None)
    (words,) = await told.words(database, id)
    assert words["refusal"] == "含有辱骂内容（难听）"
    async with database.begin() as uow:
        await reviews.rewrite(uow, it.buyer, id, "有几个坏果", [])
    await told.checked(database, judge)
    review = await told.review(database, id)
    assert (review["state"], review["score"]) == (S.PUBLISHED, 2)
    assert [each["state"] for each in await told.words(database, id)] == [W.REJECTED, W.PUBLISHED]
    with pytest.raises(WrongState):
        async with database.begin() as uow:
            await reviews.rewrite(uow, it.buyer, id, "改成好评", [])


async def test_withdrawing_erases_words_pictures_and_name_but_not_the_score(
    database: Database, gateway: FakeGateway, judge: FakeJudge
) -> None:
    it = await made.received(database, gateway)
    keys = await told.pictures(database, it.buyer, told.KEYS[:2])
    id = await told.written(database, it, told.page(it, 1, "全坏了，我叫王小明", pictures=keys))
    async with database.begin() as uow:
        await reviews.withdraw(uow, it.buyer, id)
    await told.checked(database, judge)
    review = await told.review(database, id)
    assert (review["state"], review["counted"], review["shown_as"]) == (S.WITHDRAWN, False, "匿名用户")
    it, id = await told.published(database, gateway, score=1, text="全坏了，我叫王小明")
    async with database.begin() as uow:
        await reviews.withdraw(uow, it.buyer, id)
    await told.heard(database)
    review = await told.review(database, id)
    assert (review["counted"], review["words_id"], review["picture_count"]) == (True, None, 0)
    (summary,) = await market.rows(database, ProductReviews, product_id=review["product_id"])
    assert (summary["count"], summary["ones"], summary["shown"], summary["withdrawn"]) == (1, 1, 0, 1)
    for model in (Review, ContentCheck, ReviewWords):
        assert "王小明" not in str(await market.rows(database, model))


async def test_a_line_cannot_hold_two_reviews_whatever_the_rules_say(database: Database, gateway: FakeGateway) -> None:
    _, id = await told.published(database, gateway)
    row = await told.review(database, id)
    row |= {"id": new_id()}
    with pytest.raises(IntegrityError):
        async with database.begin() as uow:
            await uow.session.execute(Review.__table__.insert().values(row))
