"""Values of variables coerced by functions written once for each type, in place of asking the type for every value.

What `coercer(type_)` makes answers what graphql-core's `coerce_input_value` does. It raises `Unfit` wherever that finds
a value wrong, and in a few cases that are only unusual: who calls it then leaves the value to graphql-core.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from graphql import (
    GraphQLBoolean,
    GraphQLInputField,
    GraphQLInputObjectType,
    GraphQLInputType,
    GraphQLInt,
    GraphQLLeafType,
    GraphQLList,
    GraphQLNonNull,
    GraphQLString,
    Undefined,
    is_required_input_field,
)
from graphql.type.definition import is_leaf_type
from graphql.utilities.coerce_input_value import coerce_default_value

Coerce = Callable[[Any], Any]


class Unfit(Exception):
    """A value that is not what its type takes, or not as plainly as nearly all are."""


def coercer(type_: GraphQLInputType) -> Coerce:
    """The function for values of this type as JSON holds them."""
    return _coercer(type_, {})


def _coercer(type_: Any, made: dict[str, _Objects]) -> Coerce:
    """`made` holds the input types met so far, which may lead to themselves."""
    if isinstance(type_, GraphQLNonNull):
        inner = type_.of_type
        if is_leaf_type(inner) and inner.name in LEAVES:
            return LEAVES[inner.name](_present(_leaf(inner)))  # what is of its class is not null
        return _present(_bare(inner, made))
    bare = _bare(type_, made)
    return lambda value: None if value is None else bare(value)


def _present(bare: Coerce) -> Coerce:
    def present(value: Any) -> Any:
        if value is None:
            raise Unfit
        return bare(value)

    return present


def _bare(type_: Any, made: dict[str, _Objects]) -> Coerce:
    """For values other than null."""
    if isinstance(type_, GraphQLList):
        return _list_of(_coercer(type_.of_type, made))
    if is_leaf_type(type_):
        quick, slow = LEAVES.get(type_.name), _leaf(type_)
        return quick(slow) if quick else slow
    if type_.name not in made:
        made[type_.name] = _Objects(type_)
        made[type_.name].prepare(made)
    return made[type_.name]


def _list_of(item: Coerce) -> Coerce:
    def listed(value: Any) -> list[Any]:
        if value.__class__ is list:
            return [item(each) for each in value]
        if value.__class__ not in SINGLE:
            raise Unfit
        return [item(value)]

    return listed


# What JSON holds besides lists: one of them stands for a list of one.
SINGLE = frozenset({str, int, float, bool, dict})


# ------------------------------------------------------------------------------------------------ leaves
def _leaf(type_: GraphQLLeafType) -> Coerce:
    coerce = type_.coerce_input_value

    def coerced(value: Any) -> Any:
        if value is Undefined:
            raise Unfit
        try:
            made = coerce(value)
        except Exception:
            raise Unfit from None
        if made is Undefined:
            raise Unfit
        return made

    return coerced


def _text(slow: Coerce) -> Coerce:
    return lambda value: value if value.__class__ is str else slow(value)


def _flag(slow: Coerce) -> Coerce:
    return lambda value: value if value.__class__ is bool else slow(value)


def _whole(slow: Coerce) -> Coerce:
    return lambda value: value if value.__class__ is int and -2147483648 <= value <= 2147483647 else slow(value)


# Types of other schemas may bear these names, but mean the same by them: no schema may redefine a built-in scalar.
LEAVES: dict[str, Callable[[Coerce], Coerce]] = {
    GraphQLString.name: _text,
    GraphQLBoolean.name: _flag,
    GraphQLInt.name: _whole,
}


# ------------------------------------------------------------------------------------------------ objects
class _Objects:
    """Coerces values of one input type."""

    def __init__(self, type_: GraphQLInputObjectType) -> None:
        self._type = type_
        self._names = type_.fields.keys()
        # By the name in GraphQL: the name in the result, how a value is coerced, what stands for an absent one.
        self._fields: list[tuple[str, str, Coerce, Any]] = []
        plain = type_.out_type is GraphQLInputObjectType.out_type
        self._out: Coerce | None = None if plain else type_.out_type

    def prepare(self, made: dict[str, _Objects]) -> None:
        for name, field in self._type.fields.items():
            self._fields.append((name, field.out_name or name, _coercer(field.type, made), _absent(field)))

    def __call__(self, value: Any) -> Any:
        if value.__class__ is not dict or self._type.is_one_of or not value.keys() <= self._names:
            raise Unfit
        made: dict[str, Any] = {}
        for name, out, coerce, absent in self._fields:
            if name in value:
                made[out] = coerce(value[name])
            elif absent is _REQUIRED:
                raise Unfit
            elif absent is not Undefined:
                made[out] = absent
        return self._out(made) if self._out else made


_REQUIRED: Any = object()


def _absent(field: GraphQLInputField) -> Any:
    """The field's default, Undefined for none, or the mark of a field that must be given."""
    return _REQUIRED if is_required_input_field(field) else coerce_default_value(field)
