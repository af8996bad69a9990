"""A picture as every part of the mall shows it."""

from __future__ import annotations

import strawberry

from schema.relations import RowType, derived


def picture_url(key: str) -> str:
    return f"/media/{key}"


@strawberry.type(description="A picture; `url` takes ?w=200|400|800 and answers WebP of that width.")
class Image(RowType):
    url: str = derived(picture_url, "key")
    alt: str
    width: int
    height: int
