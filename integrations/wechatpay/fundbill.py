"""Reading the fund-flow bill of all sub-merchants: what came to and left each of them, with our number for it."""

from dataclasses import dataclass
from datetime import datetime

from .bills import BadBill, backticked, bill_moment, fen

COLUMNS = 11
AT, SUB_MCHID, NUMBER, FLOW, BUSINESS, WAY, AMOUNT, VOUCHER = 0, 1, 2, 3, 4, 6, 7, 9
WAYS = {"收入": 1, "支出": -1}


@dataclass(frozen=True)
class FundLine:
    """Fen above zero came to the sub-merchant, below zero left it. `voucher` is our number, `number` theirs."""

    at: datetime
    sub_mchid: str
    business: str
    amount: int
    number: str
    flow: str
    voucher: str


@dataclass(frozen=True)
class FundBill:
    """One day. `hash` is WeChat Pay's SHA-1 of the text, in hex."""

    hash: str
    lines: tuple[FundLine, ...]


def read_fund_bill(text: str, hash_value: str) -> FundBill:
    """Raises BadBill, also when the summary's counts and sums are not those of the lines."""
    rows = text.lstrip("\ufeff").split("\r\n" if "\r\n" in text else "\n")
    rows = [row for row in rows if row]
    if len(rows) < 3 or not rows[0].startswith("记账时间,") or not rows[-2].startswith("资金流水总笔数,"):
        raise BadBill("no fund-flow bill")
    lines = tuple(_line(row) for row in rows[1:-2])
    _compare(lines, backticked(rows[-1]))
    return FundBill(hash_value, lines)


def _line(row: str) -> FundLine:
    values = backticked(row)
    if len(values) != COLUMNS or values[WAY] not in WAYS:
        raise BadBill(f"{len(values)} values in {values[AT]}")
    return FundLine(
        at=bill_moment(values[AT]),
        sub_mchid=values[SUB_MCHID],
        business=values[BUSINESS],
        amount=WAYS[values[WAY]] * fen(values[AMOUNT]),
        number=values[NUMBER],
        flow=values[FLOW],
        voucher=values[VOUCHER],
    )


def _compare(lines: tuple[FundLine, ...], summary: list[str]) -> None:
    if len(summary) < 5:
        raise BadBill("the summary is cut off")
    came, went = [x.amount for x in lines if x.amount > 0], [-x.amount for x in lines if x.amount < 0]
    found = [str(len(lines)), str(len(came)), sum(came), str(len(went)), sum(went)]
    told = [summary[0], summary[1], fen(summary[2]), summary[3], fen(summary[4])]
    if found != told:
        raise BadBill(f"the lines come to {found}, the summary says {told}")
