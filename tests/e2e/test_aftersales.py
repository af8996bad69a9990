"""One order, three cases: rotten apples are paid by the piece, a box goes back, and the platform has the last word."""

from __future__ import annotations

import io
import secrets
from contextlib import suppress
from pathlib import Path

import pytest
from PIL import Image
from playwright.async_api import Browser, Locator, expect

from domain.payments.refunds import APART
from server.seeds.catalogue import goods
from server.seeds.people import PASSWORD_PLATFORM, PASSWORD_SHOP
from tests.e2e.desk import Desk
from tests.e2e.phone import Phone
from tests.e2e.running import Running
from tests.e2e.screen import DESK, PATIENCE, PHONE, open_screen

BUYER, SHOP = "水富老李", "shop01"
PIECES, ROTTEN = 18, 3
LOOKS = 6

pytestmark = pytest.mark.browser


def photo(colour: str) -> bytes:
    content = io.BytesIO()
    Image.new("RGB", (640, 480), colour).save(content, "JPEG")
    return content.getvalue()


class Claimant(Phone):
    """A buyer with something to complain of."""

    async def buy(self, many: int) -> None:
        """So many of the shop's first SKU, paid."""
        good = next(each for each in goods() if each.shop.login == SHOP)
        await self.page.goto(f"/#/pages/product/product?id={good.id}")
        await self.put_into_cart()
        await self.page.goto("/#/pages/cart/cart")
        for now in range(2, many + 1):
            await self.top.get_by_role("button", name="增加").first.click()
            # A tap while the last one is on its way is none.
            shown = self.top.locator(".quantity-stepper__input input").first
            await expect(shown).to_have_value(str(now), timeout=PATIENCE)
        await self.check_out()
        await self.place()
        await self.pay()
        await self.tap("查看订单")
        await self.at("order/order")

    async def claim(self, kind: str, reason: str) -> None:
        await self.tap("申请售后", exact=True)
        await self.at("apply/apply")
        await self.top.get_by_role("radio").filter(has_text=kind).click()
        reasons = self.top.get_by_role("radio").filter(has_text=reason)
        if await reasons.get_attribute("aria-checked") != "true":
            await reasons.click()

    async def show(self, *colours: str) -> None:
        """A picture of each."""
        for place, colour in enumerate(colours, 1):
            async with self.page.expect_file_chooser() as choosing:
                await self.top.get_by_role("button", name="添加图片").click()
            picture = {"name": f"{colour}.jpg", "mimeType": "image/jpeg", "buffer": photo(colour)}
            await (await choosing.value).set_files(picture)  # type: ignore[arg-type]
            await expect(self.top.locator(".picture-row__one")).to_have_count(place, timeout=PATIENCE)

    async def submit(self, what: str) -> None:
        await expect(self.top.locator(".button--off")).to_have_count(0, timeout=PATIENCE)
        await self.picture(what)
        await self.tap("提交申请")
        await self.at("case/case")
        await self.is_told("等待商家处理")

    async def is_told(self, state: str, within: float = PATIENCE) -> None:
        await expect(self.top.locator(".case__state")).to_have_text(state, timeout=within)

    async def is_paid_back(self) -> None:
        """WeChat Pay takes refunds of one payment a minute apart, and this buyer has three of them."""
        await self.is_told("售后完成", within=PATIENCE + APART.total_seconds() * 1_000)

    async def back_to_order(self) -> None:
        await self.top.get_by_role("link").first.click()
        await self.at("order/order")


async def opens(desk: Desk, state: str, kind: str) -> Locator:
    """The newest case of a kind on a desk, of the desk's own state: the rows of the last tab stand there until those of
    this one have come. While the worker is busy with a fresh demo's first jobs, news comes late: as people do, it is
    looked again.
    """
    row = desk.by_mark("cases").locator("tbody tr").filter(has_text=state).filter(has_text=kind).first
    for _ in range(LOOKS):
        await desk.page.get_by_role("tab").last.click()
        await desk.page.get_by_role("tab", name=state).click()
        with suppress(AssertionError):
            await expect(row).to_be_visible(timeout=PATIENCE / LOOKS)
            break
    await row.click()
    drawer = desk.page.get_by_role("dialog").filter(has_text="售后")
    await expect(drawer).to_be_visible(timeout=PATIENCE)
    return drawer


async def says_yes(desk: Desk, mark: str) -> None:
    """Presses a button that asks whether one is sure."""
    await desk.by_mark(mark).click()
    await desk.page.locator(".el-message-box__btns .el-button--primary").click()
    await expect(desk.page.locator(".el-message-box")).to_be_hidden(timeout=PATIENCE)


async def closes(desk: Desk, drawer: Locator) -> None:
    await desk.page.keyboard.press("Escape")
    await expect(drawer).to_be_hidden(timeout=PATIENCE)


