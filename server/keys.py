"""Keys by number, as settings hold them; and the keys by which the platform signs what it says of lots."""

from __future__ import annotations

import base64
import binascii

from pydantic import SecretStr, field_validator

from server.sizes import setting
from server.tracker import TrackerSettings

KEY_SECRETS = ("MALL_DATA_KEYS", "MALL_INDEX_KEY", "MALL_TRACE_KEYS")


class KeySettings(TrackerSettings):
    """Ed25519 seeds: a new one is put in front, the old ones stay, so that what they signed can still be checked."""

    trace_keys: SecretStr = setting(
        "MALL_TRACE_KEYS", "number:key pairs separated by commas, each key 32 bytes in base64, the first one signs"
    )

    @field_validator("trace_keys")
    @classmethod
    def _are_trace_keys(cls, value: SecretStr) -> SecretStr:
        keyring(value)
        return value

    @property
    def trace_keyring(self) -> dict[int, bytes]:
        """Signing keys by number, in the order given; the first one signs, all of them are believed."""
        return keyring(self.trace_keys)


def unbase64(text: str) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except binascii.Error as error:
        raise ValueError("not base64") from error


def keyring(value: SecretStr) -> dict[int, bytes]:
    keys: dict[int, bytes] = {}
    for pair in value.get_secret_value().split(","):
        number, _, key = pair.strip().partition(":")
        if int(number) in keys or not 0 < int(number) < 256:
            raise ValueError("a key number is used twice or out of range")
        keys[int(number)] = unbase64(key)
        if len(keys[int(number)]) != 32:
            raise ValueError("a key is not 32 bytes")
    return keys
