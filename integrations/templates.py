"""Subscribe messages: templates, and values as WeChat wants them of each type; a value that does not fit is 47003."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from typing import Any

from models.base import Fen
from models.messages import MessageKind

POPUP_EVENT, CHANGE_EVENT = "subscribe_msg_popup_event", "subscribe_msg_change_event"
SENT_EVENT = "subscribe_msg_sent_event"
NONE_LEFT = 43101
ID = re.compile(r"[A-Za-z0-9_-]{20,64}")
KEY = re.compile(r"([a-z_]+)[1-9][0-9]{0,2}")
SHANGHAI = timezone(timedelta(hours=8))
NOTHING = "无"
MOST_YUAN = 99_999_999

M = MessageKind
#: What can be said of each kind, by the names the settings know it by.
WORDS: Mapping[MessageKind, Mapping[str, type]] = {
    M.SHIPPED: {"number": str, "goods": str, "carrier": str, "time": datetime},
    M.PICKUP: {"number": str, "goods": str, "place": str, "until": datetime},
    M.REFUND: {"number": str, "goods": str, "amount": Fen, "time": datetime},
    M.AFTER_SALE: {"number": str, "goods": str, "result": str, "time": datetime},
    M.GROUP: {"number": str, "goods": str, "result": str, "note": str, "time": datetime},
    M.BALANCE: {"number": str, "goods": str, "amount": Fen, "until": datetime},
    M.COUPON: {"goods": str, "until": datetime, "note": str},
}
#: Where they stand in a template whose keys are not given.
USUAL: Mapping[MessageKind, Mapping[str, str]] = {
    M.SHIPPED: {"number": "character_string1", "goods": "thing2", "carrier": "thing3", "time": "time4"},
    M.PICKUP: {"number": "character_string1", "goods": "thing2", "place": "thing3", "until": "time4"},
    M.REFUND: {"number": "character_string1", "goods": "thing2", "amount": "amount3", "time": "time4"},
    M.AFTER_SALE: {"number": "character_string1", "goods": "thing2", "result": "phrase3", "time": "time4"},
    M.GROUP: {"goods": "thing1", "result": "phrase2", "note": "thing3", "time": "time4"},
    M.BALANCE: {"number": "character_string1", "goods": "thing2", "amount": "amount3", "until": "time4"},
    M.COUPON: {"goods": "thing1", "until": "time2", "note": "thing3"},
}


def _clean(text: str) -> str:
    """One line, without what is not to be seen."""
    return " ".join("".join(mark if mark.isprintable() else " " for mark in text).split())


def _units(text: str) -> int:
    """WeChat counts as its own scripts do: what lies beyond the first plane counts twice."""
    return len(text.encode("utf-16-le")) // 2


def _cut(text: str, most: int) -> str:
    """At most so many letters, the last of them a mark that there was more; no letter is cut in two."""
    if _units(text) <= most:
        return text
    while _units(text) > most - 1:
        text = text[:-1]
    return f"{text.rstrip()}…"


def thing(value: object) -> str:
    if isinstance(value, datetime):
        return time(value)
    return _cut(_clean(amount(value) if isinstance(value, Fen) else str(value)), 20) or NOTHING


def character_string(value: object) -> str:
    """No Chinese; what does not belong is left out, and a long number keeps its end, by which it is told apart."""
    return "".join(mark for mark in str(value) if "!" <= mark <= "~")[-32:] or "-"


def amount(value: object) -> str:
    """A currency sign and at most ten digits; ValueError for more, since a cut amount would be a wrong one."""
    if not isinstance(value, Fen) or not 0 <= value <= MOST_YUAN * 100 + 99:
        raise ValueError(f"no amount: {value!r}")
    return f"¥{value // 100}.{value % 100:02d}"


def number(value: object) -> str:
    digits = amount(value)[1:] if isinstance(value, Fen) else "".join(re.findall(r"[0-9]", str(value)))
    return digits[-32:] or "0"


def phrase(value: object) -> str:
    return "".join(re.findall(r"[\u4e00-\u9fff]", str(value)))[:5] or NOTHING


def name(value: object) -> str:
    """Ten letters where there is Chinese among them, else twenty."""
    text = _clean(str(value))
    return text[: 20 if text.isascii() else 10] or NOTHING


def phone_number(value: object) -> str:
    return re.sub(r"[^0-9+-]", "", str(value))[:17] or "-"


def time(value: object) -> str:
    return f"{date(value)} {_local(value):%H:%M}"


def date(value: object) -> str:
    local = _local(value)
    return f"{local.year}年{local.month}月{local.day}日"


def _local(value: object) -> datetime:
    if not isinstance(value, datetime):
        raise ValueError(f"no moment: {value!r}")
    return value.astimezone(SHANGHAI)


TYPES: Mapping[str, Callable[[object], str]] = {
    "thing": thing,
    "character_string": character_string,
    "amount": amount,
    "number": number,
    "phrase": phrase,
    "name": name,
    "phone_number": phone_number,
    "time": time,
    "date": date,
}
#: What can be written as what.
FITS: Mapping[type, frozenset[str]] = {
    str: frozenset({"thing", "character_string", "number", "phrase", "name", "phone_number"}),
    Fen: frozenset({"amount", "number", "thing"}),
    datetime: frozenset({"time", "date", "thing"}),
}


@dataclass(frozen=True)
class Template:
    """A template of the mini-program: its id, and for each of its keys the word of ours that stands there."""

    id: str
    places: Mapping[str, str]

    def data(self, said: Mapping[str, Any]) -> dict[str, dict[str, str]]:
        """The words as WeChat takes them; ValueError or KeyError for what cannot stand there."""
        return {key: {"value": TYPES[type_of(key)](said[word])} for word, key in self.places.items()}


def type_of(key: str) -> str:
    """The type a key tells by its name: `thing2` is a thing. ValueError for none we know."""
    found = KEY.fullmatch(key)
    if found is None or found[1] not in TYPES:
        raise ValueError(f"{key} is no key of a template")
    return found[1]


def read_template(text: str, words: Mapping[str, type], usual: Mapping[str, str]) -> Template:
    """Reads `<id>` or `<id> word=key word=key …`; `words` are ours with their types. ValueError for a mistake."""
    id, *pairs = text.split()
    places = dict(pair.split("=", 1) for pair in pairs) if pairs else dict(usual)
    if not ID.fullmatch(id) or len({*places.values()}) < len(places) or len(places) < len(pairs):
        raise ValueError("no template")
    for word, key in places.items():
        if word not in words or type_of(key) not in FITS[words[word]]:
            raise ValueError(f"{word} cannot stand at {key}")
    return Template(id, places)


def template_of(kind: MessageKind, text: str) -> Template:
    """The template a setting names; ValueError for a mistake."""
    return read_template(text, WORDS[kind], USUAL[kind])
