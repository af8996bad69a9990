"""Two buyers at two phones and a shop at its desk: a group is opened, joined and complete, and each sees it at once."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.async_api import Browser, expect

from server.seeds.ids import demo_id
from server.seeds.people import PASSWORD_SHOP
from tests.e2e.desk import Desk
from tests.e2e.phone import Phone
from tests.e2e.running import Running
from tests.e2e.screen import DESK, PATIENCE, PHONE, open_screen

pytestmark = pytest.mark.browser


async def joins(phone: Phone) -> None:
    """From the page that orders with a group to the paid cashier."""
    await phone.at("pkg-group/join")
    await phone.sees("拼团优惠")
    await phone.top.get_by_label("同意合并").click()
    await phone.picture("joining")
    await phone.tap("提交订单")
    await phone.at("cashier")
    await phone.pay()


async def test_two_buy_together_and_the_shop_ships(running: Running, browser: Browser, pictures: Path) -> None:
    where = (browser, running.base_url, pictures)
    async with (
        open_screen(Phone, *where, "opens", PHONE) as opens,
        open_screen(Phone, *where, "joins", PHONE) as follows,
        open_screen(Desk, *where, "shop", DESK) as desk,
    ):
        await opens.log_in("昭阳小杨")
        await opens.page.goto(f"/#/pkg-group/join/join?activity={demo_id('group-activity', 1)}")
        await joins(opens)
        await opens.page.goto("/#/pkg-group/mine/mine")
        await opens.picture("mine")
        await opens.tap("1/2 人")
        await opens.at("pkg-group/group")
        await opens.sees("等你来")
        await opens.picture("forming")
        await follows.log_in("镇雄阿芳")
        await follows.page.goto(opens.page.url)  # the link that was shared
        await follows.sees("剩余")
        await follows.picture("shared")
        await follows.tap("参团")
        await joins(follows)
        # The one who opened it has touched nothing since.
        await opens.sees("拼团成功")
        await opens.picture("complete")
        await desk.log_in("merchant", "shop01", PASSWORD_SHOP)
        await desk.go("拼团")
        await desk.sees("两人同行团")
        await desk.picture("groups")
        await desk.go("订单")
        await expect(await desk.row_of("昭阳小杨")).to_contain_text("待发货", timeout=PATIENCE)
        for screen in (opens, follows, desk):
            assert screen.faults == []
