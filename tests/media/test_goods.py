"""A product with a video and with places to look at: what may be written, and how it waits for the platform."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError

from domain.base import Invalid, Viewer
from domain.catalog.listing import ImageWanted
from domain.listings.edits import Edit, conflicts, differences, overlaid
from models.catalog import Product, ProductImage
from models.listings import ProductChange
from tests.catalog.test_changes import apples, approve, form, owner, row, save
from tests.factories.catalog import Made, clip, picture
from tests.factories.merchants import merchant

__all__ = ["apples", "owner"]


async def test_a_video_waits_for_the_platform_as_other_fields_do(database: Any, owner: Viewer, apples: Made) -> None:
    now = await form(database, apples)
    film, poster = await clip(database, merchant_id=owner.shop_id), await picture(database, merchant_id=owner.shop_id)
    saved = await save(database, owner, apples, replace(now, clip_key=film, clip_poster_key=poster))
    assert (await row(database, apples)).clip_key is None
    async with database.read() as session:
        edits = await session.scalar(select(ProductChange.edits).where(ProductChange.id == saved.change_id))
    assert {(each["label"], each["before_text"], each["after_text"]) for each in edits} == {
        ("讲解视频", "", "有"),
        ("视频封面", "", "有"),
    }
    await approve(database, saved.change_id)
    after = await form(database, apples)
    assert (after.clip_key, after.clip_poster_key) == (film, poster)
    gone = await save(database, owner, apples, replace(after, clip_key=None, clip_poster_key=None))
    await approve(database, gone.change_id)
    assert (await form(database, apples)).clip_key is None


async def test_a_video_is_the_shops_own_and_has_a_poster(database: Any, owner: Viewer, apples: Made) -> None:
    now, other = await form(database, apples), await merchant(database)
    own, poster = await clip(database, merchant_id=owner.shop_id), await picture(database, merchant_id=owner.shop_id)
    theirs, their_poster = await clip(database, merchant_id=other), await picture(database, merchant_id=other)
    for film, shown in (
        (own, None),
        (None, poster),
        (theirs, poster),
        (own, their_poster),
        ("0" * 64, poster),
        ("../x", poster),
        (own, "0" * 64),
    ):
        with pytest.raises(Invalid) as refused:
            await save(database, owner, apples, replace(now, clip_key=film, clip_poster_key=shown))
        assert refused.value.field == "clip"
    with pytest.raises(IntegrityError):
        async with database.begin() as uow:
            await uow.session.execute(update(Product).where(Product.id == apples.id).values(clip_key=own))


async def test_where_to_look_is_kept_through_a_change(database: Any, owner: Viewer, apples: Made) -> None:
    now = await form(database, apples)
    looked = replace(now, images=tuple(replace(image, focus_x=120, focus_y=1000) for image in now.images))
    saved = await save(database, owner, apples, looked)
    await approve(database, saved.change_id)
    assert [(image.focus_x, image.focus_y) for image in (await form(database, apples)).images] == [(120, 1000)]
    after = await form(database, apples)
    for wrong in ((-1, 0), (0, 1001)):
        image = replace(after.images[0], focus_x=wrong[0], focus_y=wrong[1])
        with pytest.raises(Invalid):
            await save(database, owner, apples, replace(after, images=(image,)))
    with pytest.raises(IntegrityError):
        async with database.begin() as uow:
            await uow.session.execute(update(ProductImage).values(focus_x=1001))


async def test_a_change_that_waited_since_before_is_still_understood(database: Any, apples: Made) -> None:
    """Pictures were written without a place to look at; the middle is said in the same way."""
    now = await form(database, apples)
    old = [{"key": image.key, "alt": image.alt} for image in now.images]
    edit = Edit("images", old, [{"key": "k", "alt": "苹果"}])
    assert conflicts(now, [edit]) == []
    assert overlaid(now, [edit]).images == (ImageWanted("k", "苹果", 500, 500),)
    focused = replace(now, images=(replace(now.images[0], focus_x=7),))
    assert [each.field for each in differences(now, focused)] == ["images"]
