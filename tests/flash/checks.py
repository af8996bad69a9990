"""What is true of all flash sales at every moment, whatever happened."""

from __future__ import annotations

from sqlalchemy import text

from domain.base import Database

# Each answers what must not be there.
NEVER = {
    "an offer counts other pieces than orders have": """
        SELECT o.id FROM flash_offers o WHERE o.taken <> (SELECT coalesce(sum(quantity), 0) FROM flash_holds h
            WHERE h.offer_id = o.id AND h.state IN ('HELD', 'SOLD'))""",
    "a member counts other pieces than his orders have": """
        SELECT b.member_id FROM flash_buyers b WHERE b.pieces <> (SELECT coalesce(sum(quantity), 0) FROM flash_holds h
            WHERE h.offer_id = b.offer_id AND h.member_id = b.member_id AND h.state IN ('HELD', 'SOLD'))""",
    "somebody has pieces and no count": """
        SELECT h.id FROM flash_holds h LEFT JOIN flash_buyers b USING (offer_id, member_id) WHERE b.most IS NULL""",
    "what is held is other than open holds and what is set apart": """
        SELECT s.sku_id FROM stock s WHERE s.held <>
            (SELECT coalesce(sum(quantity), 0) FROM stock_holds h WHERE h.sku_id = s.sku_id AND h.state = 'HELD') +
            (SELECT coalesce(sum(total - taken), 0) FROM flash_offers o
             WHERE o.sku_id = s.sku_id AND o.state = 'PUBLISHED')""",
    "a hold that is not as its order": """
        SELECT h.id FROM flash_holds h JOIN orders o ON o.id = h.order_id
        WHERE (h.state = 'HELD') <> (o.state = 'AWAITING_PAYMENT')
           OR (h.state = 'FREED' AND o.state <> 'CLOSED') OR (h.state = 'SOLD' AND o.paid_at IS NULL)""",
    "the goods of a hold are elsewhere": """
        SELECT h.id FROM flash_holds h JOIN stock_holds s ON s.order_id = h.order_id
        WHERE (h.state = 'HELD' AND s.state <> 'HELD') OR (h.state = 'FREED' AND s.state <> 'RELEASED')""",
    "money kept of an order that got nothing": """
        SELECT h.id FROM flash_holds h JOIN orders o ON o.id = h.order_id WHERE h.state = 'FREED'
        AND o.paid_at IS NOT NULL AND NOT EXISTS (SELECT FROM refunds r WHERE r.order_id = o.id)""",
    "a refund for an order that has its pieces": """
        SELECT h.id FROM flash_holds h JOIN refunds r ON r.order_id = h.order_id
        WHERE h.state = 'SOLD' AND r.cause = 'late'""",
    "two refunds of one cause": "SELECT order_id FROM refunds GROUP BY order_id, cause HAVING count(*) > 1",
}


async def all_true(database: Database) -> None:
    async with database.read() as session:
        for name, question in NEVER.items():
            found = (await session.execute(text(question))).scalars().all()
            assert not found, f"{name}: {found}"
