"""One question for products and pages at once: the queries of one federated search, with their weights."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from domain.catalog.finding import PRODUCT, Mixed
from search import words
from search.forms import preferring
from search.kinds import KINDS, Kind

# Whoever types just the name of a place or a shop means its page before anything else.
NAMED = 2.0


def queries(
    forms: Sequence[dict[str, Any]], mixed: Mixed, products: str, pages: str, preferred: str, narrowed: str
) -> list[dict[str, Any]]:
    """Each form of the question for each kind wanted; what is `preferred` among products; and named pages."""
    found: list[dict[str, Any]] = []
    if PRODUCT in mixed.kinds:
        better = preferring(forms, preferred, mixed.ranking.category) if preferred else []
        for form in (*forms, *better):
            filters = [filter for filter in (form.get("filter"), narrowed) if filter]
            found.append({"indexUid": products, "attributesToRetrieve": ["id"], **form, "filter": filters})
    kinds = [kind for kind in KINDS if kind.name in mixed.kinds]
    # Beside goods a story is found by what it is called and about: one that holds all the words somewhere in its text
    # would keep away the goods that have most of them.
    whole = PRODUCT not in mixed.kinds
    for weight, tells in sorted({(kind.weight, kind.tells) for kind in kinds}, reverse=True):
        same = [kind for kind in kinds if (kind.weight, kind.tells) == (weight, tells)]
        found += [_of_pages(pages, form, same, whole=whole and tells) for form in forms]
    if kinds:
        found.append(_named(pages, words.typed(mixed.words), kinds))
    return found


def _of_pages(pages: str, form: dict[str, Any], kinds: Sequence[Kind], *, whole: bool) -> dict[str, Any]:
    """One form for kinds that weigh the same and are found in the same fields."""
    weighed = {"weight": form["federationOptions"]["weight"] * kinds[0].weight}
    # What a page says of itself is no reason to show it: a shop that sells apples is not what "apple" asks for.
    attributes = [name for name in form["attributesToSearchOn"] if name != "about" or whole]
    narrowed = {"attributesToSearchOn": attributes, "filter": _is_one_of(kinds), "federationOptions": weighed}
    return {"indexUid": pages, "attributesToRetrieve": ["kind", "target"]} | form | narrowed


def _named(pages: str, typed: str, kinds: Sequence[Kind]) -> dict[str, Any]:
    """The filter decides; the words are there because the engine ranks by words or by fields, never both together."""
    return {
        "indexUid": pages,
        "attributesToRetrieve": ["kind", "target"],
        "q": typed,
        "attributesToSearchOn": ["spellings"],
        "matchingStrategy": "all",
        "locales": ["cmn"],
        "filter": [f'spellings = "{typed}"', _is_one_of(kinds)],
        "federationOptions": {"weight": NAMED},
    }


def _is_one_of(kinds: Sequence[Kind]) -> str:
    return f"kind IN [{', '.join(kind.name for kind in kinds)}]"
