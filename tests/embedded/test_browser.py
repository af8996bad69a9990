"""The browser the browser tests use: real, and able to draw Chinese."""

from __future__ import annotations

import pytest

from tests.browser import ensure_chromium, open_browser

WIDTHS = """() => {
  const pen = document.createElement('canvas').getContext('2d');
  pen.font = '40px sans-serif';
  const ink = (text) => {
    pen.clearRect(0, 0, 300, 150); pen.fillText(text, 10, 60);
    return pen.getImageData(0, 0, 300, 150).data.join();
  };
  return ink('昭') !== ink('镇');
}"""


@pytest.mark.browser
async def test_chromium_draws_chinese() -> None:
    chromium = ensure_chromium()
    if chromium is None:
        pytest.skip("no Chromium on this machine and none could be had")
    async with open_browser(chromium) as browser:
        page = await browser.new_page()
        assert await page.evaluate(WIDTHS), "without a Chinese font every character is the same empty box"
