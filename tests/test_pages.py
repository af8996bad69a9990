"""The built front ends as browsers get them."""

from __future__ import annotations

from pathlib import Path

import httpx
from starlette.applications import Starlette
from starlette.middleware.gzip import GZipMiddleware
from starlette.routing import Mount

from server.app import Built


async def test_hashed_files_are_kept_for_ever_and_pages_are_asked_for_again(tmp_path: Path) -> None:
    (tmp_path / "assets").mkdir()
    (tmp_path / "assets/app.4f2a.js").write_text("let apples = 1;\n" * 200, encoding="utf-8")
    (tmp_path / "index.html").write_text("<title>昭通商城</title>", encoding="utf-8")
    app = Starlette(routes=[Mount("/", GZipMiddleware(Built(directory=tmp_path, html=True)))])
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app=app), base_url="http://mall") as http:
        script, page, lost = await http.get("/assets/app.4f2a.js"), await http.get("/"), await http.get("/assets/no.js")
    assert script.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert script.headers["content-encoding"] == "gzip"
    assert page.headers["cache-control"] == "no-cache"
    assert "昭通商城" in page.text
    assert lost.status_code == 404
