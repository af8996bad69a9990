"""Buyers write, write anew, add and take back. One review of each line bought, after receipt, by its buyer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import delete, func, insert, select, update
from sqlalchemy.dialects.postgresql import insert as upsert

from domain import moderation, payments
from domain.base import Conflict, Invalid, NotFound, RowDict, UnitOfWork, Viewer, WrongState, clean_text, clock
from domain.members.profiles import members_by_id
from domain.reviews.events import ReviewChanged
from domain.reviews.states import (
    FOLLOW_UP_WINDOW,
    REFUSALS,
    REVIEW_STEPS,
    REVIEW_WINDOW,
    REVIEWABLE,
    ReviewEvent,
)
from models.base import new_id
from models.moderation import CheckState, CheckSubject
from models.orders import Order, OrderLine
from models.reviews import Review, ReviewPart, ReviewPicture, ReviewState, ReviewWords, WordsState

REVIEW, WORDS = Review.__table__.c, ReviewWords.__table__.c
MOST_TEXT = 500
MISSING = "评价不存在"
NAMELESS = "匿名用户"
ASPECTS = {"freshness": "新鲜度", "accuracy": "描述相符", "logistics": "物流", "service": "服务"}


@dataclass(frozen=True)
class WantedReview:
    """What the page sends. Aspects the buyer did not touch are None: nothing is rated for him."""

    line_id: UUID
    score: int
    freshness: int | None = None
    accuracy: int | None = None
    logistics: int | None = None
    service: int | None = None
    text: str = ""
    pictures: Sequence[str] = ()
    anonymous: bool = False


async def write(uow: UnitOfWork, viewer: Viewer, wanted: WantedReview) -> UUID:
    """Writes the review of a line. The same page sent twice is one review; another one is a Conflict."""
    stars, text = _stars(wanted), _text(wanted.text)
    line = await _line(uow, viewer, wanted.line_id)
    if (earlier := await _earlier(uow, line["id"])) is not None:
        return await _same(uow, earlier, wanted.score, text)
    _check_line(line)
    id = new_id()
    row = {
        "id": id,
        "line_id": line["id"],
        "order_id": line["order_id"],
        "product_id": line["product_id"],
        "merchant_id": line["merchant_id"],
        "member_id": viewer.member_id,
        "sku_name": line["sku_name"],
        "anonymous": wanted.anonymous,
        "shown_as": await _shown_as(uow, viewer, wanted.anonymous),
        "created_at": clock.now(),
        **stars,
    }
    # The line's own UNIQUE decides between two pages sent at the same moment.
    new = upsert(Review).values(row).on_conflict_do_nothing(index_elements=["line_id"]).returning(REVIEW.id)
    if await uow.session.scalar(new) is None:
        earlier = await _earlier(uow, line["id"])
        assert earlier is not None
        return await _same(uow, earlier, wanted.score, text)
    await say(uow, viewer, id, ReviewPart.FIRST, text, wanted.pictures)
    return id


async def rewrite(uow: UnitOfWork, viewer: Viewer, id: UUID, text: str, pictures: Sequence[str]) -> None:
    """Writes the words anew that the check refused; the score stays as it was given."""
    await _mine(uow, viewer, id)
    await payments.move(uow.session, Review, REVIEW_STEPS, id, ReviewEvent.REWRITE, REFUSALS[ReviewEvent.REWRITE])
    await say(uow, viewer, id, ReviewPart.FIRST, _text(text), pictures)


async def follow_up(uow: UnitOfWork, viewer: Viewer, id: UUID, text: str, pictures: Sequence[str]) -> None:
    """Adds what the buyer found later: once, while the window is open. Refused words may be written anew."""
    review = await _mine(uow, viewer, id)
    if review["state"] is not ReviewState.PUBLISHED:
        raise WrongState("评价公开展示后才能追评")
    wanted = select(WORDS.state).where(WORDS.review_id == id, WORDS.part == ReviewPart.FOLLOW_UP)
    if any(state is not WordsState.REJECTED for state in await uow.session.scalars(wanted)):
        raise Conflict("每个商品只能追评一次")
    line = await _line(uow, viewer, review["line_id"])
    if clock.now() >= _received(line) + FOLLOW_UP_WINDOW:
        raise WrongState(f"确认收货超过 {FOLLOW_UP_WINDOW.days} 天，不能再追评")
    said = clean_text(text, field="text", most=MOST_TEXT, least=1, label="追评")
    await say(uow, viewer, id, ReviewPart.FOLLOW_UP, said, pictures)


async def withdraw(uow: UnitOfWork, viewer: Viewer, id: UUID) -> None:
    """Takes the author's own words, pictures and name away for good (PIPL Art. 47).

    A score that counted goes on counting, without them: nobody can be paid or pressed to take it back (E-Commerce Law
    Art. 39), and by itself it tells of no person.
    """
    await _mine(uow, viewer, id)
    nothing: dict[str, Any] = {
        "words_id": None,
        "follow_up_id": None,
        "reply_id": None,
        "hidden_for": None,
        "hidden_note": "",
    }
    nothing |= {"hidden_at": None, "shown_as": NAMELESS, "anonymous": True, "withdrawn_at": clock.now()}
    nothing |= {"picture_count": 0}
    row = await take_step(uow, id, ReviewEvent.WITHDRAW, **nothing)
    own = select(WORDS.id).where(WORDS.review_id == id, WORDS.part != ReviewPart.REPLY)
    ids = list(await uow.session.scalars(own))
    await uow.session.execute(delete(ReviewPicture).where(ReviewPicture.words_id.in_(ids)))
    gone = update(ReviewWords).where(WORDS.id.in_(ids)).values(state=WordsState.WITHDRAWN, text="", refusal="")
    await uow.session.execute(gone)
    await moderation.forget(uow, CheckSubject.REVIEW_WORDS, ids)
    uow.emit(ReviewChanged(id, row["product_id"], row["merchant_id"]))


# ------------------------------------------------------------------------------------------------ parts
async def take_step(uow: UnitOfWork, id: UUID, event: ReviewEvent, **to: Any) -> RowDict:
    """Takes a step with a review; WrongState from any state the table does not name."""
    return await payments.move(uow.session, Review, REVIEW_STEPS, id, event, REFUSALS[event], **to)


async def say(
    uow: UnitOfWork, viewer: Viewer, review_id: UUID, part: ReviewPart, text: str, pictures: Sequence[str] = ()
) -> UUID:
    """Writes a version of a part and asks for it to be checked. What passes at once is published at once."""
    shown = await moderation.own_pictures(uow, viewer, pictures)
    earlier = select(WORDS.version).where(WORDS.review_id == review_id, WORDS.part == part)
    version = max(await uow.session.scalars(earlier), default=0) + 1
    id = new_id()
    words: dict[str, Any] = {"id": id, "review_id": review_id, "part": part, "version": version, "text": text}
    words |= {"author_kind": viewer.actor, "author_id": viewer.id, "created_at": clock.now()}
    await uow.session.execute(insert(ReviewWords).values(words))
    if shown:
        rows = [{"words_id": id, "position": place, **each} for place, each in enumerate(shown)]
        await uow.session.execute(insert(ReviewPicture), rows)
    state = await moderation.open_check(uow, viewer, CheckSubject.REVIEW_WORDS, id, text, pictures)
    if state is CheckState.PASSED:
        await publish_words(uow, id)
    return id


async def publish_words(uow: UnitOfWork, id: UUID) -> None:
    """Shows checked words in place of an earlier version. Words that no longer wait, or whose author took them back,
    stay as they are."""
    found = (await uow.session.execute(select(*WORDS).where(WORDS.id == id))).mappings().first()
    if found is None:
        return
    review = await locked(uow, found["review_id"])
    waiting = update(ReviewWords).where(WORDS.id == id, WORDS.state == WordsState.PENDING)
    first = found["part"] is ReviewPart.FIRST
    if review["state"] not in ((ReviewState.PENDING,) if first else (ReviewState.PUBLISHED, ReviewState.HIDDEN)):
        return
    earlier = update(ReviewWords).where(WORDS.review_id == review["id"], WORDS.part == found["part"])
    earlier = earlier.where(WORDS.state == WordsState.PUBLISHED, WORDS.id != id)
    await uow.session.execute(earlier.values(state=WordsState.REPLACED))
    if await uow.session.scalar(waiting.values(state=WordsState.PUBLISHED).returning(WORDS.id)) is None:
        return
    if review["state"] is ReviewState.HIDDEN:  # shown when the review comes back, if it does
        return
    await _show(uow, review, found)
    uow.emit(ReviewChanged(review["id"], review["product_id"], review["merchant_id"]))


async def _show(uow: UnitOfWork, review: RowDict, words: Any) -> None:
    """Points the review at words that were checked."""
    own = select(func.count()).select_from(ReviewPicture).where(ReviewPicture.words_id == words["id"])
    more: dict[str, Any] = {"picture_count": REVIEW.picture_count + (await uow.session.scalar(own) or 0)}
    if words["part"] is ReviewPart.FIRST:
        more |= {"words_id": words["id"], "published_at": clock.now(), "counted": True}
        await take_step(uow, review["id"], ReviewEvent.PASS, **more)
        return
    pointer = "follow_up_id" if words["part"] is ReviewPart.FOLLOW_UP else "reply_id"
    to = {pointer: words["id"], **(more if pointer == "follow_up_id" else {})}
    await uow.session.execute(update(Review).where(REVIEW.id == review["id"]).values(to))


async def locked(uow: UnitOfWork, id: UUID) -> RowDict:
    """A review, locked until the transaction ends; NotFound when there is none."""
    row = (await uow.session.execute(select(*REVIEW).where(REVIEW.id == id).with_for_update())).mappings().first()
    if row is None:
        raise NotFound(MISSING)
    return dict(row)


async def _mine(uow: UnitOfWork, viewer: Viewer, id: UUID) -> RowDict:
    review = await locked(uow, id)
    if review["member_id"] != viewer.member_id:
        raise NotFound(MISSING)
    return review


# ------------------------------------------------------------------------------------------------ the line
async def _line(uow: UnitOfWork, viewer: Viewer, line_id: UUID) -> RowDict:
    """A line of the viewer's own order with what decides whether it can be reviewed; NotFound for any other."""
    line, order = OrderLine.__table__.c, Order.__table__.c
    wanted = select(line.id, line.order_id, line.product_id, line.sku_name, line.shipped_quantity)
    wanted = wanted.add_columns(order.merchant_id, order.member_id, order.state, order.received_at)
    joined = wanted.join_from(OrderLine, Order, order.id == line.order_id).where(line.id == line_id)
    row = (await uow.session.execute(joined)).mappings().first()
    if row is None or row["member_id"] != viewer.member_id:
        raise NotFound("订单商品不存在")
    return dict(row)


