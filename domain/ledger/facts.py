"""What happens to money, fact by fact, as entries. Pure: `post` writes what these answer.

Debits are above zero. All amounts in fen.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from domain.ledger.accounts import Account
from domain.ledger.posting import Entry, Posting
from models.ledger import AccountKind, TransactionKind

RECEIVABLE = Account(AccountKind.WECHAT_RECEIVABLE)
BANK = Account(AccountKind.PLATFORM_BANK)
CLEARING = Account(AccountKind.BUYER_CLEARING)
COMPENSATION = Account(AccountKind.BUYER_COMPENSATION)
SUSPENSE = Account(AccountKind.SUSPENSE)
REVENUE = Account(AccountKind.PLATFORM_REVENUE)
FEES = Account(AccountKind.FEE_EXPENSE)
COUPONS = Account(AccountKind.COUPON_EXPENSE)
POINTS = Account(AccountKind.POINTS_LIABILITY)
POINTS_GIVEN = Account(AccountKind.POINTS_EXPENSE)
GIFT_CARDS = Account(AccountKind.GIFTCARD_LIABILITY)
CARD_SALES = Account(AccountKind.CARD_SALES)
VOUCHERS = Account(AccountKind.VOUCHER_LIABILITY)

# WeChat Pay's standard rate in basis points; what it really took is in its bill, and the difference is ours.
FEE_RATE = 60


@dataclass(frozen=True)
class Of:
    """What a fact is about, for tracing."""

    order_id: UUID | None
    trade_id: UUID | None


@dataclass(frozen=True)
class Subsidy:
    """What others than the buyer pay of an order to its shop: the platform for coupons, points and gift cards."""

    coupons: int = 0
    points: int = 0
    gift_cards: int = 0

    @property
    def total(self) -> int:
        return self.coupons + self.points + self.gift_cards

    def less(self, other: Subsidy) -> Subsidy:
        return Subsidy(self.coupons - other.coupons, self.points - other.points, self.gift_cards - other.gift_cards)


NOTHING_SUBSIDISED = Subsidy()


@dataclass(frozen=True)
class Taken:
    """What of an order's money does not reach its shop: the platform's commission and WeChat Pay's fee."""

    commission: int = 0
    fee: int = 0

    @property
    def total(self) -> int:
        return self.commission + self.fee


# ------------------------------------------------------------------------------------------------ rates
def share(amount: int, rate: int) -> int:
    """`rate` basis points of `amount` fen, half a fen upwards."""
    return (amount * rate + 5_000) // 10_000


def commission(basis: int, rate: int) -> int:
    """The platform's share of one line, of what the buyer pays for it after refunds, without freight."""
    return share(basis, rate)


def fee(amount: int) -> int:
    """What WeChat Pay takes of what an order brought in after refunds; its shop bears it."""
    return share(amount, FEE_RATE)


# ------------------------------------------------------------------------------------------------ money in and back
def paid(part_id: UUID, of: Of, amount: int, at: datetime, *, by: Subsidy = NOTHING_SUBSIDISED, memo: str) -> Posting:
    """A part of a payment arrived, in time, late or a second time; `by` is what the platform adds to a shop's sale."""
    entries = [Entry(RECEIVABLE, amount), *_subsidised(by), Entry(CLEARING, -amount - by.total)]
    return Posting(TransactionKind.PAYMENT, str(part_id), at, tuple(entries), memo, of.order_id, of.trade_id)


def refunded(
    refund_id: UUID,
    of: Of,
    amount: int,
    at: datetime,
    *,
    by: Subsidy = NOTHING_SUBSIDISED,
    memo: str,
    offline: bool = False,
) -> Posting:
    """A refund reached the buyer; `by` is the share of the subsidy that goes back to whom it came from.

    `offline`: out of the platform's bank, since WeChat Pay would not; what it holds of it is the platform's then.
    """
    back = [Entry(entry.account, -entry.amount) for entry in _subsidised(by)]
    entries = [Entry(CLEARING, amount + by.total), Entry(BANK if offline else RECEIVABLE, -amount), *back]
    return Posting(TransactionKind.REFUND, str(refund_id), at, tuple(entries), memo, of.order_id, of.trade_id)


