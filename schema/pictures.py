"""A picture as every part of the mall shows it."""

from __future__ import annotations

import strawberry

from domain.media import clip_at, shown_at
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
    focus_x: int = strawberry.field(
        description="Where to look, in thousandths from the left: what does not fit is cut off around it."
    )
    focus_y: int = strawberry.field(description="The same from the top.")


@strawberry.type(description="A short video of at most a minute: MP4 with H.264. `url` takes ranges; it never changes.")
class Clip(RowType):
    url: str = derived(clip_at, "key")
    width: int
    height: int
    milliseconds: int
