"""Whether goods may be published: their category, the shop's papers, their words. One place for every way to do it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from domain.base import Refusal
from domain.policies import attributes, papers, shelf, words
from domain.policies.words import Finding
from models.merchants import Merchant


class CategoryBlocked(Refusal):
    """Goods of this category may not be sold here."""

    code = "CATEGORY_BLOCKED"


class PapersMissing(Refusal):
    """The shop has no good paper of a kind the category asks for."""

    code = "PAPERS_MISSING"


class AttributesMissing(Refusal):
    """The category asks for attributes that the product does not say."""

    code = "ATTRIBUTES_MISSING"


class ForbiddenWords(Refusal):
    """A text holds a word that advertising may not hold."""

    code = "FORBIDDEN_WORDS"


@dataclass(frozen=True)
class Goods:
    """What is to be published, as it would stand."""

    merchant_id: UUID
    category_id: UUID
    texts: Mapping[str, str]
    said: frozenset[UUID]
    # Null while it is being typed for the first time: nobody can have made an exception for it.
    product_id: UUID | None = None


async def check(session: AsyncSession, goods: Goods) -> None:
    """Refuses what may not be published, the first reason first."""
    policy = await shelf.policy_of(session, goods.category_id)
    if policy.blocked_reason:
        raise CategoryBlocked(f"此分类的商品不能在本平台销售：{policy.blocked_reason}", field="categoryId")
    held = await papers.held(session, goods.merchant_id)
    if lacking := await _lacking(session, goods.merchant_id, policy.papers, held):
        raise PapersMissing(lacking, field="categoryId")
    if names := await attributes.missing(session, goods.category_id, set(goods.said)):
        raise AttributesMissing(f"请填写：{'、'.join(names)}", field="attributes")
    blocking = [each for each in await findings(session, goods, held) if each.blocks]
    if blocking:
        told = "；".join(f"“{each.word}”（{each.reason}，{each.law}）" for each in blocking[:3])
        raise ForbiddenWords(f"文字中不能出现：{told}", field=blocking[0].field)


async def _lacking(
    session: AsyncSession, merchant_id: UUID, needs: Sequence[shelf.PaperNeed], held: set[str]
) -> str | None:
    unmet = [need for need in needs if not held.intersection(need.any_of)]
    if not unmet:
        return None
    kind = await session.scalar(select(Merchant.kind).where(Merchant.id == merchant_id))
    for need in unmet:
        if not need.sellers or kind in need.sellers:
            names = "或".join(papers.NAMES[each] for each in need.any_of)
            return f"缺少有效的{names}：{need.reason}"
    return None


async def findings(session: AsyncSession, goods: Goods, held: set[str] | None = None) -> list[Finding]:
    """Every forbidden word in the texts, those that block first."""
    papers_held = await papers.held(session, goods.merchant_id) if held is None else held
    excepted = await words.exceptions(session, goods.product_id) if goods.product_id else set()
    return words.find(await words.rules(session), goods.texts, papers_held, excepted)
