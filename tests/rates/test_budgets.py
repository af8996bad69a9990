"""Points and attempts: whose bucket, how many, what is given back, and what a caller is told."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any
from uuid import UUID

import pytest
from graphql import parse, validate
from redis.asyncio import Redis

from compiled import Executor, Operation
from domain.base import ANONYMOUS, Budget, Viewer, ViewerKind
from models.base import new_id
from schema.base import Context
from server.attempts import Attempts
from server.budgets import Budgets, Charged, objects_in
from server.graphql import schema
from server.rates import Rates
from server.refusing import RequestRefused
from server.settings import Settings

EXECUTOR: Executor[Any] = Executor(schema)
ME = "{ me { id } }"
LOGIN = "mutation { %s }"


@dataclass(frozen=True)
class Asked:
    operation: Operation
    variables: Mapping[str, Any] = field(default_factory=dict)
    cost: float = 10
    kind: str = "query"
    roots: tuple[str, ...] = ("me",)


def asked(text: str = ME, cost: float = 10, **variables: Any) -> Asked:
    document = parse(text)
    assert validate(schema._schema, document) == []
    operation = EXECUTOR.operation(document)
    return Asked(operation, variables, cost, operation.node.operation.value)


def staff_login(login: str, alias: str = "a") -> str:
    return f'{alias}: staffLogin(login: "{login}", password: "x") {{ __typename }}'


def nobody(address: str = "203.0.113.1") -> Context:
    return Context(ANONYMOUS, None, None, client_address=address)  # type: ignore[arg-type]


def somebody(kind: ViewerKind = ViewerKind.MEMBER, id: UUID | None = None, budget: Budget | None = None) -> Context:
    viewer = Viewer(kind, id or new_id(), budget=budget)
    return Context(viewer, None, None, client_address="203.0.113.1")  # type: ignore[arg-type]


@pytest.fixture
def budgets(rates: Rates, strict: Settings) -> Budgets:
    small = {"member_budget": Budget(1, 100), "staff_budget": Budget(2, 200), "address_budget": Budget(3, 300)}
    return Budgets(rates, Attempts(schema._schema), strict.model_copy(update=small))


async def refused(budgets: Budgets, context: Context, what: Asked) -> RequestRefused:
    with pytest.raises(RequestRefused) as found:
        await budgets.charge(context, what)
    assert (found.value.status, found.value.code) == (429, "THROTTLED")
    assert found.value.retry_after is not None
    assert found.value.retry_after >= 1
    assert found.value.extensions["retryAfter"] == found.value.retry_after
    assert "后再试" in found.value.message
    return found.value


async def spent(budgets: Budgets, context: Context, cost: float) -> int:
    """How many operations of this cost are let through in a row, at most a thousand."""
    for number in range(1000):
        try:
            await budgets.charge(context, asked(cost=cost))
        except RequestRefused:
            return number
    return 1000


# ------------------------------------------------------------------------------------------------ points
async def test_everybody_has_the_budget_of_their_kind(budgets: Budgets) -> None:
    assert await spent(budgets, nobody(), 10) == 30
    assert await spent(budgets, somebody(), 10) == 10
    assert await spent(budgets, somebody(ViewerKind.MERCHANT), 10) == 20
    assert await spent(budgets, somebody(ViewerKind.PLATFORM), 10) == 20
    assert await spent(budgets, somebody(ViewerKind.PARTNER, budget=Budget(5, 50)), 10) == 5


async def test_one_who_has_spent_it_all_keeps_nobody_else_from_theirs(budgets: Budgets) -> None:
    greedy = somebody()
    await spent(budgets, greedy, 10)
    waiting = await refused(budgets, greedy, asked())
    assert waiting.message == f"操作过于频繁，请在 {waiting.retry_after} 秒后再试"
    await budgets.charge(somebody(), asked())
    await budgets.charge(nobody(), asked())


async def test_addresses_are_counted_apart_and_a_line_of_ipv6_once(budgets: Budgets) -> None:
    assert await spent(budgets, nobody("203.0.113.1"), 100) == 3
    assert await spent(budgets, nobody("203.0.113.2"), 100) == 3
    assert await spent(budgets, nobody("2001:db8::1"), 100) == 3
    await refused(budgets, nobody("2001:db8::2"), asked(cost=100))


async def test_many_at_once_get_no_more_than_the_budget(rates: Rates, strict: Settings) -> None:
    """Also from several processes, each with purses of its own."""
    small = strict.model_copy(update={"member_budget": Budget(1, 1000)})
    doors = [Budgets(rates, Attempts(schema._schema), small) for _ in range(4)]
    context = somebody()

    async def ask(number: int) -> bool:
        try:
            await doors[number % 4].charge(context, asked(cost=10))
        except RequestRefused:
            return False
        return True

    granted = sum(await asyncio.gather(*(ask(number) for number in range(300))))
    # What one door took in advance, another cannot spend: at most a twentieth of the budget each.
    assert 80 <= granted <= 100


async def test_what_was_not_used_is_given_back(budgets: Budgets, redis: Redis) -> None:
    for context in (somebody(), somebody(ViewerKind.PARTNER, budget=Budget(1, 100))):
        for _ in range(30):
            await budgets.settle(await budgets.charge(context, asked(cost=60)), actual=1)
    assert await spent(budgets, somebody(), 60) == 1


async def test_more_than_was_asked_for_is_not_charged_afterwards(budgets: Budgets) -> None:
    context = somebody(ViewerKind.PARTNER, budget=Budget(1, 100))
    await budgets.settle(await budgets.charge(context, asked(cost=10)), actual=5_000)
    assert await spent(budgets, context, 90) == 1


async def test_to_find_nothing_costs_a_point_for_every_root_field(rates: Rates, strict: Settings) -> None:
    door, context = (
        Budgets(rates, Attempts(schema._schema), strict),
        somebody(ViewerKind.PARTNER, budget=Budget(1, 100)),
    )
    for kind, cost, spent_then in (("query", 40, 3), ("query", 0, 1), ("mutation", 40, 30)):
        context.charge = None
        before = (await door.charge(context, asked(cost=1))).left
        async with door.charging(context, replace(asked(cost=cost), kind=kind, roots=("a", "b", "c"))) as bill:
            await bill.settle(b'{"data":{"a":null,"b":null,"c":null}}')
        after = (await door.charge(context, asked(cost=1))).left
        assert before - after == pytest.approx(spent_then + 1, abs=0.5)


async def test_what_there_was_no_room_for_costs_nothing(budgets: Budgets) -> None:
    context = nobody()
    document = asked(LOGIN % staff_login("me"), cost=300)
    for _ in range(20):
        with pytest.raises(RequestRefused):
            async with budgets.charging(context, document):
                raise RequestRefused(503, "BUSY", "访问的人太多了，请稍后再试", retry_after=1)
    with pytest.raises(RequestRefused):
        async with budgets.charging(context, document):
            raise RequestRefused(503, "DEADLINE", "处理超时，请刷新后再试", retry_after=1)
    await refused(budgets, context, document)  # this one was begun


async def test_an_operation_dearer_than_the_whole_budget_is_told_so(budgets: Budgets) -> None:
    found = await refused(budgets, somebody(), asked(cost=101))
    assert found.message.startswith("一次请求的内容过多")


async def test_most_requests_of_a_busy_caller_do_not_ask_valkey(rates: Rates, strict: Settings) -> None:
    budgets, context = Budgets(rates, Attempts(schema._schema), strict), somebody()
    for _ in range(100):
        bill: Charged = await budgets.charge(context, asked(cost=40))
        await budgets.settle(bill, actual=20)
    assert rates.counts["taken"] < 10


async def test_the_factor_multiplies_all_but_a_partners(rates: Rates, strict: Settings) -> None:
    twice = strict.model_copy(update={"rate_factor": 2.0, "member_budget": Budget(1, 100)})
    budgets = Budgets(rates, Attempts(schema._schema), twice)
    assert await spent(budgets, somebody(), 100) == 2
    assert await spent(budgets, somebody(ViewerKind.PARTNER, budget=Budget(1, 100)), 100) == 1


# ------------------------------------------------------------------------------------------------ what is told
async def test_partners_are_always_told_what_it_cost(rates: Rates, strict: Settings) -> None:
    door = Budgets(rates, Attempts(schema._schema), strict, always_told=True)
    context = somebody(ViewerKind.PARTNER, budget=Budget(50, 1000))
    async with door.charging(context, asked(cost=101)) as bill:
        assert context.charge is not None
        assert (context.charge.cost, context.charge.remaining) == (101, 899)
        told = await bill.settle(b'{"data":{"me":{"id":"1"}}}')
    assert told == {
        "cost": {
            "requestedQueryCost": 101,
            "actualQueryCost": 1,
            "throttleStatus": {"maximumAvailable": 1000, "currentlyAvailable": 999, "restoreRate": 50},
        }
    }
    await spent(door, context, 100)
    cost = (await refused(door, context, asked(cost=500))).extensions["cost"]
    assert cost["actualQueryCost"] is None
    assert cost["throttleStatus"]["currentlyAvailable"] < 500


async def test_others_are_told_when_they_ask_and_are_signed_in(budgets: Budgets) -> None:
    quiet, curious, stranger = somebody(), somebody(), nobody()
    curious.wants_cost = stranger.wants_cost = True
    assert await budgets.settle(await budgets.charge(quiet, asked()), 1) is None
    assert await budgets.settle(await budgets.charge(stranger, asked()), 1) is None
    told = await budgets.settle(await budgets.charge(curious, asked()), 1)
    assert told is not None
    assert told["cost"]["throttleStatus"]["currentlyAvailable"] == 99


def test_objects_of_an_answer_are_never_counted_too_few() -> None:
    assert objects_in(b'{"data":{"me":null}}') == 0
    assert objects_in(b'{"data":{"a":[{"b":{"c":1}},{"b":{"c":2}}]}}') == 4
    assert objects_in(b'{"data":{"a":{"b":"{"}}}') == 2


# ------------------------------------------------------------------------------------------------ attempts
async def test_ten_aliases_are_ten_attempts(budgets: Budgets) -> None:
    """A login may be tried ten times in a row, however the tries are packed."""
    many = " ".join(staff_login("me", f"a{number}") for number in range(10))
    await budgets.charge(nobody(), asked(LOGIN % many))
    await refused(budgets, nobody("203.0.113.99"), asked(LOGIN % staff_login("me")))


async def test_more_attempts_at_once_than_there_ever_are_are_refused_whole(budgets: Budgets) -> None:
    many = " ".join(staff_login("me", f"a{number}") for number in range(11))
    found = await refused(budgets, nobody(), asked(LOGIN % many))
    assert found.message.startswith("一次请求的内容过多")
    await budgets.charge(nobody(), asked(LOGIN % staff_login("me")))


async def test_a_login_is_counted_however_it_is_written_and_whoever_asks(budgets: Budgets) -> None:
    for number, login in enumerate(["admin", " ADMIN", "Admin ", "aDmIn"] * 3):
        what = asked(LOGIN % staff_login(login))
        if number < 10:
            await budgets.charge(nobody(f"203.0.113.{number}"), what)
        else:
            await refused(budgets, nobody(f"203.0.113.{number}"), what)
    await budgets.charge(nobody(), asked(LOGIN % staff_login("somebody else")))


async def test_an_address_may_try_so_many_logins(budgets: Budgets) -> None:
    for number in range(30):
        await budgets.charge(nobody(), asked(LOGIN % staff_login(f"user {number}"), cost=1))
    await refused(budgets, nobody(), asked(LOGIN % staff_login("user 31"), cost=1))
    await budgets.charge(nobody("203.0.113.2"), asked(LOGIN % staff_login("user 31"), cost=1))


async def test_what_is_tried_does_not_stand_in_valkey(budgets: Budgets, redis: Redis) -> None:
    await budgets.charge(nobody(), asked(LOGIN % staff_login("my password by mistake")))
    keys = [key.decode() for key in await redis.keys("*")]
    assert any(key.startswith("rate:{staffLogin:login:") for key in keys)
    assert not any("password" in key for key in keys)


HIDDEN = """
mutation($login: String!, $no: Boolean!) {
  ...One ...One
  ... on Mutation { b: staffLogin(login: $login, password: "2") { __typename } }
  same: staffLogin(login: $login, password: "3") { __typename }
  same: staffLogin(login: $login, password: "3") { __typename }
  off: staffLogin(login: $login, password: "4") @skip(if: true) { __typename }
  not: staffLogin(login: $login, password: "5") @include(if: $no) { __typename }
}
fragment One on Mutation { a: staffLogin(login: $login, password: "1") { __typename } ...Two }
fragment Two on Mutation { __typename logout { __typename } }
"""


def test_attempts_are_counted_as_they_are_executed() -> None:
    """In fragments and under variables; a field that is asked for twice runs once, a skipped one not at all."""
    found = Attempts(schema._schema).of(asked(HIDDEN).operation, {"login": "me", "no": False})
    assert [(each.field, each.arguments["password"]) for each in found] == [
        ("staffLogin", "1"),
        ("staffLogin", "2"),
        ("staffLogin", "3"),
    ]
    assert {each.arguments["login"] for each in found} == {"me"}


def test_variables_that_do_not_fit_are_no_attempt() -> None:
    assert Attempts(schema._schema).of(asked(HIDDEN).operation, {"no": "maybe"}) == []


async def test_orders_are_counted_by_buyer(budgets: Budgets) -> None:
    order = """mutation { payTrade(tradeId: "00000000-0000-0000-0000-000000000001") { __typename } }"""
    one = somebody()
    for _ in range(20):
        await budgets.charge(one, asked(order, cost=1))
    await refused(budgets, one, asked(order, cost=1))
    await budgets.charge(somebody(), asked(order, cost=1))


# Whoever adds a field at which something can be guessed or a stranger can make us work, adds it here.
LIMITED = {
    "Mutation.login",
    "Mutation.refreshSession",
    "Mutation.bindPhone",
    "Mutation.staffLogin",
    "Mutation.staffRefresh",
    "Mutation.staffChangePassword",
    "Mutation.staffBeginTotp",
    "Mutation.staffConfirmTotp",
    "Mutation.payTrade",
    "Mutation.confirmPayment",
    "Mutation.applyAfterSale",
    "Mutation.speakOnAfterSale",
    "Mutation.recordSearch",
    "Query.searchHelp",
    "Mutation.writeReview",
    "Mutation.rewriteReview",
    "Mutation.followUpReview",
    "Mutation.appealReview",
    "Mutation.voteReview",
    "Mutation.reportReview",
    "Mutation.writePost",
    "Mutation.editPost",
    "Mutation.removePost",
    "Mutation.appealPost",
    "Mutation.likePost",
    "Mutation.commentPost",
    "Mutation.removePostComment",
    "Mutation.reportPost",
    "Mutation.reportPostComment",
    "Mutation.merchantWritePost",
    "Mutation.merchantEditPost",
    "Mutation.merchantRemovePost",
    "Mutation.requestUpload",
    "Mutation.finishUpload",
    "Mutation.merchantReplyReview",
    "Query.searchSuggestions",
    "Query.piece",
    "Mutation.scanPiece",
    "Mutation.merchantTakePieceCodes",
    "Mutation.claimCoupon",
    "Mutation.claimCouponByCode",
    "Query.invitation",
    "Mutation.noteArrival",
    "Mutation.acceptInvitation",
    "Mutation.makeInviteCode",
    "Mutation.drawInviteCode",
    "Mutation.platformDrawChannel",
    "Query.platformMemberPoints",
    "Mutation.platformAdjustPoints",
    "Query.cardGift",
    "Query.voucherGift",
    "Mutation.bindVoucher",
    "Mutation.acceptVoucher",
    "Mutation.merchantFindPickup",
    "Mutation.merchantHandOver",
    "Mutation.bindGiftCard",
    "Mutation.acceptGiftCard",
    "Mutation.buyGiftCards",
    "Mutation.payCardPurchase",
    "Mutation.confirmCardPurchase",
    "Mutation.payTradeByCards",
}


def test_what_can_be_guessed_or_repeated_has_a_rate() -> None:
    found = {
        f"{root.name}.{name}"
        for root in (schema._schema.query_type, schema._schema.mutation_type)
        if root is not None
        for name, definition in root.fields.items()
        if definition.extensions["strawberry-definition"].metadata["audience"].rates
    }
    assert found == LIMITED


def test_every_rate_by_argument_names_an_argument() -> None:
    for root in (schema._schema.query_type, schema._schema.mutation_type):
        assert root is not None
        for name, definition in root.fields.items():
            for rate in definition.extensions["strawberry-definition"].metadata["audience"].rates:
                assert not rate.argument or rate.argument in definition.args, name
                assert rate.burst >= 1
                assert rate.seconds > 0
