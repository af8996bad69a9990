"""The status page: trades, refunds, notices sent and shipping uploads at a glance."""

from datetime import datetime
from html import escape
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from .html import page, table, yuan
from .orders import state_of
from .records import Trade
from .shipping import order_state
from .world import SHANGHAI, World

STATES = {"NOTPAY": "待支付", "SUCCESS": "已支付", "CLOSED": "已关闭"}
SHIPPED = {1: "待发货", 2: "已发货", 3: "已收货", 5: "已退款"}
SHOWN = 50


async def status(request: Request) -> Response:
    world: World = request.app.state.world
    body = (
        f"<h1>wxsim 微信模拟器</h1><p class='soft'>虚拟时间 {_time(world.clock.now())}"
        f"，商户号 {world.keys.mchid}，只用于演示与测试。</p>"
        f"<h2>交易</h2>{_trades(world)}<h2>退款</h2>{_refunds(world)}"
        f"<h2>通知</h2>{_notices(world)}<h2>发货上传</h2>{_uploads(world)}"
    )
    return page("wxsim 微信模拟器", body, wide=True)


def _trades(world: World) -> str:
    return table(
        ("时间", "单号", "金额", "状态", "子单", ""),
        (
            (
                _time(trade.created_at),
                f"<code>{escape(trade.no)}</code>",
                f"¥{yuan(trade.total)}",
                _tag(STATES[state_of(world, trade)], warn=trade.paid_at is None),
                "<br>".join(_part(world, trade, number) for number in range(len(trade.subs))),
                f'<a href="cashier?prepay_id={quote(trade.prepay_id)}">收银台</a>',
            )
            for trade in world.trades.all()[: -SHOWN - 1 : -1]
        ),
    )


def _part(world: World, trade: Trade, number: int) -> str:
    sub = trade.subs[number]
    state = f" · {SHIPPED[order_state(world, sub)]}" if trade.paid_at else ""
    return f"{escape(world.shop_name(sub.sub_mchid))} ¥{yuan(sub.total)}{state}"


def _refunds(world: World) -> str:
    return table(
        ("时间", "退款单号", "订单号", "金额", "状态"),
        (
            (
                _time(refund.created_at),
                f"<code>{escape(refund.out_refund_no)}</code>",
                f"<code>{escape(refund.out_trade_no)}</code>",
                f"¥{yuan(refund.refund)}",
                _tag(refund.status, warn=refund.status != "SUCCESS"),
            )
            for refund in world.refunds.all()[: -SHOWN - 1 : -1]
        ),
    )


def _notices(world: World) -> str:
    return table(
        ("时间", "事件", "单号", "状态", "答复"),
        (
            (
                _time(notice.created_at),
                escape(notice.event_type),
                f"<code>{escape(notice.about)}</code>",
                _tag(notice.state, warn=notice.state != "DELIVERED"),
                escape(" ".join(str(answer.status or "无答复") for answer in notice.answers)),
            )
            for notice in world.notices.all()[: -SHOWN - 1 : -1]
        ),
    )


def _uploads(world: World) -> str:
    return table(
        ("时间", "支付单号", "物流", "次数", "状态"),
        (
            (
                _time(shipping.upload_time),
                f"<code>{escape(shipping.transaction_id)}</code>",
                escape(
                    "；".join(f"{p.get('express_company', '')} {p.get('tracking_no', '')}" for p in shipping.parcels)
                ),
                str(shipping.uploads),
                _tag("已发完" if shipping.finished else "部分发货", warn=not shipping.finished),
            )
            for shipping in world.shippings.all()[: -SHOWN - 1 : -1]
        ),
    )


def _tag(text: str, *, warn: bool) -> str:
    return f'<span class="tag{" warn" if warn else ""}">{escape(text)}</span>'


def _time(moment: datetime) -> str:
    return f"{moment.astimezone(SHANGHAI):%m-%d %H:%M:%S}"


ROUTES: list[Route] = [Route("/", status, methods=["GET"])]
