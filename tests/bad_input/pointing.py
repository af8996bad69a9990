"""积分: what must be refused in words. Operations by name, then the table."""

from __future__ import annotations

from tests.bad_input.cases import HUGE, NOWHERE, REFUSED, Case, Values, each, with_

OPERATIONS = {
    "myPointsEntries": "query($p: Int!, $s: Int!) { myPointsEntries(page: $p, size: $s) { total } }",
    "pointsRules": "mutation($input: PointsRulesInput!, $v: Int!) "
    "{ platformSavePointsRules(input: $input, version: $v) { " + REFUSED + " } }",
    "adjustPoints": "mutation($m: ID!, $a: Int!, $r: String!, $k: String!) "
    "{ platformAdjustPoints(memberId: $m, amount: $a, reason: $r, idempotencyKey: $k) { " + REFUSED + " } }",
    "pointsDays": "query($d: Int!) { platformPointsFigures(days: $d) { held } }",
    "memberPoints": "query($w: String!) { platformMemberPoints(who: $w) { " + REFUSED + " } }",
}
RULES: Values = {"earning": True, "spending": True, "perYuan": 1, "dailyMost": 1000, "capPercent": 50}
RULES = {**RULES, "leastGoods": 1000, "note": "首版规则"}
BAD: tuple[Values, ...] = (
    {"perYuan": 0},
    {"perYuan": 21},
    {"perYuan": -1},
    {"dailyMost": 0},
    {"dailyMost": 100_001},
    {"capPercent": 0},
    {"capPercent": 51},
    {"leastGoods": -1},
    {"leastGoods": HUGE},
    {"note": ""},
    {"note": "长" * 201},
    {"note": "改\u0000规则"},
)
GIVEN: Values = {"m": NOWHERE, "a": 100, "r": "补发积分", "k": "0123456789"}
CASES = [
    *each("rules", "admin", "pointsRules", "BAD_USER_INPUT", *({"input": with_(RULES, **x), "v": 0} for x in BAD)),
    Case("rules of another version", "admin", "pointsRules", {"input": RULES, "v": 7}, "CONFLICT"),
    Case("rules by a shop", "shop", "pointsRules", {"input": RULES, "v": 0}, "FORBIDDEN"),
    Case("points for nobody", "admin", "adjustPoints", GIVEN, "NOT_FOUND"),
    *each(
        *("points by hand", "admin", "adjustPoints", "BAD_USER_INPUT"),
        {**GIVEN, "a": 0},
        {**GIVEN, "a": 20_001},
        {**GIVEN, "a": -20_001},
        {**GIVEN, "r": " "},
        {**GIVEN, "r": "长" * 81},
        {**GIVEN, "k": "short"},
        {**GIVEN, "k": "k" * 65},
    ),
    Case("points by a shop", "shop", "adjustPoints", GIVEN, "FORBIDDEN"),
    Case("entries on page nought", "buyer", "myPointsEntries", {"p": 0, "s": 20}, "BAD_USER_INPUT"),
    Case("too many entries", "buyer", "myPointsEntries", {"p": 1, "s": 101}, "BAD_USER_INPUT"),
    Case("entries of nobody", "nobody", "myPointsEntries", {"p": 1, "s": 20}, "UNAUTHENTICATED"),
    Case("no days", "admin", "pointsDays", {"d": 0}, "BAD_USER_INPUT"),
    Case("days for ever", "admin", "pointsDays", {"d": 367}, "BAD_USER_INPUT"),
    Case("somebody unknown", "admin", "memberPoints", {"w": "13800000000"}, "NOT_FOUND"),
    Case("no such order", "admin", "memberPoints", {"w": "S0000000000"}, "NOT_FOUND"),
    Case("nobody at all", "admin", "memberPoints", {"w": " "}, "BAD_USER_INPUT"),
    Case("a novel", "admin", "memberPoints", {"w": "长" * 41}, "BAD_USER_INPUT"),
]
