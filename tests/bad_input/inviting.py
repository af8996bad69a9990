"""老带新 and channels: what must be refused in words. Operations by name, then the table."""

from __future__ import annotations

from tests.bad_input.cases import HUGE, NOWHERE, REFUSED, Case, Values, each, with_
from tests.bad_input.selling import BEGIN, END, LONG_AGO

OPERATIONS = {
    "arrive": "mutation($s: String!) { noteArrival(scene: $s) { " + REFUSED + " } }",
    "invitation": "query($s: String!) { invitation(scene: $s) { inviter } }",
    "accept": "mutation($s: String!) { acceptInvitation(scene: $s) { " + REFUSED + " } }",
    "inviteCode": "mutation($d: String!) { makeInviteCode(device: $d) { " + REFUSED + " } }",
    "drawCode": "mutation { drawInviteCode { " + REFUSED + " } }",
    "programme": "mutation($id: ID, $input: ReferralProgrammeInput!) "
    "{ platformSaveReferralProgramme(id: $id, input: $input) { " + REFUSED + " } }",
    "publishProgramme": "mutation($id: ID!) { platformPublishReferralProgramme(id: $id) { " + REFUSED + " } }",
    "stopProgramme": "mutation($id: ID!, $r: String!) { platformStopReferralProgramme(id: $id, reason: $r) { "
    + REFUSED
    + " } }",
    "approve": "mutation($id: ID!, $n: String!) { platformApproveReferral(id: $id, note: $n) { " + REFUSED + " } }",
    "refuse": "mutation($id: ID!, $r: String!) { platformRefuseReferral(id: $id, reason: $r) { " + REFUSED + " } }",
    "channel": "mutation($n: String!, $t: String!) { platformOpenChannel(name: $n, note: $t) { " + REFUSED + " } }",
    "closeChannel": "mutation($id: ID!) { platformCloseChannel(id: $id) { " + REFUSED + " } }",
    "drawChannel": "mutation($id: ID!) { platformDrawChannel(id: $id) { " + REFUSED + " } }",
    "results": "query($d: Int!) { platformReferralResults(days: $d) { channels { came } } }",
}
PROGRAMME = {"name": "老带新", "rules": "邀请新朋友，首单完成双方得券", "startsAt": BEGIN, "endsAt": END}
PROGRAMME |= {"inviterCampaignId": NOWHERE, "inviteeCampaignId": NOWHERE}
NUMBERS = {
    "bindDays": 7,
    "orderDays": 30,
    "leastKept": 1000,
    "perInviter": 10,
    "perMonth": 5,
    "total": 9,
    "heldFrom": 5,
}
BAD: tuple[Values, ...] = (
    {},  # there are no such coupons
    {"name": ""},
    {"name": "长" * 41},
    {"rules": "短"},
    {"rules": "长" * 501},
    {"endsAt": BEGIN},
    {"startsAt": LONG_AGO},
    {"bindDays": 0},
    {"bindDays": 31},
    {"orderDays": 0},
    {"orderDays": 91},
    {"leastKept": 0},
    {"leastKept": -1},
    {"leastKept": HUGE},
    {"perInviter": 0},
    {"perInviter": 21},
    {"perMonth": 0},
    {"perMonth": 11},
    {"total": 0},
    {"total": 1_000_001},
    {"heldFrom": 1},
    {"heldFrom": 101},
)
SCENES = ("", "r=", "x=ABCDEFGH", "r=ABCDEFG0", "r=abcdefgh", "c=ABCDEFGHJ", "r=ABCDEFGH\u0000", "r" * 5000)


def members() -> list[Case]:
    bad = tuple({"s": scene} for scene in SCENES)
    return [
        *each("arrival", "nobody", "arrive", "BAD_USER_INPUT", *bad),
        *each("invitation", "nobody", "invitation", "BAD_USER_INPUT", *bad),
        *each("accepting", "buyer", "accept", "BAD_USER_INPUT", *bad[:4]),
        Case("arrival by nobody's code", "nobody", "arrive", {"s": "r=ABCDEFGH"}, "NOT_FOUND"),
        Case("arrival by no channel", "nobody", "arrive", {"s": "c=ABCDEFGH"}, "NOT_FOUND"),
        Case("accepting nobody's code", "buyer", "accept", {"s": "r=ABCDEFGH"}, "NOT_FOUND"),
        Case("accepting unknown", "nobody", "accept", {"s": "r=ABCDEFGH"}, "UNAUTHENTICATED"),
        Case("device too long", "buyer", "inviteCode", {"d": "d" * 65}, "BAD_USER_INPUT"),
        Case("device unprintable", "buyer", "inviteCode", {"d": "d" * 10 + "\u0000"}, "BAD_USER_INPUT"),
        Case("no code to draw", "buyer", "drawCode", {}, "NOT_FOUND"),
    ]


def platform() -> list[Case]:
    whole = {**PROGRAMME, **NUMBERS}
    return [
        *each("programme", "admin", "programme", "BAD_USER_INPUT", *({"input": with_(whole, **x)} for x in BAD)),
        Case("programme by a shop", "shop", "programme", {"input": whole}, "FORBIDDEN"),
        Case("unknown programme", "admin", "publishProgramme", {"id": NOWHERE}, "NOT_FOUND"),
        Case("stopping nothing", "admin", "stopProgramme", {"id": NOWHERE, "r": "规则有误"}, "NOT_FOUND"),
        Case("stopping for no reason", "admin", "stopProgramme", {"id": NOWHERE, "r": " "}, "BAD_USER_INPUT"),
        Case("approving nothing", "admin", "approve", {"id": NOWHERE, "n": ""}, "NOT_FOUND"),
        Case("approving with a novel", "admin", "approve", {"id": NOWHERE, "n": "长" * 201}, "BAD_USER_INPUT"),
        Case("refusing nothing", "admin", "refuse", {"id": NOWHERE, "r": "同一个人"}, "NOT_FOUND"),
        Case("refusing for no reason", "admin", "refuse", {"id": NOWHERE, "r": "\u0000\u0000"}, "BAD_USER_INPUT"),
        Case("channel without a name", "admin", "channel", {"n": " ", "t": ""}, "BAD_USER_INPUT"),
        Case("channel with a novel", "admin", "channel", {"n": "东门", "t": "长" * 201}, "BAD_USER_INPUT"),
        Case("closing no channel", "admin", "closeChannel", {"id": NOWHERE}, "NOT_FOUND"),
        Case("drawing no channel", "admin", "drawChannel", {"id": NOWHERE}, "NOT_FOUND"),
        Case("results of no day", "admin", "results", {"d": 0}, "BAD_USER_INPUT"),
        Case("results of for ever", "admin", "results", {"d": 367}, "BAD_USER_INPUT"),
    ]


CASES = [*members(), *platform()]
