"""What is true of all groups at every moment, whatever happened."""

from __future__ import annotations

from sqlalchemy import text

from domain.base import Database

# Each answers what must not be there.
NEVER = {
    "a group counts other seats than it has": """
        SELECT g.id FROM groups g WHERE g.state IN ('FORMING', 'SUCCESS') AND (g.seats_held, g.seats_paid) <> (
            SELECT count(*) FILTER (WHERE s.state IN ('HELD', 'PAID')), count(*) FILTER (WHERE s.state = 'PAID')
            FROM group_seats s WHERE s.group_id = g.id)""",
    "an activity counts other pieces than living seats have": """
        SELECT a.id FROM group_activities a WHERE a.taken <> (SELECT coalesce(sum(quantity), 0) FROM group_seats s
            WHERE s.activity_id = a.id AND s.state IN ('HELD', 'PAID'))""",
    "a paid seat whose order does not wait for its forming group": """
        SELECT s.id FROM group_seats s JOIN groups g ON g.id = s.group_id JOIN orders o ON o.id = s.order_id
        WHERE s.state = 'PAID' AND g.state = 'FORMING' AND o.state <> 'AWAITING_GROUP'""",
    "an order of a complete group still waits": """
        SELECT o.id FROM group_seats s JOIN groups g ON g.id = s.group_id JOIN orders o ON o.id = s.order_id
        WHERE g.state = 'SUCCESS' AND o.state = 'AWAITING_GROUP'""",
    "an order may be shipped whose group is not complete": """
        SELECT o.id FROM group_seats s JOIN orders o ON o.id = s.order_id LEFT JOIN groups g ON g.id = s.group_id
        WHERE o.state NOT IN ('AWAITING_PAYMENT', 'AWAITING_GROUP', 'CLOSED') AND g.state IS DISTINCT FROM 'SUCCESS'""",
    "a seat without a buyer who placed an order": """
        SELECT s.id FROM group_seats s JOIN orders o ON o.id = s.order_id WHERE o.member_id <> s.member_id""",
    "a held seat whose order is not awaiting payment": """
        SELECT s.id FROM group_seats s JOIN orders o ON o.id = s.order_id
        WHERE s.state = 'HELD' AND o.state <> 'AWAITING_PAYMENT'""",
    "money kept of an order that got nothing": """
        SELECT s.id FROM group_seats s JOIN orders o ON o.id = s.order_id WHERE s.state IN ('FREED', 'REFUNDED')
        AND o.paid_at IS NOT NULL AND NOT EXISTS (SELECT FROM refunds r WHERE r.order_id = o.id)""",
    "a refund of an order whose group lives": """
        SELECT s.id FROM group_seats s JOIN orders o ON o.id = s.order_id JOIN refunds r ON r.order_id = o.id
        WHERE s.state = 'PAID' AND r.cause IN ('group', 'late')""",
    "two refunds of one cause": "SELECT part_id FROM refunds GROUP BY part_id, cause HAVING count(*) > 1",
    "a member of a merged group stayed behind": """
        SELECT s.id FROM group_seats s JOIN groups g ON g.id = s.group_id
        WHERE g.state = 'MERGED' AND s.state IN ('HELD', 'PAID')""",
}


async def all_true(database: Database) -> None:
    async with database.read() as session:
        for name, question in NEVER.items():
            found = (await session.execute(text(question))).scalars().all()
            assert not found, f"{name}: {found}"
