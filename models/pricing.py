"""What was taken off a line's price, by cause and by party; what every SKU was offered for, and when; what runs now."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import DDL, CheckConstraint, ForeignKey, Index, String, UniqueConstraint, event, func, text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Fen, Row


class ShareKind(StrEnum):
    """In the order in which prices are made."""

    CAMPAIGN = "CAMPAIGN"
    MEMBER = "MEMBER"
    REDUCTION = "REDUCTION"
    # Over the goods of all shops that take part; each bears its part, the platform the rest.
    PLATFORM_REDUCTION = "PLATFORM_REDUCTION"
    MERCHANT_COUPON = "MERCHANT_COUPON"
    PLATFORM_COUPON = "PLATFORM_COUPON"
    POINTS = "POINTS"


class Party(StrEnum):
    """Who bears a discount: the shop gets that much less, or the platform makes it up to the shop."""

    PLATFORM = "PLATFORM"
    MERCHANT = "MERCHANT"


class OrderLineShare(Row):
    """Part of the difference between a line's amount and what is paid for it. Rows are added, never changed."""

    __tablename__ = "order_line_shares"
    __table_args__ = (
        UniqueConstraint("line_id", "kind", "party", "source", postgresql_nulls_not_distinct=True),
        CheckConstraint("amount > 0", "amount"),
        CheckConstraint("kind NOT IN ('REDUCTION', 'MERCHANT_COUPON') OR party = 'MERCHANT'", "borne_by_the_shop"),
        CheckConstraint("kind <> 'POINTS' OR party = 'PLATFORM'", "points_are_the_platforms"),
        CheckConstraint("source IS NOT NULL OR kind = 'POINTS'", "has_source"),
        # Whether an order ever used a coupon.
        Index(
            "ix_order_line_shares_coupon",
            "source",
            postgresql_where=text("kind IN ('MERCHANT_COUPON', 'PLATFORM_COUPON')"),
        ),
        # What came of a 满减.
        Index(
            "ix_order_line_shares_reduction",
            "source",
            postgresql_where=text("kind IN ('REDUCTION', 'PLATFORM_REDUCTION')"),
        ),
    )

    line_id: Mapped[UUID] = mapped_column(ForeignKey("order_lines.id"))
    kind: Mapped[ShareKind]
    party: Mapped[Party]
    # The campaign, tier, reduction or coupon it comes from, and what that was called when the order was placed.
    source: Mapped[UUID | None]
    name: Mapped[str] = mapped_column(String(60))
    amount: Mapped[Fen]


# ------------------------------------------------------------------------------------------------ kept by the database
# A line without discount never reaches the function: the trigger's condition is looked at when the row is written.
ACCOUNTED = """
CREATE FUNCTION line_discount_is_accounted_for() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    line uuid := (to_jsonb(NEW) ->> TG_ARGV[0])::uuid;
    discount bigint;
    shared bigint;
BEGIN
    SELECT l.amount - l.payable INTO discount FROM order_lines l WHERE l.id = line;
    SELECT coalesce(sum(s.amount), 0) INTO shared FROM order_line_shares s WHERE s.line_id = line;
    IF shared <> discount THEN
        RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'line_discount_is_accounted_for',
            MESSAGE = format('%s fen were taken off line %s, of which %s have a cause', discount, line, shared);
    END IF;
    RETURN NULL;
END $$
"""
OF_LINES = """
CREATE CONSTRAINT TRIGGER line_discount_is_accounted_for AFTER INSERT ON order_lines
DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.payable <> NEW.amount)
EXECUTE FUNCTION line_discount_is_accounted_for('id')
"""
OF_SHARES = """
CREATE CONSTRAINT TRIGGER line_discount_is_accounted_for AFTER INSERT OR UPDATE ON order_line_shares
DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
EXECUTE FUNCTION line_discount_is_accounted_for('line_id')
"""

