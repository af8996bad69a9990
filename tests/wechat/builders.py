"""Orders to test with: small, valid, and never twice the same number."""

import secrets
from datetime import UTC, datetime, timedelta

from integrations.wechatpay import CombinedOrder, SubOrder

OPENID = "oTESTopenid0001"
# Nothing listens on the discard port: notices to it are tried and counted, and reach nobody.
NOWHERE = "http://127.0.0.1:9/notify"


def number(prefix: str = "T") -> str:
    return prefix + secrets.token_hex(8).upper()


def combined(*totals: int, notify_url: str = NOWHERE, openid: str = OPENID, minutes: int = 15) -> CombinedOrder:
    """A combined order with one sub-order per total (fen), each of another shop."""
    subs = tuple(
        SubOrder(f"19000001{10 + at}", number("S"), f"昭通苹果5kg 第{at + 1}家", total)
        for at, total in enumerate(totals or (3980, 19800))
    )
    return CombinedOrder(
        combine_out_trade_no=number("C"),
        sub_orders=subs,
        openid=openid,
        notify_url=notify_url,
        time_expire=datetime.now(UTC) + timedelta(minutes=minutes),
        payer_client_ip="127.0.0.1",
    )
