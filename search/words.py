"""Chinese text as both searches need it: characters, pinyin syllables, initials; words in a document and in a question.

The dictionaries take about a second to load; `load` does it in a thread ahead of the first question.
"""

from __future__ import annotations

import logging
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import groupby
from typing import cast

import jieba
import opencc
import pypinyin

CHINESE = "\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
RUNS = re.compile(f"([{CHINESE}]+)|([^\\W_{CHINESE}]+)")
# Nobody types more; a longer run is cut so that no token outgrows an index entry.
LONGEST_WORD = 40
# Initials are typed for a few characters at most.
LONGEST_INITIALS = 8
# What has no reading stands for itself, character by character. (A list is allowed; the package's types forget it.)
EACH = cast("Callable[[str], str]", list)


@dataclass(frozen=True)
class Word:
    """A piece of a question: some Chinese characters that belong together, or a Latin word or number."""

    text: str
    # Of Chinese text its pinyin; of Latin text the pinyin it may be, without an unfinished last syllable.
    syllables: tuple[str, ...]
    # Letters typed of the next syllable: "tianm" is tian and "m".
    unfinished: str = ""
    chinese: bool = True

    @property
    def phrases(self) -> tuple[tuple[str, ...], ...]:
        """Syllables that stand together: of two words typed without a blank they are in different places."""
        said = self.syllables
        if self.chinese or len(said) < 4 or self.unfinished:
            return (said,) if said else ()
        first = len(said) - 2
        return (said[:first], said[first:])

    @property
    def initials(self) -> tuple[str, ...]:
        """Of four letters that are no pinyin the initials of two words: "ztpg" is zt and pg, but "zzzz" is nothing."""
        one, other = self.text[:2], self.text[2:]
        typed = not self.chinese and not self.syllables and len(self.text) == 4 and self.text.isalpha()
        return (one, other) if typed and self.text.isascii() and one[0] != one[1] and other[0] != other[1] else ()


def load() -> None:
    """Loads the dictionaries."""
    _known_syllables()
    question("昭通鎮雄天麻 tianma")


@cache
def _converter() -> opencc.OpenCC:
    return opencc.OpenCC("t2s")


@cache
def _cutter() -> jieba.Tokenizer:
    jieba.setLogLevel(logging.WARNING)
    cutter = jieba.Tokenizer()
    cutter.initialize()
    return cutter


@cache
def _known_syllables() -> frozenset[str]:
    """Every syllable of the 6763 characters of GB 2312, without tones."""
    cells = (bytes((high, low)) for high in range(0xB0, 0xF8) for low in range(0xA1, 0xFF))
    characters = "".join(cell.decode("gb2312", "ignore") for cell in cells)
    return frozenset(s for s in pypinyin.lazy_pinyin(characters) if s.isascii() and len(s) <= 6)


@lru_cache(16384)
def simplified(text: str) -> str:
    """Lower case, full-width forms narrowed, traditional characters made simplified."""
    return str(_converter().convert(unicodedata.normalize("NFKC", text).lower()))


def runs(text: str) -> Iterator[tuple[str, bool]]:
    """The pieces of simplified text with whether each is Chinese; marks and blanks only separate them."""
    for chinese, other in RUNS.findall(text):
        yield (chinese or other)[:LONGEST_WORD], bool(chinese)


@lru_cache(16384)
def groups(run: str) -> tuple[str, ...]:
    """Words of Chinese text. Single characters go with what follows: 小|草坝|天麻 is 小草坝 and 天麻."""
    found, single = [], ""
    for word in _cutter().cut(run, HMM=False):
        if len(word) == 1:
            single += word
        else:
            found.append(single + word)
            single = ""
    return (*found, single) if single else tuple(found)


@lru_cache(16384)
def syllables(run: str) -> tuple[str, ...]:
    """Pinyin without tones, one syllable a character; a character without a reading stands for itself."""
    return tuple(s.lower() for s in pypinyin.lazy_pinyin(run, errors=EACH))


