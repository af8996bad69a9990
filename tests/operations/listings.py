"""What a category asks, and a change, papers and words that wait: one of each, then twenty."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from uuid import UUID

from sqlalchemy import insert

from domain import catalog, listings, policies
from domain.base import Database, UnitOfWork
from models.base import new_id
from models.catalog import ProductAttribute
from models.listings import ListingDraft, ProductChange
from models.policies import Attribute, AttributeKind, MerchantPaper, PaperKind, WordSeverity
from tests.factories import catalog as shelves
from tests.factories.merchants import operator, shopkeeper


async def listed(database: Database, shop: UUID, product: UUID, category: UUID) -> dict[str, str]:
    """Ids by name: `attribute`, `change`, `paper`, `word`."""
    platform, owner = operator(), shopkeeper(shop)
    size = policies.AttributeWanted("果径", AttributeKind.NUMBER, unit="mm", filterable=True)
    rules = policies.PolicyWanted(grades=("一级果",), papers=(policies.PaperNeed((PaperKind.ORGANIC,), "有机认证"),))
    word = policies.WordWanted("样品词", "示例", "广告法 9(3)", WordSeverity.WARN)
    paper = policies.PaperWanted(PaperKind.ORGANIC, "OR-0001", await shelves.picture(database, merchant_id=shop))
    async with database.begin() as uow:
        attribute = await policies.save_attribute(uow, platform, None, category, size)
        await uow.session.execute(insert(ProductAttribute).values(**_value(product, attribute)))
        ids = {"attribute": attribute, "word": await policies.save_word(uow, platform, None, word)}
        ids["draft"] = new_id()
        await listings.save_draft(uow, owner, ids["draft"], 1, "洒渔苹果", "{}")
        ids["paper"] = await policies.show_paper(uow, owner, paper)
        await policies.decide_paper(uow, platform, ids["paper"], True, "")
        ids["waiting"] = await policies.show_paper(uow, owner, replace(paper, number="OR-0002"))
        await policies.save_policy(uow, platform, category, rules)
        wanted = replace(await catalog.as_wanted(uow.session, product), subtitle="洒渔新果")
        change = (await listings.save_product(uow, owner, product, wanted)).change_id
    return {name: str(id) for name, id in ids.items()} | {"change": str(change)}


async def more_listed(uow: UnitOfWork, ids: dict[str, Any], product: UUID, products: list[UUID], count: int) -> None:
    """As many more of each, on the same category and of the same shop."""
    change = await _row(uow, ProductChange, ids["change"])
    paper = await _row(uow, MerchantPaper, ids["waiting"])
    attribute = await _row(uow, Attribute, ids["attribute"])
    changes = [{**change, "id": new_id(), "product_id": id} for id in products[:count]]
    await uow.session.execute(insert(ProductChange), changes)
    numbers = range(count)
    draft = await _row(uow, ListingDraft, ids["draft"])
    await uow.session.execute(insert(ListingDraft), [{**draft, "id": new_id()} for _ in numbers])
    await uow.session.execute(insert(MerchantPaper), [{**paper, "id": new_id(), "number": f"M{n}"} for n in numbers])
    made = [{**attribute, "id": new_id(), "name": f"属性{n}"} for n in numbers]
    await uow.session.execute(insert(Attribute), made)
    await uow.session.execute(insert(ProductAttribute), [_value(product, each["id"]) for each in made])
    for n in numbers:
        word = policies.WordWanted(f"样品词{n}", "示例", "广告法 9(3)", WordSeverity.WARN)
        await policies.save_word(uow, operator(), None, word)


def _value(product: UUID, attribute: UUID) -> dict[str, Any]:
    return {"product_id": product, "attribute_id": attribute, "value": "80"}


async def _row(uow: UnitOfWork, model: Any, id: str) -> dict[str, Any]:
    row = await uow.session.get(model, UUID(id))
    return {column.name: getattr(row, column.name) for column in model.__table__.c}
