"""Coupons in members' hands: which can be used, taken by the trade that uses them, and given back.

A coupon is taken and given back in the transaction that places or closes the order, under the coupon's own lock. Locks
are taken after those of the trade and before those of the stock (`orders.taking`).

A coupon comes back when everything it made cheaper is closed: when the unpaid trade is cancelled or runs out of time,
and when all orders it was used for are refunded whole. Refunds of a part leave it used: the discount stays with the
goods that are kept.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any
from uuid import UUID

from sqlalchemy import ARRAY, DateTime, Integer, Select, Uuid, any_, bindparam, select
from sqlalchemy.ext.asyncio import AsyncSession

from domain import bulk
from domain.base import Invalid, Refusal, UnitOfWork, clock
from domain.pricing import Benefits
from domain.pricing import Coupon as Priced
from domain.promotions import budgets
from domain.promotions.running import BELOW, SHOPS
from domain.promotions.terms import coupon_of
from domain.record import record
from domain.statements import NO_COLUMNS, Statement
from models.base import id_of
from models.promotions import Campaign, Coupon, CouponOffer, CouponState

# What one order may name, and what is looked at when the best is asked for.
MOST_PICKED = 20
MOST_HELD = 200


class CouponUnusable(Refusal):
    """A coupon the buyer picked cannot be used: used already, run out, or not his."""

    code = "COUPON_UNUSABLE"


@record
class Picks:
    """What the buyer picked on the checkout page. `coupon_ids` None: the best of what is held, where nothing is placed;
    nothing where an order is.
    """

    coupon_ids: frozenset[UUID] | None = None

    @property
    def content(self) -> list[Any]:
        """For telling whether a repeated request is the same; empty where nothing was picked."""
        return [sorted(map(str, self.coupon_ids))] if self.coupon_ids else []


BEST = Picks()
NONE = Picks(frozenset())

# ------------------------------------------------------------------------------------------------ reading
TERMS = ("name", "merchant_id", "merchant_percent", "product_ids", "exclusive", "apply_until")
WORTH = ("threshold", "off", "percent_off", "most")
OWN = ("id", "member_id", "campaign_id", "state", "valid_until")


def _terms() -> Select[Any]:
    campaign, offer, coupon = Campaign.__table__.c, CouponOffer.__table__.c, Coupon.__table__.c
    chosen = select(*(coupon[name] for name in OWN), *(offer[name] for name in WORTH))
    chosen = chosen.add_columns(*(campaign[name] for name in TERMS), BELOW, SHOPS)
    chosen = chosen.join_from(Coupon, CouponOffer, offer.campaign_id == coupon.campaign_id)
    return chosen.join(Campaign, campaign.id == coupon.campaign_id)


def _usable(_: frozenset[Any]) -> Select[Any]:
    """What a member holds that is good now, of the platform and of these shops; what ends first comes first."""
    coupon, campaign = Coupon.__table__.c, Campaign.__table__.c
    mine = _terms().where(
        coupon.member_id == bindparam("member_id", type_=Uuid),
        coupon.state == CouponState.HELD,
        coupon.valid_until > bindparam("now", type_=DateTime(timezone=True)),
        campaign.merchant_id.is_(None) | (campaign.merchant_id == any_(bindparam("shops", type_=ARRAY(Uuid)))),
    )
    return mine.order_by(coupon.valid_until, coupon.id).limit(bindparam("most", type_=Integer))


USABLE = Statement(Coupon.__table__, _usable)


async def usable(session: AsyncSession, member_id: UUID, merchant_ids: Collection[UUID]) -> tuple[Priced, ...]:
    """The coupons a member could use at these shops now, as the price engine takes them."""
    asked = {"member_id": member_id, "shops": list(merchant_ids), "now": clock.now(), "most": MOST_HELD}
    return tuple(coupon_of(row) for row in await USABLE.rows(session, NO_COLUMNS, **asked))


# ------------------------------------------------------------------------------------------------ taking
def _picked(_: frozenset[Any]) -> Select[Any]:
    coupon = Coupon.__table__.c
    wanted = coupon.id == any_(bindparam("ids", type_=ARRAY(Uuid)))
    return _terms().where(wanted).order_by(coupon.id).with_for_update(of=Coupon)


PICKED = Statement(Coupon.__table__, _picked)


@dataclass
class Claims:
    """What orders about to be placed claim beside their goods, locked; and what was taken of it so far.

    Whoever adds another way of selling locks what it needs in `claim`, offers it in `benefits`, refuses in `check`,
    notes in `take`, and writes in `use`: the calls of `orders.placing` stay as they are.
    """

    rows: Mapping[UUID, Mapping[str, Any]]
    # The trade that takes each coupon.
    taken: dict[UUID, UUID] = field(default_factory=dict)

    def benefits(self, member_id: UUID, picks: Picks, held: Benefits) -> Benefits:
        """What is held anyway, and what was picked; CouponUnusable when something of it is not to be had."""
        if not picks.coupon_ids:
            return held
        coupons = tuple(coupon_of(self._row(member_id, id)) for id in sorted(picks.coupon_ids))
        return replace(held, coupons=held.coupons + coupons)

    def check(self, member_id: UUID, used: Collection[UUID]) -> None:
        """Refuses what an order before this one in the group has taken."""
        for id in used:
            self._row(member_id, id)

    def take(self, trade_id: UUID, used: Collection[UUID]) -> None:
        """The trade will stand, and uses these."""
        self.taken.update(dict.fromkeys(used, trade_id))

    def used(self, sources: Iterable[UUID | None]) -> set[UUID]:
        """What of the claims made something cheaper: the sources of a price's shares that are coupons of ours."""
        return {id for id in sources if id is not None and id in self.rows}

    def _row(self, member_id: UUID, id: UUID) -> Mapping[str, Any]:
        row = self.rows.get(id)
        if row is None or row["member_id"] != member_id:
            raise CouponUnusable("所选优惠券不存在，请重新选择", field="couponIds")
        if row["state"] == CouponState.USED or id in self.taken:
            raise CouponUnusable("所选优惠券已使用，请重新选择", field="couponIds")
        if row["state"] != CouponState.HELD or row["valid_until"] <= clock.now():
            raise CouponUnusable("所选优惠券已过期，请重新选择", field="couponIds")
        return row


