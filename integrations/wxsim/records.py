"""What the simulator remembers. Money is fen, time is aware UTC on the virtual clock unless it says wire."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any


@dataclass
class Sub:
    """One payable part: a sub-order of a combined order, or the whole of a single one."""

    mchid: str
    sub_mchid: str
    out_trade_no: str
    description: str
    attach: str
    total: int
    profit_sharing: bool
    state: str = "NOTPAY"
    transaction_id: str = ""
    refunded: int = 0
    received: bool = False  # the user confirmed receipt
    subsidy_most: int = 0  # what was announced of a subsidy when the order was made
    # Where its money is: frozen until it is shared out; what of it went to others, and what came from the platform.
    frozen: int = 0
    subsidy: int = 0
    shared: int = 0
    fee: int = 0
    finished: bool = False  # nothing is frozen any more, nothing can be shared

    @property
    def owner(self) -> str:
        return self.sub_mchid or self.mchid


@dataclass
class Trade:
    """An order of either kind. `fingerprint` is the creating body: the same number with another body is refused."""

    no: str
    combined: bool
    appid: str
    mchid: str
    openid: str
    prepay_id: str
    notify_url: str
    fingerprint: str
    created_at: datetime
    expires_at: datetime | None
    subs: list[Sub]
    transaction_id: str = ""
    paid_at: datetime | None = None
    closed: bool = False
    cancels: int = 0
    pay_at: datetime | None = None  # the user will pay by then
    lose_notice: bool = False

    @property
    def key(self) -> str:
        return trade_key(self.combined, self.no)

    @property
    def total(self) -> int:
        return sum(sub.total for sub in self.subs)


@dataclass
class Refund:
    refund_id: str
    out_refund_no: str
    fingerprint: str
    ecommerce: bool
    trade_key: str
    transaction_id: str
    out_trade_no: str
    sub_mchid: str
    refund: int
    total: int
    reason: str
    notify_url: str
    created_at: datetime
    due_at: datetime | None
    status: str = "PROCESSING"
    success_at: datetime | None = None
    # Which money it is, and the fee that came back with it.
    from_frozen: int = 0
    from_available: int = 0
    fee_back: int = 0

    @property
    def key(self) -> str:
        return self.out_refund_no


@dataclass
class Answer:
    at: datetime
    status: int  # 0: no answer came


@dataclass
class Notice:
    """A notification on its way. `resource` is the plaintext; it is encrypted and signed afresh on every attempt."""

    id: str
    about: str
    event_type: str
    original_type: str
    summary: str
    resource: dict[str, Any]
    notify_url: str
    created_at: datetime
    next_at: datetime | None  # None: no further attempt
    state: str = "PENDING"  # PENDING, HELD, DELIVERED, LOST, EXHAUSTED
    answers: list[Answer] = field(default_factory=list)
    probes: list[Answer] = field(default_factory=list)

    @property
    def key(self) -> str:
        return self.id


@dataclass
class Shipping:
    """What was uploaded for one payment part, by its transaction_id. `finish_count` 2 means the correction is used."""

    transaction_id: str
    logistics_type: int
    delivery_mode: int
    parcels: list[dict[str, Any]]
    finished: bool
    finish_count: int
    fingerprint: str
    upload_time: datetime
    uploads: int = 1

    @property
    def key(self) -> str:
        return self.transaction_id


@dataclass
class Token:
    value: str
    issued_at: datetime
    expires_at: datetime
    revoked: bool = False

    @property
    def key(self) -> str:
        return self.value


@dataclass
class Code:
    value: str
    kind: str  # login, phone
    openid: str
    phone: str
    issued_at: datetime
    used: bool = False

    @property
    def key(self) -> str:
        return self.value


@dataclass
class User:
    openid: str
    nickname: str
    phone: str

    @property
    def key(self) -> str:
        return self.openid


@dataclass
class Shop:
    """What the cashier shows for a sub-merchant, and how much it can refund (None: as much as was paid)."""

    sub_mchid: str
    name: str = ""
    balance: int | None = None

    @property
    def key(self) -> str:
        return self.sub_mchid


@dataclass
class Account:
    """The money a merchant number can dispose of."""

    mchid: str
    available: int = 0

    @property
    def key(self) -> str:
        return self.mchid


@dataclass
class Flow:
    """One line of the fund-flow bill: money that came to or left a merchant number. `voucher` is the asker's number."""

    id: str
    at: datetime
    mchid: str
    business: str
    incoming: bool
    amount: int
    left: int
    number: str
    voucher: str

    @property
    def key(self) -> str:
        return self.id


@dataclass
class Split:
    """A sharing order or the end of sharing (`amount` 0, no receiver)."""

    order_id: str
    out_order_no: str
    fingerprint: str
    transaction_id: str
    sub_mchid: str
    amount: int
    receiver: str
    description: str
    finish: bool
    created_at: datetime
    due_at: datetime | None
    status: str = "PROCESSING"
    result: str = "PENDING"
    fail_reason: str = ""
    finished_at: datetime | None = None
    returned: int = 0

    @property
    def key(self) -> str:
        return self.out_order_no


@dataclass
class SplitReturn:
    return_no: str
    out_return_no: str
    fingerprint: str
    out_order_no: str
    sub_mchid: str
    return_mchid: str
    amount: int
    created_at: datetime
    due_at: datetime | None
    result: str = "PROCESSING"
    fail_reason: str = ""
    finished_at: datetime | None = None

    @property
    def key(self) -> str:
        return self.out_return_no


@dataclass
class Subsidy:
    """What the platform adds to an order (`back` False), or fetches of it again."""

    subsidy_id: str
    number: str
    fingerprint: str
    transaction_id: str
    sub_mchid: str
    amount: int
    description: str
    back: bool
    created_at: datetime

    @property
    def key(self) -> str:
        return f"{'back' if self.back else 'paid'}:{self.number}"


@dataclass
class Withdrawal:
    withdraw_id: str
    out_request_no: str
    fingerprint: str
    sub_mchid: str
    amount: int
    remark: str
    created_at: datetime
    due_at: datetime | None
    status: str = "CREATE_SUCCESS"
    reason: str = ""
    updated_at: datetime | None = None

    @property
    def key(self) -> str:
        return self.out_request_no


@dataclass
class Setting:
    """One number that must survive a restart: a clock offset, that somebody may be given a share."""

    name: str
    value: float

    @property
    def key(self) -> str:
        return self.name


def trade_key(combined: bool, no: str) -> str:
    """Combined and single orders have separate number spaces."""
    return f"{'combined' if combined else 'single'}:{no}"
