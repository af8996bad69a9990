"""Sharing out, subsidies, balances, withdrawals and the fund-flow bill of the platform product (平台收付通)."""

import binascii
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any
from urllib.parse import urlencode

from . import signing
from .client import WechatPay
from .fundbill import FundBill, read_fund_bill
from .values import fit, moment, whole

SHARING = "/v3/ecommerce/profitsharing"


class SplitStatus(StrEnum):
    PROCESSING = "PROCESSING"
    FINISHED = "FINISHED"


class ReturnResult(StrEnum):
    PROCESSING = "PROCESSING"
    SUCCESS = "SUCCESS"
    FAIL = "FAIL"


class WithdrawStatus(StrEnum):
    INIT = "INIT"
    CREATE_SUCCESS = "CREATE_SUCCESS"
    SUCCESS = "SUCCESS"
    FAIL = "FAIL"
    CLOSE = "CLOSE"
    # The bank sent it back, possibly after it had succeeded.
    REFUND = "REFUND"


@dataclass(frozen=True)
class SplitState:
    """A sharing order. `result` is that of its only receiver: PENDING, SUCCESS, CLOSED; None where it ends sharing."""

    order_id: str
    out_order_no: str
    status: SplitStatus
    result: str | None
    fail_reason: str | None
    finish_time: datetime | None

    @classmethod
    def of(cls, raw: Mapping[str, Any]) -> "SplitState":
        receivers = raw.get("receivers") or []
        first: Mapping[str, Any] = receivers[0] if receivers else {}
        return cls(
            order_id=raw["order_id"],
            out_order_no=raw["out_order_no"],
            status=SplitStatus(raw["status"]),
            result=first.get("result"),
            fail_reason=first.get("fail_reason"),
            finish_time=moment(first.get("finish_time")),
        )


@dataclass(frozen=True)
class ReturnState:
    return_no: str
    out_return_no: str
    result: ReturnResult
    fail_reason: str | None
    finish_time: datetime | None

    @classmethod
    def of(cls, raw: Mapping[str, Any]) -> "ReturnState":
        result, ended = ReturnResult(raw["result"]), moment(raw.get("finish_time"))
        return cls(raw["return_no"], raw["out_return_no"], result, raw.get("fail_reason"), ended)


@dataclass(frozen=True)
class SubsidyState:
    id: str
    result: str
    amount: int
    success_time: datetime | None

    @classmethod
    def of(cls, raw: Mapping[str, Any]) -> "SubsidyState":
        id, at = raw.get("subsidy_id") or raw["subsidy_refund_id"], moment(raw.get("success_time"))
        return cls(id, raw["result"], whole(raw["amount"]), at)


@dataclass(frozen=True)
class FundBalance:
    """Fen that a sub-merchant can dispose of, and fen that are frozen."""

    available: int
    pending: int

    @classmethod
    def of(cls, raw: Mapping[str, Any]) -> "FundBalance":
        return cls(whole(raw["available_amount"]), whole(raw.get("pending_amount") or 0))


@dataclass(frozen=True)
class WithdrawState:
    withdraw_id: str
    out_request_no: str
    status: WithdrawStatus
    amount: int
    reason: str | None
    update_time: datetime | None

    @classmethod
    def of(cls, raw: Mapping[str, Any]) -> "WithdrawState":
        return cls(
            withdraw_id=raw["withdraw_id"],
            out_request_no=raw["out_request_no"],
            status=WithdrawStatus(raw["status"]),
            amount=whole(raw["amount"]),
            reason=raw.get("reason") or None,
            update_time=moment(raw.get("update_time")),
        )


