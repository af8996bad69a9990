"""礼品卡 for members, and for the platform that issues them."""

from __future__ import annotations

from dataclasses import asdict
from uuid import UUID

import strawberry

from domain import cards, orders
from domain.base import NotFound
from domain.members.permissions import Permission
from models.base import Fen
from resolvers.base import Audience, By, Rate, Room, mutation, query
from schema.base import Info
from schema.cards import (
    BuyCardsInput,
    CardBatch,
    CardBatchInput,
    CardBatchPage,
    CardBatchResult,
    CardCodes,
    CardCodesResult,
    CardGiftLink,
    CardGiftLinkResult,
    CardGiftOffer,
    CardLiability,
    CardPurchase,
    CardPurchaseResult,
    CardRefundQuote,
    CardRefundQuoteResult,
    ConsoleCard,
    ConsoleCardPage,
    ConsoleCardResult,
    GiftCard,
    GiftCardForSale,
    GiftCardResult,
)
from schema.orders import Trade, TradeResult
from schema.payments import PayTradeResult, Prepay
from schema.relations import columns_for

FUNDS = Permission.PLATFORM_FUNDS
# Whoever tries out codes or links is soon slow, besides being counted.
GUESSING = Rate(By.VIEWER, burst=10, seconds=20)
BUYING = Rate(By.VIEWER, burst=20, seconds=2)


async def _card(info: Info, id: UUID) -> GiftCard:
    columns = columns_for(info, GiftCard)
    return GiftCard.of(await info.context.read(cards.own_card, info.context.viewer, id, columns))


async def _purchase(info: Info, id: UUID) -> CardPurchase:
    columns = columns_for(info, CardPurchase)
    return CardPurchase.of(await info.context.read(cards.own_purchase, info.context.viewer, id, columns))


async def _batch(info: Info, id: UUID) -> CardBatch:
    columns = columns_for(info, CardBatch)
    return CardBatch.of(await info.context.read(cards.batch, info.context.viewer, id, columns))


async def _console_card(info: Info, id: UUID) -> ConsoleCard:
    columns = columns_for(info, ConsoleCard)
    return ConsoleCard.of(await info.context.read(cards.console_card, info.context.viewer, id, columns))


@strawberry.type
class Query:
    @query(Audience.MEMBER)
    async def my_gift_cards(self, info: Info, page: int = 1, size: int = 20) -> list[GiftCard]:
        """The viewer's cards, those that can pay first."""
        columns = columns_for(info, GiftCard)
        rows = await info.context.read(cards.mine, info.context.viewer, page, size, columns)
        return [GiftCard.of(row) for row in rows]

    @query(Audience.MEMBER)
    async def my_gift_card(self, info: Info, id: UUID) -> GiftCard | None:
        try:
            return await _card(info, id)
        except NotFound:
            return None

    @query(Audience.ANYONE)
    async def gift_cards_for_sale(self, info: Info) -> list[GiftCardForSale]:
        rows = await info.context.read(cards.for_sale, columns_for(info, GiftCardForSale))
        return [GiftCardForSale.of(row) for row in rows]

    @query(Audience.MEMBER)
    async def card_purchase(self, info: Info, id: UUID) -> CardPurchase | None:
        try:
            return await _purchase(info, id)
        except NotFound:
            return None

    @query(Audience.MEMBER, rates=(GUESSING,), description="A card somebody gives away, by the secret of its link.")
    async def card_gift(self, info: Info, token: str) -> CardGiftOffer | None:
        try:
            return CardGiftOffer.of(await info.context.read(cards.offered, token))
        except NotFound:
            return None

    @query(Audience.PLATFORM, FUNDS)
    async def platform_card_batches(self, info: Info, page: int = 1, size: int = 20) -> CardBatchPage:
        columns, viewer = columns_for(info, CardBatch, "items"), info.context.viewer
        rows, total = await info.context.read(cards.batches, viewer, page, size, columns)
        return CardBatchPage(items=[CardBatch.of(row) for row in rows], total=total)

    @query(Audience.PLATFORM, FUNDS, description="Cards of a batch or a lot, or those whose code ends so.")
    async def platform_cards(
        self,
        info: Info,
        batch_id: UUID | None = None,
        last4: str | None = None,
        lot_id: UUID | None = None,
        page: int = 1,
        size: int = 20,
    ) -> ConsoleCardPage:
        columns, viewer = columns_for(info, ConsoleCard, "items"), info.context.viewer
        looked = cards.Looked(batch_id, lot_id, last4)
        rows, total = await info.context.read(cards.console_cards, viewer, looked, page, size, columns)
        return ConsoleCardPage(items=[ConsoleCard.of(row) for row in rows], total=total)

    @query(
        Audience.PLATFORM, FUNDS, description="What is owed to the holders of cards, by the cards and by the ledger."
    )
    async def platform_card_liability(self, info: Info) -> CardLiability:
        found = await info.context.read(cards.liability, info.context.viewer)
        fen = {name: Fen(value) for name, value in asdict(found).items() if name != "cards"}
        return CardLiability(**fen, cards=found.cards)


