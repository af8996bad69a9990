"""No answer crosses viewers: everybody listens to one order at once and reads what they would read alone."""

from __future__ import annotations

from contextlib import AsyncExitStack
from typing import Any
from uuid import uuid4

import pytest
from graphql import GraphQLObjectType, get_named_type, is_leaf_type, is_required_argument, parse
from sqlalchemy import text

from compiled import Executor
from domain import orders
from domain.base import Viewer, ViewerKind
from domain.members.permissions import Permission
from domain.members.roles import AUDITOR, SHIPPER, SHOPKEEPER, SUPER_ADMIN, SUPPORT
from schema.base import Context
from schema.orders import Order
from server.graphql import schema
from server.settings import Settings
from server.sockets import SocketLimits
from subscriptions.base import sight
from tests.factories import members
from tests.sockets.conftest import Scene
from tests.sockets.island import Island, Raw, open_raw, serve

FIELDS = """
  id number state total goodsTotal freight remark version merchantId buyerName
  address { name phone regionName detail }
  trade { id number state total orders { id number total address { name phone detail } lines { title } } }
  merchant { id name intro }
  lines { title skuName quantity unitPrice amount image { url } }
  steps { at text state actor }
  shipments { trackingNumber uploadNote }
  refunds { id amount state }
"""
NEWS = f"subscription ($id: ID!) {{ orderChanged(id: $id) {{ {FIELDS} }} }}"
ALONE = {
    ViewerKind.MEMBER: f"query ($id: ID!) {{ order(id: $id) {{ {FIELDS} }} }}",
    ViewerKind.MERCHANT: f"query ($id: ID!) {{ merchantOrder(id: $id) {{ {FIELDS} }} }}",
    ViewerKind.PLATFORM: f"query ($id: ID!) {{ platformOrder(id: $id) {{ {FIELDS} }} }}",
}


async def everybody(scene: Scene) -> dict[str, tuple[ViewerKind, str]]:
    """Tokens of those who may see the apples' order."""
    return {
        "buyer": (ViewerKind.MEMBER, await scene.token(scene.buyer)),
        "buyer's other phone": (ViewerKind.MEMBER, await scene.token(scene.buyer)),
        "owner": (ViewerKind.MERCHANT, await scene.desk(scene.apples, SHOPKEEPER.name)),
        "shipper": (ViewerKind.MERCHANT, await scene.desk(scene.apples, SHIPPER.name)),
        "administrator": (ViewerKind.PLATFORM, await scene.platform(SUPER_ADMIN.name)),
        "support": (ViewerKind.PLATFORM, await scene.platform(SUPPORT.name)),
        "auditor": (ViewerKind.PLATFORM, await scene.platform(AUDITOR.name)),
    }


async def strangers(scene: Scene) -> dict[str, tuple[str | None, str]]:
    """Tokens of those who may not, and what they are told."""
    return {
        "another member": (await scene.token(await members.member(scene.database)), "NOT_FOUND"),
        "another shop": (await scene.desk(scene.potatoes, SHOPKEEPER.name), "NOT_FOUND"),
        "another shop's shipper": (await scene.desk(scene.potatoes, SHIPPER.name), "NOT_FOUND"),
        "nobody": (None, "UNAUTHENTICATED"),
    }


async def test_everybody_reads_what_they_would_read_alone(settings: Settings, scene: Scene) -> None:
    await _pay(scene)  # now the shop that ships sees the whole address, and only it
    async with serve(settings, SocketLimits(per_viewer=50)) as island, AsyncExitStack() as stack:
        raws, alone = {}, {}
        for name, (kind, token) in (await everybody(scene)).items():
            raws[name] = await stack.enter_async_context(open_raw(island, token))
            alone[name] = await _alone(raws[name], ALONE[kind], scene)
        refused = {
            name: (await stack.enter_async_context(open_raw(island, token)), code)
            for name, (token, code) in (await strangers(scene)).items()
        }
        for raw in raws.values():
            await raw.subscribe("news", NEWS, id=str(scene.order))
        for raw, code in refused.values():
            await raw.subscribe("news", NEWS, id=str(scene.order))
            assert await raw.refused("news") == code
        assert {name: await raw.data("news") for name, raw in raws.items()} == alone
        await island.announce(scene.order)
        assert {name: await raw.data("news") for name, raw in raws.items()} == alone
        for raw, _ in refused.values():
            await raw.quiet()
        _is_as_the_rules_say(alone, scene)


def _is_as_the_rules_say(alone: dict[str, Any], scene: Scene) -> None:
    """That the plain answers differ is what makes the comparison worth something."""
    whole = {name for name, order in alone.items() if order["address"]["detail"] != "****"}
    assert whole == {"buyer", "buyer's other phone", "owner", "shipper"}
    both = {name for name, order in alone.items() if len(order["trade"]["orders"]) == 2}
    assert both == set(alone) - {"owner", "shipper"}
    assert alone["owner"]["trade"]["total"] == alone["owner"]["total"] < alone["buyer"]["trade"]["total"]


