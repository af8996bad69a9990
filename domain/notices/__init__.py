"""The inboxes of shops and of the platform: filled from facts by the relay, read in the consoles."""

from domain.notices.composing import HEARD as HEARD
from domain.notices.inbox import Written as Written
from domain.notices.inbox import forget as forget
from domain.notices.inbox import mark_read as mark_read
from domain.notices.inbox import notices_by_id as notices_by_id
from domain.notices.inbox import page as page
from domain.notices.inbox import sees as sees
from domain.notices.inbox import unread as unread
from domain.notices.inbox import write as write
