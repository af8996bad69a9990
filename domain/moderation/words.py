"""Our own list of words: what no text may hold, and what a person must look at. Data, in one place.

WeChat judges meaning; this list knows what a local mall must not let through whatever WeChat says, and it is all
there is for texts of shops, which WeChat cannot judge: it asks for the openid of a person.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class WordKind(StrEnum):
    """Why a word is on the list."""

    ABUSE = "ABUSE"
    CONTACT = "CONTACT"
    MEDICAL = "MEDICAL"
    GAMBLING = "GAMBLING"
    SCAM = "SCAM"


#: Refused at the door: the author is told the word and may write it otherwise.
BLOCKED: Mapping[WordKind, tuple[str, ...]] = {
    WordKind.ABUSE: ("傻逼", "操你妈", "草泥马", "死全家", "狗杂种", "妈了个逼", "贱货"),
    WordKind.GAMBLING: ("网上赌场", "时时彩", "六合彩", "赌球", "百家乐"),
    WordKind.SCAM: ("刷单兼职", "兼职刷单", "代开发票", "套现秒到", "办假证"),
}

#: Looked at by a person: often harmless, sometimes not.
LOOKED_AT: Mapping[WordKind, tuple[str, ...]] = {
    WordKind.CONTACT: ("加微信", "加我微信", "加vx", "私聊我", "扫码进群", "好评返现", "返现红包"),
    # Food Safety Law Art. 73: food is not praised as a medicine.
    WordKind.MEDICAL: ("治疗", "治好了", "抗癌", "降血压", "降血糖", "包治百病", "药到病除"),
    WordKind.ABUSE: ("骗子", "黑心", "垃圾店"),
}

# Signs people put between the letters of a word to get it past a list.
_BETWEEN = frozenset("*·.-_~|/\\,，。 　'\"`^+=&#@!！?？:：;；<>()（）[]【】{}")


@dataclass(frozen=True)
class Found:
    """The listed words of a text."""

    blocked: tuple[str, ...]
    looked_at: tuple[str, ...]


def find(text: str) -> Found:
    """The listed words in `text`, however their letters are written or spaced."""
    bare = _bare(text)
    return Found(_among(BLOCKED, bare), _among(LOOKED_AT, bare))


def _among(kinds: Mapping[WordKind, tuple[str, ...]], bare: str) -> tuple[str, ...]:
    return tuple(word for words in kinds.values() for word in words if word in bare)


def _bare(text: str) -> str:
    """Full-width letters made narrow, capitals small, what stands between letters and what is not seen left out."""
    narrow = unicodedata.normalize("NFKC", text).lower()
    return "".join(c for c in narrow if c not in _BETWEEN and unicodedata.category(c) not in ("Cf", "Mn", "Zs", "Cc"))
