"""WeChat Pay API v3 (平台收付通): a thin, typed, asynchronous client. It knows WeChat's words and no others."""

from .bills import BadBill, BillLine, TradeBill, read_trade_bill
from .client import WechatPay, WechatPayConfig
from .direct import DirectOrder, DirectRefund, DirectState, WechatDirect, direct_payment
from .errors import NoticeFault, NoticeRejected, Trouble, UntrustedReply, WechatPayError
from .fundbill import FundBill, FundLine
from .funds import ReturnResult, ReturnState, SplitState, SplitStatus, WechatFunds, WithdrawStatus
from .values import (
    CombinedOrder,
    CombinedState,
    Notice,
    RefundAccepted,
    RefundRequest,
    RefundState,
    RefundStatus,
    SubOrder,
    SubState,
    TradeState,
)

__all__ = [
    "FundBill",
    "FundLine",
    "ReturnResult",
    "ReturnState",
    "SplitState",
    "SplitStatus",
    "WechatFunds",
    "WithdrawStatus",
    "BadBill",
    "BillLine",
    "CombinedOrder",
    "CombinedState",
    "DirectOrder",
    "DirectRefund",
    "DirectState",
    "Notice",
    "NoticeFault",
    "NoticeRejected",
    "RefundAccepted",
    "RefundRequest",
    "RefundState",
    "RefundStatus",
    "SubOrder",
    "SubState",
    "TradeBill",
    "TradeState",
    "Trouble",
    "UntrustedReply",
    "WechatDirect",
    "WechatPay",
    "WechatPayConfig",
    "WechatPayError",
    "direct_payment",
    "read_trade_bill",
]
