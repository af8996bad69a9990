"""The catalogue through the graph: what pages ask for, in how many statements, and who may not."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest

from models.base import new_id
from models.catalog import ProductState
from tests.client import Client, Failed, counting
from tests.factories import members
from tests.factories.catalog import brand, category, picture, product, sku
from tests.factories.merchants import SAYU, ZHAOYANG, merchant

CARD = """
  id title subtitle minPrice maxPrice pricePer500g soldCount inStock inSeason seasonText reviewNote
  cover { url alt width height } images { url }
  merchant { id name logo { url } region { name parent { name } } licenceDisplay productCount }
  category { name children { name } productCount } brand { name logo { url } productCount }
  origin { fullName level parent { fullName } }
  skus { id name price marketPrice pricePer500g available product { title } }
"""
PAGES = {
    "seasonal": f"query {{ seasonalProducts(first: 20) {{ {CARD} }} }}",
    "origin": f'query {{ originProducts(originCode: "{ZHAOYANG}", first: 20) {{ {CARD} }} }}',
    "merchants": """query { merchants(first: 20) { total pageInfo { hasNextPage endCursor }
        nodes { name logo { url width } region { fullName children { name } } productCount licenceDisplay } } }""",
    "categories": "query { categories { name productCount children { name productCount } } }",
    "brands": "query { brands(first: 20) { name productCount logo { url } } }",
}


async def more(database: Any, count: int) -> None:
    """So many of everything a page shows."""
    for _ in range(count):
        logo = await picture(database)
        shop = await merchant(
            database, logo_key=logo, region_code=SAYU, licence_number=None, licence_exemption="自产自销"
        )
        leaf = await category(database, parent_id=await category(database, parent_id=await category(database)))
        mark = await brand(database, logo_key=logo)
        two = (sku(), sku("10 斤", 6990, 5000))
        await product(
            database, shop, category_id=leaf, brand_id=mark, skus=two, images=2, harvest_from=1, harvest_to=12
        )


async def staff_token(database: Any, client: Client, shop: UUID | None = None) -> Client:
    if shop:
        await members.shopkeeper(database, shop, "shop")
    else:
        await members.operator(database, "admin")
    mutation = """mutation($login: String!, $password: String!) { staffLogin(login: $login, password: $password) {
        ... on StaffSession { accessToken staff { name role permissions merchant { name } totpEnabled } } } }"""
    answer = await client.ask(mutation, login="shop" if shop else "admin", password=members.PASSWORD)
    assert (answer["staff"]["merchant"] is not None) == (shop is not None)
    return client.as_(answer["accessToken"])


async def test_pages_take_as_many_statements_for_twenty_rows_as_for_one(client: Client, database: Any) -> None:
    sent: dict[int, dict[str, int]] = {}
    for rows in (1, 20):
        await more(database, rows - (1 if sent else 0))
        sent[rows] = {}
        for name, query in PAGES.items():
            async with counting(client.mall) as statements:
                answer = await client.ask(query)
            assert len(answer["nodes"] if isinstance(answer, dict) else answer) == rows, name
            sent[rows][name] = len(statements)
    assert sent[1] == sent[20]


async def test_a_product_page_says_it_all(client: Client, database: Any) -> None:
    shop = await merchant(database)
    skus = (sku("5 斤", 2990, 2500, market_price=3990), sku("停售", 100, 500, active=False))
    made = await product(database, shop, origin_code=SAYU, skus=skus, harvest_from=9, harvest_to=11)
    query = f"query($id: ID!) {{ product(id: $id) {{ {CARD} returnClass storage state }} }}"
    answer = await client.ask(query, id=str(made.id))
    assert (answer["minPrice"], answer["maxPrice"], answer["pricePer500g"]) == (2990, 2990, 598)
    assert answer["origin"]["fullName"] == "昭通市 昭阳区 洒渔镇"
    assert answer["seasonText"] == "9月—11月 应季"
    assert answer["cover"]["url"].startswith("/media/")
    assert [(each["available"], each["pricePer500g"]) for each in answer["skus"]] == [(100, 598), (0, 100)]
    assert answer["inStock"] is True
    for id in (str(new_id()), str((await product(database, shop, state=ProductState.FROZEN)).id)):
        assert await client.ask("query($id: ID!) { product(id: $id) { title } }", id=id) is None


async def test_shops_are_paged_by_cursor(client: Client, database: Any) -> None:
    for count in (3, 1, 2):
        await merchant(database, sold_count=count)
    query = """query($after: String) { merchants(first: 2, after: $after) {
        nodes { soldCount } total pageInfo { hasNextPage endCursor } } }"""
    first = await client.ask(query)
    second = await client.ask(query, after=first["pageInfo"]["endCursor"])
    assert [node["soldCount"] for page in (first, second) for node in page["nodes"]] == [3, 2, 1]
    assert (first["pageInfo"]["hasNextPage"], second["pageInfo"]["hasNextPage"]) == (True, False)
    for nonsense in ("x", "", "5", "中文", first["pageInfo"]["endCursor"] + "x", "MR8y"):
        with pytest.raises(Failed) as failed:
            await client.ask(query, after=nonsense)
        assert failed.value.code == "BAD_USER_INPUT"


SAVE = """mutation($id: ID, $input: ProductInput!) { merchantSaveProduct(id: $id, input: $input) { __typename
    ... on Product { id title state version minPrice skus { id name available } images { url alt } }
    ... on Refused { code message field } } }"""
MOVE = """mutation($id: ID!, $step: MerchantProductStep!) { merchantMoveProduct(id: $id, step: $step) {
    __typename ... on Product { state } ... on Refused { code } } }"""
REVIEW = """mutation($id: ID!, $step: PlatformProductStep!, $note: String!) {
    platformMoveProduct(id: $id, step: $step, note: $note) {
    __typename ... on Product { state reviewNote } ... on Refused { code field } } }"""


async def test_a_product_goes_from_draft_to_sale_and_out_of_sight(client: Client, database: Any) -> None:
    shop = await merchant(database)
    keeper, platform = await staff_token(database, client, shop), await staff_token(database, client)
    wanted = {
        "title": "昭通丑苹果",
        "categoryId": str(await category(database)),
        "originCode": SAYU,
        "storage": "AMBIENT",
        "returnClass": "NO_RETURN_BY_LAW",
        "images": [{"key": await picture(database), "alt": "苹果"}],
        "skus": [{"name": "5 斤", "price": 2990, "weight": 2500, "grossWeight": 2700, "stock": 12}],
    }
    saved = await keeper.ask(SAVE, input=wanted)
    assert (saved["state"], saved["version"], saved["skus"][0]["available"]) == ("DRAFT", 1, 12)
    known = {**wanted["skus"][0], "id": saved["skus"][0]["id"]}  # type: ignore[index]
    again = await keeper.ask(SAVE, id=saved["id"], input={**wanted, "skus": [known], "version": 1})
    assert again["version"] == 2
    stale = await keeper.ask(SAVE, id=saved["id"], input={**wanted, "skus": [known], "version": 1})
    assert (stale["__typename"], stale["code"], stale["field"]) == ("Refused", "CONFLICT", "version")
    assert (await keeper.ask(MOVE, id=saved["id"], step="PUT_ON_SALE"))["code"] == "WRONG_STATE"
    assert (await keeper.ask(MOVE, id=saved["id"], step="SUBMIT"))["state"] == "IN_REVIEW"
    assert (await platform.ask(REVIEW, id=saved["id"], step="REJECT", note=""))["field"] == "note"
    assert (await platform.ask(REVIEW, id=saved["id"], step="APPROVE", note=""))["state"] == "ON_SALE"
    assert await client.ask("query($id: ID!) { product(id: $id) { title } }", id=saved["id"]) == {"title": "昭通丑苹果"}
    frozen = await platform.ask(REVIEW, id=saved["id"], step="FREEZE", note="农残检测不合格")
    assert frozen == {"__typename": "Product", "state": "FROZEN", "reviewNote": "农残检测不合格"}
    assert await client.ask("query($id: ID!) { product(id: $id) { title } }", id=saved["id"]) is None
    log = await platform.ask("{ platformAudit(size: 3) { total items { action actor actorKind subject detail at } } }")
    assert [item["action"] for item in log["items"]] == ["product.freeze", "product.approve", "product.submit"]
    assert log["items"][0]["subject"] == f"product:{saved['id']}"


async def test_nobody_but_the_right_desk(client: Client, database: Any) -> None:
    shop = await merchant(database)
    keeper = await staff_token(database, client, shop)
    buyer = client.as_((await members.signed_in(database, await members.member(database))).access)
    made = await product(database, shop)
    review = {"id": str(made.id), "step": "FREEZE", "note": "没有理由"}
    for caller, code in ((client, "UNAUTHENTICATED"), (buyer, "FORBIDDEN"), (keeper, "FORBIDDEN")):
        with pytest.raises(Failed) as failed:
            await caller.ask(REVIEW, **review)
        assert failed.value.code == code
    foreign = await product(database, await merchant(database))
    assert await keeper.ask("query($id: ID!) { merchantProduct(id: $id) { title } }", id=str(foreign.id)) is None
    assert (await keeper.ask(MOVE, id=str(foreign.id), step="TAKE_OFF_SALE"))["code"] == "NOT_FOUND"
