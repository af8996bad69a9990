"""The inboxes of shops, of the platform and of members: filled from facts by the relay."""

from domain.notices.buyers import TOLD as TOLD
from domain.notices.composing import HEARD as HEARD
from domain.notices.inbox import Written as Written
from domain.notices.inbox import forget as forget
from domain.notices.inbox import mark_read as mark_read
from domain.notices.inbox import notices_by_id as notices_by_id
from domain.notices.inbox import page as page
from domain.notices.inbox import sees as sees
from domain.notices.inbox import unread as unread
from domain.notices.inbox import write as write
from domain.notices.inbox import write_ending as write_ending
from domain.notices.inbox import write_to_members as write_to_members
