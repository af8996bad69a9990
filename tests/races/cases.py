"""An order with an open case, in pairs of states that it can be in, and what anybody may do to it then."""

from __future__ import annotations

import secrets
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import count
from typing import Any
from uuid import UUID

from domain import aftersales, orders
from domain.aftersales import AfterSaleEvent, Decision
from domain.base import Database
from domain.orders.states import ORDER_STEPS, OrderEvent
from models.aftersales import AfterSale, AfterSaleKind, AfterSaleReason, AfterSaleRefusal, AfterSaleState
from models.catalog import ReturnClass
from models.inventory import StockHold
from models.orders import OrderLine, OrderState
from models.payments import Refund
from tests.factories import aftersales as made
from tests.factories import merchants
from tests.factories import orders as market
from tests.orders.gateway import FakeGateway

P, S, OE, SE = OrderState, AfterSaleState, OrderEvent, AfterSaleEvent
UNITS, PRICE, BUYERS = 3, 1000, 8
EARLY = (AfterSaleKind.REFUND_ONLY, AfterSaleReason.NOT_WANTED)
RETURN = (AfterSaleKind.RETURN, AfterSaleReason.QUALITY)
EXCHANGE = (AfterSaleKind.EXCHANGE, AfterSaleReason.WRONG_GOODS)


@dataclass(frozen=True)
class Scene:
    database: Database
    gateway: FakeGateway
    it: made.Bought
    case: UUID
    #: The goods were sent although they were to be called off.
    crossed: bool = False


Act = Callable[[Scene], Awaitable[Any]]


@dataclass(frozen=True)
class Deed:
    """What somebody does, and which events of the two tables may come of it; for a case, in which states of it."""

    act: Act
    events: frozenset[StrEnum]
    states: frozenset[AfterSaleState] = frozenset()

    @property
    def of_order(self) -> bool:
        return not self.states


DEEDS: dict[str, Deed] = {}


def deed(name: str, *events: StrEnum, states: Sequence[AfterSaleState] = ()) -> Callable[[Act], Act]:
    def kept(act: Act) -> Act:
        DEEDS[name] = Deed(act, frozenset(events), frozenset(states))
        return act

    return kept


def _within(verb: Callable[..., Awaitable[Any]], who: str, *given: Any, **named: Any) -> Act:
    """A verb about the case in a transaction of its own."""

    async def act(scene: Scene) -> Any:
        viewer = merchants.operator() if who == "operator" else getattr(scene.it, who)
        return await made.do(scene.database, verb, viewer, scene.case, *given, **named)

    return act


# ------------------------------------------------------------------------------------------------ about the order
async def _ship(scene: Scene, quantity: int | None) -> None:
    goods = None if quantity is None else [(scene.it.line_id, quantity)]
    parcel = orders.Parcel(scene.it.order_id, "YTO", f"YT{secrets.randbelow(10**8):08d}", goods)
    await made.do(scene.database, orders.ship, scene.it.keeper, parcel)


@deed("ship part", OE.SHIP_PART, OE.SHIP)
async def ship_part(scene: Scene) -> None:
    await _ship(scene, 1)


@deed("ship rest", OE.SHIP)
async def ship_rest(scene: Scene) -> None:
    await _ship(scene, None)


@deed("call off", OE.REFUND, SE.OVERTAKE)
async def call_off(scene: Scene) -> None:
    verb = aftersales.refund_order
    await made.do(scene.database, verb, merchants.operator(), scene.it.order_id, "平台取消", restock=True)


@deed("receive", OE.RECEIVE)
async def receive(scene: Scene) -> None:
    """By the buyer; that it happens by itself is among the pairs of `test_pairs`."""
    await made.do(scene.database, orders.confirm_receipt, scene.it.buyer, scene.it.order_id)


@deed("complete", OE.COMPLETE)
async def complete(scene: Scene) -> None:
    await made.do(scene.database, aftersales.complete_order, scene.it.order_id)


