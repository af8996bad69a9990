"""What a file that was sent is, by its bytes alone, and what is wrong with it: looked at before any decoder sees it."""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterator, Mapping

from domain.base import Invalid

# What no picture holds: the beginnings of programs, documents and archives that another reader would find in it.
# Only long ones: compressed pixels hold any four bytes sooner or later.
FOREIGN = (b"<script", b"<?php", b"<!doctype html", b"<html", b"<svg", b"#!/bin/", b"%pdf-1.", b"javascript:")
ARCHIVES = (b"PK\x03\x04", b"PK\x05\x06", b"Rar!\x1a\x07", b"7z\xbc\xaf\x27\x1c")
PROGRAMS = (b"MZ", b"\x7fELF", b"%PDF", b"#!", b"<", b"\x1f\x8b", b"\xca\xfe\xba\xbe", b"{")
# Markup hides in texts beside the pixels; so long a beginning and end of a file is searched for it.
SEARCHED = 64 * 1024
MOST_SIDE = 30_000
MOST_CHUNKS = 20_000
PNG, RIFF, JPEG = b"\x89PNG\r\n\x1a\n", b"RIFF", b"\xff\xd8\xff"
# Markers of JPEG that stand alone, and those that begin a frame with the picture's size.
ALONE = {0x01, *range(0xD0, 0xD8)}
FRAMES = {0xC0, 0xC1, 0xC2, 0xC3, 0xC5, 0xC6, 0xC7, 0xC9, 0xCA, 0xCB, 0xCD, 0xCE, 0xCF}
KNOWN: Mapping[bytes, str] = {
    b"GIF8": "GIF",
    b"BM": "BMP",
    b"%PDF": "PDF",
    b"PK\x03\x04": "压缩包",
    b"PK\x05\x06": "压缩包",
    b"\x1f\x8b": "压缩包",
    b"Rar!": "压缩包",
    b"7z\xbc\xaf": "压缩包",
    b"MZ": "程序",
    b"\x7fELF": "程序",
    b"II*\x00": "TIFF",
    b"MM\x00*": "TIFF",
    b"8BPS": "PSD",
    b"\x00\x00\x01\x00": "ICO",
    b"<": "网页或 SVG",
    b"\xef\xbb\xbf<": "网页或 SVG",
}


def check(content: bytes) -> str:
    """JPEG, PNG or WEBP; Invalid, saying why, for a file that is none of them or something else besides."""
    for magic, kind, walk in ((JPEG, "JPEG", _jpeg), (PNG, "PNG", _png), (RIFF, "WEBP", _webp)):
        if content.startswith(magic):
            try:
                end = walk(content)
            except (struct.error, IndexError):
                raise _broken() from None
            _trailer(content[end:])
            _markup(content)
            return kind
    raise _unknown(content)


def _unknown(content: bytes) -> Invalid:
    told = next((name for magic, name in KNOWN.items() if content.lstrip().startswith(magic)), None)
    if content[4:8] == b"ftyp":
        told = "HEIC、AVIF 或视频"
    what = f"这是{told}，" if told else "无法识别的图片，"
    return Invalid(f"{what}请上传 JPEG、PNG 或 WebP", field="file")


def _broken() -> Invalid:
    return Invalid("图片不完整或已损坏，请重新上传", field="file")


def _trailer(rest: bytes) -> None:
    """Phones append previews and short films to their photos, which are not kept. What another reader would open as a
    file of its own is refused all the same: whoever made it meant something by it."""
    if any(each in rest for each in ARCHIVES) or any(rest.lstrip(b"\x00\r\n ").startswith(each) for each in PROGRAMS):
        raise Invalid("图片后面附有压缩包或程序，不能上传", field="file")


def _markup(content: bytes) -> None:
    searched = (content[:SEARCHED] + content[-SEARCHED:]).lower()
    if any(each in searched for each in FOREIGN):
        raise Invalid("图片中夹带了程序或网页代码，不能上传", field="file")


def _sized(width: int, height: int) -> None:
    if not (0 < width <= MOST_SIDE and 0 < height <= MOST_SIDE):
        raise Invalid(f"图片尺寸不正确，每边最多 {MOST_SIDE} 像素", field="file")


# ------------------------------------------------------------------------------------------------ formats
def _jpeg(content: bytes) -> int:
    """Where the picture ends; every marker before its pixels is looked at, and its frame says a size once."""
    at, frames = 2, 0
    for _ in range(MOST_CHUNKS):
        if content[at] != 0xFF:
            raise _broken()
        marker = content[at + 1]
        if marker == 0xD9:
            if not frames:
                raise _broken()
            return at + 2
        if marker == 0xFF:
            at += 1
            continue
        if marker in ALONE:
            at += 2
            continue
        (length,) = struct.unpack_from(">H", content, at + 2)
        if length < 2:
            raise _broken()
        if marker in FRAMES:
            frames += 1
            height, width = struct.unpack_from(">HH", content, at + 5)
            _sized(width, height)
        at += 2 + length
        if marker == 0xDA:
            at = _after_scan(content, at)
    raise _broken()


def _after_scan(content: bytes, at: int) -> int:
    """The next marker after compressed pixels, in which 0xFF is followed by 0 or a restart."""
    while True:
        at = content.find(b"\xff", at)
        if at < 0 or at + 1 >= len(content):
            raise _broken()
        if content[at + 1] == 0 or 0xD0 <= content[at + 1] <= 0xD7:
            at += 2
        elif content[at + 1] == 0xFF:
            at += 1
        else:
            return at


def _chunks(content: bytes, at: int, form: str, extra: Callable[[int], int]) -> Iterator[tuple[bytes, int, int]]:
    """Name, place and length of each chunk of a PNG or a RIFF file."""
    for _ in range(MOST_CHUNKS):
        if at >= len(content):
            return
        first, second = struct.unpack_from(form, content, at)
        name, length = (second, first) if isinstance(first, int) else (first, second)
        if at + 8 + length > len(content):
            raise _broken()
        yield name, at + 8, length
        at += 8 + length + extra(length)
    raise _broken()


def _png(content: bytes) -> int:
    begun = False
    for name, at, length in _chunks(content, 8, ">I4s", lambda length: 4):
        if not begun and (name, length) != (b"IHDR", 13):
            raise _broken()
        if name == b"IHDR":
            if begun:
                raise _broken()
            begun = True
            _sized(*struct.unpack_from(">II", content, at))
        if name == b"acTL":
            raise Invalid("不支持动态图片，请上传静态图片", field="file")
        if name == b"IEND":
            return at + length + 4
    raise _broken()


def _webp(content: bytes) -> int:
    end = int.from_bytes(content[4:8], "little") + 8
    if content[8:12] != b"WEBP":
        raise _unknown(b"")
    if end > len(content):
        raise _broken()
    for name, at, _length in _chunks(content[:end], 12, "<4sI", lambda length: length % 2):
        if name in (b"ANIM", b"ANMF"):
            raise Invalid("不支持动态图片，请上传静态图片", field="file")
        if name == b"VP8X":
            width, height = (int.from_bytes(content[at + place : at + place + 3], "little") + 1 for place in (4, 7))
            _sized(width, height)
    return end
