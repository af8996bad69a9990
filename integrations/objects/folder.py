"""An object store in a folder: forms are posted to this host, at addresses signed with our own key."""

from __future__ import annotations

import hmac
import os
import re
import secrets
import shutil
import time
from datetime import datetime
from pathlib import Path
from urllib.parse import urlencode

from domain.base import Invalid, NotFound, clock
from domain.crypto import vault
from domain.media import Form

PURPOSE = "incoming"
NAME = re.compile(r"[a-z]+(/[0-9a-z-]+(\.[0-9a-z]+)?){1,4}")


class Folder:
    """`domain.media.ObjectStore` below `root`."""

    def __init__(self, root: Path) -> None:
        self._root = root

    def form(self, name: str, *, most: int, content_type: str, ends_at: datetime) -> Form:
        """The bounds stand in the address and are signed with it: they are checked before a byte is read."""
        until = int(ends_at.timestamp())
        signed = {"most": most, "until": until, "sign": _signed(name, most, until)}
        return Form(f"/uploads/{name}?{urlencode(signed)}", {"Content-Type": content_type})

    def fetch(self, name: str, to: Path, *, most: int) -> bool:
        place = self._place(name)
        try:
            if place.stat().st_size > most:
                raise Invalid("文件超过了允许的大小", field="file")
            shutil.copyfile(place, to)
        except FileNotFoundError:
            return False
        return True

    def put(self, name: str, file: Path, content_type: str) -> None:
        """Whole or not at all: a reader, or a crash, never meets half a file."""
        place = self._place(name)
        place.parent.mkdir(parents=True, exist_ok=True)
        part = place.with_name(f".{place.name}.{secrets.token_hex(4)}")
        try:
            shutil.copyfile(file, part)
            with open(part, "rb") as written:
                os.fsync(written.fileno())
            part.replace(place)
        finally:
            part.unlink(missing_ok=True)

    def age(self, name: str) -> float | None:
        try:
            return time.time() - self._place(name).stat().st_mtime
        except FileNotFoundError:
            return None

    def drop(self, name: str) -> None:
        self._place(name).unlink(missing_ok=True)

    def _place(self, name: str) -> Path:
        if not NAME.fullmatch(name):
            raise ValueError(f"no name of an object: {name}")
        return self._root / name


def check_form(name: str, most: str, until: str, sign: str) -> int:
    """How many bytes may be posted to `name`; NotFound unless the address was given out here and is still good."""
    if not all(each.isascii() and each.isdigit() and len(each) < 12 for each in (most, until)):
        raise NotFound("上传地址不正确")
    if not hmac.compare_digest(sign.encode(), _signed(name, int(most), int(until)).encode()):
        raise NotFound("上传地址不正确")
    if clock.now().timestamp() >= int(until):
        raise NotFound("上传地址已过期，请重新选择文件")
    return int(most)


def _signed(name: str, most: int, until: int) -> str:
    return vault.index(f"{name}:{most}:{until}", purpose=PURPOSE).hex()
