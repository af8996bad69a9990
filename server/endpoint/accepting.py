"""Which of the two media types of GraphQL over HTTP a caller wants."""

from __future__ import annotations

from functools import lru_cache

from server.refusing import RequestRefused

# A status of its own for what never became a result; the other answers every well-formed request with 200.
RESPONSE = "application/graphql-response+json"
JSON = "application/json"
LONGEST = 1000


@lru_cache(maxsize=256)
def accepted(header: bytes) -> str:
    """The media type to answer with, by the caller's Accept; NOT_ACCEPTABLE when he takes neither.

    Who names neither by name, or says nothing, gets `application/json`; who names both alike, the newer one.
    """
    if not header.strip():
        return JSON
    wanted = [_range(part) for part in header[:LONGEST].decode("latin-1").lower().split(",")]
    response, json = _quality(wanted, RESPONSE), _quality(wanted, JSON)
    if max(response, json)[0] <= 0:
        raise RequestRefused(406, "NOT_ACCEPTABLE", f"响应只能是 {RESPONSE} 或 {JSON}")
    if response[0] == json[0]:
        return RESPONSE if response[1] == _SPECIFIC else JSON
    return RESPONSE if response[0] > json[0] else JSON


_SPECIFIC = 2


def _range(part: str) -> tuple[str, float]:
    media, *parameters = (piece.strip() for piece in part.split(";"))
    weights = [piece[2:] for piece in parameters if piece.startswith("q=")]
    try:
        return media, float(weights[0]) if weights else 1.0
    except ValueError:
        return media, 0.0


def _quality(wanted: list[tuple[str, float]], media: str) -> tuple[float, int]:
    """The weight of the most specific range that holds the type, and how specific that range is."""
    ranges = {media: _SPECIFIC, "application/*": 1, "*/*": 0}
    found = [(ranges[each], weight) for each, weight in wanted if each in ranges]
    specific, weight = max(found, default=(-1, 0.0))
    return weight, specific
