"""A market that can be built twice, and what is in its books in words that are the same for both."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import text

from domain import checkout, orders
from domain.base import Database, Refusal, UnitOfWork, Viewer, ViewerKind, clock
from domain.crypto import vault
from domain.orders import Placed, WantedOrder
from models.base import new_id
from models.catalog import ProductState, ReturnClass
from models.checkout import CartLine
from models.inventory import Stock, StockHold
from models.orders import Order, OrderLine, OrderStep, Trade
from models.outbox import OutboxEvent
from tests.factories import catalog, members, merchants
from tests.factories import orders as market
from tests.factories.orders import Buyer

# What placing writes; emptied between two examples.
WRITTEN = ("order_steps", "order_lines", "stock_holds", "orders", "trades", "outbox", "cart_lines")


@dataclass(frozen=True)
class Wish:
    """An order in numbers: which buyer, which key, quantities by SKU, whose address, how far from the right total."""

    buyer: int
    key: int
    lines: tuple[tuple[int, int], ...]
    address: int | None
    wrong_by: int
    remark: int | None
    waived: bool
    from_cart: bool


@dataclass(frozen=True)
class Market:
    """Four shops with a SKU each: dear freight, free freight, no return without consent, not on sale.

    The first three buyers are known, the fourth is blocked, the fifth does not exist, the sixth is a shopkeeper.
    """

    skus: list[UUID]
    merchants: list[UUID]
    buyers: list[Buyer]

    @classmethod
    async def build(cls, database: Database) -> Market:
        shops = [
            await market.shop(database, price=3990, freight=500, free_freight_from=10_000),
            await market.shop(database, price=1000),
            await market.shop(database, price=250, return_class=ReturnClass.NO_RETURN_IF_CONFIRMED),
            await market.shop(database, price=990, state=ProductState.OFF_SALE),
        ]
        twin = await catalog.product(
            database, shops[1].merchant_id, skus=(catalog.sku("小", 70), catalog.sku("大", 80))
        )
        known = [await market.buyer(database) for _ in range(4)]
        blocked = Buyer(await members.member(database, blocked_at=clock.now()), known[3].address_id)
        nobody = Buyer(Viewer(ViewerKind.MEMBER, new_id()), new_id())
        keeper = Buyer(merchants.shopkeeper(shops[0].merchant_id), new_id())
        skus = [*(shop.sku for shop in shops), *twin.skus]
        return cls(skus, [shop.merchant_id for shop in shops], [*known[:3], blocked, nobody, keeper])

    async def restock(self, uow: UnitOfWork, stock: Sequence[int]) -> None:
        for sku, actual in zip(self.skus, stock, strict=True):
            change = "UPDATE stock SET actual = :actual, held = 0 WHERE sku_id = :sku"
            await uow.session.execute(text(change), {"actual": actual, "sku": sku})

    async def fill_carts(self, uow: UnitOfWork) -> None:
        """One of everything in the cart of every buyer there is."""
        rows = [
            {"member_id": buyer.viewer.id, "sku_id": sku, "quantity": 1, "price_seen": 1, "added_at": clock.now()}
            for buyer in self.buyers[:3]
            for sku in self.skus
        ]
        await uow.session.execute(CartLine.__table__.insert(), rows)

    async def wanted(self, database: Database, wish: Wish) -> tuple[Viewer, WantedOrder]:
        buyer = self.buyers[wish.buyer]
        lines = [(self.skus[sku], quantity) for sku, quantity in wish.lines]
        address = self.buyers[wish.address].address_id if wish.address is not None else UUID(int=7)
        remarks = {} if wish.remark is None else {self.merchants[wish.remark]: "请挑大的"}
        total = await self._total(database, dict(lines)) + wish.wrong_by
        page = WantedOrder(
            idempotency_key=f"key-{wish.key:05}" if wish.key else "short",
            lines=lines,
            address_id=address,
            expected_total=total,
            remarks=remarks,
            return_waivers=frozenset(self.skus) if wish.waived else frozenset(),
            from_cart=wish.from_cart,
        )
        return buyer.viewer, page

    async def _total(self, database: Database, lines: dict[UUID, int]) -> int:
        async with database.read() as session:
            try:
                return (await checkout.price_wanted(session, lines)).total
            except Refusal:
                return 1

    # ---------------------------------------------------------------------------------------- in words
    def answer(self, answer: Placed | Refusal) -> Any:
        if isinstance(answer, Placed):
            trade = answer.trade
            return trade["idempotency_key"], self._buyer(trade["member_id"]), trade["total"], trade["state"]
        return type(answer).__name__, answer.message, answer.field, self._plain(answer.detail)

    async def books(self, database: Database) -> dict[str, Any]:
        """All that is written, with places in lists for ids; numbers and times are left out."""
        rows = {
            model: await market.rows(database, model)
            for model in (Trade, Order, OrderLine, OrderStep, StockHold, Stock, CartLine, OutboxEvent)
        }
        trades = {row["id"]: (self._buyer(row["member_id"]), row["idempotency_key"]) for row in rows[Trade]}
        placed = {row["id"]: (trades[row["trade_id"]], self._shop(row["merchant_id"])) for row in rows[Order]}
        return {
            "trades": sorted((*trades[row["id"]], row["total"], row["state"]) for row in rows[Trade]),
            "orders": sorted((*placed[row["id"]], *_order(row)) for row in rows[Order]),
            "lines": sorted((placed[row["order_id"]], *self._line(row)) for row in rows[OrderLine]),
            "steps": sorted((placed[row["order_id"]], *_step(row)) for row in rows[OrderStep]),
            "holds": sorted((placed[row["order_id"]], *self._hold(row)) for row in rows[StockHold]),
            "stock": sorted(self._stock(row) for row in rows[Stock] if row["sku_id"] in self.skus),
            "carts": sorted((self._buyer(row["member_id"]), self._sku(row["sku_id"])) for row in rows[CartLine]),
            "facts": sorted((row["name"], str(_fact(row["payload"], trades, placed))) for row in rows[OutboxEvent]),
            "numbers": len({row["number"] for row in [*rows[Trade], *rows[Order]]}),
        }

    def _buyer(self, id: UUID) -> int:
        return [buyer.viewer.id for buyer in self.buyers].index(id)

    def _shop(self, id: UUID) -> int:
        return self.merchants.index(id)

    def _sku(self, id: UUID) -> int:
        return self.skus.index(id)

    def _plain(self, detail: dict[str, Any]) -> dict[str, Any]:
        return {name: self._sku(value) if name == "sku_id" else value for name, value in detail.items()}

    def _line(self, row: dict[str, Any]) -> tuple[Any, ...]:
        named = ("quantity", "unit_price", "amount", "weight", "return_class", "no_return_confirmed")
        return self._sku(row["sku_id"]), *(row[name] for name in named)

    def _hold(self, row: dict[str, Any]) -> tuple[Any, ...]:
        return self._sku(row["sku_id"]), row["quantity"], row["state"]

    def _stock(self, row: dict[str, Any]) -> tuple[int, int, int]:
        return self._sku(row["sku_id"]), row["actual"], row["held"]


def _order(row: dict[str, Any]) -> tuple[Any, ...]:
    opened = [
        vault.open(row[f"{name}_sealed"], table="orders", column=f"{name}_sealed", row=row["id"])
        for name in ("name", "phone", "detail")
    ]
    same_time = row["expires_at"] - row["created_at"] == orders.PAY_WITHIN
    return row["state"], row["goods_total"], row["freight"], row["total"], row["remark"], *opened, same_time


def _step(row: dict[str, Any]) -> tuple[Any, ...]:
    return row["event"], row["state"], row["actor_kind"], row["text"]


def _fact(payload: dict[str, Any], trades: dict[UUID, Any], placed: dict[UUID, Any]) -> list[Any]:
    known = {str(id): words for id, words in [*trades.items(), *placed.items()]}
    strange = {"member_id", "merchant_id", "product_id"}  # follow from the others, or are one of two twins
    return [known.get(str(value), value) for name, value in sorted(payload.items()) if name not in strange]
