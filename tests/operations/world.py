"""A mall whose every list has a row, then the same mall with twenty; rows are copied in bulk, not made by the rules."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import insert, text, update
from sqlalchemy.ext.asyncio import AsyncSession

from domain import audit, bills, checkout, freight, invoices, ledger, orders
from domain import catalog as shelves
from domain.base import Database, UnitOfWork, Viewer, ViewerKind, clock
from domain.crypto import vault
from domain.ledger import Account
from domain.members import addresses, sessions
from models.base import Base, new_id
from models.bills import BillSubject
from models.catalog import Banner, Brand, Category, Picture, Product, ProductImage, ProductSnapshot, Sku
from models.checkout import CartLine
from models.delivery import Shipment, ShipmentLine, ShipmentTrace
from models.freight import FreightTemplate
from models.inventory import Stock, StockMove
from models.invoices import InvoiceHolder, InvoiceKind, InvoiceState, OrderInvoice
from models.ledger import AccountKind, LedgerTransaction
from models.members import SignIn, Staff
from models.merchants import Merchant
from models.orders import Order, OrderLine, OrderStep, Trade
from models.partners import Partner, PartnerKey
from models.payments import PaymentPart, Refund
from models.pieces import PieceBatch
from tests.factories import catalog, members, merchants, partners
from tests.factories import orders as market
from tests.factories import pieces as printed
from tests.factories import traces as growing
from tests.operations.carded import carded, more_carded
from tests.operations.claims import claimed, more
from tests.operations.flashed import flashed, more_flashed
from tests.operations.grouped import grouped, more_grouped
from tests.operations.listings import listed, more_listed
from tests.operations.opinions import more_opinions, opined
from tests.operations.pointed import more_pointed, pointed
from tests.operations.presold import more_presold, presold
from tests.operations.promoted import more_promoted, promoted
from tests.operations.referred import more_referred, referred
from tests.operations.settled import settled
from tests.operations.telling import more_told, told
from tests.operations.vouchered import more_vouchered, vouchered
from tests.operations.wanted import heard_of
from tests.orders.gateway import FakeGateway

MORE = 19
INVOICE = invoices.WantedInvoice(InvoiceKind.NORMAL, InvoiceHolder.PERSON, "王小明", None, "wang@example.cn")
RECALLED = """
INSERT INTO recalls (id, lot_id, reason, state, started_by, finished_at)
VALUES (gen_random_uuid(), :lot, '抽检不合格', 'DONE', '李运营', now())
"""
SENT = """
INSERT INTO parcel_lots (id, shipment_id, order_id, order_line_id, lot_id, sku_id, units)
SELECT gen_random_uuid(), gen_random_uuid(), order_id, id, :lot, sku_id, 1 FROM order_lines WHERE order_id = :order
"""
LAST_ERROR = "微信支付暂时没有响应"


@dataclass
class World:
    """Who asks, by role, and what the variables name; `products` are those the search must know."""

    tokens: dict[str, str | None]
    ids: dict[str, Any]
    products: list[UUID]
    rows: dict[str, dict[str, Any]] = field(default_factory=dict)

    def fill(self, value: Any) -> Any:
        """The variables with every `$name` replaced."""
        if isinstance(value, dict):
            return {name: self.fill(inner) for name, inner in value.items()}
        if isinstance(value, list):
            return [self.fill(inner) for inner in value]
        return self.ids[value[1:]] if isinstance(value, str) and value.startswith("$") else value


# ------------------------------------------------------------------------------------------------ one row
async def _told(database: Database, picture: str) -> dict[str, Any]:
    """What the product says of its origin and season, and its video."""
    film = {"clip_key": await catalog.clip(database), "clip_poster_key": picture}
    return {"origin_code": merchants.SAYU, "harvest_from": 1, "harvest_to": 12} | film


async def _recalled(database: Database, lot_id: UUID, order_id: UUID) -> None:
    """The lot was sent with the order, and is called back."""
    async with database.begin() as uow:
        await uow.session.execute(text("set local session_replication_role = replica"))  # its SKU need not be traced
        await uow.session.execute(text(SENT), {"lot": lot_id, "order": order_id})
        await uow.session.execute(text(RECALLED), {"lot": lot_id})


async def make(database: Database) -> World:
    picture = await catalog.picture(database)
    leaf = await catalog.category(database, parent_id=(root := await catalog.category(database)))
    brand = await catalog.brand(database, logo_key=picture)
    shop = await merchants.merchant(database, logo_key=picture)
    product = await catalog.product(database, shop, category_id=leaf, brand_id=brand, **await _told(database, picture))
    async with database.begin() as uow:
        await shelves.keep(uow.session, [product.id])
    buyer = await market.with_address(database, await members.member(database, avatar_key=picture))
    bought, unpaid = await _trades(database, buyer, shop, product.skus[0])
    await partners.key(database, await partners.partner(database))
    async with database.begin() as uow:
        await checkout.add(uow, buyer.viewer, product.skus[0], 1)
        row = {"title": "昭通苹果", "subtitle": "洒渔新果上市", "image_key": picture, "link": "search:苹果"}
        await uow.session.execute(insert(Banner).values(row))
        await audit.record(uow, merchants.operator(), "product.freeze", "product", product.id)
        await dead_jobs(uow.session, 1)
        await heard_of(uow, shop, buyer.viewer.member_id, product.id, range(1))
    await unknown_payments(database, 1)
    bill = await strange_bill(database, 1)
    await settled(database, [shop])
    claim, line = await claimed(database, bought, shop)
    own = market.Shop(shop, product, product.skus[0], merchants.shopkeeper(shop))
    lot = await growing.grown(database, own)
    codes = await printed.made(database, lot)
    await printed.look(database, codes[0], county=merchants.ZHAOYANG)
    await printed.alarm(database, codes[0])
    await _recalled(database, lot.id, bought)
    ids = await listed(database, shop, product.id, root) | {
        "lot": str(lot.id),
        "lotNumber": lot.number,
        "piece": codes[0],
        "pieces": str((await market.rows(database, PieceBatch))[0]["id"]),
        "claim": str(claim),
        "claimed": str(line),
        "line": str((await market.rows(database, OrderLine, order_id=bought))[0]["id"]),
        "bill": str(bill),
        "account": str(Account(AccountKind.WECHAT_RECEIVABLE).id),
        "transaction": str((await market.rows(database, LedgerTransaction))[0]["id"]),
        "shop": str(shop),
        "product": str(product.id),
        "sku": str(product.skus[0]),
        "template": str((await market.rows(database, FreightTemplate, merchant_id=shop))[0]["id"]),
        "category": str(root),
        "brand": str(brand),
        "address": str(buyer.address_id),
        "trade": str(unpaid),
        "order": str(bought),
        "orderNumber": (await market.row(database, Order, bought))["number"],
        "invoice": str((await market.rows(database, OrderInvoice))[0]["id"]),
        "shipment": str((await market.rows(database, Shipment))[0]["id"]),
        "lines": [{"skuId": str(product.skus[0]), "quantity": 1}],
        "parent": merchants.ZHAOYANG,
        "town": merchants.SAYU,
    }
    ids |= await opined(database, buyer, shop, product.skus[0]) | await promoted(database, shop, buyer)
    ids |= await grouped(database, product.skus[0], bought) | await flashed(database, product.skus[0])
    ids |= await carded(database, own, buyer) | await presold(database, product.skus[0], bought)
    ids |= await _held(database, own, buyer, ids) | await referred(database, buyer, bought, picture)
    return World(await _tokens(database, buyer, shop), ids, [product.id], await _patterns(database, bought, unpaid))


async def _held(database: Database, own: market.Shop, buyer: market.Buyer, ids: dict[str, Any]) -> dict[str, Any]:
    """What the buyer holds besides gift cards, and what he tells."""
    made = await vouchered(database, own, buyer) | await pointed(database, buyer)
    return made | await told(database, buyer, UUID(ids["shop"]), UUID(ids["product"]))


async def unknown_payments(database: Database, count: int) -> None:
    """Facts in the ledger of which nobody knows anything else."""
    facts = (ledger.paid(new_id(), ledger.Of(None, None), 100, clock.now(), memo="查无此笔") for _ in range(count))
    async with database.begin() as uow:
        await ledger.post(uow, *facts)


async def strange_bill(database: Database, count: int) -> UUID:
    """A bill of which nothing is known here."""
    about = {"sub_mchid": "1900000110", "state": "SUCCESS", "amount": 100, "fee": 1, "at": clock.now()}
    lines = [bills.LineSeen(BillSubject.PAYMENT, f"S{n}P1", f"42{n}", **about) for n in range(count)]
    async with database.begin() as uow:
        return await bills.record(uow, clock.today() - timedelta(days=2), bills.BillSeen(f"{count:040d}", lines))


async def _trades(database: Database, buyer: market.Buyer, shop: UUID, sku: UUID) -> tuple[UUID, UUID]:
    """An order that was paid, shipped and partly refunded, and a trade that waits for its payment."""
    paid = await market.paid(database, FakeGateway(), buyer, {sku: 1})
    order = (await market.order_of(database, paid))["id"]
    (part,) = await market.rows(database, PaymentPart, order_id=order)
    refund = {"part_id": part["id"], "order_id": order, "number": "R1", "cause": "fault:1", "reason": "果品破损"}
    async with database.begin() as uow:
        await orders.ship(uow, merchants.shopkeeper(shop), orders.Parcel(order, "SF", "SF1234567890"))
        await uow.session.execute(insert(Refund).values(**refund, amount=1))
    (parcel,) = await market.rows(database, Shipment, order_id=order)
    async with database.begin() as uow:
        trace = {"shipment_id": parcel["id"], "at": clock.now(), "text": "【昭通市】已揽收"}
        await uow.session.execute(insert(ShipmentTrace).values(**trace))
        await invoices.request_invoice(uow, buyer.viewer, order, INVOICE)
    return order, await market.placed(database, buyer, {sku: 1})


async def _tokens(database: Database, buyer: market.Buyer, shop: UUID) -> dict[str, str | None]:
    keeper = await members.shopkeeper(database, shop)
    operator = await members.operator(database)
    found: dict[str, str | None] = {"anyone": None}
    owners = (
        ("member", ViewerKind.MEMBER, buyer.viewer.id),
        ("shop", ViewerKind.MERCHANT, keeper),
        ("platform", ViewerKind.PLATFORM, operator),
    )
    for name, kind, id in owners:
        assert id is not None
        async with database.begin() as uow:
            found[name] = (await sessions.begin(uow, kind, id, "测试机")).access
    return found


async def _patterns(database: Database, order: UUID, unpaid: UUID) -> dict[str, dict[str, Any]]:
    """The rows that are copied."""
    alone = (Merchant, Brand, Product, Sku, Stock, ProductImage, Picture, Banner, CartLine, Partner, PartnerKey)
    found = {model.__tablename__: (await market.rows(database, model))[0] for model in alone}
    for model in (OrderLine, OrderStep, Shipment, Refund):
        found[model.__tablename__] = (await market.rows(database, model, order_id=order))[0]
    for packed in (ShipmentLine, ShipmentTrace, OrderInvoice, ProductSnapshot):
        found[packed.__tablename__] = (await market.rows(database, packed))[0]
    found["orders"] = await market.row(database, Order, order)
    found["unpaid"] = (await market.orders_of(database, unpaid))[0]
    found["trades"] = await market.row(database, Trade, found["orders"]["trade_id"])
    found["stock_moves"] = (await market.rows(database, StockMove))[0]
    found["sign_ins"] = (await market.rows(database, SignIn, member_id=found["orders"]["member_id"]))[0]
    found["staff"] = (await market.rows(database, Staff, kind="MERCHANT"))[0]
    return found


async def dead_jobs(session: AsyncSession, count: int) -> None:
    """Jobs that failed, each first with another error and last with one of WeChat Pay's."""
    job = text(
        "insert into pgqueuer (priority, status, entrypoint, payload, attempts)"
        " values (0, 'failed', 'payment.check', '{}', 5) returning id"
    )
    note = text(
        "insert into pgqueuer_log (job_id, status, priority, entrypoint, traceback)"
        " values (:id, 'exception', 0, 'payment.check', :told)"
    )
    for _ in range(count):
        id = await session.scalar(job)
        told = {"job_id": id, "timestamp": clock.now().isoformat(), "traceback": "", "additional_context": None}
        for message in ("连接被重置", LAST_ERROR):
            said = {"exception_type": "Unavailable", "exception_message": message}
            await session.execute(note, {"id": id, "told": json.dumps(told | said)})


