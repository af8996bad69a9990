"""Valid queries at random: aliases, fragments, conditions, arguments that find something. Quick, where the property
library takes a tenth of a second for each.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import orjson
from graphql import (
    GraphQLArgument,
    GraphQLEnumType,
    GraphQLField,
    GraphQLInputObjectType,
    GraphQLList,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLSchema,
    get_named_type,
    is_abstract_type,
    is_leaf_type,
    is_required_argument,
)

Values = Mapping[str, Callable[[random.Random], Any]]


class Generator:
    """Writes queries against a schema. `values` makes a value for each scalar type."""

    def __init__(self, schema: GraphQLSchema, seed: int, values: Values, *, leave_out: frozenset[str] = frozenset()):
        self._schema = schema
        self._random = random.Random(seed)
        self._values = values
        self._leave_out = leave_out

    def query(self) -> str:
        """One query; its fragments and response keys are named apart, so that fields never clash."""
        self._fragments: list[str] = []
        self._names = 0
        root = self._schema.query_type
        assert root is not None
        body = self._selection(root, depth=self._random.choice((1, 2, 2, 3, 3, 4)), most=3)
        return " ".join([f"query {body}", *self._fragments])

    def _new(self, letter: str) -> str:
        self._names += 1
        return f"{letter}{self._names}"

    def _selection(self, type_: Any, depth: int, most: int = 6, apart: frozenset[str] = frozenset()) -> str:
        if is_abstract_type(type_):
            return self._of_abstract(type_, depth)
        usable = [name for name, field in type_.fields.items() if depth > 0 or is_leaf_type(get_named_type(field.type))]
        usable = [name for name in usable if name not in self._leave_out]
        chosen = self._random.sample(usable, min(len(usable), self._random.randint(1, most))) if usable else []
        parts = [self._dressed(self._field(name, type_.fields[name], depth, name in apart), type_) for name in chosen]
        if not parts or self._random.random() < 0.1:
            parts.insert(self._random.randint(0, len(parts)), "__typename")
        return f"{{ {' '.join(parts)} }}"

    def _of_abstract(self, type_: Any, depth: int) -> str:
        parts = ["__typename"]
        possible_types = self._schema.get_possible_types(type_)
        apart = _unlike(possible_types)
        for possible in possible_types:
            if self._random.random() < 0.8:
                parts.append(f"... on {possible.name} {self._selection(possible, depth, apart=apart)}")
        return f"{{ {' '.join(parts)} }}"

    def _dressed(self, text: str, type_: GraphQLObjectType) -> str:
        """Now and then a condition, a fragment, or the same once more."""
        chance = self._random.random()
        if chance < 0.06:
            return f"... on {type_.name} {{ {text} }}"
        if chance < 0.10:
            name = self._new("F")
            self._fragments.append(f"fragment {name} on {type_.name} {{ {text} }}")
            return f"...{name}" + (f" ...{name}" if chance < 0.07 else "")
        if chance < 0.14:
            condition = self._random.choice(("@skip(if: true)", "@skip(if: false)", "@include(if: true)"))
            return f"... {condition} {{ {text} }}"
        return text

    def _field(self, name: str, field: GraphQLField, depth: int, apart: bool) -> str:
        named = get_named_type(field.type)
        given = [
            f"{argument}: {self._literal(definition.type, argument)}"
            for argument, definition in field.args.items()
            if self._is_given(definition)
        ]
        arguments = f"({', '.join(given)})" if given else ""
        # Different arguments under one key would clash: whatever has arguments is named apart.
        alias = f"{self._new('k')}: " if given or self._random.random() < 0.1 or apart else ""
        below = "" if is_leaf_type(named) else f" {self._selection(named, depth - 1)}"
        return f"{alias}{name}{arguments}{below}"

    def _is_given(self, definition: GraphQLArgument) -> bool:
        return is_required_argument(definition) or self._random.random() < 0.5

    def _literal(self, type_: Any, name: str) -> str:
        if isinstance(type_, GraphQLNonNull):
            return self._present(type_.of_type, name)
        return "null" if self._random.random() < 0.15 else self._present(type_, name)

    def _present(self, type_: Any, name: str) -> str:
        if isinstance(type_, GraphQLList):
            return f"[{', '.join(self._literal(type_.of_type, name) for _ in range(self._random.randint(0, 2)))}]"
        if isinstance(type_, GraphQLEnumType):
            return self._random.choice([*type_.values])
        if isinstance(type_, GraphQLInputObjectType):
            fields = [
                f"{key}: {self._literal(field.type, key)}"
                for key, field in type_.fields.items()
                if isinstance(field.type, GraphQLNonNull) or self._random.random() < 0.3
            ]
            return f"{{{', '.join(fields)}}}"
        make = self._values.get(name) or self._values[type_.name]
        return orjson.dumps(make(self._random)).decode()


def _unlike(types: Sequence[GraphQLObjectType]) -> frozenset[str]:
    """Fields that these types have in common and that are of different types: under one key they would clash."""
    kinds: dict[str, set[str]] = {}
    for type_ in types:
        for name, field in type_.fields.items():
            kinds.setdefault(name, set()).add(str(field.type))
    return frozenset(name for name, found in kinds.items() if len(found) > 1)