def split_pinyin(word: str) -> tuple[tuple[str, ...], str]:
    """The syllables in letters typed without blanks, and what is left of an unfinished one at the end.

    As few syllables as possible, so `xian` is one. Nothing at all when the letters cannot be pinyin.
    """
    best: dict[int, tuple[str, ...]] = {0: ()}
    for end in range(1, len(word) + 1):
        ways = [(*best[at], word[at:end]) for at in range(max(0, end - 6), end) if _continues(best, word, at, end)]
        if ways:
            best[end] = min(ways, key=len)
    if len(word) in best:
        return best[len(word)], ""
    whole = max(best)
    rest = word[whole:]
    begins = any(syllable.startswith(rest) for syllable in _known_syllables())
    return (best[whole], rest) if whole and begins else ((), "")


def _continues(best: dict[int, tuple[str, ...]], word: str, at: int, end: int) -> bool:
    return at in best and word[at:end] in _known_syllables()


@lru_cache(4096)
def question(text: str) -> tuple[Word, ...]:
    """The words of what somebody typed, all of which a product must have in one form or another."""
    found: list[Word] = []
    for run, chinese in runs(simplified(text)):
        if chinese:
            found += [Word(group, syllables(group)) for group in groups(run)]
        else:
            known, rest = split_pinyin(run) if run.isascii() and run.isalpha() else ((), "")
            found.append(Word(run, known, rest, chinese=False))
    return tuple(_spelt_out(found))


def _spelt_out(found: Sequence[Word]) -> Iterator[Word]:
    """Syllables typed one by one are a word: "hong fu shi" is hongfushi."""
    for single, group in groupby(found, lambda word: not word.chinese and len(word.syllables) == 1):
        words = list(group)
        if not single or len(words) == 1:
            yield from words
            continue
        text, said = "".join(word.text for word in words), tuple(word.syllables[0] for word in words)
        yield Word(text, said, words[-1].unfinished, chinese=False)


def looser(asked: Sequence[Word]) -> list[tuple[Word, ...]]:
    """Questions for less, where nothing has all of it: each word alone, or three characters without the first or last.

    红苹果 asks for 苹果, and 方竹损 for 方竹.
    """
    told = [word for word in asked if len(word.text) > 1]
    if len(asked) > 1:
        return [(word,) for word in told]
    parts = [part for word in told if word.chinese and len(word.text) == 3 for part in (word.text[1:], word.text[:-1])]
    return [(Word(part, syllables(part)),) for part in parts]


def typed(text: str) -> str:
    """Text as one who types it without blanks and marks."""
    return "".join(run for run, _ in runs(simplified(text)))


def typed_pinyin(text: str) -> str:
    """The same in pinyin, as far as it is Chinese."""
    return "".join("".join(syllables(run)) if chinese else run for run, chinese in runs(simplified(text)))


# ------------------------------------------------------------------------------------------------ of documents
def spaced(texts: Iterable[str]) -> str:
    """Every character a word of its own, so that a phrase finds a piece of a word; texts do not run into each other."""
    return ". ".join(" ".join(_characters(text)) for text in texts)


def _characters(text: str) -> Iterator[str]:
    for run, chinese in runs(simplified(text)):
        yield from run if chinese else [run]


def spaced_syllables(texts: Iterable[str]) -> str:
    return ". ".join(" ".join(s for run in _chinese(text) for s in syllables(run)) for text in texts)


def joined_pinyin(texts: Iterable[str]) -> str:
    """The pinyin of each word, written together."""
    return " ".join("".join(syllables(group)) for text in texts for run in _chinese(text) for group in groups(run))


