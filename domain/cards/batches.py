"""Batches of cards: written down by the platform, handed out, stopped."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import insert, select, update

from domain import audit, bearer, ledger
from domain.base import (
    Forbidden,
    Invalid,
    NotFound,
    RowDict,
    UnitOfWork,
    Viewer,
    ViewerKind,
    WrongState,
    clean_text,
    clock,
)
from domain.cards.log import LOTS
from domain.cards.making import make, of_batch
from domain.cards.states import MOST_BEARER, MOST_NAMED
from domain.crypto import vault
from models.base import new_id
from models.cards import CardBatch, CardBatchKind, CardBatchState
from models.merchants import Merchant, MerchantState

BATCH = CardBatch.__table__.c
MOST_MADE = 10_000
LEAST_MONTHS, MOST_MONTHS = 36, 120
NONE = "没有这个批次"


@dataclass(frozen=True)
class BatchDraft:
    """A batch as the platform writes it: what one card is worth and what is paid for it, in fen."""

    kind: CardBatchKind
    issuer_id: UUID
    name: str
    named: bool
    face: int
    price: int
    total: int
    valid_months: int | None = None
    buyer: str = ""


def only_platform(viewer: Viewer) -> None:
    if viewer.kind not in (ViewerKind.PLATFORM, ViewerKind.SYSTEM):
        raise Forbidden("仅平台可以管理礼品卡")


async def open_batch(uow: UnitOfWork, viewer: Viewer, draft: BatchDraft) -> UUID:
    """Writes a batch down; Invalid with the field that the law, or common sense, does not allow."""
    only_platform(viewer)
    await _issuer(uow, draft.issuer_id)
    values, id = _checked(draft), new_id()
    if draft.kind is CardBatchKind.SOLD:
        buyer = clean_text(draft.buyer, field="buyer", least=2, most=60, label="购卡单位或个人")
        values["buyer_sealed"] = vault.seal(buyer, table="card_batches", column="buyer_sealed", row=id)
    row = {"id": id, "state": CardBatchState.OPEN, "made": 0, "created_by": viewer.name[:60] or "平台"}
    await uow.session.execute(insert(CardBatch).values({**row, "created_at": clock.now(), **values}))
    about = {"kind": draft.kind.value, "face": draft.face, "price": draft.price, "total": draft.total}
    await audit.record(uow, viewer, "card_batch.open", "card_batch", id, about)
    return id


async def issue(uow: UnitOfWork, viewer: Viewer, batch_id: UUID, many: int, key: str) -> Sequence[str]:
    """Makes cards of a batch that is not bought online; answers their codes, for a day the same ones to the same key.

    Conflict for another request under a key that was used.
    """
    only_platform(viewer)
    key = bearer.checked_key(key)
    batch = await locked_batch(uow, batch_id)
    if (told := await LOTS.again(uow, viewer, key, batch_id, many)) is not None:
        await audit.record(uow, viewer, "card_lot.tell", "card_lot", told.lot_id, {"many": many})
        return told.codes
    if batch["kind"] is CardBatchKind.ONLINE:
        raise WrongState("线上购买的卡在付款后自动生成，不能导出卡号")
    if not 1 <= many <= bearer.MOST_AT_ONCE:
        raise Invalid(f"一次生成 1 到 {bearer.MOST_AT_ONCE} 张", field="count")
    await count_made(uow, batch, many)
    lot_id = await LOTS.open(uow, viewer, key, batch_id, many)
    sentence = "平台赠送" if batch["kind"] is CardBatchKind.GIVEN else "线下售出"
    _, made = await make(uow, of_batch(batch, lot_id), many, viewer, f"{sentence}：{batch['name']}")
    to = {"exported_at": clock.now()}
    await uow.session.execute(update(CardBatch).where(BATCH.id == batch_id).values(to))
    worth, paid = batch["face"] * many, batch["price"] * many
    memo = f"礼品卡发放 {batch['name']} {many} 张"
    await ledger.post(uow, ledger.cards_issued(str(lot_id), worth, paid, clock.now(), memo))
    await audit.record(uow, viewer, "card_batch.issue", "card_batch", batch_id, {"many": many, "worth": worth})
    return await LOTS.keep(uow, lot_id, made)


async def stop_batch(uow: UnitOfWork, viewer: Viewer, batch_id: UUID) -> None:
    """No card of it is bought, handed out or bound any more; what members hold stays good."""
    only_platform(viewer)
    batch = await locked_batch(uow, batch_id)
    if batch["state"] is CardBatchState.STOPPED:
        raise WrongState("该批次已停止")
    await uow.session.execute(update(CardBatch).where(BATCH.id == batch_id).values(state=CardBatchState.STOPPED))
    await audit.record(uow, viewer, "card_batch.stop", "card_batch", batch_id, {"name": batch["name"]})


async def locked_batch(uow: UnitOfWork, batch_id: UUID) -> RowDict:
    # Cards of it may be added at the same time by whoever holds one that makes way.
    chosen = select(*BATCH).where(BATCH.id == batch_id).with_for_update(key_share=True)
    row = (await uow.session.execute(chosen)).mappings().first()
    if row is None:
        raise NotFound(NONE)
    return dict(row)


async def count_made(uow: UnitOfWork, batch: RowDict, many: int) -> None:
    """So many more are made of a locked batch. WrongState when it has no more."""
    if batch["state"] is CardBatchState.STOPPED:
        raise WrongState("该批次已停止发放")
    if batch["made"] + many > batch["total"]:
        raise WrongState(f"该批次只剩 {batch['total'] - batch['made']} 张")
    await uow.session.execute(update(CardBatch).where(BATCH.id == batch["id"]).values(made=BATCH.made + many))


async def _issuer(uow: UnitOfWork, issuer_id: UUID) -> None:
    chosen = select(Merchant.is_platform_owned, Merchant.state).where(Merchant.id == issuer_id)
    shop = (await uow.session.execute(chosen)).first()
    if shop is None or shop.state is not MerchantState.OPEN:
        raise NotFound("店铺不存在或未营业", field="issuerId")
    if not shop.is_platform_owned:
        raise Invalid("礼品卡只能由平台自营店铺发行，并只能在该店使用", field="issuerId")


def _checked(draft: BatchDraft) -> dict[str, Any]:
    name = clean_text(draft.name, field="name", least=2, most=40, label="名称")
    most = MOST_NAMED if draft.named else MOST_BEARER
    if not 100 <= draft.face <= most:
        kind = "记名卡" if draft.named else "不记名卡"
        raise Invalid(f"{kind}面值须在 1.00 元到 {most // 100}.00 元之间", field="face")
    if not 0 <= draft.price <= draft.face or (draft.kind is CardBatchKind.GIVEN) != (draft.price == 0):
        raise Invalid("售价须大于 0 且不超过面值；赠送的卡售价为 0", field="price")
    if not 1 <= draft.total <= MOST_MADE:
        raise Invalid(f"数量须在 1 到 {MOST_MADE} 之间", field="total")
    months = draft.valid_months
    if draft.named and months is not None:
        raise Invalid("记名卡不得设有效期", field="validMonths")
    if months is not None and not LEAST_MONTHS <= months <= MOST_MONTHS:
        raise Invalid("不记名卡有效期不得少于三年（36 个月）", field="validMonths")
    if draft.named and draft.kind is not CardBatchKind.ONLINE:
        raise Invalid("记名卡须由持卡人在线实名购买", field="named")
    values = {"kind": draft.kind, "issuer_id": draft.issuer_id, "name": name, "named": draft.named, "face": draft.face}
    return {**values, "price": draft.price, "total": draft.total, "valid_months": months, "buyer_sealed": None}
