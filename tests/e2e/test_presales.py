"""Two phones and a desk: who gives up loses the deposit, who gets nothing of the harvest has it back twice."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.async_api import Browser, expect

from server.seeds.catalogue import shops
from server.seeds.people import PASSWORD_SHOP
from tests.e2e.desk import Desk
from tests.e2e.phone import Phone
from tests.e2e.running import Running
from tests.e2e.screen import DESK, PATIENCE, PHONE, open_screen

pytestmark = pytest.mark.browser


async def books(phone: Phone, nickname: str) -> str:
    """From the list of presales to the order whose deposit is paid; answers the name of its shop."""
    await phone.log_in(nickname)
    await phone.page.goto("/#/pages/home/home")
    await phone.top.get_by_role("link", name="预售", exact=True).click()
    await phone.at("pkg-deals/deals")
    await phone.sees("去预订")
    await phone.picture("list")
    await phone.tap("去预订")
    await phone.at("pages/product")
    await phone.sees("付定金预订")
    await phone.picture("product")
    shop = await phone.top.locator(".merchant-card__name").first.inner_text()
    await phone.top.get_by_label("预订").first.click()
    await phone.at("pkg-presale/book")
    await phone.sees("付款安排")
    # Nothing is booked by who has not agreed.
    await phone.tap("提交订单")
    await phone.sees("请先阅读并勾选")
    await phone.top.get_by_label("我已阅读并同意定金规则").click()
    waiver = phone.top.get_by_label("我已知晓不支持七天无理由退货")
    if await waiver.count():
        await waiver.click()
    await phone.picture("booking")
    await phone.tap("提交订单")
    await phone.at("cashier")
    await phone.pay()
    await phone.tap("查看订单")
    await phone.at("order/order")
    await phone.sees("起可付尾款")
    await phone.picture("reserved")
    return shop


async def gives_up(phone: Phone) -> None:
    """Is told what it costs before it is done."""
    await phone.tap("取消预订", exact=True)
    await expect(phone.page.locator(".uni-modal")).to_contain_text("不退", timeout=PATIENCE)
    await phone.picture("giving-up")
    await phone.page.locator(".uni-modal__btn_primary").click()
    await phone.sees("已关闭")
    await phone.sees("按您同意的规则不退")
    await phone.picture("given-up")


async def harvests_nothing(desk: Desk, shop: str) -> None:
    login = next(each.login for each in shops() if each.name == shop)
    await desk.log_in("merchant", login, PASSWORD_SHOP)
    await desk.go("预售")
    await desk.picture("offers")
    await desk.by_mark("stop").click()
    await desk.page.get_by_role("button", name="停止", exact=True).click()
    await expect(desk.by_mark("stop")).to_have_count(0, timeout=PATIENCE)
    await desk.by_mark("open-allocate").click()
    dialog = desk.page.get_by_role("dialog").filter(has_text="填报收成并分配")
    await dialog.get_by_label("实际收成").fill("0")
    await dialog.get_by_label("实际收成").press("Tab")
    await desk.by_mark("preview").click()
    await expect(desk.by_mark("allocation")).to_contain_text("1 笔，1 件", timeout=PATIENCE)
    await desk.picture("allocating")
    await desk.by_mark("allocate").click()
    await desk.page.get_by_role("button", name="确认分配", exact=True).last.click()
    await expect(dialog).to_be_hidden(timeout=PATIENCE)
    await desk.sees("0 件")
    await desk.picture("allocated")


async def test_a_deposit_is_lost_by_who_gives_up_and_comes_back_twice_from_who_fails(
    running: Running, browser: Browser, pictures: Path
) -> None:
    where = (browser, running.base_url, pictures)
    async with (
        open_screen(Phone, *where, "keeps", PHONE) as keeps,
        open_screen(Phone, *where, "leaves", PHONE) as leaves,
        open_screen(Desk, *where, "harvest", DESK) as desk,
    ):
        shop = await books(keeps, "昭阳小杨")
        await books(leaves, "镇雄阿芳")
        await gives_up(leaves)
        await harvests_nothing(desk, shop)
        await keeps.page.reload()
        await keeps.sees("另赔付定金")
        await keeps.picture("compensated")
        for screen in (keeps, leaves, desk):
            assert screen.faults == []
