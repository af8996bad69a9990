"""Leaving a plan: plain execution takes over, and its answer is the one that counts."""

from __future__ import annotations


class Left(Exception):
    """What a plan cannot answer as graphql-core would; `reason` is for an operator."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def reason_of(error: BaseException) -> str:
    """Why a plan was left, in few distinct words: it labels a counter."""
    return error.reason if isinstance(error, Left) else type(error).__name__
