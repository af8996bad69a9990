"""What may happen to groups, seats and activities, as data, and the sentences of what may not."""

from __future__ import annotations

from datetime import timedelta
from enum import StrEnum

from domain.base import Steps
from models.groups import ActivityState, GroupState, SeatState


class GroupEvent(StrEnum):
    # The last seat was paid.
    COMPLETE = "COMPLETE"
    # Its time is over, and nobody is at the cashier any more.
    FAIL = "FAIL"
    # All its members go over to another group.
    MERGE = "MERGE"


GROUP_STEPS: Steps[GroupState, GroupEvent] = {
    (GroupState.FORMING, GroupEvent.COMPLETE): GroupState.SUCCESS,
    (GroupState.FORMING, GroupEvent.FAIL): GroupState.FAILED,
    (GroupState.FORMING, GroupEvent.MERGE): GroupState.MERGED,
}


class SeatEvent(StrEnum):
    PAY = "PAY"
    # Cancelled, or not paid in time.
    FREE = "FREE"
    # The money came when the seat was free again: there is still one, or the money goes back.
    PAY_LATE = "PAY_LATE"
    REFUND = "REFUND"


SEAT_STEPS: Steps[SeatState, SeatEvent] = {
    (SeatState.HELD, SeatEvent.PAY): SeatState.PAID,
    (SeatState.HELD, SeatEvent.FREE): SeatState.FREED,
    (SeatState.FREED, SeatEvent.PAY_LATE): SeatState.PAID,
    (SeatState.FREED, SeatEvent.REFUND): SeatState.REFUNDED,
    (SeatState.PAID, SeatEvent.REFUND): SeatState.REFUNDED,
}


class ActivityEvent(StrEnum):
    PUBLISH = "PUBLISH"
    STOP = "STOP"


ACTIVITY_STEPS: Steps[ActivityState, ActivityEvent] = {
    (ActivityState.DRAFT, ActivityEvent.PUBLISH): ActivityState.RUNNING,
    (ActivityState.RUNNING, ActivityEvent.STOP): ActivityState.STOPPED,
}
ACTIVITY_REFUSALS = {
    ActivityEvent.PUBLISH: "只有草稿状态的拼团活动可以发布",
    ActivityEvent.STOP: "只有进行中的拼团活动可以停止",
}

LIVING = (SeatState.HELD, SeatState.PAID)
# Money that WeChat Pay cannot tell of, or that a person must look at, holds a group up no longer than this.
PATIENCE = timedelta(hours=1)
# From so long before its end on, a group is merged with others. A quarter of its time, if that is less.
MERGE_WITHIN = timedelta(hours=2)
