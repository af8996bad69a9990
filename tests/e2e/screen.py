"""One person's browser window: a fresh context, patience for a busy machine, pictures, and no silent script errors."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from playwright.async_api import Browser, Locator, Page, expect

PATIENCE = 60_000  # milliseconds
PHONE: dict[str, Any] = {
    "viewport": {"width": 390, "height": 844},
    "device_scale_factor": 2,
    "is_mobile": True,
    "has_touch": True,
}
DESK: dict[str, Any] = {"viewport": {"width": 1440, "height": 900}}


@dataclass
class Screen:
    """`faults` fills with uncaught errors of the page's scripts."""

    page: Page
    pictures: Path
    name: str
    faults: list[str] = field(default_factory=list)
    _taken: int = 0

    async def picture(self, what: str) -> None:
        self._taken += 1
        await self.page.screenshot(path=self.pictures / f"{self.name}-{self._taken:02d}-{what}.png")

    async def sees(self, text: str, *, exact: bool = False) -> Locator:
        """Waits until the text is visible somewhere."""
        found = self.page.get_by_text(text, exact=exact).filter(visible=True).first
        await expect(found).to_be_visible(timeout=PATIENCE)
        return found

    async def tap(self, text: str, *, exact: bool = False) -> None:
        await (await self.sees(text, exact=exact)).click()


S = TypeVar("S", bound=Screen)


@asynccontextmanager
async def open_screen(
    kind: type[S], browser: Browser, base_url: str, pictures: Path, name: str, look: dict[str, Any]
) -> AsyncIterator[S]:
    context = await browser.new_context(base_url=base_url, locale="zh-CN", timezone_id="Asia/Shanghai", **look)
    context.set_default_timeout(PATIENCE)
    page = await context.new_page()
    screen = kind(page, pictures, name)
    page.on("pageerror", lambda error: screen.faults.append(str(error)))
    try:
        yield screen
    except BaseException:
        await screen.picture("failed")
        raise
    finally:
        await context.close()
