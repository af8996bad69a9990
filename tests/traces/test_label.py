"""The address on a lot's label leads to its page, and nowhere else."""

from __future__ import annotations

import httpx
import pytest
from starlette.applications import Starlette
from starlette.routing import Route

from server.app import label


@pytest.mark.parametrize(
    ("number", "place"),
    [
        ("L261130481633096", "/#/pkg-trace/lot/lot?number=L261130481633096"),
        ("PA7F1R0XK62834", "/#/pkg-trace/lot/lot?piece=PA7F1R0XK62834"),
        ("evil.example", "/"),
        ("L1%26x=1", "/"),
        ("码" * 4, "/"),
        ("L" * 21, "/"),
    ],
)
async def test_a_label_leads_to_its_lot(number: str, place: str) -> None:
    app = httpx.ASGITransport(Starlette(routes=[Route("/t/{number}", label)]))
    async with httpx.AsyncClient(transport=app, base_url="http://mall") as client:
        assert (await client.get(f"/t/{number}")).headers["location"] == place
