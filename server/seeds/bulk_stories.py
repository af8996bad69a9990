"""Stories by the thousand: the demo's again and again, its sentences shuffled, of other towns and goods."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from uuid import UUID

from models.audit import ActorKind
from models.community import PostState, PostWordsState
from server.seeds.bulk_goods import BulkGoods, BulkProduct, Rows, block_id
from server.seeds.community import Story, stories
from server.seeds.ids import dice_for
from server.seeds.regions import region_rows

TOLD = timedelta(minutes=20)
MOST_TITLE = 40
# A row may not name its version before that is there; a page hangs on nothing else.
SHOW = """
UPDATE posts SET state = 'PUBLISHED', words_id = post_words.id
FROM post_words WHERE post_words.post_id = posts.id AND posts.request_key LIKE 'bulk-%' AND posts.state = 'PENDING'
"""


class BulkStories:
    """The stories of one block, told by its members about its goods; shown by `SHOW` once all rows are there."""

    def __init__(self, goods: BulkGoods, count: int, members: int) -> None:
        self._goods, self._count, self._members = goods, count, members
        self._towns = [row for row in region_rows() if len(row["code"]) == 9]

    def rows(self) -> Iterator[Rows]:
        return (self._rows(number) for number in range(self._count))

    def _rows(self, number: int) -> Rows:
        dice = dice_for(f"story{self._goods.block}/{number}")
        story, town = dice.choice(stories()), dice.choice(self._towns)
        product = dice.choice(self._goods.all)
        # The sentences in another order, so that no two stories begin alike.
        sentences = re.findall(r"[^。！？\n]+[。！？]?", story.text)
        text = "".join(dice.sample(sentences, len(sentences)))
        yield "posts", self._post(number, dice.randrange(40))
        yield "post_words", self._words(number, story, town, text)
        yield "post_goods", self._good(number, product)

    def _id(self, kind: int, number: int) -> UUID:
        return block_id(kind, self._goods.block, number)

    def _author(self, number: int) -> UUID:
        return block_id(10, self._goods.block, number % self._members)

    def _post(self, number: int, likes: int) -> dict[str, Any]:
        at = self._goods.now - TOLD * (number + 1)
        return {
            "id": self._id(50, number),
            "member_id": self._author(number),
            "request_key": f"bulk-{self._goods.block}-{number}",
            "state": PostState.PENDING.name,
            "published_at": at,
            "like_count": likes,
            "comment_count": 0,
            "hidden_note": "",
            "created_at": at,
        }

    def _words(self, number: int, story: Story, town: dict[str, Any], text: str) -> dict[str, Any]:
        return {
            "id": self._id(51, number),
            "post_id": self._id(50, number),
            "version": 1,
            "state": PostWordsState.PUBLISHED.name,
            "title": f"{town['name']}{number + 1}记：{story.title}"[:MOST_TITLE],
            "text": text,
            "shown_as": f"演示买家{number % self._members + 1}",
            "region_code": town["code"],
            "author_kind": ActorKind.MEMBER.name,
            "author_id": self._author(number),
            "refusal": "",
            "created_at": self._goods.now - TOLD * (number + 1),
        }

    def _good(self, number: int, product: BulkProduct) -> dict[str, Any]:
        words_id = self._id(51, number)
        return {"words_id": words_id, "position": 0, "product_id": product.id, "title": product.title, "bought": False}
