"""Sharing out (分账) and its return, in the e-commerce product: as strict as the pages are."""

from datetime import datetime, timedelta
from typing import Annotated, Any, Literal

from pydantic import Field, StringConstraints
from starlette.routing import Route

from . import funds
from .orders import Fen, Merchant
from .records import Split, SplitReturn, Sub, Trade
from .wire import Body, Call, PayError, pay_route
from .world import World, rfc3339

SOONEST = timedelta(seconds=60)
LATEST = timedelta(days=180)
MOST_PER_ORDER = 50
MOST_RATIO = 3000  # basis points of what was paid and added
# A return whose receiver has nothing for so long is given up for good.
RETURN_PATIENCE = timedelta(days=1)
Number = Annotated[str, StringConstraints(pattern=r"^[0-9A-Za-z_\-|*@]{1,64}$")]
Words = Annotated[str, StringConstraints(min_length=1, max_length=80)]


class ReceiverBody(Body):
    appid: str
    type: Literal["MERCHANT_ID", "PERSONAL_OPENID"]
    account: str
    name: str | None = None
    encrypted_name: str | None = None
    relation_type: Literal["SUPPLIER", "DISTRIBUTOR", "SERVICE_PROVIDER", "PLATFORM", "OTHERS"]


class Receiver(Body):
    type: Literal["MERCHANT_ID", "PERSONAL_OPENID"]
    receiver_account: str
    amount: Fen
    description: Words
    receiver_name: str | None = None


class OrderBody(Body):
    appid: str
    sub_mchid: Merchant
    transaction_id: str
    out_order_no: Number
    receivers: Annotated[list[Receiver], Field(min_length=1, max_length=50)]
    finish: bool


class FinishBody(Body):
    sub_mchid: Merchant
    transaction_id: str
    out_order_no: Number
    description: Words


class ReturnBody(Body):
    sub_mchid: Merchant
    out_return_no: Number
    return_mchid: Merchant
    amount: Fen
    description: Words
    order_id: str | None = None
    out_order_no: str | None = None
    transaction_id: str | None = None


# -- receivers and orders


def add_receiver(world: World, call: Call) -> tuple[int, Any]:
    body = call.read(ReceiverBody)
    if body.appid != world.keys.appid:
        raise PayError(400, "APPID_MCHID_NOT_MATCH", "appid与商户号不匹配")
    world.name_receiver(body.type, body.account)
    return 200, {"type": body.type, "account": body.account}


def order(world: World, call: Call) -> tuple[int, Any]:
    body = call.read(OrderBody)
    if body.appid != world.keys.appid:
        raise PayError(400, "APPID_MCHID_NOT_MATCH", "appid与商户号不匹配")
    if known := _again(world, call, body.out_order_no):
        return 200, _describe(known)
    if len(body.receivers) != 1:
        raise PayError(400, "PARAM_ERROR", "模拟器只支持一个分账接收方")
    receiver = body.receivers[0]
    if not world.is_receiver(receiver.type, receiver.receiver_account):
        raise PayError(400, "INVALID_REQUEST", "分账接收方未添加")
    trade, sub = shareable(world, body.transaction_id, body.sub_mchid)
    if receiver.amount > sub.frozen:
        raise PayError(403, "NOT_ENOUGH", "分账金额大于订单剩余可分金额")
    if (sub.shared + receiver.amount) * 10_000 > (sub.total + sub.subsidy) * MOST_RATIO:
        raise PayError(403, "RULE_LIMIT", "分账金额超出最大分账比例")
    sub.frozen -= receiver.amount
    sub.shared += receiver.amount
    world.put_trade(trade)
    about = {"amount": receiver.amount, "receiver": receiver.receiver_account, "description": receiver.description}
    return 200, _describe(_begin(world, call, body.out_order_no, sub, finish=body.finish, **about))


def finish_order(world: World, call: Call) -> tuple[int, Any]:
    body = call.read(FinishBody)
    if known := _again(world, call, body.out_order_no):
        return 200, _describe(known)
    _, sub = shareable(world, body.transaction_id, body.sub_mchid)
    about = {"amount": 0, "receiver": "", "description": body.description}
    return 200, _describe(_begin(world, call, body.out_order_no, sub, finish=True, **about))


def _again(world: World, call: Call, number: str) -> Split | None:
    known = world.splits.get(number)
    if known is not None and known.fingerprint != call.fingerprint:
        raise PayError(400, "INVALID_REQUEST", "分账单号重复，且参数与首次请求时不一致")
    return known


