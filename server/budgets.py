"""What an operation costs its caller: points of a budget, and attempts at fields whose rate is limited.

A budget belongs to a partner, a member, a person of the staff, or, for those who are not signed in, to an address.
The whole price is taken before anything is read; what turns out unused is given back. Attempts are counted for every
aliased root field, so ten logins in one request are ten attempts. All of it is one round trip, and all or nothing.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, Protocol

from compiled import Operation
from domain.base import Budget, Viewer, ViewerKind
from domain.record import record
from schema.audience import By, Rate
from schema.base import Charge, Context
from server.addresses import counted_as
from server.attempts import Attempt, Attempts
from server.prices import MUTATION_COST
from server.purses import SHARE, Credit, Purses, Spent
from server.rates import Rates, Take, Taken, whole_seconds
from server.refusing import RequestRefused
from server.sizes import Sizes

# A first-party client that sends this header is told what its operation cost; a partner always is.
COST_HEADER = "x-graphql-cost"

# Even `{ __typename }` is looked at.
LEAST_COST = 1
# Points for a document that is not valid or beyond the limits: about what the processor spends on the dearest of them.
MISTAKE = 100
# Of a partner that came without one, which the database does not allow.
LEAST = Budget(10, 100)


class Priced(Protocol):
    """What is charged for: an operation within the limits, with the points it may cost at most."""

    @property
    def operation(self) -> Operation: ...

    @property
    def variables(self) -> Mapping[str, Any]: ...

    @property
    def kind(self) -> str: ...

    @property
    def cost(self) -> float: ...

    @property
    def roots(self) -> Sequence[str]: ...


@record
class Charged:
    """What was taken for one operation: its price from `purse`, and its attempts."""

    purse: str
    price: float
    plan: Budget
    # Left in the budget, as far as is known here.
    left: float
    attempts: tuple[Take, ...]
    # Whether the price was taken from the bucket itself, and whether its caller is told of it.
    exact: bool
    told: bool


class Bill:
    """An operation that is being executed, to be settled when its answer is there."""

    def __init__(self, budgets: Budgets, charged: Charged, asked: Priced) -> None:
        self._budgets = budgets
        self._charged = charged
        self._asked = asked

    async def settle(self, body: bytes) -> dict[str, Any] | None:
        """Gives back what the answer did not use, and says what goes into its `extensions`; None for nothing."""
        if not self._charged.price and not self._charged.told:
            return None  # on credit: there is nothing to give back, so nothing to count
        roots = len(self._asked.roots)
        # To find nothing is work too, and so is a mutation whatever it answers.
        fixed = MUTATION_COST * roots if self._asked.kind == "mutation" else 0
        return await self._budgets.settle(self._charged, max(roots, fixed + objects_in(body)))


class Charging:
    """What `Budgets.charging` enters: a class, since a generator for every operation costs more than the charge."""

    def __init__(self, budgets: Budgets, context: Context, asked: Priced) -> None:
        self._budgets = budgets
        self._context = context
        self._asked = asked

    async def __aenter__(self) -> Bill:
        self._charged = await self._budgets.charge(self._context, self._asked)
        return Bill(self._budgets, self._charged, self._asked)

    async def __aexit__(self, _kind: object, error: BaseException | None, _trace: object) -> None:
        if isinstance(error, RequestRefused) and error.code == "BUSY":
            await self._budgets.release(self._charged)


class Budgets:
    """The budgets of one door. `always_told` puts what it cost into every answer, as partners are promised."""

    def __init__(self, rates: Rates, attempts: Attempts, sizes: Sizes, *, always_told: bool = False) -> None:
        self._rates = rates
        self._attempts = attempts
        self._factor = sizes.rate_factor
        self._plans = {
            ViewerKind.ANONYMOUS: _scaled(sizes.address_budget, self._factor),
            ViewerKind.MEMBER: _scaled(sizes.member_budget, self._factor),
        }
        self._staff = _scaled(sizes.staff_budget, self._factor)
        self._always_told = always_told
        self._purses = Purses()
        self._credit = Credit()
        self._spent = Spent()
        self._filling: set[str] = set()

    def charging(self, context: Context, asked: Priced) -> Charging:
        """Around the execution: charges, or refuses; all is given back when there was no room to execute it."""
        return Charging(self, context, asked)

    async def charge(self, context: Context, asked: Priced) -> Charged:
        """Takes the price and the attempts, or refuses with 429 and when to come back; then nothing was taken."""
        viewer = context.viewer
        # An answer to nobody in particular may be kept for others: nothing of this caller's belongs into it.
        told = self._always_told or (context.wants_cost and viewer.kind is not ViewerKind.ANONYMOUS)
        plan, attempts = (
            self.plan_of(viewer),
            self._counted(context, self._attempts.of(asked.operation, asked.variables)),
        )
        price = Take(f"cost:{_who(context)}", max(asked.cost, LEAST_COST), plan.per_second, plan.burst)
        # Who is told what is left is told exactly.
        exact = told or viewer.kind is ViewerKind.PARTNER
        if not exact and not attempts and self._credit.covers(price.bucket, price.points, plan.burst):
            context.charge = Charge(asked.cost, plan.burst, plan)
            return Charged(price.bucket, 0, plan, plan.burst, (), exact, told)
        paid = await (self._exactly(price, attempts) if exact else self._from_purse(price, attempts))
        context.charge = Charge(price.points, paid.left, plan)
        return Charged(price.bucket, price.points, plan, paid.left, tuple(attempts), exact, told)

    def reader(self, context: Context) -> str:
        """In whose name a new text is read; 429 for who could not pay for the last mistake, until that may be over."""
        who = _who(context)
        if refused := self._spent.get(who):
            raise refused
        return who

    async def charge_mistake(self, context: Context) -> None:
        """Takes the price of a document that was read in vain, or refuses with 429 and when to come back."""
        who, plan = _who(context), self.plan_of(context.viewer)
        price = Take(f"cost:{who}", MISTAKE, plan.per_second, plan.burst)
        exact = context.viewer.kind is ViewerKind.PARTNER
        if not exact and self._credit.covers(price.bucket, price.points, plan.burst):
            return
        try:
            await (self._exactly(price, ()) if exact else self._from_purse(price, ()))
        except RequestRefused as refused:
            self._spent.put(who, refused)
            raise

    async def settle(self, charged: Charged, actual: float) -> dict[str, Any] | None:
        """Gives back what was not used, and answers what goes into `extensions`."""
        spent = min(actual, charged.price)
        await self._return(charged, charged.price - spent)
        if not charged.told:
            return None
        return {"cost": _told(charged.plan, charged.price, spent, charged.left + charged.price - spent)}

    async def release(self, charged: Charged) -> None:
        """Gives everything back, attempts too: the operation was turned away before it began."""
        await self._return(charged, charged.price)
        await self._rates.give_back_all([(take.bucket, take.points) for take in charged.attempts])

    def plan_of(self, viewer: Viewer) -> Budget:
        """The viewer's budget; a partner's own, everybody else's by their kind."""
        if viewer.kind is ViewerKind.PARTNER:
            return viewer.budget or LEAST
        return self._plans.get(viewer.kind, self._staff)

    async def _exactly(self, price: Take, attempts: Sequence[Take]) -> Taken:
        takes = [price, *attempts]
        found = await self._rates.take_all(takes)
        cost = _told(Budget(int(price.per_second), int(price.burst)), price.points, None, found[0].left)
        _check(takes, found, {"cost": cost})
        return found[0]

    async def _from_purse(self, price: Take, attempts: Sequence[Take]) -> Taken:
        bucket, held = price.bucket, self._purses.draw(price.bucket, price.points)
        try:
            if held == price.points:
                if attempts:
                    _check(attempts, await self._rates.take_all(attempts))
                return Taken(True, price.burst)  # not known here, and nobody asked
            return await self._refilled(replace(price, points=price.points - held), attempts)
        except BaseException:
            self._purses.fill(bucket, held)  # also when its caller went away: nothing was done for these points
            raise

    async def _refilled(self, price: Take, attempts: Sequence[Take]) -> Taken:
        """Takes the price and something in advance; only the price when there is not as much."""
        bucket = price.bucket
        # One of those who come together is enough: each with an advance of its own, they would use up the budget.
        if bucket not in self._filling:
            self._filling.add(bucket)
            try:
                more = price.burst * SHARE
                ahead = replace(price, points=price.points + more)
                found = await self._rates.take_all([ahead, *attempts], unused=self._purses.emptied())
                if found[0].ok:
                    _check(attempts, found[1:])
                    self._purses.fill(bucket, more)
                    return Taken(True, found[0].left + more)
            finally:
                self._filling.discard(bucket)
        found = await self._rates.take_all([price, *attempts])
        _check([price, *attempts], found)
        return found[0]

    async def _return(self, charged: Charged, points: float) -> None:
        if points > 0 and (charged.exact or not self._purses.put(charged.purse, points)):
            await self._rates.give_back(charged.purse, points)

    def _counted(self, context: Context, attempts: Sequence[Attempt]) -> list[Take]:
        """One take for each bucket: several attempts that count in the same one are taken together."""
        if not attempts:
            return []
        counted: Counter[tuple[str, Rate]] = Counter()
        for attempt in attempts:
            counted.update((_bucket(attempt, rate, context), rate) for rate in attempt.rates)
        return [self._take(bucket, rate, times) for (bucket, rate), times in counted.items()]

    def _take(self, bucket: str, rate: Rate, times: int) -> Take:
        return Take(bucket, times, self._factor / rate.seconds, rate.burst * self._factor)


