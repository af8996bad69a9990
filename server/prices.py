"""What an operation costs: the number of objects it may read.

An object costs 1, a list its size times its content, a scalar nothing; a mutation adds MUTATION_COST. The size of a
list is its argument `first`, `last` or `size` (the schema's default where it is left out), what SIZES says of it, or
the length of its list argument. `nodes` and `items` are as many as the field around them was asked for.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from graphql import (
    FieldNode,
    GraphQLField,
    GraphQLList,
    IntValueNode,
    ListValueNode,
    VariableNode,
    get_nullable_type,
)

from domain.base import MAX_PAGE
from server.refusing import Mistaken, RequestRefused

MUTATION_COST = 10
PAGE_ARGUMENTS = ("first", "last", "size")
DEFAULT_SIZE = 20
# What counting stops at; anything near it is refused.
SATURATED = 10**9
# Values of all variables of one operation, those within lists and objects included; the longest form has some hundred.
MOST_VALUES = 2_000
HELD = (dict, list)

# How many objects a list without a page argument usually has at most; a test wants an entry for each of them.
SIZES = {
    "AttributeFacet.values": 8,
    "CartGroup.reductions": 2,
    "CategoryPolicy.attributes": 10,
    "CheckoutPreview.cards": 5,
    "ConsoleCard.events": 10,
    "ConsoleVoucher.events": 10,
    "Voucher.events": 10,
    "Voucher.goods": 3,
    "Voucher.pickupPoints": 2,
    "Query.merchantPickupPoints": 5,
    "Query.myMessageChoices": 7,
    "VoucherBatch.goods": 3,
    "VoucherGiftOffer.goods": 3,
    "Query.giftCardsForSale": 5,
    "Group.members": 5,
    "GroupActivity.forming": 5,
    "ConsoleGroupActivity.forming": 5,
    "FlashSession.offers": 10,
    "Query.flashOffers": 2,
    "Query.flashSessions": 6,
    "Query.groupActivities": 3,
    "Query.presales": 3,
    "CampaignCalendar.plans": 50,
    "Plan.clashes": 2,
    "Query.merchantPlanClashes": 3,
    "Query.platformPlanClashes": 3,
    "CategoryPolicy.papers": 5,
    "LotVerification.faults": 5,
    "PieceAlarm.places": 8,
    "PieceAlarm.points": 2,
    "PieceBatches.batches": 5,
    "CommissionPreview.lines": 10,
    "PlatformSettlement.calls": 3,
    "Query.merchantCommissionRules": 20,
    "ProductChange.edits": 8,
    "Query.categoryAttributes": 10,
    "Query.merchantCheckWords": 5,
    "Query.merchantDrafts": 20,
    "Query.platformForbiddenWords": 100,
    "TraceEvent.facts": 8,
    "AfterSale.messages": 15,
    "AfterSaleLineOptions.options": 5,
    "AfterSaleMessage.pictures": 3,
    "AfterSaleQuotes.lines": 10,
    "AfterSalesApplied.afterSales": 10,
    "DisputedPayment.parts": 3,
    "ContentCheck.pictures": 5,
    "Query.afterSaleOptions": 10,
    "Query.merchantReviewCounts": 2,
    "Query.orderReviewables": 10,
    "PostFile.appeals": 1,
    "PostFile.written": 3,
    "PostWords.goods": 2,
    "PostWords.pictures": 3,
    "Query.myPostComments": 3,
    "WrittenPost.goods": 2,
    "WrittenPost.pictures": 3,
    "ReviewFile.appeals": 1,
    "ReviewFile.written": 3,
    "ReviewWords.pictures": 3,
    "ShopReview.replies": 2,
    "UploadForm.fields": 10,
    "WrittenWords.pictures": 5,
    "Query.merchantAfterSaleCounts": 7,
    "Query.platformAfterSaleCounts": 7,
    "Bill.differences": 5,
    "Campaign.categoryIds": 5,
    "PointsFigures.days": 30,
    "MemberPoints.items": 20,
    "Referral.suspicions": 2,
    "ReferralResults.channels": 50,
    "ReferralResults.inviters": 50,
    "Campaign.goods": 5,
    "CampaignApplication.goods": 5,
    "CampaignApplication.productIds": 5,
    "CampaignInvitation.categoryIds": 5,
    "CampaignInvitation.goods": 5,
    "CampaignInvitation.steps": 3,
    "CampaignResults.days": 92,
    "CampaignResults.shops": 50,
    "Cart.reductions": 2,
    "CampaignTrial.lines": 10,
    "Campaign.productIds": 5,
    "Campaign.steps": 3,
    "CheckoutPreview.coupons": 10,
    "Cart.groups": 5,
    "Cart.priceTrace": 30,
    "CartGroup.lines": 10,
    "Category.children": 20,
    "CheckoutPreview.groups": 5,
    "CheckoutPreview.priceTrace": 30,
    "FreightFree.places": 10,
    "FreightQuote.steps": 4,
    "FreightRule.places": 10,
    "FreightTemplate.frees": 3,
    "FreightTemplate.rules": 5,
    "MerchantOverview.days": 90,
    "MerchantOverview.states": 7,
    "MerchantOverview.topProducts": 10,
    "LedgerTransaction.sides": 4,
    "MoneyTrace.came": 3,
    "MoneyTrace.moves": 8,
    "MoneyTrace.now": 5,
    "Order.invoices": 2,
    "Order.lines": 10,
    "Order.priceTrace": 10,
    "Order.refunds": 2,
    "Order.shipments": 2,
    "Order.steps": 8,
    "Origin.parts": 15,
    "Partner.keys": 5,
    "PlatformOverview.days": 90,
    "PlatformOverview.origins": 10,
    "PlatformOverview.states": 7,
    "PlatformOverview.topMerchants": 10,
    "PlatformOverview.topProducts": 10,
    "PreviewGroup.lines": 10,
    "Product.images": 9,
    "Product.skus": 10,
    "ProductFacets.attributes": 5,
    "ProductFacets.brands": 20,
    "ProductFacets.categories": 20,
    "ProductFacets.merchants": 20,
    "ProductFacets.origins": 20,
    "ProductFacets.places": 20,
    "ProductFacets.campaigns": 3,
    "ProductFacets.priceBands": 6,
    "ProductFacets.storage": 3,
    "ProductSearch.distances": 20,
    "QueryPicks.first": 3,
    "QueryPicks.last": 1,
    "Query.banners": 10,
    "Query.carriers": 20,
    "Query.categories": 20,
    "Query.merchantFreightTemplates": 5,
    "Query.myAddresses": 20,
    "Query.myDevices": 20,
    "Query.myInvoiceTitles": 5,
    "Query.myOrderCounts": 7,
    "Query.platformStaff": 50,
    "Query.provinces": 31,
    "Query.regions": 30,
    "Region.children": 30,
    "Reordered.missing": 5,
    "SearchDesk.days": 90,
    "SearchExperiment.arms": 2,
    "SearchExperiment.days": 60,
    "SearchRankings.experiments": 10,
    "SearchDesk.picks": 30,
    "SearchDesk.synonyms": 100,
    "SearchDesk.top": 30,
    "SearchDesk.withoutResult": 30,
    "SearchHelp.relaxed": 8,
    "SearchPreview.after": 10,
    "SearchPreview.before": 10,
    "Shipment.lines": 3,
    "Shipment.traces": 10,
    "Trade.orders": 5,
    "Trade.priceTrace": 30,
    "Traffic.figures": 50,
    "Traffic.left": 100,
    "Traffic.moments": 60,
    "Traffic.operations": 100,
    "Traffic.refused": 30,
    "TrialBalance.rows": 12,
}
# The same for the schema's description of itself, which reads nothing but memory: a hundred of its objects cost 1.
DESCRIPTION_SIZES = {
    "__Directive.args": 2,
    "__Field.args": 2,
    "__Schema.directives": 8,
    "__Schema.types": 120,
    "__Type.enumValues": 5,
    "__Type.fields": 8,
    "__Type.inputFields": 5,
    "__Type.interfaces": 1,
    "__Type.possibleTypes": 3,
}
DESCRIPTION_SHARE = 100


Variables = Mapping[str, Any]
# A number, or one that is known with the variables of a request.
Size = int | Callable[[Variables], int]


@dataclass
class Price:
    """What a selection costs: a fixed part, and parts that are multiplied by sizes known with the variables."""

    fixed: int = 0
    scaled: list[tuple[Size, Price]] = field(default_factory=list)

    def of(self, variables: Variables) -> int:
        """The price with these variables, of which nothing is believed yet."""
        found = self.fixed
        for size, part in self.scaled:
            found += (size(variables) if callable(size) else size) * part.of(variables)
        return min(found, SATURATED)

    def add(self, other: Price, times: Size = 1) -> None:
        if callable(times) or other.scaled:
            self.scaled.append((times, other))  # never a copy: what is spread twice would double with every level
        else:
            self.fixed = min(self.fixed + times * other.fixed, SATURATED)


# More values than that cannot be written in fewer bytes: each has at least one, and a comma.
LEAST_BYTES = 2 * MOST_VALUES


def check_amount(variables: Variables) -> None:
    """Refuses variables of more values than any operation takes, before each of them is looked at by its type."""
    left: list[Any] = [variables]
    found = 0
    while left:
        held = left.pop()
        found += len(held)
        if found > MOST_VALUES:
            raise Mistaken([{"message": "参数过多，请减少后再试", "extensions": {"code": "BAD_USER_INPUT"}}])
        left += [each for each in (held.values() if isinstance(held, Mapping) else held) if isinstance(each, HELD)]


def _page(wanted: Any, argument: str) -> int:
    """A page size as it was given; BAD_USER_INPUT above what any page may have."""
    if not isinstance(wanted, int | float):
        return DEFAULT_SIZE  # no number at all: told when the variables are read
    if wanted > MAX_PAGE:
        sentence = f"每页数量须在 1 到 {MAX_PAGE} 之间"
        raise RequestRefused(400, "BAD_USER_INPUT", sentence, extensions={"field": argument})
    return max(int(wanted), 1)


def page_size(definition: GraphQLField, node: FieldNode) -> Size | None:
    """What the field says of its page, if it has pages."""
    for name in PAGE_ARGUMENTS:
        if name not in definition.args:
            continue
        found = next((given.value for given in node.arguments or () if given.name.value == name), None)
        default = _default(definition, name)
        if isinstance(found, VariableNode):
            return _page_of(found.name.value, default, name)
        return _page(int(found.value) if isinstance(found, IntValueNode) else default, name)
    return None


def _page_of(variable: str, default: Any, argument: str) -> Callable[[Variables], int]:
    return lambda variables: _page(variables.get(variable, default), argument)


def _default(definition: GraphQLField, name: str) -> Any:
    """The schema's default, however the schema was made: from values, or from a text."""
    argument = definition.args[name]
    if argument.default is None:
        return argument.default_value
    literal = argument.default.literal
    return int(literal.value) if isinstance(literal, IntValueNode) else argument.default.value


def list_length(definition: GraphQLField, node: FieldNode) -> Size | None:
    """As many as are asked for by name, where the field takes a list."""
    for given in node.arguments or ():
        argument = definition.args.get(given.name.value)
        if argument is None or not is_list(argument.type):
            continue
        if isinstance(given.value, VariableNode):
            return _length_of(given.value.name.value)
        return max(len(given.value.values), 1) if isinstance(given.value, ListValueNode) else 1
    return None


def _length_of(variable: str) -> Callable[[Variables], int]:
    def length(variables: Variables) -> int:
        given = variables.get(variable)
        return max(len(given), 1) if isinstance(given, list) else 1

    return length


def is_list(type_: Any) -> bool:
    return isinstance(get_nullable_type(type_), GraphQLList)