# ------------------------------------------------------------------------------------------------ twenty
class Copier:
    """Inserts copies of the world's rows, each with some columns of its own."""

    def __init__(self, session: AsyncSession, world: World) -> None:
        self.session = session
        self.world = world

    async def copies(self, model: type[Base], changes: Sequence[dict[str, Any]], of: str | None = None) -> None:
        row = self.world.rows[of or model.__tablename__]
        fresh = [{"id": new_id()} if "id" in row else {} for _ in changes]
        rows = [{**row, **new, **changed} for new, changed in zip(fresh, changes, strict=True)]
        await self.session.execute(insert(model), rows)


async def grow(database: Database, world: World) -> None:
    """Nineteen more of everything, hung where the first ones hang and on parents of their own."""
    async with database.begin() as uow:
        copier = Copier(uow.session, world)
        goods = await _more_goods(copier)
        await freight.open_freight(uow, dict.fromkeys(goods.shops, freight.flat(0, None)))
        await _more_trade(copier, goods)
        await _more_of_people(uow, copier)
        await dead_jobs(uow.session, MORE)
        buyer = world.rows["orders"]["member_id"]
        await heard_of(uow, world.ids["shop"], buyer, world.products[0], range(1, MORE + 1))
        await more_listed(uow, world.ids, world.products[0], goods.products, MORE)
        claim, line = (UUID(world.ids[name]) for name in ("claim", "claimed"))
        await more(uow, world.rows["orders"], claim, line, MORE)
        await more_opinions(uow, world.ids, MORE)
        await more_told(uow, world.ids, MORE)
        await more_promoted(uow, world.ids, MORE)
        await more_grouped(uow, world.ids, world.products, MORE)
        await more_flashed(uow, world.ids, world.products, MORE)
        await more_carded(uow, world.ids, MORE)
        await more_vouchered(uow, world.ids, goods.skus, MORE)
        await more_presold(uow, world.ids, world.products, MORE)
        await more_referred(uow, world.ids, world.rows["pictures"]["key"], MORE)
        await more_pointed(uow, world.ids, MORE)
        for n in range(MORE):
            await audit.record(uow, merchants.operator(), "product.freeze", "product", f"{n}")
    await unknown_payments(database, MORE)
    await strange_bill(database, MORE + 1)
    await settled(database, [UUID(world.ids["shop"]), *goods.shops])
    world.products += goods.products
    world.ids["lines"] += [{"skuId": str(id), "quantity": 1} for id in goods.skus]
    world.ids["parent"] = merchants.CITY


