"""What must hold of all rows at any time. Each is a query for what breaks it, so that a right mall answers nothing."""

from __future__ import annotations

from collections.abc import Mapping

import asyncpg

from tests.groups.checks import NEVER

#: Money that paid for an order: parts of payments that were taken as asked.
PAID_PARTS = """(SELECT s.* FROM payment_parts s JOIN payments p ON p.id = s.payment_id WHERE p.state = 'PAID')"""
#: Cases that were paid for; and those that take up their units. An exchange is over when other goods have come.
GRANTED = """(c.state = 'REFUNDING' OR c.state = 'DONE' AND (c.kind <> 'EXCHANGE' OR EXISTS (
    SELECT FROM refunds g WHERE g.cause = 'after-sale:' || c.id)))"""
STANDS = f"(c.state NOT IN ('CANCELLED', 'CLOSED', 'DONE') OR {GRANTED})"
NOT_SOLD = "('double', 'late', 'disputed')"

INVARIANTS = {
    "the ledger adds up to nothing": "SELECT sum(amount)::text FROM ledger_entries HAVING sum(amount) <> 0",
    "every ledger transaction adds up to nothing and is whole": """
        SELECT t.kind || ' ' || t.ref FROM ledger_transactions t JOIN ledger_entries e ON e.transaction_id = t.id
        GROUP BY t.id HAVING sum(e.amount) <> 0 OR count(*) <> t.size""",
    "what arrived and went back is in the ledger to the fen": """
        SELECT 'rows ' || coming.fen || ', ledger ' || ledger.fen FROM
        (SELECT coalesce((SELECT sum(coalesce(s.paid, s.amount)) FROM payment_parts s
                JOIN payments p ON p.id = s.payment_id
                WHERE p.state = 'PAID' OR p.state IN ('DISPUTED', 'SENT_BACK') AND s.paid IS NOT NULL), 0)
              - coalesce((SELECT sum(amount) FROM refunds WHERE state = 'SUCCEEDED'), 0)
              - coalesce((SELECT sum(amount) FROM payouts WHERE state = 'SUCCEEDED'), 0) AS fen) coming,
        (SELECT coalesce(sum(e.amount), 0) AS fen FROM ledger_entries e
           JOIN ledger_accounts a ON a.id = e.account_id WHERE a.kind = 'WECHAT_RECEIVABLE') ledger
        WHERE coming.fen <> ledger.fen""",
    "no part gives back more than it brought": """
        SELECT s.number FROM payment_parts s LEFT JOIN refunds r ON r.part_id = s.id GROUP BY s.id
        HAVING coalesce(sum(r.amount), 0) > coalesce(s.paid, s.amount) OR coalesce(sum(r.amount), 0) <> s.refunded""",
    "only parts that were paid give anything back": """
        SELECT r.number FROM refunds r JOIN payment_parts s ON s.id = r.part_id
        JOIN payments p ON p.id = s.payment_id WHERE p.state NOT IN ('PAID', 'SENT_BACK')
        OR s.transaction_id IS NULL""",
    "refunds of an order are what its lines and cases say": f"""
        SELECT o.number || ' ' || o.state FROM orders o
        CROSS JOIN LATERAL (SELECT coalesce(sum(amount), 0) AS fen,
                count(*) FILTER (WHERE cause IN ('unshipped', 'group')) AS whole
            FROM refunds r WHERE r.order_id = o.id AND r.cause NOT IN {NOT_SOLD}) back
        CROSS JOIN LATERAL (SELECT coalesce(sum(refunded_amount), 0) AS fen FROM order_lines
            WHERE order_id = o.id) lines
        CROSS JOIN LATERAL (SELECT coalesce(sum(amount), 0) AS fen, coalesce(sum(freight), 0) AS freight
            FROM after_sales c WHERE c.order_id = o.id AND {GRANTED}) cases
        WHERE CASE WHEN back.whole > 0 THEN back.fen <> o.total OR lines.fen <> o.total - o.freight
                   ELSE back.fen <> lines.fen + cases.freight
                     OR cases.freight > o.freight END""",
    "a line counts no more than was bought": """
        SELECT id::text FROM order_lines WHERE shipped_quantity + withdrawn_quantity > quantity
        OR refunded_quantity NOT BETWEEN 0 AND quantity OR refunded_amount NOT BETWEEN 0 AND payable
        OR least(shipped_quantity, withdrawn_quantity) < 0""",
    "an order is its lines, its discounts and its freight": """
        SELECT o.number FROM orders o JOIN order_lines l ON l.order_id = o.id GROUP BY o.id
        HAVING o.total <> sum(l.payable) + o.freight OR o.goods_total <> sum(l.amount)
        OR o.discount_total <> (SELECT coalesce(sum(s.amount), 0) FROM order_line_shares s
            JOIN order_lines m ON m.id = s.line_id WHERE m.order_id = o.id)""",
    "a trade is its orders, and so is each attempt to pay it": """
        SELECT t.number FROM trades t JOIN orders o ON o.trade_id = t.id GROUP BY t.id HAVING t.total <> sum(o.total)
        UNION ALL SELECT p.number FROM payments p JOIN payment_parts s ON s.payment_id = p.id
        JOIN orders o ON o.id = s.order_id GROUP BY p.id
        HAVING p.amount <> sum(s.amount) OR bool_or(s.amount <> o.total OR o.trade_id <> p.trade_id)""",
    "stock is the sum of its movements": """
        SELECT s.sku_id::text FROM stock s LEFT JOIN stock_moves m ON m.sku_id = s.sku_id GROUP BY s.sku_id
        HAVING s.actual <> coalesce(sum(m.delta), 0)""",
    "what is held is the sum of the open holds and of what is set apart for flash sales": """
        SELECT s.sku_id::text FROM stock s LEFT JOIN stock_holds h ON h.sku_id = s.sku_id AND h.state = 'HELD'
        GROUP BY s.sku_id HAVING s.held <> coalesce(sum(h.quantity), 0) + coalesce((SELECT sum(o.total - o.taken)
            FROM flash_offers o WHERE o.sku_id = s.sku_id AND o.state = 'PUBLISHED'), 0)""",
    "nothing is oversold": "SELECT sku_id::text FROM stock WHERE held < 0 OR actual < held",
    "exactly unpaid orders hold goods": """
        SELECT o.number FROM orders o JOIN stock_holds h ON h.order_id = o.id
        WHERE (h.state = 'HELD') <> (o.state = 'AWAITING_PAYMENT')""",
    "what left the shelf for an order is with the buyer or waits for its parcel": f"""
        SELECT o.number FROM orders o JOIN order_lines l ON l.order_id = o.id
        JOIN stock_holds h ON h.order_id = o.id AND h.sku_id = l.sku_id
        WHERE o.state IN ('AWAITING_SHIPMENT', 'PARTLY_SHIPPED', 'SHIPPED', 'RECEIVED', 'COMPLETED')
        AND CASE WHEN h.state = 'USED' THEN h.quantity ELSE 0 END <> l.quantity - l.withdrawn_quantity - (
            SELECT coalesce(sum(c.quantity), 0) FROM after_sales c WHERE c.line_id = l.id
            AND {GRANTED} AND c.returned_at IS NOT NULL)""",
    "parcels hold what the lines say was shipped": """
        SELECT l.id::text FROM order_lines l LEFT JOIN shipment_lines s ON s.order_line_id = l.id GROUP BY l.id
        HAVING l.shipped_quantity <> coalesce(sum(s.quantity), 0)""",
    "every state an order is in was written into its log": """
        SELECT o.number FROM orders o WHERE NOT EXISTS (
            SELECT FROM order_steps s WHERE s.order_id = o.id AND s.state = o.state)""",
    "every state a case is in was written into its log": """
        SELECT c.number FROM after_sales c WHERE NOT EXISTS (
            SELECT FROM after_sale_messages m WHERE m.after_sale_id = c.id AND m.state = c.state)""",
    "the last that was told of an order is what it is": """
        SELECT o.number FROM orders o LEFT JOIN LATERAL (SELECT e.payload ->> 'state' AS state FROM outbox e
            WHERE e.name = 'OrderChanged' AND e.payload ->> 'order_id' = o.id::text ORDER BY e.id DESC LIMIT 1) told
        ON true WHERE coalesce(told.state, 'AWAITING_PAYMENT') <> o.state""",
    "the last that was told of a refund is what it is": """
        SELECT r.number FROM refunds r LEFT JOIN LATERAL (SELECT e.payload ->> 'state' AS state FROM outbox e
            WHERE e.name = 'RefundChanged' AND e.payload ->> 'refund_id' = r.id::text ORDER BY e.id DESC LIMIT 1) told
        ON true WHERE told.state IS DISTINCT FROM r.state""",
    "a trade has one attempt that can be paid": """
        SELECT trade_id::text FROM payments WHERE state = 'OPEN' GROUP BY trade_id HAVING count(*) > 1""",
    "no attempt of a closed trade can be paid": """
        SELECT p.number FROM payments p JOIN trades t ON t.id = p.trade_id
        WHERE p.state = 'OPEN' AND t.state = 'CLOSED'""",
    "an order past payment was paid once and for good": f"""
        SELECT o.number FROM orders o WHERE o.state NOT IN ('AWAITING_PAYMENT', 'CLOSED') AND (
            SELECT count(*) FROM {PAID_PARTS} s WHERE s.order_id = o.id AND NOT EXISTS (
                SELECT FROM refunds r WHERE r.part_id = s.id AND r.cause IN {NOT_SOLD})) <> 1""",
    "money for an order that was closed before it was paid is on its way back": f"""
        SELECT o.number FROM orders o JOIN {PAID_PARTS} s ON s.order_id = o.id WHERE o.state = 'CLOSED'
        AND (o.paid_at IS NULL OR o.close_reason IN ('BUYER_CANCELLED', 'PAYMENT_TIMEOUT',
             'OUT_OF_STOCK_AFTER_PAYMENT')) AND s.refunded < coalesce(s.paid, s.amount)""",
    "an order called off before shipping kept nothing but what was agreed": f"""
        SELECT o.number FROM orders o JOIN order_lines l ON l.order_id = o.id
        WHERE o.state = 'CLOSED' AND o.close_reason = 'REFUNDED' AND NOT EXISTS (
            SELECT FROM after_sales c WHERE c.order_id = o.id AND c.state IN ('REFUNDING', 'DONE')
            AND c.amount < c.worth)
        GROUP BY o.id HAVING sum(l.shipped_quantity) = 0 AND o.total > (
            SELECT coalesce(sum(r.amount), 0) FROM refunds r
            WHERE r.order_id = o.id AND r.cause NOT IN {NOT_SOLD})""",
    "no order is closed with goods sent and not refunded": """
        SELECT o.number FROM orders o JOIN order_lines l ON l.order_id = o.id WHERE o.state = 'CLOSED'
        GROUP BY o.id HAVING sum(l.shipped_quantity) > 0 AND bool_or(l.refunded_quantity < l.quantity)""",
    "cases claim no more units than were bought": f"""
        SELECT l.id::text FROM order_lines l JOIN line_claims k ON k.line_id = l.id
        LEFT JOIN after_sales c ON c.line_id = l.id AND {STANDS} GROUP BY l.id, k.line_id
        HAVING coalesce(sum(c.quantity), 0) > l.quantity OR coalesce(sum(c.quantity), 0) <> k.claimed""",
    "units in cases are worth what was paid for them": f"""
        SELECT l.id::text FROM order_lines l JOIN after_sales c ON c.line_id = l.id WHERE {STANDS} GROUP BY l.id
        HAVING sum(c.worth) > l.payable OR sum(c.quantity) = l.quantity AND sum(c.worth) <> l.payable
        OR bool_or(c.worth NOT BETWEEN l.payable / l.quantity * c.quantity
                   AND (l.payable / l.quantity + 1) * c.quantity)""",
    "a case that is granted has its refund, and no other has one": f"""
        SELECT c.number FROM after_sales c LEFT JOIN refunds r ON r.cause = 'after-sale:' || c.id
        WHERE (r.id IS NULL AND {GRANTED} AND c.amount + c.freight > 0)
        OR (r.id IS NOT NULL AND (c.state NOT IN ('REFUNDING', 'DONE') OR r.amount <> c.amount + c.freight))
        OR (c.state = 'DONE' AND r.state <> 'SUCCEEDED')""",
    "for every order: paid and added = returned + shop + commission + fee + held": f"""
        SELECT o.number || format(' %s came, %s back, %s divided or held', came.fen, back.fen, now.fen)
        FROM orders o
        CROSS JOIN LATERAL (SELECT coalesce(sum(coalesce(s.paid, s.amount)), 0) AS fen FROM {PAID_PARTS} s
            WHERE s.order_id = o.id) came
        CROSS JOIN LATERAL (SELECT coalesce(sum(r.amount), 0) AS fen FROM refunds r
            JOIN {PAID_PARTS} s ON s.id = r.part_id WHERE r.order_id = o.id AND r.state = 'SUCCEEDED') back
        CROSS JOIN LATERAL (SELECT -coalesce(sum(e.amount) FILTER (WHERE a.kind NOT IN
                ('WECHAT_RECEIVABLE', 'SUSPENSE')), 0) AS fen
            FROM ledger_transactions t JOIN ledger_entries e ON e.transaction_id = t.id
            JOIN ledger_accounts a ON a.id = e.account_id WHERE t.order_id = o.id) now
        WHERE came.fen <> back.fen + now.fen""",
    "what a member has of points is his entries, and is in his lots": """
        SELECT a.member_id::text FROM points_accounts a WHERE a.balance < 0 OR a.debt < 0
        OR (a.balance, a.debt) <> (SELECT coalesce(sum(e.amount), 0), coalesce(sum(e.debt), 0)
            FROM points_entries e WHERE e.member_id = a.member_id)
        OR a.balance <> (SELECT coalesce(sum(l.left_over), 0) FROM points_lots l WHERE l.member_id = a.member_id)""",
    "what is owed for points is what members have and unpaid orders hold": """
        SELECT format('members %s, ledger %s', has.points, owed.fen)
        FROM (SELECT (SELECT coalesce(sum(balance), 0) FROM points_accounts) + (
                SELECT coalesce(sum(points_total), 0) FROM orders WHERE state = 'AWAITING_PAYMENT') AS points) has,
             (SELECT coalesce(-sum(e.amount), 0) AS fen FROM ledger_entries e
                JOIN ledger_accounts a ON a.id = e.account_id WHERE a.kind = 'POINTS_LIABILITY') owed
        WHERE has.points <> owed.fen""",
    "points came back for the units whose money did": """
        SELECT o.number || format(' %s of %s came back', back.points, lines.points) FROM orders o
        CROSS JOIN LATERAL (SELECT sum(u.returned) AS points FROM points_uses u
            WHERE u.order_id = o.id AND u.state = 'SPENT') back
        CROSS JOIN LATERAL (SELECT sum(s.amount / l.quantity * l.refunded_quantity
                + least(l.refunded_quantity, s.amount % l.quantity)) AS points
            FROM order_lines l JOIN order_line_shares s ON s.line_id = l.id AND s.kind = 'POINTS'
            WHERE l.order_id = o.id) lines
        WHERE back.points > lines.points OR (back.points < lines.points AND NOT EXISTS (
            SELECT FROM refunds r WHERE r.order_id = o.id AND r.state <> 'SUCCEEDED'))""",
    "an order brought no more points than it was worth when that was decided": """
        SELECT g.order_id::text FROM points_earnings g WHERE g.points > g.basis / 100 * g.per_yuan
        OR g.points - g.taken <> (SELECT coalesce(sum(e.amount - e.debt), 0) FROM points_entries e
            WHERE e.order_id = g.order_id AND e.kind IN ('EARNED', 'TAKEN_BACK'))""",
    "nobody owes the mall for an order: shop, commission and held money are never below nothing": """
        SELECT t.order_id::text || ' ' || a.kind FROM ledger_transactions t JOIN ledger_entries e
            ON e.transaction_id = t.id JOIN ledger_accounts a ON a.id = e.account_id
        WHERE a.kind IN ('BUYER_CLEARING', 'MERCHANT_PAYABLE', 'PLATFORM_REVENUE') AND t.order_id IS NOT NULL
        GROUP BY t.order_id, a.kind HAVING sum(e.amount) > 0""",
    "no more comes back of a share or a subsidy than was given": """
        SELECT s.order_number FROM settlements s JOIN settlement_calls c ON c.settlement_id = s.id GROUP BY s.id
        HAVING sum(CASE WHEN c.kind = 'RETURN' AND c.state <> 'FAILED' THEN c.amount
                        WHEN c.kind = 'SPLIT' AND c.state = 'SUCCEEDED' THEN -c.amount ELSE 0 END) > 0
        OR sum(CASE WHEN c.kind = 'SUBSIDY_RETURN' AND c.state <> 'FAILED' THEN c.amount
                    WHEN c.kind = 'SUBSIDY' AND c.state = 'SUCCEEDED' THEN -c.amount ELSE 0 END) > 0""",
    "nothing that was shared out goes back before its share is fetched": """
        SELECT r.number FROM refunds r JOIN payment_parts s ON s.id = r.part_id
        WHERE r.sent_at > s.shared_at AND r.fetched_at IS NULL""",
    "a shop is owed what its orders brought, less what it was paid out": """
        SELECT m.id::text || format(' %s booked, %s of orders, %s paid out', booked.fen, booked.orders, gone.fen)
        FROM merchants m
        CROSS JOIN LATERAL (SELECT coalesce(sum(e.amount), 0) AS fen,
                coalesce(sum(e.amount) FILTER (WHERE t.order_id IS NOT NULL), 0) AS orders
            FROM ledger_accounts a JOIN ledger_entries e ON e.account_id = a.id
            JOIN ledger_transactions t ON t.id = e.transaction_id
            WHERE a.kind = 'MERCHANT_PAYABLE' AND a.owner_id = m.id) booked
        CROSS JOIN LATERAL (SELECT coalesce(sum(amount), 0) AS fen FROM payouts
            WHERE merchant_id = m.id AND state = 'SUCCEEDED') gone
        WHERE booked.fen <> booked.orders + gone.fen""",
    "the commission is the rate of what the buyer paid for and kept": f"""
        SELECT o.number || format(' %s instead of %s of %s left', booked.fen, due.fen, paid.left)
        FROM settlements s JOIN orders o ON o.id = s.order_id
        JOIN merchants m ON m.id = o.merchant_id
        CROSS JOIN LATERAL (SELECT floor((sum((l.payable - l.refunded_amount)
                * coalesce(l.commission_rate, m.commission_rate)) + 5000) / 10000) AS fen
            FROM order_lines l WHERE l.order_id = o.id) due
        CROSS JOIN LATERAL (SELECT sum(p.amount) - coalesce((SELECT sum(r.amount) FROM refunds r
                WHERE r.order_id = o.id AND r.cause NOT IN {NOT_SOLD}), 0) AS left
            FROM {PAID_PARTS} p WHERE p.id = s.part_id) paid
        CROSS JOIN LATERAL (SELECT -coalesce(sum(e.amount), 0) AS fen FROM ledger_transactions t
            JOIN ledger_entries e ON e.transaction_id = t.id JOIN ledger_accounts a ON a.id = e.account_id
            WHERE t.order_id = o.id AND a.kind = 'PLATFORM_REVENUE') booked
        WHERE booked.fen <> least(due.fen, paid.left - floor((paid.left * 60 + 5000) / 10000))""",
    "a coupon is used by one trade, of which an order that it made cheaper lives": """
        SELECT c.id::text || format(' %s, %s trades', c.state, living.trades) FROM coupons c
        CROSS JOIN LATERAL (SELECT count(DISTINCT o.trade_id) AS trades,
                count(*) FILTER (WHERE o.trade_id IS DISTINCT FROM c.trade_id) AS others
            FROM order_line_shares s JOIN order_lines l ON l.id = s.line_id JOIN orders o ON o.id = l.order_id
            WHERE s.source = c.id AND o.state <> 'CLOSED') living
        WHERE living.trades <> CASE WHEN c.state = 'USED' THEN 1 ELSE 0 END OR living.others > 0""",
    "as many coupons are out as were counted, and never more than there are": """
        SELECT f.campaign_id::text FROM coupon_offers f LEFT JOIN coupons c ON c.campaign_id = f.campaign_id
        GROUP BY f.campaign_id HAVING count(c.id) <> f.claimed OR f.claimed > f.total""",
    **NEVER,
}


async def broken(connection: asyncpg.Connection) -> list[str]:
    """The names of the invariants that do not hold, each with the first thing that breaks it."""
    return await asked(connection, INVARIANTS)


async def asked(connection: asyncpg.Connection, invariants: Mapping[str, str]) -> list[str]:
    """All in one statement."""
    names = list(invariants)
    question = " UNION ALL ".join(
        f"(SELECT {at} AS at, what::text FROM ({query}) AS found(what) LIMIT 1)"
        for at, query in enumerate(invariants.values())
    )
    return [f"{names[row['at']]}: {row['what']}" for row in await connection.fetch(question)]
