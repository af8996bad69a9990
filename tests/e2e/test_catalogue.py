"""A farmer lists his goods with a phone; a buyer finds them by pinyin and reads where other goods come from."""

from __future__ import annotations

import io
import re
from pathlib import Path

import pytest
from PIL import Image
from playwright.async_api import Browser, expect

from tests.e2e.desk import Desk
from tests.e2e.phone import Phone
from tests.e2e.running import Running
from tests.e2e.screen import DESK, PATIENCE, PHONE, open_screen

pytestmark = pytest.mark.browser

NAME = "洒渔晚熟富士苹果"
TRIES = 20


def photo() -> bytes:
    """A red field with a green stripe, large enough to be a product's picture."""
    picture = Image.new("RGB", (1200, 1200), (190, 40, 35))
    picture.paste((60, 130, 60), (0, 0, 1200, 260))
    written = io.BytesIO()
    picture.save(written, "JPEG", quality=85)
    return written.getvalue()


async def list_goods(farmer: Desk) -> None:
    """Photo first, then the name, weight and price; the rest is suggested."""
    page = farmer.page
    await page.goto("/merchant#/products/quick")
    await expect(farmer.by_mark("quick")).to_be_visible(timeout=PATIENCE)
    await farmer.by_mark("photo").set_input_files({"name": "apples.jpg", "mimeType": "image/jpeg", "buffer": photo()})
    await expect(page.locator("figure img")).to_be_visible(timeout=PATIENCE)
    await farmer.picture("photo")
    await farmer.by_mark("next").click()
    await page.get_by_label("商品名称").fill(NAME)
    await expect(farmer.by_mark("suggested")).to_contain_text("苹果", timeout=PATIENCE)
    await expect(farmer.by_mark("next")).to_be_enabled(timeout=PATIENCE)
    await farmer.picture("name")
    await farmer.by_mark("next").click()
    await page.get_by_label("每份净重（斤）").fill("9")
    await page.get_by_label("每份售价（元）").fill("59.9")
    await page.get_by_label("有多少份").fill("40")
    await page.get_by_label("有多少份").blur()
    await farmer.sees("/500g")
    await farmer.picture("price")
    await farmer.by_mark("next").click()
    await expect(farmer.by_mark("preview")).to_contain_text(NAME, timeout=PATIENCE)
    await farmer.picture("preview")
    await farmer.by_mark("submit").click()
    await expect(page).to_have_url(re.compile(r"/products$"), timeout=PATIENCE)


async def approve(desk: Desk) -> None:
    await desk.log_in("admin", "operator", "Zhaotong-2026")
    await desk.go("商品管理")
    await desk.page.get_by_placeholder("商品名称").fill(NAME)
    await desk.page.get_by_placeholder("商品名称").press("Enter")
    row = desk.by_mark("products").locator("tr").filter(has_text=NAME).first
    await expect(row).to_be_visible(timeout=PATIENCE)
    await desk.picture("review")
    await row.get_by_role("button", name="通过", exact=True).click()
    await desk.page.locator(".el-message-box").get_by_role("button", name="通过").click()
    await desk.sees("已通过，商品上架")


async def find(phone: Phone) -> None:
    """As people type it who have no Chinese keyboard at hand."""
    await phone.page.goto("/#/pages/search/search")
    await phone.fill("搜索商品", "sayu wanshu fushi")
    await phone.top.get_by_role("button").filter(has_text="搜索").click()
    await phone.at("pages/results")
    card = phone.top.locator(".product-card").filter(has_text=NAME).first
    for _ in range(TRIES):  # what is kept of a search for guests is a quarter of a minute old at most
        await expect(phone.top.locator(".product-card").first).to_be_visible(timeout=PATIENCE)
        if await card.count():
            break
        await phone.page.wait_for_timeout(2_000)
        await phone.page.reload()
    await expect(card).to_be_visible(timeout=PATIENCE)
    await phone.picture("found")
    await card.click()
    await phone.at("pages/product")
    await phone.sees(NAME)
    await phone.sees("59.90")
    await phone.picture("product")


async def test_a_farmer_lists_goods_and_a_buyer_finds_them(running: Running, browser: Browser, pictures: Path) -> None:
    where = (browser, running.base_url, pictures)
    async with (
        open_screen(Desk, *where, "farmer", PHONE) as farmer,
        open_screen(Desk, *where, "reviewer", DESK) as desk,
        open_screen(Phone, *where, "finder", PHONE) as phone,
    ):
        await farmer.log_in("merchant", "shop01", "Shop-demo-2026")
        await list_goods(farmer)
        await approve(desk)
        await find(phone)
        for screen in (farmer, desk, phone):
            assert screen.faults == []


async def test_a_buyer_reads_where_apples_come_from(running: Running, browser: Browser, pictures: Path) -> None:
    async with open_screen(Phone, browser, running.base_url, pictures, "reader", PHONE) as phone:
        await phone.page.goto("/#/pages/search/search")
        await phone.fill("搜索商品", "洒渔红富士苹果 80")
        await phone.top.get_by_role("button").filter(has_text="搜索").click()
        await phone.at("pages/results")
        await phone.top.locator(".product-card").filter(has_text="80").first.click()
        await phone.at("pages/product")
        lot = phone.top.locator(".product-lots__row").first
        await expect(lot).to_contain_text("链条验证通过", timeout=PATIENCE)
        await lot.scroll_into_view_if_needed()
        await phone.picture("lots")
        await lot.click()
        await phone.at("pkg-trace/lot")
        for text in ("承诺达标合格证", "从种到收", "产地位置"):
            await phone.sees(text)
        await expect(phone.top.locator(".lot__event").first).to_be_visible(timeout=PATIENCE)
        await phone.picture("trace")
        await phone.top.get_by_text("从种到收").scroll_into_view_if_needed()
        await phone.picture("timeline")
        await phone.top.get_by_text("去购买").click()
        await phone.at("pages/product")
        assert phone.faults == []