@dataclass(frozen=True)
class Goods:
    """What is new for sale: products of new shops, then products of the first shop; SKUs of the former."""

    shops: list[UUID]
    products: list[UUID]
    skus: list[UUID]


async def _more_goods(copier: Copier) -> Goods:
    rows = copier.world.rows
    numbers = range(MORE)
    shops, brands, roots, leaves, keys = ([new_id() for _ in numbers] for _ in range(5))
    pictures = [key.hex for key in keys]
    await copier.copies(Picture, [{"key": key} for key in pictures])
    named = [{"id": shops[n], "name": f"合作社{n}", "slug": f"more-{n}", "logo_key": pictures[n]} for n in numbers]
    await copier.copies(Merchant, named)
    await copier.copies(Brand, [{"id": brands[n], "name": f"品牌{n}", "logo_key": pictures[n]} for n in numbers])
    root = UUID(copier.world.ids["category"])
    places = [{"id": roots[n], "slug": f"root-{n}", "name": f"大类{n}", "parent_id": None} for n in numbers]
    places += [{"id": leaves[n], "slug": f"leaf-{n}", "name": f"小类{n}", "parent_id": root} for n in numbers]
    places += [{"id": new_id(), "slug": f"twig-{n}", "name": f"细类{n}", "parent_id": roots[n]} for n in numbers]
    copier.world.rows["categories"] = {"position": 0, "icon": None, "created_at": clock.now()}
    await copier.copies(Category, places)
    kin = [{"brand_id": brands[n], "category_id": leaves[n]} for n in numbers]
    made = [{"id": new_id(), "merchant_id": shops[n], **kin[n]} for n in numbers]
    made += [{"id": new_id(), **kin[n]} for n in numbers]
    await copier.copies(Product, made)
    skus = [{"id": new_id(), "product_id": each["id"]} for each in made]
    skus += [{"id": new_id(), "name": f"{n + 6} 斤装"} for n in numbers]
    await copier.copies(Sku, skus)
    await copier.copies(Stock, [{"sku_id": each["id"]} for each in skus])
    shown = [{"product_id": each["id"], "key": pictures[n % MORE]} for n, each in enumerate(made)]
    shown += [{"product_id": rows["products"]["id"], "position": n + 1, "key": pictures[n]} for n in numbers]
    await copier.copies(ProductImage, shown)
    await copier.copies(Banner, [{"image_key": pictures[n]} for n in numbers])
    return Goods(shops, [each["id"] for each in made], [each["id"] for each in skus[:MORE]])


