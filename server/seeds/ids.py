"""Ids and chances of the demo: the same on every machine and in every run."""

from __future__ import annotations

import random
from uuid import UUID, uuid5

NAMESPACE = UUID("5a686174-6f6e-4730-8d61-6c6c00530600")


def demo_id(kind: str, key: str | int) -> UUID:
    """The id of one thing of the demo, as ("product", "apple-fuji")."""
    return uuid5(NAMESPACE, f"{kind}:{key}")


def dice_for(key: str) -> random.Random:
    """Chances that depend on nothing but `key`."""
    return random.Random(f"zhaotong:{key}")
