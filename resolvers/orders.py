"""Orders for their buyers, for the shops that ship them and for the platform."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

import strawberry

from domain import checkout, orders
from domain.base import NotFound, Refusal, RowDict
from domain.members.permissions import Permission
from models.orders import OrderState
from resolvers.base import Audience, By, Rate, Room, answers, mutation, query
from schema.base import Info, Refused, decode_place, page_info
from schema.checkout import Cart, CartResult, Reordered, ReorderGap, ReorderResult
from schema.delivery import CorrectTrackingInput, ShipInput
from schema.figures import MerchantOverview, PlatformOverview
from schema.orders import (
    ConsoleOrderFilter,
    Order,
    OrderConnection,
    OrderLimits,
    OrderLimitsResult,
    OrderPage,
    OrderResult,
    OrderStateCount,
    PlaceOrderInput,
    PlaceOrderResult,
    PriceChanged,
    ShipRow,
    Trade,
    TradeResult,
    state_counts,
)
from schema.payments import PayTradeResult, Prepay
from schema.relations import columns_for

# Nobody buys faster by hand; a script that does must not keep the others from it.
OF_ONE_BUYER = Rate(By.VIEWER, burst=20, seconds=2)

answers(orders.PriceChanged, PriceChanged.of)


async def _order(info: Info, id: UUID) -> Order:
    return Order.of(await info.context.read(orders.access, info.context.viewer, id, columns_for(info, Order)))


async def _order_or_none(info: Info, id: UUID) -> Order | None:
    try:
        return await _order(info, id)
    except NotFound:
        return None


async def _trade(info: Info, id: UUID) -> Trade:
    return Trade.of(await info.context.read(orders.access_trade, info.context.viewer, id, columns_for(info, Trade)))


def _connection(seen: orders.OrdersSeen) -> OrderConnection:
    return OrderConnection(
        nodes=[Order.of(row) for row in seen.rows],
        total=seen.total,
        page_info=page_info(seen.rows, seen.has_next, "created_at", "id"),
    )


def _page(found: tuple[Sequence[RowDict], int]) -> OrderPage:
    rows, total = found
    return OrderPage(items=[Order.of(row) for row in rows], total=total)


@strawberry.type
class Query:
    @query(Audience.MEMBER)
    async def my_orders(
        self,
        info: Info,
        state: OrderState | None = None,
        states: list[OrderState] | None = None,
        first: int = 10,
        after: str | None = None,
    ) -> OrderConnection:
        """The viewer's orders, newest first: in `state` or any of `states`, or in any state at all."""
        columns, place = columns_for(info, Order, "nodes"), decode_place(after)
        wanted = [*(states or ()), *([state] if state else ())]
        return _connection(
            await info.context.read(orders.of_member, info.context.viewer, wanted, first, place, columns)
        )

    @query(Audience.MEMBER)
    async def my_order_counts(self, info: Info) -> list[OrderStateCount]:
        return state_counts(await info.context.read(orders.counts_of_member, info.context.viewer))

    @query(Audience.MEMBER)
    async def order(self, info: Info, id: UUID) -> Order | None:
        return await _order_or_none(info, id)

    @query(Audience.MEMBER, room=Room.CHECKOUT)
    async def trade(self, info: Info, id: UUID) -> Trade | None:
        try:
            return await _trade(info, id)
        except NotFound:
            return None

    @query(Audience.MERCHANT, Permission.MERCHANT_OVERVIEW)
    async def merchant_overview(self, info: Info, days: int = 14) -> MerchantOverview:
        return MerchantOverview.of(await info.context.read(orders.overview_of_merchant, info.context.viewer, days))

    @query(Audience.MERCHANT, Permission.MERCHANT_ORDERS_READ)
    async def merchant_orders(
        self, info: Info, filter: ConsoleOrderFilter | None = None, page: int = 1, size: int = 20
    ) -> OrderPage:
        wanted, columns = (filter or ConsoleOrderFilter()).wanted(), columns_for(info, Order, "items")
        viewer = info.context.viewer
        return _page(await info.context.read(orders.page_of_merchant, viewer, wanted, page, size, columns))

    @query(Audience.MERCHANT, Permission.MERCHANT_ORDERS_READ)
    async def merchant_order(self, info: Info, id: UUID) -> Order | None:
        return await _order_or_none(info, id)

    @query(Audience.PLATFORM, Permission.PLATFORM_OVERVIEW)
    async def platform_overview(self, info: Info, days: int = 14) -> PlatformOverview:
        return PlatformOverview.of(await info.context.read(orders.overview_of_platform, info.context.viewer, days))

    @query(Audience.PLATFORM, Permission.PLATFORM_ORDERS_READ)
    async def platform_orders(
        self, info: Info, filter: ConsoleOrderFilter | None = None, page: int = 1, size: int = 20
    ) -> OrderPage:
        wanted, columns = (filter or ConsoleOrderFilter()).wanted(), columns_for(info, Order, "items")
        viewer = info.context.viewer
        return _page(await info.context.read(orders.page_of_platform, viewer, wanted, page, size, columns))

    @query(Audience.PLATFORM, Permission.PLATFORM_ORDERS_READ)
    async def platform_order(self, info: Info, id: UUID) -> Order | None:
        return await _order_or_none(info, id)

    @query(Audience.PLATFORM, Permission.PLATFORM_ORDERS_READ)
    async def platform_order_limits(self, info: Info) -> OrderLimits:
        return OrderLimits.of(await info.context.read(orders.limits_now, info.context.viewer))


