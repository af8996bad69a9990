"""A picture as every part of the mall shows it."""

from __future__ import annotations

import strawberry

from domain.media import shown_at
from schema.relations import RowType, derived


@strawberry.type(
    description="A picture. `url` is a path on this host, or an address of the mall's CDN, and takes ?w=200|400|800 "
    "for a WebP of that width; what it answers never changes. `width` and `height` are of the whole picture, in pixels."
)
class Image(RowType):
    url: str = derived(shown_at, "key")
    alt: str
    width: int
    height: int
