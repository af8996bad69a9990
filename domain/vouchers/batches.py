"""Batches of vouchers: written down by the platform for its own shops, by every other shop for itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import func, insert, select, update

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
from domain.crypto import vault
from domain.vouchers.log import LOTS
from domain.vouchers.making import make, of_batch
from models.base import new_id
from models.catalog import Product, Sku
from models.merchants import Merchant, MerchantState
from models.vouchers import (
    LEAST_DAYS,
    MOST_MADE,
    MOST_UNITS,
    MOST_VALUE,
    VoucherBatch,
    VoucherBatchKind,
    VoucherBatchState,
    VoucherFreight,
    VoucherSku,
)

BATCH = VoucherBatch.__table__.c
MOST_SKUS = 20
MOST_DAYS = 3660
NONE = "没有这个批次"


@dataclass(frozen=True)
class BatchDraft:
    """A batch as it is written: for which goods, how many pieces a voucher has, and what each is worth in fen."""

    kind: VoucherBatchKind
    merchant_id: UUID
    name: str
    sku_ids: Sequence[UUID]
    units: int
    value: int
    freight: VoucherFreight
    valid_from: datetime
    valid_until: datetime
    total: int
    note: str = ""
    buyer: str = ""


def refuse_others(viewer: Viewer, kind: VoucherBatchKind, merchant_id: UUID) -> None:
    """The platform has to do with its own shops' vouchers, every other shop with its own. NotFound otherwise."""
    if viewer.kind is ViewerKind.SYSTEM:
        return
    if viewer.kind is ViewerKind.PLATFORM:
        if kind is VoucherBatchKind.SHOP:
            raise Forbidden("商家自行发行的提货券由该商家办理")
    elif kind is not VoucherBatchKind.SHOP or viewer.shop_id != merchant_id:
        raise NotFound(NONE)


async def open_batch(uow: UnitOfWork, viewer: Viewer, draft: BatchDraft) -> UUID:
    """Writes a batch down; Invalid with the field that the law, or common sense, does not allow."""
    refuse_others(viewer, draft.kind, draft.merchant_id)
    await _issuer(uow, draft)
    values, id = _checked(draft), new_id()
    skus = await _goods(uow, draft)
    if draft.kind is VoucherBatchKind.SOLD:
        buyer = clean_text(draft.buyer, field="buyer", least=2, most=60, label="购券单位或个人")
        values["buyer_sealed"] = vault.seal(buyer, table="voucher_batches", column="buyer_sealed", row=id)
    row = {"id": id, "state": VoucherBatchState.OPEN, "made": 0, "created_by": viewer.name[:60] or "平台"}
    await uow.session.execute(insert(VoucherBatch).values({**row, "created_at": clock.now(), **values}))
    await uow.session.execute(insert(VoucherSku), [{"batch_id": id, "sku_id": sku_id} for sku_id in skus])
    about = {"kind": draft.kind.value, "units": draft.units, "value": draft.value, "total": draft.total}
    await audit.record(uow, viewer, "voucher_batch.open", "voucher_batch", id, about)
    return id


async def issue(uow: UnitOfWork, viewer: Viewer, batch_id: UUID, many: int, key: str) -> Sequence[str]:
    """Makes vouchers of a batch; answers their codes, for a day the same ones to the same key. From now on they are
    owed. Conflict for another request under a key that was used.
    """
    key = bearer.checked_key(key)
    batch = await locked_batch(uow, viewer, batch_id)
    if (told := await LOTS.again(uow, viewer, key, batch_id, many)) is not None:
        await audit.record(uow, viewer, "voucher_lot.tell", "voucher_lot", told.lot_id, {"many": many})
        return told.codes
    if not 1 <= many <= bearer.MOST_AT_ONCE:
        raise Invalid(f"一次生成 1 到 {bearer.MOST_AT_ONCE} 张", field="count")
    if batch["state"] is VoucherBatchState.STOPPED:
        raise WrongState("该批次已停止发放")
    if batch["valid_until"] <= clock.now():
        raise WrongState("该批次的有效期已过，不能再发放")
    if batch["made"] + many > batch["total"]:
        raise WrongState(f"该批次只剩 {batch['total'] - batch['made']} 张", field="count")
    await uow.session.execute(update(VoucherBatch).where(BATCH.id == batch_id).values(made=BATCH.made + many))
    lot_id = await LOTS.open(uow, viewer, key, batch_id, many)
    codes = await make(uow, of_batch(batch, lot_id), many, viewer, f"发放：{batch['name']}")
    worth, memo = batch["units"] * batch["value"] * many, f"提货券发放 {batch['name']} {many} 张"
    await ledger.post(uow, ledger.vouchers_issued(str(lot_id), worth, bearer_of(batch), clock.now(), memo))
    await audit.record(uow, viewer, "voucher_batch.issue", "voucher_batch", batch_id, {"many": many, "worth": worth})
    return await LOTS.keep(uow, lot_id, codes)


