"""产地故事: what must be refused in words. Operations by name, then the table."""

from __future__ import annotations

from tests.bad_input.cases import NOWHERE, REFUSED, Case, Values, each

OPERATIONS = {
    "write": "mutation($k: String!, $input: PostInput!) { writePost(requestKey: $k, input: $input) { "
    + REFUSED
    + " } }",
    "rewrite": "mutation($id: ID!, $input: PostInput!) { editPost(id: $id, input: $input) { " + REFUSED + " } }",
    "takeAway": "mutation($id: ID!) { removePost(id: $id) { " + REFUSED + " } }",
    "appealPost": "mutation($id: ID!, $t: String!) { appealPost(id: $id, text: $t) { " + REFUSED + " } }",
    "likePost": "mutation($id: ID!) { likePost(id: $id) { " + REFUSED + " } }",
    "commentPost": "mutation($id: ID!, $k: String!, $t: String!) "
    "{ commentPost(postId: $id, requestKey: $k, text: $t) { " + REFUSED + " } }",
    "takeComment": "mutation($id: ID!) { removePostComment(id: $id) { " + REFUSED + " } }",
    "reportPost": "mutation($id: ID!, $n: String!) { reportPost(id: $id, reason: OTHER, note: $n) { "
    + REFUSED
    + " } }",
    "reportComment": "mutation($id: ID!) { reportPostComment(id: $id, reason: OTHER) { " + REFUSED + " } }",
    "shopWrite": "mutation($k: String!, $input: PostInput!) "
    "{ merchantWritePost(requestKey: $k, input: $input) { " + REFUSED + " } }",
    "hidePost": "mutation($id: ID!, $n: String!) "
    "{ platformHidePost(id: $id, reason: ILLEGAL, note: $n) { " + REFUSED + " } }",
    "restorePost": "mutation($id: ID!, $n: String!) { platformRestorePost(id: $id, note: $n) { " + REFUSED + " } }",
    "hideComment": "mutation($id: ID!, $n: String!) "
    "{ platformHidePostComment(id: $id, reason: ILLEGAL, note: $n) { " + REFUSED + " } }",
    "posts": "query($r: String, $m: ID, $s: ID, $first: Int!, $after: String) "
    "{ posts(regionCode: $r, memberId: $m, merchantId: $s, first: $first, after: $after) { total } }",
    "post": "query($id: ID!) { post(id: $id) { id } }",
    "comments": "query($id: ID!) { postComments(postId: $id) { total } }",
    "liked": "query($ids: [ID!]!) { myLikedPosts(postIds: $ids) }",
}
KEY = "bad-input-story"
STORY: Values = {"title": "洒渔河边的苹果", "text": "九月底天还没亮，我们就上山摘果子。"}


def _of(**changes: object) -> Values:
    return {"k": KEY, "input": STORY | changes}


BAD_STORIES: tuple[Values, ...] = (
    _of(title=""),
    _of(title="短"),
    _of(title="长" * 41),
    _of(title="有\u0000零"),
    _of(text=""),
    _of(text="太短了"),
    _of(text="长" * 2001),
    _of(regionCode="53"),
    _of(regionCode="999999"),
    _of(regionCode="' OR 1=1"),
    _of(productIds=[NOWHERE]),
    _of(productIds=["$product", "$product"]),
    _of(productIds=[NOWHERE, "$product", "$sku", "$merchant"]),
    _of(pictures=["no-such-picture"]),
    _of(pictures=["../../etc/passwd"]),
    _of(pictures=["a"] * 10),
    _of() | {"k": ""},
    _of() | {"k": "short"},
    _of() | {"k": "k" * 65},
)

CASES: list[Case] = [
    *each("story", "teller", "write", "BAD_USER_INPUT", *BAD_STORIES),
    *each("half a letter", "teller", "write", "BAD_REQUEST", _of(text="半个\ud800字符，写在一个故事的正文里")),
    *each("story without a phone", "stranger", "write", "WRONG_STATE", _of()),
    *each("story of a guest", "nobody", "write", "UNAUTHENTICATED", _of()),
    *each("story of nowhere", "teller", "rewrite", "NOT_FOUND", {"id": NOWHERE, "input": STORY}),
    *each("no story", "teller", "takeAway", "NOT_FOUND", {"id": NOWHERE}),
    *each("no story to like", "teller", "likePost", "NOT_FOUND", {"id": NOWHERE}),
    *each("no story to appeal", "teller", "appealPost", "NOT_FOUND", {"id": NOWHERE, "t": "请再看一看，谢谢"}),
    *each("comment below none", "teller", "commentPost", "NOT_FOUND", {"id": NOWHERE, "k": KEY, "t": "好"}),
    *each(
        *("comment", "teller", "commentPost", "BAD_USER_INPUT"),
        {"id": NOWHERE, "k": KEY, "t": ""},
        {"id": NOWHERE, "k": KEY, "t": "长" * 301},
        {"id": NOWHERE, "k": "short", "t": "好"},
    ),
    *each("no comment", "teller", "takeComment", "NOT_FOUND", {"id": NOWHERE}),
    *each("report of none", "teller", "reportPost", "NOT_FOUND", {"id": NOWHERE, "n": ""}),
    *each("report of no comment", "teller", "reportComment", "NOT_FOUND", {"id": NOWHERE}),
    *each(
        *("shop's story", "shop", "shopWrite", "BAD_USER_INPUT"),
        _of(title="短"),
        _of(productIds=[NOWHERE]),
    ),
    *each("no story to hide", "admin", "hidePost", "NOT_FOUND", {"id": NOWHERE, "n": "依据平台规则"}),
    *each("hiding without grounds", "admin", "hidePost", "BAD_USER_INPUT", {"id": NOWHERE, "n": "无"}),
    *each("no story to restore", "admin", "restorePost", "NOT_FOUND", {"id": NOWHERE, "n": "误判"}),
    *each("restoring without a word", "admin", "restorePost", "BAD_USER_INPUT", {"id": NOWHERE, "n": ""}),
    *each("no comment to hide", "admin", "hideComment", "NOT_FOUND", {"id": NOWHERE, "n": "依据平台规则"}),
    *each(
        *("stories", "nobody", "posts", "BAD_USER_INPUT"),
        {"first": 0},
        {"first": 101},
        {"first": -1},
        {"first": 10, "r": "x"},
        {"first": 10, "after": "x"},
        {"first": 10, "after": "MTIz"},
        {"first": 10, "m": NOWHERE, "s": NOWHERE},
    ),
    *each("a story of nowhere", "nobody", "post", "NOT_FOUND", {"id": NOWHERE}),
    *each("comments of nowhere", "nobody", "comments", "NOT_FOUND", {"id": NOWHERE}),
    *each("too many likes asked", "teller", "liked", "BAD_USER_INPUT", {"ids": [NOWHERE] * 101}),
]
