"""An operation that is turned away before it begins: unknown, too costly, too often, or when the house is full."""

from __future__ import annotations

from typing import Any, Self


class RequestRefused(Exception):
    """Answered with an HTTP status of its own and one coded error; nothing was executed."""

    def __init__(
        self,
        status: int,
        code: str,
        message: str,
        *,
        retry_after: float | None = None,
        extensions: dict[str, Any] | None = None,
    ) -> None:
        """`message` is a Chinese sentence for users; `retry_after` is in seconds."""
        super().__init__(message)
        self.status = status
        self.code = code
        self.message = message
        self.retry_after = retry_after
        self.extensions = extensions or {}

    def told(self) -> dict[str, Any]:
        """The entry of `errors`."""
        return {"message": self.message, "extensions": {"code": self.code, **self.extensions}}

    def errors(self) -> list[dict[str, Any]]:
        """All entries of `errors`: one, except for what GraphQL itself finds wrong."""
        return [self.told()]

    def again(self) -> Self:
        """The same refusal, to be raised anew: an exception keeps alive whatever it was raised through."""
        fresh = type(self).__new__(type(self))
        fresh.__dict__.update(self.__dict__)
        fresh.args = self.args
        return fresh


class Mistaken(RequestRefused):
    """The document or its variables are wrong: everything that GraphQL finds, in its own words and places."""

    def __init__(self, found: list[dict[str, Any]]) -> None:
        """`found` are entries of `errors`, masked."""
        super().__init__(400, found[0]["extensions"]["code"], found[0]["message"])
        self.found = found

    def told(self) -> dict[str, Any]:
        return self.found[0]

    def errors(self) -> list[dict[str, Any]]:
        return self.found
