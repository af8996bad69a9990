"""How a shop's templates are saved, kept apart from other shops', and read by those who charge by them."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from dataclasses import replace
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import delete, insert, select, text, update
from sqlalchemy.exc import IntegrityError

from domain import freight
from domain.base import Conflict, Database, Invalid, NotFound, TooMany, Viewer, WrongState
from domain.freight import FreeWanted, Goods, RuleWanted, TemplateWanted, Trial, Undeliverable
from domain.freight import reading as reading_module
from models.audit import AuditEntry
from models.base import new_id
from models.catalog import Product
from models.freight import FreightRule, FreightTemplate, FreightUnit
from models.merchants import Merchant
from models.outbox import OutboxEvent
from tests.factories import catalog
from tests.factories.merchants import SICHUAN, TIANSHAN, WUHOU, XINJIANG, YUNNAN, ZHAOYANG, merchant, shopkeeper

KILO = RuleWanted(first=1000, first_fee=800, step=1000, step_fee=300)
FAR = RuleWanted(codes=(XINJIANG,), deliverable=False, reason="路途太远，无法保鲜")
NEAR = RuleWanted(codes=(YUNNAN, SICHUAN), first=1000, first_fee=600, step=1000, step_fee=200)
FRESH = TemplateWanted(
    "生鲜",
    FreightUnit.WEIGHT,
    KILO,
    rules=(NEAR, FAR),
    frees=(FreeWanted(from_amount=19900), FreeWanted(codes=(YUNNAN,), from_amount=9900)),
    cold_fee=1500,
    pack_grams=5000,
    pack_fee=600,
)


async def saved(
    database: Database,
    viewer: Viewer,
    wanted: TemplateWanted = FRESH,
    id: UUID | None = None,
    version: int | None = None,
) -> UUID:
    async with database.begin() as uow:
        return await freight.save(uow, viewer, id, wanted, version)


async def rows(database: Database, viewer: Viewer) -> dict[str, Any]:
    async with database.read() as session:
        return {row["name"]: row for row in await freight.merchant_templates(session, viewer)}


async def rules(database: Database, *merchant_ids: UUID) -> freight.Rules:
    marks = select(Merchant.id, Merchant.freight_mark).where(Merchant.id.in_(merchant_ids))
    async with database.read() as session:
        found = {id: mark for id, mark in await session.execute(marks)}
        return await freight.rules(session, found)


async def newcomer(database: Database, **values: Any) -> Viewer:
    return shopkeeper(await merchant(database, templates=False, **values))


def goods(grams: int, quantity: int = 1, template_id: UUID | None = None, payable: int = 0) -> Goods:
    return Goods(new_id(), template_id, quantity, grams, None, payable)


# ------------------------------------------------------------------------------------------------ saving
async def test_a_template_is_saved_whole_and_read_back(database: Database) -> None:
    viewer = await newcomer(database)
    id = await saved(database, viewer)
    row = (await rows(database, viewer))["生鲜"]
    assert (row["id"], row["is_default"], row["version"], row["product_count"]) == (id, True, 1, 0)
    assert row["default"]["first_fee"] == 800
    assert [[place["name"] for place in rule["places"]] for rule in row["rules"]] == [
        ["四川省", "云南省"],
        ["新疆维吾尔自治区"],
    ]
    assert [free["from_amount"] for free in row["frees"]] == [19900, 9900]
    fewer = replace(FRESH, rules=(FAR,), frees=(), cold_fee=0, pack_grams=None, pack_fee=None)
    await saved(database, viewer, fewer, id, 1)
    row = (await rows(database, viewer))["生鲜"]
    assert (row["version"], len(row["rules"]), row["frees"], row["pack_grams"]) == (2, 1, [], None)
    async with database.read() as session:
        assert set(await session.scalars(select(AuditEntry.action))) == {"freight.create", "freight.update"}
        assert set(await session.scalars(select(OutboxEvent.name))) == {"ShopFreightChanged"}


async def test_two_who_edit_at_once_do_not_overwrite_each_other(database: Database) -> None:
    viewer = await newcomer(database)
    id = await saved(database, viewer)
    edits = [saved(database, viewer, replace(FRESH, cold_fee=fee), id, 1) for fee in (100, 200, 300)]
    answers = await asyncio.gather(*edits, return_exceptions=True)
    assert sorted(type(each).__name__ for each in answers) == ["Conflict", "Conflict", "UUID"]
    with pytest.raises(Conflict):
        await saved(database, viewer, FRESH, id, None)


BAD: dict[str, TemplateWanted] = {
    "name": replace(FRESH, name="  "),
    "coldFee": replace(FRESH, cold_fee=-1),
    "coldFrom": replace(FRESH, cold_from=0),
    "coldTo": replace(FRESH, cold_to=13),
    "packFee": replace(FRESH, pack_fee=None),
    "packGrams": replace(FRESH, pack_grams=0),
    "default.codes": replace(FRESH, default=replace(KILO, codes=(YUNNAN,))),
    "default.first": replace(FRESH, default=replace(KILO, first=0)),
    "default.step": replace(FRESH, default=replace(KILO, step=None)),
    "default.stepFee": replace(FRESH, default=replace(KILO, step_fee=-1)),
    "rules.0.firstFee": replace(FRESH, rules=(replace(NEAR, first_fee=1_000_001),)),
    "rules.0.codes": replace(FRESH, rules=(replace(NEAR, codes=()),)),
    "rules.1.codes": replace(FRESH, rules=(NEAR, replace(FAR, codes=(SICHUAN,)))),
    "rules.1.reason": replace(FRESH, rules=(NEAR, replace(FAR, reason=""))),
    "rules": replace(FRESH, rules=tuple(replace(FAR, codes=(f"{n:06}",)) for n in range(41))),
    "frees.0": replace(FRESH, frees=(FreeWanted(),)),
    "frees.0.fromQuantity": replace(FRESH, frees=(FreeWanted(from_quantity=0),)),
    "frees.0.fromAmount": replace(FRESH, frees=(FreeWanted(from_amount=0),)),
    "frees.0.codes": replace(FRESH, frees=(FreeWanted(codes=("999999",), from_amount=1),)),
}


@pytest.mark.parametrize("field", BAD)
async def test_bad_input_is_refused_by_its_place(database: Database, field: str) -> None:
    with pytest.raises(Invalid) as refused:
        await saved(database, await newcomer(database), BAD[field])
    assert refused.value.field == field


@pytest.mark.parametrize("code", ["999999", "云南", "", "530000'--", "\ud800"])
async def test_unknown_regions_are_refused(database: Database, code: str) -> None:
    with pytest.raises(Invalid):
        await saved(database, await newcomer(database), replace(FRESH, rules=(replace(FAR, codes=(code,)),)))


async def test_names_and_numbers_of_templates_are_bounded(database: Database) -> None:
    viewer = await newcomer(database)
    await saved(database, viewer)
    with pytest.raises(Invalid, match="同名"):
        await saved(database, viewer)
    for number in range(29):
        await saved(database, viewer, TemplateWanted(f"模板{number}", FreightUnit.WEIGHT, KILO))
    with pytest.raises(TooMany):
        await saved(database, viewer, TemplateWanted("多一个", FreightUnit.WEIGHT, KILO))


# ------------------------------------------------------------------------------------------------ default, deleting
async def test_there_is_always_one_default(database: Database) -> None:
    viewer = await newcomer(database)
    first, second = await saved(database, viewer), await saved(database, viewer, replace(FRESH, name="干货"))
    async with database.begin() as uow:
        await freight.set_default(uow, viewer, second)
    assert [name for name, row in (await rows(database, viewer)).items() if row["is_default"]] == ["干货"]
    with pytest.raises(WrongState, match="默认模板"):
        async with database.begin() as uow:
            await freight.delete(uow, viewer, second)
    async with database.begin() as uow:
        await freight.delete(uow, viewer, first)
    assert list(await rows(database, viewer)) == ["干货"]


async def test_a_template_in_use_stays(database: Database) -> None:
    viewer = await newcomer(database)
    await saved(database, viewer)
    used = await saved(database, viewer, replace(FRESH, name="干货"))
    product = await catalog.product(database, viewer.shop_id, freight_template_id=used)
    with pytest.raises(WrongState, match="1 个商品"):
        async with database.begin() as uow:
            await freight.delete(uow, viewer, used)
    async with database.begin() as uow:
        await uow.session.execute(update(Product).where(Product.id == product.id).values(freight_template_id=None))
        await freight.delete(uow, viewer, used)


async def test_other_shops_templates_do_not_exist(database: Database) -> None:
    mine, theirs = await newcomer(database), await newcomer(database)
    id = await saved(database, theirs)
    for act in (freight.delete, freight.set_default):
        with pytest.raises(NotFound):
            async with database.begin() as uow:
                await act(uow, mine, id)
    with pytest.raises(NotFound):
        await saved(database, mine, FRESH, id, 1)
    async with database.read() as session:
        with pytest.raises(NotFound):
            await freight.template_row(session, mine, id)
    with pytest.raises(IntegrityError, match="fk_products_freight_template"):
        await catalog.product(database, mine.shop_id, freight_template_id=id)


# ------------------------------------------------------------------------------------------------ the database's word
async def test_the_database_insists_on_one_default_rule(database: Database) -> None:
    viewer = await newcomer(database)
    id = await saved(database, viewer)
    with pytest.raises(IntegrityError, match="fk_freight_templates_default_rule"):
        async with database.begin() as uow:
            await uow.session.execute(
                delete(FreightRule).where(FreightRule.template_id == id, FreightRule.position == 0)
            )


@pytest.mark.parametrize(
    ("statement", "constraint"),
    [
        ("insert into freight_places select template_id, '530000', 2 from freight_rules limit 1", "pk_freight_places"),
        ("update freight_rules set reason = '不送' where deliverable", "ck_freight_rules_fee_or_reason"),
        ("update freight_rules set first_fee = -1 where deliverable", "ck_freight_rules_fees"),
        ("update freight_rules set step = 0 where deliverable", "ck_freight_rules_units"),
        ("update freight_templates set is_default = true", "uq_freight_templates_one_default"),
        ("update freight_frees set from_amount = null", "ck_freight_frees_some_from"),
        ("update skus set length = 10", "ck_skus_dimensions_whole"),
    ],
)
async def test_the_database_refuses_wrong_rows(database: Database, statement: str, constraint: str) -> None:
    viewer = await newcomer(database)
    await saved(database, viewer)
    await saved(
        database,
        viewer,
        TemplateWanted("干货", FreightUnit.PIECE, RuleWanted(first=1, first_fee=0, step=1, step_fee=0)),
    )
    await catalog.product(database, viewer.shop_id)
    with pytest.raises(IntegrityError, match=constraint):
        async with database.begin() as uow:
            await uow.session.execute(text(statement))


# ------------------------------------------------------------------------------------------------ reading the rules
async def test_what_is_saved_is_charged(database: Database) -> None:
    viewer = await newcomer(database)
    await saved(database, viewer)
    found = await rules(database, viewer.shop_id)
    assert found.freight(viewer.shop_id, ZHAOYANG, [goods(1200)]).fen == 600 + 200 + 600
    assert found.freight(viewer.shop_id, "110101", [goods(1200)]).fen == 800 + 300 + 600
    assert found.freight(viewer.shop_id, WUHOU, [goods(1200, payable=19900)]).fen == 0
    assert found.freight(viewer.shop_id, WUHOU, [goods(1200, payable=9900)]).fen == 600 + 200 + 600
    with pytest.raises(Undeliverable):
        found.freight(viewer.shop_id, TIANSHAN, [goods(1)])
    with pytest.raises(Undeliverable):
        found.freight(new_id(), ZHAOYANG, [goods(1)])


async def test_rules_are_read_once_and_again_after_a_change(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[list[UUID]] = []
    read = reading_module.read

    async def counting(session: Any, merchant_ids: Any) -> Any:
        asked.append(list(merchant_ids))
        return await read(session, merchant_ids)

    monkeypatch.setattr(reading_module, "read", counting)
    one, two = await newcomer(database), await newcomer(database)
    id = await saved(database, one)
    await saved(database, two)
    asked.clear()
    for _ in range(2):
        found = await rules(database, one.shop_id, two.shop_id)
    assert [sorted(each) for each in asked] == [sorted([one.shop_id, two.shop_id])]
    await saved(database, one, replace(FRESH, rules=()), id, 1)
    asked.clear()
    found = await rules(database, one.shop_id, two.shop_id)
    assert asked == [[one.shop_id]]
    assert found.freight(one.shop_id, TIANSHAN, [goods(1)]).fen == 1400
    with pytest.raises(Undeliverable):
        found.freight(two.shop_id, TIANSHAN, [goods(1)])


async def test_a_change_that_was_rolled_back_is_not_remembered(database: Database) -> None:
    viewer = await newcomer(database)
    id = await saved(database, viewer)
    await rules(database, viewer.shop_id)
    with suppress(RuntimeError):
        async with database.begin() as uow:
            await freight.save(uow, viewer, id, replace(FRESH, rules=()), 1)
            raise RuntimeError("after the change")
    found = await rules(database, viewer.shop_id)
    with pytest.raises(Undeliverable):
        found.freight(viewer.shop_id, TIANSHAN, [goods(1)])


async def test_the_shops_page_says_the_default_template(database: Database) -> None:
    viewer = await newcomer(database)
    id = await saved(database, viewer)
    names = select(Merchant.freight, Merchant.free_freight_from).where(Merchant.id == viewer.shop_id)
    async with database.read() as session:
        assert tuple((await session.execute(names)).one()) == (600, 19900)
    await saved(database, viewer, replace(FRESH, rules=(), frees=(FreeWanted(from_amount=9, from_quantity=2),)), id, 1)
    async with database.read() as session:
        assert tuple((await session.execute(names)).one()) == (800, None)


async def test_a_new_shop_begins_with_one_fee(database: Database) -> None:
    merchant_id = await merchant(database, freight=600, free_freight_from=8800)
    found = await rules(database, merchant_id)
    assert found.freight(merchant_id, ZHAOYANG, [goods(90_000, 9, payable=8799)]).fen == 600
    assert found.freight(merchant_id, ZHAOYANG, [goods(1, payable=8800)]).fen == 0


# ------------------------------------------------------------------------------------------------ trying out
async def test_a_template_can_be_tried_before_it_is_saved() -> None:
    tried = freight.try_out(FRESH, Trial(ZHAOYANG, quantity=2, weight=1500, cold=True, month=10))
    assert tried.freight is not None
    assert tried.freight.fen == 600 + 400 + 1500 + 600
    tried = freight.try_out(FRESH, Trial(ZHAOYANG, quantity=2, weight=1500, cold=True, month=11))
    assert tried.freight is not None
    assert tried.freight.fen == 600 + 400 + 600
    assert "冷链附加费：11 月不收（4—10 月收取）" in [step.label for step in tried.freight.explained]
    assert freight.try_out(FRESH, Trial(TIANSHAN)) == freight.Answer(None, "路途太远，无法保鲜")
    for field, trial in {
        "regionCode": Trial("昭阳区"),
        "quantity": Trial(ZHAOYANG, quantity=0),
        "weight": Trial(ZHAOYANG, weight=1_000_001),
        "amount": Trial(ZHAOYANG, amount=-1),
        "month": Trial(ZHAOYANG, month=13),
    }.items():
        with pytest.raises(Invalid) as refused:
            freight.try_out(FRESH, trial)
        assert refused.value.field == field
    with pytest.raises(Invalid):
        freight.try_out(BAD["rules.1.codes"], Trial(ZHAOYANG))


async def test_templates_of_a_shop_are_read_in_few_statements(database: Database) -> None:
    viewer = await newcomer(database)
    for number in range(3):
        await saved(database, viewer, replace(FRESH, name=f"模板{number}"))
    assert len(await rows(database, viewer)) == 3
    async with database.begin() as uow:
        found = await uow.session.scalar(select(FreightTemplate.id).limit(1))
        with pytest.raises(IntegrityError):
            await uow.session.execute(insert(FreightRule).values(template_id=found, position=9, deliverable=True))
