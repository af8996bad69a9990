"""The message push: events go out signed and sealed, to where WeChat's console would say."""

import asyncio
import base64
import json
import logging
import secrets
import struct
from collections.abc import Awaitable, Callable
from hashlib import sha1
from typing import Any

import httpx
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

from .world import World

SENDER = "gh_simulator"
LOOK_EVERY = 0.5
log = logging.getLogger(__name__)


class Pusher:
    """`url` is what WeChat's console would hold; nothing is pushed before it is known."""

    def __init__(self, world: World, url: str | None) -> None:
        self._world, self.url = world, url
        self._http = httpx.AsyncClient(timeout=5, trust_env=False)

    async def run(self, *due: Callable[[], Awaitable[None]]) -> None:
        """Pushes for ever what is due."""
        while True:
            for push_due in due:
                try:
                    await push_due()
                except Exception:  # one bad answer must not end the pushes of the others
                    log.exception("a push stumbled")
            await asyncio.sleep(LOOK_EVERY)

    async def send(self, event: dict[str, Any], *, copies: int = 1) -> bool:
        """Whether it was taken, by the answer "success" to one of the copies."""
        assert self.url is not None
        query, body = self.sealed(event)
        good = False
        for _ in range(copies):
            try:
                reply = await self._http.post(self.url, params=query, content=body)
                good = good or (reply.is_success and reply.text == "success")
            except httpx.HTTPError as error:
                log.warning("a push was not taken: %r", error)
        return good

    async def fetched(self, url: str) -> bool:
        """Whether something is to be had there."""
        try:
            return (await self._http.get(url)).is_success
        except httpx.HTTPError:
            return False

    def sealed(self, event: dict[str, Any]) -> tuple[dict[str, str], bytes]:
        """A safe-mode push: the query it is sent with, and its body."""
        keys = self._world.keys
        stamp, nonce = str(int(self._world.clock.wire().timestamp())), secrets.token_hex(5)
        sealed = _encrypt(json.dumps(event, ensure_ascii=False), keys.push_aes_key, keys.appid)
        query = {"timestamp": stamp, "nonce": nonce, "signature": _sign(keys.push_token, stamp, nonce)}
        query |= {"encrypt_type": "aes", "msg_signature": _sign(keys.push_token, stamp, nonce, sealed)}
        return query, json.dumps({"ToUserName": SENDER, "Encrypt": sealed}).encode()

    async def aclose(self) -> None:
        await self._http.aclose()


def _sign(*parts: str) -> str:
    return sha1("".join(sorted(parts)).encode()).hexdigest()


def _encrypt(text: str, encoding_key: str, appid: str) -> str:
    """AES-256-CBC with WeChat's own frame: 16 random bytes, the length, the text, the app; PKCS#7 of 32."""
    key, raw = base64.b64decode(f"{encoding_key}="), text.encode()
    framed = secrets.token_bytes(16) + struct.pack(">I", len(raw)) + raw + appid.encode()
    padding = 32 - len(framed) % 32
    encryptor = Cipher(algorithms.AES(key), modes.CBC(key[:16])).encryptor()
    return base64.b64encode(encryptor.update(framed + bytes([padding]) * padding) + encryptor.finalize()).decode()
