"""What the platform adds to an order (补差), before it is shared out, and fetches again when it is refunded."""

from typing import Any

from starlette.routing import Route

from . import funds
from .orders import Fen, Merchant
from .records import Subsidy
from .sharing import Number, Words, part_of, shareable
from .wire import Body, Call, PayError, pay_route
from .world import World, rfc3339


class SubsidyBody(Body):
    sub_mchid: Merchant
    transaction_id: str
    amount: Fen
    description: Words
    out_subsidy_no: Number
    refund_id: str | None = None


class SubsidyReturnBody(Body):
    sub_mchid: Merchant
    transaction_id: str
    out_order_no: Number
    refund_id: str
    amount: Fen
    description: Words


def subsidise(world: World, call: Call) -> tuple[int, Any]:
    body = call.read(SubsidyBody)
    if known := world.subsidies.get(f"paid:{body.out_subsidy_no}"):
        return 200, _described_again(known, call)
    trade, sub = shareable(world, body.transaction_id, body.sub_mchid)
    if sub.subsidy:
        raise PayError(400, "INVALID_REQUEST", "订单已补差")
    if body.amount > sub.subsidy_most:
        raise PayError(400, "INVALID_REQUEST", "补差金额大于下单时的最高补差金额")
    made = Subsidy(
        subsidy_id=world.number("3008", 28),
        number=body.out_subsidy_no,
        fingerprint=call.fingerprint,
        transaction_id=body.transaction_id,
        sub_mchid=body.sub_mchid,
        amount=body.amount,
        description=body.description,
        back=False,
        created_at=world.clock.now(),
    )
    funds.move(world, world.keys.mchid, "补差", -body.amount, made.subsidy_id, made.number)
    sub.subsidy += body.amount
    sub.frozen += body.amount
    funds.note(world, sub.owner, "补差", body.amount, made.subsidy_id, made.number)
    world.put_trade(trade)
    return 200, _describe_subsidy(world.subsidies.put(made))


def return_subsidy(world: World, call: Call) -> tuple[int, Any]:
    body = call.read(SubsidyReturnBody)
    if known := world.subsidies.get(f"back:{body.out_order_no}"):
        return 200, _described_again(known, call)
    trade, sub = part_of(world, body.transaction_id, body.sub_mchid)
    refunds = [each for each in world.refunds.all() if each.refund_id == body.refund_id]
    if not refunds or refunds[0].transaction_id != body.transaction_id:
        raise PayError(400, "INVALID_REQUEST", "补差回退须对应该订单的退款单")
    if body.amount > sub.subsidy:
        raise PayError(400, "INVALID_REQUEST", "补差回退金额大于剩余补差金额")
    made = Subsidy(
        subsidy_id=world.number("3008", 28),
        number=body.out_order_no,
        fingerprint=call.fingerprint,
        transaction_id=body.transaction_id,
        sub_mchid=body.sub_mchid,
        amount=body.amount,
        description=body.description,
        back=True,
        created_at=world.clock.now(),
    )
    frozen = min(sub.frozen, body.amount)
    holder = funds.account(world, sub.owner)
    if body.amount - frozen > holder.available:
        raise PayError(403, "NOT_ENOUGH", "二级商户账户余额不足")
    sub.frozen -= frozen
    sub.subsidy -= body.amount
    holder.available -= body.amount - frozen
    world.accounts.put(holder)
    world.put_trade(trade)
    funds.note(world, sub.owner, "补差回退", -body.amount, made.subsidy_id, made.number)
    funds.move(world, world.keys.mchid, "补差回退", body.amount, made.subsidy_id, made.number)
    return 200, _describe_subsidy(world.subsidies.put(made))


def _described_again(known: Subsidy, call: Call) -> dict[str, Any]:
    if known.fingerprint != call.fingerprint:
        raise PayError(400, "INVALID_REQUEST", "补差单号重复，且参数与首次请求时不一致")
    return _describe_subsidy(known)


def _describe_subsidy(subsidy: Subsidy) -> dict[str, Any]:
    number = {"out_order_no": subsidy.number} if subsidy.back else {"out_subsidy_no": subsidy.number}
    return {
        "sub_mchid": subsidy.sub_mchid,
        "transaction_id": subsidy.transaction_id,
        "subsidy_refund_id" if subsidy.back else "subsidy_id": subsidy.subsidy_id,
        **number,
        "description": subsidy.description,
        "amount": subsidy.amount,
        "result": "SUCCESS",
        "success_time": rfc3339(subsidy.created_at),
    }


ROUTES: list[Route] = [
    pay_route("/v3/ecommerce/subsidies/create", "POST", subsidise),
    pay_route("/v3/ecommerce/subsidies/return", "POST", return_subsidy),
]
