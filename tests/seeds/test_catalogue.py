"""The goods as they are written down: honest words, sane prices, places that exist."""

from __future__ import annotations

import re

import pytest

from domain.catalog.prices import per_500g
from models.catalog import ReturnClass, StorageClass
from models.merchants import MerchantKind
from server.seeds.catalogue import Good, goods, roots, shops
from server.seeds.regions import full_names

# Advertising Law Art. 9 (3) and, for food, words of healing (Food Safety Law Art. 73).
FORBIDDEN = re.compile(
    "最|第一|国家级|顶级|顶尖|极品|极致|首选|独家|绝对|唯一|王牌|百分百|全网|特效|治疗|治病|降血压|降糖|抗癌|药效|疗效|滋补|养生"
)
# Fen for 500 g that nobody would take for a mistake.
SANE = {"fresh": (120, 7_000), "specialty": (300, 80_000), "packaged": (400, 60_000), "daily": (0, 0)}


@pytest.mark.parametrize("good", goods(), ids=lambda good: good.key)
def test_words_are_honest_and_long_enough(good: Good) -> None:
    assert not FORBIDDEN.search(good.title + good.subtitle + good.description)
    assert 80 <= len(good.description) <= 200
    assert len(good.title) <= 40


@pytest.mark.parametrize("shop", shops(), ids=lambda shop: shop.login)
def test_shops_show_a_licence_or_why_they_need_none(shop: object) -> None:
    known = next(each for each in shops() if each is shop)
    assert not FORBIDDEN.search(known.name + known.intro)
    assert (known.licence is None) != (known.exemption is None)
    if known.exemption:
        assert known.kind is MerchantKind.FARMER
        assert "《电子商务法》第十条" in known.exemption
    else:
        assert known.licence
        assert "DEMO" in known.licence
    assert known.region in full_names()


@pytest.mark.parametrize("good", goods(), ids=lambda good: good.key)
def test_prices_are_sane(good: Good) -> None:
    low, high = SANE[good.leaf.root]
    for sku in good.skus:
        assert 500 <= sku.price <= 100_000
        assert sku.gross_weight > 0
        assert sku.gross_weight >= sku.weight
        each = per_500g(sku.price, sku.weight)
        assert (each is None) == (good.leaf.root == "daily")
        if each is not None and good.leaf.slug not in ("tianma", "tea"):
            assert low <= each <= high, (sku.name, each)


@pytest.mark.parametrize("good", goods(), ids=lambda good: good.key)
def test_bigger_packs_are_not_dearer_by_weight(good: Good) -> None:
    weighed = [sku for sku in good.skus if sku.weight and "盒" not in sku.name and "罐" not in sku.name]
    by_weight = sorted(weighed, key=lambda sku: sku.weight)
    for small, big in zip(by_weight, by_weight[1:], strict=False):
        if big.weight > small.weight:  # else it is another cut
            assert big.price / big.weight <= small.price / small.weight * 1.06, (small.name, big.name)


@pytest.mark.parametrize("good", goods(), ids=lambda good: good.key)
def test_cold_goods_are_short_lived_or_frozen(good: Good) -> None:
    assert good.origin in full_names()
    if good.storage is StorageClass.CHILLED:
        assert good.keep is not None
        assert good.keep <= 10
        assert good.returns is ReturnClass.NO_RETURN_BY_LAW
    if good.storage is StorageClass.FROZEN:
        assert good.returns is ReturnClass.NO_RETURN_BY_LAW
    if good.leaf.root == "daily":
        assert good.keep is None
    else:
        assert good.keep


def test_names_and_keys_are_unique() -> None:
    for names in (
        [good.key for good in goods()],
        [good.title for good in goods()],
        [shop.name for shop in shops()],
        [brand for shop in shops() for brand in shop.brands],
        [leaf.slug for root in roots() for leaf in root.leaves],
    ):
        assert len(set(names)) == len(names)
    assert len({leaf.slug for root in roots() for leaf in root.leaves}) >= 20