class WechatFunds:
    """The calls about money that was paid. All are idempotent by their numbers; every one may raise WechatPayError."""

    def __init__(self, pay: WechatPay) -> None:
        self._pay = pay
        self._known = False

    # -- sharing out

    async def share(
        self, *, sub_mchid: str, transaction_id: str, out_order_no: str, amount: int, description: str
    ) -> SplitState:
        """`amount` to the platform, and the end of sharing: the rest is the shop's at once."""
        await self._introduce()
        receiver = {
            "type": "MERCHANT_ID",
            "receiver_account": self._pay.config.mchid,
            "amount": amount,
            "description": fit(description, 80),
        }
        about = {"sub_mchid": sub_mchid, "transaction_id": transaction_id, "out_order_no": out_order_no}
        body = {"appid": self._pay.config.appid, **about, "receivers": [receiver], "finish": True}
        return await self._pay.call("POST", f"{SHARING}/orders", body, SplitState.of)

    async def _introduce(self) -> None:
        """The platform must be named as a receiver before it can be one; saying so again changes nothing."""
        if self._known:
            return
        config = self._pay.config
        who = {"type": "MERCHANT_ID", "account": config.mchid, "relation_type": "PLATFORM"}
        await self._pay.call("POST", f"{SHARING}/receivers/add", {"appid": config.appid, **who}, lambda raw: None)
        self._known = True

    async def finish_sharing(
        self, *, sub_mchid: str, transaction_id: str, out_order_no: str, description: str
    ) -> SplitState:
        """Nothing is to be shared (any more): what is frozen is the shop's."""
        about = {"sub_mchid": sub_mchid, "transaction_id": transaction_id, "out_order_no": out_order_no}
        body = {**about, "description": fit(description, 80)}
        return await self._pay.call("POST", f"{SHARING}/finish-order", body, SplitState.of)

    async def query_share(self, *, sub_mchid: str, transaction_id: str, out_order_no: str) -> SplitState | None:
        about = {"sub_mchid": sub_mchid, "transaction_id": transaction_id, "out_order_no": out_order_no}
        return await self._pay.find(f"{SHARING}/orders?{urlencode(about)}", "RESOURCE_NOT_EXISTS", SplitState.of)

    async def return_share(
        self, *, sub_mchid: str, out_order_no: str, out_return_no: str, amount: int, description: str
    ) -> ReturnState:
        """The platform gives back some of what it got; PROCESSING may mean that it has too little: ask again then."""
        about = {"sub_mchid": sub_mchid, "out_order_no": out_order_no, "out_return_no": out_return_no}
        body = {**about, "return_mchid": self._pay.config.mchid, "amount": amount, "description": fit(description, 80)}
        return await self._pay.call("POST", f"{SHARING}/returnorders", body, ReturnState.of)

    async def query_return(self, *, sub_mchid: str, out_order_no: str, out_return_no: str) -> ReturnState | None:
        about = {"sub_mchid": sub_mchid, "out_return_no": out_return_no, "out_order_no": out_order_no}
        return await self._pay.find(f"{SHARING}/returnorders?{urlencode(about)}", "RESOURCE_NOT_EXISTS", ReturnState.of)

    # -- subsidies

    async def subsidise(
        self, *, sub_mchid: str, transaction_id: str, out_subsidy_no: str, amount: int, description: str
    ) -> SubsidyState:
        """The platform adds to an order, before it is shared out."""
        about = {"sub_mchid": sub_mchid, "transaction_id": transaction_id, "out_subsidy_no": out_subsidy_no}
        body = {**about, "amount": amount, "description": fit(description, 80)}
        return await self._pay.call("POST", "/v3/ecommerce/subsidies/create", body, SubsidyState.of)

    async def return_subsidy(
        self, *, sub_mchid: str, transaction_id: str, out_order_no: str, refund_id: str, amount: int, description: str
    ) -> SubsidyState:
        """The platform fetches back what it added, on the ground of a refund."""
        about = {"sub_mchid": sub_mchid, "transaction_id": transaction_id, "out_order_no": out_order_no}
        body = {**about, "refund_id": refund_id, "amount": amount, "description": fit(description, 80)}
        return await self._pay.call("POST", "/v3/ecommerce/subsidies/return", body, SubsidyState.of)

    # -- balances and withdrawals

    async def balance(self, sub_mchid: str) -> FundBalance:
        return await self._pay.call("GET", f"/v3/ecommerce/fund/balance/{sub_mchid}", None, FundBalance.of)

    async def withdraw(self, *, sub_mchid: str, out_request_no: str, amount: int, remark: str) -> str:
        """Answers the withdrawal's id: taken in, not paid."""
        body = {"sub_mchid": sub_mchid, "out_request_no": out_request_no, "amount": amount, "remark": fit(remark, 56)}
        return await self._pay.call("POST", "/v3/ecommerce/fund/withdraw", body, lambda raw: str(raw["withdraw_id"]))

    async def query_withdrawal(self, *, sub_mchid: str, out_request_no: str) -> WithdrawState | None:
        path = f"/v3/ecommerce/fund/withdraw/out-request-no/{out_request_no}?{urlencode({'sub_mchid': sub_mchid})}"
        return await self._pay.find(path, "RESOURCE_NOT_EXISTS", WithdrawState.of)

    # -- the bill

    async def fund_bill(self, day: date) -> FundBill | None:
        """All movements of all sub-merchants on a day in Shanghai; None when there is no bill (yet).

        UntrustedReply when a file is not the one whose hash was told, does not open, or is not of the promised form.
        """
        asked = {"bill_date": day.isoformat(), "account_type": "ALL", "tar_type": "GZIP"}
        path = f"/v3/ecommerce/bill/fundflowbill?{urlencode({**asked, 'algorithm': 'AEAD_AES_256_GCM'})}"
        told = await self._pay.find(path, "NO_STATEMENT_EXIST", lambda raw: list(raw["download_bill_list"]))
        if told is None:
            return None
        files = [await self._file(entry) for entry in told]
        return FundBill("".join(file.hash for file in files)[:40], tuple(line for file in files for line in file.lines))

    async def _file(self, entry: Mapping[str, Any]) -> FundBill:
        def opened(content: bytes) -> bytes:
            try:
                key = self._pay.open_bytes(str(entry["encrypt_key"]))
            except (binascii.Error, KeyError) as error:
                raise ValueError("no key of the file") from error
            return signing.open_file(key, str(entry["nonce"]), content)

        return await self._pay.download(str(entry["download_url"]), str(entry["hash_value"]), read_fund_bill, opened)
