"""What the pages of brands and of places of origin tell."""

from __future__ import annotations

from typing import Any

import pytest

from domain import catalog
from domain.base import Invalid, NotFound
from domain.catalog.stories import MOST_TOLD
from models.base import new_id
from models.merchants import MerchantState
from tests.client import Client
from tests.factories import catalog as goods
from tests.factories.merchants import SAYU, ZHAOYANG, ZHENXIONG, merchant, operator

ORIGIN = """query($code: String!) { origin(code: $code) {
  code story productCount region { fullName } parts { code productCount region { name } }
} }"""
BRAND = "query($id: ID!) { brand(id: $id) { name story productCount merchant { id name } } }"
LOGO = "query($id: ID!) { brand(id: $id) { logo { url } } }"
PICTURE = "query($code: String!) { origin(code: $code) { picture { url } } }"
COLUMNS = frozenset({"story"})


async def told(database: Any, code: str, story: str) -> None:
    async with database.begin() as uow:
        await catalog.save_origin(uow, operator(), code, story)


async def test_a_place_counts_what_grows_below_it_and_names_where(client: Client, database: Any) -> None:
    shop, closed = await merchant(database), await merchant(database, state=MerchantState.SUSPENDED)
    await goods.product(database, shop, origin_code=SAYU)
    await goods.product(database, shop, origin_code=ZHAOYANG)
    await goods.product(database, shop, origin_code=SAYU, state="DRAFT", published_at=None)
    await goods.product(database, closed, origin_code=ZHENXIONG)
    await told(database, ZHAOYANG, " 昭阳坝子海拔一千九百米。\n日照长。 ")
    county = await client.ask(ORIGIN, code=ZHAOYANG)
    assert county == {
        "code": ZHAOYANG,
        "story": "昭阳坝子海拔一千九百米。\n日照长。",
        "productCount": 2,
        "region": {"fullName": "昭通市 昭阳区"},
        "parts": [{"code": SAYU, "productCount": 1, "region": {"name": "洒渔镇"}}],
    }
    city = await client.ask(ORIGIN, code="530600")
    assert (city["productCount"], city["story"], [part["code"] for part in city["parts"]]) == (2, "", [ZHAOYANG])


@pytest.mark.parametrize("code", ["", "999999", "x" * 2000, "530602' OR 1=1"])
async def test_a_code_of_no_place_has_no_page(client: Client, code: str) -> None:
    assert await client.ask(ORIGIN, code=code) is None


async def test_a_brand_tells_its_story_and_names_its_shop_while_that_is_open(client: Client, database: Any) -> None:
    shop = await merchant(database, name="洒渔合作社")
    own, common = await goods.brand(database, merchant_id=shop, name="洒渔果香"), await goods.brand(database)
    await goods.product(database, shop, brand_id=own)
    async with database.begin() as uow:
        await catalog.save_brand(uow, operator(), own, "洒渔果香", "果园在洒渔河两岸")
        await catalog.save_brand(uow, operator(), common, "昭通苹果")  # no story: nothing is told
    page = await client.ask(BRAND, id=str(own))
    shown = {"name": "洒渔果香", "story": "果园在洒渔河两岸", "productCount": 1}
    assert page == shown | {"merchant": {"id": str(shop), "name": "洒渔合作社"}}
    assert (await client.ask(BRAND, id=str(common)))["merchant"] is None
    assert await client.ask(BRAND, id=str(new_id())) is None


async def test_a_renamed_brand_keeps_its_story_and_an_empty_one_takes_it_away(database: Any) -> None:
    id = await goods.brand(database, story="老故事")
    async with database.begin() as uow:
        await catalog.save_brand(uow, operator(), id, "新名字")
        rows = await catalog.brands_by_id(uow.session, [id], COLUMNS)
        assert rows[id]["story"] == "老故事"
        await catalog.save_brand(uow, operator(), id, "新名字", "")
        assert (await catalog.brands_by_id(uow.session, [id], COLUMNS))[id]["story"] == ""


async def test_stories_have_an_end_and_places_must_exist(database: Any) -> None:
    with pytest.raises(Invalid) as long:
        await told(database, ZHAOYANG, "长" * (MOST_TOLD + 1))
    assert long.value.field == "story"
    with pytest.raises(NotFound) as nowhere:
        await told(database, "999999", "好地方")
    assert nowhere.value.field == "code"
    await told(database, ZHAOYANG, "一")
    await told(database, ZHAOYANG, "二")  # said again, it is said otherwise
    async with database.begin() as uow:
        assert (await catalog.origins_by_code(uow.session, [ZHAOYANG], COLUMNS))[ZHAOYANG]["story"] == "二"


async def test_the_platform_shows_pictures_of_its_own_on_both_pages(client: Client, database: Any) -> None:
    id, shop = await goods.brand(database), await merchant(database)
    ours, theirs = "a" * 64, "b" * 64
    async with database.begin() as uow:
        await catalog.record_picture(uow, None, key=ours, width=600, height=600, byte_size=9_000)
        await catalog.record_picture(uow, shop, key=theirs, width=600, height=600, byte_size=9_000)
        await catalog.save_brand(uow, operator(), id, "昭通苹果", logo_key=ours)
        await catalog.save_origin(uow, operator(), ZHAOYANG, "坝子", ours)
    assert (await client.ask(LOGO, id=str(id)))["logo"]["url"] == f"/media/{ours}"
    assert (await client.ask(PICTURE, code=ZHAOYANG))["picture"]["url"] == f"/media/{ours}"
    async with database.begin() as uow:  # nothing is said of the picture: it stays
        await catalog.save_brand(uow, operator(), id, "昭通红")
        await catalog.save_origin(uow, operator(), ZHAOYANG, "坝子与河谷")
    assert (await client.ask(LOGO, id=str(id)))["logo"]["url"] == f"/media/{ours}"
    assert (await client.ask(PICTURE, code=ZHAOYANG))["picture"]["url"] == f"/media/{ours}"
    for wrong in (theirs, "c" * 64, "../../etc/passwd"):
        with pytest.raises(Invalid) as logo:
            async with database.begin() as uow:
                await catalog.save_brand(uow, operator(), id, "昭通红", logo_key=wrong)
        with pytest.raises(Invalid) as picture:
            async with database.begin() as uow:
                await catalog.save_origin(uow, operator(), ZHAOYANG, "", wrong)
        assert (logo.value.field, picture.value.field) == ("logoKey", "pictureKey")
    async with database.begin() as uow:
        await catalog.save_brand(uow, operator(), id, "昭通红", logo_key="")
        await catalog.save_origin(uow, operator(), ZHAOYANG, "坝子", "")
    assert (await client.ask(LOGO, id=str(id)))["logo"] is None
    assert (await client.ask(PICTURE, code=ZHAOYANG))["picture"] is None
