"""Goods as tables: POST /uploads/products looks at one or imports it; GET /exports/products, /exports/template."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from typing import Any

import orjson
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response, StreamingResponse

from domain import listings
from domain.base import Forbidden, Refusal, Unauthenticated, Viewer, ViewerKind
from domain.members.permissions import Permission
from server.refusing import RequestRefused
from server.services import Mall
from server.uploads import refused, slowly, turned_away, whole_body

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


async def upload_products(request: Request) -> Response:
    """The table as the body. Answers what is wrong with each row; with `?apply=1` imports what is right.

    Then lines of JSON come one by one as products are written: {done, of, rows}. Each product is a transaction of its
    own, and the same file again makes nothing twice.
    """
    mall: Mall = request.app.state.mall
    try:
        viewer = await _viewer(request, mall, Permission.MERCHANT_PRODUCTS_WRITE)
        await slowly(mall, viewer)
        content = await whole_body(request, listings.MOST_SHEET_BYTES, "文件不能超过 2 MB")
        table = await asyncio.to_thread(listings.read_sheet, content)
        async with mall.database.read() as session:
            groups = await listings.looked_at(session, viewer, content, table)
    except Refusal as refusal:
        return refused(refusal)
    except RequestRefused as turned:
        return turned_away(turned)
    except ClientDisconnect:
        return Response(status_code=499)
    if request.query_params.get("apply") == "1":
        return StreamingResponse(_applied(mall, viewer, groups), media_type="application/x-ndjson")
    return JSONResponse({"rows": [row for group in groups for row in _told(group)]})


async def _applied(mall: Mall, viewer: Viewer, groups: Sequence[listings.Group]) -> AsyncIterator[bytes]:
    for done, group in enumerate(groups, 1):
        if group.fine and not group.there:
            try:
                async with mall.database.begin() as uow:
                    await listings.create_imported(uow, viewer, group)
            except Refusal as refusal:
                group.rows[0].problem = refusal.message
        yield orjson.dumps({"done": done, "of": len(groups), "rows": _told(group)}) + b"\n"


def _told(group: listings.Group) -> list[dict[str, Any]]:
    """A product is imported whole or not at all, so one wrong row keeps its others back and they say so."""
    wrong = next((row.line for row in group.rows if row.problem), None)
    beside = f"同一商品的第 {wrong} 行有误" if wrong else ""
    there = "已导入过，不再重复" if group.there else ""
    return [
        {"line": row.line, "title": row.title, "sku": row.cells.get("规格", ""), "problem": row.problem or beside}
        | {"note": there if not wrong else ""}
        for row in group.rows
    ]


async def export_products(request: Request) -> Response:
    """The shop's goods in the columns of the import; `?format=csv` or `xlsx`."""
    mall: Mall = request.app.state.mall
    try:
        viewer = await _viewer(request, mall, Permission.MERCHANT_PRODUCTS_READ)
        await slowly(mall, viewer)
        async with mall.database.read() as session:
            rows = await listings.exported(session, viewer)
    except Refusal as refusal:
        return refused(refusal)
    except RequestRefused as turned:
        return turned_away(turned)
    return await _file(rows, request.query_params.get("format", "xlsx"), "products")


async def export_template(request: Request) -> Response:
    """An empty table with one row that shows how."""
    return await _file([listings.HEADINGS, listings.SAMPLE], request.query_params.get("format", "xlsx"), "template")


async def _file(rows: Sequence[Sequence[str | int]], format: str, name: str) -> Response:
    csv = format == "csv"
    content: str | bytes = listings.as_csv(rows) if csv else await asyncio.to_thread(listings.as_xlsx, rows)
    ending, kind = ("csv", "text/csv; charset=utf-8") if csv else ("xlsx", XLSX)
    told = {"Content-Disposition": f'attachment; filename="{name}.{ending}"', "Cache-Control": "no-store"}
    return Response(content, media_type=kind, headers=told | {"X-Content-Type-Options": "nosniff"})


async def _viewer(request: Request, mall: Mall, permission: Permission) -> Viewer:
    viewer, _ = await mall.viewers.of(request.headers.get("Authorization", ""))
    if viewer.kind is ViewerKind.ANONYMOUS:
        raise Unauthenticated("请先登录")
    if permission not in viewer.permissions:
        raise Forbidden("没有权限")
    return viewer
