"""A buyer is told of his parcels: he sees how many he has not read, opens one, and has read them all."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.async_api import Browser, expect

from tests.e2e.phone import Phone
from tests.e2e.running import Running
from tests.e2e.screen import PATIENCE, PHONE, open_screen

pytestmark = pytest.mark.browser

BUYER = "镇雄阿芳"


async def sees_how_many(phone: Phone) -> None:
    """On his own page, once the relay has brought what happened."""
    await phone.page.goto("/#/pages/me/me")
    await phone.sees("消息")
    await expect(phone.top.locator(".me__unread")).to_have_text("2", timeout=PATIENCE)
    await phone.picture("mine")


async def opens_one(phone: Phone) -> None:
    await phone.tap("消息", exact=True)
    await phone.sees("2 条未读")
    await phone.sees("商家已发货")
    await phone.picture("inbox")
    await phone.top.locator(".notices__one").first.click()
    await phone.at("order/order")
    await phone.page.go_back()


async def reads_all(phone: Phone) -> None:
    await phone.sees("1 条未读")
    await phone.tap("全部已读")
    await phone.sees("没有未读消息")
    await expect(phone.top.locator(".notices__dot")).to_have_count(0, timeout=PATIENCE)
    await phone.picture("all-read")
    await phone.page.goto("/#/pages/me/me")
    await phone.sees("消息")
    await expect(phone.top.locator(".me__unread")).to_have_count(0, timeout=PATIENCE)


async def test_a_buyer_reads_what_he_is_told(running: Running, browser: Browser, pictures: Path) -> None:
    async with open_screen(Phone, browser, running.base_url, pictures, "notices", PHONE) as phone:
        await phone.log_in(BUYER)
        await sees_how_many(phone)
        await opens_one(phone)
        await reads_all(phone)
        assert phone.faults == []
