"""The WeChat simulator's pages on the mall's own port, so that a browser can log in and pay. Not in production."""

from __future__ import annotations

import httpx
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from server.services import Mall

PASSED_ON = ("content-type", "location", "cache-control")
MOST_BYTES = 64 * 1024


async def proxy(request: Request) -> Response:
    """Passes a request on to the simulator, which knows nothing of the mall."""
    mall: Mall = request.app.state.mall
    path = request.path_params["path"]
    body = await request.body()
    if path.startswith("__sim") or len(body) > MOST_BYTES:
        return JSONResponse({"message": "不允许"}, status_code=403)
    # Loading certificates for a plain http address would take longer than the whole request.
    async with httpx.AsyncClient(base_url=mall.settings.wxpay_api_base, timeout=10, verify=False) as client:
        try:
            reply = await client.request(
                request.method,
                f"/{path}",
                params=str(request.query_params),
                content=body,
                headers={"content-type": request.headers.get("content-type", "application/json")},
            )
        except httpx.HTTPError:
            return JSONResponse({"message": "微信模拟器没有响应"}, status_code=502)
    headers = {name: value for name, value in reply.headers.items() if name in PASSED_ON}
    return Response(reply.content, status_code=reply.status_code, headers=headers)
