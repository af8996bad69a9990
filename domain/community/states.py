"""What may happen to a story and to a comment, as data; a test walks every pair of state and event."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from enum import StrEnum

from domain.base import Steps
from models.community import CommentState, PostHiding, PostState


class PostEvent(StrEnum):
    # By the author.
    SAVE = "SAVE"
    SUBMIT = "SUBMIT"
    REMOVE = "REMOVE"
    # By the check, or a person at its desk.
    PASS = "PASS"
    REFUSE = "REFUSE"
    # By the platform, for a reason; and after an appeal.
    HIDE = "HIDE"
    RESTORE = "RESTORE"


S, E = PostState, PostEvent

POST_STEPS: Steps[PostState, PostEvent] = {
    (S.DRAFT, E.SAVE): S.DRAFT,
    (S.REJECTED, E.SAVE): S.DRAFT,
    (S.DRAFT, E.SUBMIT): S.PENDING,
    (S.REJECTED, E.SUBMIT): S.PENDING,
    (S.PENDING, E.PASS): S.PUBLISHED,
    (S.PENDING, E.REFUSE): S.REJECTED,
    (S.PUBLISHED, E.HIDE): S.HIDDEN,
    (S.HIDDEN, E.RESTORE): S.PUBLISHED,
    (S.DRAFT, E.REMOVE): S.REMOVED,
    (S.PENDING, E.REMOVE): S.REMOVED,
    (S.PUBLISHED, E.REMOVE): S.REMOVED,
    (S.REJECTED, E.REMOVE): S.REMOVED,
    (S.HIDDEN, E.REMOVE): S.REMOVED,
}

# What people read when a step is refused.
REFUSALS: Mapping[PostEvent, str] = {
    E.SAVE: "已提交的故事不能存为草稿",
    E.SUBMIT: "这篇故事现在不能提交",
    E.REMOVE: "这篇故事已经删除",
    E.PASS: "这篇故事不在审核中",
    E.REFUSE: "这篇故事不在审核中",
    E.HIDE: "只有公开展示的故事可以隐藏",
    E.RESTORE: "只有被隐藏的故事可以恢复",
}


class CommentEvent(StrEnum):
    PASS = "PASS"
    REFUSE = "REFUSE"
    HIDE = "HIDE"
    REMOVE = "REMOVE"


C, D = CommentState, CommentEvent

COMMENT_STEPS: Steps[CommentState, CommentEvent] = {
    (C.PENDING, D.PASS): C.PUBLISHED,
    (C.PENDING, D.REFUSE): C.REJECTED,
    (C.PUBLISHED, D.HIDE): C.HIDDEN,
    (C.PENDING, D.REMOVE): C.REMOVED,
    (C.PUBLISHED, D.REMOVE): C.REMOVED,
    (C.REJECTED, D.REMOVE): C.REMOVED,
    (C.HIDDEN, D.REMOVE): C.REMOVED,
}

COMMENT_REFUSALS: Mapping[CommentEvent, str] = {
    D.PASS: "这条评论不在审核中",
    D.REFUSE: "这条评论不在审核中",
    D.HIDE: "只有公开展示的评论可以隐藏",
    D.REMOVE: "这条评论已经删除",
}

HIDING_NAMES: Mapping[PostHiding, str] = {
    PostHiding.ILLEGAL: "含有违法信息",
    PostHiding.PRIVACY: "泄露他人隐私",
    PostHiding.ABUSE: "侮辱、诽谤他人",
    PostHiding.ADVERTISING: "变相广告或引流",
    PostHiding.FALSE: "内容不实",
    PostHiding.INFRINGEMENT: "侵犯他人权益",
    PostHiding.COURT_ORDER: "依据法院或主管部门的要求",
}

# Of one author within a day: versions of stories handed in, and comments.
DAY = timedelta(days=1)
MOST_POSTS_A_DAY = 20
MOST_COMMENTS_A_DAY = 100
