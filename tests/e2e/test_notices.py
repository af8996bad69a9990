"""A buyer is told of his parcels: he sees how many he has not read, opens one, and has read them all."""

from __future__ import annotations

import re
from contextlib import suppress
from pathlib import Path

import pytest
from playwright.async_api import Browser, expect

from tests.e2e.phone import Phone
from tests.e2e.running import Running
from tests.e2e.screen import PATIENCE, PHONE, open_screen

pytestmark = pytest.mark.browser

BUYER = "镇雄阿芳"
SEVERAL = re.compile(r"[2-9]|[1-9]\d+")
UNREAD = re.compile(r"\d+ 条未读")
LOOKS = 6


async def sees_how_many(phone: Phone) -> None:
    """On his own page, once the relay has brought what happened: the page reads the number when it is opened."""
    number = phone.top.locator(".me__unread")
    for _ in range(LOOKS):
        await phone.page.goto("/#/pages/me/me")
        await phone.page.reload()
        await phone.sees("消息")
        with suppress(AssertionError):
            await expect(number).to_have_text(SEVERAL, timeout=PATIENCE / LOOKS)
            break
    await expect(number).to_have_text(SEVERAL)
    await phone.picture("mine")


async def opens_one(phone: Phone) -> int:
    """His two parcels are there, and whatever other tests did with him; answers how many he has not read then."""
    await phone.tap("消息", exact=True)
    told = await phone.top.get_by_text(UNREAD).first.inner_text(timeout=PATIENCE)
    parcel = phone.top.locator(".notices__one").filter(has_text="商家已发货").first
    await expect(parcel).to_be_visible(timeout=PATIENCE)
    await phone.picture("inbox")
    await parcel.click()
    await phone.at("order/order")
    await phone.page.go_back()
    return int(told.split()[0]) - 1


async def reads_all(phone: Phone, unread: int) -> None:
    await phone.sees(f"{unread} 条未读")
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
        await reads_all(phone, await opens_one(phone))
        assert phone.faults == []
