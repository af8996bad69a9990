"""Documents that cost little to send and much to answer, and the limit at which each has to end."""

from __future__ import annotations

from typing import Any

# Name, document, variables, and what refuses it: the name of a limit, or a code.
Probe = tuple[str, str, dict[str, Any], str]

NONE: dict[str, Any] = {}


def nested(field: str, levels: int, leaf: str = "id") -> str:
    return f"{field} {{ " * levels + leaf + " }" * levels


def doubling(levels: int, leaf: str) -> str:
    """Fragments that spread the next one twice: as many leaves as two to the power of the levels."""
    chain = [f"fragment F{n} on Query {{ ...F{n + 1} ...F{n + 1} }}" for n in range(levels)]
    return "{ ...F0 } " + " ".join(chain) + f" fragment F{levels} on Query {{ {leaf} }}"


def branching(levels: int) -> str:
    """Each fragment holds two fields of different names with the next one within."""
    chain = [
        f"fragment F{n} on Region {{ a{n}: parent {{ ...F{n + 1} }} b{n}: parent {{ ...F{n + 1} }} }}"
        for n in range(levels)
    ]
    return "{ regions { ...F0 } } " + " ".join(chain) + f" fragment F{levels} on Region {{ code }}"


def repeated(count: int) -> str:
    return " ".join(["id"] * count)


def aliased(count: int, field: str) -> str:
    return " ".join(f"a{n}: {field}" for n in range(count))


def pairs_across_fragments(count: int, fields: int) -> str:
    """As many fragments side by side, all of whose fields have one name."""
    spreads = " ".join(f"...F{n}" for n in range(count))
    return f"{{ me {{ {spreads} }} }} " + " ".join(
        f"fragment F{n} on Member {{ {repeated(fields)} }}" for n in range(count)
    )


RELATED = "merchant { region { children { children { children { code } } } } }"
LISTS: list[Probe] = [
    (
        "a list in a list",
        "{ " + "brands(first: 100) { id } merchants(first: 100) { nodes { id } } " * 60 + "}",
        NONE,
        "tokens",
    ),
    ("children of children", "{ regions { " + nested("children", 5, "code") + " } }", NONE, "cost"),
    ("categories of categories", "{ categories { " + nested("children", 4) + " } }", NONE, "cost"),
    (
        "skus of products of skus",
        "{ seasonalProducts(first: 100) { skus { product { skus { product { skus { id } } } } } } }",
        NONE,
        "cost",
    ),
    (
        "a hundred by a variable",
        "query($n: Int!) { seasonalProducts(first: $n) { " + RELATED + " } }",
        {"n": 100},
        "cost",
    ),
    (
        "a hundred by a default",
        "query($n: Int! = 100) { seasonalProducts(first: $n) { " + RELATED + " } }",
        NONE,
        "cost",
    ),
    (
        "a page behind a fragment",
        "{ searchProducts(first: 100) { ...P } }"
        " fragment P on ProductSearch { nodes { skus { product { skus { id } } } } }",
        NONE,
        "cost",
    ),
    (
        "a page behind a number that is none",
        "query($n: Int!) { seasonalProducts(first: $n) { " + RELATED + " } }",
        {"n": 1e3},
        "BAD_USER_INPUT",
    ),
    ("a page of a million", "{ brands(first: 1000000) { id } }", NONE, "BAD_USER_INPUT"),
    (
        "a page of a million by a variable",
        "query($n: Int!) { brands(first: $n) { id } }",
        {"n": 10**6},
        "BAD_USER_INPUT",
    ),
    (
        "a page of a million by a default",
        "query($n: Int! = 1000000) { brands(first: $n) { id } }",
        NONE,
        "BAD_USER_INPUT",
    ),
    (
        "many lists side by side",
        "{ " + aliased(20, "seasonalProducts(first: 100) { id skus { id } }") + " }",
        NONE,
        "cost",
    ),
    (
        "skipped, but sent",
        "query($s: Boolean!) { regions { ... @skip(if: $s) { " + nested("children", 5, "code") + " } } }",
        {"s": True},
        "cost",
    ),
]


