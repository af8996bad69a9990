"""What staff do on the consoles."""

from __future__ import annotations

from dataclasses import dataclass

from playwright.async_api import Locator, expect
from pyotp import TOTP

from tests.e2e.screen import PATIENCE, Screen

# How many different colours a canvas shows; an empty one has one.
COLOURS = """canvas => {
  const { width, height } = canvas;
  if (!width || !height) return 0;
  const data = new Uint32Array(canvas.getContext('2d').getImageData(0, 0, width, height).data.buffer);
  return new Set(data).size;
}"""
# True once no chart moves any more.
STILL = """() => {
  const now = [...document.querySelectorAll('canvas')].map(canvas => canvas.toDataURL()).join();
  const before = window.chartsBefore;
  window.chartsBefore = now;
  return now !== '' && now === before;
}"""


@dataclass
class Desk(Screen):
    """The merchant's or the platform's console."""

    async def log_in(self, console: str, login: str, password: str, code: str = "") -> None:
        await self.page.goto(f"/{console}")
        await self.page.get_by_label("账号", exact=True).fill(login)
        await self.page.get_by_label("密码", exact=True).fill(password)
        await self.page.get_by_role("button", name="登录").click()
        if code:
            await self.page.get_by_label("动态码").fill(code)
            await self.page.get_by_role("button", name="验证并登录").click()
        await expect(self.by_mark("user-menu")).to_be_visible(timeout=PATIENCE)

    def by_mark(self, name: str) -> Locator:
        return self.page.locator(f'[data-test="{name}"]')

    async def go(self, item: str) -> None:
        await self.page.get_by_role("menuitem", name=item).first.click()

    async def explore(self, query: str) -> str:
        """What the explorer answers to a `query Home` that no page sends; its own example has that name."""
        await self.go("接口调试")
        place = self.by_mark("explorer")
        editor = place.locator(".graphiql-query-editor .CodeMirror")
        await expect(editor).to_be_visible(timeout=PATIENCE)
        await editor.evaluate("(place, text) => place.CodeMirror.setValue(text)", query)
        await place.locator(".graphiql-execute-button").click()
        answer = place.locator(".result-window")
        await expect(answer).to_contain_text("data", timeout=PATIENCE)
        return await answer.inner_text()

    async def row_of(self, text: str) -> Locator:
        row = self.by_mark("orders").locator("tr").filter(has_text=text).first
        await expect(row).to_be_visible(timeout=PATIENCE)
        return row

    async def ship(self, row: Locator, carrier: str, number: str) -> None:
        await row.get_by_role("button", name="发货").click()
        dialog = self.page.get_by_role("dialog").filter(has_text="发货")
        await dialog.get_by_label("承运商").click()
        await self.page.get_by_role("option", name=carrier).click()
        await dialog.get_by_label("运单号").fill(number)
        await self.picture("shipping")
        await self.by_mark("ship").click()
        await expect(dialog).to_be_hidden(timeout=PATIENCE)

    async def charts(self) -> list[int]:
        """The numbers of colours in each chart, once all are drawn."""
        await expect(self.page.locator("canvas").first).to_be_visible(timeout=PATIENCE)
        await self.page.wait_for_function(STILL, polling=500, timeout=PATIENCE)
        return [int(await canvas.evaluate(COLOURS)) for canvas in await self.page.locator("canvas").all()]

    # ---------------------------------------------------------------------------------------- second factor
    async def enrol(self) -> TOTP:
        """Turns the second factor on with what the page shows, as an authenticator app would."""
        await self.choose("账号安全")
        await self.page.get_by_role("button", name="启用两步验证").click()
        secret = (await self.page.locator("code.secret").inner_text()).replace(" ", "")
        totp = TOTP(secret)
        await self.picture("enrolment")
        await self.page.get_by_label("动态码").fill(totp.now())
        await self.page.get_by_role("button", name="确认启用").click()
        await expect(self.by_mark("recovery-codes")).to_be_visible(timeout=PATIENCE)
        await self.picture("recovery")
        await self.page.get_by_role("button", name="我已保存").click()
        return totp

    async def choose(self, item: str) -> None:
        """From the menu behind one's own name."""
        await self.by_mark("user-menu").click()
        await self.page.get_by_role("menuitem", name=item).click()

    async def leave(self) -> None:
        await self.choose("退出登录")
        await self.page.get_by_role("button", name="退出", exact=True).click()
        await expect(self.page.get_by_label("账号", exact=True)).to_be_visible(timeout=PATIENCE)
