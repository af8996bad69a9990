"""A picture as every part of the mall shows it."""

from __future__ import annotations

import strawberry

from schema.relations import RowType, derived


def picture_url(key: str) -> str:
    return f"/media/{key}"


@strawberry.type(
    description="A picture. `url` is a path on this host and takes ?w=200|400|800 for a WebP of that width; what it "
    "answers never changes. `width` and `height` are of the whole picture, in pixels."
)
class Image(RowType):
    url: str = derived(picture_url, "key")
    alt: str
    width: int
    height: int