def repetitions() -> list[Probe]:
    return [
        ("31 aliases", "{ me { " + aliased(31, "id") + " } }", NONE, "aliases"),
        ("300 aliases", "{ me { " + aliased(300, "id") + " } }", NONE, "aliases"),
        (
            "aliases behind fragments",
            "{ me { ...A ...B } } fragment A on Member { "
            + aliased(20, "id")
            + " } fragment B on Member { "
            + " ".join(f"b{n}: id" for n in range(20))
            + " }",
            NONE,
            "aliases",
        ),
        (
            "21 root fields",
            "{ " + " ".join(["__typename"] * 10 + ["me { id }"] * 10 + ["cart { total }"]) + " }",
            NONE,
            "roots",
        ),
        ("10,000 root fields", "{ " + "me{id}" * 10_000 + " }", NONE, "length"),
        ("25 logins", "mutation { " + aliased(25, 'login(code: "x") { __typename }') + " }", NONE, "roots"),
        ("one field 900 times", "{ me { " + repeated(900) + " } }", NONE, "repeats"),
        ("one object 300 times", "{ " + "me { id } " * 240 + "}", NONE, "repeats"),
        (
            "one field 900 times in an unused fragment",
            "{ me { id } } fragment F on Member { " + repeated(900) + " }",
            NONE,
            "repeats",
        ),
        ("440 fields in pairs", "{ me { " + f"... {{ {repeated(10)} }} " * 44 + "} }", NONE, "comparisons"),
        ("pairs across fragments", pairs_across_fragments(44, 10), NONE, "comparisons"),
        ("600 fields", "{ me { " + f"... {{ {repeated(10)} }} " * 60 + "} }", NONE, "fields"),
    ]


def directives() -> list[Probe]:
    return [
        ("a directive 900 times", "{ me " + "@a" * 450 + " { id } }", NONE, "directives"),
        ("five directives of one field", "{ me " + "@include(if: true) " * 5 + "{ id } }", NONE, "directives_of_one"),
        (
            "directives all over",
            "{ me { " + " ".join("... @include(if: true) { id }" for _ in range(31)) + " } }",
            NONE,
            "directives",
        ),
        (
            "directives of variables",
            "query(" + " ".join(f"$a{n}: Int @a @a" for n in range(40)) + ") { me { id } }",
            NONE,
            "directives",
        ),
        ("directives of the operation", "query " + "@a" * 60 + " { me { id } }", NONE, "directives"),
        ("directives behind fragments", doubling(10, "... @include(if: true) { __typename }"), NONE, "directives"),
    ]


def depths() -> list[Probe]:
    return [
        ("16 levels", "{ regions { " + nested("parent", 15, "code") + " } }", NONE, "depth"),
        ("49 levels", "{ regions { " + nested("parent", 47, "code") + " } }", NONE, "depth"),
        ("200 levels", "{ regions { " + nested("parent", 200, "code") + " } }", NONE, "nesting"),
        ("inline fragments 200 deep", "{ " + "... { " * 200 + "__typename" + " }" * 200 + " }", NONE, "nesting"),
        ("a list literal 200 deep", "{ brands(first: " + "[" * 200 + "]" * 200 + ") { id } }", NONE, "nesting"),
        (
            "an object literal 200 deep",
            "{ searchProducts(filter: " + "{a: " * 200 + "1" + "}" * 200 + ") { total } }",
            NONE,
            "nesting",
        ),
        ("a type 200 deep", "query($a: " + "[" * 200 + "Int" + "]" * 200 + ") { __typename }", NONE, "nesting"),
        (
            "fragments 100 deep",
            "{ ...F0 } "
            + " ".join(f"fragment F{n} on Query {{ ...F{n + 1} }}" for n in range(100))
            + " fragment F100 on Query { __typename }",
            NONE,
            "nesting",
        ),
    ]


