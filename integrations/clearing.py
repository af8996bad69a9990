"""Sharing out and paying out at WeChat Pay behind the interface that settlement defines."""

from __future__ import annotations

from domain.base import Unavailable
from domain.settlement import (
    Balance,
    CallAsked,
    CallOutcome,
    CallSeen,
    WithdrawalAsked,
    WithdrawalOutcome,
    WithdrawalSeen,
)
from integrations.wechatpay import (
    ReturnResult,
    ReturnState,
    SplitState,
    SplitStatus,
    Trouble,
    WechatFunds,
    WechatPay,
    WechatPayError,
    WithdrawStatus,
)
from models.settlement import CallKind

COMMISSION, LEFT, BACK = "平台服务费", "订单结算完成", "售后退款，退回平台服务费"
COUPON, COUPON_BACK = "平台优惠补差", "售后退款，退回平台优惠补差"
# Errors after which nothing has happened. A payment that is too young is among them, and has no code of its own.
REFUSED = (Trouble.REFUSED, Trouble.CONFLICT, Trouble.ABSENT)
WITHDRAWN = {
    WithdrawStatus.INIT: WithdrawalOutcome.PROCESSING,
    WithdrawStatus.CREATE_SUCCESS: WithdrawalOutcome.PROCESSING,
    WithdrawStatus.SUCCESS: WithdrawalOutcome.SUCCEEDED,
    WithdrawStatus.FAIL: WithdrawalOutcome.FAILED,
    WithdrawStatus.CLOSE: WithdrawalOutcome.FAILED,
    WithdrawStatus.REFUND: WithdrawalOutcome.BOUNCED,
}
RETURNED = {
    ReturnResult.PROCESSING: CallOutcome.PROCESSING,
    ReturnResult.SUCCESS: CallOutcome.SUCCEEDED,
    ReturnResult.FAIL: CallOutcome.FAILED,
}
NOT_SEEN = CallSeen(CallOutcome.UNKNOWN)


