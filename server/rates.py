"""Leaky buckets in Valkey, shared by every process: how much a caller may do at once, and how fast it flows back.

A bucket holds the points spent and leaks `per_second`; a take that would make it run over is refused and changes
nothing. Each bucket is one key and each take one script on it, so any cluster can hold them; several takes are sent
together. Time is Valkey's own, so processes with different clocks agree.

Without Valkey every take is granted. Browsing must go on, and what stands behind the doors does not lean on these
buckets alone: signing in of staff is counted and locked in PostgreSQL, WeChat itself refuses login codes that are used
or wrong, and refresh tokens are 256 random bits. So an outage makes guessing no easier, only answers dearer.
"""

from __future__ import annotations

import asyncio
import hashlib
import math
import time
from collections.abc import Awaitable, Sequence
from dataclasses import dataclass
from typing import Any, cast

import structlog
from redis.asyncio import Redis
from redis.asyncio.cluster import RedisCluster
from redis.exceptions import NoScriptError, RedisError

from domain.record import record

# A Valkey that needs longer is as good as away. Not less: in an overloaded process the answer lies unread for a while,
# and that is when limits matter most.
PATIENCE = 1.0
# After a failure nobody asks again for a moment: everybody would wait for the same timeout.
PAUSE = 3.0
# Requests whose takes travel together at most.
MOST_TOGETHER = 500
LOG_EVERY = 30.0

log = structlog.get_logger()

# KEYS[1] the bucket; ARGV points, points per second, burst. The bucket is "level microseconds".
# Answers {1 or 0, the level now}; the level travels as text, because Lua's numbers become integers on the way.
TAKE = """
local points, rate, burst = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3])
local clock = redis.call('TIME')
local now = clock[1] * 1000000 + clock[2]
local level = 0
local kept = redis.call('GET', KEYS[1])
if kept then
  local before, at = string.match(kept, '^(%S+) (%S+)$')
  level = math.max(0, before - math.max(0, now - at) * rate / 1000000)
end
if level + points > burst then return {0, string.format('%.6f', level)} end
level = level + points
local life = math.ceil(level / rate * 1000) + 1000
redis.call('SET', KEYS[1], string.format('%.6f %.0f', level, now), 'PX', life)
return {1, string.format('%.6f', level)}
"""

# KEYS[1] the bucket; ARGV points. What leaked meanwhile is worked out by the next take, so the time stays as it is.
GIVE_BACK = """
local kept = redis.call('GET', KEYS[1])
if not kept then return {1, '0'} end
local before, at = string.match(kept, '^(%S+) (%S+)$')
local level = math.max(0, before - ARGV[1])
redis.call('SET', KEYS[1], string.format('%.6f %s', level, at), 'KEEPTTL')
return {1, string.format('%.6f', level)}
"""


@record
class Take:
    """Points wanted from a bucket that leaks `per_second` and holds `burst`."""

    bucket: str
    points: float
    per_second: float
    burst: float


@record
class Taken:
    """Whether the points were granted, how many are left, and after how many seconds as many will be there."""

    ok: bool
    left: float
    retry_after: float = 0.0


@dataclass(frozen=True)
class _Script:
    text: str

    @property
    def sha(self) -> str:
        return hashlib.sha1(self.text.encode(), usedforsecurity=False).hexdigest()


@dataclass(frozen=True)
class _Call:
    """One script on one key."""

    script: _Script
    sha: str
    bucket: str
    arguments: tuple[float, ...]


_TAKE, _GIVE_BACK = _Script(TAKE), _Script(GIVE_BACK)
_SHAS = {script: script.sha for script in (_TAKE, _GIVE_BACK)}


