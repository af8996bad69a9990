"""What searching promises, whichever engine answers."""

from __future__ import annotations

import pytest

from domain.catalog.finding import Finder, Sort, Suggestion, SuggestionKind, Wanted
from models.catalog import StorageClass
from tests.search.goods import Goods


async def titles(finder: Finder, goods: Goods, **wanted: object) -> list[str]:
    return goods.titles((await finder.find(Wanted(**wanted))).ids)  # type: ignore[arg-type]


SENSE = {
    "昭通苹果": {"昭通红富士苹果", "昭通丑苹果 5斤装"},
    "小草坝天麻": {"彝良小草坝乌天麻", "小草坝天麻片"},
    "方竹": {"大关方竹笋"},  # a piece of a word
    "草坝": {"彝良小草坝乌天麻", "小草坝天麻片"},
    "鎮雄天麻": {"镇雄天麻"},  # traditional characters
    "大關核桃": {"大关核桃"},
    "he tao": {"大关核桃"},
    "hetao": {"大关核桃"},
    "xiaocaoba": {"彝良小草坝乌天麻", "小草坝天麻片"},
    "zxtm": {"镇雄天麻"},  # initials
    "核逃": {"大关核桃"},  # sounds alike
    "红富士平果": {"昭通红富士苹果"},
    "土豆": {"高山洋芋"},  # another name
    "水果": {"昭通红富士苹果", "昭通丑苹果 5斤装", "冷冻樱桃"},  # the category's name
    "昭通红": {"昭通红富士苹果"},  # the brand's name
    "笋": {"大关方竹笋"},
    "５斤": {"昭通丑苹果 5斤装"},  # full-width forms
    "量子计算机": set(),
}


async def test_words_find_what_was_meant(finder: Finder, goods: Goods) -> None:
    missed = {}
    for words, expected in SENSE.items():
        found = await finder.find(Wanted(words=words))
        first = set(goods.titles(found.ids[: len(expected)]))
        assert found.total == len(found.ids)
        # A homophone further down is no fault; anything else is.
        if first != expected or found.total > len(expected) + (1 if expected else 0):
            missed[words] = goods.titles(found.ids)
    assert not missed


async def test_no_words_list_everything_best_selling_first(finder: Finder, goods: Goods) -> None:
    found = await finder.find(Wanted(words="！？", limit=3))
    assert goods.titles(found.ids) == ["昭通红富士苹果", "高山洋芋", "昭通丑苹果 5斤装"]
    assert found.total == 9


async def test_filters(finder: Finder, goods: Goods) -> None:
    herbs = {"彝良小草坝乌天麻", "小草坝天麻片", "镇雄天麻"}
    assert set(await titles(finder, goods, category_id=goods.categories["药材"])) == herbs
    assert set(await titles(finder, goods, origin_code="530628")) == herbs - {"镇雄天麻"}
    assert len(await titles(finder, goods, origin_code="530600")) == 9
    assert set(await titles(finder, goods, origin_code="530628109")) == herbs - {"镇雄天麻"}
    assert set(await titles(finder, goods, brand_id=goods.brands["昭通红"])) == {"昭通红富士苹果"}
    assert set(await titles(finder, goods, merchant_id=goods.merchants["小草坝天麻合作社"])) == herbs
    assert set(await titles(finder, goods, price_from=9900, price_to=12800)) == {"镇雄天麻", "小草坝天麻片"}
    assert set(await titles(finder, goods, storage=StorageClass.FROZEN)) == {"冷冻樱桃"}
    assert await titles(finder, goods, in_stock=False) == ["小草坝天麻片"]
    assert await titles(finder, goods, words="天麻", in_stock=True, price_to=10000) == ["镇雄天麻"]
    assert await titles(finder, goods, origin_code="110000") == []


async def test_seasons_may_run_over_the_new_year(finder: Finder, goods: Goods) -> None:
    in_january = set(await titles(finder, goods, month=1))
    assert {"大关方竹笋", "大关核桃", "镇雄天麻"} <= in_january
    assert "昭通红富士苹果" not in in_january
    assert "大关方竹笋" not in await titles(finder, goods, month=5)


async def test_orders(finder: Finder, goods: Goods) -> None:
    for words in ("", "昭通"):
        await in_order(finder, goods, words)


