"""Whose an order's money is once it is over, and money on its way to a shop's bank."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated
from uuid import UUID

import strawberry

from domain import merchants, settlement
from domain.settlement import Balance
from models.base import Fen
from models.settlement import CallKind, CallState, PayoutEvery, PayoutState, SettlementState
from schema.base import NumberedPage, Refused
from schema.merchants import Merchant
from schema.relations import RowType, derived, many, one

strawberry.enum(
    SettlementState,
    description="WAITING: nothing of it may be on its way back. RUNNING: WeChat Pay is being asked. DONE: all of it is"
    " free. STUCK: a person must look.",
)
strawberry.enum(CallKind, name="SettlementCallKind")
strawberry.enum(CallState, name="SettlementCallState")
strawberry.enum(PayoutState)
strawberry.enum(PayoutEvery)


@strawberry.type(description="One thing asked of WeChat Pay.")
class SettlementCall(RowType):
    id: UUID
    kind: CallKind
    state: CallState
    number: str
    amount: Fen
    reason: str | None
    tries: int
    created_at: datetime
    finished_at: datetime | None


@strawberry.type(description="What an order brought, after refunds: `held` = `net` + `commission` + `fee`, always.")
class Settlement(RowType):
    id: UUID
    order_id: UUID
    order_number: str
    state: SettlementState
    held: Fen = strawberry.field(description="With what the platform adds")
    net: Fen = strawberry.field(description="The shop's")
    commission: Fen
    fee: Fen = strawberry.field(description="WeChat Pay's")
    subsidy: Fen = strawberry.field(description="What of `held` the platform added")
    settled_at: datetime = strawberry.field(description="When the order was over, by which statements count")
    shared_at: datetime | None = strawberry.field(description="When `net` was at the shop's disposal")


@strawberry.type(description="A settlement as the platform sees it.")
class PlatformSettlement(Settlement):
    trouble: str | None
    merchant: Merchant = one(merchants.by_id, key="merchant_id")
    calls: list[SettlementCall] = many(settlement.calls_by_settlement, key="id")


@strawberry.type(description="What all settlements of the span add up to.")
class SettlementSums:
    count: int
    held: Fen
    net: Fen
    commission: Fen
    fee: Fen

    @classmethod
    def of(cls, sums: settlement.Sums) -> SettlementSums:
        return cls(
            count=sums.count,
            held=Fen(sums.held),
            net=Fen(sums.net),
            commission=Fen(sums.commission),
            fee=Fen(sums.fee),
        )


@strawberry.type
class SettlementPage(NumberedPage[Settlement]):
    sums: SettlementSums


@strawberry.type
class PlatformSettlementPage(NumberedPage[PlatformSettlement]):
    sums: SettlementSums


@strawberry.type
class Payout(RowType):
    id: UUID
    number: str
    amount: Fen
    state: PayoutState
    asked_by: str | None = strawberry.field(description="Null: by itself, by the shop's cycle")
    reason: str | None = strawberry.field(description="Why it failed or came back, in WeChat Pay's or a person's words")
    created_at: datetime
    finished_at: datetime | None
    by_transfer: bool = derived(
        settlement.is_transfer,
        "sub_mchid",
        description="The platform transfers it from its own bank account, because all orders are paid to it",
    )
    reference: str | None = derived(
        lambda id: id, "provider_id", description="WeChat Pay's number of it, or the bank's number of the transfer"
    )


@strawberry.type(description="A payout as the platform sees it.")
class PlatformPayout(Payout):
    tries: int
    merchant: Merchant = one(merchants.by_id, key="merchant_id")


@strawberry.type
class PayoutPage(NumberedPage[Payout]):
    pass


@strawberry.type
class PlatformPayoutPage(NumberedPage[PlatformPayout]):
    pass


@strawberry.type(description="Where a shop's money is, by our books.")
class MerchantFunds:
    held: Fen = strawberry.field(description="Of orders that are not over")
    coming: Fen = strawberry.field(description="Of orders that are over, not yet at the shop's disposal")
    owed: Fen = strawberry.field(description="All that is the shop's, less what is on its way to its bank")
    on_the_way: Fen
    paid_out: Fen = strawberry.field(description="Ever")
    every: PayoutEvery
    least: Fen = strawberry.field(description="Less than this is not paid out by itself")
    next_at: datetime | None

    @classmethod
    def of(cls, funds: settlement.Funds) -> MerchantFunds:
        return cls(
            held=Fen(funds.held),
            coming=Fen(funds.coming),
            owed=Fen(funds.owed),
            on_the_way=Fen(funds.on_the_way),
            paid_out=Fen(funds.paid_out),
            every=funds.every,
            least=Fen(funds.least),
            next_at=funds.next_at,
        )


@strawberry.type(
    description="What WeChat Pay says is in a shop's account at this moment; null when it does not answer. Where the"
    " platform collects and pays by transfer: what it owes the shop."
)
class FundBalance:
    by_transfer: bool
    available: Fen | None
    pending: Fen | None = strawberry.field(description="Frozen until it is shared out")

    @classmethod
    def of(cls, balance: Balance | None, *, by_transfer: bool) -> FundBalance:
        if balance is None:
            return cls(by_transfer=by_transfer, available=None, pending=None)
        return cls(by_transfer=by_transfer, available=Fen(balance.available), pending=Fen(balance.pending))


PlatformPayoutResult = Annotated[PlatformPayout | Refused, strawberry.union("PlatformPayoutResult")]
PayoutResult = Annotated[Payout | Refused, strawberry.union("PayoutResult")]
MerchantFundsResult = Annotated[MerchantFunds | Refused, strawberry.union("MerchantFundsResult")]
PlatformSettlementResult = Annotated[PlatformSettlement | Refused, strawberry.union("PlatformSettlementResult")]
