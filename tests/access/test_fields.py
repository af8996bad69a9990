"""Every field of every type is in the table; those that carry somebody's data are read by all who can reach them."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

from graphql import GraphQLInterfaceType, GraphQLObjectType
from sqlalchemy import update

from models.catalog import Product
from server.graphql import schema
from tests.access.test_roots import client
from tests.access.world import CALLERS, Access, everybody
from tests.client import Client

__all__ = ["client"]
TABLE = tomllib.loads((Path(__file__).parent / "access.toml").read_text(encoding="utf-8"))
ROOTS = {"Query", "Mutation", "Subscription"}
NOTE = "包装照片不清楚"
# What the world holds, by field.
TRUTH = {
    "OrderAddress.name": "王小明",
    "OrderAddress.phone": "13888880001",
    "OrderAddress.detail": "洒渔镇三台村 12 号",
    "Product.reviewNote": NOTE,
}
ORDER = "{ buyerName address { name phone detail } invoices { email } }"


def test_every_field_is_listed() -> None:
    """A new field fails here until somebody has written down whether it carries anybody's data."""
    listed = {f"{kind}.{name}" for kind, names in TABLE["fields"].items() for name in names.split()}
    personal = {field.partition(": ")[2] or field for field in TABLE["personal"]}
    assert listed & personal == set()
    assert listed | personal == _in_schema()


def _in_schema() -> set[str]:
    kinds = schema._schema.type_map.items()
    return {
        f"{name}.{field}"
        for name, kind in kinds
        if isinstance(kind, GraphQLObjectType | GraphQLInterfaceType)
        and not name.startswith("__")
        and name not in ROOTS
        for field in kind.fields
    }


async def test_whoever_reaches_it_reads_what_the_table_says(client: Client) -> None:
    access = await everybody(client.mall.database)
    async with client.mall.database.begin() as uow:
        await uow.session.execute(update(Product).values(review_note=NOTE))
    found: dict[str, dict[str, str]] = {}
    for caller in CALLERS:
        for field, value in (await _read(client, access, caller)).items():
            found.setdefault(field, {})[caller] = _seen(field, value)
    assert found == {field: _by_caller(stated) for field, stated in TABLE["personal"].items()}


def _by_caller(stated: dict[str, str]) -> dict[str, str]:
    return {caller: seen for seen, callers in stated.items() for caller in callers.split()}


async def _read(client: Client, access: Access, caller: str) -> dict[str, Any]:
    """The values of the personal fields by whichever root fields lead the caller there."""
    read: dict[str, Any] = {}
    desk = "platform" if caller.startswith("platform.") else "merchant" if caller.startswith("merchant.") else ""
    desk = "merchant" if caller == "rival" else desk
    for root in {"product", f"{desk}Product" if desk else "product"}:
        if product := await _ask(client, access, caller, root, "product", "{ reviewNote }"):
            read[f"{root}: Product.reviewNote"] = product["reviewNote"]
    for when, id in (("", "order"), ("unpaid: ", "unpaid")):
        if order := await _ask(client, access, caller, f"{desk}Order" if desk else "order", id, ORDER):
            read[f"{when}Order.buyerName"] = order["buyerName"]
            read |= {f"{when}OrderAddress.{name}": value for name, value in order["address"].items()}
            read |= {f"{when}OrderInvoice.email": invoice["email"] for invoice in order["invoices"]}
    return read


async def _ask(client: Client, access: Access, caller: str, root: str, id: str, selection: str) -> Any:
    reply = await client.as_(access.tokens[caller]).send(f'{{ {root}(id: "{access.of_field[id]}") {selection} }}')
    return (reply.get("data") or {}).get(root)


def _seen(field: str, value: str | None) -> str:
    if value is None:
        return "null"
    if "*" in value:
        return "masked"
    if (truth := TRUTH.get(field.partition(": ")[2] or field)) is not None:
        return "whole" if value == truth else f"other: {value}"
    return "whole" if value else "empty"
