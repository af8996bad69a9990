"""The log of vouchers, their codes and their links; pieces are what is counted."""

from __future__ import annotations

from typing import Any

from domain.base import RowDict, next_state
from domain.bearer import Codes, Links, Log, Lots
from domain.vouchers.states import VOUCHER_REFUSALS, VOUCHER_STEPS, VoucherStep
from models.vouchers import Voucher, VoucherEvent, VoucherGift, VoucherLot

LOG = Log(Voucher, VoucherEvent, "voucher_id")
VOUCHER = Voucher.__table__.c
CODES = Codes("voucher")
LOTS = Lots(VoucherLot, LOG)
LINKS = Links(VoucherGift, LOG, CODES, "提货券")
locked, happened = LOG.locked, LOG.happened


def stepped(voucher: RowDict, step: VoucherStep) -> dict[str, Any]:
    """The state after a step; WrongState from any that the table does not name."""
    return {"state": next_state(VOUCHER_STEPS, voucher["state"], step, VOUCHER_REFUSALS[step])}
