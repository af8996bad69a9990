"""Overviews of shops and of the platform: the figures made of orders."""

from __future__ import annotations

import strawberry

from domain import orders
from models.base import Fen
from models.orders import OrderState
from schema.orders import OrderStateCount, state_counts


@strawberry.type
class DayFigure:
    day: str
    orders: int
    sales: Fen


@strawberry.type
class NamedFigure:
    id: str
    name: str
    orders: int
    sales: Fen


def _to_ship(states: dict[OrderState, int]) -> int:
    return states[OrderState.AWAITING_SHIPMENT] + states[OrderState.PARTLY_SHIPPED]


def _days(figures: orders.MerchantOverview | orders.PlatformOverview) -> list[DayFigure]:
    return [DayFigure(day=each.day, orders=each.orders, sales=Fen(each.sales)) for each in figures.days]


def _named(figures: orders.Figures) -> list[NamedFigure]:
    return [NamedFigure(id=each.id, name=each.name, orders=each.orders, sales=Fen(each.sales)) for each in figures]


@strawberry.type
class MerchantOverview:
    today_orders: int
    today_sales: Fen
    to_ship: int
    low_stock: int
    on_sale: int
    days: list[DayFigure]
    states: list[OrderStateCount]
    top_products: list[NamedFigure]

    @classmethod
    def of(cls, figures: orders.MerchantOverview) -> MerchantOverview:
        days = _days(figures)
        return cls(
            today_orders=days[-1].orders,
            today_sales=days[-1].sales,
            to_ship=_to_ship(figures.states),
            low_stock=figures.low_stock,
            on_sale=figures.on_sale,
            days=days,
            states=state_counts(figures.states),
            top_products=_named(figures.top_products),
        )


@strawberry.type
class PlatformOverview:
    today_orders: int
    today_sales: Fen
    members: int
    merchants: int
    products_on_sale: int
    to_ship: int
    days: list[DayFigure]
    states: list[OrderStateCount]
    top_products: list[NamedFigure]
    top_merchants: list[NamedFigure]
    origins: list[NamedFigure]

    @classmethod
    def of(cls, figures: orders.PlatformOverview) -> PlatformOverview:
        days = _days(figures)
        return cls(
            today_orders=days[-1].orders,
            today_sales=days[-1].sales,
            members=figures.members,
            merchants=figures.merchants,
            products_on_sale=figures.products_on_sale,
            to_ship=_to_ship(figures.states),
            days=days,
            states=state_counts(figures.states),
            top_products=_named(figures.top_products),
            top_merchants=_named(figures.top_merchants),
            origins=_named(figures.origins),
        )