def shareable(world: World, transaction_id: str, sub_mchid: str) -> tuple[Trade, Sub]:
    trade, sub = part_of(world, transaction_id, sub_mchid)
    now = world.clock.now()
    if not sub.profit_sharing:
        raise PayError(400, "INVALID_REQUEST", "订单未标记分账，不能分账")
    if trade.paid_at is None or now - trade.paid_at < SOONEST:
        raise PayError(400, "INVALID_REQUEST", "订单处理中，请在支付成功1分钟后再试")
    if now - trade.paid_at > LATEST:
        raise PayError(400, "INVALID_REQUEST", "订单已超过分账期限")
    earlier = [each for each in world.splits.all() if each.transaction_id == transaction_id]
    if sub.finished or any(each.finish and each.result != "CLOSED" for each in earlier):
        raise PayError(400, "INVALID_REQUEST", "订单已完结分账，不能再分账")
    if len(earlier) >= MOST_PER_ORDER:
        raise PayError(400, "INVALID_REQUEST", "分账次数超出限制")
    return trade, sub


def part_of(world: World, transaction_id: str, sub_mchid: str) -> tuple[Trade, Sub]:
    found = world.sub_by_transaction(transaction_id)
    if found is None or found[1].sub_mchid != sub_mchid:
        raise PayError(404, "RESOURCE_NOT_EXISTS", "微信订单不存在")
    return found


def _begin(world: World, call: Call, number: str, sub: Sub, **about: Any) -> Split:
    made = Split(
        order_id=world.number("3008", 28),
        out_order_no=number,
        fingerprint=call.fingerprint,
        transaction_id=sub.transaction_id,
        sub_mchid=sub.sub_mchid,
        created_at=world.clock.now(),
        due_at=_due(world),
        **about,
    )
    world.wake.set()
    return world.splits.put(made)


def _due(world: World) -> datetime | None:
    return None if world.funds_seconds is None else world.clock.now() + timedelta(seconds=world.funds_seconds)


def query_order(world: World, call: Call) -> tuple[int, Any]:
    split = world.splits.get(call.query.get("out_order_no", ""))
    named = (call.query.get("sub_mchid"), call.query.get("transaction_id"))
    if split is None or named != (split.sub_mchid, split.transaction_id):
        raise PayError(404, "RESOURCE_NOT_EXISTS", "分账单不存在")
    return 200, _describe(split)


def amounts(world: World, call: Call) -> tuple[int, Any]:
    found = world.sub_by_transaction(call.path["id"])
    if found is None:
        raise PayError(404, "RESOURCE_NOT_EXISTS", "微信订单不存在")
    return 200, {"transaction_id": call.path["id"], "unsplit_amount": found[1].frozen}


def _describe(split: Split) -> dict[str, Any]:
    body: dict[str, Any] = {
        "sub_mchid": split.sub_mchid,
        "transaction_id": split.transaction_id,
        "out_order_no": split.out_order_no,
        "order_id": split.order_id,
        "status": split.status,
    }
    if not split.receiver:
        return body | {"finish_amount": 0, "finish_description": split.description, "receivers": []}
    receiver: dict[str, Any] = {
        "type": "MERCHANT_ID",
        "receiver_account": split.receiver,
        "amount": split.amount,
        "description": split.description,
        "result": split.result,
        "detail_id": split.order_id + "1",
    }
    if split.fail_reason:
        receiver["fail_reason"] = split.fail_reason
    if split.finished_at:
        receiver["finish_time"] = rfc3339(split.finished_at)
    return body | {"receivers": [receiver]}


def finish(world: World, split: Split, status: str, reason: str = "") -> None:
    """SUCCESS or CLOSED: what is closed falls back to its shop. A last one sets free what is left."""
    if split.status != "PROCESSING" or status not in ("SUCCESS", "CLOSED"):
        raise ValueError(f"{split.out_order_no} is {split.status}, and {status} is none of its ends")
    trade, sub = part_of(world, split.transaction_id, split.sub_mchid)
    split.status, split.result, split.fail_reason, split.due_at = "FINISHED", status, reason, None
    split.finished_at = world.clock.now()
    with world.store.batch():
        if status == "SUCCESS" and split.amount:
            funds.note(world, sub.owner, "分账", -split.amount, split.order_id, split.out_order_no)
            funds.move(world, split.receiver, "分账", split.amount, split.order_id, split.out_order_no)
        elif split.amount:
            sub.shared -= split.amount
            sub.frozen += split.amount
        if split.finish and status == "SUCCESS":
            _release(world, sub)
        world.splits.put(split)
        world.put_trade(trade)


def _release(world: World, sub: Sub) -> None:
    holder = funds.account(world, sub.owner)
    holder.available += sub.frozen
    world.accounts.put(holder)
    sub.frozen, sub.finished = 0, True


# -- returns