class WechatClearing:
    """`domain.settlement.Clearing` over the platform product (平台收付通)."""

    divides = True

    def __init__(self, pay: WechatPay) -> None:
        self._funds = WechatFunds(pay)

    async def ask(self, asked: CallAsked) -> CallSeen:
        try:
            return await self._ask(asked)
        except WechatPayError as error:
            if error.trouble in REFUSED:
                return CallSeen(CallOutcome.REFUSED, reason=_words(error))
            if error.trouble is Trouble.NOT_ENOUGH:
                # Not taken in: it is asked for again under the same number.
                return CallSeen(CallOutcome.UNKNOWN, reason=_words(error))
            raise _unavailable(error) from error

    async def _ask(self, asked: CallAsked) -> CallSeen:
        whose = {"sub_mchid": asked.sub_mchid, "transaction_id": asked.transaction_id}
        if asked.kind is CallKind.SPLIT:
            shared = await self._funds.share(
                **whose, out_order_no=asked.number, amount=asked.amount, description=COMMISSION
            )
            return _split(shared)
        if asked.kind is CallKind.FINISH:
            done = await self._funds.finish_sharing(**whose, out_order_no=asked.number, description=LEFT)
            return _split(done)
        if asked.kind is CallKind.RETURN:
            back = await self._funds.return_share(
                sub_mchid=asked.sub_mchid,
                out_order_no=asked.about,
                out_return_no=asked.number,
                amount=asked.amount,
                description=BACK,
            )
            return _returned(back)
        return await self._subsidy(asked)

    async def _subsidy(self, asked: CallAsked) -> CallSeen:
        whose = {"sub_mchid": asked.sub_mchid, "transaction_id": asked.transaction_id}
        if asked.kind is CallKind.SUBSIDY:
            seen = await self._funds.subsidise(
                **whose, out_subsidy_no=asked.number, amount=asked.amount, description=COUPON
            )
        else:
            seen = await self._funds.return_subsidy(
                **whose, out_order_no=asked.number, refund_id=asked.about, amount=asked.amount, description=COUPON_BACK
            )
        outcome = CallOutcome.SUCCEEDED if seen.result == "SUCCESS" else CallOutcome.FAILED
        return CallSeen(outcome, seen.id, None if seen.result == "SUCCESS" else seen.result, seen.success_time)

    async def find(self, asked: CallAsked) -> CallSeen:
        whose = {"sub_mchid": asked.sub_mchid, "transaction_id": asked.transaction_id}
        try:
            if asked.kind in (CallKind.SPLIT, CallKind.FINISH):
                split = await self._funds.query_share(**whose, out_order_no=asked.number)
                return NOT_SEEN if split is None else _split(split)
            if asked.kind is CallKind.RETURN:
                numbers = {"out_order_no": asked.about, "out_return_no": asked.number}
                back = await self._funds.query_return(sub_mchid=asked.sub_mchid, **numbers)
                return NOT_SEEN if back is None else _returned(back)
        except WechatPayError as error:
            raise _unavailable(error) from error
        # Of subsidies nobody can be asked; sending the number again answers how it stands.
        return NOT_SEEN

    async def balance(self, sub_mchid: str) -> Balance | None:
        try:
            found = await self._funds.balance(sub_mchid)
        except WechatPayError as error:
            raise _unavailable(error) from error
        return Balance(found.available, found.pending)

    async def withdraw(self, asked: WithdrawalAsked) -> WithdrawalSeen:
        try:
            id = await self._funds.withdraw(
                sub_mchid=asked.sub_mchid, out_request_no=asked.number, amount=asked.amount, remark="货款提现"
            )
        except WechatPayError as error:
            if error.trouble in (*REFUSED, Trouble.NOT_ENOUGH):
                return WithdrawalSeen(WithdrawalOutcome.FAILED, reason=_words(error))
            raise _unavailable(error) from error
        return WithdrawalSeen(WithdrawalOutcome.PROCESSING, id)

    async def find_withdrawal(self, number: str, sub_mchid: str) -> WithdrawalSeen:
        try:
            found = await self._funds.query_withdrawal(sub_mchid=sub_mchid, out_request_no=number)
        except WechatPayError as error:
            raise _unavailable(error) from error
        if found is None:
            return WithdrawalSeen(WithdrawalOutcome.UNKNOWN)
        return WithdrawalSeen(WITHDRAWN[found.status], found.withdraw_id, found.reason, found.update_time)


class DirectClearing(WechatClearing):
    """One merchant number collects for all shops, who are paid out of the platform's own bank account, by hand.

    What was shared out while the mall paid in the other way is still fetched back for refunds as it was.
    """

    divides = False

    async def balance(self, sub_mchid: str) -> None:
        return None

    async def withdraw(self, asked: WithdrawalAsked) -> WithdrawalSeen:
        """Taken note of; a person makes the transfer and says so."""
        return WithdrawalSeen(WithdrawalOutcome.PROCESSING)

    async def find_withdrawal(self, number: str, sub_mchid: str) -> WithdrawalSeen:
        if sub_mchid:
            return await super().find_withdrawal(number, sub_mchid)
        return WithdrawalSeen(WithdrawalOutcome.UNKNOWN)


def _split(state: SplitState) -> CallSeen:
    if state.status is SplitStatus.PROCESSING:
        return CallSeen(CallOutcome.PROCESSING, state.order_id)
    if state.result in (None, "SUCCESS"):
        return CallSeen(CallOutcome.SUCCEEDED, state.order_id, at=state.finish_time)
    return CallSeen(CallOutcome.FAILED, state.order_id, state.fail_reason or state.result, state.finish_time)


def _returned(state: ReturnState) -> CallSeen:
    return CallSeen(RETURNED[state.result], state.return_no, state.fail_reason, state.finish_time)


def _words(error: WechatPayError) -> str:
    return f"{error.code} {error.message}".strip()[:200]


def _unavailable(error: WechatPayError) -> Unavailable:
    return Unavailable("微信支付暂时没有响应，请稍后再试", code_seen=error.code)
