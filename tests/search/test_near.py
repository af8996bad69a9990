"""Same city and near me: where shops are, how far it is, whichever engine answers; and that nobody's place is kept."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import delete, insert, update

from domain import pickups
from domain.base import Database, Invalid, Viewer, ViewerKind
from domain.catalog import placing
from domain.catalog.finding import Finder, Point, Wanted
from jobs.relay import relay_once
from models.base import new_id
from models.merchants import Merchant, Region, RegionLevel
from server.settings import Settings
from server.worker import tools_of
from tests.client import Client, Failed, counting, open_client
from tests.search.goods import Goods

ZHAOYANG, YILIANG = Point(27.32, 103.71), Point(27.63, 104.05)
SEARCH = """query($words: String! = "", $filter: ProductFilter, $near: Position!, $first: Int! = 20, $after: String) {
  searchNearby(query: $words, filter: $filter, near: $near, first: $first, after: $after) {
    total nodes { id title } distances { productId metres } pageInfo { hasNextPage endCursor }
    facets { places { value label count } }
  }
}"""
HERE = {"latitude": 27.32, "longitude": 103.71}


async def titles(finder: Finder, goods: Goods, **wanted: Any) -> list[str]:
    return goods.titles((await finder.find(Wanted(**wanted))).ids)


# ------------------------------------------------------------------------------------------------ the contract
HERBS = ["小草坝天麻片", "彝良小草坝乌天麻", "镇雄天麻"]
OTHERS = ["昭通红富士苹果", "高山洋芋", "昭通丑苹果 5斤装", "大关方竹笋", "大关核桃", "冷冻樱桃"]


async def test_near_comes_first_and_best_selling_of_the_same_place(finder: Finder, goods: Goods) -> None:
    for words in ("", "昭通"):
        assert await titles(finder, goods, words=words, near=ZHAOYANG) == [*OTHERS, *HERBS], words
        assert await titles(finder, goods, words=words, near=YILIANG) == [*HERBS, *OTHERS], words
    pages = [await titles(finder, goods, near=YILIANG, offset=at, limit=4) for at in (0, 4, 8)]
    assert [title for page in pages for title in page] == [*HERBS, *OTHERS]


async def test_a_shop_is_in_its_town_its_county_and_the_city(finder: Finder, goods: Goods) -> None:
    for code in ("530628109", "530628"):
        assert set(await titles(finder, goods, shop_in=code)) == set(HERBS)
    assert set(await titles(finder, goods, shop_in="530602")) == set(OTHERS)
    assert len(await titles(finder, goods, shop_in="530600")) == 9
    assert await titles(finder, goods, shop_in="530627") == []
    assert await titles(finder, goods, words="天麻", shop_in="530602") == []


async def test_places_leave_out_their_own_filter(finder: Finder, goods: Goods) -> None:
    for words in ("", "昭通"):
        found = await finder.find(Wanted(words, shop_in="530628"))
        assert found.facets.places == {"530600": 9, "530602": 6, "530628": 3, "530628109": 3}, words
        assert set(found.facets.brands) == {str(goods.brands["乌蒙山宝"])}


# ------------------------------------------------------------------------------------------------ as buyers ask
async def test_distances_are_told_where_they_are_known(client: Client, database: Database, goods: Goods) -> None:
    found = await client.ask(SEARCH, near=HERE)
    assert [node["title"] for node in found["nodes"]] == [*OTHERS, *HERBS]
    away = {each["productId"]: each["metres"] for each in found["distances"]}
    assert len(away) == 9
    assert away[str(goods.products["高山洋芋"])] == 300
    assert away[str(goods.products["镇雄天麻"])] == 47_600


async def test_both_tell_the_same_and_nothing_of_a_place_nobody_knows(
    client: Client, plain_settings: Settings, database: Database, goods: Goods
) -> None:
    async def told() -> list[Any]:
        async with open_client(plain_settings) as plain:
            both = [await each.ask(SEARCH, near=HERE) for each in (client, plain)]
        away = [{each["metres"] for each in found["distances"]} for found in both]
        return [([node["title"] for node in found["nodes"]], far) for found, far in zip(both, away, strict=True)]

    assert await told() == [([*OTHERS, *HERBS], {300, 47_600})] * 2
    with_words = await client.ask(SEARCH, words="天麻", near=HERE)
    assert [each["metres"] for each in with_words["distances"]] == [47_600] * 3
    shop = update(Merchant).where(Merchant.id == goods.merchants["昭阳果业"])
    nowhere = {"code": "539900", "name": "无名县", "full_name": "无名县", "level": RegionLevel.COUNTY}
    async with database.begin() as uow:
        await uow.session.execute(insert(Region).values(nowhere))
        await uow.session.execute(shop.values(region_code="539900"))
    await client.mall.indexer.apply(goods.products.values())
    await client.mall.indexer.catch_up()
    assert await told() == [([*HERBS, *OTHERS], {47_600})] * 2
    async with database.begin() as uow:
        await uow.session.execute(shop.values(region_code="530602"))
        await uow.session.execute(delete(Region).where(Region.code == "539900"))


async def test_places_have_names_and_pages_join(client: Client) -> None:
    found = await client.ask(SEARCH, near=HERE, first=5)
    labels = {each["value"]: each["label"] for each in found["facets"]["places"]}
    assert labels == {"530600": "昭通市", "530602": "昭阳区", "530628": "彝良县", "530628109": "小草坝镇"}
    rest = await client.ask(SEARCH, near=HERE, first=5, after=found["pageInfo"]["endCursor"])
    assert [node["title"] for node in [*found["nodes"], *rest["nodes"]]] == [*OTHERS, *HERBS]


async def test_out_of_bounds_is_refused(client: Client) -> None:
    for near in (
        {"latitude": 91, "longitude": 103.7},
        {"latitude": 27.3, "longitude": -103.7},
        {"latitude": 0, "longitude": 0},
    ):
        with pytest.raises(Failed) as failed:
            await client.ask(SEARCH, near=near)
        assert failed.value.errors[0]["extensions"]["field"] == "near"
    with pytest.raises(Failed) as failed:
        await client.ask(SEARCH, near=HERE, filter={"shopIn": "昭阳"})
    assert failed.value.errors[0]["extensions"]["field"] == "filter.shopIn"


def test_a_position_is_only_about_right() -> None:
    assert placing.checked(Point(27.324999, 103.714999)) == Point(27.32, 103.71)
    assert placing.checked(None) is None
    with pytest.raises(Invalid):
        placing.checked(Point(float("nan"), 103.7))


async def test_nobody_s_place_is_kept(client: Client, capfd: pytest.CaptureFixture[str]) -> None:
    """Not as an answer for others, and not in what is logged, also where something is refused."""
    telling = {"latitude": 27.3177, "longitude": 103.7177}
    body = {"query": SEARCH, "variables": {"near": telling}}
    found = await client.http.post("/graphql", json=body)
    assert found.json()["data"]["searchNearby"]["total"] == 9
    assert found.headers["cache-control"] == "private, no-store"
    await client.http.post("/graphql", json=body | {"variables": {"near": telling, "first": 99}})
    said = "".join(capfd.readouterr())
    assert [part for part in ("27.3177", "103.7177", "27.32", "103.72") if part in said] == []


async def test_statements_are_constant(client: Client, plain_settings: Settings) -> None:
    async with counting(client.mall) as sent:
        await client.ask(SEARCH, near=HERE)
    assert len(sent) <= 4
    async with open_client(plain_settings) as plain, counting(plain.mall) as sent:
        assert len((await plain.ask(SEARCH, near=HERE))["distances"]) == 9
    assert len(sent) <= 8


# ------------------------------------------------------------------------------------------------ keeping up
async def test_goods_are_found_where_the_shop_hands_them_over(client: Client, database: Database, goods: Goods) -> None:
    shop = Viewer(ViewerKind.MERCHANT, new_id(), "店员", merchant_id=goods.merchants["昭阳果业"])
    draft = pickups.PointDraft("彝良自提点", "530628", "角奎路 1 号", "9:00–18:00", "0870-2123456")

    async def found() -> int:
        while await relay_once(tools_of(client.mall)):
            pass
        await client.mall.indexer.catch_up()
        return int((await client.ask(SEARCH, near=HERE, filter={"shopIn": "530628"}))["total"])

    assert await found() == 3
    async with database.begin() as uow:
        id = await pickups.save_point(uow, shop, None, draft)
    assert await found() == 9
    async with database.begin() as uow:
        await pickups.close_point(uow, shop, id)
    assert await found() == 3