async def test_rotten_by_the_piece_a_box_back_and_the_platforms_word(
    running: Running, browser: Browser, pictures: Path
) -> None:
    where = (browser, running.base_url, pictures)
    async with (
        open_screen(Claimant, *where, "claims", PHONE) as phone,
        open_screen(Desk, *where, "answers", DESK) as desk,
        open_screen(Desk, *where, "judges", DESK) as judge,
    ):
        await phone.log_in(BUYER)
        await phone.buy(3)
        await desk.log_in("merchant", SHOP, PASSWORD_SHOP)
        await desk.go("订单")
        tracking = f"SF{secrets.randbelow(10**12):012d}"
        await desk.ship(await desk.row_of(BUYER), "顺丰速运", tracking)
        await phone.sees(tracking)
        await desk.go("售后处理")
        await _has_an_address(desk)
        await _rotten(phone, desk)
        await phone.back_to_order()
        await _a_box_back(phone, desk)
        await phone.back_to_order()
        await _the_platforms_word(phone, desk, judge)
        await phone.back_to_order()
        await phone.sees("少件补偿")
        await phone.picture("order")
        for screen in (phone, desk, judge):
            assert screen.faults == []


async def _has_an_address(desk: Desk) -> None:
    """Where goods are sent back to: without it the shop cannot agree to a return."""
    await desk.by_mark("return-address").click()
    dialog = desk.page.get_by_role("dialog").filter(has_text="退货地址")
    await dialog.get_by_label("收件人").fill("赵师傅")
    await dialog.get_by_label("手机号").fill("13987000001")
    await dialog.locator(".el-select").first.click()
    await desk.page.get_by_role("option", name="昭阳区").click()
    await dialog.get_by_label("详细地址").fill("洒渔镇合作社仓库 3 号")
    await desk.picture("return-address")
    await desk.by_mark("save-address").click()
    await expect(dialog).to_be_hidden(timeout=PATIENCE)


async def _rotten(phone: Claimant, desk: Desk) -> None:
    """Three apples of eighteen: a sixth of one box comes back."""
    await phone.claim("坏果包赔", "运输破损或变质")
    await phone.fill("收到个数", str(PIECES))
    await phone.fill("坏果个数", str(ROTTEN))
    await phone.fill("问题说明", "底层三个压坏了，已经流水")
    await phone.show("brown", "maroon")
    await phone.sees("合计退款")
    await phone.submit("rotten")
    await phone.picture("rotten-applied")
    drawer = await opens(desk, "待处理", "坏果包赔")
    await expect(drawer).to_contain_text("底层三个压坏了")
    await expect(drawer.locator("img").first).to_be_visible(timeout=PATIENCE)
    await desk.picture("rotten")
    await says_yes(desk, "agree")
    await phone.is_paid_back()
    await phone.picture("rotten-paid")
    await closes(desk, drawer)


async def _a_box_back(phone: Claimant, desk: Desk) -> None:
    await phone.claim("退货退款", "质量问题")
    await phone.fill("问题说明", "整箱偏小，与说好的不一样")
    await phone.show("olive")
    await phone.submit("back")
    drawer = await opens(desk, "待处理", "退货退款")
    await says_yes(desk, "agree")
    await phone.is_told("请寄回商品")
    await phone.sees("洒渔镇合作社仓库 3 号")
    await phone.top.locator("uni-picker").click()
    await phone.picture("carrier")
    await phone.page.locator(".uni-picker-action-confirm:visible").click()
    await phone.fill("运单号", f"SF{secrets.randbelow(10**12):012d}")
    await phone.picture("sending")
    await phone.tap("我已寄出")
    await phone.is_told("商家待收货")
    await phone.picture("sent")
    await desk.by_mark("receive").click()
    await phone.is_told("商家已收货")
    await says_yes(desk, "refund")
    await phone.is_paid_back()
    await phone.picture("back-paid")
    await desk.picture("back")
    await closes(desk, drawer)


async def _the_platforms_word(phone: Claimant, desk: Desk, judge: Desk) -> None:
    await phone.claim("少件补偿", "商品少件")
    await phone.fill("问题说明", "第三箱没有收到")
    await phone.submit("missing")
    drawer = await opens(desk, "待处理", "少件补偿")
    await drawer.get_by_label("说明", exact=True).fill("发货时称重正常，请提供开箱照片")
    await drawer.locator(".el-select").last.click()
    await desk.page.get_by_role("option", name="凭证不足以说明问题").click()
    await desk.picture("refusing")
    await desk.by_mark("reject").click()
    await phone.is_told("商家已拒绝")
    await phone.picture("refused")
    await phone.fill("留言", "驿站称重少了一箱，请平台核实")
    await phone.tap("申请平台介入", exact=True)
    await phone.is_told("平台处理中")
    await judge.log_in("admin", "operator", PASSWORD_PLATFORM)
    await judge.go("售后仲裁")
    found = await opens(judge, "平台介入", "少件补偿")
    await expect(found).to_contain_text("驿站称重少了一箱")
    await found.get_by_label("裁决理由").fill("承运商称重记录支持买家，全额退款")
    await judge.picture("judging")
    await says_yes(judge, "decide")
    await phone.is_paid_back()
    await phone.sees("承运商称重记录支持买家")
    await phone.picture("judged")
    await judge.picture("judged")
    await closes(desk, drawer)
