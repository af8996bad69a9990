"""Fields with a resolver, called as Strawberry calls them, but with everything about the field found out beforehand.

Strawberry finds the field's arguments, their types and names, and the order of its extensions anew for every call.
`resolver_of` answers a function of the same signature and the same results; wherever a field asks for more than it
knows, that is the schema's own.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial, reduce
from inspect import isawaitable
from typing import Any

from graphql import FieldNode, GraphQLField, GraphQLResolveInfo, GraphQLSchema, VariableNode, is_non_null_type
from graphql.execution.values import VariableValues, coerce_argument, get_argument_values
from strawberry.extensions import FieldExtension
from strawberry.extensions.field_extension import build_field_extension_resolvers
from strawberry.schema import schema_converter
from strawberry.types.field import StrawberryField

from compiled.inputs import Convert, converter

Resolve = Callable[..., Any]


# ------------------------------------------------------------------------------------------------ resolvers
def resolver_of(schema: GraphQLSchema, field: StrawberryField, definition: GraphQLField) -> Resolve:
    """`(source, info, **arguments)`, the arguments coerced and under their names in GraphQL."""
    own = definition.resolve
    assert own is not None
    quick = _Call.of(schema, field, definition) if _is_strawberrys(own) else None
    if quick is None:
        return own
    return quick.later if field.is_async else quick.now


def _is_strawberrys(resolve: Resolve) -> bool:
    """Whether nobody has put anything around what Strawberry made of the field."""
    made_in = getattr(resolve, "__module__", None), getattr(resolve, "__qualname__", "").partition(".<locals>")[0]
    return made_in == (schema_converter.__name__, "GraphQLCoreConverter.from_resolver")


@dataclass(frozen=True)
class _Call:
    """What is known of a field before it is called."""

    field: StrawberryField
    resolver: Callable[..., Any]
    info_class: Callable[..., Any]
    # An argument by its name in GraphQL: its name in Python, and what makes its value.
    arguments: Mapping[str, tuple[str, Convert]]
    # Under which names the resolver wants its source and its info, and whether the source goes first without a name.
    takes_self: bool
    source_names: tuple[str, ...]
    info_name: str | None
    # From the innermost to the outermost.
    extensions: tuple[Callable[..., Any], ...]

    @classmethod
    def of(cls, schema: GraphQLSchema, field: StrawberryField, definition: GraphQLField) -> _Call | None:
        """None for a field that needs what only Strawberry does."""
        strawberrys = getattr(schema, "_strawberry_schema", None)
        resolver = field.base_resolver
        if strawberrys is None or resolver is None or strawberrys.schema_converter._exception_handler_specs:
            return None
        arguments = _arguments(strawberrys, field, definition)
        changed = type(field).get_result is not StrawberryField.get_result
        if arguments is None or changed or any(_maps_arguments(each) for each in field.extensions):
            return None
        sources = [resolver.parent_parameter, resolver.root_parameter]
        return cls(
            field,
            resolver,
            strawberrys.config.info_class,
            arguments,
            resolver.self_parameter is not None,
            tuple(each.name for each in sources if each is not None),
            resolver.info_parameter.name if resolver.info_parameter else None,
            tuple(build_field_extension_resolvers(field)),
        )

    def now(self, source: Any, raw: GraphQLResolveInfo[Any], **given: Any) -> Any:
        info = self.info_class(_raw_info=raw, _field=self.field)
        named: dict[str, Any] = {}
        for name, value in given.items():
            python_name, convert = self.arguments[name]
            named[python_name] = convert(value)
        for name in self.source_names:
            named[name] = source
        first = (source,) if self.takes_self else ()
        if not self.extensions:
            if self.info_name is not None:
                named[self.info_name] = info
            return self.resolver(*first, **named)
        return self._extended(source, info, first, named)

    async def later(self, source: Any, raw: GraphQLResolveInfo[Any], **given: Any) -> Any:
        found = self.now(source, raw, **given)
        return await found if isawaitable(found) else found

    def _extended(self, source: Any, info: Any, first: tuple[Any, ...], named: dict[str, Any]) -> Any:
        # As Strawberry does: extensions see an info of another name among the arguments, and may hand on another info.
        wants_info = self.info_name == "info"
        if self.info_name is not None and not wants_info:
            named[self.info_name] = info

        def innermost(_source: Any, info: Any, **named: Any) -> Any:
            if wants_info:
                named["info"] = info
            return self.resolver(*first, **named)

        return reduce(_around, self.extensions, innermost)(source, info, **named)


def _around(inner: Callable[..., Any], extension: Callable[..., Any]) -> Callable[..., Any]:
    return partial(extension, inner)


def _arguments(
    strawberrys: Any, field: StrawberryField, definition: GraphQLField
) -> dict[str, tuple[str, Convert]] | None:
    """None where Strawberry has to convert one of them."""
    found: dict[str, tuple[str, Convert]] = {}
    for argument in field.arguments:
        name = strawberrys.config.name_converter.from_argument(argument)
        if name not in definition.args or definition.args[name].out_name not in (None, name):
            return None
        convert = converter(argument.type, definition.args[name].type)
        if convert is None:
            return None
        found[name] = argument.python_name, convert
    return found


def _maps_arguments(extension: FieldExtension) -> bool:
    return type(extension).map_arguments is not FieldExtension.map_arguments


# ------------------------------------------------------------------------------------------------ arguments
@dataclass(frozen=True)
class Arguments:
    """The coerced arguments of one field node; those that are whole variables are taken from the variables."""

    definition: GraphQLField
    node: FieldNode
    # What no variable decides.
    constant: Mapping[str, Any]
    # The argument's name in the result, the variable's, and whether null will not do.
    variables: tuple[tuple[str, str, bool], ...]
    # Some variable stands within a literal: graphql-core puts it together for every run.
    mixed: bool

    @classmethod
    def of(cls, definition: GraphQLField, node: FieldNode, known: VariableValues) -> Arguments:
        given = {argument.name.value: argument for argument in node.arguments or ()}
        constant: dict[str, Any] = {}
        variables: list[tuple[str, str, bool]] = []
        mixed = False
        for name, argument in definition.args.items():
            value = given[name].value if name in given else None
            if isinstance(value, VariableNode):
                variables.append((argument.out_name or name, value.name.value, is_non_null_type(argument.type)))
            elif value is not None and names_variable(value):
                mixed = True
            else:
                coerce_argument(constant, node, name, argument, given.get(name), known, None)
        return cls(definition, node, constant, tuple(variables), mixed)

    def values(self, variables: VariableValues) -> Mapping[str, Any]:
        if self.mixed:
            return get_argument_values(self.definition, self.node, variables)
        if not self.variables:
            return self.constant
        made, coerced = dict(self.constant), variables.coerced
        for name, variable, required in self.variables:
            value = coerced.get(variable)
            if variable not in coerced or (required and value is None):
                return get_argument_values(self.definition, self.node, variables)
            made[name] = value
        return made


def names_variable(value: Any) -> bool:
    """Whether a variable stands anywhere in a literal."""
    if value.kind == "variable":
        return True
    inner = [*(getattr(value, "values", None) or ()), *(each.value for each in getattr(value, "fields", None) or ())]
    return any(names_variable(each) for each in inner)
