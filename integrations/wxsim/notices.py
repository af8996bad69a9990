"""Notifications: how one is written down, encrypted, signed, and when it is tried again."""

import base64
import json
import secrets
import uuid
from datetime import datetime, timedelta
from typing import Any

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from .records import Answer, Notice
from .wire import sign_headers
from .world import World, rfc3339

# After a bad answer WeChat Pay waits this long for the next try; then it gives up (24 h 4 m in all).
RETRY_SECONDS = (15, 15, 30, 180, 600, 1200, 1800, 1800, 1800, 3600, 10800, 10800, 10800, 21600, 21600)
STALE_SECONDS = 301
STRANGE_SERIAL = "PUB_KEY_ID_0114232134912410000000000009"


def announce(
    world: World,
    about: str,
    event_type: str,
    original_type: str,
    summary: str,
    resource: dict[str, Any],
    notify_url: str,
    *,
    lost: bool = False,
) -> Notice:
    """Puts a notification on its way under the policy of the moment."""
    now = world.clock.now()
    notice = Notice(
        id=str(uuid.uuid4()),
        about=about,
        event_type=event_type,
        original_type=original_type,
        summary=summary,
        resource=resource,
        notify_url=notify_url,
        created_at=now,
        next_at=now + timedelta(seconds=world.policy.delay),
    )
    if lost or world.policy.drop:
        notice.state, notice.next_at = "LOST", None
    elif world.policy.reorder:
        notice.state, notice.next_at = "HELD", None
    world.notices.put(notice)
    world.wake.set()
    return notice


def envelope(world: World, notice: Notice) -> bytes:
    """The body of one attempt; the nonce is new each time, the id is not."""
    nonce = secrets.token_hex(6)
    plain = json.dumps(notice.resource, ensure_ascii=False, separators=(",", ":")).encode()
    sealed = AESGCM(world.keys.apiv3_key.encode()).encrypt(nonce.encode(), plain, notice.original_type.encode())
    body = {
        "id": notice.id,
        "create_time": rfc3339(notice.created_at),
        "resource_type": "encrypt-resource",
        "event_type": notice.event_type,
        "summary": notice.summary,
        "resource": {
            "original_type": notice.original_type,
            "algorithm": "AEAD_AES_256_GCM",
            "ciphertext": base64.b64encode(sealed).decode("ascii"),
            "associated_data": notice.original_type,
            "nonce": nonce,
        },
    }
    return json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode()


def headers(
    world: World, raw: bytes, *, probe: bool = False, stale: bool = False, strange: bool = False
) -> dict[str, str]:
    """The headers of one attempt, misbehaving as asked."""
    signed = sign_headers(world, raw, age=STALE_SECONDS if stale else 0, serial=STRANGE_SERIAL if strange else None)
    if probe:
        signed["Wechatpay-Signature"] = "WECHATPAY/SIGNTEST/" + signed["Wechatpay-Signature"]
    identity = {"Content-Type": "application/json", "User-Agent": "Mozilla/4.0", "Request-ID": secrets.token_hex(16)}
    return {**identity, **signed}


def settle_answer(notice: Notice, at: datetime, status: int) -> None:
    """200 or 204 ends it; anything else, or no answer in time (0), moves it along the retry schedule."""
    notice.answers.append(Answer(at, status))
    tried = len(notice.answers)
    if status in (200, 204):
        notice.state, notice.next_at = "DELIVERED", None
    elif tried > len(RETRY_SECONDS):
        notice.state, notice.next_at = "EXHAUSTED", None
    else:
        # From when it was due, not from now: a clock moved by a day then runs the whole schedule.
        notice.next_at = (notice.next_at or at) + timedelta(seconds=RETRY_SECONDS[tried - 1])
