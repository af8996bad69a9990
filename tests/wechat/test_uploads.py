"""Parcels told to WeChat: what repeats safely, what is refused, what ends a split delivery."""

import dataclasses
from datetime import UTC, datetime, timedelta

import pytest

from integrations.wechat import (
    DeliveryMode,
    LogisticsType,
    OrderKey,
    OrderState,
    Parcel,
    Shipment,
    ShippingRefused,
    Uploaded,
    WechatApi,
)
from integrations.wechat.shipping import mask, shorten
from integrations.wechatpay import CombinedState, RefundRequest, WechatPay
from tests.wechat.builders import NOWHERE, OPENID, combined, number
from tests.wechat.simulator import Simulator

UPLOAD = "POST /wxa/sec/order/upload_shipping_info"
NOW = datetime(2026, 11, 22, 6, 0, tzinfo=UTC)


@pytest.fixture
async def bought(wxsim: Simulator, wechat_pay: WechatPay) -> CombinedState:
    """A paid combined order of two shops, old enough for the shipping service to know it."""
    order = combined(3980, 19800)
    await wechat_pay.prepay_combined(order)
    await wxsim.user_pays(order.combine_out_trade_no, lose_notice=True)
    await wxsim.advance(61)
    state = await wechat_pay.query_combined(order.combine_out_trade_no)
    assert state is not None
    return state


def parcel(tracking_no: str = "YT0000000000001", company: str = "YTO", contact: str | None = None) -> Parcel:
    return Parcel("昭通苹果5kg*1", tracking_no, company, receiver_contact=contact)


def shipment(state: CombinedState, at: int = 0, *parcels: Parcel, split_done: bool | None = None) -> Shipment:
    return Shipment(
        order_key=OrderKey(transaction_id=state.sub_orders[at].transaction_id),
        logistics_type=LogisticsType.EXPRESS,
        parcels=parcels or (parcel(),),
        delivery_mode=DeliveryMode.UNIFIED if split_done is None else DeliveryMode.SPLIT,
        is_all_delivered=split_done,
    )


async def refusal(call: object) -> ShippingRefused:
    with pytest.raises(ShippingRefused) as refused:
        await call  # type: ignore[misc]
    return refused.value


async def test_upload_waits_for_the_payment_to_arrive(wxsim: Simulator, wechat_pay: WechatPay, api: WechatApi) -> None:
    order = combined(100)
    await wechat_pay.prepay_combined(order)
    await wxsim.user_pays(order.combine_out_trade_no, lose_notice=True)
    state = await wechat_pay.query_combined(order.combine_out_trade_no)
    assert state is not None
    early = await refusal(api.upload_shipping_info(shipment(state), openid=OPENID, upload_time=NOW))
    assert (early.errcode, early.not_yet, early.final) == (10060001, True, False)
    assert await api.get_order(transaction_id=state.sub_orders[0].transaction_id) is None
    await wxsim.advance(61)
    assert await api.upload_shipping_info(shipment(state), openid=OPENID, upload_time=NOW) is Uploaded.DONE


async def test_upload_is_seen_and_repeats_safely(api: WechatApi, bought: CombinedState) -> None:
    sub = bought.sub_orders[0]
    known = await api.get_order(transaction_id=sub.transaction_id)
    assert known is not None
    assert (known.order_state, known.finish_shipping, known.parcels) == (OrderState.TO_SHIP, False, ())

    assert await api.upload_shipping_info(shipment(bought), openid=OPENID, upload_time=NOW) is Uploaded.DONE
    assert await api.upload_shipping_info(shipment(bought), openid=OPENID, upload_time=NOW) is Uploaded.ALREADY
    known = await api.get_order(
        merchant_id=sub.mchid, sub_merchant_id=sub.sub_mchid, merchant_trade_no=sub.out_trade_no
    )
    assert known is not None
    assert (known.order_state, known.finish_shipping_count) == (OrderState.SHIPPED, 1)
    assert (known.paid_amount, known.openid) == (3980, OPENID)
    assert [(p.tracking_no, p.express_company, p.upload_time) for p in known.parcels] == [
        ("YT0000000000001", "YTO", NOW)
    ]