@strawberry.type
class Mutation:
    @mutation(
        Audience.PLATFORM,
        Permission.PLATFORM_CATALOG_WRITE,
        description="From the next order on; what stands already stays.",
    )
    async def platform_set_order_limits(self, info: Info, most_unpaid: int, most_pieces: int) -> OrderLimitsResult:
        async with info.context.database.begin() as uow:
            await orders.set_limits(uow, info.context.viewer, orders.Limits(most_unpaid, most_pieces))
        return OrderLimits(most_unpaid=most_unpaid, most_pieces=most_pieces)

    # Without a rate of its own: nobody may leave more than a few trades unpaid, and the desk bounds them all.
    @mutation(Audience.MEMBER, room=Room.CHECKOUT)
    async def place_order(self, info: Info, input: PlaceOrderInput) -> PlaceOrderResult:
        placed = await info.context.services.placing.place(info.context.viewer, input.wanted())
        return Trade.of(placed.trade)

    @mutation(Audience.MEMBER, rates=(OF_ONE_BUYER,), room=Room.CHECKOUT)
    async def pay_trade(self, info: Info, trade_id: UUID) -> PayTradeResult:
        context = info.context
        address = context.client_address or "127.0.0.1"
        return Prepay.of(
            await orders.pay(context.database, context.services.gateway, context.viewer, trade_id, address)
        )

    @mutation(
        Audience.MEMBER,
        rates=(OF_ONE_BUYER,),
        room=Room.CHECKOUT,
        description="「我已支付」: asks WeChat Pay and answers the trade as it then stands.",
    )
    async def confirm_payment(self, info: Info, trade_id: UUID) -> TradeResult:
        context = info.context
        await orders.confirm_payment(context.database, context.services.gateway, context.viewer, trade_id)
        return await _trade(info, trade_id)

    @mutation(Audience.MEMBER, room=Room.CHECKOUT)
    async def cancel_trade(self, info: Info, trade_id: UUID) -> TradeResult:
        context = info.context
        await orders.cancel(context.database, context.services.gateway, context.viewer, trade_id)
        return await _trade(info, trade_id)

    @mutation(Audience.MEMBER)
    async def confirm_receipt(self, info: Info, order_id: UUID) -> OrderResult:
        async with info.context.database.begin() as uow:
            await orders.confirm_receipt(uow, info.context.viewer, order_id)
        return await _order(info, order_id)

    @mutation(Audience.MEMBER)
    async def change_order_address(self, info: Info, order_id: UUID, address_id: UUID) -> OrderResult:
        """Sends an order to another of the viewer's addresses, before anything of it is shipped."""
        async with info.context.database.begin() as uow:
            await orders.change_address(uow, info.context.viewer, order_id, address_id)
        return await _order(info, order_id)

    @mutation(Audience.MEMBER)
    async def change_order_remark(self, info: Info, order_id: UUID, text: str) -> OrderResult:
        """Changes what the buyer asks of the shop, before anything is shipped."""
        async with info.context.database.begin() as uow:
            await orders.change_remark(uow, info.context.viewer, order_id, text)
        return await _order(info, order_id)

    @mutation(Audience.MEMBER)
    async def reorder(self, info: Info, order_id: UUID) -> ReorderResult:
        """Puts what can still be had of an order into the cart, and says what cannot."""
        async with info.context.database.begin() as uow:
            missing = await orders.buy_again(uow, info.context.viewer, order_id)
            cart = Cart.whole(await checkout.cart(uow.session, info.context.viewer))
        return Reordered(cart=cart, missing=[_gap(each) for each in missing])

    @mutation(Audience.MEMBER, deprecation_reason="`reorder` says what is missing.")
    async def buy_again(self, info: Info, order_id: UUID) -> CartResult:
        async with info.context.database.begin() as uow:
            await orders.buy_again(uow, info.context.viewer, order_id)
            return Cart.whole(await checkout.cart(uow.session, info.context.viewer))

    @mutation(Audience.MERCHANT, Permission.MERCHANT_ORDERS_SHIP)
    async def merchant_ship_order(self, info: Info, input: ShipInput) -> OrderResult:
        async with info.context.database.begin() as uow:
            await orders.ship(uow, info.context.viewer, input.parcel())
        return await _order(info, input.order_id)

    @mutation(Audience.MERCHANT, Permission.MERCHANT_ORDERS_SHIP)
    async def merchant_ship_orders(self, info: Info, inputs: list[ShipInput]) -> list[ShipRow]:
        context, parcels = info.context, [input.parcel() for input in inputs]
        done = await orders.ship_many(context.database, context.viewer, parcels)
        shipped, columns = [id for id, refusal in done if refusal is None], columns_for(info, Order, "order")
        rows = await context.read(orders.orders_by_id, shipped, columns)
        return [_ship_row(id, rows.get(id) if refusal is None else None, refusal) for id, refusal in done]

    @mutation(Audience.MERCHANT, Permission.MERCHANT_ORDERS_SHIP)
    async def merchant_correct_tracking(self, info: Info, input: CorrectTrackingInput) -> OrderResult:
        """Puts a mistyped number right, as long as the parcel has not moved."""
        viewer = info.context.viewer
        async with info.context.database.begin() as uow:
            order_id = await orders.correct_tracking(
                uow, viewer, input.shipment_id, input.carrier, input.tracking_number
            )
        return await _order(info, order_id)


def _ship_row(id: UUID, row: RowDict | None, refusal: Refusal | None) -> ShipRow:
    return ShipRow(order_id=id, order=Order.of(row) if row else None, problem=Refused.of(refusal) if refusal else None)


def _gap(missing: orders.Missing) -> ReorderGap:
    short = missing.short
    return ReorderGap(
        title=missing.title, sku_name=missing.sku_name, wanted=short.wanted, added=short.added, reason=short.why
    )
