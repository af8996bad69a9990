"""The engine comes to know what the tables know: after changes, outages, losses, and while it is built anew."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr
from sqlalchemy import delete, select, update

from domain.base import clock
from domain.catalog import indexing
from domain.catalog.finding import Finder, Wanted
from models.catalog import Product, ProductState, SearchDocument, SearchPending
from models.inventory import Stock
from models.merchants import Merchant, MerchantState
from search import documents
from search.client import EngineDown
from search.engine import Engine
from search.settings import fingerprint
from search.sync import Indexer
from search.wiring import index_name, make_finder, make_indexer, page_index_name
from server.embedded.meilisearch import Meilisearch, find_program
from server.embedded.state import StateDir, default_cache_dir
from server.settings import Settings
from tests.search.goods import Goods, add_product

KEY = "a-key-of-this-test-alone"


@pytest.fixture(autouse=True)
async def _clock_reset() -> AsyncIterator[None]:
    yield
    clock.reset()


async def set_product(database: Any, id: Any, **values: Any) -> None:
    async with database.begin() as uow:
        await uow.session.execute(update(Product).where(Product.id == id).values(**values))


async def waiting(database: Any) -> list[Any]:
    async with database.read() as session:
        return list(await session.scalars(select(SearchPending.product_id)))


async def titles(finder: Finder, goods: Goods, words: str = "") -> set[str]:
    return set(goods.titles((await finder.find(Wanted(words=words))).ids))


@pytest.fixture
async def finder(settings: Settings, database: Any, engine: Engine) -> AsyncIterator[Finder]:
    async with make_finder(settings, database) as found:
        yield found


# ------------------------------------------------------------------------------------------------ changes
async def test_changes_arrive_and_deletions_too(
    indexer: Indexer, finder: Finder, database: Any, goods: Goods, index: str, engine: Engine
) -> None:
    await indexer.catch_up()
    nuts, peaches = goods.products["大关核桃"], goods.products["高山洋芋"]
    await set_product(database, nuts, title="大关泡核桃")
    await set_product(database, peaches, state=ProductState.OFF_SALE)
    await indexer.apply({nuts, peaches})
    assert set(await waiting(database)) == {nuts, peaches}
    assert await indexer.catch_up() == 2
    assert await waiting(database) == []
    assert (await finder.find(Wanted(words="泡核桃"))).ids == [nuts]
    assert (await finder.find(Wanted(words="洋芋"))).ids == []
    assert await engine.documents(index) == 8


async def test_what_a_row_says_of_stock_season_and_places(database: Any, goods: Goods) -> None:
    id = goods.products["彝良小草坝乌天麻"]
    async with database.begin() as uow:
        await uow.session.execute(update(Stock).values(held=Stock.actual))
    async with database.read() as session:
        (row,) = await indexing.rows(session, [id])
        (herb, root) = row.category_ids
    assert row.origin_codes == ["530628109", "530628", "530600"]
    assert (herb, root) == (goods.categories["天麻"], goods.categories["药材"])
    assert row.in_stock is False
    assert row.names == ["天麻", "药材", "小草坝镇", "彝良县", "昭通市", "小草坝天麻合作社", "乌蒙山宝"]
    document = documents.document(row)
    assert document["months"] == list(range(1, 13))
    assert all(document[name] is not None for name in ("words", "about", "characters", "syllables", "initials"))


async def test_a_closed_shop_vanishes_with_all_its_goods(
    indexer: Indexer, finder: Finder, database: Any, goods: Goods
) -> None:
    await indexer.catch_up()
    shop = goods.merchants["小草坝天麻合作社"]
    async with database.begin() as uow:
        step = update(Merchant).where(Merchant.id == shop)
        await uow.session.execute(step.values(state=MerchantState.SUSPENDED))
    await indexer.apply_named(merchant_id=shop)
    await indexer.catch_up()
    assert (await finder.find(Wanted(words="天麻"))).total == 0
    assert (await finder.find(Wanted())).total == 6


async def test_products_are_found_by_their_names(database: Any, goods: Goods) -> None:
    async with database.read() as session:
        of_category = await indexing.products_named_by(session, category_id=goods.categories["药材"])
        of_brand = await indexing.products_named_by(session, brand_id=goods.brands["昭通红"])
        nothing = await indexing.products_named_by(session)
    assert set(goods.titles(of_category)) == {"彝良小草坝乌天麻", "小草坝天麻片", "镇雄天麻"}
    assert goods.titles(of_brand) == ["昭通红富士苹果"]
    assert nothing == []


async def test_a_change_during_a_push_stays_pending(database: Any, goods: Goods) -> None:
    id = goods.products["大关核桃"]

    async def note() -> None:
        async with database.begin() as uow:
            await indexing.note(uow, [id], documents.tokens, for_engine=True)

    await note()
    async with database.read() as session:
        sent = await indexing.pending(session, 10)
    await note()
    async with database.begin() as uow:
        await indexing.confirm(uow, sent)
    assert await waiting(database) == [id]


async def test_one_bad_document_does_not_keep_the_others_out(
    indexer: Indexer, finder: Finder, database: Any, goods: Goods, monkeypatch: pytest.MonkeyPatch
) -> None:
    await indexer.catch_up()
    bad = goods.products["大关核桃"]
    real = documents.document

    def broken(row: indexing.SearchRow) -> dict[str, Any]:
        return real(row) | ({"_vectors": "none"} if row.id == bad else {})

    monkeypatch.setattr(documents, "document", broken)
    await set_product(database, goods.products["高山洋芋"], title="乌洋芋")
    await indexer.apply(goods.products.values())
    assert await indexer.catch_up() == 8
    assert await waiting(database) == [bad]
    assert (await finder.find(Wanted(words="乌洋芋"))).total == 1
    status = await indexer.status()
    assert status["pending_events"] == 1
    monkeypatch.undo()
    assert await indexer.catch_up() == 1
    assert await waiting(database) == []


# ------------------------------------------------------------------------------------------------ losses
async def test_an_empty_engine_is_filled(
    indexer: Indexer, finder: Finder, goods: Goods, engine: Engine, index: str
) -> None:
    await indexer.catch_up()
    await engine.drop(index)
    await indexer.apply({goods.products["大关核桃"]})
    await indexer.catch_up()
    assert (await finder.find(Wanted(words="tianma"))).total == 3
    assert (await finder.find(Wanted())).full_featured


async def test_an_index_made_by_a_mere_upload_is_built_properly(
    indexer: Indexer, engine: Engine, index: str, goods: Goods, finder: Finder
) -> None:
    await indexer.catch_up()
    await engine.drop(index)
    await engine.put(index, [{"id": "1"}])
    await indexer.catch_up()
    assert await engine.documents(index) == 9


async def test_lost_news_and_lost_documents_are_noticed(
    indexer: Indexer, settings: Settings, database: Any, goods: Goods, engine: Engine, index: str, finder: Finder
) -> None:
    await indexer.catch_up()
    await set_product(database, goods.products["大关核桃"], title="泡核桃", version=2)
    await set_product(database, goods.products["高山洋芋"], state=ProductState.FROZEN)
    await engine.remove(index, [str(goods.products["镇雄天麻"])])
    async with make_indexer(settings, database) as restarted:
        await restarted.catch_up()
    assert (await finder.find(Wanted(words="泡核桃"))).total == 1
    assert (await finder.find(Wanted(words="镇雄天麻"))).total == 1
    assert (await finder.find(Wanted())).total == 8


async def test_other_settings_mean_a_new_index(indexer: Indexer, database: Any, goods: Goods, index: str) -> None:
    await indexer.catch_up()
    async with database.begin() as uow:
        await indexing.record_built(uow, index, "another")
        await uow.session.execute(delete(SearchDocument))
    await indexer.catch_up()
    async with database.read() as session:
        assert await indexing.fingerprint_of(session, index) == fingerprint()
        assert await indexing.document_count(session) == 9


# ------------------------------------------------------------------------------------------------ rebuilding
async def test_searches_go_on_during_a_rebuild_and_no_change_is_lost(
    indexer: Indexer, finder: Finder, database: Any, goods: Goods, engine: Engine, settings: Settings
) -> None:
    await indexer.catch_up()
    seen: list[tuple[int, int]] = []
    rebuild = asyncio.create_task(indexer.rebuild(lambda done, total: seen.append((done, total))))
    totals = set()
    nuts = goods.products["大关核桃"]
    await set_product(database, nuts, title="泡核桃")
    await indexer.apply({nuts})
    while not rebuild.done():
        found = await finder.find(Wanted(words="天麻"))
        totals.add((found.total, found.full_featured))
    await rebuild
    assert totals == {(3, True)}
    assert seen == [(9, 9)]
    assert (await finder.find(Wanted(words="泡核桃"))).total == 1
    assert set(await engine.indexes(settings.meili_index_prefix)) == {index_name(settings), page_index_name(settings)}
    assert await waiting(database) == []


async def test_a_change_while_its_batch_is_on_the_way_is_in_the_new_index(
    indexer: Indexer, finder: Finder, database: Any, goods: Goods, monkeypatch: pytest.MonkeyPatch
) -> None:
    await indexer.catch_up()
    nuts, put = goods.products["大关核桃"], Engine.put

    async def change_then_put(engine: Engine, index: str, listed: Any) -> None:
        if "__new_" in index and not await waiting(database):
            await set_product(database, nuts, title="泡核桃")
            await indexer.apply({nuts})
            monkeypatch.undo()
        await put(engine, index, listed)

    monkeypatch.setattr(Engine, "put", change_then_put)
    await indexer.rebuild()
    assert (await finder.find(Wanted(words="泡核桃"))).ids == [nuts]
    assert await waiting(database) == []


async def test_leftovers_of_a_killed_rebuild_go(
    indexer: Indexer, engine: Engine, index: str, goods: Goods, settings: Settings
) -> None:
    await engine.create(f"{index}__new_dead")
    await indexer.catch_up()
    assert set(await engine.indexes(settings.meili_index_prefix)) == {index, page_index_name(settings)}


async def test_one_process_at_a_time(indexer: Indexer, settings: Settings, database: Any, goods: Goods) -> None:
    dead = goods.products["大关核桃"]  # stands for the id of a process
    async with database.begin() as uow:
        assert await indexing.hold(uow, index_name(settings), dead, 180, rebuilding=True)
    assert await indexer.catch_up() == 0
    assert (await indexer.status())["rebuilding"] is True
    clock.advance(timedelta(seconds=181))  # it never comes back
    await indexer.catch_up()
    status = await indexer.status()
    assert status == {
        "engine": "Meilisearch",
        "healthy": True,
        "documents": 9,
        "products_on_sale": 9,
        "lag_seconds": 0.0,
        "pending_events": 0,
        "rebuilding": False,
    }


async def test_without_an_engine_the_tables_are_enough(plain_settings: Settings, database: Any, goods: Goods) -> None:
    async with make_indexer(plain_settings, database) as indexer, make_finder(plain_settings, database) as finder:
        await indexer.catch_up()
        await add_product(database, goods, "永善枇杷", category="水果", merchant="昭阳果业", origin="530602", price=100)
        await indexer.apply({goods.products["永善枇杷"]})
        assert await titles(finder, goods, "pipa") == {"永善枇杷"}
        assert await waiting(database) == []
        status = await indexer.status()
    assert (status["engine"], status["healthy"], status["documents"]) == ("PostgreSQL", True, 10)


# ------------------------------------------------------------------------------------------------ outages
async def test_the_tables_are_filled_though_the_engine_never_was_there(
    settings: Settings, database: Any, goods: Goods
) -> None:
    away = settings.model_copy(update={"meili_url": "http://127.0.0.1:9"})
    async with make_indexer(away, database) as indexer, make_finder(away, database) as finder:
        with pytest.raises(EngineDown):
            await indexer.catch_up()
        assert (await finder.find(Wanted(words="天麻"))).total == 3


@pytest.fixture
async def own_server(tmp_path: Path) -> AsyncIterator[Meilisearch]:
    """A Meilisearch that may be killed."""
    program = find_program(default_cache_dir())
    if program is None:
        pytest.skip("no Meilisearch on this machine")
    state = StateDir(tmp_path)
    state.prepare()
    server = Meilisearch(state, program, KEY)
    await asyncio.to_thread(server.start)
    yield server
    await asyncio.to_thread(server.stop)


async def test_converges_after_an_outage_and_a_loss_of_data(
    own_server: Meilisearch, settings: Settings, database: Any, goods: Goods, tmp_path: Path
) -> None:
    there = settings.model_copy(update={"meili_url": own_server.url, "meili_master_key": SecretStr(KEY)})
    async with make_indexer(there, database) as indexer, make_finder(there, database) as finder:
        await indexer.catch_up()
        assert (await finder.find(Wanted(words="天麻"))).full_featured

        await asyncio.to_thread(own_server.stop)
        gone, new = goods.products["镇雄天麻"], goods.products["大关核桃"]
        await set_product(database, gone, state=ProductState.OFF_SALE)
        await set_product(database, new, title="泡核桃")
        await indexer.apply({gone, new})
        with pytest.raises(EngineDown):
            await indexer.catch_up()
        found = await finder.find(Wanted(words="天麻"))
        assert (found.total, found.full_featured) == (2, False)
        assert (await finder.find(Wanted(words="泡核桃"))).ids == [new]
        assert [s.text for s in await finder.suggest("泡核", 5)] == ["泡核桃"]
        clock.advance(timedelta(seconds=60))
        status = await indexer.status()
        assert (status["healthy"], status["pending_events"]) == (False, 2)
        assert status["lag_seconds"] >= 60

        await asyncio.to_thread(own_server.start)
        await indexer.catch_up()
        assert await waiting(database) == []
        found = await recovered(finder, Wanted(words="天麻"))
        assert gone not in found.ids
        assert found.total == 2

        await asyncio.to_thread(own_server.stop)
        shutil.rmtree(tmp_path / "meilisearch" / "db-path")
        await asyncio.to_thread(own_server.start)
        assert not (await finder.find(Wanted(words="天麻"))).full_featured
        await indexer.catch_up()
        assert (await recovered(finder, Wanted())).total == 8


async def recovered(finder: Finder, wanted: Wanted) -> Any:
    """The first answer from the engine again: it is tried by itself after a pause."""
    async with asyncio.timeout(60):
        while True:
            if (found := await finder.find(wanted)).full_featured:
                return found
            await asyncio.sleep(0.1)