def fragments() -> list[Probe]:
    return [
        ("a DAG of 12 levels", doubling(12, "__typename"), NONE, "fields"),
        ("a DAG of 30 levels", doubling(30, "__typename"), NONE, "fields"),
        ("a DAG of 48 levels", doubling(48, "me { id }"), NONE, "fields"),
        (
            "a DAG with sizes by a variable",
            "query($n: Int!) " + doubling(30, "brands(first: $n) { id }"),
            {"n": 1},
            "fields",
        ),
        ("branches of 8 levels", branching(8), NONE, "aliases"),
        ("branches of 12 levels", branching(12), NONE, "aliases"),
        ("a DAG of nothing", doubling(40, ""), NONE, "BAD_USER_INPUT"),
        (
            "a circle of 40",
            "{ ...F0 } " + " ".join(f"fragment F{n} on Query {{ ...F{(n + 1) % 40} }}" for n in range(40)),
            NONE,
            "BAD_USER_INPUT",
        ),
        (
            "everybody spreads everybody",
            "{ ...F0 } "
            + " ".join(
                f"fragment F{n} on Query {{ " + " ".join(f"...F{m}" for m in range(20)) + " }" for n in range(20)
            ),
            NONE,
            "BAD_USER_INPUT",
        ),
    ]


def floods() -> list[Probe]:
    return [
        ("11 operations", " ".join(f"query Q{n} {{ __typename }}" for n in range(11)), NONE, "operations"),
        ("199 operations", " ".join(f"query Q{n} {{ __typename }}" for n in range(199)), NONE, "operations"),
        ("100 KiB of letters", "{ " + "a" * 100_000 + " }", NONE, "length"),
        ("100 KiB of comments", "#\n" * 33_000 + "{ __typename } }", NONE, "length"),
        ("100 KiB of brackets", "{" * 100_000, NONE, "length"),
        ("20 KiB of letters", "{ " + "a" * 19_900 + " }", NONE, "BAD_USER_INPUT"),
        ("20 KiB of comments", "#\n" * 9_900 + "{ __typename } }", NONE, "tokens"),
        ("20 KiB of commas", "{" + "," * 19_900 + "__typename } }", NONE, "BAD_USER_INPUT"),
        ("20 KiB of brackets", "{" * 19_900, NONE, "tokens"),
        ("900 brackets", "{" * 900, NONE, "nesting"),
        ("20 KiB of a block string that has no end", '{ product(id: """' + '\\"""""a' * 2_800, NONE, "BAD_USER_INPUT"),
        ("20 KiB of a string that has no end", '{ product(id: "' + '\\"a' * 6_600, NONE, "BAD_USER_INPUT"),
        ("20 KiB of a block string", '{ product(id: """' + "a " * 9_900 + '""") { id } }', NONE, "BAD_USER_INPUT"),
        ("20 KiB of strings", "{ product(id: [" + '"", ' * 4_900 + "]) { id } }", NONE, "tokens"),
        ("20,000 digits", "{ brands(first: " + "1" * 19_900 + ") { id } }", NONE, "BAD_USER_INPUT"),
        ("300 unknown fields", "{ me { " + " ".join(f"secret{n}" for n in range(300)) + " } }", NONE, "BAD_USER_INPUT"),
        (
            "300 resembling fields",
            "{ me { " + " ".join(f"nicknam{n}" for n in range(300)) + " } }",
            NONE,
            "BAD_USER_INPUT",
        ),
        (
            "300 variables",
            "query(" + " ".join(f"$v{n}: Int" for n in range(240)) + ") { __typename }",
            NONE,
            "BAD_USER_INPUT",
        ),
        (
            "20,000 ids by a variable",
            "query($l: [WantedSku!]!) { checkoutPreview(lines: $l) { __typename } }",
            {"l": [1] * 45_000},
            "BAD_USER_INPUT",
        ),
    ]


def descriptions() -> list[Probe]:
    once = "__schema { types { fields { args { type { ofType { ofType { name } } } } } } }"
    types = "types { fields { type { fields { type { fields { name } } } } } }"
    possible = "types { possibleTypes { possibleTypes { possibleTypes { fields { args { name } } } } } }"
    return [
        ("the schema 19 times", "{ " + aliased(19, once) + " }", NONE, "description"),
        ("types of types of types", "{ __schema { " + types + " } }", NONE, "description"),
        ("possible types of possible types", "{ __schema { " + possible + " } }", NONE, "description"),
    ]


PROBES = [*LISTS, *repetitions(), *directives(), *depths(), *fragments(), *floods(), *descriptions()]
