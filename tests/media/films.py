"""Short videos made box by box: good ones, and each hostile one with the sentence it is refused by."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from typing import Any

from tests.catalog.hostile import HTML, PHP, Hostile, archive

UNKNOWN, BROKEN, LONG, MARKUP = "无法识别的视频", "不完整或已损坏", "最长 60 秒", "夹带了"
IDENTITY = struct.pack(">9i", 0x10000, 0, 0, 0, 0x10000, 0, 0, 0, 0x40000000)
ON_ITS_SIDE = struct.pack(">9i", 0, 0x10000, 0, -0x10000, 0, 0, 0, 0, 0x40000000)
AVC = b"\x00\x00\x00\x08avcC"
PLACE = b"+27.3383+103.7172/"


def box(kind: bytes, *parts: bytes, size: int | None = None) -> bytes:
    content = b"".join(parts)
    return struct.pack(">I4s", len(content) + 8 if size is None else size, kind) + content


def full(kind: bytes, *parts: bytes, flags: int = 0) -> bytes:
    return box(kind, struct.pack(">I", flags), *parts)


def table(kind: bytes, form: str, *rows: tuple[int, ...], count: int | None = None) -> bytes:
    told = len(rows) if count is None else count
    return full(kind, struct.pack(">I", told), *(struct.pack(form, *row) for row in rows))


def header(kind: bytes, scale: int, length: int) -> bytes:
    return full(kind, struct.pack(">IIII", 3_900_000_000, 3_900_000_000, scale, length), bytes(4))


def track(handler: bytes = b"vide", codec: bytes = b"avc1", **how: Any) -> bytes:
    """One track of so many seconds; `how` says what is to be wrong with it."""
    seconds, scale = how.get("seconds", 5), 1000
    length = how.get("length", seconds * scale)
    width, height = how.get("size", (720, 1280))
    entry = bytes(6) + b"\x00\x01" + bytes(16) + struct.pack(">HH", width, height) + bytes(50) + how.get("avc", AVC)
    frames = how.get("frames", ((seconds * 25, 40),))
    tables = box(
        b"stbl",
        full(b"stsd", struct.pack(">I", 1), box(codec, entry)),
        table(b"stts", ">II", *frames, count=how.get("count")),
        table(b"stsc", ">III", (1, 1, 1)),
        full(b"stsz", struct.pack(">II", 0, how.get("sizes", 1)), struct.pack(">I", how.get("bytes", 100))),
        table(b"stco", ">I", (how.get("at", 40),)),
        *how.get("tables", ()),
    )
    source = how.get("source", full(b"url ", flags=1))
    data = box(b"dinf", full(b"dref", struct.pack(">I", 1), source))
    media = box(
        b"mdia", header(b"mdhd", scale, length), full(b"hdlr", bytes(4), handler, bytes(13)), box(b"minf", data, tables)
    )
    head = full(b"tkhd", bytes(36), how.get("matrix", IDENTITY), struct.pack(">II", width << 16, height << 16))
    return box(b"trak", head, media)


def film(*tracks: bytes, seconds: int = 5, beside: bytes = b"", pixels: bytes = bytes(4000), **how: Any) -> bytes:
    """A whole file; without tracks it has a picture and a sound."""
    chosen = tracks or (track(seconds=seconds), track(b"soun", b"mp4a", seconds=seconds))
    moov = box(b"moov", header(b"mvhd", 1000, how.get("length", seconds * 1000)), *chosen, beside)
    start = box(b"ftyp", how.get("brand", b"isom"), bytes(4), how.get("brands", b"isommp42"))
    return start + box(b"mdat", pixels) + moov


def with_notes() -> bytes:
    """As a phone writes it: place, maker, time; a track of notes; free room with something in it."""
    notes = box(b"udta", box(b"\xa9xyz", struct.pack(">HH", len(PLACE), 0x15C7), PLACE), box(b"manu", b"a maker"))
    keys = full(b"meta", box(b"keys", b"com.apple.quicktime.location.ISO6709"), box(b"ilst", PLACE))
    strange = box(b"trak", full(b"tkhd", bytes(80)), box(b"mdia", full(b"hdlr", bytes(4), b"meta", PLACE)))
    whole = film(track(matrix=ON_ITS_SIDE), strange, beside=notes + keys)
    return whole + box(b"free", b"a preview of somebody") + box(b"uuid", bytes(16), b"serial number 1234")


def hostile() -> Iterator[Hostile]:
    good = film()
    for name, content in {
        "nothing of a video": b"not a video at all, only words",
        "a page": HTML,
        "zip": archive(),
        "webm": b"\x1a\x45\xdf\xa3" + bytes(200),
        "avi": b"RIFF" + struct.pack("<I", 200) + b"AVI LIST" + bytes(200),
        "a picture called a video": b"\x89PNG\r\n\x1a\n" + bytes(200),
        "heic": film(brand=b"heic", brands=b"mif1heic"),
        "avif": film(brand=b"avif", brands=b"avif"),
        "no brand before the film": good[24:],
        "a brand of its own": film(brand=b"evil", brands=b"evil"),
        "a beginning of the largest size": struct.pack(">I4s", 2**32 - 1, b"ftyp") + good[8:],
        "only zeros": bytes(4096),
    }.items():
        yield Hostile(name, content, UNKNOWN)


def broken() -> Iterator[Hostile]:
    """Files whose boxes or tables say what is not so."""
    good = film()
    for name, content in {
        "half a film": good[: len(good) // 2],
        "without its last byte": good[:-1],
        "only the beginning": good[:24],
        "a box smaller than its head": good + box(b"free", size=4),
        "a box longer than the file": good + box(b"free", size=2**31),
        "a box of 64 bits that is longer": good + struct.pack(">I4sQ", 1, b"free", 2**63),
        "a box of 64 bits that is negative": good + struct.pack(">I4sQ", 1, b"free", 8),
        "a box to the end that is no film": good + box(b"free", b"x", size=0),
        "a few bytes after the end": good + b"abc",
        "a page after the end": good + HTML,
        "a program after the end": good + b"MZ" + bytes(100),
        "two tables of contents": good + good[24 + 4008 :],
        "two beginnings": good + good[:24],
        "no pixels": good[:24] + good[24 + 4008 :],
        "no table of contents": good[: 24 + 4008],
        "a strange box": good + box(b"EVIL", PHP),
        "very many boxes": good + box(b"free") * 3000,
        "a table of contents of many boxes": film(beside=box(b"free") * 3000),
        "boxes in boxes in boxes": film(beside=_deep(40)),
        "a bomb of a table of contents": film(beside=box(b"free", bytes(5 * 1024 * 1024))),
        "a track without tables": film(box(b"trak", full(b"hdlr", bytes(4), b"vide", bytes(13)))),
        "more frames than the table holds": film(track(count=2**31)),
        "fewer frames than the table holds": film(track(count=0)),
        "more sizes than the table holds": film(track(sizes=2**32 - 1)),
        "pixels past the end": film(track(at=2**31)),
        "more bytes than the file has": film(track(bytes=2**31)),
        "a table of key frames that lies": film(track(tables=(table(b"stss", ">I", (1,), count=2**30),))),
        "two tables of times": film(track(tables=(table(b"stts", ">II", (1, 1)),))),
        "no settings of the decoder": film(track(avc=b"")),
        "no length at all": film(length=0),
    }.items():
        yield Hostile(name, content, BROKEN)


def unwanted() -> Iterator[Hostile]:
    """Whole videos that are too long, of another kind, or something else besides."""
    good = film()
    for name, content in {
        "two minutes": film(seconds=120),
        "the longest number": film(length=2**32 - 1),
        "a short head and a long track": film(track(length=10_000_000)),
        "short by its heads and long by its frames": film(track(frames=((2**31, 2**31),))),
        "very many frames of a moment": film(track(frames=((2**32 - 1, 1),))),
    }.items():
        yield Hostile(name, content, LONG)
    yield Hostile("in pieces", good + box(b"moof", bytes(20)), "分段")
    yield Hostile("hevc", film(track(codec=b"hvc1")), "H.264")
    yield Hostile("a codec nobody knows", film(track(codec=b"EVIL")), "H.264")
    yield Hostile("sound nobody plays", film(track(), track(b"soun", b"EVIL")), "AAC")
    yield Hostile("two films", film(track(), track()), "一条画面")
    yield Hostile("no film", film(track(b"soun", b"mp4a")), "一条画面")
    yield Hostile("two sounds", film(track(), *[track(b"soun", b"mp4a")] * 2), "一条画面")
    yield Hostile("huge pixels", film(track(size=(65535, 65535))), "尺寸")
    yield Hostile("no pixels across", film(track(size=(0, 10))), "尺寸")
    for name, source in {"an address": b"http://169.254.169.254/\x00", "a file": b"file:///etc/passwd\x00"}.items():
        yield Hostile(f"points to {name}", film(track(source=full(b"url ", source))), "引用")
    yield Hostile("a page in its pixels", film(pixels=HTML + bytes(500)), MARKUP)
    yield Hostile("php at its end", good[24 + 4008 :].join((good[:24], box(b"mdat", bytes(99), PHP))), MARKUP)
    last = good[:24] + good[24 + 4008 :]
    yield Hostile("zip as its pixels", last + box(b"mdat", bytes(100), archive("../../x.php", PHP)), MARKUP)


def _deep(levels: int) -> bytes:
    made = b""
    for _ in range(levels):
        made = box(b"trak", made)
    return made


HOSTILE_FILMS = (*hostile(), *broken(), *unwanted())
