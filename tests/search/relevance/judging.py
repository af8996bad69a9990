"""The judged queries and what an answer is worth: NDCG of the first ten."""

from __future__ import annotations

import math
import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

from domain.catalog.finding import Hit
from models.catalog import ProductState
from server.seeds import catalogue
from server.seeds import community as told
from server.seeds.catalogue import Good
from server.seeds.ids import demo_id

FILE = Path(__file__).parent / "judged.toml"
GRADES = {"best": 3, "good": 2, "fair": 1}
DEPTH = 10
# When the demo is seeded.
MONTH = 11


@dataclass(frozen=True)
class Judged:
    """A query with the grade of everything worth showing; nothing for a query that must find nothing."""

    query: str
    class_: str
    reason: str
    grades: Mapping[Hit, int]


def judged() -> list[Judged]:
    read = tomllib.loads(FILE.read_text(encoding="utf-8"))
    return [each for topic in read["topic"] for each in _of_topic(topic, read["classes"])]


def _of_topic(topic: dict[str, Any], classes: Mapping[str, str]) -> Iterator[Judged]:
    grades: dict[Hit, int] = {}
    for name, grade in GRADES.items():
        for hit in _named(topic.get(name, "")):
            grades.setdefault(hit, grade)
    for class_ in classes:
        for query in topic.get(class_, ()):
            yield Judged(query, class_, topic["reason"], grades)


def ndcg(answer: Sequence[Hit], grades: Mapping[Hit, int]) -> float:
    """1 for the best possible order of the first ten, 0 for nothing worth showing; of nonsense 1 for nothing."""
    if not grades:
        return 0.0 if answer else 1.0
    ideal = _gain(sorted(grades.values(), reverse=True))
    return _gain([grades.get(hit, 0) for hit in answer]) / ideal


def _gain(grades: Sequence[int]) -> float:
    return sum((2**grade - 1) / math.log2(at + 2) for at, grade in enumerate(grades[:DEPTH]))


# ------------------------------------------------------------------------------------------------ selectors
def _named(words: str) -> Iterator[Hit]:
    for word in words.split():
        kind, _, name = word.rpartition(":")
        if kind:
            yield _page(kind, name)
            continue
        goods = [good for good in catalogue.goods() if all(map(_fits(good), word.split("+")))]
        assert goods, f"{word} names no good of the demo"
        yield from (Hit("PRODUCT", str(good.id)) for good in goods if good.state_in(MONTH) is ProductState.ON_SALE)


def _page(kind: str, name: str) -> Hit:
    if kind == "place":
        return Hit("ORIGIN", name)
    if kind == "shop":
        (shop,) = [shop for shop in catalogue.shops() if shop.login == name]
        return Hit("MERCHANT", str(shop.id))
    if kind == "story":
        assert any(story.key == name for story in told.stories()), name
        return Hit("POST", name)
    assert kind == "brand", kind
    assert any(name in shop.brands for shop in catalogue.shops()), name
    return Hit("BRAND", str(demo_id("brand", name)))


def _fits(good: Good) -> Callable[[str], bool]:
    def fits(word: str) -> bool:
        if word.startswith("@"):
            return word[1:] in (good.leaf.slug, good.leaf.root)
        if word.startswith("#"):
            return good.origin.startswith(word[1:])
        return fnmatchcase(good.key, word)

    return fits
