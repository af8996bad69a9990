"""提货券 for members, for the shops that issue them and for the platform."""

from __future__ import annotations

from dataclasses import asdict
from uuid import UUID

import strawberry

from domain import orders, vouchers
from domain.base import NotFound
from domain.members.permissions import Permission
from models.base import Fen
from models.vouchers import VoucherBatchKind
from resolvers.base import Audience, By, Rate, Room, mutation, query
from schema.base import Info
from schema.checkout import CheckoutPreview, CheckoutPreviewResult
from schema.members import Address
from schema.orders import PlaceOrderResult, Trade
from schema.relations import columns_for
from schema.vouchers import (
    ConsoleVoucher,
    ConsoleVoucherPage,
    ConsoleVoucherResult,
    PlatformVoucherBatchInput,
    RedeemVoucherInput,
    Voucher,
    VoucherBatch,
    VoucherBatchInput,
    VoucherBatchPage,
    VoucherBatchResult,
    VoucherCodes,
    VoucherCodesResult,
    VoucherGiftLink,
    VoucherGiftLinkResult,
    VoucherGiftOffer,
    VoucherLiability,
    VoucherPayee,
    VoucherPayeeResult,
    VoucherResult,
)

READS, WRITES = Permission.MERCHANT_FUNDS_READ, Permission.MERCHANT_FUNDS_PAYOUT
FUNDS = Permission.PLATFORM_FUNDS
LOOKED = "Of a batch or a lot, by the end of the code, or those waiting for money."
ISSUES = "Makes vouchers and tells their codes: for a day the same to one key."
# Whoever tries out codes or links is soon slow, besides being counted.
GUESSING = Rate(By.VIEWER, burst=10, seconds=20)


async def _voucher(info: Info, id: UUID) -> Voucher:
    columns = columns_for(info, Voucher)
    return Voucher.of(await info.context.read(vouchers.own_voucher, info.context.viewer, id, columns))


async def _batch(info: Info, id: UUID) -> VoucherBatch:
    columns = columns_for(info, VoucherBatch)
    return VoucherBatch.of(await info.context.read(vouchers.batch, info.context.viewer, id, columns))


async def _batches(info: Info, page: int, size: int) -> VoucherBatchPage:
    columns, viewer = columns_for(info, VoucherBatch, "items"), info.context.viewer
    rows, total = await info.context.read(vouchers.batches, viewer, page, size, columns)
    return VoucherBatchPage(items=[VoucherBatch.of(row) for row in rows], total=total)


async def _console_voucher(info: Info, id: UUID) -> ConsoleVoucher:
    columns = columns_for(info, ConsoleVoucher)
    return ConsoleVoucher.of(await info.context.read(vouchers.console_voucher, info.context.viewer, id, columns))


async def _console_vouchers(info: Info, looked: vouchers.Looked, page: int, size: int) -> ConsoleVoucherPage:
    columns, viewer = columns_for(info, ConsoleVoucher, "items"), info.context.viewer
    rows, total = await info.context.read(vouchers.console_vouchers, viewer, looked, page, size, columns)
    return ConsoleVoucherPage(items=[ConsoleVoucher.of(row) for row in rows], total=total)


async def _open(info: Info, draft: vouchers.BatchDraft) -> VoucherBatch:
    async with info.context.database.begin() as uow:
        id = await vouchers.open_batch(uow, info.context.viewer, draft)
    return await _batch(info, id)


async def _issue(info: Info, batch_id: UUID, count: int, key: str) -> VoucherCodes:
    async with info.context.database.begin() as uow:
        return VoucherCodes(codes=list(await vouchers.issue(uow, info.context.viewer, batch_id, count, key)))


async def _stop(info: Info, id: UUID) -> VoucherBatch:
    async with info.context.database.begin() as uow:
        await vouchers.stop_batch(uow, info.context.viewer, id)
    return await _batch(info, id)


async def _refund(info: Info, id: UUID, reference: str) -> ConsoleVoucher:
    await vouchers.refund(info.context.database, info.context.viewer, id, reference)
    return await _console_voucher(info, id)


async def _payee(info: Info, id: UUID) -> VoucherPayee:
    async with info.context.database.begin() as uow:
        return VoucherPayee(payee=await vouchers.payee(uow, info.context.viewer, id))