def initials(texts: Iterable[str]) -> list[str]:
    """First letters from every character on, so that what is typed is the beginning of one of them."""
    found: dict[str, None] = {}
    for text in texts:
        for run in _chinese(text):
            letters = "".join(s[0] for s in syllables(run))
            found |= dict.fromkeys(letters[at : at + LONGEST_INITIALS] for at in range(len(letters) - 1))
            # Of two characters for themselves: of what is typed only the last word may be unfinished.
            found |= dict.fromkeys(letters[at : at + 2] for at in range(len(letters) - 1))
    return list(found)


def _chinese(text: str) -> Iterator[str]:
    return (run for run, chinese in runs(simplified(text)) if chinese)


# ------------------------------------------------------------------------------------------------ for PostgreSQL
def tokens(texts: Iterable[str], names: Iterable[str] | None = None) -> list[str]:
    """What the text index of PostgreSQL holds of these texts: see `tsquery` for how each is asked for.

    Only of `names` the initials: of whole sentences they would be any letters at all.
    """
    listed = list(texts)
    found: set[str] = {f"~{letters}" for letters in initials(listed if names is None else names)}
    for text in listed:
        for run, chinese in runs(simplified(text)):
            found |= _chinese_tokens(run) if chinese else {run}
    return sorted(found)


def _chinese_tokens(run: str) -> set[str]:
    spoken = syllables(run)
    together = {"".join(syllables(group)) for group in groups(run)}
    return {*run, *pairs(run), *spoken, *pairs(spoken, "."), *together}


def pairs(of: Sequence[str], between: str = "") -> list[str]:
    """Neighbours; of a single one itself."""
    return [between.join(of[at : at + 2]) for at in range(max(1, len(of) - 1))]


def tsquery(words: Sequence[Word], synonyms: dict[str, tuple[str, ...]]) -> str:
    """All words, each by its characters, its sound, its initials or a synonym."""
    return " & ".join(f"({_any_form(word, synonyms)})" for word in words)


def any_tsquery(questions: Sequence[Sequence[Word]], synonyms: dict[str, tuple[str, ...]]) -> str:
    """What one of the questions finds."""
    return " | ".join(f"({tsquery(words, synonyms)})" for words in questions)


def exact_tsquery(words: Sequence[Word]) -> str:
    """All words as they are written: what this finds comes first."""
    return " & ".join(_all(pairs(word.text) if word.chinese else [word.text]) for word in words)


def _any_form(word: Word, synonyms: dict[str, tuple[str, ...]]) -> str:
    forms = _chinese_forms(word, synonyms) if word.chinese else _latin_forms(word, synonyms)
    return " | ".join(f"({form})" for form in forms)


def _chinese_forms(word: Word, synonyms: dict[str, tuple[str, ...]]) -> Iterator[str]:
    yield _all(pairs(word.text))
    if len(word.syllables) > 1:  # one syllable alone sounds like too much else
        yield _all(pairs(word.syllables, "."))
    for other in synonyms.get(word.text, ()):
        yield _all(pairs(other))


def _latin_forms(word: Word, synonyms: dict[str, tuple[str, ...]]) -> Iterator[str]:
    yield f"{_quoted(word.text)}:*" if len(word.text) > 1 else _quoted(word.text)
    if 1 < len(word.text) <= LONGEST_INITIALS and word.text.isalpha():
        yield f"{_quoted('~' + word.text)}:*"
    if word.initials:
        yield " & ".join(f"{_quoted('~' + letters)}:*" for letters in word.initials)
    for other in synonyms.get(word.text, ()):
        yield _all(pairs(other))
    if len(word.syllables) > 1 or (word.syllables and word.unfinished):
        whole = [pair for phrase in word.phrases for pair in pairs(phrase, ".")] if len(word.syllables) > 1 else []
        open_end = [f"{_quoted(f'{word.syllables[-1]}.{word.unfinished}')}:*"] if word.unfinished else []
        yield " & ".join([*map(_quoted, whole), *open_end])


def _all(found: Iterable[str]) -> str:
    return " & ".join(map(_quoted, found))


def _quoted(token: str) -> str:
    return "'" + token.replace("\\", "\\\\").replace("'", "''") + "'"
