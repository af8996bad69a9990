"""Leaves: a check of the class where a value goes into the response as it is, its type's own coercion elsewhere."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from graphql import (
    GraphQLBoolean,
    GraphQLEnumType,
    GraphQLInt,
    GraphQLLeafType,
    GraphQLList,
    GraphQLNonNull,
    GraphQLOutputType,
    GraphQLString,
    Undefined,
    is_leaf_type,
)

from compiled.left import Left

# Values of these classes go into the response as they are; `{found}` finds the value and names it `{v}`.
AS_THEY_ARE = {
    GraphQLString.name: "{found}.__class__ is str",
    GraphQLBoolean.name: "{found}.__class__ is bool",
    GraphQLInt.name: "{found}.__class__ is int and -2147483648 <= {v} <= 2147483647",
}
BUILT_IN = {type_.name: type_ for type_ in (GraphQLString, GraphQLBoolean, GraphQLInt)}


class Names:
    """The values that generated code refers to, each under a name of its own."""

    def __init__(self) -> None:
        self.bound: dict[str, Any] = {}
        self._count = 0

    def new(self) -> str:
        self._count += 1
        return f"n{self._count}"

    def bind(self, value: Any) -> str:
        name = self.new()
        self.bound[name] = value
        return name


def leaf(type_: GraphQLOutputType, source: str, names: Names) -> str:
    """An expression for the response's value of a leaf, or list of leaves, found by the expression `source`."""
    if isinstance(type_, GraphQLNonNull):
        return _present(type_.of_type, source, names, f"{names.bind(_no_null)}()")
    return _present(type_, source, names, "None")


def _present(type_: Any, source: str, names: Names, absent: str) -> str:
    value = names.new()
    found = f"({value} := {source})"
    if isinstance(type_, GraphQLList):
        return f"({absent} if {found} is None else {names.bind(_list_of(type_.of_type))}({value}))"
    if not is_leaf_type(type_):
        raise Left(f"{type_} is no leaf")
    slow = names.bind(_coercion(type_))
    if type_ is BUILT_IN.get(type_.name):
        fits = AS_THEY_ARE[type_.name].format(found=found, v=value)
        return f"({value} if {fits} else {absent} if {value} is None else {slow}({value}))"
    if isinstance(type_, GraphQLEnumType):
        table = names.bind(_names_of(type_))
        return f"({absent} if {found} is None else {table}.get({value}) or {slow}({value}))"
    return f"({absent} if {found} is None else {slow}({value}))"


def _no_null() -> Any:
    raise Left("null where there must be a value")


def _coercion(type_: GraphQLLeafType) -> Callable[[Any], Any]:
    coerce = type_.coerce_output_value
    if coerce in (str, int):
        return coerce  # neither can answer null

    def coerced(value: Any) -> Any:
        made = coerce(value)
        if made is None or made is Undefined:
            raise Left("a value that its type does not take")
        return made

    return coerced


def _names_of(type_: GraphQLEnumType) -> dict[Any, str]:
    """The name of each value, by the value and by the member that Strawberry wraps; unhashable ones are left out."""
    table: dict[Any, str] = {}
    wrapped = getattr(type_, "wrapped_cls", None)
    for name, value in type_.values.items():
        member = wrapped(value.value) if wrapped else value.value
        for key in (member, value.value):
            if key.__hash__ is not None:
                table.setdefault(key, name)
    return table


def _list_of(type_: GraphQLOutputType) -> Callable[[Any], list[Any]]:
    names = Names()
    # The text is ours, see `leaf`.
    item = eval(f"lambda v: {leaf(type_, 'v', names)}", names.bound)

    def listed(values: Any) -> list[Any]:
        return [item(value) for value in as_list(values)]

    return listed


def as_list(values: Any) -> list[Any] | tuple[Any, ...]:
    """The values of a list field; other iterables are left to plain execution."""
    if isinstance(values, list | tuple):
        return values
    raise Left(f"a list made of {type(values).__name__}")
