"""The control API, POST /__sim/<verb> with a JSON object: what a test or a demo does to the world.

clock.advance {seconds, wire?}        moves virtual time (signatures too with wire) and waits until all due is done
settle {}                             waits until all due is done
fault.add {match, kind, times?}       see faults.Fault          fault.clear {}          fault.left {} -> {left}
pay.user_pays {no, at?, lose_notice?, settle?}   now, or `at` seconds from now; `no` is a combined number or prepay_id
pay.user_cancels {no}
notify.policy {drop?, duplicate?, reorder?, delay?, signtest?, stale_timestamp?, wrong_serial?}   replaces the policy
notify.build {resource, event_type?, original_type?, id?, stale?, strange?, probe?} -> {headers, body}: sent to nobody
refund.result {out_refund_no, status}            refund.policy {seconds | null}
balance.set {sub_mchid, balance | null}          shop.name {sub_mchid, name}
funds.set {mchid, available}                     funds.get {mchid} -> {available, pending}
funds.policy {seconds | null}                    how long splits, returns and withdrawals take
funds.result {no, status, reason?}               ends a split, a return or a withdrawal by its number
shipping.policy {mode: both | combined | sub}    order.confirm_receive {transaction_id}
user.issue_code {openid, nickname?} -> {code}    user.issue_phone_code {openid, phone?} -> {code}
trade.known {no, openid, paid_at, combined?, subs: [{no, sub_mchid, total, transaction_id,
             refunds?: [{no, id, amount, at}]}]}
                                                    a payment of before our time, and what of it went back
express.step {number, kind}                      a parcel comes to grief: see expresssim.journey.TROUBLES
content.policy {picture?, text?, delay?, drop?, duplicate?, away?}   verdicts are [suggest, label]; replaces the policy
message.answer {openid, answers: {template: accept | reject}}   what follows on requestSubscribeMessage
message.switch_off {openid, templates}           forbids templates in WeChat's own settings
message.policy {drop?, duplicate?, arrival?}     of the events about messages; replaces the policy
message.push {}                                  pushes what is due about messages
push.url {url}                                   where events are pushed to
push.build {event} -> {query, body}              a safe-mode push that is sent to nobody
token.revoke {}
reset {}                                         dump {}
"""

import inspect
from collections.abc import Awaitable, Callable
from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from integrations.expresssim.app import ExpressSim

from . import funds, payments, refunds, sharing, tokens, withdrawals
from .content import ContentPolicy, ContentSim
from .faults import Fault
from .messages import MessagePolicy, MessagesSim
from .notices import envelope, headers
from .notifier import Notifier
from .pushes import Pusher
from .records import Notice, Shop, Sub, Trade
from .world import NoticePolicy, World


