"""The gate of flash sales in Valkey, shared by every process: one script, run whole, so that nobody slips in between.

All keys of an offer share its braces, so in a cluster they live on one server. Questions that come together travel
together. What Valkey forgets is built anew: see `domain.flash.gate`.
"""

from __future__ import annotations

import asyncio
import hashlib
import time
from collections.abc import Sequence
from typing import Any
from uuid import UUID

import structlog
from redis.asyncio import Redis, RedisCluster
from redis.exceptions import NoScriptError

from domain.flash import INSIDE_SECONDS, MOST_FORGOTTEN, WAITING_SECONDS, GateAway, Passage

# A Valkey that needs longer is as good as away; and then nobody asks it for a moment.
PATIENCE, PAUSE = 1.0, 2.0
MOST_TOGETHER = 500
# Keys of a sale that nobody asks about any more.
KEEP_SECONDS = 26 * 3600

log = structlog.get_logger()

# KEYS: number of pieces, who is inside, the queue, when each was last heard, counters, who ever came.
# ARGV: what is done, the member, now, a number, a mark.
SCRIPT = f"""
local left, inside, queue, heard, counts, came = KEYS[1], KEYS[2], KEYS[3], KEYS[4], KEYS[5], KEYS[6]
local what, member, now, number = ARGV[1], ARGV[2], tonumber(ARGV[3]), tonumber(ARGV[4])
for _, key in ipairs(KEYS) do redis.call('EXPIRE', key, {KEEP_SECONDS}) end
if what == 'mark' then return {{tonumber(redis.call('HGET', counts, 'changes') or 0)}} end
if what == 'came' then return {{redis.call('SCARD', came)}} end
if what == 'tell' then
  if redis.call('EXISTS', left) == 0 or (redis.call('HGET', counts, 'changes') or '0') == ARGV[5] then
    redis.call('SET', left, number, 'EX', {KEEP_SECONDS})
  end
  return {{1}}
end
if what == 'leave' then
  redis.call('ZREM', inside, member)
  if number > 0 then
    if redis.call('EXISTS', left) == 1 then redis.call('DECRBY', left, number) end
    redis.call('HINCRBY', counts, 'changes', 1)
  end
  return {{1}}
end
local pieces = redis.call('GET', left)
if not pieces then return {{-1}} end
pieces = tonumber(pieces)
redis.call('ZREMRANGEBYSCORE', inside, '-inf', now)
if redis.call('ZSCORE', inside, member) then return {{0}} end
if not redis.call('ZSCORE', queue, member) then
  redis.call('ZADD', queue, redis.call('HINCRBY', counts, 'number', 1), member)
  redis.call('SADD', came, member)
end
redis.call('ZADD', heard, now, member)
for _, first in ipairs(redis.call('ZRANGE', queue, 0, {MOST_FORGOTTEN - 1})) do
  local seen = redis.call('ZSCORE', heard, first)
  if not seen or tonumber(seen) < now - {WAITING_SECONDS} then
    redis.call('ZREM', queue, first)
    redis.call('ZREM', heard, first)
  end
end
local rank = redis.call('ZRANK', queue, member)
local places = 0
if pieces > 0 then places = pieces + math.floor((pieces + 9) / 10) end
if rank < places - redis.call('ZCARD', inside) then
  redis.call('ZREM', queue, member)
  redis.call('ZREM', heard, member)
  redis.call('ZADD', inside, now + {INSIDE_SECONDS}, member)
  return {{0}}
end
return {{rank + 1}}
"""
SHA = hashlib.sha1(SCRIPT.encode(), usedforsecurity=False).hexdigest()
PARTS = ("left", "inside", "queue", "heard", "counts", "came")


class Turnstile:
    """The gate of one Valkey. One per process and event loop."""

    def __init__(self, redis: Redis | RedisCluster) -> None:
        self._redis = redis
        self._away_until = 0.0
        self._waiting: list[tuple[list[Any], asyncio.Future[int | None]]] = []
        self._sending: asyncio.Task[None] | None = None

    async def ask(self, offer_id: UUID, member_id: UUID, now: float) -> Passage | None:
        place = await self._run(offer_id, "ask", str(member_id), now)
        return None if place < 0 else Passage(place == 0, place)

    async def mark(self, offer_id: UUID) -> int:
        return await self._run(offer_id, "mark")

    async def tell(self, offer_id: UUID, left: int, mark: int) -> None:
        await self._run(offer_id, "tell", "", 0, left, mark)

    async def leave(self, offer_id: UUID, member_id: UUID, took: int) -> None:
        await self._run(offer_id, "leave", str(member_id), 0, took)

    async def came(self, offer_id: UUID) -> int:
        return await self._run(offer_id, "came")

    async def _run(
        self, offer_id: UUID, what: str, member: str = "", now: float = 0, number: int = 0, mark: int = 0
    ) -> int:
        if time.monotonic() < self._away_until:
            raise GateAway
        answer: asyncio.Future[int | None] = asyncio.get_running_loop().create_future()
        keys = [f"flash:{{{offer_id}}}:{part}" for part in PARTS]
        self._waiting.append(([*keys, what, member, f"{now:.3f}", number, mark], answer))
        if self._sending is None or self._sending.done():
            self._sending = asyncio.create_task(self._send_all())
        if (found := await answer) is None:
            raise GateAway
        return found

    async def _send_all(self) -> None:
        while self._waiting:
            batch, self._waiting = self._waiting[:MOST_TOGETHER], self._waiting[MOST_TOGETHER:]
            found: Sequence[int | None]
            try:
                async with asyncio.timeout(PATIENCE):
                    found = await self._answers([arguments for arguments, _ in batch])
            except Exception as error:  # whatever it is: nobody may wait for ever
                self._away_until = time.monotonic() + PAUSE
                log.warning("turnstile.away", error=repr(error))
                found = [None] * len(batch)
            for (_, answer), each in zip(batch, found, strict=True):
                if not answer.done():  # its caller may have gone
                    answer.set_result(each)

    async def _answers(self, asked: Sequence[list[Any]]) -> list[int]:
        found = await self._sent(asked)
        if any(isinstance(answer, NoScriptError) for answer in found):
            # A server that was restarted knows no script yet.
            await self._redis.script_load(SCRIPT)
            missing = [at for at, answer in enumerate(found) if isinstance(answer, NoScriptError)]
            for at, answer in zip(missing, await self._sent([asked[at] for at in missing]), strict=True):
                found[at] = answer
        for answer in found:
            if isinstance(answer, BaseException):
                raise answer
        return [int(answer[0]) for answer in found]

    async def _sent(self, asked: Sequence[list[Any]]) -> list[Any]:
        if isinstance(self._redis, RedisCluster):  # its pipeline takes no scripts
            each = (self._redis.evalsha(SHA, len(PARTS), *arguments) for arguments in asked)
            return list(await asyncio.gather(*each, return_exceptions=True))
        pipeline = self._redis.pipeline(transaction=False)
        for arguments in asked:
            pipeline.evalsha(SHA, len(PARTS), *arguments)
        return list(await pipeline.execute(raise_on_error=False))