def _subsidised(by: Subsidy) -> list[Entry]:
    amounts = ((COUPONS, by.coupons), (POINTS, by.points), (GIFT_CARDS, by.gift_cards))
    return [Entry(account, amount) for account, amount in amounts if amount]


# ------------------------------------------------------------------------------------------------ disputed money
def disputed(ref: str, of: Of, amount: int, at: datetime, memo: str) -> Posting:
    """Money arrived that was not what was asked for: nobody's yet. `ref`: the payment and the part."""
    entries = (Entry(RECEIVABLE, amount), Entry(SUSPENSE, -amount))
    return Posting(TransactionKind.DISPUTE, ref, at, entries, memo, of.order_id, of.trade_id)


def dispute_accepted(
    part_id: UUID, of: Of, amount: int, at: datetime, *, by: Subsidy = NOTHING_SUBSIDISED, memo: str
) -> Posting:
    """A person found that disputed money pays the order after all; from here on it is as `paid`."""
    entries = (Entry(SUSPENSE, amount), *_subsidised(by), Entry(CLEARING, -amount - by.total))
    return Posting(TransactionKind.DISPUTE_ACCEPTED, str(part_id), at, entries, memo, of.order_id, of.trade_id)


def dispute_returned(
    refund_id: UUID, of: Of, amount: int, at: datetime, memo: str, *, offline: bool = False
) -> Posting:
    """Disputed money went back to whoever paid it; `offline` as in `refunded`."""
    entries = (Entry(SUSPENSE, amount), Entry(BANK if offline else RECEIVABLE, -amount))
    return Posting(TransactionKind.DISPUTE_RETURNED, str(refund_id), at, entries, memo, of.order_id, of.trade_id)


# ------------------------------------------------------------------------------------------------ settlement
def settled(
    order_id: UUID,
    of: Of,
    merchant_id: UUID,
    amount: int,
    taken: Taken,
    at: datetime,
    own: int = 0,
    memo: str = "订单完成，结算",
    earned: Account = CARD_SALES,
) -> Posting | None:
    """An order is completed: of the `amount` held for it the shop is owed all but `taken`. None for nothing.

    `own` of it was paid by gift cards or a voucher: whoever sold it had its money before, and is owed nothing more.
    `earned`: where that is counted, by `prepaid_sales`.
    """
    if not amount:
        return None
    shares = [*_shares(merchant_id, amount - own, taken), *([(earned, own)] if own else [])]
    entries = (Entry(CLEARING, amount), *(Entry(account, -fen) for account, fen in shares))
    return Posting(TransactionKind.SETTLEMENT, str(order_id), at, entries, memo, of.order_id, of.trade_id)


def taken_back(ref: str, of: Of, merchant_id: UUID, amount: int, taken: Taken, at: datetime) -> Posting | None:
    """Before a settled order's money can go to the buyer it is fetched from those it was shared out to (分账回退)."""
    if not amount:
        return None
    shares = _shares(merchant_id, amount, taken)
    entries = (*(Entry(account, fen) for account, fen in shares), Entry(CLEARING, -amount))
    memo = "结算后退款，先从各方收回"
    return Posting(TransactionKind.SETTLEMENT_RETURN, ref, at, entries, memo, of.order_id, of.trade_id)


def compensated(booking_id: UUID, of: Of, merchant_id: UUID, amount: int, at: datetime, memo: str) -> Posting:
    """A shop owes a buyer the deposit once more (Civil Code Art. 587): out of what the shop is owed, now or next."""
    entries = (Entry(Account(AccountKind.MERCHANT_PAYABLE, merchant_id), amount), Entry(COMPENSATION, -amount))
    return Posting(TransactionKind.COMPENSATION, str(booking_id), at, entries, memo, of.order_id, of.trade_id)


