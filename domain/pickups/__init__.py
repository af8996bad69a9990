"""到店自提: a shop's counters, and the codes against which goods are handed over there. `docs/domains/pickups.md`."""

from domain.pickups.codes import SHOWN as SHOWN
from domain.pickups.codes import code_for as code_for
from domain.pickups.codes import picture_of as picture_of
from domain.pickups.codes import typed as typed
from domain.pickups.points import PointDraft as PointDraft
from domain.pickups.points import close_point as close_point
from domain.pickups.points import of_shop as of_shop
from domain.pickups.points import open_by_shop as open_by_shop
from domain.pickups.points import point_of_shop as point_of_shop
from domain.pickups.points import points_by_id as points_by_id
from domain.pickups.points import save_point as save_point
from domain.pickups.waiting import NO_CODE as NO_CODE
from domain.pickups.waiting import WAIT_DAYS as WAIT_DAYS
from domain.pickups.waiting import PickupDue as PickupDue
from domain.pickups.waiting import by_order as by_order
from domain.pickups.waiting import count_wrong as count_wrong
from domain.pickups.waiting import deadline_of as deadline_of
from domain.pickups.waiting import due as due
from domain.pickups.waiting import end as end
from domain.pickups.waiting import expect as expect
from domain.pickups.waiting import of_code as of_code
from domain.pickups.waiting import of_order as of_order
from domain.pickups.waiting import pick_up as pick_up
from domain.pickups.waiting import refuse_guessing as refuse_guessing
from domain.pickups.waiting import remind as remind
from domain.pickups.waiting import to_remind as to_remind
