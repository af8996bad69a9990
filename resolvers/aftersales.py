"""After-sale cases for their buyers, for the shops that sold the goods and for the platform."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

import strawberry

from domain import aftersales, orders, payments
from domain.base import NotFound, RowDict, page_size
from domain.members.permissions import Permission
from models.aftersales import AfterSaleRefusal
from models.base import Fen
from resolvers.base import Audience, By, Rate, mutation, query
from schema.aftersales import (
    AfterSale,
    AfterSaleConnection,
    AfterSaleDeskCount,
    AfterSaleLineOptions,
    AfterSaleOption,
    AfterSalePage,
    AfterSaleQuote,
    AfterSaleQuoteResult,
    AfterSaleQuotes,
    AfterSaleResult,
    AfterSalesApplied,
    ApplyAfterSaleInput,
    ApplyAfterSaleResult,
    DisputedPayment,
    DisputedPaymentPage,
    ReturnAddress,
    ReturnAddressInput,
    ReturnAddressResult,
    TroubledRefund,
    TroubledRefundPage,
)
from schema.base import After, Done, DoneResult, First, Info, decode_place, page_info
from schema.orders import Order, OrderLine, OrderResult
from schema.relations import columns_for

# Nobody claims faster by hand.
OF_ONE_BUYER = Rate(By.VIEWER, burst=20, seconds=3)
DESK = Permission.MERCHANT_AFTERSALES
ARBITRATION = Permission.PLATFORM_AFTERSALES
FUNDS = Permission.PLATFORM_FUNDS


async def _case(info: Info, id: UUID) -> AfterSale:
    columns = columns_for(info, AfterSale)
    return AfterSale.of(await info.context.read(aftersales.access, info.context.viewer, id, columns))


async def _case_or_none(info: Info, id: UUID) -> AfterSale | None:
    try:
        return await _case(info, id)
    except NotFound:
        return None


async def _order(info: Info, id: UUID) -> Order:
    return Order.of(await info.context.read(orders.access, info.context.viewer, id, columns_for(info, Order)))


async def _page(info: Info, desk: aftersales.AfterSaleDesk, page: int, size: int) -> AfterSalePage:
    columns = columns_for(info, AfterSale, "items")
    rows, total = await info.context.read(aftersales.page, info.context.viewer, desk, page, size, columns)
    return AfterSalePage(items=[AfterSale.of(row) for row in rows], total=total)


async def _counts(info: Info) -> list[AfterSaleDeskCount]:
    found = await info.context.read(aftersales.counts, info.context.viewer)
    return [AfterSaleDeskCount(desk=desk, count=count) for desk, count in found.items()]


def _options(line: RowDict, found: Sequence[aftersales.Option]) -> AfterSaleLineOptions:
    options = [AfterSaleOption(**{**vars(option), "reasons": list(option.reasons)}) for option in found]
    return AfterSaleLineOptions(line=OrderLine.of(line), options=options)


@strawberry.type
class Query:
    @query(Audience.MEMBER)
    async def my_after_sales(
        self, info: Info, open_only: bool = False, first: First = 20, after: After = None
    ) -> AfterSaleConnection:
        columns, place = columns_for(info, AfterSale, "nodes"), decode_place(after)
        viewer = info.context.viewer
        seen = await info.context.read(aftersales.of_member, viewer, open_only, first, place, columns)
        nodes, end = [AfterSale.of(row) for row in seen.rows], page_info(seen.rows, seen.has_next, "created_at", "id")
        return AfterSaleConnection(nodes=nodes, total=seen.total, page_info=end)

    @query(Audience.MEMBER)
    async def my_after_sale(self, info: Info, id: UUID) -> AfterSale | None:
        return await _case_or_none(info, id)

    @query(Audience.SIGNED_IN, description="The cases of an order the viewer sees, oldest first.")
    async def order_after_sales(self, info: Info, order_id: UUID, first: First = 50) -> list[AfterSale]:
        columns, viewer = columns_for(info, AfterSale), info.context.viewer
        rows = await info.context.read(aftersales.of_order, viewer, order_id, columns)
        return [AfterSale.of(row) for row in rows[: page_size(first)]]

    @query(Audience.MEMBER, description="What may be claimed of each line of one of the viewer's orders.")
    async def after_sale_options(self, info: Info, order_id: UUID) -> list[AfterSaleLineOptions]:
        found = await info.context.read(aftersales.options, info.context.viewer, order_id)
        return [_options(line, options) for line, options in found]

    @query(Audience.MEMBER, description="What a claim would bring; texts and pictures do not matter.")
    async def after_sale_quote(self, info: Info, input: ApplyAfterSaleInput) -> AfterSaleQuoteResult:
        quotes = await info.context.read(aftersales.quote, info.context.viewer, input.wanted())
        total = Fen(sum(quote.amount + quote.freight for quote in quotes))
        return AfterSaleQuotes(total=total, lines=[AfterSaleQuote.of(quote) for quote in quotes])

    @query(Audience.MERCHANT, DESK)
    async def merchant_after_sales(
        self, info: Info, desk: aftersales.AfterSaleDesk, page: int = 1, size: int = 20
    ) -> AfterSalePage:
        return await _page(info, desk, page, size)

    @query(Audience.MERCHANT, DESK)
    async def merchant_after_sale_counts(self, info: Info) -> list[AfterSaleDeskCount]:
        return await _counts(info)

    @query(Audience.MERCHANT, DESK)
    async def merchant_after_sale(self, info: Info, id: UUID) -> AfterSale | None:
        return await _case_or_none(info, id)

    @query(Audience.MERCHANT, DESK)
    async def merchant_return_address(self, info: Info) -> ReturnAddress | None:
        address = await info.context.read(aftersales.address_of_shop, info.context.viewer)
        return ReturnAddress.of(address) if address else None

    @query(Audience.PLATFORM, ARBITRATION)
    async def platform_after_sales(
        self, info: Info, desk: aftersales.AfterSaleDesk, page: int = 1, size: int = 20
    ) -> AfterSalePage:
        return await _page(info, desk, page, size)

    @query(Audience.PLATFORM, ARBITRATION)
    async def platform_after_sale_counts(self, info: Info) -> list[AfterSaleDeskCount]:
        return await _counts(info)

    @query(Audience.PLATFORM, ARBITRATION)
    async def platform_after_sale(self, info: Info, id: UUID) -> AfterSale | None:
        return await _case_or_none(info, id)

    @query(Audience.PLATFORM, FUNDS, description="Refunds that did not arrive, the oldest first.")
    async def platform_troubled_refunds(self, info: Info, page: int = 1, size: int = 20) -> TroubledRefundPage:
        columns = columns_for(info, TroubledRefund, "items")
        rows, total = await info.context.read(payments.abnormal, page, size, columns)
        return TroubledRefundPage(items=[TroubledRefund.of(row) for row in rows], total=total)

    @query(Audience.PLATFORM, FUNDS, description="Money that came, but not as asked, the oldest first.")
    async def platform_disputed_payments(self, info: Info, page: int = 1, size: int = 20) -> DisputedPaymentPage:
        columns = columns_for(info, DisputedPayment, "items")
        rows, total = await info.context.read(payments.disputed, page, size, columns)
        return DisputedPaymentPage(items=[DisputedPayment.of(row) for row in rows], total=total)


@strawberry.type
class OfBuyers:
    @mutation(Audience.MEMBER, rates=(OF_ONE_BUYER,))
    async def apply_after_sale(self, info: Info, input: ApplyAfterSaleInput) -> ApplyAfterSaleResult:
        viewer = info.context.viewer
        async with info.context.database.begin() as uow:
            ids = await aftersales.apply(uow, viewer, input.wanted())
        columns = columns_for(info, AfterSale, "afterSales")
        found = await info.context.read(aftersales.after_sales_by_id, ids, columns)
        return AfterSalesApplied(after_sales=[AfterSale.of(found[id]) for id in ids])

    @mutation(Audience.MEMBER)
    async def cancel_after_sale(self, info: Info, id: UUID) -> AfterSaleResult:
        async with info.context.database.begin() as uow:
            await aftersales.cancel(uow, info.context.viewer, id)
        return await _case(info, id)

    @mutation(Audience.MEMBER, description="Asks the platform to decide.")
    async def escalate_after_sale(
        self, info: Info, id: UUID, text: str, pictures: list[str] | None = None
    ) -> AfterSaleResult:
        async with info.context.database.begin() as uow:
            await aftersales.escalate(uow, info.context.viewer, id, text, pictures or [])
        return await _case(info, id)

    @mutation(Audience.MEMBER)
    async def send_after_sale_return(self, info: Info, id: UUID, carrier: str, tracking_number: str) -> AfterSaleResult:
        async with info.context.database.begin() as uow:
            await aftersales.send_return(uow, info.context.viewer, id, carrier, tracking_number)
        return await _case(info, id)

    @mutation(Audience.MEMBER)
    async def confirm_replacement(self, info: Info, id: UUID) -> AfterSaleResult:
        async with info.context.database.begin() as uow:
            await aftersales.confirm_replacement(uow, info.context.viewer, id)
        return await _case(info, id)

    @mutation(
        Audience.SIGNED_IN, rates=(OF_ONE_BUYER,), description="Says something in a case: any of its three sides."
    )
    async def speak_on_after_sale(
        self, info: Info, id: UUID, text: str, pictures: list[str] | None = None
    ) -> AfterSaleResult:
        async with info.context.database.begin() as uow:
            await aftersales.speak(uow, info.context.viewer, id, text, pictures or [])
        return await _case(info, id)


@strawberry.type
class OfMerchants:
    @mutation(Audience.MERCHANT, DESK)
    async def merchant_agree_after_sale(self, info: Info, id: UUID, restock: bool = False) -> AfterSaleResult:
        async with info.context.database.begin() as uow:
            await aftersales.agree(uow, info.context.viewer, id, restock=restock)
        return await _case(info, id)

    @mutation(Audience.MERCHANT, DESK)
    async def merchant_reject_after_sale(
        self, info: Info, id: UUID, refusal: AfterSaleRefusal, text: str, pictures: list[str] | None = None
    ) -> AfterSaleResult:
        async with info.context.database.begin() as uow:
            await aftersales.reject(uow, info.context.viewer, id, refusal, text, pictures or [])
        return await _case(info, id)

    @mutation(Audience.MERCHANT, DESK)
    async def merchant_receive_return(self, info: Info, id: UUID) -> AfterSaleResult:
        async with info.context.database.begin() as uow:
            await aftersales.receive(uow, info.context.viewer, id)
        return await _case(info, id)

    @mutation(Audience.MERCHANT, DESK)
    async def merchant_refund_return(self, info: Info, id: UUID, restock: bool) -> AfterSaleResult:
        async with info.context.database.begin() as uow:
            await aftersales.refund_return(uow, info.context.viewer, id, restock=restock)
        return await _case(info, id)

    @mutation(Audience.MERCHANT, DESK, description="What came back is not what it should be: the platform decides.")
    async def merchant_contest_return(
        self, info: Info, id: UUID, refusal: AfterSaleRefusal, text: str, pictures: list[str]
    ) -> AfterSaleResult:
        async with info.context.database.begin() as uow:
            await aftersales.contest(uow, info.context.viewer, id, refusal, text, pictures)
        return await _case(info, id)

    @mutation(Audience.MERCHANT, DESK)
    async def merchant_ship_replacement(
        self, info: Info, id: UUID, carrier: str, tracking_number: str
    ) -> AfterSaleResult:
        async with info.context.database.begin() as uow:
            await aftersales.ship_replacement(uow, info.context.viewer, id, carrier, tracking_number)
        return await _case(info, id)

    @mutation(Audience.MERCHANT, DESK)
    async def merchant_save_return_address(self, info: Info, input: ReturnAddressInput) -> ReturnAddressResult:
        async with info.context.database.begin() as uow:
            return ReturnAddress.of(await aftersales.save_address(uow, info.context.viewer, **vars(input)))

    @mutation(Audience.MERCHANT, DESK, description="Calls off a whole order before anything of it is shipped.")
    async def merchant_refund_order(self, info: Info, order_id: UUID, reason: str, restock: bool) -> OrderResult:
        async with info.context.database.begin() as uow:
            await aftersales.refund_order(uow, info.context.viewer, order_id, reason, restock=restock)
        return await _order(info, order_id)


@strawberry.type
class OfPlatform:
    @mutation(Audience.PLATFORM, ARBITRATION, description="Binding. `amount` in fen of goods, for REFUND only.")
    async def platform_decide_after_sale(
        self,
        info: Info,
        id: UUID,
        decision: aftersales.Decision,
        text: str,
        amount: Fen | None = None,
        restock: bool = False,
    ) -> AfterSaleResult:
        viewer = info.context.viewer
        async with info.context.database.begin() as uow:
            await aftersales.decide(uow, viewer, id, decision, text, amount=amount, restock=restock)
        return await _case(info, id)

    @mutation(Audience.PLATFORM, ARBITRATION, description="Calls off a whole order before anything of it is shipped.")
    async def platform_refund_order(self, info: Info, order_id: UUID, reason: str, restock: bool) -> OrderResult:
        async with info.context.database.begin() as uow:
            await aftersales.refund_order(uow, info.context.viewer, order_id, reason, restock=restock)
        return await _order(info, order_id)

    @mutation(Audience.PLATFORM, FUNDS, description="Asks WeChat Pay again, and sends anew what it has closed.")
    async def platform_retry_refund(self, info: Info, id: UUID, note: str) -> DoneResult:
        context = info.context
        await orders.retry_refund(context.database, context.services.gateway, context.viewer, id, note)
        return Done()

    @mutation(Audience.PLATFORM, FUNDS, description="Sends an abnormal refund to the merchant's bank account.")
    async def platform_refund_to_merchant(self, info: Info, id: UUID, note: str) -> DoneResult:
        context = info.context
        await orders.refund_to_merchant(context.database, context.services.gateway, context.viewer, id, note)
        return Done()

    @mutation(Audience.PLATFORM, FUNDS, description="Names the bank transfer that paid the buyer, as WeChat will not.")
    async def platform_refund_offline(self, info: Info, id: UUID, reference: str, note: str) -> DoneResult:
        context = info.context
        await orders.refund_offline(context.database, context.services.gateway, context.viewer, id, reference, note)
        return Done()

    @mutation(Audience.PLATFORM, FUNDS, description="Takes a disputed payment as the payment.")
    async def platform_accept_payment(self, info: Info, id: UUID, note: str) -> DoneResult:
        async with info.context.database.begin() as uow:
            await orders.accept_payment(uow, info.context.viewer, id, note)
        return Done()

    @mutation(Audience.PLATFORM, FUNDS, description="Sends all of a disputed payment back.")
    async def platform_send_payment_back(self, info: Info, id: UUID, note: str) -> DoneResult:
        async with info.context.database.begin() as uow:
            await orders.send_payment_back(uow, info.context.viewer, id, note)
        return Done()


@strawberry.type
class Mutation(OfBuyers, OfMerchants, OfPlatform):
    pass
