"""What goods cost and why: a pure calculation in integer fen."""

from domain.pricing.benefits import NO_BENEFITS as NO_BENEFITS
from domain.pricing.benefits import Benefits as Benefits
from domain.pricing.benefits import Coupon as Coupon
from domain.pricing.benefits import GiftCard as GiftCard
from domain.pricing.benefits import Points as Points
from domain.pricing.benefits import Reduction as Reduction
from domain.pricing.benefits import Scope as Scope
from domain.pricing.benefits import SpecialPrice as SpecialPrice
from domain.pricing.benefits import Tier as Tier
from domain.pricing.engine import FreightOf as FreightOf
from domain.pricing.engine import price as price
from domain.pricing.priced import CardPart as CardPart
from domain.pricing.priced import Freight as Freight
from domain.pricing.priced import FreightStep as FreightStep
from domain.pricing.priced import Offered as Offered
from domain.pricing.priced import Priced as Priced
from domain.pricing.priced import PricedGroup as PricedGroup
from domain.pricing.priced import PricedLine as PricedLine
from domain.pricing.priced import Share as Share
from domain.pricing.priced import Unused as Unused
from domain.pricing.tree import NodeKind as NodeKind
from domain.pricing.tree import PriceNode as PriceNode
from domain.pricing.tree import flat as flat
from domain.pricing.tree import of_order as of_order
from domain.pricing.tree import of_trade as of_trade
