"""What may be recorded of a lot, and what a lot may become."""

from __future__ import annotations

from datetime import timedelta
from itertools import product
from typing import Any

import pytest

from domain import traces
from domain.base import Conflict, Database, Invalid, NotFound, Refusal, WrongState, clock
from domain.numbers import check_digit
from domain.traces import LotStep
from domain.traces.states import LOT_STEPS
from models.outbox import OutboxEvent
from models.traces import Lot, LotState, TraceKind
from tests.factories import catalog, merchants
from tests.factories import orders as market
from tests.factories import traces as growing
from tests.factories.traces import F, K


async def state_of(database: Database, lot: growing.Grown) -> dict[str, Any]:
    return await market.row(database, Lot, lot.id)


async def move(database: Database, lot: growing.Grown, step: LotStep, reason: str = "检查") -> None:
    async with database.begin() as uow:
        await traces.move_by_platform(uow, merchants.operator(), lot.id, step, reason)


async def test_a_lot_has_a_number_with_a_check_digit(database: Database) -> None:
    lot = await growing.opened(database, await market.shop(database))
    assert check_digit(lot.number[1:-1]) == int(lot.number[-1])
    wrong = f"{lot.number[:-1]}{(int(lot.number[-1]) + 1) % 10}"
    async with database.read() as session:
        found = await traces.by_number(session, lot.number, frozenset({"id"}))
        assert found is not None
        assert found["id"] == lot.id
        assert await traces.by_number(session, wrong, frozenset({"id"})) is None


async def test_a_lot_is_of_an_own_product_and_a_known_place(database: Database) -> None:
    shop, other = await market.shop(database), await market.shop(database)
    with pytest.raises(NotFound):
        await growing.opened(database, shop, product_id=other.product.id)
    with pytest.raises(Invalid):
        await growing.opened(database, shop, origin_code="999999")
    with pytest.raises(Invalid):
        await growing.opened(database, shop, latitude=51.5, longitude=-0.1)
    with pytest.raises(Invalid):
        await growing.opened(database, shop, latitude=None)


async def test_the_harvest_tells_the_lot_its_figures(database: Database) -> None:
    shop = await market.shop(database, shelf_life_days=180)
    lot = await growing.grown(database, shop, 1000)
    row = await state_of(database, lot)
    assert (row["harvested_grams"], row["shrink_grams"], row["grade"]) == (1_000_000, 50_000, "一级果 80 mm")
    assert row["best_before"] == clock.today() + timedelta(days=180)


async def test_a_harvest_waits_for_the_end_of_the_safety_interval(database: Database) -> None:
    lot = await growing.opened(database, await market.shop(database))
    now = clock.now()
    spray = {F.INPUT: "吡虫啉", F.DOSE: "2000 倍液", F.INTERVAL_DAYS: 14}
    await growing.record(database, lot, K.SPRAYED, spray, at=now - timedelta(days=14))
    yesterday = now - timedelta(days=1)
    with pytest.raises(Invalid, match="安全间隔期未满"):
        await growing.harvested(database, lot, at=yesterday)
    assert (await state_of(database, lot))["harvested_on"] is None
    await growing.harvested(database, lot, at=now)


async def test_a_spraying_told_too_late_holds_the_lot(database: Database) -> None:
    lot = await growing.grown(database, await market.shop(database))
    spray = {F.INPUT: "吡虫啉", F.DOSE: "2000 倍液", F.INTERVAL_DAYS: 30}
    await growing.record(database, lot, K.SPRAYED, spray, at=clock.now() - timedelta(days=3))
    row = await state_of(database, lot)
    assert row["state"] is LotState.HELD
    assert "吡虫啉" in row["state_reason"]
    assert [each["kind"] for each in await growing.events(database, lot)][-2:] == [K.SPRAYED, K.HELD]
    (fact,) = await market.rows(database, OutboxEvent, name="LotStopped")
    assert fact["payload"]["lot_id"] == str(lot.id)


async def test_a_failed_inspection_holds_the_lot(database: Database) -> None:
    lot = await growing.grown(database, await market.shop(database))
    told = {F.INSPECTOR: "昭通市质检所", F.ITEMS: "农药残留 58 项", F.RESULT: "不合格"}
    await growing.record(database, lot, K.INSPECTED, told)
    assert (await state_of(database, lot))["state"] is LotState.HELD
    with pytest.raises(WrongState):  # the system held it: not the shop's to release
        async with database.begin() as uow:
            await traces.move_by_merchant(uow, lot.shop.keeper, lot.id, LotStep.RELEASE, "没事")
    await growing.record(database, lot, K.INSPECTED, {**told, F.RESULT: "合格"})
    await move(database, lot, LotStep.RELEASE, "复检合格")
    assert (await state_of(database, lot))["state"] is LotState.OPEN


async def test_a_correction_is_another_event(database: Database) -> None:
    lot = await growing.grown(database, await market.shop(database))
    facts = {F.GRAMS: 800_000, F.SHRINK_GRAMS: 40_000}
    with pytest.raises(Conflict):
        await growing.record(database, lot, K.HARVESTED, facts)
    with pytest.raises(Invalid):  # of another kind
        await growing.record(database, lot, K.HARVESTED, facts, corrects=1)
    await growing.record(database, lot, K.HARVESTED, facts, corrects=3)
    assert (await state_of(database, lot))["harvested_grams"] == 800_000
    assert len(await growing.events(database, lot)) == 5
    with pytest.raises(Invalid):  # it is no longer what stands
        await growing.record(database, lot, K.HARVESTED, facts, corrects=3)
    async with database.read() as session:
        assert not await traces.differences(session)


