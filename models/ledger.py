"""Double entry in fen: every fact about money is one transaction whose entries add up to nothing.

An entry above zero is a debit, one below zero a credit. Rows are written once: the database itself refuses to change or
remove them, and a transaction that does not add up is refused at the commit.
"""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import (
    DDL,
    CheckConstraint,
    ForeignKeyConstraint,
    Index,
    SmallInteger,
    String,
    UniqueConstraint,
    event,
    func,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Fen


class AccountKind(StrEnum):
    # Held by WeChat Pay for us and our shops.
    WECHAT_RECEIVABLE = "WECHAT_RECEIVABLE"
    # The platform's own bank account, out of which shops are paid where all is paid to the platform. Below zero: what
    # it paid before WeChat Pay's transfers to it were written down.
    PLATFORM_BANK = "PLATFORM_BANK"
    # Paid for goods whose sale is not final yet.
    BUYER_CLEARING = "BUYER_CLEARING"
    # Arrived, but not as asked for: nobody's until a person has looked.
    SUSPENSE = "SUSPENSE"
    MERCHANT_PAYABLE = "MERCHANT_PAYABLE"
    PLATFORM_REVENUE = "PLATFORM_REVENUE"
    # Fees kept from shops, less fees that WeChat Pay took: what is left is the platform's own expense.
    FEE_EXPENSE = "FEE_EXPENSE"
    COUPON_EXPENSE = "COUPON_EXPENSE"
    # Points that were given and not spent; and what giving them has cost, less what ran out or was taken back.
    POINTS_LIABILITY = "POINTS_LIABILITY"
    POINTS_EXPENSE = "POINTS_EXPENSE"
    GIFTCARD_LIABILITY = "GIFTCARD_LIABILITY"
    # Pieces of named goods that are owed for vouchers, at what each is worth.
    VOUCHER_LIABILITY = "VOUCHER_LIABILITY"
    # What the platform's own shops sold for gift cards and vouchers: its money came when they were bought.
    CARD_SALES = "CARD_SALES"
    # What a shop still has to deliver for vouchers whose money it got itself.
    SHOP_VOUCHERS = "SHOP_VOUCHERS"
    COURIER_PAYABLE = "COURIER_PAYABLE"
    LEADER_PAYABLE = "LEADER_PAYABLE"
    DEPOSIT = "DEPOSIT"
    # The second half of deposits that shops must return twice: owed to buyers until it is transferred to them.
    BUYER_COMPENSATION = "BUYER_COMPENSATION"


class TransactionKind(StrEnum):
    PAYMENT = "PAYMENT"
    REFUND = "REFUND"
    DISPUTE = "DISPUTE"
    DISPUTE_ACCEPTED = "DISPUTE_ACCEPTED"
    DISPUTE_RETURNED = "DISPUTE_RETURNED"
    SETTLEMENT = "SETTLEMENT"
    SETTLEMENT_RETURN = "SETTLEMENT_RETURN"
    PAYOUT = "PAYOUT"
    PAYOUT_RETURNED = "PAYOUT_RETURNED"
    FEE = "FEE"
    # Cards were handed out that nobody paid for with WeChat Pay; what is left on a card goes back to its buyer.
    CARD_ISSUED = "CARD_ISSUED"
    CARD_REFUND = "CARD_REFUND"
    # Codes that nobody had bound were taken back.
    CARD_VOIDED = "CARD_VOIDED"
    # Vouchers were handed out; what was left of one was paid back.
    VOUCHER_ISSUED = "VOUCHER_ISSUED"
    VOUCHER_REFUND = "VOUCHER_REFUND"
    VOUCHER_VOIDED = "VOUCHER_VOIDED"
    # Points were given; points ran out, were taken back, or paid for points that were owed.
    POINTS_GRANTED = "POINTS_GRANTED"
    POINTS_ENDED = "POINTS_ENDED"
    COMPENSATION = "COMPENSATION"
    COMPENSATION_PAID = "COMPENSATION_PAID"


class LedgerAccount(Base):
    """Somebody's side of the books. There is no balance here: all orders would wait for one row."""

    __tablename__ = "ledger_accounts"
    __table_args__ = (
        UniqueConstraint("kind", "owner_id", postgresql_nulls_not_distinct=True),
        CheckConstraint(
            "(kind IN ('MERCHANT_PAYABLE', 'SHOP_VOUCHERS', 'COURIER_PAYABLE', 'LEADER_PAYABLE', 'DEPOSIT'))"
            " = (owner_id IS NOT NULL)",
            "owner",
        ),
    )

    # Made of kind and owner, so that nobody has to look it up to write an entry.
    id: Mapped[UUID] = mapped_column(primary_key=True)
    kind: Mapped[AccountKind]
    owner_id: Mapped[UUID | None]
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())


