"""Posters' 小程序码: made by WeChat when first asked for, kept among the pictures everybody may see."""

from __future__ import annotations

import asyncio
from uuid import UUID

from domain import referrals
from domain.base import Database, Unavailable, Viewer
from domain.base import Invalid as NoPicture
from domain.referrals import Coder, Kept
from server.media import MediaStore, encode
from server.pictures import normalised


class PosterDesk:
    """`schema.base.Posters` over WeChat and the store of pictures."""

    def __init__(self, database: Database, coder: Coder, pictures: MediaStore) -> None:
        self._database = database
        self._coder = coder
        self._pictures = pictures

    async def of_member(self, viewer: Viewer) -> str:
        return await referrals.picture_of_member(self._database, self._coder, self._keep, viewer)

    async def of_channel(self, id: UUID) -> str:
        return await referrals.picture_of_channel(self._database, self._coder, self._keep, id)

    async def _keep(self, content: bytes) -> Kept:
        return await asyncio.to_thread(self._kept, content)

    def _kept(self, content: bytes) -> Kept:
        try:
            stored = self._pictures.put(encode(normalised(content)))
        except NoPicture as error:
            raise Unavailable("微信返回的二维码无法识别，请稍后再试") from error
        return Kept(stored.key, stored.width, stored.height, stored.byte_size)
