"""Chinese text taken apart."""

from __future__ import annotations

import pytest

from search import words
from search.settings import SYNONYMS


def test_simplifies_and_narrows() -> None:
    assert words.simplified("鎮雄天麻　ＡＢＣ１") == "镇雄天麻 abc1"


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("xiaocaoba", (("xiao", "cao", "ba"), "")),
        ("tianm", (("tian",), "m")),
        ("xian", (("xian",), "")),
        ("zxtm", ((), "")),
        ("iphone", ((), "")),
        ("m", ((), "")),
    ],
)
def test_splits_pinyin(typed: str, expected: tuple[tuple[str, ...], str]) -> None:
    assert words.split_pinyin(typed) == expected


def test_single_characters_go_with_what_follows() -> None:
    assert words.groups("小草坝天麻") == ("小草坝", "天麻")
    assert words.groups("天嘛") == ("天嘛",)


def test_characters_of_different_texts_do_not_touch() -> None:
    assert words.spaced(["天麻", "500g 昭通"]) == "天 麻. 500g 昭 通"
    assert "麻.昭" not in words.tokens(["天麻", "昭通"])
    assert "麻昭" not in words.tokens(["天麻", "昭通"])


def test_initials_begin_at_every_character() -> None:
    """Whole from every character on, and of single words: who types zx means 镇雄."""
    assert words.initials(["镇雄天麻"]) == ["zxtm", "xtm", "tm", "zx", "xt"]


def test_query_quotes_whatever_is_typed() -> None:
    query = words.tsquery(words.question("o'neil a:* & !b"), SYNONYMS)
    assert "'o.nei'" in query
    assert "!" not in query
    assert words.question("!!! ，。") == ()


def test_synonyms_work_both_ways() -> None:
    for word, others in SYNONYMS.items():
        assert word not in others
        # Typed in pinyin a word stands for its others, too; nobody means letters by a word.
        assert word.isascii() or all(word in SYNONYMS[other] for other in others)
    assert "'土豆'" in words.tsquery(words.question("洋芋"), SYNONYMS)


def test_a_very_long_word_is_cut() -> None:
    assert max(len(token) for token in words.tokens(["a" * 5000])) == words.LONGEST_WORD
