"""WeChat's order shipping management behind the interface the delivery rules define."""

from __future__ import annotations

from datetime import datetime

from domain.delivery import UploadAnswer, UploadOutcome
from integrations.wechat import (
    LogisticsType,
    OrderKey,
    Parcel,
    Shipment,
    ShippingRefused,
    WechatApi,
    WechatApiError,
)


class WechatParcels:
    """`domain.delivery.Uploader` over /wxa/sec/order/upload_shipping_info, one payment part at a time."""

    def __init__(self, api: WechatApi) -> None:
        self._api = api

    async def upload(
        self,
        *,
        transaction_id: str,
        openid: str,
        carrier: str,
        tracking_number: str,
        item_desc: str,
        receiver_phone_masked: str,
        at: datetime,
    ) -> UploadAnswer:
        parcel = Parcel(item_desc, tracking_number, carrier, receiver_phone_masked)
        shipment = Shipment(OrderKey(transaction_id=transaction_id), LogisticsType.EXPRESS, (parcel,))
        try:
            await self._api.upload_shipping_info(shipment, openid=openid, upload_time=at)
        except ShippingRefused as refused:
            outcome = UploadOutcome.RETRY if refused.not_yet else UploadOutcome.FAILED
            return UploadAnswer(outcome, f"{refused.errcode} {refused.message}")
        except WechatApiError as error:
            outcome = UploadOutcome.RETRY if error.worth_repeating else UploadOutcome.FAILED
            return UploadAnswer(outcome, f"{error.errcode} {error.message}")
        return UploadAnswer(UploadOutcome.DONE, "")
