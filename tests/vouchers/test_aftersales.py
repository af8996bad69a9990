"""Redemptions that were shipped and go back after all: pieces return to the voucher, each once."""

from __future__ import annotations

from uuid import UUID

import pytest

from domain import aftersales, orders
from domain.base import Database, WrongState
from models.aftersales import AfterSale, AfterSaleKind, AfterSaleReason, AfterSaleState
from models.ledger import AccountKind
from models.orders import CloseReason, Order, OrderLine, OrderState
from models.payments import Refund, RefundState
from tests.factories import orders as market
from tests.factories import vouchers as made
from tests.races.test_orders import all_at_once


async def claimed(database: Database, held: made.Held, order_id: UUID, units: int, amount: int | None = None) -> UUID:
    """A case about goods that came: money only, of nobody's return."""
    (line,) = await market.rows(database, OrderLine, order_id=order_id)
    wanted = aftersales.WantedAfterSale(
        f"case-{units}-{amount}-{order_id}"[:64],
        order_id,
        AfterSaleKind.REFUND_ONLY,
        AfterSaleReason.OTHER,
        [aftersales.WantedUnits(line["id"], units, amount)],
        "箱子里少了东西",
    )
    async with database.begin() as uow:
        (id,) = await aftersales.apply(uow, held.who.viewer, wanted)
    return id


async def agreed(database: Database, held: made.Held, id: UUID) -> None:
    async with database.begin() as uow:
        await aftersales.agree(uow, held.shop.keeper, id)


async def received(database: Database, held: made.Held, quantity: int) -> UUID:
    order = await made.redeemed(database, held, quantity)
    await made.shipped(database, held, order["id"])
    async with database.begin() as uow:
        await orders.confirm_receipt(uow, held.who.viewer, order["id"])
    id: UUID = order["id"]
    return id


async def test_a_piece_that_goes_back_after_shipping_returns_to_the_voucher_once(database: Database) -> None:
    held = await made.bound(database, units=3)
    order_id = await received(database, held, 3)
    assert await made.pieces(database, held) == ("REDEEMED", 0, 0)
    case = await claimed(database, held, order_id, 1)
    await agreed(database, held, case)
    assert await made.pieces(database, held) == ("ACTIVE", 1, 0)
    with pytest.raises(WrongState):
        await agreed(database, held, case)
    assert await made.pieces(database, held) == ("ACTIVE", 1, 0)
    # The rest of it too: then the order is over, and nothing of it can be claimed again.
    await agreed(database, held, await claimed(database, held, order_id, 2))
    assert await made.pieces(database, held) == ("ACTIVE", 3, 0)
    row = await market.row(database, Order, order_id)
    assert (row["state"], row["close_reason"]) == (OrderState.CLOSED, CloseReason.REFUNDED)
    with pytest.raises(WrongState):
        await claimed(database, held, order_id, 1, 100)
    assert await made.booked(database, order_id) == {}
    assert {each["state"] for each in await market.rows(database, Refund)} == {RefundState.SUCCEEDED}
    await made.all_true(database)


async def test_less_than_a_piece_goes_back_as_a_piece(database: Database) -> None:
    """Nothing of the order was paid in money, so what was begun goes back whole."""
    held = await made.bound(database, units=3)
    order_id = await received(database, held, 2)
    await agreed(database, held, await claimed(database, held, order_id, 1, 1500))
    assert await made.pieces(database, held) == ("ACTIVE", 2, 0)
    left = {AccountKind.VOUCHER_LIABILITY: 5000, AccountKind.BUYER_CLEARING: -5000}
    assert await made.booked(database, order_id) == left
    await made.all_true(database)


async def test_who_agrees_twice_at_once_gives_the_pieces_back_once(database: Database) -> None:
    held = await made.bound(database, units=5)
    order_id = await received(database, held, 2)
    case = await claimed(database, held, order_id, 2)
    done = await all_at_once(*(agreed(database, held, case) for _ in range(4)))
    assert sum(isinstance(outcome, WrongState) for outcome in done) == 3
    assert await made.pieces(database, held) == ("ACTIVE", 5, 0)
    (row,) = await market.rows(database, AfterSale)
    assert row["state"] in (AfterSaleState.REFUNDING, AfterSaleState.DONE)
    await made.all_true(database)
