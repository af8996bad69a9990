"""WeChat Pay's bills behind the interface that comparing them defines."""

from __future__ import annotations

from datetime import date

from domain.base import Unavailable
from domain.bills import BillSeen, LineSeen
from integrations.wechatpay import FundLine, WechatFunds, WechatPay, WechatPayError
from models.bills import BillSubject

OF_TRADE = ("交易", "退款", "退款关闭", "扣除交易手续费", "退还交易手续费")
# By business and whether it came to the shop.
SUBJECTS = {
    ("分账", False): BillSubject.SPLIT,
    ("分账回退", True): BillSubject.RETURN,
    ("补差", True): BillSubject.SUBSIDY,
    ("补差回退", False): BillSubject.SUBSIDY_RETURN,
    ("提现", False): BillSubject.PAYOUT,
}


class WechatBills:
    """`domain.bills.BillSource`."""

    def __init__(self, pay: WechatPay) -> None:
        self._pay = pay
        self._funds = WechatFunds(pay)

    async def fund_bill(self, day: date) -> BillSeen | None:
        """Without payments, refunds and their fees, which the trade bill tells of."""
        try:
            found = await self._funds.fund_bill(day)
        except WechatPayError as error:
            raise Unavailable("微信支付账单暂时取不到，请稍后再试", code_seen=error.code) from error
        if found is None:
            return None
        return BillSeen(found.hash, tuple(_line(line) for line in found.lines if line.business not in OF_TRADE))

    async def trade_bill(self, day: date) -> BillSeen | None:
        try:
            found = await self._pay.trade_bill(day)
        except WechatPayError as error:
            raise Unavailable("微信支付账单暂时取不到，请稍后再试", code_seen=error.code) from error
        if found is None:
            return None
        lines = (
            LineSeen(
                subject=BillSubject.REFUND if line.refund else BillSubject.PAYMENT,
                number=line.number,
                transaction_id=line.transaction_id,
                sub_mchid=line.sub_mchid,
                state=line.state,
                amount=line.amount,
                fee=line.fee,
                at=line.at,
            )
            for line in found.lines
        )
        return BillSeen(found.hash, tuple(lines))


def _line(line: FundLine) -> LineSeen:
    return LineSeen(
        subject=SUBJECTS.get((line.business, line.amount > 0), BillSubject.OTHER),
        number=line.voucher,
        transaction_id=line.number,
        sub_mchid=line.sub_mchid,
        state="SUCCESS",
        amount=abs(line.amount),
        fee=0,
        at=line.at,
    )
