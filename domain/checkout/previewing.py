"""What an order would cost, before it is placed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from domain.base import Columns, RowDict, Viewer
from domain.checkout import allowances
from domain.checkout.prices import BenefitsOf, Priced, no_benefits, price_wanted
from domain.inventory import OutOfStock
from domain.members import addresses


@dataclass(frozen=True)
class Preview:
    """Prices, and the address (the asked-for columns of its row) the goods would go to."""

    priced: Priced
    address: RowDict | None


async def preview(
    session: AsyncSession,
    viewer: Viewer,
    wanted: Mapping[UUID, int],
    address_id: UUID | None,
    columns: Columns,
    benefits_of: BenefitsOf = no_benefits,
) -> Preview:
    """What an order of this would cost now, to this or the default address.

    Holds nothing; refuses what could not be ordered either.
    """
    (benefits,) = await benefits_of(session, [viewer])
    address = await _address(session, viewer, address_id, columns | {"region_code"})
    priced = await price_wanted(session, wanted, benefits, region_code=address["region_code"] if address else None)
    had = await allowances.bought(session, [(viewer.member_id, line.offer) for line in priced.lines])
    for line in priced.lines:
        allowances.check_allowance(line.offer, line.quantity, had.get((viewer.member_id, line.offer.sku_id), 0))
        if line.offer.available < line.quantity:
            raise OutOfStock(line.offer.sku_id, max(line.offer.available, 0))
    return Preview(priced, address)


async def _address(session: AsyncSession, viewer: Viewer, id: UUID | None, columns: Columns) -> RowDict | None:
    if id is None:
        return await addresses.default(session, viewer, columns)
    return await addresses.row(session, viewer, id, columns)
