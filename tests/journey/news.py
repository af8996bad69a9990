"""What WeChat Pay tells the mall, as the tests send it, and time that passes for both."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from domain.base import clock
from tests.client import Client
from tests.journey.mall import NOTICES, count
from tests.wechat.simulator import Simulator

PREPAY = "POST /v3/combine-transactions/jsapi"
AWAITING = ("AWAITING_PAYMENT", ["AWAITING_PAYMENT", "AWAITING_PAYMENT"])
PAID = ("PAID", ["AWAITING_SHIPMENT", "AWAITING_SHIPMENT"])


async def notice_of(wxsim: Simulator, **how: Any) -> tuple[dict[str, str], bytes]:
    """The content of the one notice there is, signed anew."""
    (lost,) = (await wxsim.dump())["notices"]
    changed = how.pop("resource", lost["resource"])
    return await wxsim.build_notice(changed, **how)


async def tell(mall: Client, headers: dict[str, str], body: bytes) -> int:
    return (await mall.http.post(NOTICES, headers=headers, content=body)).status_code


async def time_passes(wxsim: Simulator, by: timedelta) -> None:
    """For both sides: signatures are only good for five minutes."""
    clock.advance(by)
    await wxsim.advance(by.total_seconds(), wire=True)


async def used(database: Any) -> int:
    """Units that left the shelves for orders."""
    return await count(database, "select coalesce(-sum(delta), 0) from stock_moves where order_id is not null")
