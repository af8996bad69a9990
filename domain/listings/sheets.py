"""Tables of goods as files: CSV or XLSX in, bounded and never computed; CSV out."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterable, Sequence
from xml.etree.ElementTree import ParseError

from openpyxl import Workbook, load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from domain.base import Invalid

MOST_BYTES = 2 * 1024 * 1024
MOST_ROWS = 500
MOST_COLUMNS = 30
MOST_CELL = 5000
# Of what an XLSX unpacks to: a file of 2 MB may hold gigabytes of zeros.
MOST_UNPACKED = 30 * 1024 * 1024
MOST_PARTS = 200
# What a spreadsheet would take for a formula when somebody opens our file.
DANGEROUS = ("=", "+", "-", "@", "\t", "\r")


def read(content: bytes) -> list[list[str]]:
    """The rows with something in them, as texts, the headings first; Invalid for anything out of bounds."""
    if not content or len(content) > MOST_BYTES:
        raise Invalid("文件为空或超过 2 MB", field="file")
    rows = _xlsx(content) if content.startswith(b"PK\x03\x04") else _csv(content)
    if len(rows) < 2:
        raise Invalid("表格里没有数据，请按模板填写", field="file")
    return rows


def _csv(content: bytes) -> list[list[str]]:
    if b"\x00" in content:
        raise Invalid("不是 CSV 或 XLSX 文件", field="file")
    for encoding in ("utf-8-sig", "gb18030"):  # what Excel in China writes
        try:
            text = content.decode(encoding)
            break
        except UnicodeDecodeError:
            continue
    else:
        raise Invalid("文件编码无法识别，请另存为 UTF-8 CSV 或 XLSX", field="file")
    try:
        return _bounded(csv.reader(io.StringIO(text), strict=True))
    except csv.Error:
        raise Invalid("CSV 格式不正确，请用模板重新填写", field="file") from None


def _xlsx(content: bytes) -> list[list[str]]:
    try:
        _unpacks_to_little(content)
        # Formulas are read as the texts they are, and refused with their row; nothing is computed, no link is followed.
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=False, keep_links=False)
        try:
            sheet = book.worksheets[0]
            return _bounded(sheet.iter_rows(max_row=MOST_ROWS + 200, max_col=MOST_COLUMNS + 1, values_only=True))
        finally:
            book.close()
    except (zipfile.BadZipFile, InvalidFileException, KeyError, ValueError, IndexError, OSError, ParseError, TypeError):
        raise Invalid("无法读取这个 XLSX 文件，请用模板重新填写", field="file") from None


def _unpacks_to_little(content: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        parts = packed.infolist()
        if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
            raise Invalid("文件解开后过大", field="file")
        if any(_strays(part.filename) for part in parts):
            raise Invalid("文件中有不安全的路径", field="file")


def _strays(name: str) -> bool:
    return name.startswith(("/", "\\")) or ".." in name.replace("\\", "/").split("/") or ":" in name


def _bounded(rows: Iterable[Sequence[object]]) -> list[list[str]]:
    found: list[list[str]] = []
    for row in rows:
        cells = ["" if cell is None else _text(cell) for cell in row]
        if not any(cells):
            continue
        if len(cells) > MOST_COLUMNS and any(cells[MOST_COLUMNS:]):
            raise Invalid(f"最多 {MOST_COLUMNS} 列", field="file")
        if any(len(cell) > MOST_CELL for cell in cells):
            raise Invalid(f"每格最多 {MOST_CELL} 个字", field="file")
        found.append(cells[:MOST_COLUMNS])
        if len(found) > MOST_ROWS + 1:
            raise Invalid(f"一次最多 {MOST_ROWS} 行，请分几次导入", field="file")
    return found


def _text(cell: object) -> str:
    """39.0 of a spreadsheet is the 39 somebody typed."""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).strip()


# ------------------------------------------------------------------------------------------------ out
def as_csv(rows: Iterable[Sequence[str | int]]) -> str:
    """With the mark by which Excel knows UTF-8, and nothing that it would compute."""
    out = io.StringIO()
    out.write("\ufeff")
    csv.writer(out).writerows([[_harmless(cell) for cell in row] for row in rows])
    return out.getvalue()


def _harmless(cell: str | int) -> str | int:
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(DANGEROUS) else cell


def as_xlsx(rows: Iterable[Sequence[str | int]]) -> bytes:
    book = Workbook(write_only=True)
    sheet = book.create_sheet("商品")
    for row in rows:
        sheet.append([_harmless(cell) for cell in row])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