@strawberry.type
class Query:
    @query(Audience.MEMBER)
    async def my_vouchers(self, info: Info, page: int = 1, size: int = 20) -> list[Voucher]:
        """The viewer's vouchers, those that can be redeemed first."""
        columns = columns_for(info, Voucher)
        rows = await info.context.read(vouchers.mine, info.context.viewer, page, size, columns)
        return [Voucher.of(row) for row in rows]

    @query(Audience.MEMBER)
    async def my_voucher(self, info: Info, id: UUID) -> Voucher | None:
        try:
            return await _voucher(info, id)
        except NotFound:
            return None

    @query(Audience.MEMBER, rates=(GUESSING,), description="A voucher somebody gives away, by its link's secret.")
    async def voucher_gift(self, info: Info, token: str) -> VoucherGiftOffer | None:
        try:
            return VoucherGiftOffer.of(await info.context.read(vouchers.offered, token))
        except NotFound:
            return None

    @query(Audience.MEMBER, room=Room.CHECKOUT)
    async def redemption_preview(
        self,
        info: Info,
        voucher_id: UUID,
        sku_id: UUID,
        quantity: int,
        address_id: UUID | None = None,
        picked_up: bool = False,
    ) -> CheckoutPreviewResult:
        """What redeeming so many pieces would take; `due` is the freight that is left to pay, if any."""
        viewer, columns = info.context.viewer, columns_for(info, Address, "address")
        wanted = (voucher_id, sku_id, quantity)
        about = (wanted, address_id, columns)
        preview = await info.context.read(orders.preview_redemption, viewer, *about, picked_up=picked_up)
        return CheckoutPreview.whole(preview)

    @query(Audience.MERCHANT, READS)
    async def merchant_voucher_batches(self, info: Info, page: int = 1, size: int = 20) -> VoucherBatchPage:
        return await _batches(info, page, size)

    @query(Audience.PLATFORM, FUNDS)
    async def platform_voucher_batches(self, info: Info, page: int = 1, size: int = 20) -> VoucherBatchPage:
        return await _batches(info, page, size)

    @query(Audience.MERCHANT, READS, description=LOOKED)
    async def merchant_vouchers(
        self,
        info: Info,
        batch_id: UUID | None = None,
        last4: str | None = None,
        refunding: bool = False,
        lot_id: UUID | None = None,
        page: int = 1,
        size: int = 20,
    ) -> ConsoleVoucherPage:
        return await _console_vouchers(info, vouchers.Looked(batch_id, lot_id, last4, refunding), page, size)

    @query(Audience.PLATFORM, FUNDS, description=LOOKED)
    async def platform_vouchers(
        self,
        info: Info,
        batch_id: UUID | None = None,
        last4: str | None = None,
        refunding: bool = False,
        lot_id: UUID | None = None,
        page: int = 1,
        size: int = 20,
    ) -> ConsoleVoucherPage:
        return await _console_vouchers(info, vouchers.Looked(batch_id, lot_id, last4, refunding), page, size)

    @query(Audience.PLATFORM, FUNDS, description="What is owed to holders, by the vouchers and by the ledger.")
    async def platform_voucher_liability(self, info: Info) -> VoucherLiability:
        found = await info.context.read(vouchers.liability, info.context.viewer)
        fen = {name: Fen(value) for name, value in asdict(found).items() if name != "pieces"}
        return VoucherLiability(**fen, pieces=found.pieces)


