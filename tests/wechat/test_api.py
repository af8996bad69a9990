"""Single-use codes of the mini-program server API, and which calls may be sent again."""

import pytest

from integrations.wechat import (
    LoginRefused,
    WechatApi,
    WechatApiError,
)
from integrations.wechat.errors import UNREACHABLE
from tests.wechat.builders import OPENID
from tests.wechat.simulator import Simulator

TOKEN = "POST /cgi-bin/stable_token"


async def test_login_code_is_good_once(wxsim: Simulator, api: WechatApi) -> None:
    code = await wxsim.login_code("oSomebody0001", "小杨")
    session = await api.code2session(code)
    assert session.openid == "oSomebody0001"
    assert session.session_key not in repr(session)
    with pytest.raises(LoginRefused) as used:
        await api.code2session(code)
    assert used.value.errcode == 40163
    assert await wxsim.calls(TOKEN) == 0, "login needs no access token"


async def test_login_code_lives_five_minutes(wxsim: Simulator, api: WechatApi) -> None:
    code = await wxsim.login_code(OPENID)
    await wxsim.advance(301)
    with pytest.raises(LoginRefused) as late:
        await api.code2session(code)
    assert late.value.errcode == 40029


async def test_codes_of_one_kind_do_not_open_the_other_door(wxsim: Simulator, api: WechatApi) -> None:
    with pytest.raises(LoginRefused):
        await api.code2session(await wxsim.phone_code(OPENID))
    with pytest.raises(LoginRefused):
        await api.phone_number(await wxsim.login_code(OPENID))
    with pytest.raises(LoginRefused):
        await api.code2session("")


async def test_login_is_never_sent_twice(wxsim: Simulator, api: WechatApi) -> None:
    """A single-use code spent in a lost reply is spent: repeating would only blame the user."""
    code = await wxsim.login_code(OPENID)
    await wxsim.fault("GET /sns/jscode2session", "accept_then_reset")
    with pytest.raises(WechatApiError) as lost:
        await api.code2session(code)
    assert (lost.value.errcode, lost.value.worth_repeating) == (UNREACHABLE, True)
    assert await wxsim.calls("GET /sns/jscode2session") == 1


@pytest.mark.parametrize(("errcode", "repeat"), [(-1, True), (45011, True), (40226, False)])
async def test_what_may_be_repeated(wxsim: Simulator, api: WechatApi, errcode: int, repeat: bool) -> None:
    await wxsim.fault("GET /sns/jscode2session", f"errcode:{errcode}")
    with pytest.raises(WechatApiError) as refused:
        await api.code2session("x")
    assert (refused.value.errcode, refused.value.worth_repeating) == (errcode, repeat)


async def test_a_broken_reply_is_unreachable(wxsim: Simulator, api: WechatApi) -> None:
    await wxsim.fault("GET /sns/jscode2session", "http500")
    with pytest.raises(WechatApiError) as broken:
        await api.code2session("x")
    assert (broken.value.errcode, broken.value.http_status) == (UNREACHABLE, 500)