async def _more_trade(copier: Copier, goods: Goods) -> None:
    """The first order grows; the first unpaid trade grows; each new shop and the first one get orders."""
    numbers = range(MORE)
    order, unpaid = copier.world.rows["orders"], copier.world.rows["unpaid"]
    lines = [{"sku_id": goods.skus[n], "product_id": goods.products[n]} for n in numbers]
    await copier.copies(CartLine, [{"sku_id": line["sku_id"]} for line in lines])
    said = [{"hash": f"{n:064d}"} for n in numbers]
    await copier.copies(ProductSnapshot, said)
    lines = [{**line, "snapshot_hash": each["hash"]} for line, each in zip(lines, said, strict=True)]
    await copier.copies(OrderLine, lines)
    await copier.copies(OrderStep, [{} for _ in numbers])
    issued = {"state": InvoiceState.ISSUED, "number": "25532000000012345678", "issued_at": clock.now()}
    await copier.copies(OrderInvoice, [{**issued, **_emailed(new_id())} for _ in numbers])
    parcels = [{"id": new_id(), "tracking_number": f"SF20000000{n:02d}"} for n in numbers]
    await copier.copies(Shipment, parcels)
    await copier.copies(ShipmentLine, [{"shipment_id": parcel["id"]} for parcel in parcels])
    await copier.copies(ShipmentTrace, [{"text": f"【昭通市】第 {n} 站"} for n in numbers])
    await copier.copies(Refund, [{"number": f"R2-{n}", "cause": f"fault:2-{n}"} for n in numbers])
    await copier.copies(StockMove, [{"reason": f"盘点 {n}", "order_id": None} for n in numbers])
    trades = [{"id": new_id(), "number": f"T2-{n}", "idempotency_key": f"more-{n}"} for n in numbers]
    await copier.copies(Trade, trades)
    made = [_order(n, trades[n]["id"], merchant, kind) for n in numbers for kind, merchant in _sellers(goods, order, n)]
    await copier.copies(Order, made)
    await copier.copies(OrderLine, [{**lines[n % MORE], "order_id": each["id"]} for n, each in enumerate(made)])
    late = [_order(n, unpaid["trade_id"], goods.shops[n], "U") for n in numbers]
    await copier.copies(Order, late, of="unpaid")
    await copier.copies(OrderLine, [{"order_id": each["id"]} for each in late])


