"""When a phone that comes for the first time sees the page: the largest paint, in a browser on a throttled network.

The network is throttled by the browser itself, each request on its own: 4G as WebPageTest has it, and a slow one as
Lighthouse has it. Nothing of the page is known to the browser before; the mall is the one that is delivered.
"""

from __future__ import annotations

import statistics
from dataclasses import dataclass
from uuid import UUID

from playwright.async_api import Browser

from bench.rows import Goal, Row
from tests.browser import ensure_chromium, open_browser
from tests.e2e.screen import PHONE

# Milliseconds in which nothing larger was painted any more.
QUIET = 3_000
OBSERVE = """
  window.painted = {largest: 0, first: 0, what: ''}
  new PerformanceObserver(list => list.getEntries().forEach(entry => {
    window.painted.largest = entry.startTime
    window.painted.what = entry.url || (entry.element && entry.element.className) || ''
  })).observe({type: 'largest-contentful-paint', buffered: true})
  new PerformanceObserver(list => list.getEntries().forEach(entry => {
    if (entry.name === 'first-contentful-paint') window.painted.first = entry.startTime
  })).observe({type: 'paint', buffered: true})
"""


@dataclass(frozen=True)
class Network:
    """Round trip in milliseconds, bits per second either way, and by when the largest paint shall be there."""

    name: str
    latency: int
    bits: int
    goal: Goal | None = None


NETWORKS = (Network("4G", 170, 9_000_000, Goal(2_000, least=False)), Network("slow 4G", 150, 1_600_000))


async def painted(port: int, product_id: UUID, *, rounds: int) -> list[Row]:
    """Medians in milliseconds. Raises where there is no browser, or the pages have not been built."""
    chromium = ensure_chromium()
    if chromium is None:
        raise RuntimeError("no Chromium on this machine and none could be had")
    places = {"home page": "/", "product page": f"/#/pages/product/product?id={product_id}"}
    rows: list[Row] = []
    async with open_browser(chromium) as browser:
        for name, place in places.items():
            for network in NETWORKS:
                address = f"http://127.0.0.1:{port}{place}"
                found = [await _visit(browser, address, network) for _ in range(rounds)]
                largest, first = (statistics.median(times) for times in zip(*found, strict=True))
                case = f"largest paint of the {name}, {network.name} (first {first:,.0f} ms)"
                rows.append(Row(case, "", largest, None, goal=network.goal, unit=" ms"))
    return rows


async def _visit(browser: Browser, address: str, network: Network) -> tuple[float, float]:
    """The largest paint and the first, in milliseconds since the visit began."""
    context = await browser.new_context(**PHONE)
    try:
        page = await context.new_page()
        await page.add_init_script(OBSERVE)
        protocol = await context.new_cdp_session(page)
        each_way = network.bits / 8
        told = {"latency": network.latency, "downloadThroughput": each_way, "uploadThroughput": each_way}
        await protocol.send("Network.enable")
        await protocol.send("Network.emulateNetworkConditions", {"offline": False, **told})
        await page.goto(address)
        await page.locator(".price-tag:visible").first.wait_for()
        await page.wait_for_timeout(QUIET)
        found = await page.evaluate("window.painted")
    finally:
        await context.close()
    if not found["what"]:
        raise RuntimeError(f"nothing was painted at {address}")
    return found["largest"], found["first"]
