"""Every deed, subject and job the code names has its Chinese word in the console."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from domain.catalog import MerchantStep, PlatformStep
from domain.traces.states import LotStep

ROOT = Path(__file__).parents[2]
WORDS = (ROOT / "admin-web/src/views/platform/words.ts").read_text(encoding="utf-8")
ROOMS = ("domain", "jobs", "resolvers", "server")
# What is put together from parts when it happens: what stands in the code, and all it may become.
COMPOSED = {
    "f'after_sale.{action}'": {"agree", "reject", "receive", "refund", "contest", "replace"},
    "f'lot.{wanted.lower()}'": {step.value.lower() for step in LotStep},
    "f'partner.{action}'": {"stop", "resume"},
    "f'piece.alarm.{state.lower()}'": {"alarm.confirmed", "alarm.dismissed"},
    "f'product.{step.value.lower()}'": {step.value.lower() for step in (*MerchantStep, *PlatformStep)},
    "f\"content.{('pass' if passed else 'refuse')}\"": {"pass", "refuse"},
    "f\"merchant.{('suspend' if why else 'reopen')}\"": {"suspend", "reopen"},
}
NAMED = {
    "action": {
        "freight.create",
        "freight.update",
        "group_activity.publish",
        "group_activity.stop",
        "presale.publish",
        "presale.stop",
    },
    "*chosen.named('card')": {"card", "card_lot"},
    "*chosen.named('voucher')": {"voucher", "voucher_lot"},
}


def table(name: str) -> set[str]:
    found = re.search(rf"const {name}: Record<string, string> = \{{\n(.*?)\n\}}", WORDS, re.S)
    assert found is not None
    return set(re.findall(r"^  '?([\w.-]+)'?: '[^']+',$", found[1], re.M))


def trees() -> Iterator[ast.AST]:
    for room in ROOMS:
        for path in (ROOT / room).rglob("*.py"):
            yield from ast.walk(ast.parse(path.read_text(encoding="utf-8")))


def recorded(place: int) -> Iterator[ast.expr]:
    """The argument at `place` of every entry of the log."""
    for node in trees():
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "audit.record":
            yield node.args[place]


def names(said: ast.expr) -> set[str]:
    """All that the expression may say; a new way of putting a name together must be told here."""
    if isinstance(said, ast.Constant):
        return {said.value}
    if isinstance(said, ast.IfExp):
        return names(said.body) | names(said.orelse)
    text = ast.unparse(said)
    if text in NAMED:
        return NAMED[text]
    assert text in COMPOSED, text
    first = text.split(".", 1)[0].removeprefix("f").strip("'\"")
    return {f"{first}.{each}" for each in COMPOSED[text]}


def test_every_deed_of_the_log_has_its_word() -> None:
    deeds = set().union(*map(names, recorded(2)))
    assert len(deeds) > 80
    assert deeds - table("ACTIONS") == set()


def test_every_subject_of_the_log_has_its_word() -> None:
    assert set().union(*map(names, recorded(3))) - table("SUBJECTS") == set()


def test_every_job_has_its_word() -> None:
    handled = {
        str(node.args[0].value)
        for node in trees()
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "job" and isinstance(node.args[0], ast.Constant)
    }
    assert len(handled) > 12
    assert handled - table("JOBS") == set()
