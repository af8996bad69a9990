"""What belongs to whoever knows its code: codes, wrong tries, links that give away, and the log of what happened.

Gift cards and vouchers are both of this kind; what they are worth, and where, is theirs.
"""

from domain.bearer.admitting import admit as admit
from domain.bearer.codes import Codes as Codes
from domain.bearer.codes import make as make
from domain.bearer.codes import shown as shown
from domain.bearer.codes import typed as typed
from domain.bearer.giving import Given as Given
from domain.bearer.giving import Links as Links
from domain.bearer.guessing import MOST_WRONG as MOST_WRONG
from domain.bearer.guessing import count_wrong as count_wrong
from domain.bearer.guessing import refuse_guessing as refuse_guessing
from domain.bearer.log import Log as Log
from domain.bearer.lots import MOST_AT_ONCE as MOST_AT_ONCE
from domain.bearer.lots import Chosen as Chosen
from domain.bearer.lots import Lots as Lots
from domain.bearer.lots import checked_key as checked_key
from domain.bearer.lots import cleaned as cleaned
