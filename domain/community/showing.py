"""Which stories are on the page: published ones of members, and of shops that are open."""

from __future__ import annotations

from sqlalchemy import Boolean, ColumnElement, and_, literal_column, or_, select

from domain import merchants
from models.community import Post
from models.merchants import Merchant

POST = Post.__table__.c
# Written out, not bound: the planner is to see that the partial indexes fit.
PUBLISHED: ColumnElement[bool] = literal_column("posts.state = 'PUBLISHED'", Boolean)
_OPEN_SHOP = select(Merchant.id).where(Merchant.id == POST.merchant_id, merchants.OPEN).correlate(Post.__table__)
#: A shop that may not sell does not tell either; what it told comes back with it.
ON_PAGE: ColumnElement[bool] = and_(PUBLISHED, or_(POST.merchant_id.is_(None), _OPEN_SHOP.exists()))