@pytest.mark.parametrize("kind", ["accept_then_timeout", "accept_then_reset"])
async def test_upload_done_but_unsaid_is_already(
    wxsim: Simulator, api: WechatApi, bought: CombinedState, kind: str
) -> None:
    await wxsim.fault(UPLOAD, kind)
    assert await api.upload_shipping_info(shipment(bought), openid=OPENID, upload_time=NOW) is Uploaded.ALREADY
    (shipping,) = (await wxsim.dump())["shippings"]
    assert shipping["uploads"] == 1


async def test_exactly_one_correction(api: WechatApi, bought: CombinedState) -> None:
    def corrected(at: int) -> Shipment:
        return shipment(bought, 0, parcel(f"YT000000000000{at}"))

    async def upload(at: int, when: datetime) -> Uploaded:
        return await api.upload_shipping_info(corrected(at), openid=OPENID, upload_time=when)

    assert await upload(1, NOW) is Uploaded.DONE
    stale = await refusal(upload(2, NOW))
    assert stale.errcode == 268485216, "upload_time must grow"
    assert await upload(2, NOW + timedelta(milliseconds=1)) is Uploaded.DONE
    spent = await refusal(upload(3, NOW + timedelta(seconds=2)))
    assert (spent.errcode, spent.final, spent.not_yet) == (10060003, True, False)


async def test_combined_upload_ships_shop_by_shop(api: WechatApi, bought: CombinedState) -> None:
    whole = OrderKey(transaction_id=bought.transaction_id)

    async def upload(when: datetime, *parts: Shipment) -> Uploaded:
        return await api.upload_combined_shipping_info(whole, parts, openid=OPENID, upload_time=when)

    first, second = shipment(bought, 0), shipment(bought, 1, parcel("SF1234567890", "SF", "13800000001"))
    assert await upload(NOW, first) is Uploaded.DONE
    assert await upload(NOW + timedelta(seconds=1), first, second) is Uploaded.DONE
    assert await upload(NOW + timedelta(seconds=2), first, second) is Uploaded.ALREADY
    for sub in bought.sub_orders:
        known = await api.get_order(transaction_id=sub.transaction_id)
        assert known is not None
        assert (known.order_state, known.finish_shipping_count) == (OrderState.SHIPPED, 1)


async def test_combined_upload_by_our_own_numbers(wxsim: Simulator, api: WechatApi, bought: CombinedState) -> None:
    whole = OrderKey(mchid=bought.mchid, out_trade_no=bought.combine_out_trade_no)
    parts = [
        dataclasses.replace(shipment(bought, at), order_key=OrderKey(mchid=sub.mchid, out_trade_no=sub.out_trade_no))
        for at, sub in enumerate(bought.sub_orders)
    ]
    done = await api.upload_combined_shipping_info(whole, parts, openid=OPENID, upload_time=NOW)
    assert done is Uploaded.DONE
    assert len((await wxsim.dump())["shippings"]) == 2


async def test_either_upload_may_be_the_one_wechat_takes(
    wxsim: Simulator, api: WechatApi, bought: CombinedState
) -> None:
    whole = OrderKey(transaction_id=bought.transaction_id)
    await wxsim.control("shipping.policy", mode="sub")
    refused = await refusal(
        api.upload_combined_shipping_info(whole, [shipment(bought)], openid=OPENID, upload_time=NOW)
    )
    assert refused.not_yet, "indistinguishable from a payment not yet known: fall back after a while"
    assert await api.upload_shipping_info(shipment(bought), openid=OPENID, upload_time=NOW) is Uploaded.DONE
    await wxsim.control("shipping.policy", mode="combined")
    assert (await refusal(api.upload_shipping_info(shipment(bought, 1), openid=OPENID, upload_time=NOW))).not_yet


