"""Campaigns as they are written down: what is refused, and who may touch whose."""

from __future__ import annotations

from typing import Any

import pytest

from domain import promotions
from domain.base import Conflict, Invalid, NotFound, WrongState
from models.promotions import Campaign
from server.database import Database
from tests.factories import merchants
from tests.factories import orders as market
from tests.factories import promotions as making


async def test_no_shop_bears_what_it_has_not_agreed_to(database: Database) -> None:
    with pytest.raises(Invalid, match="平台承担"):
        await making.saved(database, merchants.operator(), making.draft(merchant_percent=30))


@pytest.mark.parametrize(
    ("terms", "field"),
    [
        ({"off": 3000}, "off"),
        ({"off": 0}, "off"),
        ({"percent_off": 10}, "off"),
        ({"off": 0, "percent_off": 10}, "most"),
        ({"off": 0, "percent_off": 91, "most": 100}, "percentOff"),
        ({"total": 0}, "total"),
        ({"per_member": 21}, "perMember"),
        ({"valid_days": 0}, "validDays"),
        ({"code": "a b c d"}, "code"),
        ({"threshold": 0}, "threshold"),
    ],
)
async def test_terms_that_make_no_sense_are_refused_by_field(
    database: Database, terms: dict[str, Any], field: str
) -> None:
    with pytest.raises(Invalid) as refused:
        await making.saved(database, merchants.operator(), making.draft(coupon=making.terms(**terms)))
    assert refused.value.field == field


async def test_what_was_published_is_not_changed_and_only_its_shop_touches_a_draft(database: Database) -> None:
    shop, other = await market.shop(database), await market.shop(database)
    id = await making.saved(database, shop.keeper, making.draft())
    for stranger in (other.keeper, merchants.operator()):
        with pytest.raises(NotFound):
            async with database.begin() as uow:
                await promotions.publish(uow, stranger, id)
    async with database.begin() as uow:
        await promotions.publish(uow, shop.keeper, id)
    with pytest.raises(WrongState):
        async with database.begin() as uow:
            await promotions.save(uow, shop.keeper, id, making.draft(name="另一个名字"), version=2)
    await making.stopped(database, merchants.operator(), id)
    assert (await market.row(database, Campaign, id))["stop_reason"] == "提前结束"


async def test_a_code_belongs_to_one_campaign(database: Database) -> None:
    shop = await market.shop(database)
    await making.saved(database, shop.keeper, making.draft(coupon=making.terms(code="苹果2026")))
    with pytest.raises(Conflict) as refused:
        await making.saved(database, shop.keeper, making.draft(coupon=making.terms(code="苹果2026")))
    assert refused.value.field == "code"