def compensation_paid(booking_id: UUID, of: Of, amount: int, at: datetime, memo: str) -> Posting:
    """The platform's bank transferred it to the buyer."""
    entries = (Entry(COMPENSATION, amount), Entry(BANK, -amount))
    return Posting(TransactionKind.COMPENSATION_PAID, str(booking_id), at, entries, memo, of.order_id, of.trade_id)


def _shares(merchant_id: UUID, amount: int, taken: Taken) -> list[tuple[Account, int]]:
    shop = Account(AccountKind.MERCHANT_PAYABLE, merchant_id)
    shares = ((shop, amount - taken.total), (REVENUE, taken.commission), (FEES, taken.fee))
    return [(account, fen) for account, fen in shares if fen]


def paid_out(ref: str, of: Of, merchant_id: UUID, amount: int, at: datetime, source: Account = RECEIVABLE) -> Posting:
    """A shop's money left for its bank: out of its account at WeChat Pay, or the platform's own bank as `source`."""
    entries = (Entry(Account(AccountKind.MERCHANT_PAYABLE, merchant_id), amount), Entry(source, -amount))
    return Posting(TransactionKind.PAYOUT, ref, at, entries, "款项已结算到商户", of.order_id, of.trade_id)


def payout_returned(ref: str, merchant_id: UUID, amount: int, at: datetime, source: Account = RECEIVABLE) -> Posting:
    """The shop's bank sent a payout back to where it came from; the shop is owed it again."""
    entries = (Entry(source, amount), Entry(Account(AccountKind.MERCHANT_PAYABLE, merchant_id), -amount))
    return Posting(TransactionKind.PAYOUT_RETURNED, ref, at, entries, "银行退回，款项回到商户账户")


def fee_charged(ref: str, amount: int, at: datetime, memo: str) -> Posting | None:
    """What WeChat Pay really took as its fees, by its bill; below zero when it gave back more. None for nothing."""
    if not amount:
        return None
    entries = (Entry(FEES, amount), Entry(RECEIVABLE, -amount))
    return Posting(TransactionKind.FEE, ref, at, entries, memo)


# ------------------------------------------------------------------------------------------------ gift cards
def cards_issued(ref: str, worth: int, paid: int, at: datetime, memo: str) -> Posting:
    """Cards were handed out, worth so much: paid for by bank transfer, the rest (or all) a gift of the platform."""
    entries = _nonzero((BANK, paid), (COUPONS, worth - paid), (GIFT_CARDS, -worth))
    return Posting(TransactionKind.CARD_ISSUED, ref, at, entries, memo)


def cards_voided(ref: str, worth: int, paid: int, at: datetime, memo: str) -> Posting:
    """Codes that nobody had bound are void: what was handed out is taken back, and what was paid for it given back."""
    entries = _nonzero((GIFT_CARDS, worth), (BANK, -paid), (COUPONS, paid - worth))
    return Posting(TransactionKind.CARD_VOIDED, ref, at, entries, memo)


def cards_sold(part_id: UUID, amount: int, bonus: int, at: datetime, memo: str, *, disputed: bool = False) -> Posting:
    """Cards were bought with WeChat Pay: what is on them is owed, the bonus by the platform's own doing."""
    kind = TransactionKind.DISPUTE_ACCEPTED if disputed else TransactionKind.PAYMENT
    came = SUSPENSE if disputed else RECEIVABLE
    entries = _nonzero((came, amount), (COUPONS, bonus), (GIFT_CARDS, -amount - bonus))
    return Posting(kind, str(part_id), at, entries, memo)


