"""Attributes of goods as facets of a search: which are offered, what their values are called."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from domain import policies
from domain.base import Invalid, RowDict, clean_text
from domain.catalog.finding import Facets, TraitsWanted
from models.policies import AttributeKind

# How much one may ask for at once; how much is shown.
MOST_ATTRIBUTES, MOST_VALUES = 12, 20
SHOWN_ATTRIBUTES, SHOWN_VALUES = 12, 30


@dataclass(frozen=True)
class TraitValue:
    """A value as the filter takes it and as a page shows it, and how many products have it."""

    value: str
    label: str
    count: int


@dataclass(frozen=True)
class TraitFacet:
    attribute_id: UUID
    name: str
    values: Sequence[TraitValue]


def checked(traits: Sequence[TraitsWanted]) -> tuple[TraitsWanted, ...]:
    """What is wanted, cleaned; refused when it is too much, or one attribute is named twice."""
    if len(traits) > MOST_ATTRIBUTES:
        raise Invalid(f"最多同时按 {MOST_ATTRIBUTES} 个属性筛选", field="filter.attributes")
    if len({each.attribute_id for each in traits}) < len(traits):
        raise Invalid("同一个属性只能出现一次", field="filter.attributes")
    return tuple(TraitsWanted(each.attribute_id, _values(each.values)) for each in traits)


def _values(values: Sequence[str]) -> tuple[str, ...]:
    if not 1 <= len(values) <= MOST_VALUES:
        raise Invalid(f"每个属性须选 1 到 {MOST_VALUES} 个值", field="filter.attributes")
    cleaned = [clean_text(value, field="filter.attributes", least=1, most=120, label="属性值") for value in values]
    return tuple(dict.fromkeys(cleaned))


def offered(asked: Sequence[RowDict], facets: Facets) -> list[TraitFacet]:
    """Of the attributes `asked`, in their order, those that tell these goods apart."""
    counts = _by_attribute(facets)
    found = [TraitFacet(row["id"], row["name"], _counted(row, counts[str(row["id"])])) for row in asked]
    return [facet for facet in found if facet.values][:SHOWN_ATTRIBUTES]


def _by_attribute(facets: Facets) -> Mapping[str, dict[str, int]]:
    found: dict[str, dict[str, int]] = defaultdict(dict)
    for key, count in facets.traits.items():
        attribute, _, value = key.partition("=")
        found[attribute][value] = count
    return found


def _counted(row: RowDict, counts: Mapping[str, int]) -> list[TraitValue]:
    """The most frequent values, in the order in which somebody looks for one."""
    kind = AttributeKind(row["kind"])
    most = sorted(counts, key=lambda value: (-counts[value], value))[:SHOWN_VALUES]
    ordered = sorted(most, key=lambda value: _place(kind, row["options"], value))
    return [TraitValue(value, policies.shown_value(kind, row["unit"], value), counts[value]) for value in ordered]


def _place(kind: AttributeKind, options: Sequence[str], value: str) -> tuple[float, str]:
    if kind is AttributeKind.ENUM:
        return (options.index(value) if value in options else len(options), value)
    if kind is AttributeKind.NUMBER:
        return (float(value), value)
    return (0 if value == "true" else 1, value)
