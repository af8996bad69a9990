"""Nothing is shown without a verdict; nothing is hidden without a reason; nothing that is hidden leaks."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy.exc import IntegrityError

from domain import moderation, reviews
from domain.base import Conflict, Database, Invalid, NotFound, Unavailable, WrongState, clock
from models.audit import AuditEntry
from models.moderation import CheckState, ContentAppeal, ContentCheck, ContentReport, ReportReason, Verdict
from models.reviews import ProductReviews, Review, ReviewHiding, ReviewPart, ReviewState
from tests.factories import aftersales as made
from tests.factories import members
from tests.factories import orders as market
from tests.factories import reviews as told
from tests.orders.gateway import FakeGateway
from tests.reviews.judge import FakeJudge

S = ReviewState
ALL = frozenset(Review.__table__.c.keys())


async def seen(database: Database, product_id: object) -> int:
    async with database.read() as session:
        page = await reviews.of_product(session, product_id, reviews.Wanted(), 20, None, ALL)
    return page.total


async def check_of(database: Database) -> dict[str, object]:
    (check,) = await market.rows(database, ContentCheck)
    return check


# ------------------------------------------------------------------------------------------------ the check
async def test_without_an_answer_words_wait_and_after_hours_a_person_decides(
    database: Database, gateway: FakeGateway
) -> None:
    it = await made.received(database, gateway)
    id = await told.written(database, it)
    silent = FakeJudge(down=True)
    with pytest.raises(Unavailable):
        await told.checked(database, silent)
    assert (await told.review(database, id))["state"] is S.PENDING
    async with database.begin() as uow:
        assert await moderation.claim_overdue(uow) == []
    clock.advance(timedelta(minutes=6))
    async with database.begin() as uow:
        (due,) = await moderation.claim_overdue(uow)
    async with database.begin() as uow:
        assert await moderation.claim_overdue(uow) == []  # put off for whoever is asking
    clock.advance(timedelta(hours=6))
    async with database.begin() as uow:
        await moderation.conclude(uow, due)
    assert (await check_of(database))["state"] is CheckState.MANUAL
    await told.heard(database)
    assert (await told.review(database, id))["state"] is S.PENDING
    async with database.begin() as uow:
        await moderation.decide(uow, told.CENSOR, due, passed=True, note="")
    await told.heard(database)
    assert (await told.review(database, id))["state"] is S.PUBLISHED
    with pytest.raises(WrongState, match="已处理"):
        async with database.begin() as uow:
            await moderation.decide(uow, told.CENSOR, due, passed=False, note="改主意了")


@pytest.mark.parametrize("away", [True, False])
async def test_whom_wechat_will_not_judge_or_is_unsure_of_goes_to_a_person(
    database: Database, gateway: FakeGateway, away: bool
) -> None:
    it = await made.received(database, gateway)
    id = await told.written(database, it)
    await told.checked(database, FakeJudge(away=away, says={"果子": (Verdict.REVIEW, 10001)}))
    check = await check_of(database)
    assert check["state"] is CheckState.MANUAL
    assert (await told.review(database, id))["state"] is S.PENDING
    assert await seen(database, it.shop.product.id) == 0


async def test_a_word_of_our_list_goes_to_a_person_though_wechat_passes_it(
    database: Database, gateway: FakeGateway, judge: FakeJudge
) -> None:
    it = await made.received(database, gateway)
    await told.written(database, it, told.page(it, text="天麻治好了我的头痛"))
    await told.checked(database, judge)
    check = await check_of(database)
    assert (check["state"], check["words"]) == (CheckState.MANUAL, "治好了")


async def test_pictures_wait_for_the_push_whichever_comes_first(
    database: Database, gateway: FakeGateway, judge: FakeJudge
) -> None:
    it = await made.received(database, gateway)
    keys = await told.pictures(database, it.buyer, told.KEYS[:2])
    id = await told.written(database, it, told.page(it, pictures=keys))
    async with database.begin() as uow:  # pushed before we had written down that we asked
        assert await moderation.record_picture_verdict(uow, "trace-1", Verdict.PASS, 100) is None
    await told.checked(database, judge)
    assert [path.split("?")[0] for path in judge.pictures] == [f"/posted/{key}" for key in keys]
    assert (await told.review(database, id))["state"] is S.PENDING
    for _ in range(2):  # pushed twice
        async with database.begin() as uow:
            check = await moderation.record_picture_verdict(uow, "trace-2", Verdict.PASS, 100)
            assert check is not None
            await moderation.conclude(uow, check)
    await told.heard(database)
    review = await told.review(database, id)
    assert (review["state"], review["picture_count"]) == (S.PUBLISHED, 2)


async def test_one_bad_picture_refuses_the_whole(database: Database, gateway: FakeGateway, judge: FakeJudge) -> None:
    it = await made.received(database, gateway)
    keys = await told.pictures(database, it.buyer, told.KEYS[:2])
    id = await told.written(database, it, told.page(it, pictures=keys))
    await told.checked(database, judge)
    async with database.begin() as uow:
        check = await moderation.record_picture_verdict(uow, "trace-2", Verdict.RISKY, 20002)
        assert check is not None
        await moderation.conclude(uow, check)
    await told.heard(database)
    assert (await told.review(database, id))["state"] is S.REJECTED
    assert (await told.words(database, id))[0]["refusal"] == "图片涉及色情低俗"


async def test_what_was_answered_is_kept_when_the_rest_fails(database: Database, gateway: FakeGateway) -> None:
    it = await made.received(database, gateway)
    keys = await told.pictures(database, it.buyer, told.KEYS[:1])
    await told.written(database, it, told.page(it, pictures=keys))
    half = FakeJudge(pictures_down=True)
    with pytest.raises(Unavailable):
        await told.checked(database, half)
    half.pictures_down = False
    await told.checked(database, half)
    assert len(half.texts) == 1  # the text was not asked about again
    clock.advance(timedelta(minutes=31))
    async with database.begin() as uow:
        (due,) = await moderation.claim_overdue(uow)
        await moderation.conclude(uow, due)
    assert (await check_of(database))["state"] is CheckState.MANUAL


# ------------------------------------------------------------------------------------------------ the shop
async def test_a_shop_answers_changes_its_answer_and_keeps_every_version(
    database: Database, gateway: FakeGateway
) -> None:
    it, id = await told.published(database, gateway, score=2)
    for text in ("谢谢反馈", "谢谢反馈，已补发"):
        async with database.begin() as uow:
            await reviews.reply(uow, it.keeper, id, text)
    words = [each for each in await told.words(database, id) if each["part"] is ReviewPart.REPLY]
    assert [each["state"].value for each in words] == ["REPLACED", "PUBLISHED"]
    assert (await told.review(database, id))["reply_id"] == words[-1]["id"]
    async with database.begin() as uow:
        await reviews.reply(uow, it.keeper, id, "第三次")
    with pytest.raises(WrongState, match="最多修改"):
        async with database.begin() as uow:
            await reviews.reply(uow, it.keeper, id, "第四次")
    other = (await market.shop(database)).keeper
    with pytest.raises(NotFound):
        async with database.begin() as uow:
            await reviews.reply(uow, other, id, "别家的评价")


# ------------------------------------------------------------------------------------------------ hiding
async def test_hiding_takes_the_words_and_not_the_score_and_is_told(database: Database, gateway: FakeGateway) -> None:
    it, id = await told.published(database, gateway, score=1)
    other, second = await told.published(database, gateway, score=1)
    reader = await members.member(database)
    async with database.begin() as uow:
        await reviews.report(uow, reader, id, ReportReason.PRIVACY, "")
        await reviews.report(uow, reader, id, ReportReason.ABUSE, "")
    async with database.begin() as uow:
        await reviews.hide(uow, told.CENSOR, id, ReviewPart.FIRST, ReviewHiding.PRIVACY, "写出了快递员的手机号")
        await reviews.hide(uow, told.CENSOR, second, ReviewPart.FIRST, ReviewHiding.FABRICATED, "同一设备虚构的订单")
    await told.heard(database)
    (summary,) = await market.rows(database, ProductReviews, product_id=it.shop.product.id)
    assert (summary["count"], summary["ones"], summary["shown"], summary["hidden"]) == (1, 1, 0, 1)
    (summary,) = await market.rows(database, ProductReviews, product_id=other.shop.product.id)
    assert (summary["count"], summary["hidden"]) == (0, 1)
    assert await seen(database, it.shop.product.id) == 0
    (report,) = await market.rows(database, ContentReport)
    assert report["answer"] == "已隐藏：泄露他人隐私"
    entries = [each for each in await market.rows(database, AuditEntry) if each["action"] == "review.hide"]
    assert len(entries) == 2
    with pytest.raises(WrongState):
        async with database.begin() as uow:
            await reviews.hide(uow, told.CENSOR, id, ReviewPart.FIRST, ReviewHiding.ABUSE, "已经隐藏过了")


async def test_an_appeal_that_is_right_puts_everything_back(
    database: Database, gateway: FakeGateway, judge: FakeJudge
) -> None:
    it, id = await told.published(database, gateway)
    async with database.begin() as uow:
        await reviews.follow_up(uow, it.buyer, id, "放了一周还是脆的", [])
        await reviews.reply(uow, it.keeper, id, "谢谢")
    async with database.begin() as uow:
        await reviews.hide(uow, told.CENSOR, id, ReviewPart.FIRST, ReviewHiding.ADVERTISING, "疑似广告内容")
    await told.checked(database, judge)  # the follow-up passes while the review is hidden: nothing points to it
    assert (await told.review(database, id))["follow_up_id"] is None
    async with database.begin() as uow:
        await reviews.appeal(uow, it.buyer, id, "这不是广告，请再看看")
    with pytest.raises(Conflict):
        async with database.begin() as uow:
            await reviews.appeal(uow, it.buyer, id, "这不是广告，请再看看")
    (appeal,) = await market.rows(database, ContentAppeal)
    async with database.begin() as uow:
        await moderation.take_appeal(uow, told.CENSOR, appeal["id"], upheld=True, answer="确实不是")
        await reviews.appeal_decided(uow, id, upheld=True)
    await told.heard(database)
    review = await told.review(database, id)
    assert review["state"] is S.PUBLISHED
    assert None not in (review["words_id"], review["follow_up_id"], review["reply_id"])
    assert await seen(database, it.shop.product.id) == 1


async def test_only_a_follow_up_or_a_reply_can_be_hidden_too(
    database: Database, gateway: FakeGateway, judge: FakeJudge
) -> None:
    it, id = await told.published(database, gateway)
    async with database.begin() as uow:
        await reviews.reply(uow, it.keeper, id, "买家住洒渔镇三台村")
    with pytest.raises(Invalid):
        async with database.begin() as uow:
            await reviews.hide(uow, told.CENSOR, id, ReviewPart.REPLY, ReviewHiding.FABRICATED, "虚构交易")
    async with database.begin() as uow:
        await reviews.hide(uow, told.CENSOR, id, ReviewPart.REPLY, ReviewHiding.PRIVACY, "写出了买家的住址")
    review = await told.review(database, id)
    assert (review["state"], review["reply_id"]) == (S.PUBLISHED, None)


async def test_what_is_not_published_cannot_be_pointed_to(database: Database, gateway: FakeGateway) -> None:
    """The constraint that keeps hidden words from every field that reads through the pointers."""
    it = await made.received(database, gateway)
    id = await told.written(database, it)
    words = (await told.words(database, id))[0]["id"]
    with pytest.raises(IntegrityError, match="only_published_is_pointed_to"):
        async with database.begin() as uow:
            await uow.session.execute(Review.__table__.update().values(words_id=words))


# ------------------------------------------------------------------------------------------------ counting
async def test_a_vote_counts_once_and_never_for_oneself(database: Database, gateway: FakeGateway) -> None:
    it, id = await told.published(database, gateway)
    reader = await members.member(database)
    for helpful, count in ((True, 1), (True, 1), (False, 0), (False, 0), (True, 1)):
        async with database.begin() as uow:
            await reviews.vote(uow, reader, id, helpful=helpful)
        assert (await told.review(database, id))["helpful_count"] == count
    async with database.read() as session:
        assert await reviews.voted(session, reader, [id]) == [id]
    with pytest.raises(Invalid):
        async with database.begin() as uow:
            await reviews.vote(uow, it.buyer, id, helpful=True)


async def test_a_summary_that_is_wrong_is_found_and_worked_out_anew(database: Database, gateway: FakeGateway) -> None:
    it, _ = await told.published(database, gateway, score=4)
    async with database.read() as session:
        assert await reviews.differences(session) == []
    async with database.begin() as uow:
        await uow.session.execute(ProductReviews.__table__.update().values(count=7, fives=6))
    assert await reviews.look_after(database) == [it.shop.product.id]
    assert await reviews.look_after(database) == []
    (summary,) = await market.rows(database, ProductReviews)
    assert (summary["count"], summary["fours"], summary["fives"]) == (1, 1, 0)


@pytest.mark.parametrize(
    ("scores", "shown", "good"),
    [((0, 0, 0, 0, 0), None, None), ((0, 0, 0, 0, 1), 4.2, 100), ((1, 0, 0, 0, 0), 3.5, 0), ((0, 0, 1, 1, 1), 4.0, 66)],
)
def test_few_voices_do_not_make_a_perfect_score(scores: tuple[int, ...], shown: float | None, good: int | None) -> None:
    count = sum(scores)
    assert reviews.smoothed(count, *scores) == shown
    assert reviews.good_rate(count, scores[3], scores[4]) == good


@pytest.mark.parametrize("state", ReviewState)
@pytest.mark.parametrize("event", reviews.ReviewEvent)
def test_every_step_is_in_the_table_or_refused(state: ReviewState, event: reviews.ReviewEvent) -> None:
    assert event in reviews.REFUSALS
    assert reviews.REVIEW_STEPS.get((state, event)) is not state
    if state is ReviewState.WITHDRAWN:
        assert (state, event) not in reviews.REVIEW_STEPS
