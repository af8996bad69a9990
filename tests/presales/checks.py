"""What is true of all presales at every moment, whatever happened."""

from __future__ import annotations

from sqlalchemy import text

from domain.base import Database
from domain.settlement import auditing

CAME = """(SELECT coalesce(sum(coalesce(s.paid, s.amount)), 0) FROM payment_parts s
           JOIN payments p ON p.id = s.payment_id WHERE s.order_id = o.id AND p.state = 'PAID')"""
BACK = "(SELECT coalesce(sum(r.amount), 0) FROM refunds r WHERE r.order_id = o.id)"
OURS = "presale_bookings b JOIN orders o ON o.id = b.order_id JOIN trades t ON t.id = o.trade_id"

# Each answers what must not be there.
NEVER = {
    "an offer counts other pieces than living bookings have": """
        SELECT f.id FROM presale_offers f WHERE f.taken <> (SELECT coalesce(sum(quantity), 0) FROM presale_bookings b
            WHERE b.offer_id = f.id AND b.state IN ('HELD', 'BOOKED'))""",
    "a booking of an order that is none, or none of one that is": f"""
        SELECT b.id FROM {OURS} WHERE NOT t.presale
        UNION ALL SELECT t.id FROM trades t WHERE t.presale AND NOT EXISTS (
            SELECT FROM orders o JOIN presale_bookings b ON b.order_id = o.id WHERE o.trade_id = t.id)""",
    "deposit and balance are not the order's total": f"""
        SELECT b.id FROM {OURS} WHERE b.deposit > 0 AND b.deposit + b.balance <> o.total""",
    "a booking and its order tell two things": f"""
        SELECT b.id FROM {OURS} WHERE CASE b.state
            WHEN 'HELD' THEN o.state <> 'AWAITING_PAYMENT'
            WHEN 'BOOKED' THEN o.state = 'AWAITING_PAYMENT'
            ELSE o.state <> 'CLOSED' END""",
    "a gift card paid for it": f"""
        SELECT b.id FROM {OURS} WHERE o.card_total > 0""",
    "something can be shipped that is not paid": f"""
        SELECT b.id FROM {OURS} WHERE o.state IN ('AWAITING_SHIPMENT', 'SHIPPED', 'RECEIVED', 'COMPLETED')
        AND {CAME} < o.total""",
    "a balance can be paid before it is due, or the trade is in another state": f"""
        SELECT b.id FROM {OURS} JOIN presale_offers f ON f.id = b.offer_id WHERE o.state = 'AWAITING_BALANCE'
        AND (b.balance_paid_at IS NOT NULL OR t.state <> 'DEPOSIT_PAID' OR o.expires_at <> f.balance_until)""",
    "more than one payment of a stage counts": """
        SELECT p.trade_id FROM payments p JOIN payment_parts s ON s.payment_id = p.id
        WHERE p.state = 'PAID' AND NOT EXISTS (SELECT FROM refunds r WHERE r.part_id = s.id
            AND r.cause IN ('double', 'late')) GROUP BY p.trade_id, p.stage, s.order_id HAVING count(*) > 1""",
    "money kept of a booking that got nothing": f"""
        SELECT b.id FROM {OURS} WHERE b.state IN ('FREED', 'REFUNDED') AND {CAME} <> {BACK}""",
    "more or less than the deposit was kept of a forfeited booking": f"""
        SELECT b.id FROM {OURS} WHERE b.state = 'FORFEITED' AND {CAME} - {BACK} <> b.deposit""",
    "a deposit was lost that may not be": """
        SELECT id FROM presale_bookings WHERE state = 'FORFEITED'
        AND (deposit_kind <> 'DINGJIN' OR agreed_at IS NULL OR allotted IS FALSE)""",
    "a 定金 of a shop that failed was not doubled": f"""
        SELECT b.id FROM {OURS} WHERE o.close_reason = 'PRESALE_FAILED' AND b.deposit_kind = 'DINGJIN'
        AND b.compensation <> b.deposit""",
    "what is owed to buyers differs between bookings and books": """
        SELECT 1 WHERE (SELECT coalesce(sum(compensation), 0) FROM presale_bookings WHERE compensation_paid_at IS NULL)
        <> (SELECT coalesce(-sum(e.amount), 0) FROM ledger_entries e JOIN ledger_accounts a ON a.id = e.account_id
            WHERE a.kind = 'BUYER_COMPENSATION')""",
    "a deposit is income before it is forfeited": f"""
        SELECT b.id FROM {OURS} JOIN ledger_transactions l ON l.order_id = o.id AND l.kind = 'SETTLEMENT'
        WHERE b.state IN ('HELD', 'BOOKED') AND o.state NOT IN ('COMPLETED', 'CLOSED')""",
}


async def all_true(database: Database) -> None:
    async with database.read() as session:
        for name, question in NEVER.items():
            found = (await session.execute(text(question))).scalars().all()
            assert not found, f"{name}: {found}"
        assert not await auditing.differences(session)
