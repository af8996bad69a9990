"""What holders read before they redeem, made of what the batch says."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from domain.base import SHANGHAI
from models.vouchers import VoucherBatchKind, VoucherFreight


def rules(batch: Mapping[str, Any]) -> list[str]:
    """The rules of a voucher of this batch, a sentence each."""
    since, until = (batch[name].astimezone(SHANGHAI) for name in ("valid_from", "valid_until"))
    paid_back = "、申请按券面价值全额退款" if batch["kind"] is not VoucherBatchKind.GIVEN else ""
    included = "运费已包含在券内，提货时无需另付。"
    freight = included if batch["freight"] is VoucherFreight.INCLUDED else "运费由提货人支付，提交前会显示金额。"
    return [
        f"{since:%Y-%m-%d} 起可提货，首次有效期至 {until:%Y-%m-%d %H:%M}。",
        "可分多次提货；提货时从券内商品中任选一种，由店铺快递发货。",
        freight,
        f"到期未提的件数为您保留，可免费延期一年{paid_back}，不会作废。",
        "发货前取消、售后退货，件数退回券内；不足一件的部分按一件退回。",
        "提货按券面约定的价值计算，不受商品后来调价影响；不与优惠券、礼品卡同享。",
    ]
