"""Everything the simulator knows, in one object: clock, records, policies, and what was received."""

import asyncio
import secrets
from collections import Counter, deque
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from .config import SimConfig
from .records import (
    Account,
    Code,
    Flow,
    Notice,
    Refund,
    Setting,
    Shipping,
    Shop,
    Split,
    SplitReturn,
    Sub,
    Subsidy,
    Token,
    Trade,
    User,
    Withdrawal,
)
from .store import Store, Table

SHANGHAI = ZoneInfo("Asia/Shanghai")
DEMO_USERS = (
    User("oDEMO00000000000000000000001", "昭阳小杨", "13800000001"),
    User("oDEMO00000000000000000000002", "镇雄阿芳", "13800000002"),
    User("oDEMO00000000000000000000003", "水富老李", "13800000003"),
    User("oDEMO00000000000000000000004", "彝良陈姐", "13800000004"),
)


@dataclass
class NoticePolicy:
    """How notifications misbehave. `delay` in virtual seconds; `duplicate` is how many extra copies go out at once;
    `reorder` holds every notice until it is switched off, then sends them newest first."""

    drop: bool = False
    duplicate: int = 0
    reorder: bool = False
    delay: float = 0
    signtest: bool = False
    stale_timestamp: bool = False
    wrong_serial: bool = False


class Clock:
    """Two times. `now` is virtual: orders, expiry, schedules; `wire` is what signatures are stamped with, and stays
    real unless told otherwise, because the product checks it against its own clock."""

    def __init__(self, settings: Table[Setting]) -> None:
        self._settings = settings

    def now(self) -> datetime:
        return datetime.now(UTC) + self._offset("clock")

    def wire(self) -> datetime:
        return datetime.now(UTC) + self._offset("wire")

    def advance(self, seconds: float, *, wire: bool = False) -> None:
        for name in ("clock", "wire") if wire else ("clock",):
            self._settings.put(Setting(name, self._offset(name).total_seconds() + seconds))

    def _offset(self, name: str) -> timedelta:
        setting = self._settings.get(name)
        return timedelta(seconds=setting.value if setting else 0)


class World:
    def __init__(self, config: SimConfig) -> None:
        self.config = config
        self.keys = config.keys
        self.store = Store(config.database)
        self.trades = Table(self.store, Trade, lambda trade: trade.pay_at is not None)
        self.refunds = Table(self.store, Refund, lambda refund: refund.due_at is not None)
        self.notices = Table(self.store, Notice, lambda notice: notice.next_at is not None)
        self.shippings = Table(self.store, Shipping)
        self.tokens = Table(self.store, Token)
        self.codes = Table(self.store, Code)
        self.users = Table(self.store, User)
        self.shops = Table(self.store, Shop)
        self.settings = Table(self.store, Setting)
        self.accounts = Table(self.store, Account)
        self.flows = Table(self.store, Flow)
        self.splits = Table(self.store, Split, lambda split: split.due_at is not None)
        self.returns = Table(self.store, SplitReturn, lambda back: back.due_at is not None)
        self.subsidies = Table(self.store, Subsidy)
        self.withdrawals = Table(self.store, Withdrawal, lambda each: each.due_at is not None)
        self.clock = Clock(self.settings)
        self.wake = asyncio.Event()
        self._fresh()

    def _fresh(self) -> None:
        """What does not outlive a restart or a reset: policies and the record of what was received."""
        self.policy = NoticePolicy()
        self.shipping_mode = "both"  # combined, sub, both: which upload WeChat takes for sub-merchants is not verified
        self.refund_seconds: float | None = self.config.refund_seconds  # None: a refund waits for refund.result
        self.funds_seconds: float | None = self.config.funds_seconds  # None: they wait for funds.result
        self.received: deque[dict[str, Any]] = deque(maxlen=2000)
        self.calls: Counter[str] = Counter()
        self.nonces: dict[tuple[str, str], float] = {}
        self._reindex()
        for user in DEMO_USERS:
            if self.users.get(user.openid) is None:
                self.users.put(user)

    def name_receiver(self, kind: str, account: str) -> None:
        self.settings.put(Setting(f"receiver {kind} {account}", 1))

    def is_receiver(self, kind: str, account: str) -> bool:
        return self.settings.get(f"receiver {kind} {account}") is not None

    def reset(self) -> None:
        """Forgets everything, the clock's offset included."""
        tables: tuple[Table[Any], ...] = (
            self.trades,
            self.refunds,
            self.notices,
            self.shippings,
            self.tokens,
            self.codes,
            self.users,
            self.shops,
            self.settings,
            self.accounts,
            self.flows,
            self.splits,
            self.returns,
            self.subsidies,
            self.withdrawals,
        )
        with self.store.batch():
            for table in tables:
                table.clear()
            self._fresh()
        self.wake.set()

    # -- trades

    def put_trade(self, trade: Trade) -> Trade:
        """Stores a trade and makes it findable by its prepay_id, its parts' numbers and their transaction ids."""
        self._index(trade)
        return self.trades.put(trade)

    def by_prepay(self, prepay_id: str) -> Trade | None:
        return self._by_prepay.get(prepay_id)

    def sub_by_number(self, mchid: str, out_trade_no: str) -> tuple[Trade, Sub] | None:
        """Sub-order and single-order numbers share one space per merchant, for ever."""
        found = self._by_number.get(out_trade_no)
        return found if found and mchid in (found[1].mchid, found[1].sub_mchid) else None

    def sub_by_transaction(self, transaction_id: str) -> tuple[Trade, Sub] | None:
        return self._by_transaction.get(transaction_id)

    def by_combined_transaction(self, transaction_id: str) -> Trade | None:
        return self._by_combined.get(transaction_id)

    def _reindex(self) -> None:
        self._by_prepay: dict[str, Trade] = {}
        self._by_number: dict[str, tuple[Trade, Sub]] = {}
        self._by_transaction: dict[str, tuple[Trade, Sub]] = {}
        self._by_combined: dict[str, Trade] = {}
        for trade in self.trades.all():
            self._index(trade)

    def _index(self, trade: Trade) -> None:
        self._by_prepay[trade.prepay_id] = trade
        if trade.combined and trade.transaction_id:
            self._by_combined[trade.transaction_id] = trade
        for sub in trade.subs:
            self._by_number[sub.out_trade_no] = (trade, sub)
            if sub.transaction_id:
                self._by_transaction[sub.transaction_id] = (trade, sub)

    def shop_name(self, sub_mchid: str) -> str:
        shop = self.shops.get(sub_mchid)
        return shop.name if shop and shop.name else f"商户 {sub_mchid}"

    # -- making

    def number(self, prefix: str, length: int) -> str:
        """A WeChat-looking number: prefix, date, random digits. Random, so a reset never repeats one."""
        head = prefix + self.clock.now().astimezone(SHANGHAI).strftime("%Y%m%d")
        return head + "".join(secrets.choice("0123456789") for _ in range(length - len(head)))


def rfc3339(moment: datetime) -> str:
    return moment.astimezone(SHANGHAI).isoformat(timespec="seconds")