class Control:
    """Dispatches a verb to the method of that name, dots as underscores. Arguments that do not fit are a 400."""

    def __init__(
        self,
        world: World,
        notifier: Notifier,
        faults: list[Fault],
        express: ExpressSim,
        pusher: Pusher,
        content: ContentSim,
        messages: MessagesSim,
    ) -> None:
        self._world, self._notifier, self._faults, self._express = world, notifier, faults, express
        self._pusher, self._content, self._messages = pusher, content, messages

    def route(self) -> Route:
        return Route("/__sim/{verb}", self._endpoint, methods=["POST"])

    async def _endpoint(self, request: Request) -> Response:
        name = request.path_params["verb"].replace(".", "_")
        act: Callable[..., Any] | None = None if name.startswith("_") or name == "route" else getattr(self, name, None)
        if act is None:
            return JSONResponse({"error": f"no such verb: {request.path_params['verb']}"}, 404)
        try:
            arguments = await request.json() if await request.body() else {}
            inspect.signature(act).bind(**arguments)
            answer = act(**arguments)
            if isinstance(answer, Awaitable):
                answer = await answer
        except (TypeError, ValueError, LookupError, payments.CannotPay) as error:
            return JSONResponse({"error": str(error)}, 400)
        return JSONResponse(answer or {})

    # -- time

    async def clock_advance(self, seconds: float, wire: bool = False) -> dict[str, Any]:
        self._world.clock.advance(seconds, wire=wire)
        await self._notifier.settle()
        await self._express.push_due()
        await self._content.push_due()
        await self._messages.push_due()
        return {"now": self._world.clock.now().isoformat()}

    async def settle(self) -> None:
        await self._notifier.settle()

    def reset(self) -> None:
        self._faults.clear()
        self._express.waybills.clear()
        self._content.checks.clear()
        self._content.policy = ContentPolicy()
        self._messages.reset()
        self._world.reset()

    # -- faults

    def fault_add(self, match: str, kind: str, times: int = 1) -> None:
        self._faults.append(Fault(match, kind, times))

    def fault_clear(self) -> None:
        self._faults.clear()

    def fault_left(self) -> dict[str, Any]:
        """How many of the faults asked for have not happened yet."""
        return {"left": len(self._faults)}

    # -- payments

    async def pay_user_pays(
        self, no: str, at: float = 0, lose_notice: bool = False, settle: bool = True
    ) -> dict[str, Any]:
        trade = self._trade(no)
        if at > 0:
            payments.pay_later(
                self._world, trade, self._world.clock.now() + timedelta(seconds=at), lose_notice=lose_notice
            )
        else:
            payments.pay(self._world, trade, lose_notice=lose_notice)
        if settle:
            await self._notifier.settle()
        return {"transaction_id": trade.transaction_id}

    def pay_user_cancels(self, no: str) -> None:
        payments.cancel(self._world, self._trade(no))

    def _trade(self, no: str) -> Trade:
        trade = payments.find_trade(self._world, no)
        if trade is None:
            raise LookupError(f"no such trade: {no}")
        return trade

    # -- notices

    async def notify_policy(self, **policy: Any) -> dict[str, Any]:
        was, self._world.policy = self._world.policy, NoticePolicy(**policy)
        if was.reorder and not self._world.policy.reorder:
            await self._notifier.release()
        return asdict(self._world.policy)

    def notify_build(
        self,
        resource: dict[str, Any],
        event_type: str = "TRANSACTION.SUCCESS",
        original_type: str = "transaction",
        id: str = "",
        stale: bool = False,
        strange: bool = False,
        probe: bool = False,
    ) -> dict[str, Any]:
        now = self._world.clock.now()
        identity = id or self._world.number("EV-", 32)
        notice = Notice(identity, "", event_type, original_type, "测试通知", resource, "", now, None)
        raw = envelope(self._world, notice)
        signed = headers(self._world, raw, probe=probe, stale=stale, strange=strange)
        return {"headers": signed, "body": raw.decode()}

    # -- refunds and shops

    async def refund_result(self, out_refund_no: str, status: str = "SUCCESS") -> None:
        refund = self._world.refunds.get(out_refund_no)
        if refund is None or status not in ("SUCCESS", "ABNORMAL", "CLOSED"):
            raise LookupError(f"no such refund or status: {out_refund_no} {status}")
        refunds.finish(self._world, refund, status)
        await self._notifier.settle()

    def refund_policy(self, seconds: float | None) -> None:
        self._world.refund_seconds = seconds

    def balance_set(self, sub_mchid: str, balance: int | None) -> None:
        shop = self._world.shops.get(sub_mchid) or Shop(sub_mchid)
        shop.balance = balance
        self._world.shops.put(shop)

    def shop_name(self, sub_mchid: str, name: str) -> None:
        shop = self._world.shops.get(sub_mchid) or Shop(sub_mchid)
        shop.name = name
        self._world.shops.put(shop)

    def trade_known(
        self, no: str, openid: str, paid_at: str, subs: list[dict[str, Any]], combined: bool = True
    ) -> None:
        """Paid before the simulator was there, as a demo's orders are: it can be queried, refunded, shipped, shared."""
        when, keys, world = datetime.fromisoformat(paid_at), self._world.keys, self._world
        new = [sub for sub in subs if (tid := sub["transaction_id"]) and world.sub_by_transaction(tid) is None]
        parts = [
            Sub(
                keys.mchid,
                s["sub_mchid"],
                s["no"],
                "",
                s["no"],
                int(s["total"]),
                combined,
                "SUCCESS",
                s["transaction_id"],
            )
            for s in new
        ]
        if not parts:
            return
        past = (keys.appid, keys.mchid, openid, f"known-{no}", "", "", when, when)
        trade = Trade(no, combined, *past, parts, world.number("42", 28), when)
        with world.store.batch():
            for part, told in zip(parts, new, strict=True):
                part.subsidy_most = part.total
                funds.arrive(world, part, at=when)
                for back in told.get("refunds", ()):
                    refunds.known(
                        world, trade, part, back["no"], back["id"], back["amount"], datetime.fromisoformat(back["at"])
                    )
            world.put_trade(trade)

    # -- funds

    def funds_set(self, mchid: str, available: int) -> None:
        account = funds.account(self._world, mchid)
        account.available = available
        self._world.accounts.put(account)

    def funds_get(self, mchid: str) -> dict[str, Any]:
        pending = funds.pending(self._world, mchid)
        return {"available": funds.account(self._world, mchid).available, "pending": pending}

    def funds_policy(self, seconds: float | None) -> None:
        self._world.funds_seconds = seconds

    async def funds_result(self, no: str, status: str, reason: str = "") -> None:
        world = self._world
        if split := world.splits.get(no):
            sharing.finish(world, split, status, reason)
        elif back := world.returns.get(no):
            sharing.finish_return(world, back, status, reason)
        elif withdrawal := world.withdrawals.get(no):
            withdrawals.finish(world, withdrawal, status, reason)
        else:
            raise LookupError(f"no such split, return or withdrawal: {no}")
        await self._notifier.settle()

    # -- shipping

    def shipping_policy(self, mode: str) -> None:
        if mode not in ("both", "combined", "sub"):
            raise ValueError(f"no such mode: {mode}")
        self._world.shipping_mode = mode

    def order_confirm_receive(self, transaction_id: str) -> None:
        found = self._world.sub_by_transaction(transaction_id)
        if found is None:
            raise LookupError(f"no such payment: {transaction_id}")
        found[1].received = True
        self._world.put_trade(found[0])

    async def express_step(self, number: str, kind: str) -> None:
        self._express.step(number, kind)
        await self._express.push_due()

    # -- content security

    def content_policy(self, **policy: Any) -> None:
        for name in ("picture", "text"):
            if policy.get(name) is not None:
                policy[name] = tuple(policy[name])
        self._content.policy = ContentPolicy(**{**policy, "away": set(policy.get("away", ()))})

    def push_url(self, url: str) -> None:
        self._pusher.url = url

    def push_build(self, event: dict[str, Any]) -> dict[str, Any]:
        query, body = self._pusher.sealed(event)
        return {"query": query, "body": body.decode()}

    # -- subscribe messages

    async def message_answer(self, openid: str, answers: dict[str, str]) -> None:
        self._messages.answer(openid, answers)
        await self._messages.push_due()

    async def message_switch_off(self, openid: str, templates: list[str]) -> None:
        self._messages.switch_off(openid, templates)
        await self._messages.push_due()

    def message_policy(self, **policy: Any) -> None:
        if "arrival" in policy:
            policy["arrival"] = tuple(policy["arrival"])
        self._messages.policy = MessagePolicy(**policy)

    async def message_push(self) -> None:
        await self._messages.push_due()

    # -- users and tokens

    def token_revoke(self) -> None:
        for token in self._world.tokens.all():
            token.revoked = True
            self._world.tokens.put(token)

    def user_issue_code(self, openid: str, nickname: str = "") -> dict[str, Any]:
        return {"code": tokens.issue_code(self._world, openid, nickname=nickname).value}

    def user_issue_phone_code(self, openid: str, phone: str = "") -> dict[str, Any]:
        return {"code": tokens.issue_phone_code(self._world, openid, phone).value}

    # -- looking

    def dump(self) -> dict[str, Any]:
        """Everything: records by table, requests received (the last 2000) and how many of each."""
        world = self._world
        return {
            "now": world.clock.now().isoformat(),
            "trades": world.trades.plain(),
            "refunds": world.refunds.plain(),
            "splits": world.splits.plain(),
            "returns": world.returns.plain(),
            "subsidies": world.subsidies.plain(),
            "withdrawals": world.withdrawals.plain(),
            "accounts": world.accounts.plain(),
            "notices": world.notices.plain(),
            "shippings": world.shippings.plain(),
            "tokens": world.tokens.plain(),
            "users": world.users.plain(),
            "media_checks": self._content.plain(),
            "messages": self._messages.sent.plain(),
            "allowances": self._messages.allowances.plain(),
            "events": self._messages.events.plain(),
            "received": list(world.received),
            "calls": dict(world.calls),
        }
