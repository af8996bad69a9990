"""Tries at signing in, counted by what was typed as the login and locked after too many.

A login that nobody has is counted and locked like any other, by the same statements: neither the answers nor the time
they take tell which logins there are. What was typed is kept as a blind index only, and forgotten after a day.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import case, delete, func, null, select, update
from sqlalchemy.dialects.postgresql import insert

from domain.base import Refusal, UnitOfWork, clock
from domain.crypto import vault
from models.members import SignInTry

MOST_FAILURES = 5
LOCKED_FOR = timedelta(minutes=15)
FORGOTTEN_AFTER = timedelta(days=1)
# Old rows that a try clears away: more than it adds, so that strangers' inventions do not pile up.
MOST_SWEPT = 10

TRIES = SignInTry.__table__.c


class LockedOut(Refusal):
    """Too many wrong tries: nothing is looked at before `until`."""

    code = "LOCKED_OUT"

    def __init__(self, until: datetime) -> None:
        super().__init__("尝试次数过多，账号已暂时锁定，请稍后再试", until=until)
        self.until = until


async def count(uow: UnitOfWork, login: str) -> datetime | None:
    """Counts a try before the password is looked at, so that a thousand at once are no more than five.

    LockedOut when there have been too many. Answers until when this one locks the login, should it be wrong.
    """
    now, index = clock.now(), _index(login)
    begun_anew = TRIES.locked_until.is_not(None) | (TRIES.tried_at <= now - FORGOTTEN_AFTER)
    failures = case((begun_anew, 1), else_=TRIES.failures + 1)
    locked = case((failures >= MOST_FAILURES, now + LOCKED_FOR), else_=null())
    first = insert(SignInTry).values(login_index=index, failures=1, tried_at=now)
    counted = first.on_conflict_do_update(
        index_elements=["login_index"],
        set_={"failures": failures, "locked_until": locked, "tried_at": now},
        where=func.coalesce(TRIES.locked_until <= now, True),
    )
    row = (await uow.session.execute(counted.returning(TRIES.locked_until))).one_or_none()
    if row is None:
        locked_until = await uow.session.scalar(select(TRIES.locked_until).where(TRIES.login_index == index))
        raise LockedOut(locked_until or now)  # gone meanwhile: somebody who came before the lock has signed in
    await _sweep(uow, now)
    until: datetime | None = row.locked_until
    return until


async def give_back(uow: UnitOfWork, login: str) -> None:
    """The try was right as far as it went. The count is not set to zero: that would allow endless guesses of codes."""
    left = func.greatest(TRIES.failures - 1, 0)
    mine = update(SignInTry).where(TRIES.login_index == _index(login))
    await uow.session.execute(mine.values(failures=left, locked_until=None))


async def forget(uow: UnitOfWork, login: str) -> None:
    """Whoever signs in has shown that the tries before were theirs."""
    await uow.session.execute(delete(SignInTry).where(TRIES.login_index == _index(login)))


async def _sweep(uow: UnitOfWork, now: datetime) -> None:
    old = select(TRIES.login_index).where(TRIES.tried_at <= now - FORGOTTEN_AFTER)
    few = old.order_by(TRIES.tried_at).limit(MOST_SWEPT).with_for_update(skip_locked=True)
    await uow.session.execute(delete(SignInTry).where(TRIES.login_index.in_(few)))


def _index(login: str) -> bytes:
    return vault.index(login, purpose="sign-in")
