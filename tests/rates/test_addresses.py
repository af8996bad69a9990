"""The caller's address: the socket's, or what trusted proxies vouch for."""

from __future__ import annotations

from ipaddress import ip_network
from typing import Any

import pytest

from server.addresses import Addresses, counted_as

PROXIES = [ip_network("10.0.0.0/8"), ip_network("127.0.0.1"), ip_network("fd00::/8")]


def scope(peer: str | None, *forwarded: str) -> dict[str, Any]:
    headers = [(b"x-forwarded-for", line.encode("latin-1")) for line in forwarded]
    return {"type": "http", "client": (peer, 1234) if peer is not None else None, "headers": headers}


CASES = {
    "nobody in front": (scope("203.0.113.7"), "203.0.113.7"),
    "a stranger's claim": (scope("203.0.113.7", "1.1.1.1"), "203.0.113.7"),
    "one proxy": (scope("10.0.0.1", "203.0.113.7"), "203.0.113.7"),
    "two proxies": (scope("10.0.0.1", "203.0.113.7, 10.0.0.2"), "203.0.113.7"),
    "a lie on the left": (scope("10.0.0.1", "1.1.1.1, 203.0.113.7, 10.0.0.2"), "203.0.113.7"),
    "a lie in a line of its own": (scope("10.0.0.1", "1.1.1.1", "203.0.113.7"), "203.0.113.7"),
    "a lie that names a proxy": (scope("10.0.0.1", "10.9.9.9, 203.0.113.7"), "203.0.113.7"),
    "proxies only": (scope("10.0.0.1", "10.0.0.3, 10.0.0.2"), "10.0.0.3"),
    "a proxy that says nothing": (scope("10.0.0.1"), "10.0.0.1"),
    "nonsense": (scope("10.0.0.1", "nonsense"), "10.0.0.1"),
    "nonsense before a proxy": (scope("10.0.0.1", "unknown, 10.0.0.2"), "10.0.0.2"),
    "empty entries": (scope("10.0.0.1", "203.0.113.7, ,"), "10.0.0.1"),
    "a port": (scope("10.0.0.1", "203.0.113.7:5123"), "203.0.113.7"),
    "IPv6": (scope("fd00::1", "2001:db8::7"), "2001:db8::7"),
    "IPv6 in brackets with a port": (scope("fd00::1", '"[2001:db8::7]:443"'), "2001:db8::7"),
    "IPv4 in IPv6": (scope("::ffff:10.0.0.1", "::ffff:203.0.113.7"), "203.0.113.7"),
    "an interface": (scope("fe80::1%eth0"), "fe80::1"),
    "no socket address": (scope(None, "203.0.113.7"), ""),
    "a name": (scope("testclient", "203.0.113.7"), "testclient"),
    "a flood of entries": (scope("10.0.0.1", "1.1.1.1," * 100_000 + "203.0.113.7"), "203.0.113.7"),
    "a flood of proxies": (scope("10.0.0.1", "1.1.1.1," + "10.0.0.2," * 1_000 + "10.0.0.2"), "10.0.0.2"),
    "a very long entry": (scope("10.0.0.1", "9" * 100_000), "10.0.0.1"),
}


@pytest.mark.parametrize(("asked", "expected"), CASES.values(), ids=list(CASES))
def test_behind_trusted_proxies(asked: dict[str, Any], expected: str) -> None:
    assert Addresses(PROXIES).of(asked) == expected


def test_without_proxies_no_header_is_believed() -> None:
    assert Addresses().of(scope("127.0.0.1", "203.0.113.7")) == "127.0.0.1"


def test_an_ipv6_line_counts_as_one() -> None:
    assert counted_as("2001:db8:1:2:aaaa::1") == counted_as("2001:db8:1:2:bbbb::2") == "2001:db8:1:2::"
    assert counted_as("2001:db8:1:3::1") != counted_as("2001:db8:1:2::1")
    assert counted_as("203.0.113.7") == counted_as("::ffff:203.0.113.7") == "203.0.113.7"
    assert counted_as("") == counted_as("testclient") == "unknown"
