"""Message push: one URL on which WeChat reports events, in safe mode (signed and AES-encrypted)."""

import hmac
import json
import struct
from collections.abc import Mapping
from hashlib import sha1
from typing import Any

from wechatpy.crypto import WeChatCrypto
from wechatpy.exceptions import WeChatException


class PushRejected(Exception):
    """The push is not from WeChat, or not for this app. Answer 4xx; nothing of it was used."""


class PushGate:
    """Checks and opens pushes. `encoding_aes_key` is the 43-character EncodingAESKey of the console."""

    def __init__(self, token: str, encoding_aes_key: str, appid: str) -> None:
        self._token = token
        self._crypto = WeChatCrypto(token, encoding_aes_key, appid)

    def echo(self, query: Mapping[str, str]) -> str:
        """What to answer to the GET by which the console verifies the URL."""
        try:
            signature, echo = query["signature"], query["echostr"]
            expected = self._sign(query["timestamp"], query["nonce"])
        except KeyError as error:
            raise PushRejected(f"missing {error}") from error
        if not hmac.compare_digest(signature.encode(), expected.encode()):
            raise PushRejected("the signature does not match")
        return echo

    def open(self, query: Mapping[str, str], raw_body: bytes) -> dict[str, Any]:
        """The event inside a safe-mode POST. The caller dedupes on FromUserName + CreateTime + Event."""
        try:
            envelope = json.loads(raw_body)
            sealed = str(envelope["Encrypt"])
            signature, stamp, nonce = query["msg_signature"], query["timestamp"], query["nonce"]
        except (ValueError, KeyError, TypeError) as error:
            raise PushRejected("not a safe-mode push") from error
        if not hmac.compare_digest(signature.encode(), self._sign(stamp, nonce, sealed).encode()):
            raise PushRejected("the signature does not match")
        return self._decrypt(sealed, signature, stamp, nonce)

    def _decrypt(self, sealed: str, signature: str, stamp: str, nonce: str) -> dict[str, Any]:
        try:
            # A dict, not the JSON text: wechatpy would take a string for XML.
            event = json.loads(self._crypto.decrypt_message({"Encrypt": sealed}, signature, stamp, nonce))
        except (WeChatException, ValueError, KeyError, IndexError, struct.error) as error:
            raise PushRejected("the push does not open with our key, or is for another app") from error
        if not isinstance(event, dict):
            raise PushRejected("not an event")
        return event

    def _sign(self, *parts: str) -> str:
        return sha1("".join(sorted((self._token, *parts))).encode()).hexdigest()