class LedgerTransaction(Base):
    """One fact about money. `ref` names the fact among those of its kind: told twice, it is written once."""

    __tablename__ = "ledger_transactions"
    __table_args__ = (
        UniqueConstraint("kind", "ref"),
        # What entries refer to, so that none of them can be added later or be of another moment.
        UniqueConstraint("id", "size", "at"),
        CheckConstraint("size BETWEEN 2 AND 100", "size"),
        Index("ix_ledger_transactions_order", "order_id", postgresql_where=text("order_id IS NOT NULL")),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    kind: Mapped[TransactionKind]
    ref: Mapped[str] = mapped_column(String(80))
    memo: Mapped[str] = mapped_column(String(120))
    # How many entries it has.
    size: Mapped[int] = mapped_column(SmallInteger)
    # No foreign keys: trades and orders stand above the ledger in the order of domains.
    order_id: Mapped[UUID | None]
    trade_id: Mapped[UUID | None]
    # When the fact happened, and when it was written down.
    at: Mapped[datetime]
    created_at: Mapped[datetime] = mapped_column(server_default=func.clock_timestamp())


class LedgerEntry(Base):
    __tablename__ = "ledger_entries"
    __table_args__ = (
        ForeignKeyConstraint(
            ["transaction_id", "size", "at"],
            ["ledger_transactions.id", "ledger_transactions.size", "ledger_transactions.at"],
        ),
        CheckConstraint("position BETWEEN 1 AND size", "position"),
        CheckConstraint("amount <> 0", "amount"),
        # Balances and an account's pages are read from the index alone.
        Index(
            "ix_ledger_entries_account",
            "account_id",
            "at",
            "transaction_id",
            "position",
            postgresql_include=["amount"],
        ),
    )

    transaction_id: Mapped[UUID] = mapped_column(primary_key=True)
    position: Mapped[int] = mapped_column(SmallInteger, primary_key=True)
    size: Mapped[int] = mapped_column(SmallInteger)
    # No foreign key: checking one locks the account's row, and every order touches the same few. Accounts are never
    # removed, and a transaction with an entry of no account is not complete (see below).
    account_id: Mapped[UUID]
    amount: Mapped[Fen]
    at: Mapped[datetime]


class Commission(Base):
    """What the platform keeps of an order line: `rate` in basis points, fixed at completion, of `basis` fen."""

    __tablename__ = "commissions"
    __table_args__ = (
        # WeChat Pay shares out 30 % at most.
        CheckConstraint("rate BETWEEN 0 AND 3000", "rate"),
        CheckConstraint("amount BETWEEN 0 AND basis", "amount"),
    )

    line_id: Mapped[UUID] = mapped_column(primary_key=True)
    order_id: Mapped[UUID] = mapped_column(index=True)
    rate: Mapped[int] = mapped_column(SmallInteger)
    # What the buyer pays for the line after refunds, without freight; it shrinks when money goes back later.
    basis: Mapped[Fen]
    amount: Mapped[Fen]
    settled_at: Mapped[datetime]


# ------------------------------------------------------------------------------------------------ kept by the database
COMPLETE = """
CREATE FUNCTION ledger_transaction_adds_up() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    entries bigint;
    total numeric;
BEGIN
    SELECT count(*), coalesce(sum(e.amount), 0) INTO entries, total
        FROM ledger_entries e JOIN ledger_accounts a ON a.id = e.account_id WHERE e.transaction_id = NEW.id;
    IF entries <> NEW.size OR total <> 0 THEN
        RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'ledger_transaction_adds_up',
            MESSAGE = format('transaction %s has %s of %s entries that add up to %s',
                             NEW.id, entries, NEW.size, total);
    END IF;
    RETURN NULL;
END $$
"""
COMPLETE_TRIGGER = """
CREATE CONSTRAINT TRIGGER ledger_transaction_adds_up AFTER INSERT ON ledger_transactions
DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION ledger_transaction_adds_up()
"""
UNCHANGED = """
CREATE FUNCTION ledger_is_unchanged() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION USING ERRCODE = 'restrict_violation',
        MESSAGE = format('%s of %s: what the ledger says is never changed', TG_OP, TG_TABLE_NAME);
END $$
"""


def _unchanged_triggers(table: str) -> tuple[str, str]:
    function = "EXECUTE FUNCTION ledger_is_unchanged()"
    return (
        f"CREATE TRIGGER {table}_unchanged BEFORE UPDATE OR DELETE ON {table} FOR EACH ROW {function}",
        f"CREATE TRIGGER {table}_not_truncated BEFORE TRUNCATE ON {table} FOR EACH STATEMENT {function}",
    )


def _after(model: type[Base], *statements: str) -> None:
    for statement in statements:
        event.listen(model.__table__, "after_create", DDL(statement.replace("%", "%%")))  # type: ignore[no-untyped-call]


_after(LedgerAccount, UNCHANGED, *_unchanged_triggers("ledger_accounts"))
_after(LedgerTransaction, COMPLETE, COMPLETE_TRIGGER, *_unchanged_triggers("ledger_transactions"))
_after(LedgerEntry, *_unchanged_triggers("ledger_entries"))
