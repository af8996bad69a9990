"""The mall on one port: GraphQL, webhooks, pictures, health, and the built front ends."""

from __future__ import annotations

import contextlib
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from typing import Any

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Mount, Route, WebSocketRoute
from starlette.types import ASGIApp, Receive, Scope, Send

from server import health, sheets, uploads, webhooks
from server.built import Built
from server.clips import serve_clip
from server.doors import explorer, first_party, partners
from server.endpoint import Endpoint
from server.logs import configure_logs, request_log
from server.masking import unforeseen
from server.media import serve_evidence, serve_picture, serve_posted
from server.partners import serve_sdl
from server.responses.opening import open_responses
from server.responses.quick import Quick
from server.services import open_mall
from server.settings import Settings, load_settings
from server.settling import settle
from server.simulator import proxy
from server.sockets import open_sockets
from server.tracing import Tracing
from server.ways import refuse_other_way

ROOT = Path(__file__).parent.parent
H5 = ROOT / "miniprogram-uniapp/dist/build/h5"
CONSOLE = ROOT / "admin-web/dist"
EXPLORER = "/graphql/explorer"


def create_app(settings: Settings | None = None) -> Starlette:
    """The ASGI application; without settings they are read from the environment."""
    chosen = settings or load_settings()
    configure_logs(chosen.env)

    @contextlib.asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        async with open_mall(chosen) as mall, mall.traffic.told(), open_responses(mall) as responses:
            await refuse_other_way(mall.database, chosen)
            app.state.mall = mall
            app.state.responses = responses
            ours = first_party(mall)
            first = Tracing(Endpoint(ours, mall, responses=responses), note)
            application.doors["/graphql"] = first if responses is None else Quick(first, responses)
            application.doors["/partner/graphql"] = Tracing(Endpoint(partners(mall), mall), note)
            if chosen.explorer:
                application.doors[EXPLORER] = Tracing(Endpoint(explorer(mall), mall), note)
            async with open_sockets(mall, ours) as app.state.sockets:
                if settings is None:  # the process is there for this application alone
                    settle()
                yield

    note = request_log(chosen.env)
    application = Application(
        routes=_routes(chosen),
        middleware=[Middleware(Tracing, note=note)],
        exception_handlers={Exception: _unexpected},
        lifespan=lifespan,
    )
    return application


class Application(Starlette):
    """Hands the paths of `doors` to their endpoints, which answer whatever happens, without asking the router."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.doors: dict[str, ASGIApp] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        door = self.doors.get(scope["path"]) if scope["type"] == "http" else None
        if door is None:
            await super().__call__(scope, receive, send)
        else:
            await door(scope, receive, send)


async def _unexpected(_request: Request, error: Exception) -> Response:
    """What nobody foresaw is logged with its trace; the caller is told the trace id and nothing else."""
    refused = unforeseen(error)
    headers = {"retry-after": f"{refused.retry_after:.0f}"} if refused.retry_after else None
    return JSONResponse({"errors": refused.errors()}, status_code=refused.status, headers=headers)


class Sockets:
    """Hands the sockets of `/graphql` to the endpoint that the lifespan made."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await scope["app"].state.sockets(scope, receive, send)


def _routes(settings: Settings) -> list[BaseRoute]:
    routes: list[BaseRoute] = [
        Route("/livez", health.livez),
        Route("/readyz", health.readyz),
        WebSocketRoute("/graphql", Sockets()),
        Route("/partner/schema.graphql", serve_sdl),
        Route("/webhooks/wechatpay", webhooks.wechatpay, methods=["POST"]),
        Route("/webhooks/wechat", webhooks.wechat, methods=["GET", "POST"]),
        Route("/webhooks/kuaidi100", webhooks.kuaidi100, methods=["POST"]),
        Route("/uploads/incoming/{id}", uploads.receive, methods=["POST"]),
        Route("/uploads/products", sheets.upload_products, methods=["POST"]),
        Route("/exports/products", sheets.export_products, methods=["GET"]),
        Route("/exports/template", sheets.export_template, methods=["GET"]),
        Route("/media/{key}", serve_picture),
        Route("/media/clips/{key}.mp4", serve_clip),
        Route("/t/{number}", label),
        Route("/evidence/{key}", serve_evidence),
        Route("/posted/{key}", serve_posted),
    ]
    if settings.env != "production":
        routes.append(Route("/wxsim/{path:path}", proxy, methods=["GET", "POST"]))
    return routes + _pages()


async def label(request: Request) -> Response:
    """What a label says, short enough for a small code: the page of the lot, or of the piece, whoever scans it."""
    number = request.path_params["number"]
    if not (number.isascii() and number.isalnum() and len(number) <= 20):
        return RedirectResponse("/")
    kind = "piece" if number[:1] in "Pp" else "number"
    return RedirectResponse(f"/#/pkg-trace/lot/lot?{kind}={number}")


def _pages() -> list[BaseRoute]:
    """The built front ends, where they have been built."""
    pages: list[BaseRoute] = []
    for name in ("admin", "merchant"):
        if (CONSOLE / name / "index.html").exists():
            pages.append(Route(f"/{name}", _page(CONSOLE / name / "index.html")))
            pages.append(Route(f"/{name}/", lambda request: RedirectResponse(request.url.path.rstrip("/"))))
    if CONSOLE.exists():
        pages.append(Mount("/console", GZipMiddleware(Built(directory=CONSOLE))))
    if H5.exists():
        pages.append(Mount("/", GZipMiddleware(Built(directory=H5, html=True))))
    else:
        pages.append(Route("/", _not_built))
    return pages


def _page(file: Path) -> Callable[[Request], Awaitable[Response]]:
    async def serve(_request: Request) -> Response:
        # The page names the hashed assets of one build: it must not outlive them.
        return FileResponse(file, headers={"cache-control": "no-cache"})

    return serve


async def _not_built(_request: Request) -> Response:
    return JSONResponse({"message": "前端尚未构建，请运行 make run"}, status_code=404)
