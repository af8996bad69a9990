"""Codes that people hand out: each lot once, told again for a day, and taken back while nobody has bound them.

The same of gift cards, of vouchers of the platform's, and of a shop's own.
"""

from __future__ import annotations

import itertools
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import timedelta
from types import ModuleType
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select, update

from domain import cards, vouchers
from domain.base import Conflict, Database, Forbidden, Invalid, NotFound, Viewer, ViewerKind, WrongState, clock
from domain.bearer import Chosen
from domain.bearer.lots import TOLD_FOR
from models.audit import AuditEntry
from models.base import Row, new_id
from models.cards import Card, CardBatch, CardBatchKind, CardEvent, CardLot, CardState
from models.ledger import AccountKind, LedgerAccount, LedgerEntry
from models.vouchers import Voucher, VoucherBatch, VoucherBatchKind, VoucherEvent, VoucherLot
from server.database import Database as Opens
from server.settings import Settings
from tests.factories import cards as carding
from tests.factories import orders as market
from tests.factories import vouchers as made
from tests.races.test_orders import all_at_once

KEY = "one-intention-0001"
CARD, SOLD, SHOP = "cards", "vouchers", "shop's vouchers"
KINDS = (CARD, SOLD, SHOP)


@dataclass(frozen=True)
class Desk:
    """Codes of one kind, and who hands them out."""

    database: Database
    domain: ModuleType
    issuer: Viewer
    batch_id: UUID
    batch: type[Row]
    thing: type[Row]
    event: type[Row]
    lot: type[Row]
    #: Where what was paid for them stands, and what is owed.
    paid: AccountKind
    owed: AccountKind
    worth: int

    async def issue(self, many: int = 1, key: str = KEY, batch_id: UUID | None = None) -> list[str]:
        async with self.database.begin() as uow:
            return list(await self.domain.issue(uow, self.issuer, batch_id or self.batch_id, many, key))

    async def do(self, verb: str, chosen: Chosen, reason: str = "多生成了一批", viewer: Viewer | None = None) -> int:
        async with self.database.begin() as uow:
            done: int = await getattr(self.domain, verb)(uow, viewer or self.issuer, chosen, reason)
        return done

    async def bind(self, who: market.Buyer, code: str) -> UUID:
        id: UUID = await self.domain.bind(self.database, who.viewer, code)
        return id

    async def things(self) -> list[dict[str, Any]]:
        return sorted(await market.rows(self.database, self.thing), key=lambda row: row["id"])

    async def states(self) -> list[str]:
        return sorted(row["state"].value for row in await self.things())

    async def lots(self) -> list[dict[str, Any]]:
        return await market.rows(self.database, self.lot)

    async def whole(self) -> Chosen:
        (lot,) = await self.lots()
        return Chosen(lot_id=lot["id"])

    async def made(self) -> int:
        made: int = (await market.row(self.database, self.batch, self.batch_id))["made"]
        return made

    async def books(self) -> tuple[int, int]:
        """What stands for what was paid, and for what is owed."""
        entry, account = LedgerEntry.__table__.c, LedgerAccount.__table__.c
        chosen = select(account.kind, entry.amount).join_from(
            LedgerEntry, LedgerAccount, account.id == entry.account_id
        )
        async with self.database.read() as session:
            rows = (await session.execute(chosen)).all()
        paid, owed = (sum(row.amount for row in rows if row.kind is kind) for kind in (self.paid, self.owed))
        return paid, owed


async def desk(database: Database, kind: str, total: int = 100) -> Desk:
    bank = AccountKind.PLATFORM_BANK
    if kind == CARD:
        shop = await carding.own_shop(database)
        about: dict[str, Any] = {"kind": CardBatchKind.SOLD, "price": 10_000, "buyer": "昭通某学校工会"}
        batch = await carding.batch(database, shop, total=total, **about)
        names = (CardBatch, Card, CardEvent, CardLot, bank, AccountKind.GIFTCARD_LIABILITY)
        return Desk(database, cards, carding.PLATFORM, batch, *names, 10_000)
    owed = AccountKind.VOUCHER_LIABILITY
    names_of = (VoucherBatch, Voucher, VoucherEvent, VoucherLot)
    if kind == SOLD:
        shop = await carding.own_shop(database)
        batch = await made.batch(database, shop, kind=VoucherBatchKind.SOLD, total=total)
        return Desk(database, vouchers, made.PLATFORM, batch, *names_of, bank, owed, 50_000)
    shop = await market.shop(database)
    batch = await made.batch(database, shop, total=total)
    return Desk(database, vouchers, shop.keeper, batch, *names_of, AccountKind.SHOP_VOUCHERS, owed, 50_000)