async def _alone(raw: Raw, query: str, scene: Scene) -> Any:
    await raw.subscribe("alone", query, id=str(scene.order))
    found = await raw.data("alone")
    assert (await raw.next())["type"] == "complete"
    return found


async def _pay(scene: Scene) -> None:
    change = "update orders set state = 'AWAITING_SHIPMENT', paid_at = now() where id = :id"
    async with scene.database.begin() as uow:
        await uow.session.execute(text(change), {"id": scene.order})


async def test_those_who_see_the_same_cost_one_execution(settings: Settings, scene: Scene) -> None:
    async with serve(settings, SocketLimits(per_viewer=50)) as island, AsyncExitStack() as stack:
        tokens = await everybody(scene)
        for kind, token in tokens.values():
            assert kind
            raw = await stack.enter_async_context(open_raw(island, token))
            await raw.subscribe("1", NEWS, id=str(scene.order))
            await raw.data("1")
        before = island.sockets.hub.executed
        delivered = island.sockets.hub.delivered
        await island.announce(scene.order)
        await island.until("delivered", delivered + len(tokens))
        # The buyer's two phones are one sight; owner, shipper, administrator, support and auditor are one each.
        assert island.sockets.hub.executed - before == 6


# ------------------------------------------------------------------------------------------------ what fields look at
LOOKED_AT: set[str] = set()


class Watched(Viewer):
    """A viewer that knows what was asked of it."""

    def __getattribute__(self, name: str) -> Any:
        if not name.startswith("__"):
            LOOKED_AT.add(name)
        return super().__getattribute__(name)


# What `sight` holds of each kind, and what is computed of it alone.
IN_SIGHT = {
    ViewerKind.MEMBER: {"kind", "id", "member_id"},
    ViewerKind.MERCHANT: {"kind", "merchant_id", "shop_id", "permissions"},
    ViewerKind.PLATFORM: {"kind", "merchant_id", "permissions"},
}


@pytest.mark.parametrize("kind", IN_SIGHT)
async def test_no_field_looks_at_more_than_the_sight_holds(island: Island, scene: Scene, kind: ViewerKind) -> None:
    """Every field that can be asked of an order, however deep, for a viewer who keeps count."""
    viewer = Watched(
        kind=kind,
        id=scene.buyer.id if kind is ViewerKind.MEMBER else uuid4(),
        merchant_id=scene.apples.merchant_id if kind is ViewerKind.MERCHANT else None,
        permissions=frozenset(Permission),
    )
    context = Context(viewer, island.mall.database, island.mall.services)
    document = parse(f'subscription {{ orderChanged(id: "{scene.order}") {_all("Order", 4)} }}')
    operation = Executor(schema).operation(document)
    row = await _whole_row(context, scene)
    LOOKED_AT.clear()
    answer = await operation.execute({}, context, Order.of(row))
    assert answer.body is not None or not (answer.result and answer.result.errors), answer.result
    assert LOOKED_AT - IN_SIGHT[kind] == set()
    assert "kind" in LOOKED_AT  # the count works


async def _whole_row(context: Context, scene: Scene) -> dict[str, Any]:
    async with scene.database.read() as session:
        found = await session.execute(text("select * from orders where id = :id"), {"id": scene.order})
        names = frozenset(found.keys())
    rows = await context.read(orders.orders_by_id, [scene.order], names)
    return dict(rows[scene.order])


def _all(name: str, depth: int) -> str:
    """A selection of everything below a type."""
    type_ = schema._schema.type_map[name]
    assert isinstance(type_, GraphQLObjectType)
    found = []
    for field_name, field in type_.fields.items():
        named = get_named_type(field.type)
        if any(is_required_argument(argument) for argument in field.args.values()):
            continue
        if is_leaf_type(named):
            found.append(field_name)
        elif isinstance(named, GraphQLObjectType) and depth:
            found.append(f"{field_name} {_all(named.name, depth - 1)}")
    return "{ " + " ".join(found or ["__typename"]) + " }"


def test_the_sights_of_different_people_differ() -> None:
    shop, one, two = uuid4(), uuid4(), uuid4()
    may = frozenset({Permission.MERCHANT_ORDERS_READ})
    sights = {
        sight(Viewer()),
        sight(Viewer(ViewerKind.MEMBER, one)),
        sight(Viewer(ViewerKind.MEMBER, two)),
        sight(Viewer(ViewerKind.MERCHANT, one, merchant_id=shop)),
        sight(Viewer(ViewerKind.MERCHANT, one, merchant_id=uuid4())),
        sight(Viewer(ViewerKind.MERCHANT, one, merchant_id=shop, permissions=may)),
        sight(Viewer(ViewerKind.PLATFORM, one)),
        sight(Viewer(ViewerKind.PLATFORM, one, permissions=may)),
    }
    assert len(sights) == 8
    assert sight(Viewer(ViewerKind.PLATFORM, one)) == sight(Viewer(ViewerKind.PLATFORM, two, name="其他"))
