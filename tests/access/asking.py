"""The smallest valid operation for a field, made from the schema; and the class of its answer."""

from __future__ import annotations

from typing import Any

import orjson
from graphql import (
    GraphQLArgument,
    GraphQLEnumType,
    GraphQLField,
    GraphQLInputField,
    GraphQLInputObjectType,
    GraphQLInterfaceType,
    GraphQLList,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLUnionType,
    get_named_type,
    is_required_argument,
    is_required_input_field,
)

from tests.access.world import Access

PLAIN: dict[str, Any] = {"Int": 1, "Fen": 100, "Float": 1.0, "Boolean": True, "String": "12345678", "ID": "1"}
CLASSES = ("UNAUTHENTICATED", "FORBIDDEN", "NOT_FOUND")
# Under which of a page's fields its rows are.
ROWS = ("items", "nodes")
NOWHERE = "00000000-0000-7000-8000-000000000000"


class Enum(str):
    """A value that is written without quotes."""


def document(kind: str, name: str, field: GraphQLField, access: Access, selection: str | None = None) -> str:
    """One operation that asks for the field alone, of what the world has."""
    given = {key: _argument(name, key, argument, access) for key, argument in field.args.items()}
    told = ", ".join(f"{key}: {literal(value)}" for key, value in given.items() if value is not None)
    arguments = f"({told})" if told else ""
    return f"{kind} {{ {name}{arguments} {selection or _selection(field)} }}"


def _argument(field: str, name: str, argument: GraphQLArgument, access: Access) -> Any:
    if name in ("id", "partnerId"):
        return access.of_field.get(field, NOWHERE if is_required_argument(argument) else None)
    return _value(name, argument.type, access) if is_required_argument(argument) else None


def _value(name: str, type_: Any, access: Access) -> Any:
    if name in access.named:
        return access.named[name]
    if isinstance(type_, GraphQLNonNull):
        return _value(name, type_.of_type, access)
    if isinstance(type_, GraphQLList):
        return [_value(name, type_.of_type, access)]
    if isinstance(type_, GraphQLEnumType):
        return Enum(next(iter(type_.values)))
    if isinstance(type_, GraphQLInputObjectType):
        return {key: _value(key, each.type, access) for key, each in type_.fields.items() if _needed(each)}
    return PLAIN[type_.name]


def _needed(field: GraphQLInputField) -> bool:
    return is_required_input_field(field)


def literal(value: Any) -> str:
    if isinstance(value, Enum):
        return str(value)
    if isinstance(value, list):
        return f"[{', '.join(literal(each) for each in value)}]"
    if isinstance(value, dict):
        return f"{{{', '.join(f'{key}: {literal(each)}' for key, each in value.items())}}}"
    return orjson.dumps(value).decode()


def _selection(field: GraphQLField) -> str:
    named = get_named_type(field.type)
    if isinstance(named, GraphQLUnionType):
        return "{ __typename ... on Refused { code } }"
    if isinstance(named, GraphQLObjectType | GraphQLInterfaceType):
        rows = next((f" {name} {{ __typename }}" for name in ROWS if name in named.fields), "")
        return "{ __typename problem { code } }" if "problem" in named.fields else f"{{ __typename{rows} }}"
    return ""


def class_of(reply: dict[str, Any]) -> str:
    """`allowed`, `empty`, `null`, `not there`, or the code of a refusal that tells who may do what."""
    if errors := reply.get("errors"):
        if "Cannot query field" in errors[0]["message"]:
            return "not there"
        return str(errors[0]["extensions"]["code"])
    (value,) = reply["data"].values()
    if value is None:
        return "null"
    if value == [] or (isinstance(value, dict) and [] in value.values()):
        return "empty"
    rows = value if isinstance(value, list) else [value]
    codes = {_code(row) for row in rows if isinstance(row, dict)}
    return next((code for code in CLASSES if code in codes), "allowed")


def _code(row: dict[str, Any]) -> str | None:
    return row.get("code") or (row.get("problem") or {}).get("code")
