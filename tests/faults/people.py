"""A town of people under the rig: buyers who also receive and claim, keepers who ship, count and answer.

Whatever got no answer is asked again, mostly. Whatever was acknowledged is remembered, to be looked for at the end.
"""

from __future__ import annotations

import asyncio
import secrets
import time
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

import httpx

from tests.factories import members
from tests.faults.crowd import Buyer, Memory, NoAnswer
from tests.journey import documents

ORDER = "query ($order: ID!) { order(id: $order) { state lines { id quantity toShip } } }"
APPLY = """mutation ($input: ApplyAfterSaleInput!) { applyAfterSale(input: $input) { __typename
  ... on AfterSalesApplied { afterSales { id } } ... on Refused { code } } }"""
CASE = "... on AfterSale { id state } ... on Refused { code }"
CANCEL_CASE = f"mutation ($id: ID!) {{ cancelAfterSale(id: $id) {{ {CASE} }} }}"
SEND_BACK = f"""mutation ($id: ID!, $number: String!) {{
  sendAfterSaleReturn(id: $id, carrier: "SF", trackingNumber: $number) {{ {CASE} }} }}"""
TO_SHIP = """query ($state: OrderState!) { merchantOrders(filter: {state: $state}, size: 20) {
  items { id lines { id toShip } } } }"""
SHIP = """mutation ($input: ShipInput!) { merchantShipOrder(input: $input) { __typename
  ... on Order { state } ... on Refused { code } } }"""
CALL_OFF = """mutation ($order: ID!) { merchantRefundOrder(orderId: $order, reason: "果园受灾", restock: true) {
  __typename ... on Order { state } ... on Refused { code } } }"""
STOCK = "query { merchantStock(size: 20) { items { sku { id } version } } }"
ADJUST = """mutation ($sku: ID!, $delta: Int!, $version: Int!, $note: String!) { merchantAdjustStock(
  skuId: $sku, delta: $delta, reason: COUNT, version: $version, note: $note) { __typename ... on Refused { code } } }"""
CASES = "query ($desk: AfterSaleDesk!) { merchantAfterSales(desk: $desk) { items { id kind acts } } }"
AGREE = f"mutation ($id: ID!) {{ merchantAgreeAfterSale(id: $id, restock: true) {{ {CASE} }} }}"
REJECT = f"""mutation ($id: ID!) {{
  merchantRejectAfterSale(id: $id, refusal: EVIDENCE_MISSING, text: "看不清楚") {{ {CASE} }} }}"""
TAKE = f"mutation ($id: ID!) {{ merchantReceiveReturn(id: $id) {{ {CASE} }} }}"
PAY_BACK = f"mutation ($id: ID!) {{ merchantRefundReturn(id: $id, restock: true) {{ {CASE} }} }}"
PAY_OUT = """mutation ($key: String!) { merchantRequestPayout(idempotencyKey: $key) {
  __typename ... on Payout { id } ... on Refused { code } } }"""
# What a picture of goods is called.
PICTURE = "f" * 64


@dataclass
class Deeds(Memory):
    """What everybody was told, by kind of deed."""

    acknowledged: list[float] = field(default_factory=list)
    operations: Counter[str] = field(default_factory=Counter)
    keys: set[str] = field(default_factory=set)  # of orders that were asked for
    shipped: dict[str, str] = field(default_factory=dict)  # tracking number: order
    received: set[str] = field(default_factory=set)
    called_off: set[str] = field(default_factory=set)
    claimed: dict[str, list[str]] = field(default_factory=dict)  # request key: cases
    cases: dict[str, str] = field(default_factory=dict)  # the last state that was acknowledged
    counted: dict[str, int] = field(default_factory=dict)  # note of an adjustment: delta
    paid_out: dict[str, str] = field(default_factory=dict)  # request key: payout

    def did(self, what: str) -> None:
        self.operations[what] += 1
        self.acknowledged.append(time.monotonic())


@dataclass
class Person(Buyer):
    """Somebody who signs in again when the session has ended, and who knows several doors to the mall."""

    doors: list[httpx.AsyncClient] = field(default_factory=list)
    deeds: Deeds = field(default_factory=Deeds)

    async def ask(self, query: str, **variables: Any) -> Any:
        self.http = self.chances.choice(self.doors)
        try:
            return await super().ask(query, **variables)
        except NoAnswer as failure:
            if str(failure) == "UNAUTHENTICATED" and query not in (documents.LOGIN, documents.STAFF_LOGIN):
                self.token = ""
                await self.sign_in()
            raise

    async def sign_in(self) -> None:
        raise NotImplementedError

    async def live(self, enough: asyncio.Event) -> None:
        while not enough.is_set():
            await self.act()
            await asyncio.sleep(0.05 + self.chances.random() * 0.25)

    async def act(self) -> None:
        raise NotImplementedError


