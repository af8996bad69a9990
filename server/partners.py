"""The schema partners are given: made of the same classes as ours, less what is not for strangers.

Root fields are in it when they say `public=True`; fields of types unless they are `internal`. A type that no such field
leads to is not there at all, so mutations, subscriptions and everything behind a login cannot even be named.
"""

from __future__ import annotations

import hashlib

import strawberry
from starlette.requests import Request
from starlette.responses import Response
from strawberry.schema.config import StrawberryConfig
from strawberry.tools import merge_types
from strawberry.types.base import StrawberryObjectDefinition
from strawberry.types.field import StrawberryField

from domain.base import Viewer, ViewerKind
from resolvers import partners
from schema.audience import published
from schema.base import SCALARS
from server.graphql import ROOTS
from server.refusing import RequestRefused

HEAD = '''\
"""
昭通商城 for partners: what is on sale in Zhaotong, by whom, from where and at what price.

Operations go to /partner/graphql by POST (application/json: query, operationName, variables) or GET (the same as
parameters), with `Authorization: Bearer ztp_…`. They are charged points before they run: see `rateLimit`.
Money is in fen, weight in grams, time in UTC. Ids and codes never change; a cursor is good for the next page of the
same question. Texts are Chinese. A refusal has a stable `extensions.code`; branch on that, never on the sentence.
Fields are added at any time; one that goes is marked @deprecated for six months first.
"""
schema {
  query: Query
}
'''


class PartnerSchema(strawberry.Schema):
    def get_fields(self, type_definition: StrawberryObjectDefinition) -> list[StrawberryField]:
        return [field for field in super().get_fields(type_definition) if published(field)]


def make_partner_schema() -> PartnerSchema:
    roots = tuple(module.Query for module in ROOTS if hasattr(module, "Query"))
    query = merge_types("Query", (*roots, partners.Own))
    return PartnerSchema(query=query, config=StrawberryConfig(scalar_map=SCALARS))


partner_schema = make_partner_schema()
SDL = f"{HEAD}\n{partner_schema.as_str().strip()}\n"
ETAG = f'"{hashlib.sha256(SDL.encode()).hexdigest()[:32]}"'


def admits(viewer: Viewer) -> None:
    """Partners only, and not staff or buyers either: what they do is counted as their own, at our own door."""
    if viewer.kind is ViewerKind.ANONYMOUS:
        raise RequestRefused(401, "UNAUTHENTICATED", "请在请求头 Authorization 中带上有效的密钥：Bearer ztp_…")
    if viewer.kind is not ViewerKind.PARTNER:
        raise RequestRefused(403, "FORBIDDEN", "此接口只对合作伙伴开放")


async def serve_sdl(request: Request) -> Response:
    """The SDL as text; a reader that has it already gets 304. An hour old it may be, so a release is seen by then."""
    headers = {"etag": ETAG, "cache-control": "public, max-age=3600", "access-control-allow-origin": "*"}
    given = [each.strip().removeprefix("W/") for each in request.headers.get("if-none-match", "").split(",")]
    if ETAG in given or "*" in given:
        return Response(status_code=304, headers=headers)
    return Response(SDL, media_type="application/graphql; charset=utf-8", headers=headers)
