"""How prices are said in Chinese."""

from __future__ import annotations

from models.pricing import ShareKind

KINDS = {
    ShareKind.CAMPAIGN: "活动优惠",
    ShareKind.MEMBER: "会员优惠",
    ShareKind.REDUCTION: "满减",
    ShareKind.PLATFORM_REDUCTION: "平台满减",
    ShareKind.MERCHANT_COUPON: "商家券",
    ShareKind.PLATFORM_COUPON: "平台券",
    ShareKind.POINTS: "积分抵扣",
}


def yuan(fen: int) -> str:
    """`12.80`; whole yuan without decimals."""
    whole, rest = divmod(abs(fen), 100)
    said = f"{whole}.{rest:02d}" if rest else str(whole)
    return f"-{said}" if fen < 0 else said


def exact_yuan(fen: int) -> str:
    """`12.80`, always with both decimals: for what is still missing, which is rarely round."""
    return f"{fen // 100}.{fen % 100:02d}"


def fold(percent_off: int) -> str:
    """`8.5 折` for 15 percent off."""
    whole, rest = divmod(100 - percent_off, 10)
    return f"{whole}.{rest} 折" if rest else f"{whole} 折"