async def in_order(finder: Finder, goods: Goods, words: str) -> None:
    async def ids(sort: Sort) -> list[str]:
        return await titles(finder, goods, words=words, sort=sort)

    everything = await ids(Sort.NEWEST)
    assert everything == list(reversed([title for title in goods.products if title in everything]))
    assert (await ids(Sort.PRICE_ASC))[0] == "高山洋芋"
    assert await ids(Sort.PRICE_DESC) == list(reversed(await ids(Sort.PRICE_ASC)))
    assert (await ids(Sort.SALES))[:2] == ["昭通红富士苹果", "高山洋芋"]
    assert len(everything) == 9


async def test_pages_join_without_gap_or_repetition(finder: Finder, goods: Goods) -> None:
    pages = [await titles(finder, goods, words="昭通", offset=at, limit=4) for at in (0, 4, 8)]
    assert [len(page) for page in pages] == [4, 4, 1]
    assert len({title for page in pages for title in page}) == 9


async def test_facets_leave_out_their_own_filter(finder: Finder, goods: Goods) -> None:
    for words in ("", "天麻"):
        await facets_are_apart(finder, goods, words)


async def facets_are_apart(finder: Finder, goods: Goods, words: str) -> None:
    category, brand = goods.categories["天麻"], goods.brands["乌蒙山宝"]
    wanted = Wanted(words=words, category_id=category, brand_id=brand, price_to=20000)
    found = await finder.find(wanted)
    assert goods.titles(found.ids) == ["小草坝天麻片"]
    assert found.facets.brands == {str(brand): 1}
    assert found.facets.categories == {str(category): 1, str(goods.categories["药材"]): 1}
    assert found.facets.origins == {"530628109": 1, "530628": 1, "530600": 1}
    assert found.facets.storage == {"AMBIENT": 1}
    # Without the limit of price the dear one is there too.
    assert (found.facets.price_min, found.facets.price_max) == (12800, 29800)
    other = await finder.find(Wanted(words=words, origin_code="530627"))
    assert other.facets.origins.keys() > {"530627", "530628", "530600"}


async def test_facets_only_when_wanted(finder: Finder, goods: Goods) -> None:
    found = await finder.find(Wanted(words="苹果", facets=False))
    assert found.total == 2
    assert (found.facets.categories, found.facets.price_min) == ({}, None)


async def test_full_featured_only_with_the_engine(finder: Finder, request: pytest.FixtureRequest) -> None:
    engine = request.node.callspec.params["finder"]
    assert (await finder.find(Wanted())).full_featured is (engine == "meilisearch")


HOSTILE = ["'", '"', "\\", "a & b | !c:*", "x' OR 1=1 --", '" AND price > 0', "😀", "苹" * 60, "a" * 60, "%_*"]


async def test_hostile_words_are_only_words(finder: Finder, goods: Goods, request: pytest.FixtureRequest) -> None:
    engine = request.node.callspec.params["finder"]
    for words in HOSTILE:
        found = await finder.find(Wanted(words=words))
        assert 9 >= found.total >= len(found.ids) >= 0
        assert found.full_featured is (engine == "meilisearch")


# ------------------------------------------------------------------------------------------------ suggestions
async def test_completes_by_characters_pinyin_and_initials(finder: Finder, goods: Goods) -> None:
    for typed in ("天", "天麻", "tianm", "tian", "tm"):
        found = await finder.suggest(typed, 8)
        assert Suggestion("天麻", SuggestionKind.CATEGORY, str(goods.categories["天麻"])) in found, typed
        assert any("天麻" in s.text and s.kind is SuggestionKind.PRODUCT for s in found), typed
        assert len({s.text for s in found}) == len(found) <= 8


async def test_completes_names_of_every_kind(finder: Finder, goods: Goods) -> None:
    async def first(typed: str) -> tuple[str, SuggestionKind]:
        suggestion = (await finder.suggest(typed, 5))[0]
        return suggestion.text, suggestion.kind

    assert await first("小草坝镇") == ("小草坝镇", SuggestionKind.ORIGIN)
    assert await first("wmsb") == ("乌蒙山宝", SuggestionKind.BRAND)
    assert await first("昭阳果") == ("昭阳果业", SuggestionKind.MERCHANT)
    assert await first("大关方") == ("大关方竹笋", SuggestionKind.PRODUCT)
    assert await finder.suggest("  ", 5) == []
    assert len(await finder.suggest("昭", 3)) == 3