class Rates:
    """The buckets of one Valkey."""

    def __init__(self, redis: Redis) -> None:
        self._redis = redis
        self._away_until = 0.0
        self._log_after = 0.0
        self._waiting: list[tuple[Sequence[_Call], asyncio.Future[list[Any] | None]]] = []
        self._sending: asyncio.Task[None] | None = None
        self.counts = {"taken": 0, "refused": 0, "ungoverned": 0}

    async def take(self, bucket: str, points: float, *, per_second: float, burst: float) -> Taken:
        """Takes points from one bucket."""
        return (await self.take_all([Take(bucket, points, per_second, burst)]))[0]

    async def take_all(self, takes: Sequence[Take], *, unused: Sequence[tuple[str, float]] = ()) -> list[Taken]:
        """Takes from several buckets in one round trip: from all of them, or from none.

        A refused operation is not begun, so what was granted beside the refusal is given back. Points that were
        `unused` elsewhere are given back on the same way.
        """
        if not takes:
            return []
        calls = [_call(_TAKE, it.bucket, it.points, it.per_second, it.burst) for it in takes]
        answers = await self._ask([*_returns(unused), *calls])
        if answers is None:
            self.counts["ungoverned"] += 1
            return [Taken(True, each.burst) for each in takes]
        answers = answers[len(answers) - len(calls) :]
        found = [_taken(each, bool(ok), float(level)) for each, (ok, level) in zip(takes, answers, strict=True)]
        if all(each.ok for each in found):
            self.counts["taken"] += 1
            return found
        self.counts["refused"] += 1
        await self.give_back_all([(each.bucket, each.points) for each, it in zip(takes, found, strict=True) if it.ok])
        return found

    def snapshot(self) -> dict[str, int]:
        """Takes granted and refused so far, and those that nobody counted because Valkey was away."""
        return dict(self.counts)

    async def give_back(self, bucket: str, points: float) -> None:
        """Returns points that were taken and not used."""
        await self.give_back_all([(bucket, points)])

    async def give_back_all(self, unused: Sequence[tuple[str, float]]) -> None:
        """Returns points to several buckets in one round trip. Lost when Valkey is away, as the bucket may be."""
        await self._ask(_returns(unused))

    async def _ask(self, calls: Sequence[_Call]) -> list[Any] | None:
        """The answers in order; None when Valkey gives none."""
        if not calls:
            return []
        if time.monotonic() < self._away_until:
            return None
        answer: asyncio.Future[list[Any] | None] = asyncio.get_running_loop().create_future()
        self._waiting.append((calls, answer))
        if self._sending is None or self._sending.done():
            self._sending = asyncio.create_task(self._send_all())
        return await answer

    async def _send_all(self) -> None:
        """Sends what is waiting, all of it together, until nothing is.

        What arrives while one batch is on its way is the next. So a thousand requests at once neither open a thousand
        connections nor, when the pool of them is used up, pass as if Valkey were away.
        """
        while self._waiting:
            batch, self._waiting = self._waiting[:MOST_TOGETHER], self._waiting[MOST_TOGETHER:]
            answers = await self._asked([call for calls, _ in batch for call in calls])
            for calls, answer in batch:
                mine = None
                if answers is not None:
                    mine, answers = answers[: len(calls)], answers[len(calls) :]
                if not answer.done():  # its caller may have gone
                    answer.set_result(mine)

    async def _asked(self, calls: Sequence[_Call]) -> list[Any] | None:
        try:
            async with asyncio.timeout(PATIENCE):
                return await self._answers(calls)
        except (RedisError, OSError, TimeoutError) as error:
            self._note(error)
            return None

    def _note(self, error: BaseException) -> None:
        now = time.monotonic()
        self._away_until = now + PAUSE
        if now >= self._log_after:
            self._log_after = now + LOG_EVERY
            log.warning("rates.valkey_away", error=repr(error))

    async def _answers(self, calls: Sequence[_Call]) -> list[Any]:
        found = await self._send(calls, known=True)
        missing = [at for at, answer in enumerate(found) if isinstance(answer, NoScriptError)]
        # A server that was restarted or never asked knows no script yet; its text teaches it.
        for at, answer in zip(missing, await self._send([calls[at] for at in missing], known=False), strict=True):
            found[at] = answer
        for answer in found:
            if isinstance(answer, BaseException):
                raise answer
        return found

    async def _send(self, calls: Sequence[_Call], *, known: bool) -> list[Any]:
        if len(calls) > 1 and not isinstance(self._redis, RedisCluster):
            pipeline = self._redis.pipeline(transaction=False)
            for call in calls:
                _queue(pipeline, call, known)
            return list(await pipeline.execute(raise_on_error=False))
        if len(calls) == 1:
            return [await _alone(_queue(self._redis, calls[0], known))]
        # In a cluster each key may live elsewhere: the questions go out side by side.
        return list(await asyncio.gather(*(_queue(self._redis, call, known) for call in calls), return_exceptions=True))


async def _alone(answer: Awaitable[Any]) -> Any:
    """The answer or the error, as a pipeline would list it."""
    try:
        return await answer
    except RedisError as error:
        return error


def _queue(client: Any, call: _Call, known: bool) -> Awaitable[Any]:
    ask, script = (client.evalsha, call.sha) if known else (client.eval, call.script.text)
    return cast(Awaitable[Any], ask(script, 1, _key(call.bucket), *call.arguments))


def _returns(unused: Sequence[tuple[str, float]]) -> list[_Call]:
    return [_call(_GIVE_BACK, bucket, points) for bucket, points in unused if points > 0]


def _call(script: _Script, bucket: str, *arguments: float) -> _Call:
    return _Call(script, _SHAS[script], bucket, arguments)


def _key(bucket: str) -> str:
    # The braces keep whatever a bucket may need beside itself one day in the same slot of a cluster.
    return f"rate:{{{bucket}}}"


def _taken(asked: Take, ok: bool, level: float) -> Taken:
    if ok:
        return Taken(True, asked.burst - level)
    # What exceeds the whole bucket never fits; its caller may as well wait until the bucket is empty.
    too_much = min(level, level + asked.points - asked.burst)
    return Taken(False, max(0.0, asked.burst - level), max(0.0, too_much) / asked.per_second)


def whole_seconds(wait: float) -> int:
    """A `Retry-After`: at least a second, rounded up, since who comes back early is refused again."""
    return max(1, math.ceil(wait))
