"""Passwords of staff: argon2id as OWASP advises (19 MiB, 2 passes, 1 lane), at most two at a time."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from domain.base import Invalid

SHORTEST, LONGEST = 10, 128

_hasher = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
# Each hash takes 19 MiB and some 25 ms of a core: a flood of logins must wait here, not starve the buyers.
_threads = ThreadPoolExecutor(max_workers=2, thread_name_prefix="argon2")


async def hashed(password: str) -> str:
    return await asyncio.get_running_loop().run_in_executor(_threads, _hasher.hash, password)


async def verified(password_hash: str | None, password: str) -> bool:
    """Whether the password fits. Without a hash the same work is done for nothing, so the time tells nobody."""
    fits = await asyncio.get_running_loop().run_in_executor(_threads, _fits, password_hash or _nobodys(), password)
    return fits and password_hash is not None


def checked(password: str, login: str) -> str:
    """The password, or Invalid when it is too short, too long, or the login itself."""
    if not SHORTEST <= len(password) <= LONGEST:
        raise Invalid(f"密码须为 {SHORTEST} 到 {LONGEST} 个字符", field="new")
    if password.strip().casefold() == login.casefold():
        raise Invalid("密码不能与登录名相同", field="new")
    return password


def _fits(password_hash: str, password: str) -> bool:
    try:
        # Longer than any password we take: not worth hashing.
        return len(password) <= LONGEST and _hasher.verify(password_hash, password)
    except (VerificationError, InvalidHashError, UnicodeError):
        return False


@cache
def _nobodys() -> str:
    return _hasher.hash("nobody has this password")
