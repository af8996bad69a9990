"""From the outbox to everybody who must know: subscriptions, search, caches, counters.

Delivered at least once and in no promised order between relays, so a consumer reads the row by its id and repeats
without harm. A fact that cannot be delivered becomes a job of its own, with retries and a place where it is seen.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import Any, TypeAlias
from uuid import UUID

import structlog

from domain import orders, outbox
from domain.base import Job, UnitOfWork
from domain.catalog import tuning
from domain.outbox import Fact
from jobs import aftersales, community, groups, notices, points, referrals, reviews, settlement, traces
from jobs.base import Tools, job
from jobs.keeping import DROPPED, dropped_by

BATCH = 500
# Seconds between two looks: after something was found, after a while of nothing, while PostgreSQL is away.
SHORTEST, LONGEST_IDLE, LONGEST_OUTAGE = 0.05, 0.2, 5.0

Consumer: TypeAlias = Callable[[Tools, dict[str, Any]], Awaitable[None]]

log = structlog.get_logger()


async def relay_once(tools: Tools) -> int:
    """Takes one batch and delivers it within the transaction that removes it; the number of facts taken."""
    async with tools.database.begin() as uow:
        facts = await outbox.take(uow, BATCH)
        await _drop_pages(tools, uow, facts)
        await _index(tools, uow, facts)
        for fact in facts:
            await _deliver(tools, uow, fact)
    return len(facts)


async def run(tools: Tools, stop: asyncio.Event) -> None:
    """Polls until stopped, more slowly while nothing happens; an outage of PostgreSQL is waited out."""
    pause = SHORTEST
    while not stop.is_set():
        try:
            taken = await relay_once(tools)
            pause = SHORTEST if taken else min(pause * 1.1, LONGEST_IDLE)
        except Exception as error:
            # Whatever it was, the transaction rolled back and nothing is lost; the next round tries again.
            log.warning("relay.failed", error=repr(error), again_in=pause)
            taken, pause = 0, min(pause * 2, LONGEST_OUTAGE)
        if taken < BATCH:
            await asyncio.sleep(pause)


async def _deliver(tools: Tools, uow: UnitOfWork, fact: Fact) -> None:
    for consumer in CONSUMERS.get(fact.name, ()):
        try:
            await consumer(tools, fact.payload)
        except Exception as error:
            log.warning("relay.put_aside", fact=fact.name, id=fact.id, error=repr(error))
            _put_aside(uow, [fact])
            return


def _put_aside(uow: UnitOfWork, facts: Sequence[Fact]) -> None:
    """A job for each of these facts; one that several consumers failed at is delivered to all of them by one job."""
    known = {job.key for job in uow.jobs}
    for fact in facts:
        if (key := f"fact:{fact.id}") not in known:
            uow.later(Job("fact.deliver", {"name": fact.name, "payload": fact.payload}, key=key))


@job("fact.deliver")
async def deliver_again(tools: Tools, payload: dict[str, Any]) -> None:
    """A fact that failed once: every consumer gets it again."""
    await tools.pages.drop(dropped_by([(payload["name"], payload["payload"])]))
    if payload["name"] in INDEXED:
        await tools.indexer.apply({UUID(payload["payload"]["product_id"])})
    for consumer in CONSUMERS.get(payload["name"], ()):
        await consumer(tools, payload["payload"])


# ---------------------------------------------------------------------------------------------- consumers
# Facts after which a product must be read again by the search index.
INDEXED = frozenset({"ProductChanged", "RunningCampaignChanged", "SoldCountChanged", "StockChanged"})


async def _drop_pages(tools: Tools, uow: UnitOfWork, facts: Sequence[Fact]) -> None:
    """First of all: whoever asks from here on reads the rows as they are now."""
    dropping = [fact for fact in facts if fact.name in DROPPED]
    try:
        await tools.pages.drop(dropped_by([(fact.name, fact.payload) for fact in dropping]))
    except Exception as error:
        log.warning("relay.pages_put_aside", facts=len(dropping), error=repr(error))
        _put_aside(uow, dropping)


async def _index(tools: Tools, uow: UnitOfWork, facts: Sequence[Fact]) -> None:
    """One call for the whole batch: the index takes a thousand documents as easily as one."""
    changed = [fact for fact in facts if fact.name in INDEXED]
    if not changed:
        return
    try:
        await tools.indexer.apply({UUID(fact.payload["product_id"]) for fact in changed})
    except Exception as error:
        log.warning("relay.index_put_aside", facts=len(changed), error=repr(error))
        _put_aside(uow, changed)


async def _announce_order(tools: Tools, payload: dict[str, Any]) -> None:
    await tools.announcer.publish(f"order:{payload['order_id']}", payload["state"])
    await tools.announcer.publish(f"merchant-order-steps:{payload['merchant_id']}", payload["order_id"])


async def _announce_arrival(tools: Tools, payload: dict[str, Any]) -> None:
    await tools.announcer.publish(f"merchant-orders:{payload['merchant_id']}", payload["order_id"])


async def _count_sale(tools: Tools, payload: dict[str, Any]) -> None:
    async with tools.database.begin() as uow:
        await orders.count_sale(uow, UUID(payload["order_id"]))


async def _tell_searches(tools: Tools, _payload: dict[str, Any]) -> None:
    await tools.announcer.publish(tuning.TOLD, "changed")


async def _drop_token(tools: Tools, payload: dict[str, Any]) -> None:
    await tools.tokens.drop(payload["access_hash"])
    await tools.announcer.publish("tokens", payload["access_hash"])


async def _drop_key(tools: Tools, payload: dict[str, Any]) -> None:
    await tools.tokens.drop(payload["key_hash"])
    await tools.announcer.publish("tokens", payload["key_hash"])


async def _index_named(tools: Tools, payload: dict[str, Any]) -> None:
    """All products of a shop, a category or a brand: whichever the fact names."""
    named = {name: UUID(payload[name]) for name in ("merchant_id", "category_id", "brand_id") if payload.get(name)}
    await tools.indexer.apply_named(**named)


CONSUMERS: dict[str, tuple[Consumer, ...]] = {
    "AfterSaleChanged": (
        aftersales.announce,
        notices.heard("AfterSaleChanged"),
        notices.told("AfterSaleChanged"),
    ),
    "ApplicationAnswered": (notices.heard("ApplicationAnswered"),),
    "AttributeChanged": (_index_named,),
    "BillDiffers": (notices.heard("BillDiffers"),),
    "BrandChanged": (_index_named,),
    "CategoryChanged": (_index_named,),
    "ChangeDecided": (notices.heard("ChangeDecided"),),
    "ContentJudged": (reviews.judged, community.judged),
    "GroupChanged": (groups.announce, notices.told("GroupChanged")),
    "LotStopped": (traces.follow,),
    "MerchantStateChanged": (_index_named,),
    # Counting looks at the order itself: paid adds, refunded takes away, anything else changes nothing.
    "OrderChanged": (
        *(_announce_order, _count_sale, settlement.order_heard, points.order_heard),
        notices.told("OrderChanged"),
    ),
    "OrderPaid": (_announce_arrival,),
    "PartnerKeyChanged": (_drop_key,),
    "PaymentDisputed": (notices.heard("PaymentDisputed"),),
    "PayoutEnded": (notices.heard("PayoutEnded"),),
    "PickupDue": (notices.heard("PickupDue"), notices.told("PickupDue")),
    "PickupPointsChanged": (_index_named,),
    "PieceCopied": (notices.heard("PieceCopied"),),
    "PostChanged": (community.index,),
    "ProductJudged": (notices.heard("ProductJudged"),),
    "RecallStarted": (notices.heard("RecallStarted"), notices.told("RecallStarted")),
    "RefundChanged": (
        *(aftersales.refund_heard, settlement.refund_heard, referrals.refund_heard, points.refund_heard),
        *(notices.heard("RefundChanged"), notices.told("RefundChanged")),
    ),
    "RefundShort": (notices.heard("RefundShort"),),
    "ReviewChanged": (reviews.sum_up, notices.heard("ReviewChanged"), notices.told("ReviewChanged")),
    "SearchTuned": (_tell_searches,),
    "SettlementStuck": (notices.heard("SettlementStuck"),),
    "SignInRevoked": (_drop_token,),
    "StockLow": (notices.heard("StockLow"),),
}
