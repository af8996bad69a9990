"""How much one process does at once, for how long, and how much one caller may ask: the settings a busy day changes."""

from __future__ import annotations

from ipaddress import IPv4Network, IPv6Network, ip_network
from typing import Annotated, Any, TypeAlias

from pydantic import Field, field_validator
from pydantic_settings import BaseSettings, NoDecode

from domain.base import Budget

Network: TypeAlias = IPv4Network | IPv6Network


def setting(name: str, meaning: str, **how: Any) -> Any:
    return Field(validation_alias=name, description=meaning, **how)


def _budget(name: str, whose: str, per_second: int, burst: int) -> Any:
    meaning = f"points per second and at most saved up of {whose}, such as {per_second}/{burst}"
    return setting(name, meaning, default=Budget(per_second, burst))


class Sizes(BaseSettings):
    """The part of the settings that says how much; every size has a default that fits a process with 15 connections."""

    trusted_proxies: Annotated[tuple[Network, ...], NoDecode] = setting(
        "MALL_TRUSTED_PROXIES",
        "addresses or networks, separated by commas, whose X-Forwarded-For is believed, such as 10.0.0.0/8",
        default=(),
    )

    rate_factor: float = setting(
        "MALL_RATE_FACTOR",
        "a number above 0 by which every rate and budget but a partner's is multiplied",
        default=1.0,
        gt=0,
        le=1_000_000,
    )
    member_budget: Annotated[Budget, NoDecode] = _budget("MALL_MEMBER_POINTS", "one member", 500, 10_000)
    staff_budget: Annotated[Budget, NoDecode] = _budget("MALL_STAFF_POINTS", "one person of the staff", 1_000, 20_000)
    # Whole towns share one address of a mobile network, so an address may do more than a person.
    address_budget: Annotated[Budget, NoDecode] = _budget(
        "MALL_ADDRESS_POINTS", "all who are not signed in at one address", 2_000, 40_000
    )

    # Browsing and exports together leave a few connections of the pool to the checkout. Orders wait for a common commit
    # without holding a connection: there is room for a whole group being committed and for the next one gathering.
    room_checkout: int = setting("MALL_ROOM_CHECKOUT", "how many checkout operations run at once", default=512, ge=1)
    room_browse: int = setting("MALL_ROOM_BROWSE", "how many other operations run at once", default=10, ge=1)
    room_export: int = setting("MALL_ROOM_EXPORT", "how many exports run at once", default=1, ge=1)
    queue_seconds: float = setting(
        "MALL_QUEUE_SECONDS", "how many seconds an operation waits for room, from 0 to 10", default=1.0, ge=0, le=10
    )

    deadline_checkout: float = setting(
        "MALL_DEADLINE_CHECKOUT", "seconds a checkout operation may take, from 1 to 25", default=15.0, ge=1, le=25
    )
    deadline_browse: float = setting(
        "MALL_DEADLINE_BROWSE", "seconds any other operation may take, from 1 to 25", default=5.0, ge=1, le=25
    )
    deadline_export: float = setting(
        "MALL_DEADLINE_EXPORT", "seconds an export may take, from 1 to 600", default=60.0, ge=1, le=600
    )

    near_seconds: float = setting(
        "MALL_NEAR_SECONDS",
        "how many seconds a process remembers whom a token stands for, from 0 to 10",
        default=10.0,
        ge=0,
        le=10,
    )

    sockets: int = setting("MALL_SOCKETS", "how many sockets a process has open at most", default=20_000, ge=1)
    sockets_of_address: int = setting(
        "MALL_SOCKETS_OF_ADDRESS", "how many of them one address may have", default=500, ge=1
    )
    sockets_of_viewer: int = setting(
        "MALL_SOCKETS_OF_VIEWER", "how many of them one member or one person of the staff may have", default=20, ge=1
    )

    kept_megabytes: int = setting(
        "MALL_KEPT_MEGABYTES",
        "megabytes in which a process keeps answers for whoever is not signed in, from 0 (none) to 4096",
        default=64,
        ge=0,
        le=4096,
    )

    @field_validator("trusted_proxies", mode="before")
    @classmethod
    def _networks(cls, value: object) -> object:
        if not isinstance(value, str):
            return value
        return tuple(ip_network(part.strip()) for part in value.split(",") if part.strip())

    @field_validator("member_budget", "staff_budget", "address_budget", mode="before")
    @classmethod
    def _points(cls, value: object) -> object:
        if not isinstance(value, str):
            return value
        per_second, _, burst = value.partition("/")
        made = Budget(int(per_second), int(burst))
        if not 1 <= made.per_second <= made.burst:
            raise ValueError("a burst is no smaller than what flows back in a second")
        return made

    @property
    def statement_timeout(self) -> int:
        """Milliseconds after which PostgreSQL itself ends a statement of an operation: one second after its deadline.

        The deadline cancels what the operation awaits; this ends what it no longer waits for. An export sets its own.
        """
        return int((max(self.deadline_checkout, self.deadline_browse) + 1) * 1000)
