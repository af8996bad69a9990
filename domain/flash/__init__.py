"""秒杀: goods at a price for a slot of time, few of them. `docs/domains/flash.md` tells the whole story."""

from domain.flash.counter import Counter as Counter
from domain.flash.counter import SoldOut as SoldOut
from domain.flash.counter import Wish as Wish
from domain.flash.counter import benefits as benefits
from domain.flash.counter import counter as counter
from domain.flash.events import FlashChanged as FlashChanged
from domain.flash.holds import free as free
from domain.flash.holds import hold_of as hold_of
from domain.flash.holds import sell as sell
from domain.flash.holds import take_again as take_again
from domain.flash.offers import Application as Application
from domain.flash.offers import SessionDraft as SessionDraft
from domain.flash.offers import apply as apply
from domain.flash.offers import decline as decline
from domain.flash.offers import due as due
from domain.flash.offers import end as end
from domain.flash.offers import end_due as end_due
from domain.flash.offers import publish as publish
from domain.flash.offers import save_session as save_session
from domain.flash.offers import withdraw as withdraw
