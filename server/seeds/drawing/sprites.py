"""The drawer of sprites: each drawn once per process, by name and tint, as "apple:red"."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

from PIL import Image

Draw = Callable[[str], Image.Image]

_drawers: dict[str, Draw] = {}


def draws(name: str) -> Callable[[Draw], Draw]:
    """Marks a function as the one that draws sprite `name`; it is given the tint."""

    def keep(drawer: Draw) -> Draw:
        _drawers[name] = drawer
        return drawer

    return keep


@lru_cache(maxsize=64)
def sprite(kind: str) -> Image.Image:
    """The picture for "name" or "name:tint"."""
    name, _, tint = kind.partition(":")
    return _drawers[name](tint)


def known() -> list[str]:
    return sorted(_drawers)
