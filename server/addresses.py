"""From which address a caller comes: the socket's, unless the socket is a proxy we were told to believe."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from typing import TypeAlias

from starlette.datastructures import Headers
from starlette.types import Scope

from server.sizes import Network

Address: TypeAlias = IPv4Address | IPv6Address

# More proxies than anybody has in a row; a header of thousands of entries is not worth reading.
MOST_HOPS = 10


class Addresses:
    """Finds the caller's address behind trusted proxies."""

    def __init__(self, trusted: Sequence[Network] = ()) -> None:
        self._trusted = tuple(trusted)

    def of(self, scope: Scope) -> str:
        """The address as text, IPv4 where it is one; empty when the transport knows none."""
        client = scope.get("client")
        peer = client[0] if client else ""
        if not self._trusted:
            return _plain(peer)
        found = _parsed(peer)
        if found is None or not self._is_trusted(found):
            return _spelt(found) if found else peer
        return str(self._behind(found, Headers(scope=scope).getlist("x-forwarded-for")))

    def _behind(self, peer: Address, headers: Sequence[str]) -> Address:
        """Read from the right, each proxy vouches for the entry it wrote; left of a stranger's, all may be lies."""
        nearest = peer
        for entry in _hops(headers):
            found = _parsed(entry)
            if found is None:
                return nearest
            nearest = found
            if not self._is_trusted(found):
                return nearest
        return nearest

    def _is_trusted(self, address: Address) -> bool:
        return any(address in network for network in self._trusted)


def _hops(headers: Sequence[str]) -> Iterator[str]:
    """The nearest entries, the last one written first."""
    # Only the end is split: every entry has at most 50 characters or is none.
    tail = ",".join(headers)[-60 * MOST_HOPS :]
    return reversed(tail.split(",")[-MOST_HOPS:])


@lru_cache(maxsize=4096)
def _parsed(text: str) -> Address | None:
    """An address, also with a port, in brackets, or with an interface; None for anything else."""
    bare = text.strip().strip('"')
    if bare.startswith("["):
        bare = bare[1:].partition("]")[0]
    elif bare.count(":") == 1:
        bare = bare.partition(":")[0]
    try:
        found = ip_address(bare.partition("%")[0])
    except ValueError:
        return None
    return (found.ipv4_mapped or found) if isinstance(found, IPv6Address) else found


@lru_cache(maxsize=4096)
def _plain(text: str) -> str:
    """An address as we write it; what is none, as it was given."""
    found = _parsed(text)
    return str(found) if found else text


@lru_cache(maxsize=4096)
def _spelt(address: Address) -> str:
    return str(address)


@lru_cache(maxsize=4096)
def counted_as(address: str) -> str:
    """By what an address is counted: a line of IPv6 has a whole /64 to itself, so it counts as that."""
    found = _parsed(address)
    if isinstance(found, IPv6Address):
        return str(ip_network((found, 64), strict=False).network_address)
    return str(found) if found else "unknown"
