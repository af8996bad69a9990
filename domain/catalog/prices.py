"""What follows from the prices of SKUs."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol


class Priced(Protocol):
    """A SKU: price in fen, net weight in grams (0: not sold by weight)."""

    @property
    def price(self) -> int: ...
    @property
    def weight(self) -> int: ...


def per_500g(price: int, weight: int) -> int | None:
    """The price of 500 g in fen, rounded half up; None for goods that are not sold by weight."""
    return (price * 1000 + weight) // (2 * weight) if weight > 0 else None


def summary(skus: Iterable[Priced]) -> dict[str, int | None]:
    """What a product says of the SKUs on sale: lowest and highest price, lowest price of 500 g; 0 without SKUs."""
    listed = list(skus)
    prices = [sku.price for sku in listed]
    weighed = [each for sku in listed if (each := per_500g(sku.price, sku.weight)) is not None]
    return {
        "min_price": min(prices, default=0),
        "max_price": max(prices, default=0),
        "price_per_500g": min(weighed, default=None),
    }
