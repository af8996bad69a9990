"""The built front ends as browsers get them."""

from __future__ import annotations

from pathlib import Path

import httpx
import pytest
from starlette.applications import Starlette
from starlette.middleware.gzip import GZipMiddleware
from starlette.routing import Mount

from server.built import Built, pack


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


async def test_what_was_packed_when_it_was_built_is_sent_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "assets").mkdir()
    text = "let apples = 1;\n" * 200
    (tmp_path / "assets/app.4f2a.js").write_text(text, encoding="utf-8")
    pack(tmp_path)
    app = Starlette(routes=[Mount("/", GZipMiddleware(Built(directory=tmp_path, html=True)))])
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app=app), base_url="http://mall") as http:
        packed = await http.get("/assets/app.4f2a.js")
        plain = await http.get("/assets/app.4f2a.js", headers={"accept-encoding": "identity"})
        again = await http.get("/assets/app.4f2a.js", headers={"if-none-match": packed.headers["etag"]})
    assert packed.text == plain.text == text
    assert packed.headers["content-encoding"] == "gzip"
    assert "content-encoding" not in plain.headers
    assert packed.headers["content-type"] == plain.headers["content-type"]
    assert packed.headers["vary"] == "Accept-Encoding"
    assert int(packed.headers["content-length"]) < 200
    assert again.status_code == 304


@pytest.mark.parametrize(
    ("accepted", "packed"),
    [
        ("gzip", True),
        ("br, GZIP ;q=0.5", True),
        ("deflate,gzip;q=1.0", True),
        ("gzip;q=0", False),
        ("gzip; q=0.000, br", False),
        ("xgzip", False),
        ("", False),
    ],
)
async def test_whoever_refuses_gzip_gets_none(tmp_path: Path, accepted: str, packed: bool) -> None:
    (tmp_path / "assets").mkdir()
    (tmp_path / "assets/app.4f2a.js").write_text("let apples = 1;\n" * 200, encoding="utf-8")
    pack(tmp_path)
    app = Starlette(routes=[Mount("/", Built(directory=tmp_path, html=True))])
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app=app), base_url="http://mall") as http:
        reply = await http.get("/assets/app.4f2a.js", headers={"accept-encoding": accepted})
    assert (reply.headers.get("content-encoding") == "gzip") is packed


def test_what_is_small_is_left_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "assets").mkdir()
    (tmp_path / "assets/tiny.js").write_text("1", encoding="utf-8")
    pack(tmp_path)
    assert not list(tmp_path.rglob("*.gz"))
