"""Kept answers through the mall's own door: ended by the real relay, public only where a cache may keep them."""

from __future__ import annotations

import hashlib
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import httpx
import pytest

from domain import catalog, inventory, merchants, orders
from domain.base import Database, UnitOfWork, clock
from domain.catalog import MerchantStep, PlatformStep
from domain.catalog.shelves import CategoryWanted
from jobs.catalog import sweep_campaigns
from jobs.relay import relay_once
from models.catalog import ReturnClass, StorageClass
from models.inventory import AdjustReason
from server.documents import trusted_documents
from server.settings import Settings
from server.worker import tools_of
from tests.client import Client, counting, open_client
from tests.factories import flash as flashed
from tests.factories import orders as market
from tests.factories.catalog import Made, brand, category, product, sku
from tests.factories.merchants import ZHAOYANG, merchant, operator, shopkeeper
from tests.journey.mall import relay, work_off
from tests.orders.conftest import running_clock as running_clock
from tests.responses.processes import until

PAGE = "query($id: ID!) { product(id: $id) { title minPrice inStock soldCount category { name } brand { name } } }"
LIST = "{ seasonalProducts(first: 50) { title minPrice inStock soldCount merchant { name productCount } } }"
PRICES = "query($id: ID!) { product(id: $id) { minPrice campaign { price } } }"
LIST_PRICES = "{ seasonalProducts(first: 50) { minPrice campaign { price } } }"
SHOP = "query($id: ID!) { merchant(id: $id) { name productCount } }"


@pytest.fixture
async def client(settings: Settings, database: Database, clean_redis: None, tmp_path: Path) -> AsyncIterator[Client]:
    profile = {"kept_megabytes": 8, "meili_url": None, "state_dir": tmp_path, "rate_factor": 1000.0}
    async with open_client(settings.model_copy(update=profile)) as opened:
        await until(lambda: cache(opened).news.standing)
        cache(opened).shared.patience = 5.0
        yield opened


def cache(client: Client) -> Any:
    transport: Any = client.http._transport
    return transport.app.state.responses


class Shop:
    """A shop with one product, which the home page lists."""

    def __init__(self, database: Database, id: UUID, goods: Made, category_id: UUID, brand_id: UUID) -> None:
        self.database = database
        self.id = id
        self.goods = goods
        self.category_id = category_id
        self.brand_id = brand_id
        self.keeper = shopkeeper(id)

    async def act(self, rule: Callable[[UnitOfWork], Awaitable[Any]]) -> None:
        async with self.database.begin() as uow:
            await rule(uow)


@pytest.fixture
async def shop(database: Database) -> Shop:
    id, leaf, mark = await merchant(database), await category(database), await brand(database)
    season = {"harvest_from": 1, "harvest_to": 12, "category_id": leaf, "brand_id": mark}
    return Shop(database, id, await product(database, id, stock=1, **season), leaf, mark)


async def told(client: Client) -> None:
    """What happened is delivered, and this process has heard of it."""
    before = cache(client).counts.dropped
    await relay(client.mall)
    await until(lambda: cache(client).counts.dropped > before)


async def statements(client: Client, query: str, **variables: Any) -> int:
    async with counting(client.mall) as sent:
        await client.ask(query, **variables)
    return len(sent)


# ------------------------------------------------------------------------------------------------ what ends it
async def test_a_kept_answer_needs_no_statement(client: Client, shop: Shop) -> None:
    for query, variables in ((PAGE, {"id": str(shop.goods.id)}), (LIST, {}), (SHOP, {"id": str(shop.id)})):
        assert await statements(client, query, **variables) > 0
        assert await statements(client, query, **variables) == 0
    assert cache(client).snapshot()["raw"] == 3


async def test_what_goes_off_sale_is_gone_when_the_relay_has_told(client: Client, shop: Shop) -> None:
    id = str(shop.goods.id)
    assert (await client.ask(PAGE, id=id))["inStock"]
    assert len(await client.ask(LIST)) == 1
    assert (await client.ask(SHOP, id=str(shop.id)))["productCount"] == 1
    step = MerchantStep.TAKE_OFF_SALE
    await shop.act(lambda uow: catalog.move_by_merchant(uow, shop.keeper, shop.goods.id, step))
    await told(client)
    assert await client.ask(PAGE, id=id) is None
    assert await client.ask(LIST) == []
    assert (await client.ask(SHOP, id=str(shop.id)))["productCount"] == 0
    await shop.act(lambda uow: catalog.move_by_merchant(uow, shop.keeper, shop.goods.id, MerchantStep.PUT_ON_SALE))
    await told(client)
    assert (await client.ask(PAGE, id=id))["inStock"]


