"""What WeChat tells us: signatures are over raw bytes, so these routes stand outside GraphQL and read nothing first."""

from __future__ import annotations

import structlog
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from domain import payments
from domain.base import Refusal
from integrations.wechatpay import NoticeRejected
from jobs.payments import handle_notice
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


async def _bounded_body(request: Request) -> bytes | None:
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > MOST_BYTES:
            return None
    return body
