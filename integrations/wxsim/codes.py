"""小程序码: `getwxacodeunlimit` answers a picture, or JSON with an errcode, both under HTTP 200.

The real one draws a code only WeChat can read. Ours is a QR code of the address at which the same page of the H5 build
opens with the same scene, so that a poster of a demo leads where it says.
"""

import io
import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote, urlsplit

import segno
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from .tokens import Errcode, check_token, parsed_body
from .world import World

SCENE = re.compile(r"[0-9A-Za-z!#$&'()*+,/:;=?@\-._~]{1,32}")
PAGE = re.compile(r"[0-9A-Za-z_\-]+(/[0-9A-Za-z_\-]+)*")
NARROWEST, WIDEST = 280, 1280
VERSIONS = ("release", "trial", "develop")


async def get_unlimited(request: Request) -> Response:
    world: World = request.app.state.world
    raw = await request.body()
    try:
        check_token(world, request.query_params.get("access_token", ""))
        return Response(_drawn(world, parsed_body(raw)), media_type="image/png")
    except Errcode as error:
        return JSONResponse(error.body)


def _drawn(world: World, body: Mapping[str, Any]) -> bytes:
    scene, page = body.get("scene"), body.get("page", "pages/home/home")
    if not isinstance(scene, str) or not SCENE.fullmatch(scene):
        raise Errcode(40169, "invalid length for scene, or the data is not json string")
    if not isinstance(page, str) or not PAGE.fullmatch(page):
        raise Errcode(41030, "invalid page")
    width = body.get("width", 430)
    if not isinstance(width, int) or not NARROWEST <= width <= WIDEST:
        raise Errcode(40097, "invalid args")
    if body.get("env_version", "release") not in VERSIONS:
        raise Errcode(40097, "invalid args")
    code = segno.make(f"{_mall(world)}/#/{page}?scene={quote(scene, safe='')}", error="m")
    out = io.BytesIO()
    code.save(out, kind="png", scale=max(1, width // code.symbol_size(border=2)[0]), border=2)
    return out.getvalue()


def _mall(world: World) -> str:
    """Where the mall of this world stands, as far as the simulator was told."""
    told = urlsplit(world.config.push_url or "")
    return f"{told.scheme}://{told.netloc}" if told.netloc else "https://mall.invalid"


ROUTES: list[Route] = [Route("/wxa/getwxacodeunlimit", get_unlimited, methods=["POST"])]