async def test_what_is_frozen_by_the_platform_is_gone(client: Client, shop: Shop) -> None:
    assert await client.ask(PAGE, id=str(shop.goods.id))
    move = catalog.move_by_platform
    await shop.act(lambda uow: move(uow, operator(), shop.goods.id, PlatformStep.FREEZE, "抽检不合格"))
    await told(client)
    assert await client.ask(PAGE, id=str(shop.goods.id)) is None


async def test_a_suspended_shop_takes_its_goods_along(client: Client, shop: Shop) -> None:
    asked = ((PAGE, {"id": str(shop.goods.id)}), (LIST, {}), (SHOP, {"id": str(shop.id)}))
    assert all([await client.ask(query, **variables) for query, variables in asked])
    await shop.act(lambda uow: merchants.suspend(uow, operator(), shop.id, "资质过期"))
    await told(client)
    assert not any([await client.ask(query, **variables) for query, variables in asked])


async def test_the_last_one_sold_is_sold_out_on_every_page(client: Client, shop: Shop, database: Database) -> None:
    id = str(shop.goods.id)
    assert (await client.ask(PAGE, id=id))["inStock"]
    assert (await client.ask(LIST))[0]["inStock"]
    await market.placed(database, await market.buyer(database), {shop.goods.skus[0]: 1})
    await told(client)
    assert not (await client.ask(PAGE, id=id))["inStock"]
    assert not (await client.ask(LIST))[0]["inStock"]


async def test_a_new_price_is_shown(client: Client, shop: Shop) -> None:
    await client.ask(LIST)
    first = await client.ask(PAGE, id=str(shop.goods.id))
    dearer = catalog.ProductWanted(
        title="昭通红富士苹果",
        category_id=shop.category_id,
        origin_code=ZHAOYANG,
        storage=StorageClass.AMBIENT,
        return_class=ReturnClass.NO_RETURN_BY_LAW,
        images=(),
        skus=(replace(sku(price=9900), id=shop.goods.skus[0]),),
        harvest_from=1,
        harvest_to=12,
        version=1,
    )
    await shop.act(lambda uow: catalog.save_product(uow, shop.keeper, shop.goods.id, dearer))
    # Nobody has told of it yet: this answer is the last of the old ones.
    assert await client.ask(PAGE, id=str(shop.goods.id)) == first
    await told(client)
    assert (await client.ask(PAGE, id=str(shop.goods.id)))["minPrice"] == 9900
    assert (await client.ask(LIST))[0]["minPrice"] == 9900


async def test_a_campaign_is_on_the_cards_as_long_as_it_runs(client: Client, shop: Shop, database: Database) -> None:
    """Kept before it begins, while it runs, and after it: never longer than until the worker has noticed."""
    offered = market.Shop(shop.id, shop.goods, shop.goods.skus[0], shop.keeper)
    session = await flashed.session(database, starts_in=timedelta(hours=1))
    await flashed.published(database, offered, session, total=1, per_member=1)
    await relay(client.mall)
    tools, seen = tools_of(client.mall), []
    for step in (timedelta(0), timedelta(hours=1), flashed.LASTS):
        clock.advance(step)
        await sweep_campaigns(tools)
        if step:
            await told(client)
        pages = await client.ask(PRICES, id=str(shop.goods.id)), (await client.ask(LIST_PRICES))[0]
        assert pages[0] == pages[1]
        assert await statements(client, LIST_PRICES) == 0, "it is kept"
        seen.append(pages[0]["campaign"])
    assert seen == [None, {"price": flashed.PRICE}, None]


async def test_shelves_are_renamed(client: Client, shop: Shop) -> None:
    await client.ask(PAGE, id=str(shop.goods.id))
    wanted = CategoryWanted("高原苹果")
    await shop.act(lambda uow: catalog.save_category(uow, operator(), shop.category_id, wanted))
    await shop.act(lambda uow: catalog.save_brand(uow, operator(), shop.brand_id, "昭通红"))
    await told(client)
    found = await client.ask(PAGE, id=str(shop.goods.id))
    assert (found["category"]["name"], found["brand"]["name"]) == ("高原苹果", "昭通红")


async def test_a_sale_alone_empties_nothing(client: Client, shop: Shop, database: Database) -> None:
    sku = shop.goods.skus[0]
    await shop.act(lambda uow: inventory.adjust(uow, shop.keeper, sku, 5, AdjustReason.PURCHASE, 1))
    await relay(client.mall)
    await client.ask(PAGE, id=str(shop.goods.id))
    paid = await market.paid(database, market.FakeGateway(), await market.buyer(database), {sku: 1})
    order = await market.order_of(database, paid)
    await shop.act(lambda uow: orders.count_sale(uow, order["id"]))
    await relay(client.mall)
    assert await statements(client, PAGE, id=str(shop.goods.id)) == 0


