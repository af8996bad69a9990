"""Notices that go by WeChat too: a second way for a few of them, never a second truth."""

from domain.messages.kinds import KIND_OF as KIND_OF
from domain.messages.kinds import configure as configure
from domain.messages.kinds import kind_under as kind_under
from domain.messages.kinds import templates as templates
from domain.messages.port import Messenger as Messenger
from domain.messages.port import NoneLeft as NoneLeft
from domain.messages.port import NotSent as NotSent
from domain.messages.port import TryLater as TryLater
from domain.messages.port import Unclear as Unclear
from domain.messages.port import Word as Word
from domain.messages.port import Words as Words
from domain.messages.quotas import Choice as Choice
from domain.messages.quotas import Told as Told
from domain.messages.quotas import choices as choices
from domain.messages.quotas import forget_answers as forget_answers
from domain.messages.quotas import record_answers as record_answers
from domain.messages.sending import decide as decide
from domain.messages.sending import give_up as give_up
from domain.messages.sending import record_arrival as record_arrival
from domain.messages.sending import send as send