@strawberry.type
class Mutation:
    @mutation(Audience.MEMBER, rates=(GUESSING,), description="Binds the card with this code; five wrong codes a day.")
    async def bind_gift_card(self, info: Info, code: str) -> GiftCardResult:
        return await _card(info, await cards.bind(info.context.database, info.context.viewer, code))

    @mutation(Audience.MEMBER, description="A link that gives the card to whoever opens it first, for a week.")
    async def give_gift_card(self, info: Info, id: UUID, words: str = "") -> CardGiftLinkResult:
        async with info.context.database.begin() as uow:
            given = await cards.give(uow, info.context.viewer, id, words)
        return CardGiftLink(token=given.token, expires_at=given.expires_at)

    @mutation(Audience.MEMBER, description="Makes the link of a card void.")
    async def withdraw_gift_card(self, info: Info, id: UUID) -> GiftCardResult:
        async with info.context.database.begin() as uow:
            await cards.take_back(uow, info.context.viewer, id)
        return await _card(info, id)

    @mutation(Audience.MEMBER, rates=(GUESSING,), description="Takes a card that somebody gave.")
    async def accept_gift_card(
        self, info: Info, token: str, holder_name: str = "", holder_ref: str = ""
    ) -> GiftCardResult:
        async with info.context.database.begin() as uow:
            id = await cards.accept(uow, info.context.viewer, token, holder_name, holder_ref)
        return await _card(info, id)

    @mutation(Audience.MEMBER, description="挂失: nothing is paid with the card any more.")
    async def report_gift_card_lost(self, info: Info, id: UUID) -> GiftCardResult:
        async with info.context.database.begin() as uow:
            await cards.report_lost(uow, info.context.viewer, id)
        return await _card(info, id)

    @mutation(Audience.MEMBER, description="Found again: good as before.")
    async def restore_gift_card(self, info: Info, id: UUID) -> GiftCardResult:
        async with info.context.database.begin() as uow:
            await cards.thaw(uow, info.context.viewer, id)
        return await _card(info, id)

    @mutation(Audience.MEMBER, description="补发: another card with the balance of one that was reported lost.")
    async def reissue_gift_card(self, info: Info, id: UUID) -> GiftCardResult:
        async with info.context.database.begin() as uow:
            fresh = await cards.reissue(uow, info.context.viewer, id)
        return await _card(info, fresh)

    @mutation(Audience.MEMBER, description="A card that ran out is good for another year, for nothing.")
    async def extend_gift_card(self, info: Info, id: UUID) -> GiftCardResult:
        async with info.context.database.begin() as uow:
            await cards.extend(uow, info.context.viewer, id)
        return await _card(info, id)

    @mutation(Audience.MEMBER, description="What would go back for a card that the viewer bought.")
    async def quote_gift_card_refund(self, info: Info, id: UUID) -> CardRefundQuoteResult:
        async with info.context.database.begin() as uow:
            found = await cards.quote(uow, info.context.viewer, id)
        return CardRefundQuote(amount=Fen(found.amount), why=found.why)

    @mutation(Audience.MEMBER, description="Gives a card back that the viewer bought; `expected` is what was quoted.")
    async def refund_gift_card(self, info: Info, id: UUID, expected: Fen) -> GiftCardResult:
        async with info.context.database.begin() as uow:
            await cards.refund_card(uow, info.context.viewer, id, expected)
        return await _card(info, id)

    @mutation(Audience.MEMBER, rates=(BUYING,), room=Room.CHECKOUT)
    async def buy_gift_cards(self, info: Info, input: BuyCardsInput) -> CardPurchaseResult:
        async with info.context.database.begin() as uow:
            id = await cards.buy(uow, info.context.viewer, input.wanted())
        return await _purchase(info, id)

    @mutation(Audience.MEMBER, rates=(BUYING,), room=Room.CHECKOUT)
    async def pay_card_purchase(self, info: Info, id: UUID) -> PayTradeResult:
        context = info.context
        address = context.client_address or "127.0.0.1"
        return Prepay.of(await cards.pay(context.database, context.services.gateway, context.viewer, id, address))

    @mutation(Audience.MEMBER, rates=(BUYING,), room=Room.CHECKOUT, description="「我已支付」: asks WeChat Pay.")
    async def confirm_card_purchase(self, info: Info, id: UUID) -> CardPurchaseResult:
        context = info.context
        await cards.confirm(context.database, context.services.gateway, context.viewer, id)
        return await _purchase(info, id)

    @mutation(
        Audience.MEMBER,
        rates=(BUYING,),
        room=Room.CHECKOUT,
        description="Pays a trade of which gift cards pay all; WeChat Pay has no part in it.",
    )
    async def pay_trade_by_cards(self, info: Info, trade_id: UUID) -> TradeResult:
        viewer, columns = info.context.viewer, columns_for(info, Trade)
        async with info.context.database.begin() as uow:
            await orders.pay_by_cards(uow, viewer, trade_id)
        return Trade.of(await info.context.read(orders.access_trade, viewer, trade_id, columns))

    @mutation(Audience.PLATFORM, FUNDS)
    async def platform_open_card_batch(self, info: Info, input: CardBatchInput) -> CardBatchResult:
        async with info.context.database.begin() as uow:
            id = await cards.open_batch(uow, info.context.viewer, input.draft())
        return await _batch(info, id)

    @mutation(Audience.PLATFORM, FUNDS, description="Makes cards and tells their codes: for a day the same to one key.")
    async def platform_issue_cards(
        self, info: Info, batch_id: UUID, count: int, idempotency_key: str
    ) -> CardCodesResult:
        async with info.context.database.begin() as uow:
            made = await cards.issue(uow, info.context.viewer, batch_id, count, idempotency_key)
        return CardCodes(codes=list(made))

    @mutation(Audience.PLATFORM, FUNDS, description="Nothing of it is sold, handed out or bound any more.")
    async def platform_stop_card_batch(self, info: Info, id: UUID) -> CardBatchResult:
        async with info.context.database.begin() as uow:
            await cards.stop_batch(uow, info.context.viewer, id)
        return await _batch(info, id)

    @mutation(Audience.PLATFORM, FUNDS)
    async def platform_freeze_card(self, info: Info, id: UUID, reason: str) -> ConsoleCardResult:
        async with info.context.database.begin() as uow:
            await cards.freeze(uow, info.context.viewer, id, reason)
        return await _console_card(info, id)

    @mutation(Audience.PLATFORM, FUNDS)
    async def platform_unfreeze_card(self, info: Info, id: UUID, reason: str) -> ConsoleCardResult:
        async with info.context.database.begin() as uow:
            await cards.unfreeze(uow, info.context.viewer, id, reason)
        return await _console_card(info, id)

    @mutation(Audience.PLATFORM, FUNDS, description="Gives a card back for a reason that is the issuer's doing.")
    async def platform_refund_card(self, info: Info, id: UUID, reason: str) -> ConsoleCardResult:
        async with info.context.database.begin() as uow:
            await cards.refund_for_issuer(uow, info.context.viewer, id, reason)
        return await _console_card(info, id)
