"""The first step: the price of a campaign or a member's price, whichever takes more off, never both."""

from __future__ import annotations

from collections.abc import Iterator

from domain.pricing.benefits import Benefits, SpecialPrice
from domain.pricing.priced import G, Offered, PricedLine, Unused
from domain.pricing.sheet import Cause, Sheet
from models.pricing import ShareKind

BETTER = "部分商品已有更低的价格，二者不同享"


def lowest_prices(sheet: Sheet[G], benefits: Benefits) -> None:
    """Every line at its lowest price; of equal ones a campaign's, then the one that comes first by id."""
    beaten: dict[Cause, SpecialPrice] = {}
    used: set[Cause] = set()
    for line in sheet.lines:
        lower = sorted(_lower(line.offer, benefits), key=lambda found: (found[1].price, found[0], found[1].id.int))
        for at, (kind, special) in enumerate(lower):
            cause = Cause(kind, special.id, special.name)
            if at == 0:
                _charge(sheet, line, special, cause)
                used.add(cause)
            else:
                beaten[cause] = special
    for cause, special in beaten.items():
        if cause not in used:
            sheet.leave(None, Unused(cause.kind, special.party, cause.name, BETTER))


def _charge(sheet: Sheet[G], line: PricedLine[G], special: SpecialPrice, cause: Cause) -> None:
    off = (line.offer.price - max(special.price, 0)) * line.quantity
    sheet.take_from(line, off, cause, special.party)


def _lower(offer: Offered, benefits: Benefits) -> Iterator[tuple[ShareKind, SpecialPrice]]:
    """The prices below the list price. CAMPAIGN sorts before MEMBER."""
    if (campaign := benefits.campaigns.get(offer.sku_id)) and campaign.price < offer.price:
        yield ShareKind.CAMPAIGN, campaign
    if (member := benefits.member_prices.get(offer.sku_id)) and member.price < offer.price:
        yield ShareKind.MEMBER, member
    if (tier := benefits.tier) and (price := tier.price(offer.price)) < offer.price:
        yield ShareKind.MEMBER, SpecialPrice(tier.id, tier.name, price, tier.party)
