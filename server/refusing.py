"""An operation that is turned away before it begins: unknown, too costly, too often, or when the house is full."""

from __future__ import annotations

from typing import Any


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