async def test_split_delivery_ends_once(api: WechatApi, bought: CombinedState) -> None:
    async def upload(seconds: int, no: str, *, done: bool) -> Uploaded:
        part = shipment(bought, 0, parcel(no), split_done=done)
        when = NOW + timedelta(seconds=seconds)
        return await api.upload_shipping_info(part, openid=OPENID, upload_time=when)

    assert await upload(0, "YT01", done=False) is Uploaded.DONE
    known = await api.get_order(transaction_id=bought.sub_orders[0].transaction_id)
    assert known is not None
    assert known.order_state is OrderState.TO_SHIP
    assert await upload(1, "YT02", done=True) is Uploaded.DONE
    known = await api.get_order(transaction_id=bought.sub_orders[0].transaction_id)
    assert known is not None
    assert [p.tracking_no for p in known.parcels] == ["YT01", "YT02"]
    assert await upload(2, "YT03", done=False) is Uploaded.ALREADY, "10060002: shipping was complete"


async def test_what_the_service_refuses(api: WechatApi, bought: CombinedState) -> None:
    async def code_of(part: Shipment, openid: str = OPENID) -> int:
        return (await refusal(api.upload_shipping_info(part, openid=openid, upload_time=NOW))).errcode

    whole = shipment(bought)
    assert await code_of(whole, "oSomebodyElse1") == 10060031
    assert await code_of(shipment(bought, 0, parcel(company="SF"))) == 10060014, "SF needs a contact"
    assert await code_of(shipment(bought, 0, parcel(tracking_no=""))) == 268485226
    assert await code_of(shipment(bought, 0, parcel(company=""))) == 268485227
    assert await code_of(shipment(bought, 0, Parcel("", "YT1", "YTO"))) == 10060008
    assert await code_of(shipment(bought, 0, parcel(), parcel("YT2"))) == 268485228
    assert await code_of(dataclasses.replace(whole, delivery_mode=DeliveryMode.SPLIT)) == 10060007
    same_city = dataclasses.replace(shipment(bought, split_done=True), logistics_type=LogisticsType.SAME_CITY)
    assert await code_of(same_city) == 10060006
    assert await code_of(dataclasses.replace(whole, order_key=OrderKey(transaction_id="42000000"))) == 10060001
    assert await code_of(dataclasses.replace(whole, order_key=OrderKey(mchid="1900000001"))) == 268485197


async def test_pickup_needs_no_tracking_number(api: WechatApi, bought: CombinedState) -> None:
    pickup = dataclasses.replace(shipment(bought, 0, Parcel("小草坝天麻250g")), logistics_type=LogisticsType.PICKUP)
    assert await api.upload_shipping_info(pickup, openid=OPENID, upload_time=NOW) is Uploaded.DONE


async def test_refunded_and_received_orders_take_no_upload(
    wxsim: Simulator, wechat_pay: WechatPay, api: WechatApi, bought: CombinedState
) -> None:
    first, second = bought.sub_orders
    request = RefundRequest(first.sub_mchid, number("R"), first.total, first.total, NOWHERE, first.transaction_id)
    await wechat_pay.refund(request)
    await wxsim.advance(4)
    gone = await refusal(api.upload_shipping_info(shipment(bought), openid=OPENID, upload_time=NOW))
    assert (gone.errcode, gone.ask_first) == (10060004, True)
    await wxsim.control("order.confirm_receive", transaction_id=second.transaction_id)
    known = await api.get_order(transaction_id=second.transaction_id)
    assert known is not None
    assert known.order_state is OrderState.RECEIVED


async def test_upload_survives_a_replaced_token(wxsim: Simulator, api: WechatApi, bought: CombinedState) -> None:
    assert await api.get_order(transaction_id=bought.sub_orders[0].transaction_id)
    await wxsim.control("token.revoke")
    assert await api.upload_shipping_info(shipment(bought), openid=OPENID, upload_time=NOW) is Uploaded.DONE


@pytest.mark.parametrize(
    ("phone", "masked"),
    [
        ("13800000001", "138****0001"),
        ("138****0001", "138****0001"),
        ("0870-2123456", "087****3456"),
        ("12315", "****2315"),
    ],
)
def test_contacts_are_masked_but_for_the_last_four(phone: str, masked: str) -> None:
    assert mask(phone) == masked


def test_long_descriptions_are_shortened() -> None:
    assert len(shorten("苹" * 200)) == 120
    assert shorten("苹" * 200).endswith("...")
    assert shorten("苹" * 120) == "苹" * 120