WRONG: list[tuple[TraceKind, dict[Any, Any], dict[str, Any]]] = [
    (K.SPRAYED, {F.INPUT: "苦参碱", F.DOSE: "1000 倍"}, {}),
    (K.SPRAYED, {F.INPUT: "苦参碱", F.DOSE: "1000 倍", F.INTERVAL_DAYS: -1}, {}),
    (K.SPRAYED, {F.INPUT: "苦参碱", F.DOSE: "1000 倍", F.INTERVAL_DAYS: "９"}, {}),
    (K.SPRAYED, {F.INPUT: "苦参碱", F.DOSE: "1000 倍", F.INTERVAL_DAYS: 400}, {}),
    (K.SPRAYED, {F.INPUT: "果" * 61, F.DOSE: "1000 倍", F.INTERVAL_DAYS: 7}, {}),
    (K.PLANTED, {F.GRAMS: 5}, {}),
    (K.HARVESTED, {F.GRAMS: 0, F.SHRINK_GRAMS: 0}, {}),
    (K.HARVESTED, {F.GRAMS: 10, F.SHRINK_GRAMS: 10}, {}),
    (K.HARVESTED, {F.GRAMS: 10**12, F.SHRINK_GRAMS: 10}, {}),
    (K.HARVESTED, {F.GRAMS: 10, F.SHRINK_GRAMS: 1, F.BEST_BEFORE: "明年"}, {}),
    (K.HARVESTED, {F.GRAMS: 10, F.SHRINK_GRAMS: 1, F.BEST_BEFORE: "2001-01-01"}, {}),
    (K.INSPECTED, {F.INSPECTOR: "质检所", F.ITEMS: "农残", F.RESULT: "还行"}, {}),
    (K.CERTIFIED, {F.PRODUCT: "苹果", F.QUANTITY: "1 吨", F.PRODUCER: "合作社", F.CONTACT: "0870"}, {}),
    (K.HELD, {}, {}),
    (K.RECALLED, {}, {}),
    (K.PACKED, {}, {"at": clock.now() + timedelta(days=1)}),
    (K.PACKED, {}, {"at": clock.now() - timedelta(days=2000)}),
    (K.PACKED, {}, {"latitude": 27.0}),
    (K.PACKED, {}, {"photos": ["0" * 64]}),
    (K.PACKED, {}, {"note": "长" * 201}),
    (K.PACKED, {}, {"corrects": 1}),
]


@pytest.mark.parametrize(("kind", "facts", "more"), WRONG)
async def test_what_cannot_be_is_refused(
    database: Database, kind: TraceKind, facts: dict[Any, Any], more: dict[str, Any]
) -> None:
    lot = await growing.opened(database, await market.shop(database))
    with pytest.raises(Invalid):
        await growing.record(database, lot, kind, facts, **more)
    assert not await growing.events(database, lot)


async def test_pictures_are_the_shops_own(database: Database) -> None:
    shop, other = await market.shop(database), await market.shop(database)
    lot = await growing.opened(database, shop)
    mine = await catalog.picture(database, merchant_id=shop.merchant_id)
    theirs = await catalog.picture(database, merchant_id=other.merchant_id)
    await growing.record(database, lot, K.PACKED, photos=[mine])
    with pytest.raises(Invalid):
        await growing.record(database, lot, K.PACKED, documents=[theirs])


async def test_another_shops_lot_is_not_there(database: Database) -> None:
    lot = await growing.grown(database, await market.shop(database))
    rival = await market.shop(database)
    with pytest.raises(NotFound):
        await growing.record(database, growing.Grown(lot.id, lot.number, rival), K.PACKED)
    with pytest.raises(NotFound):
        async with database.begin() as uow:
            await traces.move_by_merchant(uow, rival.keeper, lot.id, LotStep.CLOSE)


@pytest.mark.parametrize(("before", "step"), product(LotState, LotStep))
async def test_every_pair_of_state_and_step(database: Database, before: LotState, step: LotStep) -> None:
    lot = await growing.opened(database, await market.shop(database))
    way = {LotState.CLOSED: LotStep.CLOSE, LotState.HELD: LotStep.HOLD, LotState.RECALLED: LotStep.RECALL}
    if before in way:
        await _step(database, lot, way[before])
    if (before, step) not in LOT_STEPS:
        with pytest.raises(Refusal):
            await _step(database, lot, step, directly=True)
        assert (await state_of(database, lot))["state"] is before
        return
    await _step(database, lot, step)
    assert (await state_of(database, lot))["state"] is LOT_STEPS[before, step]


async def _step(database: Database, lot: growing.Grown, step: LotStep, *, directly: bool = False) -> None:
    async with database.begin() as uow:
        if step is LotStep.RECALL and not directly:
            await traces.recall(uow, merchants.operator(), lot.id, "检出农残超标")
        else:
            await traces.move_by_platform(uow, merchants.operator(), lot.id, step, "检查")
