"""The platform invites shops to a 满减, two agree to what they bear, and a cart of both reaches it."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.async_api import Browser, expect

from server.seeds.ids import demo_id
from server.seeds.people import PASSWORD_PLATFORM, PASSWORD_SHOP
from tests.e2e.desk import Desk
from tests.e2e.phone import Phone
from tests.e2e.running import Running
from tests.e2e.screen import DESK, PATIENCE, PHONE, open_screen

pytestmark = pytest.mark.browser

NAME = "山货节跨店满减"
RULES = "参加店铺的商品合计满 40 元减 6 元，每单一次，部分退款按实付金额退。"
BROWN, YELLOW = "昭阳麻皮秋梨", "鲁甸黄梨"


async def invites(console: Desk) -> None:
    await console.log_in("admin", "operator", PASSWORD_PLATFORM)
    await console.go("营销活动")
    await console.by_mark("new-campaign").click()
    form = console.by_mark("campaign-form")
    await form.get_by_text("满减", exact=True).click()
    for label, text in (("名称", NAME), ("第 1 档门槛", "40"), ("第 1 档减免", "6"), ("活动规则", RULES)):
        await form.get_by_label(label, exact=True).fill(text)
    await form.get_by_label("预算上限", exact=True).fill("1000")
    await form.get_by_label("商家承担百分比", exact=True).fill("50")
    await console.picture("writing")
    await console.by_mark("save-campaign").click()
    await expect(form).to_be_hidden(timeout=PATIENCE)
    row = console.by_mark("campaigns").locator("tr").filter(has_text=NAME)
    await row.get_by_role("button", name="发布").click()
    await console.page.get_by_role("dialog").get_by_role("button", name="发布").click()
    await expect(row).to_contain_text("进行中", timeout=PATIENCE)
    await console.picture("published")


async def applies(desk: Desk, login: str) -> None:
    """It reads what it would bear, tries it with its goods, and agrees."""
    await desk.log_in("merchant", login, PASSWORD_SHOP)
    await desk.go("营销活动")
    await desk.page.get_by_role("tab", name="平台活动报名").click()
    row = desk.by_mark("invitations").locator("tr").filter(has_text=NAME)
    await expect(row).to_contain_text("未报名", timeout=PATIENCE)
    await desk.picture("invitations")
    await row.get_by_role("button", name="试算").click()
    await expect(desk.by_mark("trial-totals")).to_contain_text("¥6.00（商家", timeout=PATIENCE)
    await desk.picture("trial")
    await desk.page.keyboard.press("Escape")
    await expect(desk.by_mark("trial")).to_be_hidden(timeout=PATIENCE)
    await row.get_by_role("button", name="报名").click()
    await expect(desk.by_mark("examples")).to_contain_text("¥3.00", timeout=PATIENCE)
    await desk.by_mark("agree").click()
    await desk.picture("agreeing")
    await desk.by_mark("apply").click()
    await expect(row).to_contain_text("待处理", timeout=PATIENCE)


async def accepts(console: Desk) -> None:
    """Both at once."""
    await console.page.reload()
    row = console.by_mark("campaigns").locator("tr").filter(has_text=NAME)
    await expect(console.by_mark("waiting")).to_contain_text("2 个商家报名待处理", timeout=PATIENCE)
    await row.get_by_role("button", name="报名").click()
    rows = console.by_mark("application-rows")
    await expect(rows.locator("tbody tr")).to_have_count(2, timeout=PATIENCE)
    await rows.locator("thead .el-checkbox").first.click()
    await console.picture("applications")
    await console.by_mark("accept-chosen").click()
    await console.page.get_by_role("dialog", name="接受报名").get_by_role("button", name="接受").click()
    await expect(rows.get_by_text("已参加")).to_have_count(2, timeout=PATIENCE)
    await console.picture("accepted")
    await console.page.keyboard.press("Escape")


async def stops(console: Desk) -> None:
    """Others buy in this mall, too, at the prices they know."""
    await console.page.reload()
    row = console.by_mark("campaigns").locator("tr").filter(has_text=NAME)
    await row.get_by_role("button", name="停止").click()
    dialog = console.page.get_by_role("dialog").filter(has_text="停止")
    await dialog.get_by_role("textbox").fill("活动结束")
    await dialog.get_by_role("button", name="确定").click()
    await expect(row).to_contain_text("已停止", timeout=PATIENCE)


async def fills_the_cart(phone: Phone) -> None:
    """One thing from its own page; the cart says how far it is, and the rest comes from what counts for it."""
    await phone.log_in("昭阳小杨")
    await phone.page.goto(f"/#/pages/product/product?id={demo_id('product', 'pear-brown')}")
    await phone.sees(BROWN)
    await phone.sees("满40减6")
    await phone.put_into_cart()
    await phone.page.goto("/#/pages/cart/cart")
    await phone.sees("再买 18.20 元可减 6 元")
    await phone.picture("cart")
    await phone.top.locator('[data-test="across"]').get_by_text("去凑单").click()
    await phone.at("reach/reach")
    await phone.sees("再买 18.2 元减 6 元")
    await phone.picture("reach")
    await reaches(phone)
    await phone.page.goto("/#/pages/cart/cart")
    await phone.sees("各店合计已减 6 元")
    await phone.picture("reached")


async def reaches(phone: Phone) -> None:
    good = phone.top.locator('[data-test="reach-good"]').filter(has_text=YELLOW).first
    await good.get_by_role("button").click()
    # That of the product's page lies below, hidden.
    sheet = phone.page.locator(".sku-sheet:visible")
    await sheet.get_by_text("加入购物车", exact=True).click()
    await expect(sheet).to_have_count(0, timeout=PATIENCE)
    await expect(phone.top.locator('[data-test="reach-sum"]')).to_contain_text("已减 6 元", timeout=PATIENCE)
    await phone.picture("enough")


async def test_a_cart_of_two_shops_reaches_what_both_agreed_to(
    running: Running, browser: Browser, pictures: Path
) -> None:
    where = (browser, running.base_url, pictures)
    async with (
        open_screen(Desk, *where, "platform", DESK) as console,
        open_screen(Desk, *where, "first", DESK) as first,
        open_screen(Desk, *where, "second", DESK) as second,
        open_screen(Phone, *where, "phone", PHONE) as phone,
    ):
        await invites(console)
        await applies(first, "shop01")
        await applies(second, "shop05")
        await accepts(console)
        await fills_the_cart(phone)
        await phone.check_out()
        await phone.place()
        await phone.pay()
        await console.page.reload()
        row = console.by_mark("campaigns").locator("tr").filter(has_text=NAME)
        await row.get_by_role("button", name="效果").click()
        shops = console.by_mark("result-shops")
        await expect(shops.locator("tbody tr")).to_have_count(2, timeout=PATIENCE)
        await expect(shops).to_contain_text("1", timeout=PATIENCE)
        await console.picture("results")
        await stops(console)
        for screen in (console, first, second, phone):
            assert screen.faults == []
