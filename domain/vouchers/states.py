"""What may happen to vouchers, as data; and what the law leaves open, decided."""

from __future__ import annotations

from datetime import timedelta
from enum import StrEnum

from domain.base import Refusal, Steps
from models.vouchers import VoucherState


class VoucherUnusable(Refusal):
    """A voucher cannot be redeemed: not the buyer's, frozen, used up, not valid now, or not for these goods."""

    code = "VOUCHER_UNUSABLE"


class VoucherStep(StrEnum):
    BIND = "BIND"
    GIVE = "GIVE"
    FREEZE = "FREEZE"
    THAW = "THAW"
    # The last piece was redeemed; a piece came back to one that was used up, or had run out.
    USE_UP = "USE_UP"
    REVIVE = "REVIVE"
    EXPIRE = "EXPIRE"
    EXTEND = "EXTEND"
    ASK_REFUND = "ASK_REFUND"
    # The holder thinks better of it.
    KEEP = "KEEP"
    REFUND = "REFUND"
    # Of a code that nobody has bound.
    SUSPEND = "SUSPEND"
    RESUME = "RESUME"
    VOID = "VOID"


VOUCHER_STEPS: Steps[VoucherState, VoucherStep] = {
    (VoucherState.ISSUED, VoucherStep.BIND): VoucherState.ACTIVE,
    (VoucherState.ISSUED, VoucherStep.SUSPEND): VoucherState.SUSPENDED,
    (VoucherState.SUSPENDED, VoucherStep.RESUME): VoucherState.ISSUED,
    (VoucherState.ISSUED, VoucherStep.VOID): VoucherState.VOIDED,
    (VoucherState.SUSPENDED, VoucherStep.VOID): VoucherState.VOIDED,
    (VoucherState.ACTIVE, VoucherStep.GIVE): VoucherState.ACTIVE,
    (VoucherState.ACTIVE, VoucherStep.FREEZE): VoucherState.FROZEN,
    (VoucherState.FROZEN, VoucherStep.THAW): VoucherState.ACTIVE,
    (VoucherState.ACTIVE, VoucherStep.USE_UP): VoucherState.REDEEMED,
    (VoucherState.FROZEN, VoucherStep.USE_UP): VoucherState.REDEEMED,
    (VoucherState.REDEEMED, VoucherStep.REVIVE): VoucherState.ACTIVE,
    (VoucherState.EXPIRED, VoucherStep.REVIVE): VoucherState.ACTIVE,
    (VoucherState.ACTIVE, VoucherStep.EXPIRE): VoucherState.EXPIRED,
    (VoucherState.EXPIRED, VoucherStep.EXTEND): VoucherState.ACTIVE,
    (VoucherState.EXPIRED, VoucherStep.ASK_REFUND): VoucherState.REFUNDING,
    (VoucherState.REFUNDING, VoucherStep.KEEP): VoucherState.EXPIRED,
    (VoucherState.REFUNDING, VoucherStep.REFUND): VoucherState.REFUNDED,
}
VOUCHER_REFUSALS = {
    VoucherStep.BIND: "该提货券已被绑定",
    VoucherStep.GIVE: "只有可用的提货券可以赠送",
    VoucherStep.FREEZE: "只有可用的提货券可以挂失或冻结",
    VoucherStep.THAW: "只有已挂失或冻结的提货券可以恢复",
    VoucherStep.USE_UP: "该提货券不可用",
    VoucherStep.REVIVE: "该提货券已有可提的件数",
    VoucherStep.EXPIRE: "只有可用的提货券会到期",
    VoucherStep.EXTEND: "只有已到期的提货券需要延期",
    VoucherStep.ASK_REFUND: "提货券到期后仍有未提件数时可申请退款",
    VoucherStep.KEEP: "该提货券没有待处理的退款申请",
    VoucherStep.REFUND: "该提货券没有待处理的退款申请",
    VoucherStep.SUSPEND: "没有可冻结的券码：只有未绑定的券码可以冻结",
    VoucherStep.RESUME: "没有可解冻的券码：只有已冻结且未绑定的券码可以解冻",
    VoucherStep.VOID: "没有可作废的券码：只有未绑定的券码可以作废",
}
# What whoever has a code reads that cannot be bound.
UNBINDABLE = {
    VoucherState.SUSPENDED: "该券码已被发行方冻结，暂时不能绑定，请联系购券处",
    VoucherState.VOIDED: "该券码已作废，请联系购券处",
}

# What is left of a voucher that ran out is good again for so long, for nothing; as often as its holder likes.
EXTENDED_BY = timedelta(days=365)