def return_order(world: World, call: Call) -> tuple[int, Any]:
    body = call.read(ReturnBody)
    if known := world.returns.get(body.out_return_no):
        if known.fingerprint != call.fingerprint:
            raise PayError(400, "INVALID_REQUEST", "回退单号重复，且参数与首次请求时不一致")
        _try_return(world, known)
        return 200, _describe_return(world, known)
    split = _split_of(world, body)
    if split.status != "FINISHED" or split.result != "SUCCESS":
        raise PayError(400, "INVALID_REQUEST", "分账未完成，不能回退")
    if body.return_mchid != split.receiver:
        raise PayError(400, "INVALID_REQUEST", "回退方不是该分账单的接收方")
    if world.clock.now() - split.created_at > LATEST:
        raise PayError(400, "INVALID_REQUEST", "分账单已超过回退期限")
    if split.returned + body.amount > split.amount:
        raise PayError(403, "NOT_ENOUGH", "回退金额大于分账单剩余可回退金额")
    split.returned += body.amount
    world.splits.put(split)
    made = SplitReturn(
        return_no=world.number("3008", 28),
        out_return_no=body.out_return_no,
        fingerprint=call.fingerprint,
        out_order_no=split.out_order_no,
        sub_mchid=body.sub_mchid,
        return_mchid=body.return_mchid,
        amount=body.amount,
        created_at=world.clock.now(),
        due_at=_due(world),
    )
    world.wake.set()
    return 200, _describe_return(world, world.returns.put(made))


def _split_of(world: World, body: ReturnBody) -> Split:
    if bool(body.order_id) == bool(body.out_order_no):
        raise PayError(400, "PARAM_ERROR", "order_id和out_order_no必须二选一")
    for split in world.splits.all():
        if split.sub_mchid == body.sub_mchid and (body.order_id or body.out_order_no) in (
            split.order_id,
            split.out_order_no,
        ):
            return split
    raise PayError(404, "RESOURCE_NOT_EXISTS", "分账单不存在")


def query_return(world: World, call: Call) -> tuple[int, Any]:
    back = world.returns.get(call.query.get("out_return_no", ""))
    named = (call.query.get("sub_mchid"), call.query.get("out_order_no"))
    if back is None or named != (back.sub_mchid, back.out_order_no):
        raise PayError(404, "RESOURCE_NOT_EXISTS", "回退单不存在")
    return 200, _describe_return(world, back)


def _describe_return(world: World, back: SplitReturn) -> dict[str, Any]:
    split = world.splits.get(back.out_order_no)
    body: dict[str, Any] = {
        "sub_mchid": back.sub_mchid,
        "order_id": split.order_id if split else "",
        "out_order_no": back.out_order_no,
        "out_return_no": back.out_return_no,
        "return_mchid": back.return_mchid,
        "amount": back.amount,
        "return_no": back.return_no,
        "result": back.result,
    }
    if back.fail_reason:
        body["fail_reason"] = back.fail_reason
    if back.finished_at:
        body["finish_time"] = rfc3339(back.finished_at)
    return body


def _try_return(world: World, back: SplitReturn) -> None:
    """Goes through when the receiver has the money; else it waits, until its number is asked for again or given up."""
    early = back.due_at is not None and back.due_at > world.clock.now()
    if back.result != "PROCESSING" or early or world.funds_seconds is None:
        return
    if funds.account(world, back.return_mchid).available >= back.amount:
        finish_return(world, back, "SUCCESS")
    elif world.clock.now() - back.created_at > RETURN_PATIENCE:
        finish_return(world, back, "FAIL", "TIME_OUT_CLOSED")
    else:
        back.due_at = None
        world.returns.put(back)


def finish_return(world: World, back: SplitReturn, status: str, reason: str = "") -> None:
    if back.result != "PROCESSING" or status not in ("SUCCESS", "FAIL"):
        raise ValueError(f"{back.out_return_no} is {back.result}, and {status} is none of its ends")
    split = world.splits.get(back.out_order_no)
    assert split is not None
    with world.store.batch():
        if status == "SUCCESS":
            funds.move(world, back.return_mchid, "分账回退", -back.amount, back.return_no, back.out_return_no)
            funds.move(world, back.sub_mchid, "分账回退", back.amount, back.return_no, back.out_return_no)
        else:
            split.returned -= back.amount
            world.splits.put(split)
        back.result, back.fail_reason, back.due_at = status, reason, None
        back.finished_at = world.clock.now()
        world.returns.put(back)


def finish_due(world: World) -> None:
    now = world.clock.now()
    for split in world.splits.waiting():
        if split.due_at and split.due_at <= now:
            finish(world, split, "SUCCESS")
    for back in world.returns.waiting():
        _try_return(world, back)


ROUTES: list[Route] = [
    pay_route("/v3/ecommerce/profitsharing/receivers/add", "POST", add_receiver),
    pay_route("/v3/ecommerce/profitsharing/orders", "POST", order),
    pay_route("/v3/ecommerce/profitsharing/orders", "GET", query_order),
    pay_route("/v3/ecommerce/profitsharing/finish-order", "POST", finish_order),
    pay_route("/v3/ecommerce/profitsharing/orders/{id}/amounts", "GET", amounts),
    pay_route("/v3/ecommerce/profitsharing/returnorders", "POST", return_order),
    pay_route("/v3/ecommerce/profitsharing/returnorders", "GET", query_return),
]
