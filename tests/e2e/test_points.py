"""The desk gives a buyer points; he sees them, pays with them, calls the order off and has them again."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.async_api import Browser, expect

from tests.e2e.desk import Desk
from tests.e2e.phone import Phone
from tests.e2e.running import Running
from tests.e2e.screen import DESK, PATIENCE, PHONE, open_screen

pytestmark = pytest.mark.browser

GIVEN = "500"
NUMBER = re.compile(r"S\d{12,}")


async def number_of_an_order(phone: Phone) -> str:
    await phone.page.goto("/#/pkg-trade/orders/orders")
    await phone.top.locator(".orders__card .ellipsis").first.click()
    await phone.at("order/order")
    await expect(phone.top).to_contain_text(NUMBER, timeout=PATIENCE)
    found = NUMBER.search(await phone.top.inner_text())
    assert found is not None
    return found[0]


async def gives(desk: Desk, number: str) -> None:
    """Finds the buyer by an order of his, and gives him points."""
    await desk.log_in("admin", "operator", "Zhaotong-2026")
    await desk.go("积分")
    await desk.page.get_by_role("tab", name="会员查询").click()
    await desk.page.get_by_label("订单号或手机号").fill(number)
    await desk.by_mark("look").click()
    await expect(desk.by_mark("sums")).to_be_visible(timeout=PATIENCE)
    await desk.by_mark("adjust").click()
    form = desk.by_mark("adjust-form")
    await form.get_by_role("spinbutton", name="积分").fill(GIVEN)
    await form.get_by_label("原因").fill("物流延误补偿")
    await desk.picture("adjust")
    await desk.by_mark("save-adjust").click()
    await expect(desk.by_mark("member-entries")).to_contain_text("物流延误补偿", timeout=PATIENCE)
    await desk.picture("member")


async def has(phone: Phone, many: str) -> None:
    await phone.page.goto("/#/pages/home/home")
    await phone.page.goto("/#/pkg-points/mine/mine")
    await expect(phone.top.locator(".points__balance")).to_have_text(many, timeout=PATIENCE)


async def spends(phone: Phone) -> None:
    """As many as may be used, which are all of them; then the order is called off."""
    await phone.look_for("苹果", "昭阳", 20, 500)
    await phone.open_first()
    await phone.put_into_cart()
    await phone.check_out()
    await phone.top.get_by_label(re.compile("^使用 .* 积分$")).click()
    await phone.sees("-¥5.00")
    await phone.place()
    await phone.picture("cashier")


async def calls_off(phone: Phone) -> None:
    await phone.page.goto("/#/pkg-trade/orders/orders")
    await phone.picture("orders")
    await phone.top.locator(".orders__card").first.click()  # the newest
    await phone.at("order/order")
    await phone.sees("积分抵扣")
    await phone.picture("order")
    await phone.tap("取消订单")
    await phone.page.locator(".uni-modal__btn_primary").click()
    await phone.sees("您已取消订单")


async def test_points_are_given_spent_and_come_back(running: Running, browser: Browser, pictures: Path) -> None:
    where = (browser, running.base_url, pictures)
    async with (
        open_screen(Phone, *where, "points-phone", PHONE) as phone,
        open_screen(Desk, *where, "points-desk", DESK) as desk,
    ):
        await phone.log_in("昭阳小杨")
        await gives(desk, await number_of_an_order(phone))
        await has(phone, GIVEN)
        await phone.picture("given")
        await spends(phone)
        await has(phone, "0")
        await calls_off(phone)
        await has(phone, GIVEN)
        await phone.picture("back")
        for screen in (phone, desk):
            assert screen.faults == []