# What a shop bears it agreed to: a campaign, coupon or offer of its own, or one of the platform's that it applied for
# and was accepted to, and of that no more than the part it was shown. An application that carries an order is held
# until the commit, so that a shop that is taken out at the same moment is taken out before the order or after it.
AGREED = """
CREATE FUNCTION shop_bears_what_it_agreed_to() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    shop uuid;
    agreed smallint;
    whole bigint;
BEGIN
    SELECT o.merchant_id INTO shop FROM order_lines l JOIN orders o ON o.id = l.order_id WHERE l.id = NEW.line_id;
    IF NEW.kind IN ('PLATFORM_REDUCTION', 'PLATFORM_COUPON') THEN
        SELECT a.merchant_percent INTO agreed FROM campaign_applications a
            WHERE a.merchant_id = shop AND a.state = 'ACCEPTED' AND a.campaign_id = CASE NEW.kind
                WHEN 'PLATFORM_COUPON' THEN (SELECT c.campaign_id FROM coupons c WHERE c.id = NEW.source)
                ELSE NEW.source END
            FOR SHARE;
        SELECT sum(s.amount) INTO whole FROM order_line_shares s
            WHERE s.line_id = NEW.line_id AND s.kind = NEW.kind AND s.source = NEW.source;
        -- The fen that cannot be halved goes to one of the two.
        IF agreed IS NULL OR NEW.amount * 100 >= whole * agreed + 100 THEN
            agreed := NULL;
        END IF;
    ELSIF NEW.kind = 'REDUCTION' THEN
        SELECT 100 INTO agreed FROM campaigns c
            WHERE c.id = NEW.source AND c.merchant_id = shop AND c.kind = 'REDUCTION';
    ELSIF NEW.kind = 'MERCHANT_COUPON' THEN
        SELECT 100 INTO agreed FROM coupons p JOIN campaigns c ON c.id = p.campaign_id
            WHERE p.id = NEW.source AND c.merchant_id = shop;
    ELSIF NEW.kind = 'CAMPAIGN' THEN
        SELECT 100 INTO agreed WHERE EXISTS (SELECT FROM flash_offers WHERE id = NEW.source AND merchant_id = shop)
            OR EXISTS (SELECT FROM group_activities WHERE id = NEW.source AND merchant_id = shop)
            OR EXISTS (SELECT FROM presale_offers WHERE id = NEW.source AND merchant_id = shop);
    END IF;
    IF agreed IS NULL THEN
        RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'shop_bears_what_it_agreed_to',
            MESSAGE = format('shop %s never agreed to bear %s fen of %s %s', shop, NEW.amount, NEW.kind, NEW.source);
    END IF;
    RETURN NULL;
END $$
"""
BORNE = """
CREATE CONSTRAINT TRIGGER shop_bears_what_it_agreed_to AFTER INSERT OR UPDATE ON order_line_shares
DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.party = 'MERCHANT')
EXECUTE FUNCTION shop_bears_what_it_agreed_to()
"""

for _statement in (ACCOUNTED, OF_LINES, OF_SHARES, AGREED, BORNE):
    _made = DDL(_statement.replace("%", "%%"))  # type: ignore[no-untyped-call]
    event.listen(OrderLineShare.__table__, "after_create", _made)


class SkuPrice(Base):
    """From `since` on a SKU was offered for `price` (null: not to be bought): the evidence of a price struck through.

    The database writes it itself whenever a price, a SKU or a product changes, goes on sale or off, so nothing is sold
    at a price that is not on record; rows are added, in order of time, and never changed.
    """

    __tablename__ = "sku_prices"
    __table_args__ = (CheckConstraint("price > 0", "price"),)

    # Deferred: the record is written just before the row of a new SKU.
    sku_id: Mapped[UUID] = mapped_column(ForeignKey("skus.id", deferrable=True, initially="DEFERRED"), primary_key=True)
    since: Mapped[datetime] = mapped_column(server_default=func.clock_timestamp(), primary_key=True)
    price: Mapped[Fen | None]