async def audited(database: Database) -> list[str]:
    rows = await market.rows(database, AuditEntry)
    return [row["action"] for row in sorted(rows, key=lambda row: row["id"]) if "_lot." in row["action"]]


# ------------------------------------------------------------------------------------------------ handing out
@pytest.mark.parametrize("kind", KINDS)
async def test_after_a_lost_answer_the_same_codes_are_told_and_nothing_is_made(database: Database, kind: str) -> None:
    at = await desk(database, kind)
    first = await at.issue(3)
    assert await at.issue(3) == first
    assert (len(await at.things()), len(await at.lots()), await at.made()) == (3, 1, 3)
    assert await at.books() == (3 * at.worth, -3 * at.worth)
    assert [action.partition(".")[2] for action in await audited(database)] == ["tell"]
    assert len(await at.issue(3, "another-intention")) == 3
    assert (len(await at.things()), len(await at.lots()), await at.made()) == (6, 2, 6)
    await made.all_true(database)


@pytest.mark.parametrize("kind", KINDS)
async def test_a_stopped_batch_and_one_that_is_full_tell_what_they_told(database: Database, kind: str) -> None:
    at = await desk(database, kind, total=3)
    first = await at.issue(3)
    assert await at.issue(3) == first
    async with database.begin() as uow:
        await at.domain.stop_batch(uow, at.issuer, at.batch_id)
    assert await at.issue(3) == first
    with pytest.raises(WrongState, match="停止"):
        await at.issue(1, "another-intention")


@pytest.mark.parametrize("kind", KINDS)
async def test_another_request_under_the_same_key_is_refused(database: Database, kind: str) -> None:
    at = await desk(database, kind)
    await at.issue(3)
    other = await desk(database, kind)
    for attempt in (at.issue(2), at.issue(3, batch_id=other.batch_id)):
        with pytest.raises((Conflict, NotFound)) as refused:
            await attempt
        # Another shop's batch is none of this one's.
        assert isinstance(refused.value, NotFound) == (kind == SHOP and refused.value.field is None)
    assert len(await at.things()) == 3
    for key in ("", "short", "钥" * 65):
        with pytest.raises(Invalid) as wrong:
            await at.issue(1, key)
        assert wrong.value.field == "idempotencyKey"


@pytest.mark.parametrize("kind", KINDS)
async def test_codes_are_told_to_who_asked_for_them_and_for_a_day(database: Database, kind: str) -> None:
    at = await desk(database, kind)
    first = await at.issue(2)
    colleague = Viewer(at.issuer.kind, new_id(), "同事", at.issuer.merchant_id)
    async with database.begin() as uow:
        theirs = await at.domain.issue(uow, colleague, at.batch_id, 2, KEY)
    assert not set(theirs) & set(first)
    clock.advance(TOLD_FOR - timedelta(minutes=1))
    async with database.begin() as uow:
        await at.domain.forget(uow)
    assert await at.issue(2) == first
    clock.advance(timedelta(minutes=1))
    for _ in range(2):
        with pytest.raises(WrongState) as over:
            await at.issue(2)
        assert over.value.field == "idempotencyKey"
        async with database.begin() as uow:
            await at.domain.forget(uow)
    assert [lot["codes_sealed"] for lot in await at.lots()] == [None, None]
    assert len(await at.things()) == 4


@pytest.mark.parametrize("kind", KINDS)
async def test_codes_are_not_to_be_read_in_the_rows(database: Database, kind: str) -> None:
    at = await desk(database, kind)
    (code,) = await at.issue()
    for row in (*await at.lots(), *await at.things()):
        assert code.replace("-", "").encode() not in b" ".join(
            value for value in row.values() if isinstance(value, bytes)
        )
        assert code.replace("-", "") not in repr(row)


