"""WeChat Pay behind the interface the payment rules define: their words in, our words out."""

from __future__ import annotations

from collections.abc import Awaitable

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
    DirectOrder,
    DirectRefund,
    DirectState,
    Notice,
    RefundRequest,
    RefundState,
    RefundStatus,
    SubOrder,
    Trouble,
    WechatDirect,
    WechatPay,
    WechatPayError,
    direct_payment,
)
from models.payments import PayWay

REFUND_OUTCOMES = {
    RefundStatus.PROCESSING: RefundOutcome.PROCESSING,
    RefundStatus.SUCCESS: RefundOutcome.SUCCEEDED,
    RefundStatus.ABNORMAL: RefundOutcome.ABNORMAL,
    # WeChat closed it: the number is used up, and a person must see to it.
    RefundStatus.CLOSED: RefundOutcome.CLOSED,
}


class _Refunds:
    """What both ways of paying have in common: a refund goes the way its payment came, which its part tells."""

    def __init__(self, pay: WechatPay, notify_url: str) -> None:
        self._pay = pay
        self._direct = WechatDirect(pay)
        self._notify_url = notify_url

    def client_parameters(self, prepay_id: str) -> dict[str, str]:
        return self._pay.request_payment_params(prepay_id)

    async def refund(self, asked: RefundAsked) -> RefundSeen:
        try:
            if not asked.sub_mchid:
                return refund_seen(await self._direct.refund(self._direct_refund(asked)))
            accepted = await self._pay.refund(self._part_refund(asked))
        except WechatPayError as error:
            said = f"{error.code} {error.message}".strip()
            if error.trouble is Trouble.NOT_ENOUGH:
                return RefundSeen(asked.number, RefundOutcome.SHORT, reason=said)
            if error.trouble in (Trouble.CONFLICT, Trouble.REFUSED):
                return RefundSeen(asked.number, RefundOutcome.REFUSED, reason=said)
            raise _unavailable(error) from error
        return RefundSeen(accepted.out_refund_no, RefundOutcome.PROCESSING, accepted.refund_id)

    def _direct_refund(self, asked: RefundAsked) -> DirectRefund:
        number, about = asked.number, asked.transaction_id
        return DirectRefund(number, about, asked.amount, asked.total, self._notify_url, asked.reason)

    def _part_refund(self, asked: RefundAsked) -> RefundRequest:
        return RefundRequest(
            sub_mchid=asked.sub_mchid,
            out_refund_no=asked.number,
            refund=asked.amount,
            total=asked.total,
            notify_url=self._notify_url,
            transaction_id=asked.transaction_id,
            reason=asked.reason,
        )

    async def query_refund(self, number: str, sub_mchid: str) -> RefundSeen:
        try:
            if sub_mchid:
                state = await self._pay.query_refund(number, sub_mchid)
            else:
                state = await self._direct.query_refund(number)
        except WechatPayError as error:
            raise _unavailable(error) from error
        return RefundSeen(number, RefundOutcome.UNKNOWN) if state is None else refund_seen(state)

    async def refund_to_merchant(self, number: str, provider_id: str, sub_mchid: str) -> RefundSeen:
        try:
            if sub_mchid:
                return refund_seen(await self._pay.refund_to_merchant(number, provider_id, sub_mchid))
            return refund_seen(await self._direct.refund_to_merchant(number, provider_id))
        except WechatPayError as error:
            if error.trouble is Trouble.CONFLICT:
                raise WrongState("微信支付不接受改退到商户账户，请稍后再试") from error
            raise _unavailable(error) from error


class WechatCashier(_Refunds):
    """`domain.payments.Gateway` over combined orders (平台收付通)."""

    way = PayWay.COMBINED

    async def prepay(self, asked: PaymentAsked) -> str:
        order = CombinedOrder(
            combine_out_trade_no=asked.number,
            sub_orders=_sub_orders(asked),
            openid=asked.openid,
            notify_url=self._notify_url,
            time_expire=asked.expires_at,
            payer_client_ip=asked.client_address,
        )
        return await _opened(self._pay.prepay_combined(order))

    async def query(self, number: str) -> PaymentSeen:
        try:
            state = await self._pay.query_combined(number)
        except WechatPayError as error:
            raise _unavailable(error) from error
        return PaymentSeen(number, Outcome.UNKNOWN) if state is None else payment_seen(state)

    async def close(self, asked: PaymentAsked) -> None:
        await _closed(self._pay.close_combined(asked.number, _sub_orders(asked)))


class DirectCashier(_Refunds):
    """`domain.payments.Gateway` over single orders: the platform's own merchant number collects for all shops."""

    way = PayWay.DIRECT

    async def prepay(self, asked: PaymentAsked) -> str:
        first, *others = asked.parts
        order = DirectOrder(
            out_trade_no=asked.number,
            description=f"{first.description} 等 {len(asked.parts)} 单" if others else first.description,
            total=sum(part.amount for part in asked.parts),
            openid=asked.openid,
            notify_url=self._notify_url,
            time_expire=asked.expires_at,
            payer_client_ip=asked.client_address,
        )
        return await _opened(self._direct.prepay(order))

    async def query(self, number: str) -> PaymentSeen:
        try:
            state = await self._direct.query(number)
        except WechatPayError as error:
            raise _unavailable(error) from error
        return PaymentSeen(number, Outcome.UNKNOWN) if state is None else direct_seen(state)

    async def close(self, asked: PaymentAsked) -> None:
        await _closed(self._direct.close(asked.number))


async def _opened(asking: Awaitable[str]) -> str:
    try:
        return await asking
    except WechatPayError as error:
        if error.trouble is Trouble.CONFLICT:
            raise WrongState("该笔支付已处理，请刷新后查看") from error
        raise _unavailable(error) from error


async def _closed(asking: Awaitable[None]) -> None:
    try:
        await asking
    except WechatPayError as error:
        if error.trouble is Trouble.ABSENT:
            return
        if error.trouble is Trouble.CONFLICT:
            raise WrongState("该笔支付已完成，无法关闭") from error
        raise _unavailable(error) from error


def seen_in(notice: Notice) -> PaymentSeen | None:
    """The payment a notice tells of, asked for in either way; None for any other. NoticeRejected when malformed."""
    if (combined := notice.payment) is not None:
        return payment_seen(combined)
    direct = direct_payment(notice)
    return None if direct is None else direct_seen(direct)


def direct_seen(state: DirectState) -> PaymentSeen:
    """A single order, from a query or a notice, in our words."""
    number = state.out_trade_no
    if state.paid:
        whole = PartPaid(number, state.transaction_id or "", state.total if state.currency == "CNY" else -1)
        return PaymentSeen(number, Outcome.PAID, state.openid, state.success_time or clock.now(), whole=whole)
    return PaymentSeen(number, Outcome.CLOSED if state.closed else Outcome.UNPAID)


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
    return RefundSeen(state.out_refund_no, REFUND_OUTCOMES[state.status], state.refund_id, at=state.success_time)


def _sub_orders(asked: PaymentAsked) -> tuple[SubOrder, ...]:
    return tuple(
        SubOrder(part.sub_mchid, part.number, part.description, part.amount, subsidy=part.subsidy, shared=part.shared)
        for part in asked.parts
    )


def _unavailable(error: WechatPayError) -> Unavailable:
    return Unavailable("微信支付暂时没有响应，请稍后再试", code_seen=error.code)