LOWEST = """
CREATE FUNCTION lowest_price_before(wanted uuid, moment timestamptz) RETURNS bigint LANGUAGE sql STABLE AS $$
    SELECT COALESCE(
        (SELECT min(price) FROM sku_prices WHERE sku_id = wanted AND since < moment AND since >= COALESCE(
            (SELECT max(since) FROM sku_prices WHERE sku_id = wanted AND since <= moment - interval '7 days'),
            '-infinity')),
        (SELECT price FROM sku_prices WHERE sku_id = wanted AND price IS NOT NULL AND since < moment
            ORDER BY since DESC LIMIT 1))
$$
"""
KEPT = """
CREATE FUNCTION sku_price_is_kept() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    offered bigint;
    before sku_prices;
    moment timestamptz;
BEGIN
    SELECT CASE WHEN NEW.active AND state = 'ON_SALE' THEN NEW.price END INTO offered
        FROM products WHERE id = NEW.product_id;
    SELECT * INTO before FROM sku_prices WHERE sku_id = NEW.id ORDER BY since DESC LIMIT 1;
    IF before.price IS DISTINCT FROM offered THEN
        moment := GREATEST(clock_timestamp(), before.since + interval '1 microsecond');
        NEW.lowest_before := CASE WHEN offered IS NOT NULL THEN lowest_price_before(NEW.id, moment) END;
        INSERT INTO sku_prices (sku_id, since, price) VALUES (NEW.id, moment, offered);
    ELSIF TG_OP = 'INSERT' AND offered IS NOT NULL THEN
        NEW.lowest_before := lowest_price_before(NEW.id, before.since);
    END IF;
    RETURN NEW;
END $$
"""
MOVED = """
CREATE FUNCTION product_prices_are_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE skus SET active = active WHERE product_id = NEW.id;
    RETURN NULL;
END $$
"""
ORDERED = """
CREATE FUNCTION sku_prices_are_in_order() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM sku_prices WHERE sku_id = NEW.sku_id AND since > NEW.since) THEN
        RAISE EXCEPTION USING ERRCODE = 'restrict_violation', MESSAGE = 'prices are recorded in order of time';
    END IF;
    RETURN NEW;
END $$
"""
UNCHANGED = """
CREATE FUNCTION sku_price_is_unchanged() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION USING ERRCODE = 'restrict_violation', MESSAGE = 'a price that was offered is never changed';
END $$
"""
TRIGGERS = (
    "CREATE TRIGGER sku_price_is_kept BEFORE INSERT OR UPDATE OF price, active ON skus"
    " FOR EACH ROW EXECUTE FUNCTION sku_price_is_kept()",
    "CREATE TRIGGER product_prices_are_kept AFTER UPDATE OF state ON products FOR EACH ROW"
    " WHEN (OLD.state <> NEW.state AND 'ON_SALE' IN (OLD.state, NEW.state))"
    " EXECUTE FUNCTION product_prices_are_kept()",
    "CREATE TRIGGER sku_prices_are_in_order BEFORE INSERT ON sku_prices"
    " FOR EACH ROW EXECUTE FUNCTION sku_prices_are_in_order()",
    "CREATE TRIGGER sku_prices_unchanged BEFORE UPDATE OR DELETE ON sku_prices"
    " FOR EACH ROW EXECUTE FUNCTION sku_price_is_unchanged()",
    "CREATE TRIGGER sku_prices_not_truncated BEFORE TRUNCATE ON sku_prices"
    " FOR EACH STATEMENT EXECUTE FUNCTION sku_price_is_unchanged()",
)


class CampaignMark(StrEnum):
    """What runs for a product, as a card says it: 秒杀, 预售, 拼团."""

    FLASH = "FLASH"
    PRESALE = "PRESALE"
    GROUP = "GROUP"


class RunningCampaign(Base):
    """What runs for a product at this moment, and the price it makes, where that is the lowest for one piece alone.

    Worked out from the offers themselves again and again (`domain.catalog.campaigns`); nobody else writes here.
    """

    __tablename__ = "running_campaigns"
    __table_args__ = (
        CheckConstraint("kinds <@ ARRAY['FLASH', 'GROUP', 'PRESALE']::varchar[] AND cardinality(kinds) > 0", "kinds"),
        CheckConstraint("num_nonnulls(kind, price) IN (0, 2) AND price > 0", "price"),
        CheckConstraint("kind <> 'GROUP' AND kind = ANY (kinds)", "for_one_alone"),
        CheckConstraint("struck_price > price", "struck_price"),
    )

    product_id: Mapped[UUID] = mapped_column(ForeignKey("products.id"), primary_key=True)
    kinds: Mapped[list[str]] = mapped_column(ARRAY(String(16)))
    # Whose price it is, of one piece of one SKU, below what any SKU costs by itself; and of 500 g, lowest of all SKUs.
    kind: Mapped[CampaignMark | None]
    price: Mapped[Fen | None]
    price_per_500g: Mapped[Fen | None]
    # What that SKU costs by itself, where the law lets it be shown beside the price.
    struck_price: Mapped[Fen | None]
    # Whether there are other SKUs, which cost more.
    varies: Mapped[bool]
    # When the first of them ends: from then on the row tells nothing.
    ends_at: Mapped[datetime]


for _statement in (LOWEST, KEPT, MOVED, ORDERED, UNCHANGED, *TRIGGERS):
    event.listen(SkuPrice.__table__, "after_create", DDL(_statement.replace("%", "%%")))  # type: ignore[no-untyped-call]
