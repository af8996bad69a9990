"""Codes that people hand out: an answer is lost and had again, codes are frozen, thawed and voided."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.async_api import Browser, Locator, Route, expect

from server.seeds.people import PASSWORD_PLATFORM, PASSWORD_SHOP
from tests.e2e.desk import Desk
from tests.e2e.running import Running
from tests.e2e.screen import DESK, PATIENCE, open_screen
from tests.e2e.test_vouchers import BATCH, CODE, SHOP

pytestmark = pytest.mark.browser

MANY = 3
CARDS = "企业定制卡"


async def issues(desk: Desk, many: int) -> None:
    await batch(desk, "生成")
    box = desk.page.locator(".el-message-box:visible")
    await box.locator("input").fill(str(many))
    await box.locator(".el-message-box__btns .el-button--primary").click()


async def batch(desk: Desk, button: str) -> None:
    row = desk.by_mark("voucher-batches").locator("tr").filter(has_text=BATCH).first
    await row.get_by_role("button", name=button, exact=True).click()


async def loses_the_answer(desk: Desk) -> list[str]:
    """The server makes the lot, and its answer never arrives; answers the bodies that were sent."""
    sent: list[str] = []

    async def lose(route: Route) -> None:
        if "idempotencyKey" in (route.request.post_data or ""):
            sent.append(route.request.post_data or "")
            await route.fetch()
            await route.abort()
        else:
            await route.continue_()

    await desk.page.route("**/graphql", lose)
    await issues(desk, MANY)
    await desk.sees("连接不上服务器")
    await desk.page.unroute("**/graphql", lose)
    return sent


async def told(desk: Desk) -> set[str]:
    codes = desk.by_mark("card-codes")
    await expect(codes).to_have_text(CODE, timeout=PATIENCE)
    await desk.picture("codes")
    found = set(CODE.findall(await codes.inner_text()))
    await desk.page.locator(".el-dialog__headerbtn:visible").click()
    return found


async def says_why(desk: Desk, reason: str, what: str) -> None:
    box = desk.page.locator(".el-message-box:visible")
    await box.locator("textarea").fill(reason)
    await desk.picture(what)
    await box.locator(".el-message-box__btns .el-button--primary").click()


def newest(desk: Desk, table: str) -> Locator:
    return desk.by_mark(table).locator("tbody tr").first


async def test_a_lost_answer_is_had_again_and_codes_are_taken_back(
    running: Running, browser: Browser, pictures: Path
) -> None:
    async with open_screen(Desk, browser, running.base_url, pictures, "codes", DESK) as desk:
        await desk.log_in("merchant", SHOP, PASSWORD_SHOP)
        await desk.go("提货券")
        assert len(await loses_the_answer(desk)) == 1
        # Loaded anew, the tab still knows what it had asked for.
        await desk.page.reload()
        await issues(desk, MANY)
        assert len(await told(desk)) == MANY
        await batch(desk, "发放记录")
        row = newest(desk, "code-lots")
        cells = row.locator("td")
        await expect(cells.nth(2)).to_have_text(str(MANY), timeout=PATIENCE)
        await desk.picture("lots")
        await row.get_by_role("button", name="冻结", exact=True).click()
        await says_why(desk, "券码寄错了单位", "freezing")
        await expect(cells.nth(5)).to_have_text(str(MANY), timeout=PATIENCE)
        await desk.picture("frozen")
        await row.get_by_role("button", name="查看").click()
        one = newest(desk, "vouchers")
        await expect(one).to_contain_text("未绑定 · 已冻结", timeout=PATIENCE)
        await desk.picture("vouchers")
        await one.get_by_role("button", name="解冻").click()
        await says_why(desk, "这一张还在手上", "thawing")
        await expect(one.get_by_role("button", name="冻结", exact=True)).to_be_visible(timeout=PATIENCE)
        await one.get_by_role("button", name="作废").click()
        await says_why(desk, "重新寄一批", "voiding")
        await expect(one).to_contain_text("已作废", timeout=PATIENCE)
        await desk.picture("void")
        assert not desk.faults


async def opens_cards(desk: Desk) -> None:
    """A batch that the mall gives away: its cards are codes on paper."""
    await desk.by_mark("new-card-batch").click()
    form = desk.by_mark("card-batch-form")
    await form.get_by_text("平台赠送", exact=True).click()
    await form.get_by_label("发卡店铺", exact=True).click(force=True)
    await desk.page.get_by_role("option").first.click()
    for label, text in (("名称", CARDS), ("面值", "50")):
        await form.get_by_label(label, exact=True).fill(text)
    await desk.picture("batch")
    await desk.by_mark("save-card-batch").click()
    await expect(form).to_be_hidden(timeout=PATIENCE)


async def test_a_lot_of_cards_is_frozen_and_its_cards_are_thawed_or_voided(
    running: Running, browser: Browser, pictures: Path
) -> None:
    async with open_screen(Desk, browser, running.base_url, pictures, "cards-lots", DESK) as desk:
        await desk.log_in("admin", "operator", PASSWORD_PLATFORM)
        await desk.go("礼品卡")
        await opens_cards(desk)
        row = desk.by_mark("card-batches").locator("tr").filter(has_text=CARDS).first
        await row.get_by_role("button", name="生成", exact=True).click()
        box = desk.page.locator(".el-message-box:visible")
        await box.locator("input").fill(str(MANY))
        await box.locator(".el-message-box__btns .el-button--primary").click()
        assert len(await told(desk)) == MANY
        await row.get_by_role("button", name="发放记录").click()
        lot = newest(desk, "code-lots")
        await lot.get_by_role("button", name="冻结", exact=True).click()
        await says_why(desk, "整盒寄丢了", "freezing")
        await expect(lot.locator("td").nth(5)).to_have_text(str(MANY), timeout=PATIENCE)
        await desk.picture("frozen")
        await lot.get_by_role("button", name="查看").click()
        one = newest(desk, "cards")
        await one.get_by_role("button", name="解冻").click()
        await says_why(desk, "这一张找回来了", "thawing")
        await expect(one.get_by_role("button", name="冻结", exact=True)).to_be_visible(timeout=PATIENCE)
        other = desk.by_mark("cards").locator("tbody tr").nth(1)
        await other.get_by_role("button", name="作废").click()
        await says_why(desk, "重新寄一盒", "voiding")
        await expect(other).to_contain_text("已作废", timeout=PATIENCE)
        await desk.picture("void")
        assert not desk.faults
