"""Where everybody finds a picture: on this host, or at a CDN that takes it from this host."""

from __future__ import annotations

_base = ""


def configure(base: str) -> None:
    """From now on public pictures are at `base`, the address of a CDN; without one they are paths of this host."""
    global _base
    _base = base.rstrip("/")


def shown_at(key: str) -> str:
    """The address of a public picture; takes `?w=200|400|800`. What it answers never changes."""
    return f"{_base}/media/{key}"


def clip_at(key: str) -> str:
    """The address of a short video that everybody may see."""
    return f"{_base}/media/clips/{key}.mp4"
