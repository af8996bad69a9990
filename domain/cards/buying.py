"""Members buy cards with WeChat Pay: a purchase of its own, whose attempts and refunds are those of `payments`.

A card is bought with money only; there are no goods to run out, so money that comes late buys the cards all the same.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from domain import bulk, ledger, payments
from domain.base import (
    SYSTEM,
    Conflict,
    Database,
    Invalid,
    Job,
    NotFound,
    RowDict,
    UnitOfWork,
    Viewer,
    WrongState,
    clean_text,
    clock,
)
from domain.bearer import admit
from domain.cards.batches import BATCH, count_made, locked_batch
from domain.cards.binding import named_owner
from domain.cards.making import Owner, make, of_batch
from domain.crypto import vault
from domain.ledger import Of
from domain.numbers import made as numbered
from domain.payments import Attempt, Cause, Gateway, Outcome, PaymentSeen, Prepay, Share
from models.base import new_id
from models.cards import CardBatch, CardBatchKind, CardBatchState, CardPurchase, CardPurchaseState
from models.members import Member
from models.merchants import Merchant
from models.orders import order_numbers
from models.payments import PaymentState

PURCHASE = CardPurchase.__table__.c
PAY_WITHIN = timedelta(minutes=15)
MOST_CARDS = 20
# 10,000 yuan of cards without a name at once want the buyer's identity; 50,000 yuan want a bank transfer.
MOST_BEARER_A_DAY, MOST_NAMED_A_DAY = 999_999, 4_999_999
NOBODY = Of(None, None)
NONE = "没有这笔购卡订单"


@dataclass(frozen=True)
class WantedCards:
    """A purchase as the page sends it; `expected` is the sum the buyer saw, in fen."""

    idempotency_key: str
    batch_id: UUID
    quantity: int
    expected: int
    holder_name: str = ""
    holder_ref: str = ""


# ------------------------------------------------------------------------------------------------ ordering
async def buy(uow: UnitOfWork, viewer: Viewer, wanted: WantedCards) -> UUID:
    """Writes the purchase down; the same key answers the same one. It waits 15 minutes for its payment."""
    key = clean_text(wanted.idempotency_key, field="idempotencyKey", least=8, most=64, label="幂等键")
    await admit(uow, viewer)
    if (earlier := await _again(uow.session, viewer, key)) is not None:
        if not _is_same(earlier, wanted):
            raise Conflict("该订单已提交过，且内容不同，请刷新页面", field="idempotencyKey")
        known: UUID = earlier["id"]
        return known
    batch = await _for_sale(uow.session, wanted.batch_id)
    if not 1 <= wanted.quantity <= MOST_CARDS:
        raise Invalid(f"一次购买 1 到 {MOST_CARDS} 张", field="quantity")
    amount = batch["price"] * wanted.quantity
    if amount != wanted.expected:
        raise Conflict("礼品卡价格有变化，请刷新页面", field="expectedTotal")
    await _refuse_too_much(uow.session, viewer, batch, amount)
    return await _write(uow, viewer, wanted, batch, key, amount)


async def _write(uow: UnitOfWork, viewer: Viewer, wanted: WantedCards, batch: RowDict, key: str, amount: int) -> UUID:
    id, now = new_id(), clock.now()
    row: dict[str, Any] = {"id": id, "member_id": viewer.member_id, "batch_id": batch["id"], "created_at": now}
    row |= {"state": CardPurchaseState.AWAITING_PAYMENT, "quantity": wanted.quantity, "amount": amount}
    row |= {"idempotency_key": key, "expires_at": now + PAY_WITHIN, "number": await _number(uow)}
    if batch["named"]:
        owner = named_owner(viewer.member_id, wanted.holder_name, wanted.holder_ref)
        plain = {"name_sealed": owner.name or "", "ref_sealed": owner.ref or ""}
        row |= vault.seal_all(plain, table="card_purchases", row=id)
    await uow.session.execute(insert(CardPurchase).values(row))
    return id


async def _number(uow: UnitOfWork) -> str:
    (row,) = await bulk.run(uow.session, f"SELECT nextval('{order_numbers.name}') AS serial")
    return numbered("K", clock.today(), row["serial"])


async def _for_sale(session: AsyncSession, batch_id: UUID) -> RowDict:
    row = (await session.execute(select(*BATCH).where(BATCH.id == batch_id))).mappings().first()
    if row is None or row["kind"] is not CardBatchKind.ONLINE:
        raise NotFound("没有这种礼品卡", field="batchId")
    if row["state"] is CardBatchState.STOPPED or row["made"] >= row["total"]:
        raise WrongState("这种礼品卡已停止发售")
    return dict(row)


async def _again(session: AsyncSession, viewer: Viewer, key: str) -> RowDict | None:
    same = select(*PURCHASE).where(PURCHASE.member_id == viewer.member_id, PURCHASE.idempotency_key == key)
    row = (await session.execute(same)).mappings().first()
    return dict(row) if row else None


def _is_same(earlier: RowDict, wanted: WantedCards) -> bool:
    """Of named cards the holder counts, too: they are his by law."""
    if (earlier["batch_id"], earlier["quantity"]) != (wanted.batch_id, wanted.quantity):
        return False
    if earlier["name_sealed"] is None:
        return True
    was, now = _owner(earlier), named_owner(earlier["member_id"], wanted.holder_name, wanted.holder_ref)
    return (was.name, was.ref) == (now.name, now.ref)


async def _refuse_too_much(session: AsyncSession, viewer: Viewer, batch: RowDict, amount: int) -> None:
    """Of a day in Shanghai: what was bought, and what waits for its payment."""
    most = MOST_NAMED_A_DAY if batch["named"] else MOST_BEARER_A_DAY
    bought = select(func.coalesce(func.sum(PURCHASE.amount), 0)).join(CardBatch, CardBatch.id == PURCHASE.batch_id)
    bought = bought.where(PURCHASE.member_id == viewer.member_id, BATCH.named == batch["named"])
    bought = bought.where(PURCHASE.created_at >= clock.now() - timedelta(hours=24))
    bought = bought.where(PURCHASE.state != CardPurchaseState.CLOSED)
    if int(await session.scalar(bought) or 0) + amount > most:
        kind = "记名卡" if batch["named"] else "不记名卡"
        raise WrongState(f"24 小时内{kind}累计购买不得超过 {most / 100:.2f} 元，更大金额请联系客服以银行转账购买")


# ------------------------------------------------------------------------------------------------ paying
async def pay(
    database: Database, gateway: Gateway, viewer: Viewer, purchase_id: UUID, client_address: str = "127.0.0.1"
) -> Prepay:
    """Opens an attempt to pay, or takes the open one up again. WrongState when it is paid, closed or too late."""
    async with database.begin() as uow:
        purchase = await lock_purchase(uow, purchase_id)
        if purchase is None or purchase["member_id"] != viewer.member_id:
            raise NotFound(NONE)
        attempts = await payments.locked(uow, purchase_id)
        attempt = _open_one(purchase, attempts) or await _open(uow, purchase, gateway)
    prepay_id = attempt.prepay_id or await _prepay(database, gateway, attempt, client_address)
    return Prepay(purchase_id, prepay_id, gateway.client_parameters(prepay_id), purchase["expires_at"])


def _open_one(purchase: RowDict, attempts: Sequence[Attempt]) -> Attempt | None:
    if purchase["state"] is CardPurchaseState.PAID:
        raise WrongState("已支付，礼品卡已到账")
    if any(each.state is PaymentState.DISPUTED for each in attempts):
        raise WrongState("支付信息正在核实，请联系客服")
    if purchase["state"] is CardPurchaseState.CLOSED or purchase["expires_at"] <= clock.now():
        raise WrongState("订单已超时，请重新购买")
    return next((each for each in attempts if each.state is PaymentState.OPEN), None)


async def _open(uow: UnitOfWork, purchase: RowDict, gateway: Gateway) -> Attempt:
    openid = await uow.session.scalar(select(Member.openid).where(Member.id == purchase["member_id"]))
    chosen = select(CardBatch.name, Merchant.sub_mchid).join(Merchant, Merchant.id == BATCH.issuer_id)
    batch = (await uow.session.execute(chosen.where(BATCH.id == purchase["batch_id"]))).one()
    about = (purchase["id"], purchase["number"], batch.sub_mchid, f"礼品卡-{batch.name}", purchase["amount"])
    made = (purchase["id"], purchase["number"], str(openid), purchase["expires_at"])
    attempt = await payments.open_attempt(uow, *made, [Share(*about)], gateway.way)
    # The last look comes when nobody can pay it any more.
    last = max(purchase["expires_at"], attempt.expires_at) + timedelta(seconds=30) - clock.now()
    key = f"payment:{attempt.id}:check:last"
    uow.later(Job("payment.check", {"payment_id": str(attempt.id)}, after=last, key=key))
    return attempt


async def _prepay(database: Database, gateway: Gateway, attempt: Attempt, client_address: str) -> str:
    asked = attempt.asked(client_address)
    # Nothing of it is shared out: it is the issuer's own at once, and it owes the card.
    asked = replace(asked, parts=tuple(replace(part, shared=False) for part in asked.parts))
    prepay_id = await gateway.prepay(asked)
    async with database.begin() as uow:
        await lock_purchase(uow, attempt.trade_id)
        if not await payments.remember_prepay(uow, attempt, prepay_id):
            raise Conflict("订单状态刚刚发生变化，请刷新后查看")
    return prepay_id


async def confirm(database: Database, gateway: Gateway, viewer: Viewer, purchase_id: UUID) -> None:
    """「我已支付」: asks WeChat Pay about what is not settled, and records what it says."""
    async with database.begin() as uow:
        purchase = await lock_purchase(uow, purchase_id)
        if purchase is None or purchase["member_id"] != viewer.member_id:
            raise NotFound(NONE)
        attempts = await payments.attempts_of(uow.session, purchase_id)
    await _ask(database, gateway, attempts)


async def _ask(database: Database, gateway: Gateway, attempts: Sequence[Attempt]) -> None:
    for attempt in attempts:
        if attempt.state in (PaymentState.OPEN, PaymentState.CLOSED):
            seen = await gateway.query(attempt.number)
            if seen.outcome in (Outcome.PAID, Outcome.CLOSED):
                async with database.begin() as uow:
                    await record_purchase(uow, attempt.trade_id, seen)


# ------------------------------------------------------------------------------------------------ hearing
async def lock_purchase(uow: UnitOfWork, id: UUID) -> RowDict | None:
    """The purchase, locked; None when the id is of something else, such as a trade."""
    row = (await uow.session.execute(select(*PURCHASE).where(PURCHASE.id == id).with_for_update())).mappings().first()
    return dict(row) if row else None


async def record_purchase(uow: UnitOfWork, purchase_id: UUID, seen: PaymentSeen) -> None:
    """Does what WeChat Pay's word about an attempt demands, once: cards are made, or the money goes back or waits."""
    purchase = await lock_purchase(uow, purchase_id)
    if purchase is None:
        raise NotFound("没有这笔支付")
    attempts = await payments.locked(uow, purchase_id)
    attempt = next(each for each in attempts if each.number == seen.number)
    seen = payments.by_part(attempt, seen)
    if seen.outcome is Outcome.CLOSED and attempt.state is PaymentState.OPEN:
        await payments.close_attempt(uow, attempt)
    if seen.outcome is not Outcome.PAID or attempt.state not in (PaymentState.OPEN, PaymentState.CLOSED):
        return
    at = seen.paid_at or clock.now()
    if (reason := payments.mismatch(attempt, seen)) is not None:
        await payments.dispute(uow, attempt, seen, reason)
        came = [part for part in seen.parts if part.amount]
        memo = f"支付信息不符，待核实 {attempt.number}"
        refs = [(f"{attempt.id}:{part.number}", part.amount) for part in came]
        await ledger.post(uow, *(ledger.disputed(ref, NOBODY, amount, at, memo) for ref, amount in refs))
        return
    await payments.settle(uow, attempt, seen)
    await take_effect(uow, purchase, attempts, attempt, at)


