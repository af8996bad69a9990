"""Files on their way to the mall: who may send how much, and how each of them ended."""

from domain.media.asking import KEPT as KEPT
from domain.media.asking import TYPES as TYPES
from domain.media.asking import ask as ask
from domain.media.asking import find as find
from domain.media.asking import forget as forget
from domain.media.asking import most_bytes as most_bytes
from domain.media.asking import outdated as outdated
from domain.media.asking import refuse as refuse
from domain.media.asking import settle as settle
from domain.media.places import clip_at as clip_at
from domain.media.places import configure as configure
from domain.media.places import shown_at as shown_at
from domain.media.port import Form as Form
from domain.media.port import ObjectStore as ObjectStore
from domain.media.port import Received as Received
from domain.media.port import incoming as incoming
