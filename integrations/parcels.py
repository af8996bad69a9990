"""WeChat's order shipping management behind the interface the delivery rules define."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from domain.delivery import ToldParcel, UploadAnswer, UploadOutcome
from integrations.wechat import (
    DeliveryMode,
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
        parcels: Sequence[ToldParcel],
        split: bool,
        complete: bool,
        at: datetime,
    ) -> UploadAnswer:
        shipment = Shipment(
            OrderKey(transaction_id=transaction_id),
            LogisticsType.EXPRESS,
            tuple(_parcel(told) for told in parcels),
            DeliveryMode.SPLIT if split else DeliveryMode.UNIFIED,
            is_all_delivered=complete if split else None,
        )
        try:
            await self._api.upload_shipping_info(shipment, openid=openid, upload_time=at)
        except ShippingRefused as refused:
            again = refused.not_yet or refused.overtaken
            return UploadAnswer(
                UploadOutcome.RETRY if again else UploadOutcome.FAILED, f"{refused.errcode} {refused.message}"
            )
        except WechatApiError as error:
            outcome = UploadOutcome.RETRY if error.worth_repeating else UploadOutcome.FAILED
            return UploadAnswer(outcome, f"{error.errcode} {error.message}")
        return UploadAnswer(UploadOutcome.DONE, "")


def _parcel(told: ToldParcel) -> Parcel:
    return Parcel(told.item_desc, told.tracking_number, told.carrier, told.receiver_phone_masked)