async def take_effect(
    uow: UnitOfWork, purchase: RowDict, attempts: Sequence[Attempt], attempt: Attempt, paid_at: datetime
) -> None:
    """What follows from a payment that is as it should be; `attempt` as it was before."""
    (part,), batch = attempt.parts, await locked_batch(uow, purchase["batch_id"])
    disputed = attempt.state is PaymentState.DISPUTED
    memo = f"购买礼品卡 {attempt.named(part)}"
    twice = any(each.state is PaymentState.PAID for each in attempts if each.id != attempt.id)
    gone = batch["made"] + purchase["quantity"] > batch["total"]
    if twice or gone:
        fact = ledger.dispute_accepted if disputed else ledger.paid
        await ledger.post(uow, fact(part.id, NOBODY, part.amount, paid_at, memo=memo))
        cause, why = (Cause.DOUBLE, "重复支付退款") if twice else (Cause.LATE, "礼品卡已售完，自动退款")
        await payments.ask_refund(uow, part, cause, why)
        await _close(uow, purchase["id"])  # nobody pays again for what is gone
        return
    await count_made(uow, {**batch, "state": CardBatchState.OPEN}, purchase["quantity"])
    to = {"state": CardPurchaseState.PAID, "paid_at": paid_at}
    await uow.session.execute(update(CardPurchase).where(PURCHASE.id == purchase["id"]).values(to))
    text = f"购买 {batch['name']}"
    await make(uow, of_batch(batch), purchase["quantity"], SYSTEM, text, owner=_owner(purchase))
    bonus = (batch["face"] - batch["price"]) * purchase["quantity"]
    await ledger.post(uow, ledger.cards_sold(part.id, part.amount, bonus, paid_at, memo, disputed=disputed))


