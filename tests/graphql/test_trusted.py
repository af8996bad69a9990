"""Production runs what our pages were built with, and tells nothing else of itself."""

from __future__ import annotations

import hashlib

import pytest
from graphql import get_introspection_query, parse, validate

from compiled import Executor
from server.documents import MOST_FAULTY_KEPT, Documents, Kept, trusted_documents
from server.graphql import schema
from server.limits import Limits
from server.refusing import Mistaken, RequestRefused
from tests.client import Client

TRUSTED = trusted_documents()
CARRIERS = next(key for key, text in TRUSTED.items() if text.startswith("query Carriers"))


def test_every_trusted_document_is_valid_and_named_by_its_hash() -> None:
    assert len(TRUSTED) > 80
    for id, text in TRUSTED.items():
        assert hashlib.sha256(text.encode()).hexdigest() == id
        assert validate(schema._schema, parse(text)) == []


def test_without_the_folder_there_are_none(tmp_path: object) -> None:
    assert trusted_documents(tmp_path / "nowhere") == {}  # type: ignore[operator]


FREE = {
    "harmless": "{ __typename }",
    "its own text": TRUSTED[CARRIERS],
    "introspection": get_introspection_query(),
    "a wrong name": "{ me { nicknam } }",
    "no syntax": "{ me {",
    "a mutation": "mutation { logout { __typename } }",
}


@pytest.mark.parametrize("text", FREE.values(), ids=list(FREE))
async def test_production_takes_no_free_text(production: Client, text: str) -> None:
    posted = await production.http.post("/graphql", json={"query": text})
    got = await production.http.get("/graphql", params={"query": text}, headers={"x-mall-client": "test"})
    for reply in (posted, got):
        assert reply.status_code == 400
        # Always the same, so that nothing can be learnt by trying.
        assert reply.json()["errors"][0]["extensions"] == {"code": "UNKNOWN_DOCUMENT"}


async def test_production_takes_trusted_documents(production: Client) -> None:
    body = {"id": CARRIERS, "operationName": "Carriers"}
    posted = await production.http.post("/graphql", json=body)
    got = await production.http.get(f"/graphql?id={CARRIERS}")
    assert posted.json() == got.json()
    assert posted.json()["data"]["carriers"]


async def test_production_suggests_no_names_in_variables(production: Client) -> None:
    id = next(key for key, text in TRUSTED.items() if "$filter: ProductFilter" in text and "searchProducts" in text)
    variables = {"query": "", "filter": {"categoryI": "x", "storage": "AMBIEN"}, "first": 1}
    reply = await production.http.post(
        "/graphql", json={"id": id, "variables": variables}, headers={"accept": "application/graphql-response+json"}
    )
    assert reply.status_code == 400
    assert reply.json()["errors"]
    assert "Did you mean" not in reply.text
    assert "categoryId" not in reply.text
    assert "AMBIENT" not in reply.text


async def test_development_may_be_asked_about_its_schema(client: Client) -> None:
    found = await client.send(get_introspection_query())
    assert found["data"]["__schema"]["queryType"]["name"] == "Query"
    assert "Did you mean" in (await client.send("{ me { nicknam } }"))["errors"][0]["message"]


# ------------------------------------------------------------------------------------------------ what is kept
@pytest.fixture
def closed() -> Documents:
    return Documents(Executor(schema), Limits(), trusted={}, introspection=False)


async def test_a_door_without_introspection_still_tells_type_names(closed: Documents) -> None:
    assert await closed.by_text("{ __typename me { __typename } }")
    for text in ("{ __schema { types { name } } }", '{ __type(name: "Query") { name } }', get_introspection_query()):
        with pytest.raises(Mistaken) as refused:
            await closed.by_text(text)
        assert refused.value.code == "BAD_USER_INPUT"


async def test_a_door_without_introspection_suggests_nothing(closed: Documents) -> None:
    for text in (
        "{ me { nicknam } }",
        "{ products }",
        "{ brands(firs: 1) { id } }",
        "{ me { ... on Membe { id } } }",
        "{ searchProducts(sort: SALE) { total } }",
        "{ searchProducts(filter: {inStoc: true}) { total } }",
        "query($f: ProductFilte) { searchProducts(filter: $f) { total } }",
        "{ me { id @skipp(if: true) } }",
    ):
        with pytest.raises(Mistaken) as refused:
            await closed.by_text(text)
        assert "Did you mean" not in str(refused.value.errors())


async def test_a_document_is_prepared_once(closed: Documents) -> None:
    text = "query A { me { id } } query B { me { nickname } }"
    assert await closed.by_text(text, "A") is await closed.by_text(text, "A")
    assert (await closed.by_text(text, "B")).operation.name == "B"
    with pytest.raises(Mistaken):
        await closed.by_text(text)
    with pytest.raises(Mistaken):
        await closed.by_text(text, "C")


async def test_faulty_documents_do_not_push_out_good_ones(closed: Documents) -> None:
    kept = await closed.by_text("{ me { id } }")
    for n in range(3 * MOST_FAULTY_KEPT):
        with pytest.raises(RequestRefused):
            await closed.by_text(f"{{ secret{n} }}")
    assert await closed.by_text("{ me { id } }") is kept


def test_what_is_kept_is_bounded_by_weight() -> None:
    kept = Kept[str](10)
    for n in range(8):
        kept.put(str(n), "x", weight=2)
    assert len(kept) == 5
    assert kept.get("3") == "x"
    kept.put("new", "x", weight=8)
    assert kept.get("3") == "x"
    assert kept.get("7") is None
    kept.put("huge", "x", weight=11)
    assert len(kept) == 0
