"""Short videos by their boxes (ISO 14496-12): what a file is, how long it lasts, whether every table says what is so.

Nothing is decoded. What cameras write beside the picture is overwritten in place, so that no table has to be moved.
"""

from __future__ import annotations

import struct
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from domain.base import Invalid
from server.sniffing import FOREIGN, SEARCHED

MOST_SECONDS = 60
# Cameras stop a frame late, and sound a frame after that.
GRACE = 0.5
MOST_SIDE = 4096
# A minute at 240 frames a second has tables of 300 KB; whoever sends more means something by it.
MOST_TABLES = 4 * 1024 * 1024
MOST_BOXES, MOST_DEPTH = 2000, 8
BRANDS = frozenset(
    {b"isom", b"iso2", b"iso3", b"iso4", b"iso5", b"iso6", b"mp41", b"mp42", b"avc1", b"MSNV", b"M4V ", b"qt  "}
    | {b"3gp4", b"3gp5", b"3gp6"}
)
TOP = frozenset({b"ftyp", b"moov", b"mdat", b"free", b"skip", b"wide", b"uuid", b"meta"})
INSIDE = frozenset({b"moov", b"trak", b"mdia", b"minf", b"dinf", b"stbl"})
# What a player needs nothing of: places, makers, names, previews.
BESIDE = frozenset({b"udta", b"meta", b"uuid", b"free", b"skip"})
# Bytes of one entry in the tables of samples, and how many bytes stand before the first.
TABLES: Mapping[bytes, tuple[int, int]] = {
    b"stts": (8, 8),
    b"ctts": (8, 8),
    b"stss": (4, 8),
    b"stsc": (12, 8),
    b"stco": (4, 8),
    b"co64": (8, 8),
}


@dataclass(frozen=True)
class Film:
    """A short video as it is shown: upright, in pixels, and how long it lasts."""

    width: int
    height: int
    milliseconds: int


@dataclass(frozen=True)
class Box:
    """Where a box begins, where its content begins, where it ends, and of which boxes it is a part."""

    kind: bytes
    start: int
    inner: int
    end: int
    path: tuple[bytes, ...]


def look(file: Path) -> Film:
    """Looks at a video and takes out of it what says where and by whom it was made. Invalid for any other file."""
    try:
        with open(file, "r+b") as film:
            found = _Look(film, file.stat().st_size).all()
    except (struct.error, IndexError, OverflowError):
        raise broken() from None
    with open(file, "rb") as film:
        _is_nothing_else(film, file)
    return found


def broken() -> Invalid:
    return Invalid("视频不完整或已损坏，请重新上传", field="file")


def _unknown() -> Invalid:
    return Invalid("无法识别的视频，请上传 MP4（H.264）", field="file")


