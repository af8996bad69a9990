"""One member writes a story; once it is checked another finds it by search, likes it and says something below it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.async_api import Browser, expect

from tests.e2e.phone import Phone
from tests.e2e.running import Running
from tests.e2e.screen import PATIENCE, PHONE, open_screen

pytestmark = pytest.mark.browser

TITLE = "霜降之后第一篮糖心果"
TEXT = "霜降过后早晚温差大，果核边上慢慢透明，切开像琥珀。一家人趁晴天摘完半坡，挑最圆的留给孩子们。"
SAID = "看完就想去洒渔走一走"
TRIES = 20


async def writes(phone: Phone) -> None:
    await phone.page.goto("/#/pages/home/home")
    await phone.top.get_by_role("link", name="产地故事").click()
    await phone.at("pkg-community/feed")
    await expect(phone.top.locator(".post-card").first).to_be_visible(timeout=PATIENCE)
    await phone.picture("feed")
    await phone.tap("写故事", exact=True)
    await phone.at("pkg-community/write")
    await phone.fill("标题", TITLE)
    await phone.fill("正文", TEXT)
    await phone.top.get_by_role("button", name="关联商品").click()
    goods = phone.page.locator(".tale__choice:visible")
    await expect(goods.first).to_be_visible(timeout=PATIENCE)
    await goods.first.click()
    await expect(goods.first).to_be_hidden(timeout=PATIENCE)
    await expect(phone.top.locator(".tale__good")).to_have_count(1, timeout=PATIENCE)
    await phone.picture("written")
    await phone.tap("提交审核", exact=True)
    await phone.at("pkg-community/feed")
    await phone.tap("我的故事", exact=True)
    await phone.at("pkg-community/mine")
    card = phone.top.locator(".card").filter(has_text=TITLE)
    await expect(card).to_be_visible(timeout=PATIENCE)
    await phone.picture("mine")


async def finds(phone: Phone) -> None:
    """By words of its title; what was published a moment ago is found a moment later."""
    await phone.page.goto("/#/pages/search/search")
    await phone.fill("搜索商品", TITLE)
    await phone.top.get_by_role("button").filter(has_text="搜索").click()
    await phone.at("pages/results")
    card = phone.top.get_by_role("link").filter(has_text=TITLE).first
    for _ in range(TRIES):
        if await card.count():
            break
        await phone.page.wait_for_timeout(2_000)
        await phone.page.reload()
    await expect(card).to_be_visible(timeout=PATIENCE)
    await phone.picture("found")
    await card.click()
    await phone.at("pkg-community/post")
    await phone.sees(TEXT[:12])
    await phone.sees("作者已购")


async def answers(phone: Phone) -> None:
    await phone.top.get_by_role("button", name=re.compile("^点赞")).click()
    await phone.sees("赞 1")
    await phone.fill("写评论", SAID)
    await phone.tap("发表", exact=True)
    await phone.sees(SAID)
    await phone.picture("answered")


async def begins(phone: Phone) -> None:
    """From the page of goods, also such as he has not bought; what he would write about is linked already."""
    await phone.top.locator(".product-row").first.click()
    await phone.at("pages/product")
    way = phone.top.get_by_role("link", name="为这件商品写故事")
    await way.scroll_into_view_if_needed()
    await way.click()
    await phone.at("pkg-community/write")
    await expect(phone.top.locator(".tale__good")).to_have_count(1, timeout=PATIENCE)
    await phone.sees("没买过的商品会标明「未购买」")
    await phone.picture("begun")


async def reads(phone: Phone) -> None:
    """The author opens his own story and sees what was said."""
    card = phone.top.locator(".card").filter(has_text=TITLE)
    for _ in range(TRIES):
        await phone.page.goto("/#/pages/home/home")
        await phone.page.goto("/#/pkg-community/mine/mine")
        await expect(card).to_be_visible(timeout=PATIENCE)
        if "1 赞 · 1 评论" in await card.inner_text():
            break
        await phone.page.wait_for_timeout(2_000)
    await expect(card).to_contain_text("已公开")
    await expect(card).to_contain_text("1 赞 · 1 评论")
    await card.get_by_text(TITLE).click()
    await phone.sees(SAID)
    await phone.picture("read")


async def test_a_story_is_written_found_liked_and_answered(running: Running, browser: Browser, pictures: Path) -> None:
    where = (browser, running.base_url, pictures)
    async with (
        open_screen(Phone, *where, "teller", PHONE) as teller,
        open_screen(Phone, *where, "reader", PHONE) as reader,
    ):
        await teller.log_in("昭阳小杨")
        await writes(teller)
        await reader.log_in("镇雄阿芳")
        await finds(reader)
        await answers(reader)
        await begins(reader)
        await reads(teller)
        for screen in (teller, reader):
            assert screen.faults == []
