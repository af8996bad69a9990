"""A small schema with everything odd in it: nulls where none may be, failing resolvers, values of the wrong class."""

from __future__ import annotations

import enum
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from typing import Annotated, Any

import strawberry
from graphql import GraphQLError, GraphQLObjectType
from strawberry.types.base import StrawberryObjectDefinition

from compiled.declared import DECLARED, Asked, Derived, Looked, Row

BOOKS: list[dict[str, Any]] = [
    {"id": 1, "title": "苹果志", "pages": 120, "price": 9.5, "kind": "FRUIT", "author_id": 1, "tags": ["a", "b"]},
    {"id": 2, "title": 'quote " and \\', "pages": 2**31, "price": 1.0, "kind": "FRUIT", "author_id": 2, "tags": []},
    {"id": 3, "title": None, "pages": 3, "price": float("nan"), "kind": "HERB", "author_id": 9, "tags": ["x", None]},
    {"id": 4, "title": "天麻", "pages": None, "price": 3, "kind": "NONE", "author_id": None, "tags": None},
    {"id": 5, "title": 5, "pages": "7", "price": True, "kind": "HERB", "author_id": 1, "tags": ("t",)},
    {"id": 6, "title": "花椒", "pages": 60, "price": 6.25, "kind": "HERB", "author_id": 2, "tags": ["y"]},
]
AUTHORS = {1: {"id": 1, "name": "赵小苹", "city": "昭阳"}, 2: {"id": 2, "name": None, "city": "镇雄"}}
GOOD = (1, 6)


@dataclass(frozen=True)
class Table:
    """A relation over the rows above; `along` when the parent may carry the row already."""

    key: str
    many: bool
    along: bool = False

    def columns(self, asked: Asked) -> Any:
        return len(asked.nodes)

    async def read(self, context: Any, keys: list[Any], columns: Any) -> Mapping[Any, Any]:
        assert len(keys) == len(set(keys)), "every key once"
        context["reads"] = context.get("reads", 0) + 1
        if self.many:
            return {key: [book for book in BOOKS if book["author_id"] == key] for key in keys}
        return {key: AUTHORS[key] for key in keys if key in AUTHORS}

    def mark(self, name: str) -> str | None:
        return f"{name}.id" if self.along else None


def _related(table: Table, description: str = "") -> Any:
    async def resolve(root: Any, info: strawberry.Info) -> Any:
        definition: GraphQLObjectType = info._raw_info.schema.type_map["Book" if table.many else "Author"]
        origin = definition.extensions["strawberry-definition"]
        assert isinstance(origin, StrawberryObjectDefinition)
        if table.along and f"{info.python_name}.id" in vars(root):
            return origin.origin.of(_along(vars(root), info.python_name)) if vars(root)["author.id"] else None
        key = getattr(root, table.key)
        found = (await table.read({}, [key], None)).get(key) if key is not None else None
        if table.many:
            return [origin.origin.of(row) for row in found or ()]
        return None if found is None else origin.origin.of(found)

    return strawberry.field(resolver=resolve, metadata={DECLARED: table}, description=description)


def _along(row: Mapping[str, Any], name: str) -> dict[str, Any]:
    return {key.removeprefix(f"{name}."): value for key, value in row.items() if key.startswith(f"{name}.")}


@strawberry.enum
class Kind(enum.Enum):
    FRUIT = "FRUIT"
    HERB = "HERB"


@strawberry.interface
class Named:
    id: int


@strawberry.type
class Author(Row):
    id: int
    name: str
    city: str | None
    books: list[Annotated[Book, strawberry.lazy(__name__)]] = _related(Table("id", many=True))


def _city(other: Mapping[str, Any] | None, parent: Mapping[str, Any], beside: str, prefix: str) -> Any:
    return None if other is None else other[beside + "city"]


@strawberry.type
class Book(Row):
    id: int
    title: str | None
    pages: int | None
    price: float | None
    kind: Kind | None
    tags: list[str] | None
    strict: str = strawberry.field(
        resolver=lambda root: root.title, metadata={DECLARED: Derived(lambda title: title, ("title",))}
    )
    author: Author | None = _related(Table("author_id", many=False))
    sure_author: Author = _related(Table("author_id", many=False))

    @strawberry.field(metadata={DECLARED: Looked(Table("author_id", many=False), _city)})
    async def author_city(self) -> str | None:
        row = AUTHORS.get(self.__dict__["author_id"])
        return None if row is None else str(row["city"])

    @strawberry.field
    async def slow(self, times: int = 1) -> str:
        if self.id == 3:
            raise GraphQLError("no slow third", extensions={"code": "THIRD"})
        return "s" * times

    @strawberry.field
    def fast(self, info: strawberry.Info) -> int | None:
        return None if self.id == 4 else self.id * info.context.get("factor", 1)


@strawberry.type
class Shop(Named):
    id: int
    name: str
    books: list[Book]
    maybe: list[Book | None] | None


@strawberry.type
class Stall(Named):
    id: int
    place: str


@strawberry.type
class Other:
    ok: bool = True


Found = Annotated[Shop | Stall | Other, strawberry.union("Found")]


def _books(ids: tuple[int, ...]) -> list[Book]:
    return [Book.of(row) for row in BOOKS if row["id"] in ids]


def toy_shop() -> Shop:
    good = _books(GOOD)
    return Shop(id=7, name="店", books=good, maybe=[good[0], None])


@strawberry.type
class Query:
    @strawberry.field
    def version(self) -> str:
        return "1"

    @strawberry.field
    async def books(self, ids: list[int] | None = None) -> list[Book]:
        return _books(tuple(ids) if ids is not None else GOOD)

    @strawberry.field
    def book(self, id: int) -> Book | None:
        return next(iter(_books((id,))), None)

    @strawberry.field
    async def sure(self, id: int = 1) -> Book:
        return next(iter(_books((id,))), None)  # type: ignore[return-value]

    @strawberry.field
    async def along(self) -> list[Book]:
        rows = [row | {f"author.{name}": value for name, value in _author_of(row).items()} for row in BOOKS]
        return [Book.of(row) for row in rows if row["id"] in (1, 4, 6)]

    @strawberry.field
    async def author(self, id: int) -> Author | None:
        return Author.of(AUTHORS[id]) if id in AUTHORS else None

    @strawberry.field
    async def shop(self) -> Shop:
        return toy_shop()

    @strawberry.field
    async def found(self) -> list[Found]:
        return [toy_shop(), Stall(id=8, place="昭阳"), Other(), Stall(id=9, place="镇雄")]

    @strawberry.field
    async def named(self) -> list[Named]:
        return [Stall(id=8, place="昭阳"), toy_shop()]

    @strawberry.field
    def fails(self) -> str | None:
        raise ValueError("secret")

    @strawberry.field
    async def fails_late(self) -> str:
        raise GraphQLError("late")


def _author_of(row: Mapping[str, Any]) -> dict[str, Any]:
    return AUTHORS.get(row["author_id"], {"id": None, "name": None, "city": None})


@strawberry.type
class Mutation:
    @strawberry.mutation
    async def count(self, info: strawberry.Info, by: int = 1) -> Shop:
        info.context["count"] = info.context.get("count", 0) + by
        return toy_shop()

    @strawberry.mutation
    async def break_after(self, info: strawberry.Info) -> Book:
        info.context["count"] = info.context.get("count", 0) + 1
        return _books((3,))[0]


@strawberry.type
class Subscription:
    @strawberry.subscription
    async def news(self) -> AsyncIterator[Shop]:
        yield toy_shop()


schema = strawberry.Schema(Query, Mutation, Subscription, types=[Stall])
