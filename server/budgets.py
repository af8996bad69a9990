"""What an operation costs its caller: points of a budget, and attempts at fields whose rate is limited.

A budget belongs to a partner, a member, a person of the staff, or, for those who are not signed in, to an address.
The whole price is taken before anything is read; what turns out unused is given back. Attempts are counted for every
aliased root field, so ten logins in one request are ten attempts. All of it is one round trip, and all or nothing.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from compiled import Operation
from domain.base import Budget, Viewer, ViewerKind
from schema.audience import By, Rate
from schema.base import Context
from server.addresses import counted_as
from server.rates import Rates, Take, Taken, whole_seconds
from server.refusing import RequestRefused
from server.roots import Call, Roots
from server.sizes import Sizes

# A first-party client that sends this header is told what its operation cost; a partner always is.
COST_HEADER = "x-graphql-cost"

# A partner whose row says nothing; there is none today.
LEAST = Budget(10, 100)


class Priced(Protocol):
    """What is charged for: an operation within the limits, with the points it may cost at most."""

    @property
    def operation(self) -> Operation: ...

    @property
    def variables(self) -> Mapping[str, Any]: ...

    @property
    def cost(self) -> float: ...


@dataclass(frozen=True)
class Charged:
    """What was taken for one operation, until it is settled."""

    requested: float
    plan: Budget
    # Left in the budget after `requested` was taken.
    left: float
    takes: tuple[Take, ...]
    told: bool

    def extension(self, actual: float) -> dict[str, Any] | None:
        """`extensions` of the response, as Shopify's callers know them; None for who did not ask."""
        left = self.left + self.requested - actual
        return {"cost": _told(self.plan, self.requested, actual, left)} if self.told else None


def _told(plan: Budget, requested: float, actual: float | None, left: float) -> dict[str, Any]:
    return {
        "requestedQueryCost": round(requested),
        "actualQueryCost": None if actual is None else round(actual),
        "throttleStatus": {
            "maximumAvailable": plan.burst,
            "currentlyAvailable": min(plan.burst, max(0, int(left))),
            "restoreRate": plan.per_second,
        },
    }


class Budgets:
    """The budgets of one door. `always_told` puts what it cost into every answer, as partners are promised."""

    def __init__(self, rates: Rates, roots: Roots, sizes: Sizes, *, always_told: bool = False) -> None:
        self._rates = rates
        self._roots = roots
        self._sizes = sizes
        self._always_told = always_told

    async def charge(self, context: Context, asked: Priced, *, told: bool = False) -> Charged:
        """Takes the price and the attempts, or refuses with 429 and when to come back; then nothing was taken."""
        viewer, told = context.viewer, told or self._always_told
        if viewer.kind is ViewerKind.SYSTEM:
            return Charged(0, Budget(0, 0), 0, (), told)
        plan = self.plan_of(viewer)
        price = Take(_purse(context), asked.cost, plan.per_second, plan.burst)
        takes = [price, *self._attempts(context, self._roots.calls(asked.operation, asked.variables))]
        found = await self._rates.take_all(takes)
        for take, taken in zip(takes, found, strict=True):
            if not taken.ok:
                raise _throttled(take, taken, _told(plan, price.points, None, found[0].left) if told else None)
        return Charged(price.points, plan, found[0].left, tuple(takes), told)

    async def settle(self, charged: Charged, actual: float) -> dict[str, Any] | None:
        """Gives back what was not used, and answers what goes into `extensions`."""
        spent = min(actual, charged.requested)
        if charged.takes and spent < charged.requested:
            await self._rates.give_back(charged.takes[0].bucket, charged.requested - spent)
        return charged.extension(spent)

    async def release(self, charged: Charged) -> None:
        """Gives everything back, attempts too: the operation was turned away before it began."""
        await self._rates.give_back_all([(take.bucket, take.points) for take in charged.takes])

    def plan_of(self, viewer: Viewer) -> Budget:
        """The viewer's budget; a partner's own, everybody else's by their kind."""
        if viewer.kind is ViewerKind.PARTNER:
            return viewer.budget or LEAST
        if viewer.kind is ViewerKind.MEMBER:
            return self._scaled(self._sizes.member_budget)
        if viewer.kind is ViewerKind.ANONYMOUS:
            return self._scaled(self._sizes.address_budget)
        return self._scaled(self._sizes.staff_budget)

    def _scaled(self, plan: Budget) -> Budget:
        factor = self._sizes.rate_factor
        return plan if factor == 1 else Budget(max(1, int(plan.per_second * factor)), max(1, int(plan.burst * factor)))

    def _attempts(self, context: Context, calls: Iterable[Call]) -> list[Take]:
        """One take for each bucket: several calls that count in the same one are taken together."""
        counted: Counter[tuple[str, Rate]] = Counter()
        for call in calls:
            counted.update((_bucket(call, rate, context), rate) for rate in call.rates)
        return [self._attempt(bucket, rate, times) for (bucket, rate), times in counted.items()]

    def _attempt(self, bucket: str, rate: Rate, times: int) -> Take:
        factor = self._sizes.rate_factor
        return Take(bucket, times, factor / rate.seconds, rate.burst * factor)


def _purse(context: Context) -> str:
    return f"cost:{_who(context)}"


def _who(context: Context) -> str:
    """The viewer; for somebody who is not signed in, the address."""
    viewer = context.viewer
    if viewer.kind is ViewerKind.ANONYMOUS:
        return f"address:{counted_as(context.client_address)}"
    return f"{viewer.kind.value.lower()}:{viewer.id}"


def _bucket(call: Call, rate: Rate, context: Context) -> str:
    if rate.by is By.ADDRESS:
        return f"{call.field}:address:{counted_as(context.client_address)}"
    if rate.by is By.VIEWER:
        return f"{call.field}:{_who(context)}"
    return f"{call.field}:{rate.argument}:{_digest(call.arguments.get(rate.argument))}"


def _digest(value: Any) -> str:
    """What is tried must not stand in Valkey in plain words: people type passwords where the login belongs."""
    return hashlib.sha256(str(value).strip().casefold().encode(errors="replace")).hexdigest()[:32]


def _throttled(take: Take, taken: Taken, cost: dict[str, Any] | None) -> RequestRefused:
    return throttled(taken, {"cost": cost} if cost else {}, never=take.points > take.burst)


def throttled(taken: Taken, extensions: Mapping[str, Any] | None = None, *, never: bool = False) -> RequestRefused:
    """The refusal of a take; `never` when no waiting helps, because it asks for more than there ever is."""
    wait = whole_seconds(taken.retry_after)
    sentence = f"操作过于频繁，请在{_spoken(wait)}后再试"
    if never:
        sentence = f"一次请求的内容过多，请减少后在{_spoken(wait)}后再试"
    told = {**(extensions or {}), "retryAfter": wait}
    return RequestRefused(429, "THROTTLED", sentence, retry_after=wait, extensions=told)


def _spoken(seconds: int) -> str:
    return f" {seconds} 秒" if seconds < 120 else f" {-(-seconds // 60)} 分钟"


def objects_in(body: bytes) -> int:
    """How many objects an answer holds, which is what its price counts; never fewer than there are.

    Braces within texts are counted too: reading the JSON again would cost more than the points are worth.
    """
    return max(0, body.count(b"{") - 2)  # the response and its `data` are no objects of the schema