# ------------------------------------------------------------------------------------------------ taking back
@pytest.mark.parametrize("kind", KINDS)
async def test_frozen_codes_are_not_bound_until_they_are_thawed(database: Database, kind: str) -> None:
    at, who = await desk(database, kind), await market.buyer(database)
    codes = await at.issue(3)
    await at.bind(who, codes[0])
    whole = await at.whole()
    assert await at.do("suspend", whole) == 2
    assert await at.states() == ["ACTIVE", "SUSPENDED", "SUSPENDED"]
    with pytest.raises(WrongState, match="冻结"):
        await at.bind(who, codes[1])
    with pytest.raises(WrongState, match="没有可冻结"):
        await at.do("suspend", whole)
    assert await at.do("resume", whole, "核实无误") == 2
    await at.bind(who, codes[1])
    assert await at.states() == ["ACTIVE", "ACTIVE", "ISSUED"]
    assert await at.books() == (3 * at.worth, -3 * at.worth)
    assert [action.partition(".")[2] for action in await audited(database)] == ["freeze", "thaw"]
    await made.all_true(database)


@pytest.mark.parametrize("kind", KINDS)
async def test_what_is_void_is_owed_no_more_and_leaves_its_room(database: Database, kind: str) -> None:
    at, who = await desk(database, kind, total=3), await market.buyer(database)
    codes = await at.issue(3)
    mine = await at.bind(who, codes[0])
    frozen = next(row["id"] for row in await at.things() if row["id"] != mine)
    assert await at.do("suspend", Chosen(frozen)) == 1
    assert await at.do("void", Chosen(frozen)) == 1
    assert await at.books() == (2 * at.worth, -2 * at.worth)
    assert await at.do("void", await at.whole()) == 1
    assert (await at.states(), await at.made()) == (["ACTIVE", "VOIDED", "VOIDED"], 1)
    assert await at.books() == (at.worth, -at.worth)
    assert [row["balance"] for row in await at.things() if row["state"].value == "VOIDED"] == [0, 0]
    for code in codes[1:]:
        with pytest.raises(WrongState, match="作废"):
            await at.bind(who, code)
    for verb in ("suspend", "resume", "void"):
        with pytest.raises(WrongState, match="已作废"):
            await at.do(verb, Chosen(frozen))
        with pytest.raises(WrongState, match="没有可"):
            await at.do(verb, await at.whole())
        with pytest.raises(WrongState, match="没有可"):
            await at.do(verb, Chosen(mine))
    assert len(await at.issue(2, "in-their-place")) == 2
    await made.all_true(database)


@pytest.mark.parametrize("kind", KINDS)
async def test_who_takes_back_and_what(database: Database, kind: str) -> None:
    at = await desk(database, kind)
    await at.issue()
    whole, rival = await at.whole(), (await market.shop(database)).keeper
    for verb in ("suspend", "resume", "void"):
        with pytest.raises(Invalid):
            await at.do(verb, Chosen())
        with pytest.raises(Invalid):
            await at.do(verb, Chosen(new_id(), new_id()))
        for chosen in (Chosen(new_id()), Chosen(lot_id=new_id())):
            with pytest.raises(NotFound):
                await at.do(verb, chosen)
        with pytest.raises(Invalid) as wrong:
            await at.do(verb, whole, "x")
        assert wrong.value.field == "reason"
        with pytest.raises((NotFound, Forbidden)):
            await at.do(verb, whole, viewer=rival)
        if kind == SHOP:
            with pytest.raises(Forbidden):
                await at.do(verb, whole, viewer=Viewer(ViewerKind.PLATFORM, new_id(), "平台"))
    assert await at.states() == ["ISSUED"]


# ------------------------------------------------------------------------------------------------ the machine
STEPS = ("suspend", "resume", "void", "bind")
NEXT = {
    ("ISSUED", "suspend"): "SUSPENDED",
    ("SUSPENDED", "resume"): "ISSUED",
    ("ISSUED", "void"): "VOIDED",
    ("SUSPENDED", "void"): "VOIDED",
    ("ISSUED", "bind"): "ACTIVE",
}


@pytest.mark.parametrize("kind", [CARD, SOLD])
async def test_every_order_of_what_happens_to_a_code(database: Database, kind: str) -> None:
    """Three of the four in every order, also again: 64 of them, beside a table of five lines."""
    at, who = await desk(database, kind, total=300), await market.buyer(database)
    orders = list(itertools.product(STEPS, repeat=3))
    codes = await at.issue(len(orders))
    ids = {row["id"] for row in await at.things()}
    for code, steps in zip(codes, orders, strict=True):
        digest = at.domain.log.CODES.digest(code.replace("-", ""))
        (row,) = [each for each in await market.rows(database, at.thing, digest=digest)]
        state, id = "ISSUED", row["id"]
        for step in steps:
            after = NEXT.get((state, step))
            try:
                await (at.bind(who, code) if step == "bind" else at.do(step, Chosen(id)))
            except WrongState:
                assert after is None, (steps, step, state)
            else:
                assert after is not None, (steps, step, state)
                state = after
            now = await market.row(database, at.thing, id)
            assert (now["state"].value, now["balance"] == 0) == (state, state == "VOIDED"), (steps, step)
    assert ids == {row["id"] for row in await at.things()}
    await made.all_true(database)


