"""One invites a newcomer, who accepts; a poster hangs somewhere; and the platform sees who came by what."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.async_api import Browser, expect

from server.seeds.people import PASSWORD_PLATFORM
from tests.e2e.desk import Desk
from tests.e2e.phone import Phone
from tests.e2e.running import Running
from tests.e2e.screen import DESK, PATIENCE, PHONE, open_screen

pytestmark = pytest.mark.browser


async def signs_in_as_newcomer(phone: Phone) -> None:
    """On the login page that stands there, which leads back."""
    await phone.at("pages/login")
    await phone.top.get_by_role("radio").filter(has_text="新用户").click()
    await phone.top.get_by_label("同意用户协议与隐私政策").click()
    await phone.tap("微信一键登录")
    await expect(phone.page).not_to_have_url(re.compile("pages/login"), timeout=PATIENCE)


async def test_one_invites_a_newcomer_and_the_platform_sees_it(
    running: Running, browser: Browser, pictures: Path
) -> None:
    where = (browser, running.base_url, pictures)
    async with (
        open_screen(Phone, *where, "inviter", PHONE) as inviter,
        open_screen(Phone, *where, "invited", PHONE) as invited,
        open_screen(Desk, *where, "platform", DESK) as desk,
    ):
        await inviter.log_in("昭阳小杨")
        await inviter.page.goto("/#/pkg-invite/mine/mine")
        await inviter.tap("生成我的小程序码")
        await inviter.sees("长按保存")
        await inviter.picture("code")
        told = await inviter.top.get_by_text("我的邀请码").inner_text()
        code = told.removeprefix("我的邀请码").strip()
        await invited.page.goto(f"/#/pkg-invite/landing/landing?scene=r%3D{code}")
        await invited.sees("邀请您来昭通商城")
        await invited.picture("invitation")
        await invited.tap("登录并接受邀请")
        await signs_in_as_newcomer(invited)
        await invited.sees("您已接受")
        await invited.picture("accepted")
        await inviter.page.goto("/#/pages/me/me")
        await inviter.page.goto("/#/pkg-invite/mine/mine")
        await inviter.sees("等待完成首单")
        await inviter.picture("progress")
        await desk.log_in("admin", "operator", PASSWORD_PLATFORM)
        await desk.go("老带新与渠道")
        await desk.sees("邀请好友尝鲜")
        await desk.picture("programmes")
        await desk.page.get_by_role("tab", name="地推渠道").click()
        async with desk.page.expect_download() as download:
            await desk.page.get_by_role("button", name="下载海报").first.click()
        assert (await download.value).suggested_filename.endswith(".png")
        await expect(desk.page.get_by_role("img", name=re.compile("小程序码")).first).to_be_visible(timeout=PATIENCE)
        await desk.picture("channels")
        await desk.page.get_by_role("tab", name="效果").click()
        await expect(desk.by_mark("inviters")).to_contain_text("昭**", timeout=PATIENCE)
        await desk.picture("results")
