"""A shop applies, the platform agrees, and two phones want the last piece: one has it, the other is told at once."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.async_api import Browser, expect

from server.seeds.people import PASSWORD_PLATFORM, PASSWORD_SHOP
from tests.e2e.desk import Desk
from tests.e2e.phone import Phone
from tests.e2e.running import Running
from tests.e2e.screen import DESK, PATIENCE, PHONE, open_screen

pytestmark = pytest.mark.browser

SESSION, PRODUCT, SKU, PRICE = "今日秒杀", "昭阳麻皮秋梨", "昭阳麻皮秋梨 老树果 · 5 kg", "1.50"


async def applies(desk: Desk) -> None:
    """One piece of a product that the demo does not sell in this session."""
    await desk.log_in("merchant", "shop01", PASSWORD_SHOP)
    await desk.go("秒杀")
    await desk.by_mark("new").click()
    dialog = desk.page.get_by_role("dialog").filter(has_text="报名秒杀")
    for mark, text in (("session", SESSION), ("sku", SKU)):
        await desk.by_mark(mark).click()
        await desk.page.get_by_role("option").filter(has_text=text, visible=True).first.click()
    await dialog.get_by_label("秒杀价").fill(PRICE)
    await dialog.get_by_label("秒杀库存").fill("1")
    await dialog.get_by_label("秒杀库存").press("Tab")
    await desk.picture("applying")
    await desk.by_mark("save").click()
    await expect(dialog).to_be_hidden(timeout=PATIENCE)
    await desk.sees("待审核")
    await desk.picture("applied")


async def agrees(console: Desk) -> None:
    await console.log_in("admin", "operator", PASSWORD_PLATFORM)
    await console.go("秒杀")
    row = console.by_mark("flash-offers").locator("tr").filter(has_text="待审核").first
    await expect(row).to_contain_text(PRODUCT, timeout=PATIENCE)
    await row.get_by_role("button", name="通过").click()
    await console.page.get_by_role("dialog").get_by_role("button", name="通过").click()
    await console.sees("已上架")
    await expect(console.by_mark("publish")).to_have_count(0, timeout=PATIENCE)
    await console.picture("published")


async def comes_in(phone: Phone, nickname: str) -> None:
    """From the list of the session to the page of the order, past the gate."""
    await phone.log_in(nickname)
    await phone.page.goto("/#/pkg-flash/sale/sale")
    await phone.top.get_by_label(f"马上抢 {PRODUCT}").click()
    await phone.at("pkg-flash/buy")
    await phone.sees("提交订单")
    await phone.sees("分钟内付款")
    await phone.picture("inside")


async def test_the_last_piece_goes_to_one_and_the_other_is_told(
    running: Running, browser: Browser, pictures: Path
) -> None:
    where = (browser, running.base_url, pictures)
    async with (
        open_screen(Desk, *where, "shop", DESK) as desk,
        open_screen(Desk, *where, "platform", DESK) as console,
        open_screen(Phone, *where, "first", PHONE) as first,
        open_screen(Phone, *where, "second", PHONE) as second,
    ):
        await applies(desk)
        await agrees(console)
        await comes_in(first, "昭阳小杨")
        await comes_in(second, "镇雄阿芳")
        await first.tap("提交订单", exact=True)
        await first.at("cashier")
        await second.tap("提交订单", exact=True)
        await second.sees("名额暂时抢完")
        await second.picture("told")
        await first.pay()
        # Paid is gone for good: who hoped is told so by himself.
        await second.sees("已抢光")
        await second.picture("sold-out")
        await second.page.goto("/#/pkg-flash/sale/sale")
        await expect(second.top.get_by_label(f"已抢光 {PRODUCT}")).to_be_visible(timeout=PATIENCE)
        await second.picture("list")
        await desk.page.reload()
        row = desk.by_mark("flash-offers").locator("tr").filter(has_text=PRODUCT).filter(has_text="1 / 1")
        await expect(row).to_contain_text("1.50", timeout=PATIENCE)
        await desk.picture("results")
        for screen in (desk, console, first, second):
            assert screen.faults == []
