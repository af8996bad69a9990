"""Files nobody should send, made here byte by byte: each with the sentence it is refused by."""

from __future__ import annotations

import gzip
import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from PIL import Image

UNKNOWN, BROKEN, BIG, MOVING = "请上传 JPEG、PNG 或 WebP", "不完整或已损坏|无法识别", "尺寸", "动态图片"
ATTACHED, MARKUP = "附有压缩包或程序", "夹带了程序或网页代码"


@dataclass(frozen=True)
class Hostile:
    name: str
    content: bytes
    told: str


def picture(format: str = "PNG", size: tuple[int, int] = (64, 48), **options: Any) -> bytes:
    out = BytesIO()
    Image.linear_gradient("L").resize(size).convert("RGB").save(out, format, **options)
    return out.getvalue()


def archive(name: str = "a.txt", content: bytes = b"x") -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr(name, content)
    return out.getvalue()


def chunk(name: bytes, content: bytes) -> bytes:
    return struct.pack(">I4s", len(content), name) + content + struct.pack(">I", zlib.crc32(name + content))


def png(width: int, height: int, *chunks: bytes, pixels: bytes = b"", bits: int = 8, colour: int = 2) -> bytes:
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, bits, colour, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + b"".join(chunks) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")


def bomb(width: int, height: int) -> bytes:
    """Few bytes that claim and truly hold very many pixels."""
    packer = zlib.compressobj(9)
    row = b"\x00" + bytes((width + 7) // 8)
    pixels = b"".join(packer.compress(row) for _ in range(height)) + packer.flush()
    return png(width, height, pixels=pixels, bits=1, colour=0)


def in_jpeg(content: bytes, marker: int = 0xFE) -> bytes:
    """A JPEG that carries `content` in a segment before its pixels; 0xFE is a comment, 0xE1 EXIF or XMP."""
    whole = picture("JPEG")
    return whole[:2] + struct.pack(">BBH", 0xFF, marker, len(content) + 2) + content + whole[2:]


def jpeg_of_size(width: int, height: int) -> bytes:
    """A JPEG whose frame claims another size than it has."""
    whole = bytearray(picture("JPEG"))
    at = whole.index(b"\xff\xc0")
    struct.pack_into(">HH", whole, at + 5, height, width)
    return bytes(whole)


def webp(*chunks: tuple[bytes, bytes], size: int | None = None) -> bytes:
    body = b"WEBP" + b"".join(
        name + struct.pack("<I", len(content)) + content + b"\x00" * (len(content) % 2) for name, content in chunks
    )
    return b"RIFF" + struct.pack("<I", len(body) if size is None else size) + body


def vp8x(width: int, height: int) -> tuple[bytes, bytes]:
    return b"VP8X", b"\x00\x00\x00\x00" + (width - 1).to_bytes(3, "little") + (height - 1).to_bytes(3, "little")


def frames(format: str, count: int = 3) -> bytes:
    out = BytesIO()
    shades = [Image.new("RGB", (32, 32), (n * 40, 0, 0)) for n in range(count)]
    shades[0].save(out, format, save_all=True, append_images=shades[1:], duration=50)
    return out.getvalue()


SVG = b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"><script>alert(1)</script></svg>'
PHP, HTML = b"<?php system($_GET['c']); ?>", b"<html><script src=//evil.example/x.js></script></html>"


def wrong_types() -> Iterator[Hostile]:
    """Files that are something else, whatever their name says."""
    for name, content in {
        "svg with a script": SVG,
        "svg behind a declaration": b'<?xml version="1.0"?>' + SVG,
        "svg behind blanks": b"\n\n  " + SVG,
        "svg behind a byte order mark": b"\xef\xbb\xbf" + SVG,
        "svg that reads a file": b'<!DOCTYPE s [<!ENTITY x SYSTEM "file:///etc/passwd">]><svg>&x;</svg>',
        "svg of a billion laughs": b'<!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><svg>&b;</svg>',
        "svg, packed": gzip.compress(SVG),
        "a page": HTML,
        "a script": b"#!/bin/sh\nrm -rf /\n",
        "php": PHP,
        "a windows program": b"MZ" + bytes(200),
        "a linux program": b"\x7fELF" + bytes(200),
        "pdf": b"%PDF-1.7\n1 0 obj\n<< /OpenAction << /S /JavaScript >> >>",
        "postscript": b"%!PS-Adobe-3.0\n(%pipe%id) (w) file",
        "imagemagick's language": b"push graphic-context\nfill 'url(https://e.example/\"|id; \")'",
        "zip": archive(),
        "zip slip": archive("../../../../etc/cron.d/x", b"* * * * * root id"),
        "zip with an absolute path": archive("/etc/passwd"),
        "zip bomb": archive("0", bytes(20_000_000)),
        "an empty zip": b"PK\x05\x06" + bytes(18),
        "rar": b"Rar!\x1a\x07\x01\x00" + bytes(40),
        "7z": b"7z\xbc\xaf\x27\x1c" + bytes(40),
        "gif": picture("GIF"),
        "moving gif": frames("GIF"),
        "bmp": picture("BMP"),
        "bmp that claims to be huge": b"BM"
        + struct.pack("<IHHIIiiHHIIiiII", 54, 0, 0, 54, 40, 2**30, 2**30, 1, 24, *(0,) * 6),
        "tiff": picture("TIFF"),
        "ico": picture("ICO", (32, 32)),
        "psd": b"8BPS\x00\x01" + bytes(40),
        "heic": b"\x00\x00\x00\x18ftypheic" + bytes(40),
        "avif": b"\x00\x00\x00\x18ftypavif" + bytes(40),
        "mp4 called a picture": b"\x00\x00\x00\x18ftypisom" + bytes(40),
        "text": b"not a picture",
        "a path": b"../../../../etc/passwd",
        "a path with a null": b"a.png\x00.php",
        "only zeros": bytes(4096),
        "json": b'{"url": "file:///etc/passwd"}',
    }.items():
        yield Hostile(name, content, UNKNOWN)


def polyglots() -> Iterator[Hostile]:
    """Pictures that are something else besides."""
    for format in ("JPEG", "PNG", "WEBP"):
        whole = picture(format)
        yield Hostile(f"{format} and zip", whole + archive(), ATTACHED)
        yield Hostile(f"{format} and zip slip", whole + archive("../../x.php", PHP), ATTACHED)
        yield Hostile(f"{format} and page", whole + HTML, f"{ATTACHED}|{MARKUP}")
        yield Hostile(f"{format} and program", whole + b"MZ" + bytes(100), ATTACHED)
        yield Hostile(f"{format} and pdf", whole + b"%PDF-1.7\n", f"{ATTACHED}|{MARKUP}")
        yield Hostile(f"{format} and rar", whole + b"Rar!\x1a\x07\x00", ATTACHED)
    yield Hostile("jpeg with php in a comment", in_jpeg(PHP), MARKUP)
    yield Hostile("jpeg with a page in a comment", in_jpeg(HTML), MARKUP)
    yield Hostile("jpeg with svg in its xmp", in_jpeg(b"http://ns.adobe.com/xap/1.0/\x00" + SVG, 0xE1), MARKUP)
    yield Hostile("png with php in a text", png(1, 1, chunk(b"tEXt", b"Comment\x00" + PHP)), MARKUP)
    yield Hostile("png with a script in a text", png(1, 1, chunk(b"iTXt", b"XML\x00\x00\x00\x00\x00" + HTML)), MARKUP)
    yield Hostile("webp with a script in its xmp", webp(vp8x(4, 4), (b"XMP ", SVG)), MARKUP)
    yield Hostile("gif and javascript", b"GIF89a/*" + bytes(9) + b"*/=1;alert(1)", UNKNOWN)


def too_much() -> Iterator[Hostile]:
    """Few bytes that ask for very much."""
    yield Hostile("png bomb", bomb(10_000, 5_000), BIG)
    yield Hostile("png bomb of a square", bomb(20_000, 20_000), BIG)
    yield Hostile("png of a long side", png(2_000_000, 1), BIG)
    yield Hostile("png of the largest numbers", png(2**31 - 1, 2**31 - 1), BIG)
    yield Hostile("png of no size", png(0, 0), BIG)
    yield Hostile("png of no height", png(64, 0), BIG)
    yield Hostile("jpeg of the largest numbers", jpeg_of_size(65_535, 65_535), BIG)
    yield Hostile("jpeg of a long side", jpeg_of_size(65_535, 1), BIG)
    yield Hostile("jpeg of no size", jpeg_of_size(0, 0), BIG)
    yield Hostile("webp of the largest numbers", webp(vp8x(2**24, 2**24)), BIG)
    yield Hostile("moving png", frames("PNG"), MOVING)
    yield Hostile("moving webp", frames("WEBP"), MOVING)
    yield Hostile("moving png bomb", png(64, 64, chunk(b"acTL", struct.pack(">II", 2**31 - 1, 0))), MOVING)
    yield Hostile("moving webp bomb", webp(vp8x(16, 16), *[(b"ANMF", bytes(16))] * 5000), MOVING)


def broken() -> Iterator[Hostile]:
    """Pictures that end early, begin twice, or say of their parts what is not so."""
    for format in ("JPEG", "PNG", "WEBP"):
        whole = picture(format)
        yield Hostile(f"half a {format}", whole[: len(whole) // 2], BROKEN)
        yield Hostile(f"{format} without its end", whole[:-12], BROKEN)
        yield Hostile(f"the beginning of a {format}", whole[:24], BROKEN)
    yield Hostile("png signature alone", b"\x89PNG\r\n\x1a\n", BROKEN)
    yield Hostile("png of zeros", b"\x89PNG\r\n\x1a\n" + bytes(64), BROKEN)
    yield Hostile("png with an endless chunk", b"\x89PNG\r\n\x1a\n" + struct.pack(">I4s", 2**32 - 1, b"IHDR"), BROKEN)
    yield Hostile(
        "png that begins twice", png(1, 1, chunk(b"IHDR", struct.pack(">IIBBBBB", 9, 9, 8, 2, 0, 0, 0))), BROKEN
    )
    yield Hostile("png of too many chunks", png(1, 1, *[chunk(b"tEXt", b"")] * 30_000), BROKEN)
    yield Hostile("png whose pixels are noise", png(64, 64, pixels=b"noise" * 20), BROKEN)
    yield Hostile("jpeg with a segment of no length", b"\xff\xd8\xff\xe0\x00\x00" + bytes(40), BROKEN)
    yield Hostile("jpeg without a frame", b"\xff\xd8\xff\xd9", BROKEN)
    yield Hostile("webp that claims to be longer", webp(vp8x(4, 4), size=2**31), BROKEN)
    yield Hostile("webp without pixels", webp(), BROKEN)
    yield Hostile("riff that is a sound", b"RIFF" + struct.pack("<I", 36) + b"WAVEfmt " + bytes(28), UNKNOWN)


HOSTILE = (*wrong_types(), *polyglots(), *too_much(), *broken())
