"""A shop issues a voucher; its holder has a piece sent and gives the rest away; the friend picks his up."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.async_api import Browser, expect

from server.seeds.people import PASSWORD_SHOP
from tests.e2e.desk import Desk
from tests.e2e.phone import Phone
from tests.e2e.running import Running
from tests.e2e.screen import DESK, PATIENCE, PHONE, open_screen

pytestmark = pytest.mark.browser

# Of the shop whose vouchers the demo has.
SHOP, BATCH = "shop01", "昭阳苹果提货券"
CODE = re.compile(r"(?:[0-9A-Z]{4}-){3}[0-9A-Z]{4}")


async def issues(desk: Desk) -> str:
    """One voucher; answers its code, which is shown this once."""
    await desk.log_in("merchant", SHOP, PASSWORD_SHOP)
    await desk.go("提货券")
    row = desk.by_mark("voucher-batches").locator("tr").filter(has_text=BATCH).first
    await row.get_by_role("button", name="生成").click()
    box = desk.page.locator(".el-message-box:visible")
    await box.locator("input").fill("1")
    await box.locator(".el-message-box__btns .el-button--primary").click()
    codes = desk.by_mark("card-codes")
    await expect(codes).to_have_text(CODE, timeout=PATIENCE)
    await desk.picture("codes")
    found = CODE.search(await codes.inner_text())
    assert found is not None
    await desk.page.locator(".el-dialog__headerbtn:visible").click()
    return found.group()


async def binds(phone: Phone, code: str) -> None:
    await phone.log_in("昭阳小杨")
    await phone.page.goto("/#/pkg-voucher/mine/mine")
    await phone.fill("提货券券码", code)
    await phone.tap("绑定", exact=True)
    await phone.sees(BATCH)
    await phone.picture("bound")


async def opens(phone: Phone) -> None:
    """The voucher in hand, out of the list of them."""
    await phone.page.goto("/#/pkg-voucher/mine/mine")
    await phone.top.locator(".vouchers__one").filter(has_text=BATCH).first.click()
    await phone.at("pkg-voucher/voucher")


async def redeems(phone: Phone, *, picked_up: bool) -> None:
    """One piece of the first kind of apples, sent to the address that stands there or picked up at the first."""
    await opens(phone)
    await phone.picture("voucher")
    await phone.tap("提货", exact=True)
    await phone.at("pkg-voucher/redeem")
    await phone.sees("提货后还剩")
    if picked_up:
        await phone.top.get_by_role("radio").filter(has_text="到店自提").click()
        await phone.sees("7 天内到店提货")
        await phone.sees("无运费")
    waiver = phone.top.get_by_text("我已知晓并同意")
    if await waiver.count():
        await waiver.click()
    await phone.picture("redeeming")
    await phone.tap("提货 1 件")
    await phone.at("pkg-trade/order")
    await phone.sees("提货券抵扣（1 件）")


async def gives(phone: Phone) -> str:
    """A link of the voucher with what is left of it."""
    await opens(phone)
    await phone.tap("赠送给好友")
    link = phone.top.locator(".voucher__link")
    await expect(link).to_be_visible(timeout=PATIENCE)
    await phone.picture("given")
    return await link.inner_text()


async def takes(phone: Phone, link: str) -> None:
    await phone.log_in("镇雄阿芳")
    await phone.page.goto(link)
    await phone.sees("送您")
    await phone.picture("gift")
    await phone.tap("收下提货券")
    await phone.at("pkg-voucher/mine")
    await phone.sees(BATCH)


async def code_of(phone: Phone) -> str:
    """What the buyer shows at the counter."""
    await phone.sees("待提货")
    digits = phone.top.locator(".order-pickup__digits")
    await expect(digits).to_be_visible(timeout=PATIENCE)
    await expect(phone.top.get_by_label("提货二维码")).to_be_visible(timeout=PATIENCE)
    await phone.picture("code")
    return "".join((await digits.inner_text()).split())


async def hands_over(desk: Desk, code: str) -> None:
    """At the counter: a wrong code is refused, the right one is good once."""
    await desk.go("自提核销")
    await expect(desk.by_mark("waiting-pickups")).to_contain_text("果园直营店", timeout=PATIENCE)
    await desk.picture("waiting")
    wrong = f"{(int(code) + 1) % 10**8:08}"
    for text, mark in ((wrong, "pickup-wrong"), (code, "pickup-found")):
        await desk.page.get_by_label("提货码").fill(text)
        await desk.page.keyboard.press("Enter")
        await expect(desk.by_mark(mark)).to_be_visible(timeout=PATIENCE)
        await desk.picture(mark)
    await desk.by_mark("hand-over").click()
    await expect(desk.by_mark("pickup-found")).to_contain_text("已提货", timeout=PATIENCE)
    await desk.picture("handed-over")


async def test_a_voucher_is_sent_by_one_and_picked_up_by_the_other(
    running: Running, browser: Browser, pictures: Path
) -> None:
    where = (browser, running.base_url, pictures)
    async with (
        open_screen(Desk, *where, "voucher-shop", DESK) as desk,
        open_screen(Phone, *where, "voucher-holder", PHONE) as holder,
        open_screen(Phone, *where, "voucher-friend", PHONE) as friend,
    ):
        await binds(holder, await issues(desk))
        await redeems(holder, picked_up=False)
        await holder.sees("待发货")
        await holder.picture("to-be-sent")
        await takes(friend, await gives(holder))
        await redeems(friend, picked_up=True)
        await hands_over(desk, await code_of(friend))
        # Heard at once, without looking again.
        await friend.sees("已收货")
        await friend.picture("picked-up")
        for screen in (desk, holder, friend):
            assert screen.faults == []