@dataclass
class Shopper(Person):
    prices: dict[str, int] = field(default_factory=dict)
    mine: list[str] = field(default_factory=list)  # orders
    claims: list[str] = field(default_factory=list)  # cases

    async def sign_in(self) -> None:
        while True:
            try:
                code = (await self.wxsim.post("/__sim/user.issue_code", json={"openid": self.openid})).json()["code"]
                self.token = (await self.ask(documents.LOGIN, code=code))["accessToken"]
                return
            except (NoAnswer, httpx.HTTPError, ValueError, KeyError):
                await asyncio.sleep(0.2)

    async def settle_in(self) -> None:
        await self.sign_in()
        where = {"name": "王小明", "phone": "13888880001", "regionCode": "530602", "detail": "洒渔镇三台村 12 号"}
        self.address = (await self.insist(documents.SAVE_ADDRESS, input=where))["id"]

    async def act(self) -> None:
        if not self.mine or self.chances.random() < 0.5:
            await self.shop()
        elif self.claims and self.chances.random() < 0.3:
            await self._follow(self.chances.choice(self.claims[-4:]))
        else:
            await self._look(self.chances.choice(self.mine[-8:]))

    async def shop(self) -> None:
        """One purchase, as far as this buyer takes it."""
        chosen = self.chances.sample(sorted(self.prices), self.chances.randint(1, 3))
        lines = [{"skuId": sku, "quantity": self.chances.randint(1, 3)} for sku in chosen]
        total = sum(self.prices[line["skuId"]] * line["quantity"] for line in lines)
        page = {"lines": lines, "addressId": self.address, "expectedTotal": total, "fromCart": False}
        key = secrets.token_hex(8)
        self.deeds.keys.add(key)
        trade = await self.insist(documents.PLACE, input={**page, "idempotencyKey": key})
        if trade["__typename"] != "Trade":
            self.memory.refusals[trade["code"]] += 1
            return
        self.deeds.placed[trade["id"]] = trade
        self.deeds.did("place")
        self.mine += [order["id"] for order in trade["orders"]]
        if self.chances.random() < 0.12:
            await self.cancel(trade["id"])
        elif self.chances.random() < 0.92:
            await self.pay(trade)

    async def cancel(self, trade_id: str) -> None:
        answer = await self.insist(documents.CANCEL, trade=trade_id)
        if answer.get("state") == "CLOSED":
            self.deeds.cancelled.add(trade_id)
            self.deeds.did("cancel")

    async def pay(self, trade: dict[str, Any]) -> None:
        prepay = await self.insist(documents.PAY, trade=trade["id"])
        if prepay["__typename"] != "Prepay":
            self.memory.refusals[prepay["code"]] += 1
            return
        if not await self._at_the_cashier(prepay["package"]):
            return
        self.memory.charged[prepay["package"]] = trade["total"]
        self.deeds.operations["pay"] += 1
        if self.chances.random() < 0.4:
            seen = await self.insist(documents.CONFIRM_PAYMENT, trade=trade["id"])
            if seen.get("state") == "PAID":
                self.memory.paid.add(trade["id"])
                self.deeds.did("confirm payment")

    async def _at_the_cashier(self, package: str) -> bool:
        """Whether WeChat said that it has the money."""
        try:
            answer = await self.wxsim.post("/h5/pay", json={"package": package})
        except httpx.HTTPError:
            return False
        return bool(answer.json().get("errMsg") == "requestPayment:ok")

    async def _look(self, order_id: str) -> None:
        order = await self.insist(ORDER, order=order_id)
        if order is None:
            return
        if order["state"] == "SHIPPED" and self.chances.random() < 0.6:
            answer = await self.insist(documents.RECEIVE, order=order_id)
            if answer.get("state") == "RECEIVED":
                self.deeds.received.add(order_id)
                self.deeds.did("receive")
        elif order["state"] in ("AWAITING_SHIPMENT", "SHIPPED", "RECEIVED") and self.chances.random() < 0.35:
            await self._claim(order_id, order)

    async def _claim(self, order_id: str, order: dict[str, Any]) -> None:
        kind, reason = "REFUND_ONLY", "NOT_WANTED"
        if order["state"] != "AWAITING_SHIPMENT":
            kind, reason = self.chances.choice((("RETURN", "NO_REASON"), ("MISSING", "MISSING")))
        line = self.chances.choice(order["lines"])
        claim = {"lineId": line["id"], "quantity": self.chances.randint(1, line["quantity"])}
        key = secrets.token_hex(8)
        wanted = {"requestKey": key, "orderId": order_id, "kind": kind, "reason": reason, "claims": [claim]}
        answer = await self.insist(APPLY, input={**wanted, "text": "请尽快处理", "pictures": [PICTURE]})
        if answer["__typename"] != "AfterSalesApplied":
            self.memory.refusals[f"apply {answer['code']}"] += 1
            return
        self.deeds.claimed[key] = [case["id"] for case in answer["afterSales"]]
        self.claims += self.deeds.claimed[key]
        self.deeds.did("apply")

    async def _follow(self, case: str) -> None:
        if self.chances.random() < 0.2:
            await self._step("cancel case", CANCEL_CASE, id=case)
        else:
            number = f"SF{self.chances.randrange(10**13):013d}"
            await self._step("send back", SEND_BACK, id=case, number=number)

    async def _step(self, what: str, query: str, **variables: Any) -> None:
        answer = await self.insist(query, **variables)
        if "state" in answer:
            self.deeds.cases[answer["id"]] = answer["state"]
            self.deeds.did(what)


