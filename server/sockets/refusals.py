"""The entries of `errors` for whatever ends an operation on a socket."""

from __future__ import annotations

from typing import Any

from domain.base import Refusal
from schema.audience import coded
from server.masking import told, unforeseen
from server.refusing import RequestRefused


def errors_of(error: Exception) -> list[dict[str, Any]]:
    """Refusals keep their words; anything else is logged, not told."""
    if isinstance(error, Refusal):
        return told([coded(error)])
    refused = error if isinstance(error, RequestRefused) else unforeseen(error)
    return refused.errors()
