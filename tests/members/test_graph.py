"""Members and staff through the graph: every answer of a union, and nothing of anybody else."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pyotp
import pytest

from domain.base import clock
from server.settings import Settings
from tests.client import Client, Failed, open_client
from tests.factories import members
from tests.factories.merchants import SAYU, merchant, regions
from tests.members.test_sessions import Wechat

REFUSED = "... on Refused { code message field }"
LOGIN = f"""mutation($code: String!) {{ login(code: $code, device: "iPhone") {{ __typename {REFUSED}
    ... on Session {{ accessToken refreshToken expiresAt
        member {{ id nickname maskedPhone avatar {{ url }} }} }} }} }}"""
REFRESH = f"""mutation($token: String!) {{ refreshSession(refreshToken: $token) {{ __typename {REFUSED}
    ... on Session {{ accessToken refreshToken member {{ nickname }} }} }} }}"""
STAFF_LOGIN = f"""mutation($password: String!, $totp: String) {{
    staffLogin(login: "admin", password: $password, totp: $totp) {{ __typename {REFUSED}
    ... on TotpRequired {{ code message }} ... on LockedOut {{ code until }}
    ... on StaffSession {{ accessToken refreshToken staff {{ login role totpEnabled }} }} }} }}"""
SAVE = f"""mutation($id: ID, $input: AddressInput!) {{ saveAddress(id: $id, input: $input) {{ __typename {REFUSED}
    ... on Address {{ id name phone regionName detail isDefault }} }} }}"""
HOME = {"name": "王大姐", "phone": "13800000001", "regionCode": SAYU, "detail": "新街 12 号"}


@pytest.fixture
async def client(settings: Settings, database: Any, clean_redis: None, tmp_path: Path) -> AsyncIterator[Client]:
    async with open_client(settings.model_copy(update={"state_dir": tmp_path})) as opened:
        wechat = Wechat(one="openid-1", two="openid-2", phone="+8613800000001")
        object.__setattr__(opened.mall.services, "identity", wechat)
        yield opened


async def test_a_buyer_signs_in_sees_oneself_and_leaves(client: Client) -> None:
    assert await client.ask("{ me { nickname } }") is None
    session = await client.ask(LOGIN, code="one")
    buyer = client.as_(session["accessToken"])
    assert await buyer.ask("{ me { id maskedPhone } }") == {"id": session["member"]["id"], "maskedPhone": None}
    bound = await buyer.ask('mutation { bindPhone(code: "phone") { ... on Member { maskedPhone } } }')
    assert bound == {"maskedPhone": "138****0001"}
    other = client.as_((await client.ask(LOGIN, code="two"))["accessToken"])
    taken = await other.ask(f'mutation {{ bindPhone(code: "phone") {{ {REFUSED} }} }}')
    assert (taken["code"], taken["field"]) == ("CONFLICT", "code")
    named = await buyer.ask('mutation { updateProfile(nickname: "苹果妹") { ... on Member { nickname } } }')
    assert named == {"nickname": "苹果妹"}
    assert [(d["name"], d["current"]) for d in await buyer.ask("{ myDevices { name current } }")] == [("iPhone", True)]
    assert await buyer.ask("mutation { logout { __typename } }") == {"__typename": "Done"}
    used = await client.ask(LOGIN, code="one")
    assert (used["__typename"], used["code"]) == ("Refused", "BAD_USER_INPUT")


async def test_tokens_are_refreshed_and_a_bad_one_is_refused_in_words(client: Client) -> None:
    session = await client.ask(LOGIN, code="one")
    fresh = await client.ask(REFRESH, token=session["refreshToken"])
    assert fresh["accessToken"] != session["accessToken"]
    assert (await client.as_(fresh["accessToken"]).ask("{ me { nickname } }")) is not None
    for nonsense in ("", "x" * 10_000, "中文", session["accessToken"]):
        refused = await client.ask(REFRESH, token=nonsense)
        assert (refused["__typename"], refused["code"]) == ("Refused", "UNAUTHENTICATED")


async def test_addresses_belong_to_one_member(client: Client, database: Any) -> None:
    await regions(database)
    one, two = [client.as_((await client.ask(LOGIN, code=code))["accessToken"]) for code in ("one", "two")]
    saved = await one.ask(SAVE, input=HOME)
    assert (saved["name"], saved["phone"], saved["isDefault"]) == ("王大姐", "13800000001", True)
    bad = await one.ask(SAVE, input={**HOME, "phone": "123"})
    assert (bad["code"], bad["field"]) == ("BAD_USER_INPUT", "phone")
    assert (await two.ask(SAVE, id=saved["id"], input=HOME))["code"] == "NOT_FOUND"
    delete = f"mutation($id: ID!) {{ deleteAddress(id: $id) {{ __typename {REFUSED} }} }}"
    assert (await two.ask(delete, id=saved["id"]))["code"] == "NOT_FOUND"
    assert await two.ask("{ myAddresses { id } }") == []
    assert [each["detail"] for each in await one.ask("{ myAddresses { detail } }")] == ["新街 12 号"]
    assert (await one.ask(delete, id=saved["id"]))["__typename"] == "Done"
    with pytest.raises(Failed) as failed:
        await client.ask("{ myAddresses { id } }")
    assert failed.value.code == "UNAUTHENTICATED"


async def test_staff_enrol_a_second_factor_and_need_it(client: Client, database: Any) -> None:
    await members.operator(database)
    session = await client.ask(STAFF_LOGIN, password=members.PASSWORD)
    assert session["staff"] == {"login": "admin", "role": "超级管理员", "totpEnabled": False}
    admin = client.as_(session["accessToken"])
    offered = await admin.ask("mutation { staffBeginTotp { ... on TotpEnrolment { secret uri qrSvg } } }")
    assert offered["qrSvg"].startswith("<svg")
    confirm = (
        f"mutation($code: String!) {{ staffConfirmTotp(code: $code) {{ {REFUSED} ... on RecoveryCodes {{ codes }} }} }}"
    )
    assert (await admin.ask(confirm, code="000"))["field"] == "code"
    codes = (await admin.ask(confirm, code=pyotp.TOTP(offered["secret"]).at(clock.now())))["codes"]
    asked = await client.ask(STAFF_LOGIN, password=members.PASSWORD)
    assert (asked["__typename"], asked["code"]) == ("TotpRequired", "TOTP_REQUIRED")
    assert (await client.ask(STAFF_LOGIN, password=members.PASSWORD, totp=codes[0]))["staff"]["totpEnabled"] is True
    assert (await admin.ask("{ platformStaff { login active merchant { name } } }"))[0]["login"] == "admin"


async def test_staff_are_locked_out_and_told_until_when(client: Client, database: Any) -> None:
    await members.operator(database)
    answers = [await client.ask(STAFF_LOGIN, password="wrong") for _ in range(5)]
    assert [answer["__typename"] for answer in answers] == ["Refused"] * 4 + ["LockedOut"]
    assert answers[-1]["until"]


async def test_staff_change_the_password_refresh_and_leave(client: Client, database: Any) -> None:
    await members.shopkeeper(database, await merchant(database), "admin")
    session = await client.ask(STAFF_LOGIN, password=members.PASSWORD)
    keeper = client.as_(session["accessToken"])
    change = f"""mutation($current: String!, $new: String!) {{
        staffChangePassword(current: $current, new: $new) {{ __typename {REFUSED} }} }}"""
    assert (await keeper.ask(change, current="wrong", new="long enough 1"))["field"] == "current"
    assert (await keeper.ask(change, current=members.PASSWORD, new="short"))["field"] == "new"
    assert (await keeper.ask(change, current=members.PASSWORD, new="long enough 1"))["__typename"] == "Done"
    refresh = f"""mutation($token: String!) {{ staffRefresh(refreshToken: $token) {{ {REFUSED}
        ... on StaffSession {{ accessToken refreshToken staff {{ kind merchant {{ name }} }} }} }} }}"""
    fresh = await client.ask(refresh, token=session["refreshToken"])
    assert fresh["staff"]["kind"] == "MERCHANT"
    keeper = client.as_(fresh["accessToken"])
    assert (await keeper.ask("{ staffMe { permissions } }"))["permissions"]
    assert (await keeper.ask("mutation { staffLogout { __typename } }"))["__typename"] == "Done"
    assert (await client.ask(refresh, token=fresh["refreshToken"]))["code"] == "UNAUTHENTICATED"
