"""The kinds of things the searches know. Another one joins by one entry here and one in `schema.search`.

A kind is read from the tables by a function of its domain, all of it or only some of it. A change that a fact tells of
is applied at once, by the field `named_by`; what no fact tells of is noticed by the comparison.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Collection
from dataclasses import dataclass
from typing import Any

from domain import community
from domain.catalog import pages
from domain.catalog.pages import PageRow


@dataclass(frozen=True)
class Kind:
    name: str
    read: Callable[[Any, Collection[str] | None], Awaitable[list[PageRow]]]
    # Endings a name is also known without: 镇雄 is 镇雄县.
    endings: tuple[str, ...] = ()
    # By the name of the field that a change of something names it by.
    named_by: str = ""
    # Weight of its pages in one ranking with everything else, where products have 1.
    weight: float = 0.5
    # Where no goods are asked for, what it says of itself finds it, too: a story is its text, a shop not what it sells.
    tells: bool = False


PLACE_ENDINGS = ("市", "自治县", "县", "区", "街道", "镇", "乡")
SHOP_ENDINGS = (
    *("旗舰店", "专营店", "自营店", "食品有限公司", "农产品有限公司", "有限公司"),
    *("食品商行", "商行", "手作工坊", "工坊", "肉铺", "店"),
)

KINDS: tuple[Kind, ...] = (
    Kind("MERCHANT", pages.merchants, SHOP_ENDINGS, named_by="merchant_id"),
    Kind("ORIGIN", pages.origins, PLACE_ENDINGS),
    Kind("BRAND", pages.brands, named_by="brand_id"),
    Kind("POST", community.searchable, named_by="post_id", weight=0.4, tells=True),
)
BY_NAME = {kind.name: kind for kind in KINDS}