# ------------------------------------------------------------------------------------------------ about the case
@deed("money arrives", SE.PAID, states=(S.REFUNDING,))
async def money_arrives(scene: Scene) -> None:
    """The refund's notice, and what the relay tells of it."""
    (refund,) = await market.rows(scene.database, Refund, order_id=scene.it.order_id, cause=f"after-sale:{scene.case}")
    seen = scene.gateway.finish_refund(refund["number"])
    await made.do(scene.database, orders.record_refund, seen)
    await made.do(scene.database, aftersales.refund_heard, refund["id"])


@deed(
    "time",
    *(SE.EXPIRE, SE.GRANT, SE.AGREE_RETURN, SE.RECEIVE, SE.CONFIRM, SE.REJECT, SE.ESCALATE),
    states=(S.APPLIED, S.WAIT_RETURN, S.RETURN_SHIPPED, S.RECEIVED, S.REPLACED, S.REJECTED),
)
async def time(scene: Scene) -> None:
    await made.tick(scene.database, scene.case)


_SENT = ("SF", "SF1234567890123")
_REFUSED = (AfterSaleRefusal.NOT_OUR_GOODS, "不是我们的", ())
_DISPUTED = (AfterSaleRefusal.RETURN_INCOMPLETE, "少了一箱", [made.KEY])
_JUDGED = {"amount": None, "restock": True}
_OPEN_TO_GRANT = (S.APPLIED, S.REJECTED, S.ESCALATED)
for _name, _act, _events, _states in (
    ("agree", _within(aftersales.agree, "keeper", restock=True), (SE.AGREE_RETURN, SE.GRANT), _OPEN_TO_GRANT),
    ("reject", _within(aftersales.reject, "keeper", *_REFUSED), (SE.REJECT,), (S.APPLIED,)),
    ("take in", _within(aftersales.receive, "keeper"), (SE.RECEIVE,), (S.RETURN_SHIPPED,)),
    ("pay back", _within(aftersales.refund_return, "keeper", restock=True), (SE.GRANT,), (S.RECEIVED,)),
    ("contest", _within(aftersales.contest, "keeper", *_DISPUTED), (SE.ESCALATE,), (S.RECEIVED,)),
    ("replace", _within(aftersales.ship_replacement, "keeper", *_SENT), (SE.REPLACE,), (S.RECEIVED,)),
    ("send back", _within(aftersales.send_return, "buyer", *_SENT), (SE.SEND,), (S.WAIT_RETURN,)),
    ("withdraw", _within(aftersales.cancel, "buyer"), (SE.CANCEL,), (*_OPEN_TO_GRANT, S.WAIT_RETURN)),
    ("escalate", _within(aftersales.escalate, "buyer", "请平台处理", ()), (SE.ESCALATE,), (S.REJECTED,)),
    ("have it", _within(aftersales.confirm_replacement, "buyer"), (SE.CONFIRM,), (S.REPLACED,)),
    *(
        (
            f"judge: {decision.lower()}",
            _within(aftersales.decide, "operator", decision, "依据凭证", **_JUDGED),
            (event,),
            (S.ESCALATED,),
        )
        for decision, event in (
            (Decision.REFUND, SE.GRANT),
            (Decision.RETURN, SE.AGREE_RETURN),
            (Decision.DISMISS, SE.DISMISS),
        )
    ),
):
    deed(_name, *_events, states=_states)(_act)


async def _apply_again(scene: Scene) -> None:
    early = (await made.case(scene.database, scene.case))["before_shipping"] and not scene.crossed
    kind, reason = EARLY if early else RETURN
    wanted = made.page(scene.it, 1, kind, reason, pictures=[made.KEY])
    await made.do(scene.database, aftersales.apply, scene.it.buyer, wanted)


