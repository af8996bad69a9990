"""Content security: msg_sec_check answers at once, media_check_async by a signed and sealed push a moment later."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from starlette.routing import Route

from .pushes import SENDER, Pusher
from .store import Table
from .tokens import Errcode, api_route
from .world import World

MOST_TRIES = 4
MOST_LETTERS = 2500
GOOD = ("pass", 100)
# What the simulator takes amiss, with WeChat's label; the real one is cleverer.
RISKY = {"赌博网站": 20006, "色情服务": 20002, "枪支出售": 20006, "诈骗教程": 20008}
DOUBTFUL = {"最便宜的药": 10001, "内部消息": 21000, "加我好友领钱": 10001}


@dataclass
class MediaCheck:
    """A picture somebody asked about; `due_at` is None once its verdict was taken, or given up."""

    trace_id: str
    media_url: str
    openid: str
    due_at: datetime | None
    suggest: str
    label: int
    tries: int = 0

    @property
    def key(self) -> str:
        return self.trace_id


@dataclass
class ContentPolicy:
    """What is said of the next pictures and texts, how long it takes, and whether pushes get lost or come twice."""

    picture: tuple[str, int] = GOOD
    text: tuple[str, int] | None = None
    delay: float = 1.0
    drop: bool = False
    duplicate: int = 0
    # People who were not here within two hours, by openid.
    away: set[str] = field(default_factory=set)


class ContentSim:
    def __init__(self, world: World, pusher: Pusher) -> None:
        self._world, self._pusher = world, pusher
        self.policy = ContentPolicy()
        self.checks = Table(world.store, MediaCheck, lambda check: check.due_at is not None)

    def routes(self) -> list[Route]:
        return [
            api_route("/wxa/msg_sec_check", lambda world, body: self._text(body)),
            api_route("/wxa/media_check_async", lambda world, body: self._media(body)),
        ]

    # -- the two calls

    def _text(self, body: Mapping[str, Any]) -> dict[str, Any]:
        content = body.get("content")
        self._check(body)
        if not isinstance(content, str) or not content:
            raise Errcode(44002, "empty post data")
        if len(content) > MOST_LETTERS:
            raise Errcode(45002, "content size out of limit")
        suggest, label, keyword = self._opinion(content)
        detail = {"strategy": "content_model", "errcode": 0, "suggest": suggest, "label": label, "prob": 90}
        found = [detail]
        if keyword:
            found.append({"strategy": "keyword", "errcode": 0, "label": label, "level": 90, "keyword": keyword})
        trace_id = secrets.token_hex(16)
        return {"trace_id": trace_id, "result": {"suggest": suggest, "label": label}, "detail": found}

    def _opinion(self, content: str) -> tuple[str, int, str]:
        if self.policy.text is not None:
            return (*self.policy.text, "")
        for suggest, words in (("risky", RISKY), ("review", DOUBTFUL)):
            for word, label in words.items():
                if word in content:
                    return suggest, label, word
        return (*GOOD, "")

    def _media(self, body: Mapping[str, Any]) -> dict[str, Any]:
        self._check(body)
        if body.get("media_type") not in (1, 2):
            raise Errcode(40004, "invalid media type")
        url = body.get("media_url")
        if not isinstance(url, str) or not url.startswith(("http://", "https://")):
            raise Errcode(43302, "invalid media_url")
        due = self._world.clock.now() + timedelta(seconds=self.policy.delay)
        check = MediaCheck(secrets.token_hex(16), url, str(body["openid"]), due, *self.policy.picture)
        self.checks.put(check)
        return {"trace_id": check.trace_id}

    def _check(self, body: Mapping[str, Any]) -> None:
        if body.get("version") != 2:
            raise Errcode(44991, "version error")
        if body.get("scene") not in (1, 2, 3, 4):
            raise Errcode(40129, "invalid scene")
        openid = body.get("openid")
        if not isinstance(openid, str) or not openid:
            raise Errcode(40003, "invalid openid")
        if openid in self.policy.away:
            raise Errcode(61010, "code is expired")

    # -- the push

    async def push_due(self) -> None:
        if not self._pusher.url:
            return
        now = self._world.clock.now()
        for check in [each for each in self.checks.waiting() if each.due_at and each.due_at <= now]:
            await self._push(check)

    async def _push(self, check: MediaCheck) -> None:
        check.tries += 1
        taken = self.policy.drop or await self._told(check)
        again = None if taken or check.tries >= MOST_TRIES else self._world.clock.now() + timedelta(seconds=5)
        check.due_at = again
        self.checks.put(check)

    async def _told(self, check: MediaCheck) -> bool:
        return await self._pusher.send(await self._event(check), copies=1 + self.policy.duplicate)

    async def _event(self, check: MediaCheck) -> dict[str, Any]:
        """WeChat fetches the picture itself; what it cannot fetch it does not judge."""
        errcode = 0 if await self._pusher.fetched(check.media_url) else -1008
        found = {"strategy": "content_model", "errcode": errcode, "suggest": check.suggest, "label": check.label}
        event: dict[str, Any] = {
            "ToUserName": SENDER,
            "FromUserName": check.openid,
            "CreateTime": int(self._world.clock.now().timestamp()),
            "MsgType": "event",
            "Event": "wxa_media_check",
            "appid": self._world.keys.appid,
            "trace_id": check.trace_id,
            "version": 2,
            "errcode": errcode,
            "errmsg": "ok" if errcode == 0 else "download media failed",
            "detail": [{**found, "prob": 90}],
        }
        if errcode == 0:
            event["result"] = {"suggest": check.suggest, "label": check.label}
        return event

    def plain(self) -> list[object]:
        return self.checks.plain()
