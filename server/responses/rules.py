"""What a document may be kept for: worked out once from its selections and the schema, never written by hand."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from inspect import iscoroutinefunction
from typing import Any, cast
from uuid import UUID

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLField,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLSchema,
    InlineFragmentNode,
    OperationDefinitionNode,
    OperationType,
    SelectionSetNode,
    StringValueNode,
    ValueNode,
    VariableDefinitionNode,
    VariableNode,
    get_named_type,
    is_abstract_type,
    is_leaf_type,
    is_object_type,
)

from schema.keeping import ANYTHING, EVERYTHING, FIELDS, SINGLES, TYPES, Keep, keep_of


@dataclass(frozen=True)
class Rule:
    """How long the answers of an operation may be kept, in seconds, and what they show."""

    seconds: float
    stale: float
    tags: frozenset[str]
    # Things with pages of their own that it shows: the type, and the argument that says which.
    singles: tuple[tuple[str, ValueNode], ...]
    variables: tuple[VariableDefinitionNode, ...]

    def tags_for(self, values: Mapping[str, Any]) -> frozenset[str]:
        """The tags of an answer to these coerced variables."""
        named = {_single(kind, argument, values) for kind, argument in self.singles}
        return self.tags | named | {EVERYTHING}


def _single(kind: str, argument: ValueNode, values: Mapping[str, Any]) -> str:
    value = values.get(argument.name.value) if isinstance(argument, VariableNode) else None
    if isinstance(argument, StringValueNode):
        value = argument.value
    try:
        return f"{kind}:{value if isinstance(value, UUID) else UUID(str(value))}"
    except ValueError:
        return ANYTHING


def rule_of(schema: GraphQLSchema, document: DocumentNode, operation: OperationDefinitionNode) -> Rule | None:
    """The rule of a validated operation; None when some part of its answer may not be kept.

    @skip and @include are not looked at: a field that may be there counts as if it were.
    """
    if operation.operation is not OperationType.QUERY or schema.query_type is None:
        return None
    fragments = {node.name.value: node for node in document.definitions if isinstance(node, FragmentDefinitionNode)}
    walk = _Walk(schema, fragments)
    keeps: list[Keep] = []
    for node in walk.fields(schema.query_type, operation.selection_set):
        if node.name.value == "__typename":
            continue
        field = schema.query_type.fields.get(node.name.value)
        keep = keep_of(field.extensions["strawberry-definition"]) if field else None
        if field is None or keep is None:
            return None
        keeps.append(keep)
        walk.root(field, node)
    if not keeps:
        return None
    seconds, stale = min(keep.seconds for keep in keeps), min(keep.stale for keep in keeps)
    variables = tuple(operation.variable_definitions or ())
    return Rule(seconds, stale, frozenset(walk.tags), tuple(walk.singles), variables)


class _Walk:
    """Gathers what a document shows. `own` is the type of the single thing whose selection this is."""

    def __init__(self, schema: GraphQLSchema, fragments: Mapping[str, FragmentDefinitionNode]) -> None:
        self._schema = schema
        self._fragments = fragments
        self.tags: set[str] = set()
        self.singles: list[tuple[str, ValueNode]] = []
        # A selection set is walked once for each way it was reached, however often fragments lead to it.
        self._seen: set[tuple[int, str, str | None]] = set()

    def root(self, field: GraphQLField, node: FieldNode) -> None:
        """A field of Query. One that answers the thing of this `id` needs no tag of all such things."""
        named = get_named_type(field.type)
        own = named.name if named.name in SINGLES and _is_one(field) else None
        argument = next((each.value for each in node.arguments or () if each.name.value == "id"), None)
        if own is None or argument is None:
            self._type(field, node, None)
            return
        self.singles.append((own, argument))
        self._type(field, node, own)

    def _type(self, field: GraphQLField, node: FieldNode, own: str | None) -> None:
        named = get_named_type(field.type)
        if is_leaf_type(named) or node.selection_set is None:
            return
        if is_abstract_type(named):
            for each in self._schema.get_possible_types(named):
                self._object(each, node.selection_set, None)
            return
        self._object(cast(GraphQLObjectType, named), node.selection_set, own)

    def _object(self, type_: GraphQLObjectType, selected: SelectionSetNode, own: str | None) -> None:
        way = (id(selected), type_.name, own)
        if way in self._seen:
            return
        self._seen.add(way)
        self._show(TYPES.get(type_.name, (ANYTHING,)), own)
        for node in self.fields(type_, selected):
            if node.name.value == "__typename":
                continue
            field = type_.fields[node.name.value]
            self._show(_read_by(type_, node.name.value, field), own)
            self._type(field, node, self._owner(field, own))

    def _owner(self, field: GraphQLField, own: str | None) -> str | None:
        return own if own and get_named_type(field.type).name in SINGLES[own].parts else None

    def _show(self, tags: tuple[str, ...], own: str | None) -> None:
        covered = SINGLES[own].covers if own else frozenset()
        self.tags.update(tag for tag in tags if tag not in covered)

    def fields(self, type_: GraphQLObjectType, selected: SelectionSetNode) -> Iterator[FieldNode]:
        """The fields that may be asked of an object of this type; every fragment is opened once."""
        todo, opened = [selected], set[str]()
        while todo:
            for selection in todo.pop().selections:
                if isinstance(selection, FieldNode):
                    yield selection
                elif isinstance(selection, InlineFragmentNode):
                    on = selection.type_condition.name.value if selection.type_condition else None
                    if self._applies(type_, on):
                        todo.append(selection.selection_set)
                elif isinstance(selection, FragmentSpreadNode) and selection.name.value not in opened:
                    opened.add(selection.name.value)
                    fragment = self._fragments[selection.name.value]
                    if self._applies(type_, fragment.type_condition.name.value):
                        todo.append(fragment.selection_set)

    def _applies(self, type_: GraphQLObjectType, on: str | None) -> bool:
        condition = self._schema.get_type(on) if on else type_
        return condition is type_ or (is_abstract_type(condition) and self._schema.is_sub_type(condition, type_))


def _is_one(field: GraphQLField) -> bool:
    """Whether the field answers one object or none, not a list."""
    inner = field.type.of_type if isinstance(field.type, GraphQLNonNull) else field.type
    return is_object_type(inner)


def _read_by(type_: GraphQLObjectType, name: str, field: GraphQLField) -> tuple[str, ...]:
    """What a field reads besides the row it stands on and the objects below it."""
    if (type_.name, name) in FIELDS:
        return FIELDS[type_.name, name]
    return (ANYTHING,) if is_leaf_type(get_named_type(field.type)) and _reads(field) else ()


def _reads(field: GraphQLField) -> bool:
    """Whether a leaf may read rows: its resolver waits for something."""
    resolver = field.extensions["strawberry-definition"].base_resolver
    return resolver is not None and iscoroutinefunction(resolver.wrapped_func)