def _emailed(id: UUID) -> dict[str, Any]:
    return {"id": id, "email_sealed": vault.seal(INVOICE.email, table="order_invoices", column="email_sealed", row=id)}


def _sellers(goods: Goods, order: dict[str, Any], n: int) -> tuple[tuple[str, UUID], tuple[str, UUID]]:
    return ("N", goods.shops[n]), ("O", order["merchant_id"])


def _order(n: int, trade: UUID, merchant: UUID, kind: str) -> dict[str, Any]:
    return {"id": new_id(), "trade_id": trade, "merchant_id": merchant, "number": f"{kind}-{n}"}


async def _more_of_people(uow: UnitOfWork, copier: Copier) -> None:
    shops = [row["id"] for row in (await copier.session.execute(text("select id from merchants"))).mappings()]
    buyer = Viewer(ViewerKind.MEMBER, copier.world.rows["orders"]["member_id"])
    where = addresses.Wanted("王小明", "13888880001", merchants.ZHAOYANG, "洒渔镇三台村 12 号", is_default=False)
    for _ in range(MORE):  # sealed with the id of its own row, so no copy could be opened
        await addresses.save(uow, buyer, None, where)
    tokens = ("access_hash", "refresh_hash")
    await copier.copies(SignIn, [{name: new_id().bytes for name in tokens} for _ in range(MORE)])
    await copier.copies(Staff, [{"login": f"more-{n}", "merchant_id": shops[n]} for n in range(MORE)])
    firms = [{"id": new_id(), "name": f"比价平台{n}"} for n in range(MORE)]
    await copier.copies(Partner, firms)
    ended = [{"partner_id": copier.world.rows["partners"]["id"], "revoked_at": clock.now()} for _ in firms]
    keys = [*({"partner_id": firm["id"]} for firm in firms), *ended]
    await copier.copies(PartnerKey, [{**key, "secret_hash": 2 * new_id().bytes} for key in keys])
    # Copied from the first, the new products would share its place in every list.
    await copier.session.execute(update(Product).values(sold_count=0))