NO_CLAIMS = Claims({})


async def claim(uow: UnitOfWork, picks: Iterable[Picks]) -> Claims:
    """Locks everything that was picked, in one order everywhere; no statement where nothing was."""
    ids = {id for each in picks for id in _few(each)}
    if not ids:
        return NO_CLAIMS
    rows = await PICKED.rows(uow.session, NO_COLUMNS, ids=sorted(ids))
    return Claims({row["id"]: row for row in await _as_shops_are(uow, rows)})


async def _as_shops_are(uow: UnitOfWork, rows: Sequence[Mapping[str, Any]]) -> Sequence[Mapping[str, Any]]:
    """The same with the shops that still take part, held until the commit; no statement where none had to apply."""
    campaigns = {row["campaign_id"] for row in rows if row["apply_until"] is not None}
    if not campaigns:
        return rows
    shops = {id_of(shop) for row in rows for shop, _ in row["shops"] or ()}
    there = await budgets.taking_part(uow, sorted(campaigns), shops)
    return [
        {**row, "shops": [pair for pair in row["shops"] or () if (row["campaign_id"], id_of(pair[0])) in there]}
        for row in rows
    ]


def _few(picks: Picks) -> Collection[UUID]:
    """Nothing of an order that is refused for its length anyway."""
    ids = picks.coupon_ids or ()
    return ids if len(ids) <= MOST_PICKED else ()


def check(picks: Picks) -> None:
    if len(picks.coupon_ids or ()) > MOST_PICKED:
        raise Invalid(f"一次最多选 {MOST_PICKED} 张优惠券", field="couponIds")


USE = """
UPDATE coupons SET state = 'USED', trade_id = used.trade_id, used_at = $3
FROM unnest($1::uuid[], $2::uuid[]) AS used(id, trade_id) WHERE coupons.id = used.id AND coupons.state = 'HELD'
"""


async def use(uow: UnitOfWork, claims: Claims) -> None:
    """Marks what was taken as used by its trade, which must be written already; no statement where nothing was."""
    if claims.taken:
        await bulk.run(uow.session, USE, list(claims.taken), list(claims.taken.values()), clock.now())


# ------------------------------------------------------------------------------------------------ giving back
# A trade's coupons that nothing of it profits from any more: every order they made cheaper is closed.
GIVE_BACK = """
UPDATE coupons SET trade_id = NULL, used_at = NULL, state = CASE WHEN valid_until > $2 THEN 'HELD' ELSE 'EXPIRED' END
WHERE trade_id = $1 AND NOT EXISTS (
    SELECT FROM orders o JOIN order_lines l ON l.order_id = o.id JOIN order_line_shares s ON s.line_id = l.id
    WHERE o.trade_id = $1 AND o.state <> 'CLOSED' AND s.source = coupons.id
)
RETURNING id
"""


async def give_back(uow: UnitOfWork, trade_id: UUID) -> Sequence[UUID]:
    """Returns the coupons of a trade that nothing profits from any more; one that ran out meanwhile comes back so."""
    return [row["id"] for row in await bulk.run(uow.session, GIVE_BACK, trade_id, clock.now())]


# The coupons behind a closed trade's discounts, locked, each with the orders it made cheaper.
BEHIND = """
SELECT c.id, c.state, c.trade_id, ARRAY(
    SELECT DISTINCT o.id FROM orders o JOIN order_lines l ON l.order_id = o.id
    JOIN order_line_shares s ON s.line_id = l.id WHERE o.trade_id = $1 AND s.source = c.id
) AS order_ids
FROM coupons c WHERE c.id IN (
    SELECT s.source FROM orders o JOIN order_lines l ON l.order_id = o.id
    JOIN order_line_shares s ON s.line_id = l.id WHERE o.trade_id = $1
) ORDER BY c.id FOR UPDATE OF c
"""
TAKE_AGAIN = """
UPDATE coupons SET state = 'USED', trade_id = $2, used_at = $3 WHERE id = ANY($1::uuid[])
"""


async def take_again(uow: UnitOfWork, trade_id: UUID) -> frozenset[UUID]:
    """For a trade that was paid after it was closed: takes its coupons again, and answers the orders that cannot live
    because theirs was used elsewhere meanwhile. That one has run out since does not count: the order was in time.
    """
    found = await bulk.run(uow.session, BEHIND, trade_id)
    gone = [row for row in found if row["state"] == CouponState.USED and row["trade_id"] != trade_id]
    dead = frozenset(order_id for row in gone for order_id in row["order_ids"])
    ids = [row["id"] for row in found if row not in gone]
    if ids:
        await bulk.run(uow.session, TAKE_AGAIN, ids, trade_id, clock.now())
    return dead
