"""One buys a gift card and gives it away by a link; the other takes it and pays with it."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.async_api import Browser, expect

from tests.e2e.phone import Phone
from tests.e2e.running import Running
from tests.e2e.screen import PATIENCE, PHONE, open_screen

pytestmark = pytest.mark.browser

FACE = "100.00"


async def buys(phone: Phone) -> None:
    """A bearer card from the page that sells them, by way of WeChat's cashier."""
    await phone.log_in("昭阳小杨")
    await phone.page.goto("/#/pages/home/home")
    await phone.top.get_by_role("link", name="礼品卡", exact=True).click()
    await phone.at("pkg-card/buy")
    await phone.sees("昭通好物卡")
    # Nobody buys without having read the rules.
    await phone.tap("微信支付", exact=True)
    await phone.sees("请先阅读并同意使用规则")
    await phone.top.get_by_label("我已阅读并同意礼品卡使用规则").click()
    await phone.picture("buying")
    await phone.tap("微信支付", exact=True)
    await phone.at("wxsim")
    await phone.tap("立即支付")
    await phone.at("pkg-card/mine")
    await phone.sees(f"¥{FACE}")
    await phone.picture("bought")


async def gives(phone: Phone) -> str:
    """Makes a link of the card; answers it."""
    await phone.top.locator(".cards__card").first.click()
    await phone.at("pkg-card/card")
    await phone.tap("赠送给好友")
    link = phone.top.locator(".gift-card__link")
    await expect(link).to_be_visible(timeout=PATIENCE)
    await phone.picture("given")
    text = await link.inner_text()
    assert text.startswith("http"), text
    return text


async def takes(phone: Phone, link: str) -> None:
    await phone.log_in("镇雄阿芳")
    await phone.page.goto(link)
    await phone.sees("送您")
    await phone.picture("gift")
    await phone.tap("收下礼品卡")
    await phone.at("pkg-card/mine")
    await phone.sees(f"¥{FACE}")
    await phone.picture("taken")


async def pays_with_it(phone: Phone) -> None:
    """Goods of the shop that issued it, dearer or cheaper than what is on it: the card pays first."""
    await phone.top.locator(".cards__card").first.click()
    await phone.tap("去使用")
    await phone.at("pkg-merchant/merchant")
    await phone.open_first()
    await phone.put_into_cart()
    await phone.check_out()
    await expect(phone.top.get_by_label("选择礼品卡")).to_contain_text("-¥", timeout=PATIENCE)
    await phone.top.get_by_label("选择礼品卡").click()
    await phone.sees("本单支付")
    await phone.picture("cards")
    await phone.tap("自动选择")
    picker = phone.page.get_by_role("dialog", name="选择礼品卡")
    await picker.get_by_role("button", name="关闭").click()
    await expect(picker).to_be_hidden(timeout=PATIENCE)
    await phone.place()
    await phone.picture("cashier")
    by_card = phone.top.get_by_text("确认支付 ¥")
    await expect(by_card.or_(phone.top.get_by_text("微信支付 ¥")).first).to_be_visible(timeout=PATIENCE)
    if await by_card.count():
        await by_card.click()
        await phone.sees("查看订单")
    else:
        await phone.pay()
    await phone.picture("paid")
    await phone.page.goto("/#/pkg-card/mine/mine")
    await expect(phone.top.locator(".cards__balance").first).not_to_have_text(f"¥{FACE}", timeout=PATIENCE)
    await phone.top.locator(".cards__card").first.click()
    await phone.sees("余额明细")
    await phone.picture("spent")


async def test_a_card_is_bought_given_and_spent(running: Running, browser: Browser, pictures: Path) -> None:
    where = (browser, running.base_url, pictures)
    async with (
        open_screen(Phone, *where, "giver", PHONE) as giver,
        open_screen(Phone, *where, "friend", PHONE) as friend,
    ):
        await buys(giver)
        link = await gives(giver)
        await takes(friend, link)
        # The link is good once, and the card is the other's now.
        await giver.page.goto(link)
        await giver.sees("已被领取")
        await giver.picture("gone")
        await pays_with_it(friend)
        for screen in (giver, friend):
            assert screen.faults == []
