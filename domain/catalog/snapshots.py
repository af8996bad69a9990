"""What a product's page says, kept by the hash of its content, so that an order can show what was bought."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from domain import bulk
from domain.statements import OneBy
from models.catalog import ProductSnapshot

#: Snapshots by their hash.
snapshots_by_hash = OneBy(ProductSnapshot.__table__, "hash")

# PostgreSQL makes body and hash: its JSON has one form, so the same words have the same hash wherever they are saved.
KEEP = """
WITH shown AS (
    SELECT p.id, jsonb_build_object(
        'title', p.title, 'subtitle', p.subtitle, 'description', p.description, 'storage', p.storage,
        'returnClass', p.return_class, 'shelfLifeDays', p.shelf_life_days, 'origin', r.full_name,
        'harvestFrom', p.harvest_from, 'harvestTo', p.harvest_to, 'grade', p.grade, 'soldBy', p.sold_by,
        'tolerancePercent', p.tolerance_percent, 'attributes', (
            SELECT coalesce(jsonb_agg(jsonb_build_array(a.name, v.value, a.unit) ORDER BY a.position, a.id), '[]')
            FROM product_attributes v JOIN attributes a ON a.id = v.attribute_id WHERE v.product_id = p.id
        ),
        'images', (
            SELECT coalesce(jsonb_agg(i.key ORDER BY i.position), '[]') FROM product_images i WHERE i.product_id = p.id
        )
    ) AS body
    FROM products p JOIN regions r ON r.code = p.origin_code WHERE p.id = any($1::uuid[])
), hashed AS (
    SELECT id, body, encode(sha256(convert_to(body::text, 'UTF8')), 'hex') AS hash FROM shown
), kept AS (
    INSERT INTO product_snapshots (hash, body) SELECT DISTINCT hash, body FROM hashed ON CONFLICT DO NOTHING
)
UPDATE products SET snapshot_hash = hashed.hash FROM hashed
WHERE products.id = hashed.id AND products.snapshot_hash IS DISTINCT FROM hashed.hash
"""


async def keep(session: bulk.Writes, product_ids: Sequence[UUID]) -> None:
    """Keeps what the pages of these products say now, and has the products point to it. Safe to repeat."""
    await bulk.run(session, KEEP, list(product_ids))
