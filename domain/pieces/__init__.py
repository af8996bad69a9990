"""Codes of single pieces of a lot: made, printed, looked up, and what is kept of those who looked."""

from domain.pieces.batches import batches_of as batches_of
from domain.pieces.batches import figures_by_batch as figures_by_batch
from domain.pieces.batches import make as make
from domain.pieces.batches import take as take
from domain.pieces.scanning import Scanned as Scanned
from domain.pieces.scanning import ScanWanted as ScanWanted
from domain.pieces.scanning import by_code as by_code
from domain.pieces.scanning import purge as purge
from domain.pieces.scanning import scan as scan
