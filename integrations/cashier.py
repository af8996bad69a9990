"""WeChat Pay behind the interface the payment rules define: their words in, our words out."""

from __future__ import annotations

from domain.base import Unavailable, WrongState, clock
from domain.payments import (
    Outcome,
    PartPaid,
    PaymentAsked,
    PaymentSeen,
    RefundAsked,
    RefundOutcome,
    RefundSeen,
)
from integrations.wechatpay import (
    CombinedOrder,
    CombinedState,
    RefundRequest,
    RefundState,
    RefundStatus,
    SubOrder,
    Trouble,
    WechatPay,
    WechatPayError,
)

REFUND_OUTCOMES = {
    RefundStatus.PROCESSING: RefundOutcome.PROCESSING,
    RefundStatus.SUCCESS: RefundOutcome.SUCCEEDED,
    RefundStatus.ABNORMAL: RefundOutcome.ABNORMAL,
    # WeChat closed it: the number is used up, and a person must see to it.
    RefundStatus.CLOSED: RefundOutcome.CLOSED,
}


class WechatCashier:
    """`domain.payments.Gateway` over combined orders (平台收付通)."""

    def __init__(self, pay: WechatPay, notify_url: str) -> None:
        self._pay = pay
        self._notify_url = notify_url

    async def prepay(self, asked: PaymentAsked) -> str:
        order = CombinedOrder(
            combine_out_trade_no=asked.number,
            sub_orders=_sub_orders(asked),
            openid=asked.openid,
            notify_url=self._notify_url,
            time_expire=asked.expires_at,
            payer_client_ip=asked.client_address,
        )
        try:
            return await self._pay.prepay_combined(order)
        except WechatPayError as error:
            if error.trouble is Trouble.CONFLICT:
                raise WrongState("该笔支付已处理，请刷新后查看") from error
            raise _unavailable(error) from error

    def client_parameters(self, prepay_id: str) -> dict[str, str]:
        return self._pay.request_payment_params(prepay_id)

    async def query(self, number: str) -> PaymentSeen:
        try:
            state = await self._pay.query_combined(number)
        except WechatPayError as error:
            raise _unavailable(error) from error
        return PaymentSeen(number, Outcome.UNKNOWN) if state is None else payment_seen(state)

    async def close(self, asked: PaymentAsked) -> None:
        try:
            await self._pay.close_combined(asked.number, _sub_orders(asked))
        except WechatPayError as error:
            if error.trouble is Trouble.ABSENT:
                return
            if error.trouble is Trouble.CONFLICT:
                raise WrongState("该笔支付已完成，无法关闭") from error
            raise _unavailable(error) from error

    async def refund(self, asked: RefundAsked) -> RefundSeen:
        request = RefundRequest(
            sub_mchid=asked.sub_mchid,
            out_refund_no=asked.number,
            refund=asked.amount,
            total=asked.total,
            notify_url=self._notify_url,
            transaction_id=asked.transaction_id,
            reason=asked.reason,
        )
        try:
            accepted = await self._pay.refund(request)
        except WechatPayError as error:
            raise _unavailable(error) from error
        return RefundSeen(accepted.out_refund_no, RefundOutcome.PROCESSING, accepted.refund_id)

    async def query_refund(self, number: str, sub_mchid: str) -> RefundSeen:
        try:
            state = await self._pay.query_refund(number, sub_mchid)
        except WechatPayError as error:
            raise _unavailable(error) from error
        return RefundSeen(number, RefundOutcome.UNKNOWN) if state is None else refund_seen(state)

    async def refund_to_merchant(self, number: str, provider_id: str, sub_mchid: str) -> RefundSeen:
        try:
            return refund_seen(await self._pay.refund_to_merchant(number, provider_id, sub_mchid))
        except WechatPayError as error:
            if error.trouble is Trouble.CONFLICT:
                raise WrongState("微信支付不接受改退到商户账户，请稍后再试") from error
            raise _unavailable(error) from error


def payment_seen(state: CombinedState) -> PaymentSeen:
    """A combined order, from a query or a notice, in our words."""
    if state.paid:
        parts = tuple(
            PartPaid(sub.out_trade_no, sub.transaction_id or "", sub.total if sub.currency == "CNY" else -1)
            for sub in state.sub_orders
        )
        paid_at = state.success_time or clock.now()
        return PaymentSeen(state.combine_out_trade_no, Outcome.PAID, state.openid, paid_at, parts)
    return PaymentSeen(state.combine_out_trade_no, Outcome.CLOSED if state.closed else Outcome.UNPAID)


def refund_seen(state: RefundState) -> RefundSeen:
    return RefundSeen(state.out_refund_no, REFUND_OUTCOMES[state.status], state.refund_id)


def _sub_orders(asked: PaymentAsked) -> tuple[SubOrder, ...]:
    return tuple(
        SubOrder(part.sub_mchid, part.number, part.description, part.amount, subsidy=part.subsidy)
        for part in asked.parts
    )


def _unavailable(error: WechatPayError) -> Unavailable:
    return Unavailable("微信支付暂时没有响应，请稍后再试", code_seen=error.code)
