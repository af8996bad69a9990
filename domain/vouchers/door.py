"""Vouchers in the transaction that places orders: locked where an order names one, held for what it takes of it.

Who names none costs nothing: no statement, no lock, no work.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Select, func, select

from domain import bulk
from domain.base import Invalid, RowDict, UnitOfWork
from domain.pricing import Agreed, Benefits, GiftCard
from domain.vouchers.batches import BATCH
from domain.vouchers.log import VOUCHER
from domain.vouchers.states import VoucherUnusable
from models.base import new_id
from models.vouchers import Voucher, VoucherBatch, VoucherFreight, VoucherSku, VoucherState

FIELD = "voucherId"


@dataclass(frozen=True)
class Wish:
    """The voucher whose pieces an order takes."""

    voucher_id: UUID

    def content(self) -> list[Any]:
        """As it is part of what a repeated key is compared with."""
        return ["voucher", str(self.voucher_id)]


def redeemable() -> Select[Any]:
    """What must be known of a voucher to redeem it: its row, and of its batch the name, the freight and the goods."""
    sku = VoucherSku.__table__.c
    goods = select(func.array_agg(sku.sku_id)).where(sku.batch_id == BATCH.id).correlate(VoucherBatch)
    chosen = select(*VOUCHER, BATCH.name, BATCH.freight, BATCH.valid_from, goods.scalar_subquery().label("sku_ids"))
    return chosen.join(VoucherBatch, BATCH.id == VOUCHER.batch_id)


def benefits(voucher: Mapping[str, Any], units: int) -> Benefits:
    """Each piece costs what the voucher says it is worth, and the voucher pays it; nothing else goes with it."""
    worth = voucher["value"] * units
    name = f"{voucher['name']}（尾号 {voucher['last4']}）"
    card = GiftCard(voucher["id"], name, worth, None, voucher["merchant_id"], voucher=True)
    prices = dict.fromkeys(voucher["sku_ids"], voucher["value"])
    return Benefits(cards=(card,), agreed=Agreed(prices, voucher["freight"] is VoucherFreight.INCLUDED))


def refuse(voucher: Mapping[str, Any] | None, member_id: UUID, now: datetime) -> None:
    """VoucherUnusable where the member can redeem nothing from it now."""
    if voucher is None or voucher["holder_id"] != member_id:
        raise VoucherUnusable("没有这张提货券", field=FIELD)
    state = voucher["state"]
    if state is VoucherState.EXPIRED or (state is VoucherState.ACTIVE and voucher["expires_at"] <= now):
        raise VoucherUnusable("该券已到期，可免费延期后再提货", field=FIELD)
    if state is VoucherState.FROZEN:
        raise VoucherUnusable("该券已挂失或冻结", field=FIELD)
    if state is VoucherState.REDEEMED:
        raise VoucherUnusable("该券已全部提完", field=FIELD)
    if state is not VoucherState.ACTIVE:
        raise VoucherUnusable("该券正在退款或已退款", field=FIELD)
    if voucher["valid_from"] > now:
        raise VoucherUnusable("该券还没有到可以提货的时间", field=FIELD)


class Door:
    """Vouchers, locked, as they are after every order of the lot that was let in."""

    def __init__(self, vouchers: Iterable[RowDict]) -> None:
        self._vouchers = {row["id"]: dict(row) for row in vouchers}
        self._fresh: list[dict[str, Any]] = []

    def benefits_of(self, wish: Wish, lines: Sequence[tuple[UUID, int]]) -> Benefits:
        if wish.voucher_id not in self._vouchers:
            raise VoucherUnusable("没有这张提货券", field=FIELD)
        return benefits(self._vouchers[wish.voucher_id], sum(units for _, units in lines))

    def check(self, member_id: UUID, wish: Wish, lines: Sequence[tuple[UUID, int]], now: datetime) -> None:
        """Refuses an order that cannot be redeemed: VoucherUnusable or Invalid, with its field."""
        voucher = self._vouchers.get(wish.voucher_id)
        refuse(voucher, member_id, now)
        if voucher is None or len(lines) != 1 or lines[0][0] not in voucher["sku_ids"]:
            raise Invalid("该券不能提取这种商品，请从券内可选商品中选择一种", field="skuId")
        if lines[0][1] > (left := voucher["balance"] - voucher["held"]):
            held = f"（另有 {voucher['held']} 件在未付款的订单中）" if voucher["held"] else ""
            raise VoucherUnusable(f"该券还可提 {left} 件{held}", field="quantity", left=left)

    def hold(self, member_id: UUID, wish: Wish, ids: tuple[UUID, UUID], lines: Sequence[tuple[UUID, int]]) -> None:
        """The order `ids[0]` of the trade `ids[1]` will stand: it holds its pieces."""
        voucher, units = self._vouchers[wish.voucher_id], lines[0][1]
        voucher["held"] += units
        about = {"order_id": ids[0], "trade_id": ids[1], "member_id": member_id, "value": voucher["value"]}
        self._fresh.append({"id": new_id(), "voucher_id": wish.voucher_id, "units": units, **about})

    async def write(self, uow: UnitOfWork, now: datetime) -> None:
        """Holds what was taken for orders that are written already; no statement where nothing was."""
        if self._fresh:
            names = ("id", "order_id", "trade_id", "member_id", "voucher_id", "units", "value")
            await bulk.run(uow.session, HOLD, *([hold[name] for hold in self._fresh] for name in names), now)


NOBODY = Door(())
HOLD = """
WITH new AS (
    INSERT INTO voucher_holds (id, order_id, trade_id, member_id, voucher_id, units, value, state, created_at)
    SELECT *, 'HELD', $8 FROM unnest(
        $1::uuid[], $2::uuid[], $3::uuid[], $4::uuid[], $5::uuid[], $6::smallint[], $7::bigint[])
    RETURNING order_id, voucher_id, units, value
), vouchers AS (
    UPDATE vouchers SET held = held + s.units
    FROM (SELECT voucher_id, sum(units) AS units FROM new GROUP BY voucher_id) s WHERE vouchers.id = s.voucher_id
)
UPDATE orders SET card_total = new.units * new.value FROM new WHERE orders.id = new.order_id
"""


async def door(uow: UnitOfWork, wishes: Sequence[Wish]) -> Door:
    """Locks the vouchers that were named, in one order everywhere; nothing is read where nobody names one."""
    if not wishes:
        return NOBODY
    chosen = redeemable().where(VOUCHER.id.in_(sorted({wish.voucher_id for wish in wishes}))).order_by(VOUCHER.id)
    rows = (await uow.session.execute(chosen.with_for_update(of=Voucher))).mappings()
    return Door([dict(row) for row in rows])
