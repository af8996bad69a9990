"""Payments from before the simulator's time, as a demo's orders have them."""

from __future__ import annotations

from datetime import UTC, datetime

from redis.asyncio import Redis

from integrations.wechat import LogisticsType, OrderKey, Parcel, Shipment, Uploaded, WechatApi
from integrations.wechatpay import WechatPay
from tests.wechat.builders import OPENID
from tests.wechat.simulator import Simulator

PART = {"no": "S26112000000001P1", "sub_mchid": "1900000110", "total": 3990, "transaction_id": "4200" + "7" * 24}
PAID_AT = "2026-11-20T08:00:00+00:00"


async def test_an_earlier_payment_can_be_shipped_and_asked_about(
    wxsim: Simulator, wechat_pay: WechatPay, redis_url: str, clean_redis: None
) -> None:
    for _ in range(2):  # telling it again changes nothing
        await wxsim.control("trade.known", no="T26112000000001P1", openid=OPENID, paid_at=PAID_AT, subs=[PART])
    state = await wechat_pay.query_combined("T26112000000001P1")
    assert state is not None
    assert (state.paid, state.total, state.openid) == (True, 3990, OPENID)
    cache = Redis.from_url(redis_url)
    parcel = Parcel("昭通苹果*1", "SF1234567890", "SF", "138****0001")
    shipment = Shipment(OrderKey(transaction_id=str(PART["transaction_id"])), LogisticsType.EXPRESS, (parcel,))
    async with WechatApi(wxsim.api_config(), cache) as api:
        now = datetime.now(UTC)
        assert await api.upload_shipping_info(shipment, openid=OPENID, upload_time=now) is Uploaded.DONE
    await cache.aclose()


async def test_what_went_back_earlier_is_known_with_its_payment(wxsim: Simulator, wechat_pay: WechatPay) -> None:
    back = {"no": "S26112000000001P1R1", "id": "5099" + "1" * 24, "amount": 1000, "at": "2026-11-21T08:00:00+00:00"}
    part = {**PART, "transaction_id": "4200" + "8" * 24, "no": "S26112000000002P1", "refunds": [back]}
    for _ in range(2):  # telling it again changes nothing
        await wxsim.control("trade.known", no="T26112000000002P1", openid=OPENID, paid_at=PAID_AT, subs=[part])
    state = await wechat_pay.query_refund(str(back["no"]), str(PART["sub_mchid"]))
    assert state is not None
    assert (state.status, state.refund, state.refund_id) == ("SUCCESS", 1000, back["id"])
    funds = await wxsim.control("funds.get", mchid=PART["sub_mchid"])
    assert funds["pending"] == (3990 - 24) - (1000 - 6)  # what came and what went, each less its fee of 0.6 %