def _owner(purchase: RowDict) -> Owner:
    name = ref = None
    if purchase["name_sealed"] is not None:
        kept = {each: purchase[each] for each in ("name_sealed", "ref_sealed")}
        opened = vault.open_all(kept, table="card_purchases", row=purchase["id"])
        name, ref = opened["name_sealed"], opened["ref_sealed"]
    return Owner(purchase["member_id"], name, ref, purchase["id"])


# ------------------------------------------------------------------------------------------------ ending
async def close_overdue(database: Database, gateway: Gateway, purchase_id: UUID) -> None:
    """Closes a purchase nobody paid in time, at WeChat Pay first. Safe to repeat; Unavailable without an answer."""
    async with database.begin() as uow:
        purchase = await lock_purchase(uow, purchase_id)
        attempts = await payments.attempts_of(uow.session, purchase_id)
    if purchase is None or purchase["expires_at"] > clock.now():
        return
    for attempt in attempts:
        if attempt.state is PaymentState.OPEN:
            try:
                await gateway.close(attempt.asked())
            except WrongState:  # paid in the meantime
                await _ask(database, gateway, [attempt])
    async with database.begin() as uow:
        purchase = await lock_purchase(uow, purchase_id)
        for attempt in await payments.locked(uow, purchase_id):
            if attempt.state is PaymentState.OPEN:
                await payments.close_attempt(uow, attempt)
        await _close(uow, purchase_id)


