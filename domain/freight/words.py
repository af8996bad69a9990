"""How weights, numbers and sums of freight are said in Chinese."""

from __future__ import annotations

from models.freight import FreightUnit


def yuan(fen: int) -> str:
    """800 → 8 元, 850 → 8.5 元, 805 → 8.05 元."""
    return f"{_decimal(fen, 2)} 元"


def weight(grams: int) -> str:
    """500 → 500 克, 1500 → 1.5 公斤."""
    return f"{grams} 克" if grams < 1000 else f"{_decimal(grams, 3)} 公斤"


def measure(unit: FreightUnit, amount: int) -> str:
    return weight(amount) if unit is FreightUnit.WEIGHT else f"{amount} 件"


def first(unit: FreightUnit) -> str:
    return "首重" if unit is FreightUnit.WEIGHT else "首件"


def further(unit: FreightUnit) -> str:
    return "续重" if unit is FreightUnit.WEIGHT else "续件"


def season(first: int, last: int) -> str:
    """4, 10 → 4—10 月; 11, 2 → 11 月至次年 2 月; nothing where it is the whole year."""
    if (last - first) % 12 == 11:
        return ""
    if first == last:
        return f"{first} 月"
    return f"{first}—{last} 月" if first < last else f"{first} 月至次年 {last} 月"


def _decimal(value: int, places: int) -> str:
    whole, rest = divmod(value, 10**places)
    digits = f"{rest:0{places}}".rstrip("0")
    return f"{whole}.{digits}" if digits else str(whole)