def _scaled(plan: Budget, factor: float) -> Budget:
    return Budget(max(1, int(plan.per_second * factor)), max(1, int(plan.burst * factor)))


def _who(context: Context) -> str:
    """The viewer; for somebody who is not signed in, the address."""
    viewer = context.viewer
    if viewer.kind is ViewerKind.ANONYMOUS:
        return f"address:{counted_as(context.client_address)}"
    return f"{viewer.kind.value.lower()}:{viewer.id}"


def _bucket(attempt: Attempt, rate: Rate, context: Context) -> str:
    if rate.by is By.ADDRESS:
        return f"{attempt.field}:address:{counted_as(context.client_address)}"
    if rate.by is By.VIEWER:
        return f"{attempt.field}:{_who(context)}"
    return f"{attempt.field}:{rate.argument}:{_digest(attempt.arguments.get(rate.argument))}"


def _digest(value: Any) -> str:
    """What is tried must not stand in Valkey in plain words: people type passwords where the login belongs."""
    return hashlib.sha256(str(value).strip().casefold().encode(errors="replace")).hexdigest()[:32]


def _plan(take: Take) -> Budget:
    return Budget(int(take.per_second), int(take.burst))


def _told(plan: Budget, requested: float, actual: float | None, left: float) -> dict[str, Any]:
    """In the words of Shopify's callers."""
    return {
        "requestedQueryCost": round(requested),
        "actualQueryCost": None if actual is None else round(actual),
        "throttleStatus": {
            "maximumAvailable": plan.burst,
            "currentlyAvailable": min(plan.burst, max(0, int(left))),
            "restoreRate": plan.per_second,
        },
    }


def _check(takes: Sequence[Take], found: Sequence[Taken], extensions: Mapping[str, Any] | None = None) -> None:
    for take, taken in zip(takes, found, strict=True):
        if not taken.ok:
            raise throttled(taken, extensions, never=take.points > take.burst)


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
