"""A shop gives one coupon for one of its goods; of two who want it one uses it, and has it back with his money."""

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

NAME, PRODUCT, CENTER, MINE = "老树秋梨试吃券", "昭阳麻皮秋梨", "/#/pkg-coupon/center/center", "/#/pkg-coupon/mine/mine"
RULES = "限昭阳麻皮秋梨，满 20 元减 3 元，每单限用一张，整单退款后券退回。"


async def writes(desk: Desk) -> None:
    """A draft of one coupon for one product."""
    await desk.log_in("merchant", "shop01", PASSWORD_SHOP)
    await desk.go("营销活动")
    await desk.by_mark("new-campaign").click()
    form = desk.by_mark("campaign-form")
    for label, text in (("名称", NAME), ("使用门槛", "20"), ("减免金额", "3"), ("发放张数", "1"), ("活动规则", RULES)):
        await form.get_by_label(label, exact=True).fill(text)
    await form.get_by_text("指定商品", exact=True).click()
    chooser = form.get_by_role("combobox", name="指定商品")
    await desk.by_mark("scope-products").click()
    await chooser.fill("秋梨")
    await desk.page.get_by_role("option").filter(has_text=PRODUCT, visible=True).first.click()
    await expect(form.get_by_text("已选 1 项")).to_be_visible(timeout=PATIENCE)
    await desk.picture("writing")
    await desk.by_mark("save-campaign").click()
    await expect(form).to_be_hidden(timeout=PATIENCE)
    await expect(desk.by_mark("campaigns").locator("tr").filter(has_text=NAME)).to_contain_text("1 种商品")


async def tries_and_publishes(desk: Desk) -> None:
    """The draft shows what a cart will pay; then everybody may claim it."""
    row = desk.by_mark("campaigns").locator("tr").filter(has_text=NAME)
    await row.get_by_role("button", name="试算").click()
    trial = desk.by_mark("trial")
    await expect(trial.locator("tr").filter(has_text=PRODUCT)).to_contain_text("¥3.00", timeout=PATIENCE)
    await expect(desk.by_mark("trial-totals")).to_contain_text("买家少付")
    await desk.picture("trial")
    await desk.page.keyboard.press("Escape")
    await expect(trial).to_be_hidden(timeout=PATIENCE)
    await row.get_by_role("button", name="发布").click()
    await desk.page.get_by_role("dialog").get_by_role("button", name="发布").click()
    await expect(row).to_contain_text("进行中", timeout=PATIENCE)


async def opens_center(phone: Phone, nickname: str) -> None:
    await phone.log_in(nickname)
    await phone.page.goto(CENTER)
    await phone.sees(NAME)


async def claims(phone: Phone) -> None:
    card = phone.top.locator(".coupon").filter(has_text=NAME)
    await card.get_by_text("领取", exact=True).click()


async def buys(phone: Phone) -> None:
    """The checkout takes the coupon by itself, and the order says so."""
    await phone.page.goto(f"/#/pages/product/product?id={demo_id('product', 'pear-brown')}")
    await phone.sees(PRODUCT)
    await phone.put_into_cart()
    await phone.check_out()
    await phone.sees("优惠券")
    await expect(phone.top).to_contain_text("3.00", timeout=PATIENCE)
    await phone.place()
    await phone.pay()
    await phone.page.goto(MINE)
    await phone.tap("已用 / 过期", exact=True)
    await phone.sees("已使用")
    await phone.picture("used")


async def refunds(desk: Desk) -> None:
    """The whole order, before it is sent."""
    await desk.go("订单")
    row = await desk.row_of("昭阳小杨")
    await expect(row).to_contain_text("待发货", timeout=PATIENCE)
    await row.locator("a").first.click()
    await desk.by_mark("open-refund").click()
    dialog = desk.page.get_by_role("dialog").filter(has_text="整单退款")
    await dialog.get_by_label("退款原因").fill("秋梨今天卖完了")
    await desk.by_mark("refund-order").click()
    await desk.page.get_by_role("button", name="确认退款").click()
    await expect(desk.by_mark("open-refund")).to_have_count(0, timeout=PATIENCE)
    await desk.picture("refunded")


async def test_one_has_the_last_coupon_and_has_it_back_with_his_money(
    running: Running, browser: Browser, pictures: Path
) -> None:
    where = (browser, running.base_url, pictures)
    async with (
        open_screen(Desk, *where, "shop", DESK) as desk,
        open_screen(Phone, *where, "has", PHONE) as has,
        open_screen(Phone, *where, "late", PHONE) as late,
    ):
        await writes(desk)
        await tries_and_publishes(desk)
        await opens_center(has, "昭阳小杨")
        await opens_center(late, "镇雄阿芳")
        await claims(has)
        await has.sees("领取成功")
        await has.picture("claimed")
        # His page still offers it: the offer is gone, and he is told so.
        await claims(late)
        await late.sees("优惠券已领完")
        await late.picture("told")
        await expect(late.top.locator(".coupon").filter(has_text=NAME)).to_contain_text("已领完", timeout=PATIENCE)
        await buys(has)
        await refunds(desk)
        await has.page.goto("/#/pages/me/me")
        await has.page.goto(MINE)
        await has.tap("可使用", exact=True)
        await has.sees("券已退回")
        await has.picture("back")
        await desk.go("营销活动")
        await desk.by_mark("campaigns").locator("tr").filter(has_text=NAME).get_by_role("button", name="效果").click()
        figures = desk.by_mark("result-figures")
        for label in ("领取", "退回", "付款订单", "整单退款"):
            said = figures.locator("td, th").filter(has_text=label).first
            await expect(said).to_be_visible(timeout=PATIENCE)
        assert [colours > 3 for colours in await desk.charts()] == [True]
        await desk.picture("results")
        for screen in (desk, has, late):
            assert screen.faults == []
