"""What may happen to a review, as data; a test walks every pair of state and event."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from enum import StrEnum

from domain.base import Steps
from models.orders import OrderState
from models.reviews import ReviewHiding, ReviewState


class ReviewEvent(StrEnum):
    # By the check, or a person at its desk.
    PASS = "PASS"
    REFUSE = "REFUSE"
    # By the author.
    REWRITE = "REWRITE"
    WITHDRAW = "WITHDRAW"
    # By the platform, for a reason the law knows; and after an appeal.
    HIDE = "HIDE"
    RESTORE = "RESTORE"


S, E = ReviewState, ReviewEvent

REVIEW_STEPS: Steps[ReviewState, ReviewEvent] = {
    (S.PENDING, E.PASS): S.PUBLISHED,
    (S.PENDING, E.REFUSE): S.REJECTED,
    (S.REJECTED, E.REWRITE): S.PENDING,
    (S.PENDING, E.WITHDRAW): S.WITHDRAWN,
    (S.REJECTED, E.WITHDRAW): S.WITHDRAWN,
    (S.PUBLISHED, E.WITHDRAW): S.WITHDRAWN,
    (S.HIDDEN, E.WITHDRAW): S.WITHDRAWN,
    (S.PUBLISHED, E.HIDE): S.HIDDEN,
    (S.HIDDEN, E.RESTORE): S.PUBLISHED,
}

# What people read when a step is refused.
REFUSALS: Mapping[ReviewEvent, str] = {
    E.PASS: "该评价不在审核中",
    E.REFUSE: "该评价不在审核中",
    E.REWRITE: "只有未通过审核的评价可以修改后重新提交",
    E.WITHDRAW: "该评价已经撤回",
    E.HIDE: "只有公开展示的评价可以隐藏",
    E.RESTORE: "只有被隐藏的评价可以恢复",
}

HIDING_NAMES: Mapping[ReviewHiding, str] = {
    ReviewHiding.ILLEGAL: "含有违法信息",
    ReviewHiding.PRIVACY: "泄露他人隐私",
    ReviewHiding.ABUSE: "侮辱、诽谤他人",
    ReviewHiding.ADVERTISING: "与商品无关的广告",
    ReviewHiding.COURT_ORDER: "依据法院或主管部门的要求",
    ReviewHiding.FABRICATED: "虚构交易的评价",
}

# Orders whose goods the buyer has.
REVIEWABLE = (OrderState.RECEIVED, OrderState.COMPLETED)
# After receipt: so long for the review, and so long for what the buyer adds later.
REVIEW_WINDOW = timedelta(days=90)
FOLLOW_UP_WINDOW = timedelta(days=180)
# A score up to this is one the shop is told of.
LOW_SCORE = 2
# A score from this is a good one (好评).
GOOD_SCORE = 4
