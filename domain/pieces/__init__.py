"""Codes of single pieces of a lot: made, printed, looked up, and what is kept of those who looked."""

from domain.pieces.alarms import alarm as alarm
from domain.pieces.alarms import alarms as alarms
from domain.pieces.alarms import decide as decide
from domain.pieces.alarms import pieces_by_id as pieces_by_id
from domain.pieces.alarms import places_by_piece as places_by_piece
from domain.pieces.alarms import weigh_due as weigh_due
from domain.pieces.batches import batches_of as batches_of
from domain.pieces.batches import figures_by_batch as figures_by_batch
from domain.pieces.batches import make as make
from domain.pieces.batches import take as take
from domain.pieces.copies import CopyRule as CopyRule
from domain.pieces.scanning import PieceWarning as PieceWarning
from domain.pieces.scanning import Scanned as Scanned
from domain.pieces.scanning import ScanWanted as ScanWanted
from domain.pieces.scanning import by_code as by_code
from domain.pieces.scanning import purge as purge
from domain.pieces.scanning import scan as scan
