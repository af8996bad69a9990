"""What a sub-merchant has, and paying it out to its bank account (余额查询, 提现)."""

from datetime import timedelta
from typing import Annotated, Any, Literal

from pydantic import StringConstraints
from starlette.routing import Route

from . import funds
from .orders import Fen, Merchant, Url
from .records import Withdrawal
from .wire import Body, Call, PayError, pay_route
from .world import World, rfc3339

Number = Annotated[str, StringConstraints(pattern=r"^[0-9A-Za-z]{1,32}$")]
ENDS = ("SUCCESS", "FAIL", "CLOSE", "REFUND")


class WithdrawBody(Body):
    sub_mchid: Merchant
    out_request_no: Number
    amount: Fen
    remark: Annotated[str, StringConstraints(max_length=56)] = ""
    bank_memo: Annotated[str, StringConstraints(max_length=32)] = ""
    account_type: Literal["BASIC", "OPERATION", "FEES"] = "BASIC"
    notify_url: Url | None = None


def balance(world: World, call: Call) -> tuple[int, Any]:
    mchid = call.path["id"]
    available, pending = funds.account(world, mchid).available, funds.pending(world, mchid)
    return 200, {"sub_mchid": mchid, "available_amount": available, "pending_amount": pending, "account_type": "BASIC"}


def withdraw(world: World, call: Call) -> tuple[int, Any]:
    body = call.read(WithdrawBody)
    known = world.withdrawals.get(body.out_request_no)
    if known is not None and known.fingerprint != call.fingerprint:
        raise PayError(400, "INVALID_REQUEST", "提现单号重复，且参数与首次请求时不一致")
    if known is None:
        known = _begin(world, call, body)
    answer = {"sub_mchid": known.sub_mchid, "withdraw_id": known.withdraw_id, "out_request_no": known.out_request_no}
    return 200, answer


def _begin(world: World, call: Call, body: WithdrawBody) -> Withdrawal:
    now, seconds = world.clock.now(), world.funds_seconds
    made = Withdrawal(
        withdraw_id=world.number("1240", 32),
        out_request_no=body.out_request_no,
        fingerprint=call.fingerprint,
        sub_mchid=body.sub_mchid,
        amount=body.amount,
        remark=body.remark,
        created_at=now,
        due_at=None if seconds is None else now + timedelta(seconds=seconds),
    )
    funds.move(world, body.sub_mchid, "提现", -body.amount, made.withdraw_id, made.out_request_no)
    world.wake.set()
    return world.withdrawals.put(made)


def query(world: World, call: Call) -> tuple[int, Any]:
    found = world.withdrawals.get(call.path["no"])
    if found is None or found.sub_mchid != call.query.get("sub_mchid"):
        raise PayError(404, "RESOURCE_NOT_EXISTS", "提现单不存在")
    body: dict[str, Any] = {
        "sub_mchid": found.sub_mchid,
        "sp_mchid": world.keys.mchid,
        "status": found.status,
        "withdraw_id": found.withdraw_id,
        "out_request_no": found.out_request_no,
        "amount": found.amount,
        "create_time": rfc3339(found.created_at),
        "update_time": rfc3339(found.updated_at or found.created_at),
        "remark": found.remark,
        "account_type": "BASIC",
        "account_number": "1234",
        "account_bank": "云南农村信用社",
    }
    return 200, body | ({"reason": found.reason} if found.reason else {})


def finish(world: World, withdrawal: Withdrawal, status: str, reason: str = "") -> None:
    """SUCCESS, or an end that brings the money back; a bank may send back (REFUND) what had succeeded."""
    before = ("CREATE_SUCCESS", "SUCCESS") if status == "REFUND" else ("CREATE_SUCCESS",)
    if status not in ENDS or withdrawal.status not in before:
        raise ValueError(f"{withdrawal.out_request_no} is {withdrawal.status}, and {status} is none of its ends")
    with world.store.batch():
        if status != "SUCCESS":
            numbers = (withdrawal.withdraw_id, withdrawal.out_request_no)
            funds.move(world, withdrawal.sub_mchid, "提现退回", withdrawal.amount, *numbers)
        withdrawal.status, withdrawal.reason, withdrawal.due_at = status, reason, None
        withdrawal.updated_at = world.clock.now()
        world.withdrawals.put(withdrawal)


def finish_due(world: World) -> None:
    now = world.clock.now()
    for withdrawal in world.withdrawals.waiting():
        if withdrawal.due_at and withdrawal.due_at <= now:
            finish(world, withdrawal, "SUCCESS")


ROUTES: list[Route] = [
    pay_route("/v3/ecommerce/fund/balance/{id}", "GET", balance),
    pay_route("/v3/ecommerce/fund/withdraw", "POST", withdraw),
    pay_route("/v3/ecommerce/fund/withdraw/out-request-no/{no}", "GET", query),
]
