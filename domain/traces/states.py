"""The steps of a lot, as a table."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from domain.base import Steps
from models.traces import LotState


class LotStep(StrEnum):
    """What may be done to a lot."""

    CLOSE = "CLOSE"
    REOPEN = "REOPEN"
    HOLD = "HOLD"
    RELEASE = "RELEASE"
    RECALL = "RECALL"


S, E = LotState, LotStep
LOT_STEPS: Steps[LotState, LotStep] = {
    (S.OPEN, E.CLOSE): S.CLOSED,
    (S.CLOSED, E.REOPEN): S.OPEN,
    (S.OPEN, E.HOLD): S.HELD,
    (S.CLOSED, E.HOLD): S.HELD,
    (S.HELD, E.RELEASE): S.OPEN,
    (S.OPEN, E.RECALL): S.RECALLED,
    (S.CLOSED, E.RECALL): S.RECALLED,
    (S.HELD, E.RECALL): S.RECALLED,
}
LOT_REFUSALS: Mapping[LotStep, str] = {
    E.CLOSE: "只有进行中的批次可以结束",
    E.REOPEN: "只有已结束的批次可以重新打开",
    E.HOLD: "只有进行中或已结束的批次可以冻结",
    E.RELEASE: "只有已冻结的批次可以解冻",
    E.RECALL: "该批次已经召回",
}
# Of lots in these states goods are put on the shelf, and sent.
FILLING = (S.OPEN,)
SENDING = (S.OPEN, S.CLOSED)
# What stops selling, and so is told to stock.
STOPPED = (S.HELD, S.RECALLED)