def bearer_of(batch: RowDict) -> ledger.Account:
    """Who was paid for a batch's vouchers, or bears what they are worth."""
    if batch["kind"] is VoucherBatchKind.SOLD:
        return ledger.BANK
    if batch["kind"] is VoucherBatchKind.GIVEN:
        return ledger.COUPONS
    return ledger.prepaid_sales(batch["merchant_id"], own=False)


async def stop_batch(uow: UnitOfWork, viewer: Viewer, batch_id: UUID) -> None:
    """No voucher of it is handed out any more; those that were stay good, whoever has them."""
    batch = await locked_batch(uow, viewer, batch_id)
    if batch["state"] is VoucherBatchState.STOPPED:
        raise WrongState("该批次已停止")
    stopped = update(VoucherBatch).where(BATCH.id == batch_id).values(state=VoucherBatchState.STOPPED)
    await uow.session.execute(stopped)
    await audit.record(uow, viewer, "voucher_batch.stop", "voucher_batch", batch_id, {"name": batch["name"]})


async def locked_batch(uow: UnitOfWork, viewer: Viewer, batch_id: UUID) -> RowDict:
    # Vouchers of it may be added at the same time, for pieces that come back.
    chosen = select(*BATCH).where(BATCH.id == batch_id).with_for_update(key_share=True)
    row = (await uow.session.execute(chosen)).mappings().first()
    if row is None:
        raise NotFound(NONE)
    refuse_others(viewer, row["kind"], row["merchant_id"])
    return dict(row)


async def _issuer(uow: UnitOfWork, draft: BatchDraft) -> None:
    chosen = select(Merchant.is_platform_owned, Merchant.state).where(Merchant.id == draft.merchant_id)
    shop = (await uow.session.execute(chosen)).first()
    if shop is None or shop.state is not MerchantState.OPEN:
        raise NotFound("店铺不存在或未营业", field="issuerId")
    if (draft.kind is VoucherBatchKind.SHOP) == shop.is_platform_owned:
        own = "平台自营店铺的提货券由平台发行" if shop.is_platform_owned else "平台只能为自营店铺发行提货券"
        raise Invalid(f"{own}，其他店铺由商家自行发行", field="issuerId")


async def _goods(uow: UnitOfWork, draft: BatchDraft) -> Sequence[UUID]:
    ids = sorted(set(draft.sku_ids))
    if not 1 <= len(ids) <= MOST_SKUS or len(ids) != len(draft.sku_ids):
        raise Invalid(f"请选择 1 到 {MOST_SKUS} 种不同的规格", field="skuIds")
    own = select(func.count()).select_from(Sku).join(Product, Product.id == Sku.product_id)
    own = own.where(Sku.id.in_(ids), Product.merchant_id == draft.merchant_id)
    if await uow.session.scalar(own) != len(ids):
        raise Invalid("有规格不属于该店铺，请重新选择", field="skuIds")
    return ids


def _checked(draft: BatchDraft) -> dict[str, Any]:
    name = clean_text(draft.name, field="name", least=2, most=40, label="名称")
    note = clean_text(draft.note, field="note", most=200, label="使用说明")
    if not 1 <= draft.units <= MOST_UNITS:
        raise Invalid(f"每张券的件数须在 1 到 {MOST_UNITS} 之间", field="units")
    if not 1 <= draft.value <= MOST_VALUE:
        raise Invalid(f"每件价值须在 0.01 元到 {MOST_VALUE // 100}.00 元之间", field="value")
    if not 1 <= draft.total <= MOST_MADE:
        raise Invalid(f"数量须在 1 到 {MOST_MADE} 之间", field="total")
    if draft.valid_until - draft.valid_from < timedelta(days=LEAST_DAYS):
        raise Invalid(f"有效期不得少于 {LEAST_DAYS} 天", field="validUntil")
    if draft.valid_until <= clock.now() or draft.valid_until > clock.now() + timedelta(days=MOST_DAYS):
        raise Invalid("有效期须在今天之后的十年之内", field="validUntil")
    values: dict[str, Any] = {"kind": draft.kind, "merchant_id": draft.merchant_id, "name": name, "note": note}
    values |= {"units": draft.units, "value": draft.value, "freight": draft.freight, "total": draft.total}
    return {**values, "valid_from": draft.valid_from, "valid_until": draft.valid_until, "buyer_sealed": None}