#: Asking for another unit: an event of no table, since the case begins with it.
DEEDS["apply"] = Deed(_apply_again, frozenset())
#: Events nobody does by himself: they follow from a payment or from what is done to a case.
FOLLOWS = frozenset({OE.REOPEN, OE.REFUND_LATE, OE.RETURN, OE.CALL_OFF_REST})
#: Before anything is paid there is no case; those pairs are in `test_pairs`.
BEFORE = frozenset({OE.PAY, OE.CANCEL, OE.EXPIRE})
#: Nor before the group of an order is complete; those pairs are in `tests/groups/test_races.py`.
GROUP = frozenset({OE.JOIN_GROUP, OE.COMPLETE_GROUP, OE.FAIL_GROUP})
#: Nor before a presale's goods are paid and there; those pairs are in `tests/presales`.
PRESALE = frozenset(
    {OE.RESERVE, OE.OPEN_BALANCE, OE.PAY_BALANCE, OE.RELEASE, OE.GIVE_UP, OE.MISS_BALANCE, OE.FAIL_PRESALE}
)
#: Orders that wait at a counter have pairs of their own, in `tests/pickups/test_races.py`.
PICKUP = frozenset({OE.HAND_OVER})


# ------------------------------------------------------------------------------------------------ stages
@dataclass(frozen=True)
class Stage:
    """`early`: the case is about units that were not shipped when it began; `crossed`: but then were."""

    order: OrderState
    case: AfterSaleState
    early: bool
    crossed: bool = False

    @property
    def title(self) -> str:
        """As the page calls it. Of an order that is partly shipped there are cases of both kinds."""
        of = " of what was not shipped" if self.early else " of what was shipped"
        of = " that crossed with the parcel" if self.crossed else of if self.order is P.PARTLY_SHIPPED else ""
        return f"Order {self.order}, case {self.case}{of}"

    def deeds(self) -> list[str]:
        """Whatever the tables allow from here, and asking for more."""
        allowed = {event for state, event in ORDER_STEPS if state is self.order}
        return [
            name
            for name, deed in DEEDS.items()
            if self.case in deed.states or deed.of_order and deed.events & allowed or name == "apply"
        ]

    def __str__(self) -> str:
        return f"{self.order} and {'crossed ' * self.crossed or 'early ' * self.early}{self.case}"


_EARLY = (S.APPLIED, S.REJECTED, S.ESCALATED, S.REFUNDING)
_LATE = (S.APPLIED, S.WAIT_RETURN, S.RETURN_SHIPPED, S.RECEIVED, S.REPLACED, S.REJECTED, S.ESCALATED, S.REFUNDING)
# Only what is exchanged is ever replaced, and an exchange is of what was sent.
_CROSSED = (S.APPLIED, S.REJECTED, S.ESCALATED, S.WAIT_RETURN, S.RETURN_SHIPPED, S.RECEIVED, S.REFUNDING)
#: Every state of an order in which a case can be open, with every open state of the case.
STAGES = [Stage(P.AWAITING_SHIPMENT, case, early=True) for case in _EARLY]
STAGES += [Stage(P.PARTLY_SHIPPED, case, early=True) for case in _EARLY]
STAGES += [Stage(P.PARTLY_SHIPPED, case, early=False) for case in _LATE]
_AFTER = (P.PARTLY_SHIPPED, P.SHIPPED, P.RECEIVED)
STAGES += [Stage(order, case, early=True, crossed=True) for order in _AFTER for case in _CROSSED]
STAGES += [Stage(order, case, early=False) for order in (P.SHIPPED, P.RECEIVED) for case in _LATE]
QUICK = [stage for stage in STAGES if stage.order in (P.AWAITING_SHIPMENT, P.RECEIVED) and not stage.crossed]
QUICK += [Stage(P.SHIPPED, S.APPLIED, early=False)]


def pairs(stage: Stage) -> list[tuple[str, str]]:
    """Each two of what may be done."""
    names = stage.deeds()
    return [(one, other) for at, one in enumerate(names) for other in names[at:]]