def card_paid(
    part_id: UUID,
    of: Of,
    amount: int,
    at: datetime,
    *,
    by: Subsidy = NOTHING_SUBSIDISED,
    memo: str,
    out_of: Account = GIFT_CARDS,
) -> Posting:
    """Gift cards (or a voucher) paid for an order: what was owed for them is held for it, as `paid` holds money."""
    entries = (Entry(out_of, amount), *_subsidised(by), Entry(CLEARING, -amount - by.total))
    return Posting(TransactionKind.PAYMENT, str(part_id), at, entries, memo, of.order_id, of.trade_id)


def card_returned(
    refund_id: UUID,
    of: Of,
    amount: int,
    at: datetime,
    *,
    by: Subsidy = NOTHING_SUBSIDISED,
    memo: str,
    into: Account = GIFT_CARDS,
) -> Posting:
    """A refund went back onto gift cards (or a voucher), where it is owed to their holders again."""
    back = [Entry(entry.account, -entry.amount) for entry in _subsidised(by)]
    entries = (Entry(CLEARING, amount + by.total), Entry(into, -amount), *back)
    return Posting(TransactionKind.REFUND, str(refund_id), at, entries, memo, of.order_id, of.trade_id)


def card_sale_undone(ref: str, of: Of, amount: int, at: datetime, earned: Account = CARD_SALES) -> Posting | None:
    """Before what gift cards paid of a settled order goes back to them, it is no sale any more. None for nothing."""
    if not amount:
        return None
    entries = (Entry(earned, amount), Entry(CLEARING, -amount))
    memo = "结算后退款，礼品卡或提货券销售冲回"
    return Posting(TransactionKind.SETTLEMENT_RETURN, ref, at, entries, memo, of.order_id, of.trade_id)


def card_refund_asked(ref: str, balance: int, amount: int, at: datetime, memo: str) -> Posting:
    """A card is given back: of its balance so much is on its way to the buyer, the rest was a gift and is none now."""
    entries = _nonzero((GIFT_CARDS, balance), (CLEARING, -amount), (COUPONS, amount - balance))
    return Posting(TransactionKind.CARD_REFUND, ref, at, entries, memo)


# ------------------------------------------------------------------------------------------------ vouchers
def prepaid_sales(merchant_id: UUID, own: bool) -> Account:
    """Where sales are counted whose money came before: those of the platform's `own` shop, or of one paid itself."""
    return CARD_SALES if own else Account(AccountKind.SHOP_VOUCHERS, merchant_id)


def vouchers_issued(ref: str, worth: int, by: Account, at: datetime, memo: str) -> Posting:
    """Vouchers were handed out, worth so much: `by` says who was paid for them, or bears it."""
    entries = (Entry(by, worth), Entry(VOUCHERS, -worth))
    return Posting(TransactionKind.VOUCHER_ISSUED, ref, at, entries, memo)


def vouchers_voided(ref: str, worth: int, by: Account, at: datetime, memo: str) -> Posting:
    """Codes that nobody had bound are void: `by`, who was paid for them or bore it, is as before."""
    return Posting(TransactionKind.VOUCHER_VOIDED, ref, at, (Entry(VOUCHERS, worth), Entry(by, -worth)), memo)


def voucher_refunded(ref: str, worth: int, by: Account, at: datetime, memo: str) -> Posting:
    """What was left of a voucher was paid back by whoever had been paid for it."""
    entries = (Entry(VOUCHERS, worth), Entry(by, -worth))
    return Posting(TransactionKind.VOUCHER_REFUND, ref, at, entries, memo)


# ------------------------------------------------------------------------------------------------ points
def points_moved(ref: str, amount: int, at: datetime, memo: str) -> Posting | None:
    """Points worth so many fen are owed to a member more, or below zero less. None for nothing."""
    if not amount:
        return None
    kind = TransactionKind.POINTS_GRANTED if amount > 0 else TransactionKind.POINTS_ENDED
    return Posting(kind, ref, at, (Entry(POINTS_GIVEN, amount), Entry(POINTS, -amount)), memo)


def _nonzero(*sides: tuple[Account, int]) -> tuple[Entry, ...]:
    return tuple(Entry(account, amount) for account, amount in sides if amount)
