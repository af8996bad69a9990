"""Goods from tables: what is wrong with each row, files that mean harm, and the same file twice."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from typing import Any

import orjson
import pytest
from openpyxl import Workbook
from sqlalchemy import func, select

from domain.base import Invalid
from domain.listings import as_csv, read_sheet
from domain.listings.importing import HEADINGS
from domain.listings.sheets import MOST_BYTES, MOST_ROWS
from models.catalog import Product, Sku
from models.inventory import Stock
from tests.catalog.test_pictures import token_of
from tests.client import Client
from tests.factories.catalog import category, product, sku
from tests.factories.merchants import merchant

GOOD = ("洒渔红富士苹果", "苹果", "洒渔镇", "5 斤装", "39.90", "2500", "2800", "100", "", "常温", "", "", "")


def row(**changes: str) -> list[str]:
    return [changes.get(name, cell) for name, cell in zip(HEADINGS, GOOD, strict=True)]


def table(*rows: Sequence[str]) -> bytes:
    return as_csv([HEADINGS, *rows]).encode()


def xlsx(*rows: Sequence[object]) -> bytes:
    book, out = Workbook(), io.BytesIO()
    for each in (HEADINGS, *rows):
        book.active.append(list(each))  # type: ignore[union-attr]
    book.save(out)
    return out.getvalue()


def packed(**parts: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in parts.items():
            file.writestr(name, content)
    return out.getvalue()


@pytest.fixture
async def headers(client: Client, database: Any) -> dict[str, str]:
    await category(database, name="苹果")
    return {"Authorization": f"Bearer {await token_of(database, await merchant(database))}"}


async def look(client: Client, headers: dict[str, str], content: bytes) -> Any:
    return (await client.http.post("/uploads/products", content=content, headers=headers)).json()


async def apply(client: Client, headers: dict[str, str], content: bytes) -> list[Any]:
    reply = await client.http.post("/uploads/products?apply=1", content=content, headers=headers)
    return [orjson.loads(line) for line in reply.content.splitlines()]


async def counted(database: Any, model: Any = Product) -> int:
    async with database.read() as session:
        return await session.scalar(select(func.count()).select_from(model)) or 0


@pytest.mark.parametrize("make", [table, xlsx], ids=["csv", "xlsx"])
async def test_a_table_becomes_drafts(client: Client, database: Any, headers: dict[str, str], make: Any) -> None:
    content = make(
        row(),
        row(规格="10 斤装", **{"售价（元）": "69", "净重（克）": "5000", "毛重（克）": ""}),
        row(商品名称="洒渔丑苹果"),
    )
    seen = await look(client, headers, content)
    assert [each["problem"] for each in seen["rows"]] == ["", "", ""]
    assert await counted(database) == 0
    done = await apply(client, headers, content)
    assert [(each["done"], each["of"]) for each in done] == [(1, 2), (2, 2)]
    async with database.read() as session:
        found = (
            await session.execute(select(Product.title, Product.state, Product.min_price).order_by(Product.title))
        ).all()
        stock = await session.scalar(select(func.sum(Stock.actual)))
        skus = dict((await session.execute(select(Sku.name, Sku.gross_weight).where(Sku.name == "10 斤装"))).all())
    assert [tuple(each) for each in found] == [("洒渔丑苹果", "DRAFT", 3990), ("洒渔红富士苹果", "DRAFT", 3990)]
    assert (stock, skus) == (300, {"10 斤装": 5500})


async def test_how_many_one_buyer_may_have_comes_in_and_goes_out(
    client: Client, database: Any, headers: dict[str, str]
) -> None:
    limited = {"每人限购（件）": "2", "限购周期（天）": "30"}
    content = table(row(**limited), row(规格="10 斤装", **{"每人限购（件）": "5"}), row(规格="散装"))
    await apply(client, headers, content)
    async with database.read() as session:
        found = await session.execute(select(Sku.name, Sku.limit_each, Sku.limit_days).order_by(Sku.position))
        assert [tuple(each) for each in found] == [("5 斤装", 2, 30), ("10 斤装", 5, None), ("散装", None, None)]
    reply = await client.http.get("/exports/products?format=csv", headers=headers)
    assert [each[-2:] for each in read_sheet(reply.content)[1:]] == [["2", "30"], ["5", ""], ["", ""]]


async def test_the_same_file_again_makes_nothing_twice(client: Client, database: Any, headers: dict[str, str]) -> None:
    content = table(row(), row(商品名称="洒渔丑苹果"))
    await apply(client, headers, content)
    again = await apply(client, headers, content)
    assert [each["rows"][0]["note"] for each in again] == ["已导入过，不再重复"] * 2
    assert await counted(database) == 2


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"商品名称": "果"}, "商品标题"),
        ({"分类": "石头"}, "末级分类"),
        ({"产地": "北京"}, "产地"),
        ({"规格": ""}, "规格名称"),
        ({"售价（元）": "abc"}, "金额"),
        ({"售价（元）": "0"}, "大于 0"),
        ({"售价（元）": "1.999"}, "两位小数"),
        ({"售价（元）": "NaN"}, "大于 0"),
        ({"净重（克）": "-5"}, "整数"),
        ({"净重（克）": "２５００"}, "整数"),
        ({"毛重（克）": "1"}, "毛重"),
        ({"库存": "1e9"}, "整数"),
        ({"储运": "微波"}, "储运"),
        ({"每人限购（件）": "两件"}, "整数"),
        ({"每人限购（件）": "0"}, "1 到 999"),
        ({"限购周期（天）": "30"}, "限购件数"),
        ({"详情": '=HYPERLINK("http://evil.example")'}, "公式"),
    ],
)
async def test_a_wrong_row_says_why_and_keeps_no_other_back(
    client: Client, database: Any, headers: dict[str, str], changes: dict[str, str], told: str
) -> None:
    out = io.StringIO()
    for each in (HEADINGS, row(**changes), row(商品名称="洒渔丑苹果")):  # as a stranger writes it, not as we do
        out.write(",".join('"' + cell.replace('"', '""') + '"' for cell in each) + "\n")
    content = out.getvalue().encode()
    seen = await look(client, headers, content)
    assert told in seen["rows"][0]["problem"]
    assert (seen["rows"][0]["line"], seen["rows"][1]["problem"]) == (2, "")
    await apply(client, headers, content)
    assert await counted(database) == 1


HOSTILE = {
    "nothing": b"",
    "headings alone": table(),
    "no headings": b"a,b\n1,2\n",
    "too large": b"x" * (MOST_BYTES + 1),
    "too many rows": table(*[row(商品名称=f"苹果{n}") for n in range(MOST_ROWS + 1)]),
    "too many columns": b",".join([b"x"] * 40) + b"\n" + b",".join([b"x"] * 40),
    "a long cell": table(row(详情="长" * 6000)),
    "binary": b"\x00\x01\x02" * 100,
    "a picture": b"\x89PNG\r\n\x1a\n" + b"\x00" * 50,
    "an open quote": ",".join(HEADINGS).encode() + b'\n"open',
    "zip that is no book": packed(**{"a.txt": b"x"}),
    "zip slip": packed(**{"../../etc/passwd": b"x", "xl/workbook.xml": b"<a/>"}),
    "zip with an absolute path": packed(**{"/etc/passwd": b"x"}),
    "zip with a drive": packed(**{"C:\\x": b"x"}),
    "zip bomb": packed(**{"xl/worksheets/sheet1.xml": bytes(60_000_000)}),
    "zip of many parts": packed(**{f"p{n}": b"" for n in range(300)}),
    "cut book": xlsx(GOOD)[:900],
    "book with entities": packed(
        **{
            "[Content_Types].xml": b'<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><Types>&b;</Types>',
            "xl/workbook.xml": b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><workbook>&e;</workbook>',
        }
    ),
}


@pytest.mark.parametrize("name", HOSTILE)
async def test_a_table_that_means_harm_is_refused(
    client: Client, database: Any, headers: dict[str, str], name: str
) -> None:
    for query in ("", "?apply=1"):
        reply = await client.http.post(f"/uploads/products{query}", content=HOSTILE[name], headers=headers)
        assert reply.status_code in (400, 413), name
        assert reply.json()["message"]
    assert await counted(database) == 0


def test_what_excel_in_china_writes_is_read() -> None:
    assert read_sheet(f"{','.join(HEADINGS)}\n{','.join(GOOD)}".encode("gb18030"))[1] == list(GOOD)
    with pytest.raises(Invalid):
        read_sheet(b"\xff\xfe\xff\xff,\xff\n")


async def test_who_may_not_write_products_imports_and_exports_none(client: Client) -> None:
    for method, path in (("POST", "/uploads/products"), ("GET", "/exports/products")):
        assert (await client.http.request(method, path)).status_code == 401


async def test_what_is_exported_may_be_imported_and_computes_nothing(client: Client, database: Any) -> None:
    shop, apples = await merchant(database), await category(database, name="苹果")
    await product(database, shop, category_id=apples, title="=1+1 苹果苹果", skus=(sku("5 斤", 3990),))
    headers = {"Authorization": f"Bearer {await token_of(database, shop)}"}
    reply = await client.http.get("/exports/products?format=csv", headers=headers)
    assert "attachment" in reply.headers["content-disposition"]
    rows = read_sheet(reply.content)
    assert (rows[1][0], rows[1][4]) == ("'=1+1 苹果苹果", "39.90")
    book = await client.http.get("/exports/products?format=xlsx", headers=headers)
    assert read_sheet(book.content)[1][3] == "5 斤"
    template = await client.http.get("/exports/template")
    assert [each["problem"] for each in (await look(client, headers, template.content))["rows"]] == [""]
