"""Scenes: the few letters a 小程序码 carries, `r=` and a member's code or `c=` and a channel's."""

from __future__ import annotations

import re
import secrets
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert

from domain.base import Invalid, NotFound, UnitOfWork, Viewer, clock
from domain.crypto import vault
from models.referrals import Channel, ChannelDay, Inviter, InviterDay

# Without what looks alike on paper.
LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
LENGTH = 8
WRITTEN = re.compile(rf"([rc])=([{LETTERS}]{{{LENGTH}}})")
INVITER = Inviter.__table__.c
CHANNEL = Channel.__table__.c


class SceneKind(StrEnum):
    INVITER = "r"
    CHANNEL = "c"


@dataclass(frozen=True)
class Scene:
    kind: SceneKind
    code: str

    def __str__(self) -> str:
        return f"{self.kind.value}={self.code}"


def new_code() -> str:
    """31⁸ of them: nobody finds one by trying."""
    return "".join(secrets.choice(LETTERS) for _ in range(LENGTH))


def parsed(text: str) -> Scene:
    """The scene a code carried; Invalid for anything else."""
    found = WRITTEN.fullmatch(text.strip()) if len(text) <= 64 else None
    if found is None:
        raise Invalid("二维码内容不正确，请重新扫码", field="scene")
    return Scene(SceneKind(found[1]), found[2])


def device_index(device: str) -> bytes | None:
    """What is kept of the random name a client gives its device; None without one. Invalid when it is too long."""
    device = device.strip()
    if len(device) > 64 or not device.isprintable():
        raise Invalid("设备标识不正确", field="device")
    return vault.index(device, purpose="referral-device") if len(device) >= 8 else None


async def my_code(uow: UnitOfWork, viewer: Viewer, device: str = "") -> str:
    """The member's own code, made when it is first asked for."""
    mine = select(INVITER.code).where(INVITER.member_id == viewer.member_id)
    if code := await uow.session.scalar(mine):
        return str(code)
    row = {"member_id": viewer.member_id, "code": new_code(), "device_index": device_index(device)}
    made = insert(Inviter).values(row | {"created_at": clock.now()})
    # Asked for twice at once: the first one made is the code of both.
    await uow.session.execute(made.on_conflict_do_nothing(index_elements=["member_id"]))
    return str(await uow.session.scalar(mine))


async def note_arrival(uow: UnitOfWork, text: str) -> None:
    """One device more that came by this scene today. Only counted: nothing is given and nothing decided by it."""
    scene, today = parsed(text), clock.today()
    if scene.kind is SceneKind.INVITER:
        id = await uow.session.scalar(select(INVITER.member_id).where(INVITER.code == scene.code))
        counted = insert(InviterDay).values(inviter_id=_there(id), day=today, came=1)
        more = counted.on_conflict_do_update(
            index_elements=["inviter_id", "day"], set_={"came": InviterDay.__table__.c.came + 1}
        )
    else:
        id = await uow.session.scalar(select(CHANNEL.id).where(CHANNEL.code == scene.code, CHANNEL.closed_at.is_(None)))
        counted = insert(ChannelDay).values(channel_id=_there(id), day=today, came=1)
        more = counted.on_conflict_do_update(
            index_elements=["channel_id", "day"], set_={"came": ChannelDay.__table__.c.came + 1}
        )
    await uow.session.execute(more)


def _there(id: UUID | None) -> UUID:
    if id is None:
        raise NotFound("二维码已失效", field="scene")
    return id