class _Look:
    """One walk over one file."""

    def __init__(self, film: BinaryIO, size: int) -> None:
        self._film, self._size = film, size
        self._count = 0

    def all(self) -> Film:
        top = [*self._boxes(0, self._size, ())]
        kinds = [box.kind for box in top]
        if not top or top[0].kind != b"ftyp":
            raise _unknown()
        self._brands(top[0])
        if b"moof" in kinds:
            raise Invalid("不支持分段的视频，请导出为普通 MP4", field="file")
        if not set(kinds) <= TOP or kinds.count(b"moov") != 1 or kinds.count(b"ftyp") != 1 or b"mdat" not in kinds:
            raise broken()
        moov = next(box for box in top if box.kind == b"moov")
        if moov.end - moov.start > MOST_TABLES:
            raise broken()
        inside = [*self._deep(moov)]
        found = self._tracks(inside)
        for box in (*top, *inside):
            if box.kind in BESIDE:
                self._blank(box)
        return found

    # -------------------------------------------------------------------------------------------- walking
    def _boxes(self, at: int, end: int, path: tuple[bytes, ...]) -> Iterator[Box]:
        while at < end:
            self._count += 1
            if self._count > MOST_BOXES or end - at < 8:
                raise broken()
            size, kind = struct.unpack(">I4s", self._read(at, 8))
            inner = at + 8
            if size == 1:
                (size,) = struct.unpack(">Q", self._read(inner, 8))
                inner += 8
            elif size == 0 and not path and kind == b"mdat":
                size = end - at
            if size < inner - at or at + size > end:
                raise broken() if at else _unknown()
            yield Box(kind, at, inner, at + size, path)
            at += size

    def _deep(self, box: Box) -> Iterator[Box]:
        yield box
        if box.kind in INSIDE:
            if len(box.path) >= MOST_DEPTH:
                raise broken()
            for each in self._boxes(box.inner, box.end, (*box.path, box.kind)):
                yield from self._deep(each)

    def _read(self, at: int, length: int) -> bytes:
        self._film.seek(at)
        found = self._film.read(length)
        if len(found) < length:
            raise broken()
        return found

    def _content(self, box: Box) -> bytes:
        return self._read(box.inner, box.end - box.inner)

    # -------------------------------------------------------------------------------------------- looking
    def _brands(self, box: Box) -> None:
        if not 8 <= box.end - box.inner <= 256:
            raise _unknown()
        content = self._content(box)
        named = {content[:4], *(content[at : at + 4] for at in range(8, len(content) - 3, 4))}
        if not named & BRANDS:
            raise _unknown()

    def _tracks(self, inside: list[Box]) -> Film:
        """Every track by itself: one picture, one sound at most; others are blanked out."""
        heads = [box for box in inside if box.kind == b"mvhd"]
        if len(heads) != 1:
            raise broken()
        self._seconds(heads[0])
        films: list[Film] = []
        sounds = 0
        for track in (box for box in inside if box.kind == b"trak"):
            parts = [box for box in inside if track.start < box.start and box.end <= track.end]
            handler = self._content(_one(parts, b"hdlr"))[8:12]
            if handler == b"vide":
                films.append(self._picture(parts))
            elif handler == b"soun":
                sounds += 1
                self._samples(parts, b"mp4a", "声音须为 AAC，请用手机相机重新录制或导出为 MP4")
            else:
                self._blank(track)
        if len(films) != 1 or sounds > 1:
            raise Invalid("视频须有且只有一条画面，最多一条声音", field="file")
        return films[0]

    def _picture(self, parts: list[Box]) -> Film:
        told = "视频须为 H.264 编码；苹果手机请在“设置 › 相机 › 格式”里选“兼容性最佳”"
        seconds, entry = self._samples(parts, b"avc1", told)
        if entry[86:90] == b"" or b"avcC" not in entry[86:]:
            raise broken()
        width, height = struct.unpack_from(">HH", entry, 32)
        if not (0 < width <= MOST_SIDE and 0 < height <= MOST_SIDE):
            raise Invalid(f"视频尺寸不正确，每边最多 {MOST_SIDE} 像素", field="file")
        head = self._content(_one(parts, b"tkhd"))
        (across,) = struct.unpack_from(">i", head, 52 if head[0] else 40)
        # Phones film lying on their side and say so in the matrix.
        upright = (height, width) if across == 0 else (width, height)
        return Film(*upright, milliseconds=max(1, round(seconds * 1000)))

    def _samples(self, parts: list[Box], codec: bytes, told: str) -> tuple[float, bytes]:
        """How long the samples of a track last, and what describes them; all its tables hold what they say."""
        for kind in (b"tkhd", b"mdhd"):
            self._forget_time(_one(parts, kind))
        scale = self._seconds(_one(parts, b"mdhd"))
        self._own_data(_one(parts, b"dref"))
        for box in parts:
            if box.kind in TABLES:
                self._table(box)
        described = self._content(_one(parts, b"stsd"))
        entry = described[8:]
        if struct.unpack_from(">I", described, 4)[0] != 1 or struct.unpack_from(">I", entry)[0] > len(entry):
            raise broken()
        if entry[4:8] != codec:
            raise Invalid(told, field="file")
        self._offsets(parts)
        times = self._content(_one(parts, b"stts"))
        ticks = sum(count * each for count, each in struct.iter_unpack(">II", times[8:]))
        seconds = ticks / scale
        _is_short(seconds)
        return seconds, entry

    def _seconds(self, box: Box) -> int:
        """Ticks in a second, of a header whose length is not too long."""
        content = self._content(box)
        scale, length = struct.unpack_from(">IQ" if content[0] else ">II", content, 20 if content[0] else 12)
        if scale == 0:
            raise broken()
        if box.kind == b"mvhd":
            self._forget_time(box)
            if length == 0:
                raise broken()
        _is_short(length / scale)
        return int(scale)

    def _own_data(self, box: Box) -> None:
        """A video that points to other files, or to addresses, is none of ours."""
        content = self._content(box)
        entries = [*self._boxes(box.inner + 8, box.end, (b"dref",))]
        if struct.unpack_from(">I", content, 4)[0] != len(entries) or len(entries) != 1:
            raise broken()
        if entries[0].kind not in (b"url ", b"alis") or not self._content(entries[0])[3] & 1:
            raise Invalid("视频引用了别的文件，不能上传", field="file")

    def _table(self, box: Box) -> None:
        each, before = TABLES[box.kind]
        length = box.end - box.inner
        if length < before or struct.unpack(">I", self._read(box.inner + 4, 4))[0] * each != length - before:
            raise broken()

    def _offsets(self, parts: list[Box]) -> None:
        places = [box for box in parts if box.kind in (b"stco", b"co64")]
        if len(places) != 1:
            raise broken()
        form = ">I" if places[0].kind == b"stco" else ">Q"
        if any(at >= self._size for (at,) in struct.iter_unpack(form, self._content(places[0])[8:])):
            raise broken()
        sizes = self._content(_one(parts, b"stsz"))
        same, count = struct.unpack_from(">II", sizes, 4)
        if same == 0 and count * 4 != len(sizes) - 12:
            raise broken()
        total = same * count if same else sum(each for (each,) in struct.iter_unpack(">I", sizes[12:]))
        if not 0 < total <= self._size:
            raise broken()

    # -------------------------------------------------------------------------------------------- taking out
    def _forget_time(self, box: Box) -> None:
        """When it was made: two times after version and flags."""
        wide = self._read(box.inner, 1) != b"\x00"
        self._film.seek(box.inner + 4)
        self._film.write(bytes(16 if wide else 8))

    def _blank(self, box: Box) -> None:
        self._film.seek(box.start + 4)
        self._film.write(b"free")
        self._film.seek(box.inner)
        left = box.end - box.inner
        while left:
            part = min(left, 64 * 1024)
            self._film.write(bytes(part))
            left -= part


def _one(parts: list[Box], kind: bytes) -> Box:
    found = [box for box in parts if box.kind == kind]
    if len(found) != 1:
        raise broken()
    return found[0]


def _is_short(seconds: float) -> None:
    if seconds > MOST_SECONDS + GRACE:
        raise Invalid(f"视频最长 {MOST_SECONDS} 秒，请剪短后上传", field="file")


def _is_nothing_else(film: BinaryIO, file: Path) -> None:
    """What another reader would open as an archive or a page is no video of ours."""
    head = film.read(SEARCHED)
    film.seek(max(0, file.stat().st_size - SEARCHED))
    searched = (head + film.read(SEARCHED)).lower()
    if any(each in searched for each in FOREIGN) or zipfile.is_zipfile(file):
        raise Invalid("视频中夹带了压缩包、程序或网页代码，不能上传", field="file")
