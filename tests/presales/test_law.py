"""Where the law draws a line: a deposit of a fifth to the fen, and nothing lost that was not agreed to."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy.exc import IntegrityError

from domain import presales
from domain.base import Database, Invalid
from domain.cards import CardPicks
from domain.promotions import Picks
from models.base import new_id
from models.presales import PresaleBooking, PresaleOffer
from tests.factories import cards
from tests.factories import orders as market
from tests.factories import presales as made
from tests.orders.gateway import FakeGateway


@pytest.mark.parametrize(("price", "most"), [(3000, 600), (3001, 600), (3004, 600), (3005, 601), (5, 1)])
async def test_a_deposit_is_a_fifth_at_most_to_the_fen(database: Database, price: int, most: int) -> None:
    shop = await market.shop(database, price=made.LISTED, stock=0)
    async with database.begin() as uow:
        id = await presales.save(uow, shop.keeper, None, made.draft(shop.sku, price=price, deposit=most))
    with pytest.raises(Invalid, match="20%") as refused:
        async with database.begin() as uow:
            await presales.save(uow, shop.keeper, None, made.draft(shop.sku, price=price, deposit=most + 1))
    assert refused.value.field == "deposit"
    with pytest.raises(IntegrityError, match="ck_presale_offers_deposit"):
        async with database.begin() as uow:
            await uow.session.execute(
                PresaleOffer.__table__.update().where(PresaleOffer.id == id).values(deposit=most + 1)
            )


async def test_goods_are_shipped_while_wechat_pay_still_keeps_the_money_to_be_shared_out(database: Database) -> None:
    """By the last day for the balance, too; after 180 days it is the shop's, commission and all."""
    shop = await market.shop(database, price=made.LISTED, stock=0)
    fits = made.draft(shop.sku)
    fits = replace(fits, ships_at=fits.starts_at + timedelta(days=150 - fits.ship_days))
    async with database.begin() as uow:
        id = await presales.save(uow, shop.keeper, None, fits)
    late = replace(fits, ship_days=fits.ship_days + 1)
    with pytest.raises(Invalid, match="150 天") as refused:
        async with database.begin() as uow:
            await presales.save(uow, shop.keeper, None, late)
    assert refused.value.field == "shipsAt"
    later = PresaleOffer.__table__.update().where(PresaleOffer.id == id).values(ship_days=late.ship_days)
    with pytest.raises(IntegrityError, match="ck_presale_offers_in_time"):
        async with database.begin() as uow:
            await uow.session.execute(later)


async def test_nothing_is_booked_without_saying_yes(database: Database) -> None:
    offer, who = await made.offer(database), await market.buyer(database)
    with pytest.raises(Invalid) as refused:
        await made.placed(database, offer, who, agreed=False)
    assert refused.value.field == "agreed"
    assert await market.rows(database, PresaleBooking) == []
    trade_id = await made.placed(database, offer, who)
    booking = await made.booking(database, (await market.order_of(database, trade_id))["id"])
    assert "定金不退" in booking["rules"]
    assert booking["agreed_at"] is not None


async def test_its_price_goes_with_no_coupon_and_no_gift_card(database: Database) -> None:
    shop = await cards.own_shop(database, price=made.LISTED, stock=0)
    offer, who = await made.offer(database, shop), await market.buyer(database)
    card = await cards.bound(database, who, shop)
    page = await made.page(database, offer, who)
    picked = CardPicks(frozenset([card]), page.expected_total)
    for wrong, field, sentence in (
        (replace(page, cards=picked), "cardIds", "预售.*暂不支持礼品卡"),
        (replace(page, picks=Picks(frozenset([new_id()]))), "couponIds", "预售价不与优惠券同享"),
    ):
        with pytest.raises(Invalid, match=sentence) as refused:
            await market.place(database, who, wrong)
        assert refused.value.field == field
    assert await cards.money(database, card) == (10_000, 0)
    assert await market.rows(database, PresaleBooking) == []
    # Who holds a card may well book, in money.
    await market.place(database, who, page)
    assert await cards.money(database, card) == (10_000, 0)


async def test_the_table_refuses_what_the_law_does(database: Database, gateway: FakeGateway) -> None:
    """No deposit is lost without consent or where it is refundable, none is doubled beyond itself."""
    offer = await made.offer(database)
    await made.booked(database, gateway, offer)
    wrong: dict[str, dict[str, Any]] = {
        "ck_presale_bookings_agreed": {"agreed_at": None},
        "ck_presale_bookings_forfeited": {"state": "FORFEITED", "deposit_kind": "DINGJIN_REFUNDABLE"},
        "ck_presale_bookings_compensation": {"state": "REFUNDED", "compensation": made.DEPOSIT + 1},
        "ck_presale_bookings_deposit": {"deposit": made.DEPOSIT + 1, "balance": made.PRICE},
    }
    for name, values in wrong.items():
        with pytest.raises(IntegrityError, match=name):
            async with database.begin() as uow:
                await uow.session.execute(PresaleBooking.__table__.update().values(values))
