"""Who asks for the pages, and about what: people of the demo whose lists are long, signed in for this run."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import text

from domain import checkout
from domain.base import Database, Viewer, ViewerKind
from domain.members import sessions

# The order with the most lines of whoever has ordered most, sent already, of goods that are still for sale.
CHOSEN = """
SELECT o.id AS "order", o.trade_id AS trade, o.merchant_id AS shop, o.member_id AS member, a.id AS address,
  l.sku_id AS sku, p.id AS product, coalesce(c.parent_id, c.id) AS category
FROM orders o
JOIN addresses a ON a.member_id = o.member_id
JOIN order_lines l ON l.order_id = o.id
JOIN products p ON p.id = l.product_id AND p.state = 'ON_SALE'
JOIN skus k ON k.id = l.sku_id AND k.active
JOIN categories c ON c.id = p.category_id
JOIN merchants m ON m.id = o.merchant_id AND m.state = 'OPEN'
JOIN stock_moves v ON v.sku_id = l.sku_id
WHERE EXISTS (SELECT 1 FROM shipments s WHERE s.order_id = o.id)
ORDER BY (SELECT count(*) FROM orders WHERE member_id = o.member_id) DESC,
  (SELECT count(*) FROM order_lines WHERE order_id = o.id) DESC, o.id LIMIT 1
"""
KEEPER = "SELECT id FROM staff WHERE merchant_id = :shop AND active ORDER BY login LIMIT 1"
OPERATOR = "SELECT id FROM staff WHERE login = 'admin'"


@dataclass(frozen=True)
class Viewers:
    """Tokens by role, and the ids that variables name."""

    tokens: dict[str, str | None]
    ids: dict[str, Any]

    def fill(self, value: Any) -> Any:
        """The variables with every `$name` replaced."""
        if isinstance(value, dict):
            return {name: self.fill(inner) for name, inner in value.items()}
        if isinstance(value, list):
            return [self.fill(inner) for inner in value]
        return self.ids[value[1:]] if isinstance(value, str) and value.startswith("$") else value

    def has(self, value: Any) -> bool:
        """Whether the demo has everything that the variables name."""
        try:
            self.fill(value)
        except KeyError:
            return False
        return True


async def viewers(database: Database) -> Viewers:
    async with database.begin() as uow:
        found = (await uow.session.execute(text(CHOSEN))).mappings().one()
        keeper = (await uow.session.execute(text(KEEPER), {"shop": found["shop"]})).scalar_one()
        operator = (await uow.session.execute(text(OPERATOR))).scalar_one()
    ids: dict[str, Any] = {name: str(value) for name, value in found.items()}
    ids |= {"lines": [{"skuId": ids["sku"], "quantity": 1}], "parent": "530600", "town": "530602001"}
    owners = {
        "member": (ViewerKind.MEMBER, found["member"]),
        "shop": (ViewerKind.MERCHANT, keeper),
        "platform": (ViewerKind.PLATFORM, operator),
    }
    async with database.begin() as uow:
        await checkout.add(uow, Viewer(ViewerKind.MEMBER, found["member"]), found["sku"], 1)
    tokens = {role: await _token(database, kind, id) for role, (kind, id) in owners.items()}
    return Viewers({"anyone": None, **tokens}, ids)


async def _token(database: Database, kind: ViewerKind, id: UUID) -> str:
    async with database.begin() as uow:
        return (await sessions.begin(uow, kind, id, "bench")).access
