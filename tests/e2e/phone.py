"""What a buyer does on the phone-sized pages."""

from __future__ import annotations

import re
from dataclasses import dataclass

from playwright.async_api import Locator, expect

from tests.e2e.screen import PATIENCE, Screen


@dataclass
class Phone(Screen):
    """The H5 build of the mini-program."""

    @property
    def top(self) -> Locator:
        """The page on top: those below it stay in the document, hidden."""
        return self.page.locator("uni-page:visible").last

    async def fill(self, label: str, text: str) -> None:
        # Anywhere: drawers and sheets stand beside the pages.
        await self.page.locator(f'[aria-label="{label}"]:visible').locator("input, textarea").last.fill(text)

    async def at(self, place: str) -> None:
        await expect(self.page).to_have_url(re.compile(place), timeout=PATIENCE)

    # ---------------------------------------------------------------------------------------- signing in
    async def log_in(self, nickname: str) -> None:
        await self.page.goto("/#/pages/login/login")
        await self.top.get_by_role("radio").filter(has_text=nickname).click()
        await self.top.get_by_label("同意用户协议与隐私政策").click()
        await self.picture("login")
        await self.tap("微信一键登录")
        await expect(self.page).not_to_have_url(re.compile("pages/login"), timeout=PATIENCE)

    # ---------------------------------------------------------------------------------------- finding
    async def look_for(self, words: str, county: str, cheapest: int, dearest: int) -> None:
        """Searches, then narrows the results to a county and a price range in yuan."""
        await self.page.goto("/#/pages/search/search")
        await self.fill("搜索商品", words)
        await self.top.get_by_role("button").filter(has_text="搜索").click()
        await self.at("pages/results")
        await self.top.get_by_role("button", name="筛选").click()
        drawer = self.page.get_by_role("dialog", name="筛选")
        # Where they are from stands before where the shops are.
        await drawer.get_by_role("radio").filter(has_text=county).first.click()
        await self.fill("最低价", str(cheapest))
        await self.fill("最高价", str(dearest))
        await expect(drawer.get_by_text(re.compile(r"查看 \d+ 件"))).to_be_visible(timeout=PATIENCE)
        await self.picture("filter")
        await drawer.get_by_text(re.compile(r"查看 \d+ 件")).click()
        await expect(drawer).to_be_hidden(timeout=PATIENCE)

    async def cards(self) -> list[str]:
        """What the cards of the results say."""
        await expect(self.top.locator(".product-card").first).to_be_visible(timeout=PATIENCE)
        return await self.top.locator(".product-card").all_inner_texts()

    # ---------------------------------------------------------------------------------------- choosing
    async def open_first(self) -> str:
        """Opens the first card that is not sold out; answers the name of its shop."""
        sold_out = self.page.locator(".product-card__veil")
        await self.top.locator(".product-card").filter(has_not=sold_out).first.click()
        await self.at("pages/product")
        return await self.top.locator(".merchant-card__name").first.inner_text()

    async def put_into_cart(self) -> None:
        await self.top.get_by_text("加入购物车", exact=True).first.click()
        sheet = self.page.locator(".sku-sheet")
        await expect(sheet).to_be_visible(timeout=PATIENCE)
        await self.picture("sku")
        await sheet.get_by_text("加入购物车", exact=True).click()
        await expect(sheet).to_be_hidden(timeout=PATIENCE)

    # ---------------------------------------------------------------------------------------- buying
    async def check_out(self) -> None:
        await self.page.goto("/#/pages/cart/cart")
        await self.sees("去结算")
        await self.picture("cart")
        await self.tap("去结算")
        await self.at("checkout")

    async def write_address(self, name: str, phone: str, regions: tuple[str, ...], detail: str) -> None:
        """Adds an address and comes back to the checkout with it."""
        await self.top.get_by_role("link", name="选择收货地址").click()
        await self.tap("新增收货地址")
        await self.at("address/address")
        await self.fill("收货人", name)
        await self.fill("手机号", phone)
        await self.top.get_by_role("button", name="选择所在地区").click()
        for region in regions:
            await self.page.locator(".region-picker__item").filter(has_text=region).first.click()
        await expect(self.page.locator(".region-picker")).to_be_hidden(timeout=PATIENCE)
        await self.fill("详细地址", detail)
        await self.picture("address")
        await self.tap("保存", exact=True)
        await self.at("addresses/addresses")
        await self.tap(detail)
        await self.at("checkout")
        await self.sees(detail)

    async def see_price(self) -> None:
        """Opens what the sum is made of, and closes it again."""
        await self.top.get_by_role("button", name="查看价格明细").click()
        sheet = self.page.get_by_role("dialog", name="价格明细")
        for part in ("商品金额", "运费", "合计"):
            found = sheet.get_by_text(part, exact=True).first
            await found.scroll_into_view_if_needed()  # what made it cheaper may fill the sheet
            await expect(found).to_be_in_viewport(ratio=1, timeout=PATIENCE)
        await self.picture("price")
        await sheet.get_by_role("button", name="关闭").click()
        await expect(sheet).to_be_hidden(timeout=PATIENCE)

    async def place(self) -> None:
        waiver = self.top.locator(".checkout__waiver")
        if await waiver.count():
            await waiver.click()
        await self.picture("checkout")
        await self.see_price()
        await self.tap("提交订单")
        await self.at("cashier")

    async def pay(self) -> None:
        """Opens WeChat's cashier, pays there, and comes back to a paid trade."""
        await self.sees("微信支付 ¥")
        await self.picture("to-pay")
        await self.tap("微信支付 ¥")
        await self.at("wxsim")
        await self.sees("立即支付")
        await self.picture("wechat")
        await self.tap("立即支付")
        await self.at("pkg-trade/cashier")
        await self.sees("查看订单")
        await self.picture("paid")

    async def order_of(self, shop: str) -> None:
        """From the paid cashier to the order of one of the shops."""
        await self.top.get_by_role("link").filter(has_text=shop).click()
        await self.at("order/order")
        await self.sees("待发货")
        await self.see_price()

    async def confirm_receipt(self) -> None:
        await self.tap("确认收货", exact=True)
        await self.page.locator(".uni-modal__btn_primary").click()
