"""The whole sale as phones see it: applied for, published, queued for and bought, through GraphQL over HTTP."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import AsyncIterator
from typing import Any

import pytest

from server.settings import Settings
from tests.client import Client, open_client
from tests.factories import flash as made
from tests.factories import members
from tests.factories import orders as market
from tests.flash import checks

ENTER = """mutation($id: ID!) { enterFlash(offerId: $id) {
  ... on FlashEntry { state position token expiresAt retryAfterMs serverTime } ... on Refused { code message } } }"""
PREVIEW = """query($id: ID!, $address: ID) { flashCheckoutPreview(offerId: $id, quantity: 1, addressId: $address) {
  ... on CheckoutPreview { total discountTotal priceTrace { label note } } } }"""
PLACE = """mutation($input: PlaceFlashOrderInput!) { placeFlashOrder(input: $input) {
  __typename ... on Trade { id total expiresAt createdAt } ... on Refused { code message field } } }"""
LIST = """{ flashSessions { name serverTime startsAt endsAt payMinutes
  offers { id state price listPrice total left takenPercent product { title } sku { name } } } }"""
MINE = """{ merchantFlashOffers { total items { id state taken arrived results { sold unpaid buyers turnover } } } }"""


LEFT = "flash:{{{id}}}:left"


@pytest.fixture
async def client(settings: Settings, clean_database: None, clean_redis: None) -> AsyncIterator[Client]:
    async with open_client(settings.model_copy(update={"meili_url": None})) as client:
        yield client


async def phone(client: Client, who: market.Buyer) -> Client:
    return client.as_((await members.signed_in(client.mall.database, who.viewer)).access)


async def ask(phone: Client, query: str, **variables: Any) -> dict[str, Any]:
    """As phones do: who is told that the mall is busy comes again."""
    for _ in range(100):
        reply = await phone.post(query, **variables)
        if reply.status_code != 503:
            break
        await asyncio.sleep(0.2)
    (found,) = reply.json()["data"].values()
    answer: dict[str, Any] = found
    return answer


async def buy(phone: Client, who: market.Buyer, offer: made.Offer) -> dict[str, Any] | None:
    """As the mini-program does: asks until there is an answer, then orders; what was placed, or None."""
    for _ in range(400):
        entry = await ask(phone, ENTER, id=str(offer.id))
        if entry["state"] in ("SOLD_OUT", "HOPING"):
            return None
        if entry["token"]:
            break
        await asyncio.sleep(0.05)
    page = {"idempotencyKey": secrets.token_hex(8), "offerId": str(offer.id), "token": entry["token"], "quantity": 1}
    page |= {"addressId": str(who.address_id), "expectedTotal": made.PRICE}
    answer = await ask(phone, PLACE, input=page)
    return answer if answer["__typename"] == "Trade" else None


async def test_a_buyer_is_let_in_and_pays_the_flash_price(client: Client) -> None:
    offer = await made.published(client.mall.database, total=3)
    who = await market.buyer(client.mall.database)
    own = await phone(client, who)
    (slot,) = await client.ask(LIST)
    (shown,) = slot["offers"]
    assert (shown["id"], shown["price"], shown["left"], shown["takenPercent"]) == (str(offer.id), made.PRICE, 3, 0)
    preview = await own.ask(PREVIEW, id=str(offer.id), address=str(who.address_id))
    assert (preview["total"], preview["discountTotal"]) == (made.PRICE, made.LISTED - made.PRICE)
    assert "秒杀 整点秒杀" in str(preview["priceTrace"])
    trade = await buy(own, who, offer)
    assert trade is not None
    assert trade["total"] == made.PRICE
    keeper = await members.shopkeeper(client.mall.database, offer.shop.merchant_id, "keeper")
    shop = client.as_((await members.signed_in(client.mall.database, made.staff(keeper, offer))).access)
    (mine,) = (await shop.ask(MINE))["items"]
    assert (mine["taken"], mine["arrived"], mine["results"]["unpaid"], mine["results"]["sold"]) == (1, 1, 1, 0)


@pytest.mark.parametrize("flushed", [False, True], ids=["whole", "flushed"])
async def test_a_rush_sells_exactly_what_is_there(client: Client, flushed: bool) -> None:
    database = client.mall.database
    offer = await made.published(database, total=10, per_member=1)
    buyers = [await market.buyer(database) for _ in range(60)]
    phones = [await phone(client, who) for who in buyers]
    going = [asyncio.create_task(buy(own, who, offer)) for own, who in zip(phones, buyers, strict=True)]
    while flushed and not all(task.done() for task in going):
        await client.mall.redis.flushall()
        await asyncio.sleep(0.1)
    got = [trade for trade in await asyncio.gather(*going) if trade]
    assert len(got) == (await made.row(database, offer))["taken"] == 10
    await checks.all_true(database)


async def test_an_order_that_is_sent_again_takes_no_piece_from_the_gate(client: Client) -> None:
    """Or whoever repeats his order would close the sale for everybody."""
    offer = await made.published(client.mall.database, total=5)
    who = await market.buyer(client.mall.database)
    own = await phone(client, who)
    entry = await own.ask(ENTER, id=str(offer.id))
    page = {"idempotencyKey": secrets.token_hex(8), "offerId": str(offer.id), "token": entry["token"], "quantity": 1}
    page |= {"addressId": str(who.address_id), "expectedTotal": made.PRICE}
    placed = [await own.ask(PLACE, input=page) for _ in range(4)]
    assert len({each["id"] for each in placed}) == 1
    assert int(await client.mall.redis.get(LEFT.format(id=offer.id))) == 4
