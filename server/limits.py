"""How much one operation may ask for: measured once per document, priced once per request.

Everything is counted as it would be executed, fragments included wherever they are spread. Each fragment is measured
once, so that the work is linear in the document and not in what it stands for: twenty fragments that spread each
other twice stand for a million fields and are turned away after twenty steps.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLField,
    GraphQLInterfaceType,
    GraphQLNamedType,
    GraphQLObjectType,
    GraphQLSchema,
    InlineFragmentNode,
    IntValueNode,
    ListValueNode,
    OperationDefinitionNode,
    OperationType,
    SelectionSetNode,
    get_named_type,
    introspection_types,
)

from server.prices import (
    DEFAULT_SIZE,
    DESCRIPTION_SHARE,
    DESCRIPTION_SIZES,
    MUTATION_COST,
    SATURATED,
    SIZES,
    Price,
    Variables,
    is_list,
    list_length,
    page_size,
)
from server.reading import breathe
from server.refusing import RequestRefused


@dataclass(frozen=True)
class Limits:
    """The most of each; an operation beyond one of them is refused with TOO_COMPLEX before it is looked at further."""

    # Characters.
    length: int = 20_000
    # Comments are counted too: they are kept like any other token.
    tokens: int = 1000
    # Of any bracket within another, arguments included.
    nesting: int = 50
    operations: int = 10
    depth: int = 15
    fields: int = 500
    aliases: int = 30
    roots: int = 20
    directives: int = 30
    directives_of_one: int = 4
    # Times one name may stand in one selection.
    repeats: int = 10
    # Objects of the schema's description of itself: one standard introspection query.
    description: int = 60_000
    # Objects, and MUTATION_COST for each mutation.
    cost: int = 5000

    # Steps of comparing fields of one name with each other, as the validator counts them.
    comparisons: int = 5_000

    def check(self, name: str, found: int) -> None:
        """Refuses `found` of what `name` limits when it is too much."""
        if found > getattr(self, name):
            raise self.refusal(name)

    def refusal(self, name: str) -> RequestRefused:
        """That there is too much of what `name` limits."""
        extensions = {"limit": name, "most": getattr(self, name)}
        return RequestRefused(400, "TOO_COMPLEX", "查询过于复杂，请减少内容后再试", extensions=extensions)


@dataclass
class Share:
    """What one selection stands for, everything beneath it included."""

    depth: int = 0
    fields: int = 0
    aliases: int = 0
    directives: int = 0
    description: int = 0
    price: Price = field(default_factory=Price)
    # What costs this once for every row of the page that the field around it finds: `nodes`, `items`.
    paged: Price = field(default_factory=Price)

    def add(self, other: Share) -> None:
        """Adds what stands at the same level: an inline fragment, a spread one."""
        self.count(other)
        self.depth = max(self.depth, other.depth)
        self.description = min(self.description + other.description, SATURATED)
        self.price.add(other.price)
        self.paged.add(other.paged)

    def count(self, other: Share) -> None:
        for name in ("fields", "aliases", "directives"):
            setattr(self, name, min(getattr(self, name) + getattr(other, name), SATURATED))


@dataclass(frozen=True)
class Measured:
    """One operation within the limits: its price for given variables, and the root fields it calls, each as often."""

    limits: Limits
    price: Price
    roots: tuple[str, ...]
    defaults: Variables

    def cost(self, variables: Variables) -> int:
        """Points, as this module counts them; TOO_COMPLEX when they are more than one operation may cost."""
        found = self.price.of({**self.defaults, **variables}) if self.price.scaled else self.price.fixed
        self.limits.check("cost", found)
        return found


def measure(schema: GraphQLSchema, document: DocumentNode, limits: Limits) -> dict[str, Measured]:
    """Every operation of a document by its name, "" for none. The document need not be valid yet."""
    operations = [node for node in document.definitions if isinstance(node, OperationDefinitionNode)]
    limits.check("operations", len(operations))
    walk = _Walk(schema, document, limits)
    measured = {node.name.value if node.name else "": walk.operation(node) for node in operations}
    for name in walk.fragments:  # those that nobody spreads are validated too
        walk.spread(name, 1)
    return measured


class _Walk:
    """One pass over a document."""

    def __init__(self, schema: GraphQLSchema, document: DocumentNode, limits: Limits) -> None:
        self.schema, self.limits = schema, limits
        nodes = [node for node in document.definitions if isinstance(node, FragmentDefinitionNode)]
        self.fragments = {node.name.value: node for node in nodes}
        self.known: dict[str, Share] = {}
        self.open: set[str] = set()

    def operation(self, node: OperationDefinitionNode) -> Measured:
        share = self.selections(node.selection_set, self.schema.get_root_type(node.operation), 0)
        share.directives += sum(map(self.directives, (node, *(node.variable_definitions or ()))))
        self.check(share)
        roots = self.roots(node.selection_set, set())
        self.limits.check("roots", len(roots))
        price = Price(share.description // DESCRIPTION_SHARE)
        price.add(share.price)
        price.add(share.paged, DEFAULT_SIZE)
        if node.operation is OperationType.MUTATION:
            price.fixed += MUTATION_COST * len(roots)
        # What no variable makes cheaper need not be validated first.
        self.limits.check("cost", price.fixed)
        return Measured(self.limits, price, tuple(roots), _defaults(node))

    def check(self, share: Share) -> None:
        for name in ("depth", "fields", "aliases", "directives", "description"):
            self.limits.check(name, getattr(share, name))

    def directives(self, node: Any) -> int:
        found = len(node.directives or ())
        self.limits.check("directives_of_one", found)
        return found

    def roots(self, selected: SelectionSetNode, seen: set[str]) -> list[str]:
        """A fragment spread a second time calls nothing more: its fields have the same names."""
        found: list[str] = []
        for node in selected.selections:
            if isinstance(node, FieldNode):
                found.append(node.name.value)
            elif isinstance(node, InlineFragmentNode):
                found += self.roots(node.selection_set, seen)
            elif isinstance(node, FragmentSpreadNode) and node.name.value not in seen:
                seen.add(node.name.value)
                if fragment := self.fragments.get(node.name.value):
                    found += self.roots(fragment.selection_set, seen)
        return found

    def selections(self, selected: SelectionSetNode, parent: GraphQLNamedType | None, level: int) -> Share:
        """What a selection set on a type stands for; the type is None where there is no such type."""
        breathe()
        self.limits.check("nesting", level)
        self.check_repeats(selected)
        share = Share()
        for node in selected.selections:
            share.directives += self.directives(node)
            if isinstance(node, FieldNode):
                self.field(share, node, parent, level)
            elif isinstance(node, FragmentSpreadNode):
                share.add(self.spread(node.name.value, level + 1))
            elif isinstance(node, InlineFragmentNode):
                condition = node.type_condition
                inner = self.schema.get_type(condition.name.value) if condition else parent
                share.add(self.selections(node.selection_set, inner, level + 1))
        return share

    def check_repeats(self, selected: SelectionSetNode) -> None:
        """Bounds what the rule on fields of one name must compare with each other."""
        chosen = (node for node in selected.selections if isinstance(node, FieldNode))
        names = Counter((node.alias or node.name).value for node in chosen)
        self.limits.check("repeats", max(names.values(), default=0))

    def spread(self, name: str, level: int) -> Share:
        if name in self.known:
            return self.known[name]
        if name in self.open or name not in self.fragments:
            return Share()  # a cycle, or unknown: validation says so
        self.open.add(name)
        node = self.fragments[name]
        share = self.selections(node.selection_set, self.schema.get_type(node.type_condition.name.value), level)
        share.directives += self.directives(node)
        self.open.discard(name)
        self.check(share)
        self.known[name] = share
        return share

    def field(self, share: Share, node: FieldNode, parent: GraphQLNamedType | None, level: int) -> None:
        share.fields += 1
        share.aliases += node.alias is not None
        share.depth = max(share.depth, 1)
        if node.selection_set is None:
            return
        definition = self.definition(parent, node.name.value)
        named = get_named_type(definition.type) if definition else None
        inner = self.selections(node.selection_set, named, level + 1)
        share.count(inner)
        share.depth = max(share.depth, inner.depth + 1)
        if named is not None and named.name in introspection_types:
            times = DESCRIPTION_SIZES.get(_place(parent, node), 1)
            share.description = min(share.description + times * (1 + inner.description), SATURATED)
        elif definition is None:
            share.description = min(share.description + inner.description, SATURATED)
        else:
            self.price(share, inner, definition, node, parent)

    def price(
        self, share: Share, inner: Share, definition: GraphQLField, node: FieldNode, parent: GraphQLNamedType | None
    ) -> None:
        """Adds what the objects of a field cost."""
        page = page_size(definition, node)
        content = Price(1)
        content.add(inner.price)
        content.add(inner.paged, DEFAULT_SIZE if page is None else page)
        if not is_list(definition.type):
            share.price.add(content)
        elif (size := page or SIZES.get(_place(parent, node)) or list_length(definition, node)) is not None:
            share.price.add(content, size)
        else:
            share.paged.add(content)

    def definition(self, parent: GraphQLNamedType | None, name: str) -> GraphQLField | None:
        if not isinstance(parent, GraphQLObjectType | GraphQLInterfaceType):
            return None
        return self.schema.get_field(parent, name)


def _place(parent: GraphQLNamedType | None, node: FieldNode) -> str:
    return f"{parent.name if parent else ''}.{node.name.value}"


def _defaults(node: OperationDefinitionNode) -> dict[str, Any]:
    """The values that sizes have where the request gives none."""
    found: dict[str, Any] = {}
    for variable in node.variable_definitions or ():
        if isinstance(variable.default_value, IntValueNode):
            found[variable.variable.name.value] = int(variable.default_value.value)
        elif isinstance(variable.default_value, ListValueNode):
            found[variable.variable.name.value] = list(variable.default_value.values)
    return found
