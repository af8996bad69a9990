"""How fast the searches are filled and answer: `python -m bench.search [products]`.

Starts throw-away servers, makes synthetic goods, builds both searches, then asks one question at a time.
"""

from __future__ import annotations

import asyncio
import random
import statistics
import sys
import time
from pathlib import Path
from typing import Any

from sqlalchemy import insert

from domain.base import clock
from domain.catalog.finding import Finder, Wanted
from models.base import new_id
from models.catalog import Product, ProductState, ReturnClass, Sku, StorageClass
from models.inventory import Stock
from search.wiring import make_finder, make_indexer
from server.database import Database
from tests.search.goods import REGIONS, Goods, stock_up
from tests.stack import Stack, begin_session, end_session

PLACES = ["昭阳", "鲁甸", "巧家", "盐津", "大关", "永善", "绥江", "镇雄", "彝良", "威信", "水富", "小草坝", "洒渔"]
KINDS = ["高山", "有机", "农家", "野生", "精选", "礼盒装", "新鲜", "古法", "特级", "散装"]
GOODS = ["苹果", "天麻", "花椒", "方竹笋", "魔芋", "核桃", "马铃薯", "白茶", "红糖", "蜂蜜", "火腿", "樱桃", "猕猴桃"]
QUESTIONS = {
    "words": [Wanted("昭通苹果"), Wanted("镇雄天麻"), Wanted("方竹"), Wanted("高山白茶")],
    "words, no facets": [Wanted("镇雄天麻", facets=False), Wanted("花椒", facets=False)],
    "pinyin": [Wanted("tianma"), Wanted("huajiao"), Wanted("zxtm")],
    "words and 2 filters": [Wanted("天麻", origin_code="530627", price_to=20000)],
    "no words": [Wanted()],
    "3 filters": [Wanted(origin_code="530602", storage=StorageClass.AMBIENT, price_to=20000)],
}


class Place:
    """The settings the searches need."""

    meili_master_key: Any
    meili_index_prefix = "bench_"

    def __init__(self, url: str | None, key: str | None) -> None:
        self.meili_url = url
        self.meili_master_key = type("Key", (), {"get_secret_value": lambda self: key})()


async def fill(database: Database, goods: Goods, count: int) -> None:
    chance = random.Random(1)
    rows: list[dict[str, Any]] = []
    for number in range(count):
        title = f"{chance.choice(PLACES)}{chance.choice(KINDS)}{chance.choice(GOODS)} {number % 97 + 1}斤"
        price = chance.randint(500, 50_000)
        rows.append({"id": new_id(), "title": title, "min_price": price, "max_price": price})
    common = {"state": ProductState.ON_SALE, "return_class": ReturnClass.SEVEN_DAYS, "published_at": clock.now()}
    products = [
        {
            **row,
            **common,
            "merchant_id": chance.choice(list(goods.merchants.values())),
            "category_id": chance.choice(list(goods.categories.values())),
            "brand_id": chance.choice([None, *goods.brands.values()]),
            "origin_code": chance.choice(REGIONS[1:])[0],
            "storage": chance.choice(list(StorageClass)),
            "sold_count": chance.randint(0, 5000),
            "updated_at": clock.now(),
        }
        for row in rows
    ]
    skus = [
        {
            "id": new_id(),
            "product_id": row["id"],
            "name": "一份",
            "price": row["min_price"],
            "weight": 0,
            "gross_weight": 1,
        }
        for row in rows
    ]
    async with database.begin() as uow:
        await uow.session.execute(insert(Product), products)
        await uow.session.execute(insert(Sku), skus)
        await uow.session.execute(insert(Stock), [{"sku_id": sku["id"], "actual": 9} for sku in skus])


async def ask(name: str, finder: Finder) -> None:
    for label, questions in QUESTIONS.items():
        times = []
        for number in range(220):
            started = time.perf_counter()
            found = await finder.find(questions[number % len(questions)])
            times.append(time.perf_counter() - started)
        times = sorted(times[20:])
        p50, p99 = statistics.median(times) * 1000, times[int(len(times) * 0.99)] * 1000
        print(f"{name:12} {label:22} p50 {p50:6.1f} ms  p99 {p99:6.1f} ms  found {found.total}")


async def measure(database: Database, place: Place, count: int) -> None:
    goods = await stock_up(database)
    await fill(database, goods, count)
    async with make_finder(place, database) as finder, make_indexer(place, database) as indexer:
        started = time.perf_counter()
        await indexer.rebuild()
        taken = time.perf_counter() - started
        print(f"filled both with {count + 9} products in {taken:.1f} s: {count / taken:.0f} a second")
        times = []
        for _ in range(10):
            started = time.perf_counter()
            await indexer.apply({next(iter(goods.products.values()))})
            await indexer.catch_up()
            times.append(time.perf_counter() - started)
        print(f"one change confirmed after {statistics.median(times):.2f} s")
        await ask("meilisearch", finder)
    async with make_finder(Place(None, None), database) as finder:
        await ask("postgresql", finder)


async def main(directory: Path, count: int) -> None:
    stack = Stack(directory)
    url = await asyncio.to_thread(stack.worker_database, "bench")
    engine = await asyncio.to_thread(stack.meilisearch)
    settings: Any = type("S", (), {"database_url": url, "database_read_url": url, "pgbouncer": False})
    database = Database(settings)
    await measure(database, Place(*(engine or (None, None))), count)
    await database.close()


if __name__ == "__main__":
    place = begin_session()
    try:
        asyncio.run(main(place, int(sys.argv[1]) if len(sys.argv) > 1 else 5000))
    finally:
        end_session(place)
