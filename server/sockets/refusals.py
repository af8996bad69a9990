"""The entries of `errors` for whatever ends an operation on a socket, and the close for what ends an introduction."""

from __future__ import annotations

from typing import Any

from domain.base import Refusal
from schema.audience import coded
from server.masking import told, unforeseen
from server.refusing import RequestRefused
from server.sockets.protocol import LATER, Ended


def errors_of(error: Exception) -> list[dict[str, Any]]:
    """Refusals keep their words; anything else is logged, not told."""
    if isinstance(error, Refusal):
        return told([coded(error)])
    refused = error if isinstance(error, RequestRefused) else unforeseen(error)
    return refused.errors()


def ended_by(error: Exception) -> Ended:
    """How a socket closes whose viewer could not be found out: a bad token, or a server of ours that is away."""
    return error if isinstance(error, Ended) else Ended(LATER, unforeseen(error).code)