def _check_line(line: RowDict) -> None:
    if line["state"] not in REVIEWABLE or line["shipped_quantity"] == 0:
        raise WrongState("确认收货后才能评价")
    if clock.now() >= _received(line) + REVIEW_WINDOW:
        raise WrongState(f"确认收货超过 {REVIEW_WINDOW.days} 天，不能再评价")


def _received(line: RowDict) -> datetime:
    received: datetime = line["received_at"]
    return received


async def _earlier(uow: UnitOfWork, line_id: UUID) -> UUID | None:
    found: UUID | None = await uow.session.scalar(select(REVIEW.id).where(REVIEW.line_id == line_id))
    return found


async def _same(uow: UnitOfWork, id: UUID, score: int, text: str) -> UUID:
    """The review there is, when it says the same; Conflict when it says something else."""
    wanted = select(REVIEW.score, WORDS.text).join_from(Review, ReviewWords, WORDS.review_id == REVIEW.id)
    first = wanted.where(REVIEW.id == id, WORDS.part == ReviewPart.FIRST, WORDS.version == 1)
    said = (await uow.session.execute(first)).first()
    if said is None or (said.score, said.text) != (score, text):
        raise Conflict("该商品已经评价过了")
    return id


async def _shown_as(uow: UnitOfWork, viewer: Viewer, anonymous: bool) -> str:
    if anonymous:
        return NAMELESS
    found = await members_by_id(uow.session, [viewer.member_id], frozenset({"nickname"}))
    return masked(found[viewer.member_id]["nickname"])


def masked(nickname: str) -> str:
    """A name as strangers read it: the first letter and the last of a longer one."""
    letters = nickname.strip() or NAMELESS
    return f"{letters[0]}**{letters[-1]}" if len(letters) > 2 else f"{letters[0]}**"


def _stars(wanted: WantedReview) -> dict[str, int | None]:
    stars = {name: getattr(wanted, name) for name in ("score", *ASPECTS)}
    for name, value in stars.items():
        if value is not None and not 1 <= value <= 5:
            raise Invalid(f"{ASPECTS.get(name, '评分')}须为 1 到 5 分", field=name)
    return stars


def _text(text: str) -> str:
    return clean_text(text, field="text", most=MOST_TEXT, label="评价")
