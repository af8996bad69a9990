"""WeChat Pay's bills behind the interface that comparing them defines."""

from __future__ import annotations

from datetime import date

from domain.base import Unavailable
from domain.bills import BillSeen, LineSeen
from integrations.wechatpay import WechatPay, WechatPayError
from models.bills import BillSubject


class WechatBills:
    """`domain.bills.BillSource`."""

    def __init__(self, pay: WechatPay) -> None:
        self._pay = pay

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