async def test_a_change_that_cannot_be_told_now_is_told_later(client: Client, shop: Shop) -> None:
    """Neither the pages nor the index can be reached: one job for both, and what is kept ends when it is done."""
    await client.ask(PAGE, id=str(shop.goods.id))
    step = MerchantStep.TAKE_OFF_SALE
    await shop.act(lambda uow: catalog.move_by_merchant(uow, shop.keeper, shop.goods.id, step))

    class Away:
        async def drop(self, _tags: Any) -> None:
            raise ConnectionError

        async def apply(self, _ids: Any) -> None:
            raise ConnectionError

    away: Any = Away()
    assert await relay_once(replace(tools_of(client.mall), pages=away, indexer=away)) == 1
    assert await client.ask(PAGE, id=str(shop.goods.id))
    assert await work_off(client.mall, "fact.deliver") == []
    await until(lambda: cache(client).counts.dropped > 0)
    assert await client.ask(PAGE, id=str(shop.goods.id)) is None
    assert await work_off(client.mall, "fact.deliver") == []


# ------------------------------------------------------------------------------------------------ over HTTP
def trusted(beginning: str) -> tuple[str, str]:
    """The id and the text of a page's document."""
    return next((id, text) for id, text in trusted_documents().items() if text.startswith(beginning))


async def get(client: Client, params: dict[str, str], **headers: str) -> httpx.Response:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return await client.http.get("/graphql", params=params, headers=named)


async def test_caches_in_front_may_keep_what_is_ours_to_ask_for_a_few_seconds(client: Client, shop: Shop) -> None:
    id, text = trusted("query CategoryTree")
    for _ in range(2):
        reply = await get(client, {"id": id})
        assert reply.headers["cache-control"] == "public, max-age=5, stale-while-revalidate=5"
        assert reply.headers["vary"] == "authorization, accept, accept-encoding"
        assert reply.headers["etag"] == f'"{hashlib.blake2b(reply.content, digest_size=16).hexdigest()}"'
        assert reply.json()["data"]["categories"]
    known = await get(client, {"id": id}, if_none_match=f'W/"x", {reply.headers["etag"]}')
    assert (known.status_code, known.content) == (304, b"")
    assert known.headers["etag"] == reply.headers["etag"]
    assert (await get(client, {"id": id}, if_none_match='"other"')).status_code == 200
    body = {"id": id, "variables": {}}
    others = (
        await client.http.post("/graphql", json=body),
        await client.http.post("/graphql", json=body, headers={"if-none-match": known.headers["etag"]}),
        await get(client, {"query": text}, x_mall_client="test"),
    )
    for reply in others:
        assert reply.status_code == 200
        assert reply.headers["cache-control"] == "private, no-store"
        assert "etag" not in reply.headers


async def test_nobody_may_keep_errors_or_what_is_for_one_viewer(client: Client) -> None:
    wrong = await client.http.post("/graphql", json={"query": "{ brands(first: 1000) { id } }"})
    assert wrong.json()["errors"]
    search = trusted("query SearchSuggestions")[0]
    replies = [wrong, await client.http.post("/graphql", json={"query": "{ me { id } }"})]
    replies.append(await get(client, {"id": search, "variables": '{"prefix": "%s"}' % ("天" * 70)}))
    assert replies[-1].json()["errors"]
    for reply in replies:
        assert reply.headers["cache-control"] == "private, no-store"
        assert "etag" not in reply.headers
    assert len(cache(client).memory) == 0


async def test_both_media_types_are_answered_from_one_answer(client: Client, shop: Shop) -> None:
    body = {"query": LIST}
    kinds = ("application/json", "application/graphql-response+json")
    for _ in range(2):
        for kind in kinds:
            reply = await client.http.post("/graphql", json=body, headers={"accept": kind})
            assert reply.headers["content-type"] == f"{kind}; charset=utf-8"
    assert cache(client).counts.run == 1


async def test_the_counters_tell_what_happened(client: Client, shop: Shop) -> None:
    for _ in range(3):
        await client.ask(LIST)
    await client.ask("{ me { id } }")
    found = cache(client).snapshot()
    assert (found["run"], found["memory"], found["raw"], found["private"], found["entries"]) == (1, 2, 2, 1, 1)
    assert found["bytes"] > 0
    figures = client.mall.counters.snapshot()["figures"]
    assert figures["responses.run"] == 1