async def _close(uow: UnitOfWork, purchase_id: UUID) -> None:
    """One that was paid stays so."""
    waiting = PURCHASE.state == CardPurchaseState.AWAITING_PAYMENT
    closed = update(CardPurchase).where(PURCHASE.id == purchase_id, waiting)
    await uow.session.execute(closed.values(state=CardPurchaseState.CLOSED))


async def overdue_purchases(session: AsyncSession, *, most: int = 50) -> Sequence[UUID]:
    """Purchases that should have been closed a minute ago: their job was lost."""
    waiting = PURCHASE.state == CardPurchaseState.AWAITING_PAYMENT
    late = PURCHASE.expires_at <= clock.now() - timedelta(minutes=1)
    chosen = select(PURCHASE.id).where(waiting, late).order_by(PURCHASE.expires_at)
    return (await session.scalars(chosen.limit(most))).all()


async def accept_purchase(uow: UnitOfWork, attempt: Attempt, paid_at: datetime) -> None:
    """A person took disputed money as the payment of a locked purchase; `attempt` as it was before."""
    purchase = await lock_purchase(uow, attempt.trade_id)
    if purchase is None:
        raise NotFound(NONE)
    await take_effect(uow, purchase, await payments.locked(uow, attempt.trade_id), attempt, paid_at)
