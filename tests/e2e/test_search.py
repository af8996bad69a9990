"""A buyer types, is helped, narrows what was found, and sees what is near; the desk compares two rankings."""

from __future__ import annotations

import asyncio
import re
import time
from pathlib import Path

import pytest
from playwright.async_api import Browser, expect
from pyotp import TOTP

from tests.e2e.desk import Desk
from tests.e2e.phone import Phone
from tests.e2e.running import Running
from tests.e2e.screen import DESK, PATIENCE, PHONE, open_screen

pytestmark = pytest.mark.browser

FOUND = re.compile(r"查看 \d+ 件")


async def types(phone: Phone, words: str) -> None:
    """Types in pinyin, is told what it may become, and looks for it."""
    await phone.page.goto("/#/pages/search/search")
    await phone.fill("搜索商品", words)
    await expect(phone.top.locator(".search__suggestion").first).to_be_visible(timeout=PATIENCE)
    await phone.picture("suggestions")
    await phone.top.get_by_role("button").filter(has_text="搜索").click()
    await phone.at("pages/results")
    await phone.cards()
    await phone.picture("results")


async def narrows(phone: Phone) -> None:
    """By an attribute of what was found: two of its values find more than one of them."""
    await phone.top.get_by_role("button", name="筛选").click()
    drawer = phone.page.get_by_role("dialog", name="筛选")
    chips = drawer.get_by_role("group", name="品种").get_by_role("checkbox")
    await expect(chips.first).to_be_visible(timeout=PATIENCE)
    await chips.filter(has_text="红富士").click()
    await expect(drawer.get_by_text(FOUND)).to_be_visible(timeout=PATIENCE)
    await expect(chips.filter(has_text="丑苹果")).to_be_visible(timeout=PATIENCE)
    await chips.filter(has_text="丑苹果").click()
    await expect(drawer.get_by_text("已选 2 项")).to_be_visible(timeout=PATIENCE)
    await drawer.get_by_role("group", name="品种").scroll_into_view_if_needed()
    await phone.picture("attributes")
    await drawer.get_by_text(FOUND).click()
    await expect(drawer).to_be_hidden(timeout=PATIENCE)
    assert all("苹果" in card for card in await phone.cards())


async def sorts(phone: Phone) -> None:
    await phone.top.get_by_role("tab").filter(has_text="价格").click()
    await expect(phone.top.get_by_role("tab").filter(has_text="价格")).to_have_attribute("aria-selected", "true")
    prices = [float(found[1]) for card in await phone.cards() if (found := re.search(r"¥\s*([\d.]+)", card))]
    assert prices == sorted(prices)


async def looks_around(phone: Phone) -> None:
    """Whoever does not tell the place chooses a district; cards say how far it is."""
    await phone.top.get_by_role("tab").filter(has_text="附近").click()
    sheet = phone.page.get_by_role("dialog", name="从哪里算距离")
    await sheet.get_by_role("radio").filter(has_text="镇雄县").click()
    await expect(phone.top.get_by_text("离镇雄县近的店铺在前")).to_be_visible(timeout=PATIENCE)
    await expect(phone.top.locator(".product-card__distance").first).to_be_visible(timeout=PATIENCE)
    await phone.picture("near")
    far = [
        1.0 if "1 km 内" in card else float(found[1])
        for card in await phone.cards()
        if (found := re.search(r"([\d.]+) km", card))
    ]
    assert far == sorted(far)


async def sees_what_runs(phone: Phone) -> None:
    """Narrowed to 秒杀, every card says so, and one of them shows the price of the session."""
    await phone.page.goto("/#/pages/results/results?title=好物")
    everything = len(await phone.cards())
    await phone.top.get_by_role("button", name="筛选").click()
    drawer = phone.page.get_by_role("dialog", name="筛选")
    await drawer.get_by_role("radio").filter(has_text="秒杀").click()
    await phone.picture("campaigns")
    await drawer.get_by_text(FOUND).click()
    await expect(drawer).to_be_hidden(timeout=PATIENCE)
    marked = phone.top.locator(".product-card").filter(has_text="秒杀")
    await expect(phone.top.locator(".product-card")).not_to_have_count(everything, timeout=PATIENCE)
    await expect(phone.top.locator(".product-card")).to_have_count(await marked.count(), timeout=PATIENCE)
    await phone.picture("running")


async def finds_nothing(phone: Phone) -> None:
    await phone.page.goto("/#/pages/search/search")
    await phone.fill("搜索商品", "量子火箭发动机")
    await phone.top.get_by_role("button").filter(has_text="搜索").click()
    await expect(phone.top.get_by_text("没有找到相关商品")).to_be_visible(timeout=PATIENCE)
    await expect(phone.top.get_by_text("大家都在买")).to_be_visible(timeout=PATIENCE)
    await phone.picture("nothing")


async def test_a_buyer_finds_what_is_meant(browser: Browser, running: Running, pictures: Path) -> None:
    async with open_screen(Phone, browser, running.base_url, pictures, "search-phone", PHONE) as phone:
        await types(phone, "pingguo")
        await narrows(phone)
        await sorts(phone)
        await looks_around(phone)
        await sees_what_runs(phone)
        await finds_nothing(phone)
        assert phone.faults == []


async def unused(second_factor: TOTP | None) -> str:
    """A code later than the one that somebody may have signed in with a moment ago; none where none is asked."""
    if second_factor is None:
        return ""
    await asyncio.sleep(second_factor.interval)
    return second_factor.at(time.time() + second_factor.interval)


async def test_the_desk_compares_two_rankings(browser: Browser, running: Running, pictures: Path) -> None:
    async with open_screen(Desk, browser, running.base_url, pictures, "search-desk", DESK) as desk:
        await desk.log_in("admin", "admin", "Zhaotong-2026", await unused(running.second_factor))
        await desk.go("搜索台")
        await desk.by_mark("new-experiment").click()
        await desk.by_mark("experiment-name").fill("拼音权重提高")
        await desk.page.get_by_role("spinbutton", name="拼音").fill("0.8")
        await desk.picture("start")
        await desk.by_mark("start-experiment").click()
        panel = desk.by_mark("search-rankings")
        await expect(panel.get_by_text("进行中")).to_be_visible(timeout=PATIENCE)
        await expect(panel.get_by_text("尚不能分辨").first).to_be_visible(timeout=PATIENCE)
        await panel.scroll_into_view_if_needed()
        await desk.picture("running")
        await desk.by_mark("stop-experiment").click()
        await desk.page.get_by_role("button", name="停止", exact=True).last.click()
        await expect(panel.get_by_text("已结束").first).to_be_visible(timeout=PATIENCE)
        await desk.by_mark("adopt-experiment").first.click()
        await desk.page.get_by_role("button", name="采用", exact=True).last.click()
        await expect(panel.get_by_text("已采用").first).to_be_visible(timeout=PATIENCE)
        await desk.picture("adopted")
        await desk.by_mark("give-up-ranking").click()
        await desk.picture("back")
        await desk.page.get_by_role("button", name="恢复", exact=True).last.click()
        await expect(panel.get_by_text("曾采用").first).to_be_visible(timeout=PATIENCE)
        await expect(desk.by_mark("give-up-ranking")).to_be_hidden(timeout=PATIENCE)
        await desk.picture("built-in")
        assert desk.faults == []