class Market:
    """A shop and some buyers for all orders of a stage: to make them anew for each would take longer than the pairs."""

    def __init__(self, database: Database, gateway: FakeGateway) -> None:
        self.database, self.gateway = database, gateway
        self._turn = count()

    async def open(self) -> None:
        self._shop = await market.shop(self.database, price=PRICE, stock=100_000, return_class=ReturnClass.SEVEN_DAYS)
        self._buyers = [await market.buyer(self.database) for _ in range(BUYERS)]
        for viewer in (self._shop.keeper, *(buyer.viewer for buyer in self._buyers)):
            await made.evidence(self.database, viewer)
        await made.with_address(self.database, await self._bought())

    async def _bought(self) -> made.Bought:
        who = self._buyers[next(self._turn) % BUYERS]
        trade_id = await market.paid(self.database, self.gateway, who, {self._shop.sku: UNITS})
        order = await market.order_of(self.database, trade_id)
        (line,) = await market.rows(self.database, OrderLine, order_id=order["id"])
        return made.Bought(self._shop, who, trade_id, order["id"], line["id"])

    async def scene(self, stage: Stage) -> Scene:
        it = await self._bought()
        at = Scene(self.database, self.gateway, it, it.order_id, stage.crossed)
        if stage.crossed:
            pass
        elif stage.order is P.PARTLY_SHIPPED:
            await _ship(at, 1 if stage.early else 2)
        elif not stage.early:
            await ship_rest(at)
        if stage.order is P.RECEIVED and not stage.crossed:
            await receive(at)
        kind, reason = EARLY if stage.early else EXCHANGE if stage.case is S.REPLACED else RETURN
        few = stage.early or stage.order is P.PARTLY_SHIPPED
        # A parcel crosses with a case when what is left is less than what it is about.
        units = UNITS - 2 if few and not (stage.crossed and stage.order is P.PARTLY_SHIPPED) else UNITS - 1
        wanted = made.page(it, units, kind, reason, pictures=[made.KEY])
        at = replace(at, case=await made.applied(self.database, it, wanted))
        for name in _way(stage):
            await DEEDS[name].act(at)
        if stage.case is S.REFUNDING:
            (refund,) = await market.rows(self.database, Refund, order_id=it.order_id)
            await orders.submit_refund(self.database, self.gateway, refund["id"])
        return at


def _way(stage: Stage) -> list[str]:
    """From the application to the state."""
    back = ["agree", "send back", "take in"]
    ways = {
        S.APPLIED: [],
        S.REJECTED: ["reject"],
        S.ESCALATED: ["reject", "escalate"],
        S.WAIT_RETURN: back[:1],
        S.RETURN_SHIPPED: back[:2],
        S.RECEIVED: back,
        S.REPLACED: [*back, "replace"],
        S.REFUNDING: ["agree"] if stage.early else [*back, "pay back"],
    }
    if not stage.crossed:
        return ways[stage.case]
    # Nobody but the platform can have sent back, or paid, what was to be called off and was sent all the same.
    judged = {S.REFUNDING: ["judge: refund"], S.APPLIED: [], S.REJECTED: [], S.ESCALATED: []}
    then = judged.get(stage.case, ["judge: return", *ways[stage.case][1:]])
    first = [] if stage.case is S.APPLIED else ["reject"] if stage.case is S.REJECTED else ["reject", "escalate"]
    sent = {
        P.PARTLY_SHIPPED: ["ship part", "ship part"],
        P.SHIPPED: ["ship rest"],
        P.RECEIVED: ["ship rest", "receive"],
    }
    return [*first, *sent[stage.order], *then]


async def outcome(of: Scene) -> tuple[Any, ...]:
    """Everything that counts: the order, its line, its goods, the cases, the money on its way back."""
    order, line = await made.order(of.database, of.it), await made.line(of.database, of.it)
    counted = ("shipped_quantity", "withdrawn_quantity", "refunded_quantity", "refunded_amount")
    cases = await market.rows(of.database, AfterSale, order_id=of.it.order_id)
    back = await market.rows(of.database, Refund, order_id=of.it.order_id)
    holds = await market.rows(of.database, StockHold, order_id=of.it.order_id)
    return (
        str(order["state"]),
        str(order["close_reason"]),
        tuple(line[name] for name in counted),
        tuple((str(hold["state"]), hold["quantity"]) for hold in holds),
        tuple(sorted((str(case["state"]), case["quantity"], case["amount"]) for case in cases)),
        tuple(sorted((refund["amount"], str(refund["state"])) for refund in back)),
    )
