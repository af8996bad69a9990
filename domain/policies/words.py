"""Words advertising may not hold: found while somebody types, refused when it is to be published."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import insert, select, update
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from domain import audit
from domain.base import (
    Columns,
    Conflict,
    Invalid,
    NotFound,
    RowDict,
    TooMany,
    UnitOfWork,
    Viewer,
    clean_text,
    clock,
    pick,
)
from domain.statements import OneBy
from models.base import new_id
from models.policies import ForbiddenWord, PaperKind, WordException, WordSeverity

MOST_WORDS = 2000
MOST_TEXT = 20_000
# Where the strict half of the rule holds: what lists and searches show of a product.
TITLES = frozenset({"title", "subtitle"})


@dataclass(frozen=True)
class WordWanted:
    word: str
    reason: str
    law: str
    severity: WordSeverity
    harmless_in: tuple[str, ...] = ()
    unless_paper: PaperKind | None = None
    active: bool = True


@dataclass(frozen=True)
class Finding:
    """A forbidden word in a field; `blocks` when nothing may be published with it."""

    word_id: UUID
    word: str
    field: str
    reason: str
    law: str
    blocks: bool


def folded(text: str) -> str:
    """The text as words are looked for in it: one form of each character, nothing between the characters.

    「最 佳」, 「最·佳」 and 「最佳」 with a character of no width in it are the same word to whoever reads them.
    """
    return "".join(c for c in unicodedata.normalize("NFKC", text).casefold() if c.isalnum())


@dataclass(frozen=True)
class Rule:
    id: UUID
    word: str
    reason: str
    law: str
    severity: WordSeverity
    harmless_in: tuple[str, ...]
    unless_paper: PaperKind | None


async def rules(session: AsyncSession) -> list[Rule]:
    """Everything that is forbidden now; one statement."""
    rows = await session.scalars(select(ForbiddenWord).where(ForbiddenWord.active).order_by(ForbiddenWord.id))
    return [
        Rule(r.id, r.word, r.reason, r.law, r.severity, tuple(map(folded, r.harmless_in)), r.unless_paper) for r in rows
    ]


def find(
    known: Iterable[Rule], texts: Mapping[str, str], papers: Collection[str] = (), excepted: Collection[UUID] = ()
) -> list[Finding]:
    """What of `texts` (by field) is forbidden to a shop that holds `papers`; those that block come first."""
    said = {field: folded(text[:MOST_TEXT]) for field, text in texts.items()}
    found = [
        Finding(rule.id, rule.word, field, rule.reason, rule.law, _blocks(rule, field))
        for rule in known
        if rule.id not in excepted and not (rule.unless_paper and rule.unless_paper in papers)
        for field, text in said.items()
        if rule.word in text and any(True for _ in _harmful(rule, text))
    ]
    return sorted(found, key=lambda each: not each.blocks)


def _harmful(rule: Rule, text: str) -> Iterator[int]:
    """Places of the word that lie in none of its harmless words."""
    at = text.find(rule.word)
    while at >= 0:
        if not any(_covers(harmless, rule.word, text, at) for harmless in rule.harmless_in):
            yield at
        at = text.find(rule.word, at + 1)


def _covers(harmless: str, word: str, text: str, at: int) -> bool:
    inside = harmless.find(word)
    while inside >= 0:
        if at >= inside and text.startswith(harmless, at - inside):
            return True
        inside = harmless.find(word, inside + 1)
    return False


def _blocks(rule: Rule, field: str) -> bool:
    if rule.severity is WordSeverity.BLOCK_IN_TITLE:
        return field in TITLES
    return rule.severity is WordSeverity.BLOCK


# ------------------------------------------------------------------------------------------------ the desk's
words_by_id = OneBy(ForbiddenWord.__table__, "id")


async def all_words(session: AsyncSession, columns: Columns) -> Sequence[RowDict]:
    """Every rule, those in force first."""
    table = ForbiddenWord.__table__.c
    chosen = select(*pick(ForbiddenWord, columns, "id")).order_by(table.active.desc(), table.word).limit(MOST_WORDS)
    return [dict(row) for row in (await session.execute(chosen)).mappings()]


async def save_word(uow: UnitOfWork, viewer: Viewer, id: UUID | None, wanted: WordWanted) -> UUID:
    """Adds a rule or changes one; it holds for whatever is written or published from now on."""
    word = folded(wanted.word)
    if not 1 <= len(word) <= 40:
        raise Invalid("违禁词须为 1 到 40 个字", field="word")
    harmless = [clean_text(each, field="harmlessIn", least=1, most=40, label="例外词") for each in wanted.harmless_in]
    if len(harmless) > 40 or any(word not in folded(each) for each in harmless):
        raise Invalid("例外词最多 40 个，且须包含违禁词本身", field="harmlessIn")
    values: dict[str, object] = {
        "word": word,
        "reason": clean_text(wanted.reason, field="reason", least=2, most=200, label="原因"),
        "law": clean_text(wanted.law, field="law", most=80, label="依据"),
        "severity": wanted.severity,
        "harmless_in": harmless,
        "unless_paper": wanted.unless_paper,
        "active": wanted.active,
    }
    key = id or new_id()
    try:
        async with uow.session.begin_nested():
            await _write_word(uow.session, id, key, values)
    except IntegrityError:
        raise Conflict("已有这个违禁词", field="word") from None
    await audit.record(uow, viewer, "word.update" if id else "word.create", "word", key, dict(values))
    return key


async def _write_word(session: AsyncSession, id: UUID | None, key: UUID, values: dict[str, object]) -> None:
    if id is None:
        if len((await session.scalars(select(ForbiddenWord.id).limit(MOST_WORDS))).all()) >= MOST_WORDS:
            raise TooMany(f"违禁词最多 {MOST_WORDS} 个")
        await session.execute(insert(ForbiddenWord).values(id=key, **values))
        return
    changed = update(ForbiddenWord).where(ForbiddenWord.id == id).values(**values).returning(ForbiddenWord.id)
    if await session.scalar(changed) is None:
        raise NotFound("违禁词不存在", field="id")


async def except_word(uow: UnitOfWork, viewer: Viewer, product_id: UUID, word_id: UUID, reason: str) -> None:
    """A reviewer finds the word right for this product. The caller has made sure of the product."""
    why = clean_text(reason, field="reason", least=4, most=200, label="例外理由")
    if await uow.session.scalar(select(ForbiddenWord.id).where(ForbiddenWord.id == word_id)) is None:
        raise NotFound("违禁词不存在", field="wordId")
    values = {"reason": why, "given_by": viewer.name or "平台", "given_at": clock.now()}
    new = upsert(WordException).values(product_id=product_id, word_id=word_id, **values)
    await uow.session.execute(new.on_conflict_do_update(index_elements=["product_id", "word_id"], set_=values))
    await audit.record(uow, viewer, "word.except", "product", product_id, {"word": str(word_id), "reason": why})


async def exceptions(session: AsyncSession, product_id: UUID) -> set[UUID]:
    chosen = select(WordException.word_id).where(WordException.product_id == product_id)
    return set(await session.scalars(chosen))
