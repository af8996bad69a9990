"""What WeChat tells us: signatures are over raw bytes, so these routes stand outside GraphQL and read nothing first."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qs

import structlog
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response

from domain import moderation, orders, payments
from domain.base import Refusal
from integrations.express import Kuaidi100, PushRefused
from integrations.wechat import PushRejected
from integrations.wechat.content import MEDIA_EVENT, MediaJudged
from integrations.wechatpay import NoticeRejected
from jobs.payments import handle_notice
from models.moderation import Verdict
from server.hearing import MESSAGE_EVENTS, hear_of_messages
from server.services import Mall
from server.worker import tools_of

# Real notices are about 2 KB.
MOST_BYTES = 64 * 1024

log = structlog.get_logger()


async def wechatpay(request: Request) -> Response:
    """A payment or refund notice: verified, kept once, handled; 5 seconds is all WeChat Pay waits.

    Kept but not yet handled is answered 204 as well: the inbox is ours, and the worker goes on with it.
    """
    mall: Mall = request.app.state.mall
    body = await _bounded_body(request)
    if body is None:
        return JSONResponse({"code": "FAIL", "message": "内容过大"}, status_code=413)
    try:
        notice = mall.pay.read_notice(request.headers, body)
    except NoticeRejected as rejected:
        log.warning("wechatpay.notice_rejected", fault=str(rejected))
        return JSONResponse({"code": "FAIL", "message": "验签失败"}, status_code=401)
    async with mall.database.begin() as uow:
        await payments.keep_notice(uow, notice.id, notice.event_type, dict(notice.resource))
    try:
        await handle_notice(tools_of(mall), notice.id)
    except Refusal as refusal:
        log.warning("wechatpay.notice_waits", notice=notice.id, code=refusal.code)
    return Response(status_code=204)


async def wechat(request: Request) -> Response:
    """WeChat's message push: the check of the address by its console, and events. Repeating one is harmless."""
    mall: Mall = request.app.state.mall
    if mall.push is None:
        return PlainTextResponse("未启用", status_code=404)
    try:
        if request.method == "GET":
            return PlainTextResponse(mall.push.echo(request.query_params))
        body = await _bounded_body(request)
        if body is None:
            return PlainTextResponse("内容过大", status_code=413)
        event = mall.push.open(request.query_params, body)
    except PushRejected as rejected:
        log.warning("wechat.push_rejected", fault=str(rejected))
        return PlainTextResponse("验签失败", status_code=401)
    if event.get("Event") == MEDIA_EVENT:
        await _picture_judged(mall, event)
    elif event.get("Event") in MESSAGE_EVENTS:
        await hear_of_messages(mall.database, event)
    else:
        log.info("wechat.push_unknown", event_name=str(event.get("Event"))[:40])
    return PlainTextResponse("success")


async def _picture_judged(mall: Mall, event: dict[str, Any]) -> None:
    """Written down first, whether or not we know of the picture already; then the check it belongs to may end."""
    try:
        told = MediaJudged.of(event)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        log.warning("wechat.push_unreadable", fault=repr(error))
        return
    async with mall.database.begin() as uow:
        verdict = Verdict(told.suggest.upper())
        check_id = await moderation.record_picture_verdict(uow, told.trace_id, verdict, told.label)
    if check_id is not None:
        async with mall.database.begin() as uow:
            await moderation.conclude(uow, check_id)


async def kuaidi100(request: Request) -> Response:
    """A push of 快递100: verified by the salt only it was told, then written down. Repeating it is harmless."""
    mall: Mall = request.app.state.mall
    body = await _bounded_body(request)
    if body is None:
        return _tracker_is_told(413, "内容过大")
    if not isinstance(mall.tracker, Kuaidi100):
        return _tracker_is_told(404, "未启用")
    form = {name: values[0] for name, values in parse_qs(body.decode("utf-8", "replace")).items()}
    try:
        track = mall.tracker.read_push(form)
    except PushRefused as refused:
        log.warning("kuaidi100.push_refused", fault=str(refused))
        return _tracker_is_told(401, "验签失败") if refused.forged else _tracker_is_told(400, "内容无法识别")
    async with mall.database.begin() as uow:
        moved = await orders.record_track(uow, track)
    log.info("kuaidi100.push", number=track.tracking_number[-4:], parcels=moved)
    return _tracker_is_told(200, "成功")


def _tracker_is_told(status: int, message: str) -> Response:
    told = {"result": status == 200, "returnCode": str(status), "message": message}
    return JSONResponse(told, status_code=status)


async def _bounded_body(request: Request) -> bytes | None:
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > MOST_BYTES:
            return None
    return body