@strawberry.type
class Mutation:
    @mutation(
        Audience.MEMBER, rates=(GUESSING,), description="Binds the voucher with this code; five wrong codes a day."
    )
    async def bind_voucher(self, info: Info, code: str) -> VoucherResult:
        return await _voucher(info, await vouchers.bind(info.context.database, info.context.viewer, code))

    @mutation(Audience.MEMBER, room=Room.CHECKOUT)
    async def redeem_voucher(self, info: Info, input: RedeemVoucherInput) -> PlaceOrderResult:
        """Redeems pieces: an order that the voucher pays at once. Where freight is left to pay it waits for that."""
        viewer, columns = info.context.viewer, columns_for(info, Trade)
        wanted = orders.wanted_redemption(orders.RedemptionPage(**vars(input)))
        placed = await info.context.services.placing.place(viewer, wanted)
        trade_id = placed.trade["id"]
        async with info.context.database.begin() as uow:
            await orders.finish_redemption(uow, viewer, trade_id)
        return Trade.of(await info.context.read(orders.access_trade, viewer, trade_id, columns))

    @mutation(Audience.MEMBER, description="A link that gives the voucher to whoever opens it first, for a week.")
    async def give_voucher(self, info: Info, id: UUID, words: str = "") -> VoucherGiftLinkResult:
        async with info.context.database.begin() as uow:
            given = await vouchers.give(uow, info.context.viewer, id, words)
        return VoucherGiftLink(token=given.token, expires_at=given.expires_at)

    @mutation(Audience.MEMBER, description="Makes the link of a voucher void.")
    async def withdraw_voucher(self, info: Info, id: UUID) -> VoucherResult:
        async with info.context.database.begin() as uow:
            await vouchers.take_back(uow, info.context.viewer, id)
        return await _voucher(info, id)

    @mutation(Audience.MEMBER, rates=(GUESSING,), description="Takes a voucher that somebody gave.")
    async def accept_voucher(self, info: Info, token: str) -> VoucherResult:
        async with info.context.database.begin() as uow:
            id = await vouchers.accept(uow, info.context.viewer, token)
        return await _voucher(info, id)

    @mutation(Audience.MEMBER, description="挂失: nothing is redeemed any more.")
    async def report_voucher_lost(self, info: Info, id: UUID) -> VoucherResult:
        async with info.context.database.begin() as uow:
            await vouchers.report_lost(uow, info.context.viewer, id)
        return await _voucher(info, id)

    @mutation(Audience.MEMBER, description="Found again: good as before.")
    async def restore_voucher(self, info: Info, id: UUID) -> VoucherResult:
        async with info.context.database.begin() as uow:
            await vouchers.thaw(uow, info.context.viewer, id)
        return await _voucher(info, id)

    @mutation(Audience.MEMBER, description="What is left of one that ran out is good for another year, for nothing.")
    async def extend_voucher(self, info: Info, id: UUID) -> VoucherResult:
        async with info.context.database.begin() as uow:
            await vouchers.extend(uow, info.context.viewer, id)
        return await _voucher(info, id)

    @mutation(Audience.MEMBER, description="Wants the money for what is left of one that ran out, to this account.")
    async def ask_voucher_refund(self, info: Info, id: UUID, payee: str) -> VoucherResult:
        async with info.context.database.begin() as uow:
            await vouchers.ask_refund(uow, info.context.viewer, id, payee)
        return await _voucher(info, id)

    @mutation(Audience.MEMBER, description="Wants no money after all, and can have it extended.")
    async def keep_voucher(self, info: Info, id: UUID) -> VoucherResult:
        async with info.context.database.begin() as uow:
            await vouchers.keep(uow, info.context.viewer, id)
        return await _voucher(info, id)

    @mutation(Audience.MERCHANT, WRITES, description="For goods of the shop, which is paid for the vouchers itself.")
    async def merchant_open_voucher_batch(self, info: Info, input: VoucherBatchInput) -> VoucherBatchResult:
        return await _open(info, input.draft(VoucherBatchKind.SHOP, info.context.viewer.shop_id))

    @mutation(Audience.PLATFORM, FUNDS, description="For goods of a shop of the platform's own.")
    async def platform_open_voucher_batch(self, info: Info, input: PlatformVoucherBatchInput) -> VoucherBatchResult:
        return await _open(info, input.draft(input.kind, input.issuer_id, input.buyer))

    @mutation(Audience.MERCHANT, WRITES, description=ISSUES)
    async def merchant_issue_vouchers(
        self, info: Info, batch_id: UUID, count: int, idempotency_key: str
    ) -> VoucherCodesResult:
        return await _issue(info, batch_id, count, idempotency_key)

    @mutation(Audience.PLATFORM, FUNDS, description=ISSUES)
    async def platform_issue_vouchers(
        self, info: Info, batch_id: UUID, count: int, idempotency_key: str
    ) -> VoucherCodesResult:
        return await _issue(info, batch_id, count, idempotency_key)

    @mutation(Audience.MERCHANT, WRITES, description="No more are handed out; those that were stay good.")
    async def merchant_stop_voucher_batch(self, info: Info, id: UUID) -> VoucherBatchResult:
        return await _stop(info, id)

    @mutation(Audience.PLATFORM, FUNDS, description="No more are handed out; those that were stay good.")
    async def platform_stop_voucher_batch(self, info: Info, id: UUID) -> VoucherBatchResult:
        return await _stop(info, id)

    @mutation(Audience.MERCHANT, WRITES, description="Where the money of a voucher that waits for it shall go.")
    async def merchant_voucher_payee(self, info: Info, id: UUID) -> VoucherPayeeResult:
        return await _payee(info, id)

    @mutation(Audience.PLATFORM, FUNDS, description="Where the money of a voucher that waits for it shall go.")
    async def platform_voucher_payee(self, info: Info, id: UUID) -> VoucherPayeeResult:
        return await _payee(info, id)

    @mutation(Audience.MERCHANT, WRITES, description="The money was transferred, by the bank's number of the transfer.")
    async def merchant_refund_voucher(self, info: Info, id: UUID, reference: str) -> ConsoleVoucherResult:
        return await _refund(info, id, reference)

    @mutation(Audience.PLATFORM, FUNDS, description="The money was transferred, by the bank's number of the transfer.")
    async def platform_refund_voucher(self, info: Info, id: UUID, reference: str) -> ConsoleVoucherResult:
        return await _refund(info, id, reference)

    @mutation(Audience.PLATFORM, FUNDS)
    async def platform_freeze_voucher(self, info: Info, id: UUID, reason: str) -> ConsoleVoucherResult:
        async with info.context.database.begin() as uow:
            await vouchers.freeze(uow, info.context.viewer, id, reason)
        return await _console_voucher(info, id)

    @mutation(Audience.PLATFORM, FUNDS)
    async def platform_unfreeze_voucher(self, info: Info, id: UUID, reason: str) -> ConsoleVoucherResult:
        async with info.context.database.begin() as uow:
            await vouchers.unfreeze(uow, info.context.viewer, id, reason)
        return await _console_voucher(info, id)
