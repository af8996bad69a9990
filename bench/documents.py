"""The operations that are measured."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from bench.load import post
from server.documents import trusted_documents

LIST = """
query List($origin: String!) {
  originProducts(originCode: $origin, first: 20) {
    id title subtitle minPrice maxPrice pricePer500g soldCount originCode storage returnClass harvestFrom harvestTo
    merchant { id name }
    cover { url alt width height }
    skus { id name price weight }
  }
}
"""

PRODUCT = """
query Product($id: ID!) {
  product(id: $id) {
    id title subtitle description minPrice maxPrice pricePer500g soldCount originCode storage returnClass shelfLifeDays
    harvestFrom harvestTo
    merchant { id name kind intro }
    images { url alt width height }
    skus { id name price marketPrice weight grossWeight }
  }
}
"""

SEARCH = """
query Search($query: String!, $origin: String) {
  searchProducts(query: $query, filter: {originCode: $origin}, sort: SALES, first: 20) {
    total
    nodes { id title minPrice soldCount merchant { id name } cover { url alt width height } }
  }
}
"""

ENTER_FLASH = """
mutation Enter($id: ID!) {
  enterFlash(offerId: $id) { __typename ... on FlashEntry { state token retryAfterMs } ... on Refused { code message } }
}
"""

PREVIEW_FLASH = """
query Preview($id: ID!, $address: ID!) {
  flashCheckoutPreview(offerId: $id, quantity: 1, addressId: $address) { ... on CheckoutPreview { total } }
}
"""

PLACE_FLASH = """
mutation Place($input: PlaceFlashOrderInput!) {
  placeFlashOrder(input: $input) { __typename ... on Trade { id number total } ... on Refused { code message field } }
}
"""


@cache
def sent_by_pages(name: str) -> str:
    """The id under which the pages of the mall send their operation of this name."""
    found = [id for id, text in trusted_documents().items() if re.match(rf"(query|mutation) {name}\b", text)]
    (id,) = found
    return id


def place(wanted: dict[str, Any], token: str) -> bytes:
    """The request that places an order, as the checkout page sends it."""
    return post("/graphql", {"id": sent_by_pages("PlaceOrder"), "variables": {"input": wanted}}, token=token)
