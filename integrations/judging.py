"""WeChat's content security behind the interface the moderation rules define."""

from __future__ import annotations

from domain.base import Unavailable
from domain.moderation import CannotJudge, Judged, Scene
from integrations.wechat import SCENES, WechatApi, WechatApiError
from models.moderation import Verdict

# WeChat judges words only of those who opened the mini-program within two hours, by their openid.
NOT_LATELY_HERE = 61010
NOT_OURS = frozenset({40003, NOT_LATELY_HERE, 43104})


class WechatJudge:
    """`domain.moderation.Judge` over msg_sec_check and media_check_async; `public_base` is where pictures are got."""

    def __init__(self, api: WechatApi, public_base: str) -> None:
        self._api = api
        self._public_base = public_base.rstrip("/")

    async def judge_text(self, text: str, *, openid: str, scene: Scene) -> Judged:
        try:
            found = await self._api.msg_sec_check(text, openid=openid, scene=SCENES[scene.value])
        except WechatApiError as error:
            raise _refusal(error) from error
        return Judged(Verdict(found.suggest.upper()), found.label, found.keywords)

    async def ask_about_picture(self, path: str, *, openid: str, scene: Scene) -> str:
        url = f"{self._public_base}{path}"
        try:
            return await self._api.media_check_async(url, openid=openid, scene=SCENES[scene.value])
        except WechatApiError as error:
            raise _refusal(error) from error


def _refusal(error: WechatApiError) -> Exception:
    if error.errcode in NOT_OURS:
        return CannotJudge(f"{error.errcode} {error.message}")
    return Unavailable("内容检测暂时没有响应")
