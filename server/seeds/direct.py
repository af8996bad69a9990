"""The demo's orders as a mall has them where all is paid to the platform's own merchant number."""

from __future__ import annotations

from sqlalchemy import text

from domain.base import UnitOfWork

# One transaction for all parts of a payment.
STATEMENTS = (
    """
    UPDATE payments p SET way = 'DIRECT', transaction_id = t.id
    FROM (SELECT payment_id, min(transaction_id) AS id FROM payment_parts GROUP BY payment_id) t
    WHERE t.payment_id = p.id AND p.way = 'COMBINED'
    """,
    """
    UPDATE payment_parts s SET sub_mchid = '', transaction_id = p.transaction_id
    FROM payments p WHERE p.id = s.payment_id AND p.way = 'DIRECT' AND s.sub_mchid <> ''
    """,
)


async def as_direct(uow: UnitOfWork) -> None:
    """Rewrites what was made as combined orders. Repeated, it changes nothing."""
    for statement in STATEMENTS:
        await uow.session.execute(text(statement))
