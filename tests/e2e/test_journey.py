"""Two people at two browsers: she buys on her phone, he ships at his desk, and each sees the other's step at once."""

from __future__ import annotations

import re
import secrets
import time
from pathlib import Path

import pytest
from playwright.async_api import Browser, expect

from server.seeds.catalogue import shops
from server.seeds.people import PASSWORD_PLATFORM, PASSWORD_SHOP, TOTP_LOGIN
from tests.e2e.desk import Desk
from tests.e2e.phone import Phone
from tests.e2e.running import Running
from tests.e2e.screen import DESK, PATIENCE, PHONE, open_screen

BUYER = "新用户"
WORDS, COUNTIES = "苹果", ("镇雄", "昭阳")
PRICES = (5, 120)  # yuan

pytestmark = pytest.mark.browser


def login_of(shop: str) -> str:
    """The demo account of a shop."""
    return next(f"shop{place:02d}" for place, each in enumerate(shops(), 1) if each.name == shop)


async def test_she_buys_and_he_ships(running: Running, browser: Browser, pictures: Path) -> None:
    where = (browser, running.base_url, pictures)
    async with (
        open_screen(Phone, *where, "phone", PHONE) as phone,
        open_screen(Desk, *where, "desk", DESK) as desk,
    ):
        await phone.log_in(BUYER)
        chosen = await _chooses_from_two_shops(phone)
        detail = f"三台村 {secrets.randbelow(900) + 100} 号"
        await phone.check_out()
        await phone.write_address("王小明", "13888880001", ("昭阳区", "洒渔镇"), detail)
        # He has his orders on the screen before she pays.
        shop = next(shop for shop in chosen if login_of(shop) != TOTP_LOGIN)
        await desk.log_in("merchant", login_of(shop), PASSWORD_SHOP)
        await desk.go("订单")
        await expect(desk.by_mark("orders")).to_be_visible(timeout=PATIENCE)
        await expect(desk.by_mark("live-mark")).to_have_text(re.compile("实时|已连接"), timeout=PATIENCE)
        await desk.page.evaluate("window.neverReloaded = true")
        await phone.place()
        await phone.pay()
        # The order comes to his screen, and his to hers, with nobody reloading anything.
        notice = desk.page.locator(".el-notification").filter(has_text="新订单")
        await expect(notice).to_be_visible(timeout=PATIENCE)
        await desk.picture("arrived")
        number = re.search(r"订单号 (\w+)", await notice.inner_text())
        assert number is not None
        await phone.order_of(shop)
        await phone.picture("awaiting-shipment")
        await phone.page.evaluate("window.neverReloaded = true")
        tracking = f"SF{secrets.randbelow(10**12):012d}"
        await desk.ship(await desk.row_of(number[1]), "顺丰速运", tracking)
        await expect(await desk.row_of(number[1])).to_contain_text("已发货", timeout=PATIENCE)
        await desk.picture("shipped")
        await (await desk.row_of(number[1])).get_by_role("button", name="查看").click()
        await desk.sees(tracking)
        await phone.sees(tracking)
        await expect(phone.top.get_by_role("status").first).to_contain_text("待收货", timeout=PATIENCE)
        await phone.picture("shipped")
        await phone.confirm_receipt()
        await expect(phone.top.get_by_role("status").first).to_contain_text("已收货", timeout=PATIENCE)
        await phone.picture("received")
        await desk.sees("买家确认收货")
        await desk.picture("received")
        for screen in (phone, desk):
            assert await screen.page.evaluate("window.neverReloaded") is True
            assert screen.faults == []


async def _chooses_from_two_shops(phone: Phone) -> list[str]:
    """Goods of a county within a price range, then of another county; answers their shops."""
    chosen: list[str] = []
    for county in COUNTIES:
        await phone.look_for(WORDS, county, *PRICES)
        for card in await phone.cards():
            price = re.search(r"¥\s*(\d+)\s*(\.\d+)?", card)
            assert price is not None
            assert PRICES[0] <= int(price[1]) <= PRICES[1]
        await phone.picture("results")
        shop = await phone.open_first()
        await expect(phone.top.locator(".product__fact").filter(has_text="产地")).to_contain_text(county)
        await phone.picture("product")
        await phone.put_into_cart()
        chosen.append(shop)
    assert len(set(chosen)) == 2, chosen
    return chosen


async def test_the_platform_signs_in_with_a_second_factor_and_sees_its_figures(
    running: Running, browser: Browser, pictures: Path
) -> None:
    async with open_screen(Desk, browser, running.base_url, pictures, "platform", DESK) as desk:
        await desk.log_in("admin", "admin", PASSWORD_PLATFORM)
        totp = running.second_factor = await desk.enrol()
        await desk.leave()
        # A code is good for one use; the next one is taken already, since phones' clocks are not exact.
        await desk.log_in("admin", "admin", PASSWORD_PLATFORM, totp.at(time.time() + totp.interval))
        for title in ("今日订单", "今日销售额", "在售商品", "每日销售"):
            await desk.sees(title)
        assert min(await desk.charts()) > 3, "a chart is empty"
        await desk.picture("overview")
        await desk.go("流量")
        for title in ("按编译计划执行", "近半小时", "被拒绝的请求", "PlatformOverview"):
            await desk.sees(title)
        await desk.picture("traffic")
        assert "云南省" in await desk.explore('query Home { region(code: "530000") { fullName } }')
        await desk.picture("explorer")
        assert desk.faults == []
