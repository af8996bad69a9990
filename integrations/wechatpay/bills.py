"""Reading WeChat Pay's trade bill: a CSV of yuan amounts, every value behind a backtick, with a summary at its end."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal, InvalidOperation
from zoneinfo import ZoneInfo

SHANGHAI = ZoneInfo("Asia/Shanghai")
COLUMNS = 27
# Places of the columns we read.
AT, SUB_MCHID, TRANSACTION, NUMBER, STATE, CURRENCY = 0, 3, 5, 6, 9, 11
PAID, REFUND_ID, REFUND_NUMBER, REFUNDED, REFUND_STATE, FEE = 12, 14, 15, 16, 19, 22


class BadBill(ValueError):
    """The bill is not of the promised form, or its lines and its summary differ: none of it is used."""


@dataclass(frozen=True)
class BillLine:
    """A payment of one part, or a refund that arrived. `amount` and `fee` in fen; `number` is ours."""

    refund: bool
    at: datetime
    number: str
    transaction_id: str
    sub_mchid: str
    state: str
    amount: int
    fee: int


@dataclass(frozen=True)
class TradeBill:
    """One day. `hash` is WeChat Pay's SHA-1 of the text, in hex."""

    hash: str
    lines: tuple[BillLine, ...]


def read_trade_bill(text: str, hash_value: str) -> TradeBill:
    """Raises BadBill, also when the summary's counts and sums are not those of the lines."""
    rows = text.lstrip("﻿").split("\r\n" if "\r\n" in text else "\n")
    rows = [row for row in rows if row]
    if len(rows) < 3 or not rows[0].startswith("交易时间,") or not rows[-2].startswith("总交易单数,"):
        raise BadBill("no trade bill")
    lines = tuple(_line(row) for row in rows[1:-2])
    _compare(lines, backticked(rows[-1]))
    return TradeBill(hash_value, lines)


def backticked(row: str) -> list[str]:
    """Product names may hold commas, never a comma before a backtick."""
    if not row.startswith("`"):
        raise BadBill(f"no backtick: {row[:40]}")
    return row[1:].split(",`")


def _line(row: str) -> BillLine:
    values = backticked(row)
    if len(values) != COLUMNS or values[CURRENCY] != "CNY":
        raise BadBill(f"{len(values)} values in {values[AT]}")
    refund = values[STATE] == "REFUND"
    return BillLine(
        refund=refund,
        at=bill_moment(values[AT]),
        number=values[REFUND_NUMBER if refund else NUMBER],
        transaction_id=values[REFUND_ID if refund else TRANSACTION],
        sub_mchid=values[SUB_MCHID],
        state=values[REFUND_STATE] if refund else values[STATE],
        amount=fen(values[REFUNDED if refund else PAID]),
        fee=fen(values[FEE]),
    )


def bill_moment(text: str) -> datetime:
    try:
        return datetime.strptime(text, "%Y-%m-%d %H:%M:%S").replace(tzinfo=SHANGHAI)
    except ValueError as error:
        raise BadBill(f"no moment: {text}") from error


def fen(yuan: str) -> int:
    """Exactly; half a fen is no amount of a payment."""
    try:
        amount = Decimal(yuan) * 100
    except InvalidOperation as error:
        raise BadBill(f"no amount: {yuan}") from error
    if not amount.is_finite() or amount != amount.to_integral_value():
        raise BadBill(f"no whole fen: {yuan}")
    return int(amount)


def _compare(lines: tuple[BillLine, ...], summary: list[str]) -> None:
    if len(summary) < 5:
        raise BadBill("the summary is cut off")
    paid, back = (sum(line.amount for line in lines if line.refund is which) for which in (False, True))
    found = [str(len(lines)), paid, back, sum(line.fee for line in lines)]
    told = [summary[0], fen(summary[1]), fen(summary[2]), fen(summary[4])]
    if found != told:
        raise BadBill(f"the lines come to {found}, the summary says {told}")