@dataclass
class Keeper(Person):
    """Of one shop."""

    login: str = ""

    async def sign_in(self) -> None:
        while True:
            try:
                found = await self.ask(documents.STAFF_LOGIN, login=self.login, password=members.PASSWORD)
                self.token = found["accessToken"]
                return
            except (NoAnswer, KeyError):
                await asyncio.sleep(0.2)

    async def act(self) -> None:
        what = self.chances.random()
        if what < 0.5:
            await self._ship()
        elif what < 0.62:
            await self._count()
        elif what < 0.66:
            await self._have_paid_out()
        else:
            await self._answer()

    async def _ship(self) -> None:
        state = "PARTLY_SHIPPED" if self.chances.random() < 0.25 else "AWAITING_SHIPMENT"
        found = (await self.insist(TO_SHIP, state=state))["items"]
        if not found:
            return
        order = self.chances.choice(found)
        if state == "AWAITING_SHIPMENT" and self.chances.random() < 0.1:
            answer = await self.insist(CALL_OFF, order=order["id"])
            if answer.get("state") == "CLOSED":
                self.deeds.called_off.add(order["id"])
                self.deeds.did("call off")
            return
        number = f"SF{self.chances.randrange(10**13):013d}"
        parcel: dict[str, Any] = {"orderId": order["id"], "carrier": "SF", "trackingNumber": number}
        if self.chances.random() < 0.3:
            parcel["lines"] = [{"lineId": line["id"], "quantity": 1} for line in order["lines"] if line["toShip"]][:1]
        answer = await self.insist(SHIP, input=parcel)
        if answer["__typename"] == "Order":
            self.deeds.shipped[number] = order["id"]
            self.deeds.did("ship")

    async def _count(self) -> None:
        item = self.chances.choice((await self.insist(STOCK))["items"])
        delta, note = self.chances.choice((-2, 1, 3, 8)), secrets.token_hex(8)
        change = {"sku": item["sku"]["id"], "delta": delta, "version": item["version"], "note": note}
        answer = await self.insist(ADJUST, **change)
        if answer["__typename"] == "StockItem":
            self.deeds.counted[note] = delta
            self.deeds.did("count stock")

    async def _have_paid_out(self) -> None:
        """Whatever there is."""
        key = secrets.token_hex(8)
        answer = await self.insist(PAY_OUT, key=key)
        if answer["__typename"] == "Payout":
            self.deeds.paid_out[key] = answer["id"]
            self.deeds.did("pay out")

    async def _answer(self) -> None:
        desk = self.chances.choice(("TO_ANSWER", "TO_ANSWER", "TO_RECEIVE", "TO_SETTLE"))
        found = (await self.insist(CASES, desk=desk))["items"]
        if not found:
            return
        case = self.chances.choice(found)
        for act, query in (("RECEIVE", TAKE), ("REFUND", PAY_BACK), ("AGREE", AGREE)):
            if act in case["acts"]:
                if act == "AGREE" and self.chances.random() < 0.25:
                    act, query = "REJECT", REJECT
                answer = await self.insist(query, id=case["id"])
                if "state" in answer:
                    self.deeds.cases[answer["id"]] = answer["state"]
                    self.deeds.did(f"case: {act.lower()}")
                return
