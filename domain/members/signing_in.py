"""Signing in with WeChat: code, tokens, devices."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True)
class WechatAccount:
    """Who a login code stands for."""

    openid: str
    unionid: str | None


class WechatIdentity(Protocol):
    """What signing in asks of WeChat. Both raise Invalid for a code that is wrong, used or too old, Unavailable else."""

    async def account_of(self, code: str) -> WechatAccount: ...

    async def phone_of(self, code: str) -> str:
        """The phone number in E.164, +86…."""
        ...