# ------------------------------------------------------------------------------------------------ races
@pytest.fixture
async def wide(settings: Settings, clean_database: None) -> AsyncIterator[Opens]:
    opened = Opens(settings, pool=40)
    yield opened
    await opened.close()


@pytest.mark.parametrize("kind", KINDS)
async def test_ten_that_ask_with_one_key_make_one_lot(wide: Opens, kind: str) -> None:
    """The first to lock the batch makes it, the others are told what it made."""
    at = await desk(wide, kind)
    done = await all_at_once(*(at.issue(5) for _ in range(10)))
    assert all(each == done[0] for each in done)
    assert (len(await at.things()), len(await at.lots())) == (5, 1)
    await made.all_true(wide)


@pytest.mark.parametrize("kind", [CARD, SOLD])
async def test_one_key_for_two_batches_at_once_makes_one_of_them(wide: Opens, kind: str) -> None:
    """The first to write the lot has the key, the other is refused and has made nothing."""
    at = await desk(wide, kind)
    other = (await desk(wide, kind)).batch_id
    done = await all_at_once(at.issue(5), at.issue(5, batch_id=other))
    assert sorted(isinstance(each, Conflict) for each in done) == [False, True]
    assert (len(await at.things()), len(await at.lots())) == (5, 1)
    await made.all_true(wide)


@pytest.mark.parametrize(("kind", "verb"), list(itertools.product(KINDS, ("suspend", "void"))))
async def test_taking_back_against_binding_the_first_to_lock_the_code_has_it(wide: Opens, kind: str, verb: str) -> None:
    """Bound, and out of reach of who would take it back; or taken back, and the binding is refused. Never both."""
    at = await desk(wide, kind)
    won = set()
    for turn in range(6):
        who = await market.buyer(wide)
        codes = await at.issue(4, f"turn-of-the-race-{turn}")
        lot = next(lot["id"] for lot in await at.lots() if lot["idempotency_key"].endswith(str(turn)))
        attempts = [at.bind(who, codes[0]), at.do(verb, Chosen(lot_id=lot))]
        bound, taken = await all_at_once(*(attempts if turn % 2 else reversed(attempts)))
        bound, taken = (bound, taken) if turn % 2 else (taken, bound)
        rows = [row for row in await at.things() if row["lot_id"] == lot]
        mine = [row for row in rows if row["holder_id"] == who.viewer.id]
        assert isinstance(bound, WrongState) != bool(mine)
        assert taken == (3 if mine else 4)
        assert {row["state"].value for row in rows if row not in mine} == {
            "SUSPENDED" if verb == "suspend" else "VOIDED"
        }
        won.add(bool(mine))
    await made.all_true(wide)


@pytest.mark.parametrize("kind", KINDS)
async def test_freezing_thawing_and_voiding_at_once_end_as_one_order_of_them(wide: Opens, kind: str) -> None:
    """They take turns at the batch: nothing is void twice, and nothing lost."""
    at = await desk(wide, kind)
    await at.issue(4)
    whole = await at.whole()
    await all_at_once(*(at.do(verb, whole) for verb in ("suspend", "resume", "void") * 3))
    assert set(await at.states()) == {"VOIDED"}
    assert (await at.made(), await at.books()) == (0, (0, 0))
    await made.all_true(wide)


# ------------------------------------------------------------------------------------------------ the last word
async def test_the_database_refuses_what_the_rules_would_never_write(database: Database) -> None:
    at, who = await desk(database, CARD), await market.buyer(database)
    await at.issue()
    for wrong in (
        {"state": CardState.VOIDED},
        {"state": CardState.VOIDED, "balance": 0, "holder_id": who.viewer.id},
        {"state": CardState.SUSPENDED, "holder_id": who.viewer.id},
    ):
        with pytest.raises(Exception, match="ck_cards"):
            async with database.begin() as uow:
                await uow.session.execute(update(Card).values(**wrong))
