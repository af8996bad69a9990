"""What sells how and when, across all ways to sell; and what gets in whose way."""

from domain.planning.clashes import Clash as Clash
from domain.planning.clashes import clashes as clashes
from domain.planning.reading import MOST_SHOWN as MOST_SHOWN
from domain.planning.reading import Planned as Planned
from domain.planning.reading import calendar as calendar
from domain.planning.reading import in_the_way_of as in_the_way_of
