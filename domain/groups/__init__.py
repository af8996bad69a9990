"""拼团: buyers who get a price together. `docs/domains/groups.md` tells the whole story."""

from domain.groups.activities import Draft as Draft
from domain.groups.activities import publish as publish
from domain.groups.activities import save as save
from domain.groups.activities import stop as stop
from domain.groups.door import NOBODY as NOBODY
from domain.groups.door import Door as Door
from domain.groups.door import Wish as Wish
from domain.groups.door import benefits as benefits
from domain.groups.door import door as door
from domain.groups.ending import Merged as Merged
from domain.groups.ending import ending_soon as ending_soon
from domain.groups.ending import expire as expire
from domain.groups.ending import expired as expired
from domain.groups.ending import merge as merge
from domain.groups.ending import unrefunded as unrefunded
from domain.groups.events import ActivityChanged as ActivityChanged
from domain.groups.events import GroupChanged as GroupChanged
from domain.groups.seats import Seated as Seated
from domain.groups.seats import find_again as find_again
from domain.groups.seats import free as free
from domain.groups.seats import has_failed as has_failed
from domain.groups.seats import pay as pay
from domain.groups.seats import pay_again as pay_again
from domain.groups.seats import refunded as refunded
from domain.groups.seats import seats_of as seats_of
