"""What a process that serves does once, when it is ready: it stops looking for garbage among what is there to stay."""

from __future__ import annotations

import gc

# Objects made and not yet gone before the youngest are looked through: more than there are of the operations under way,
# whose parts would else be looked through while they are in use. Requests leave no circles behind, only errors do.
YOUNG = 50_000


def settle() -> None:
    """Half a million objects of schema and modules live as long as the process; to look through them takes a quarter
    of a second, during which nobody is answered."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(YOUNG, *gc.get_threshold()[1:])
