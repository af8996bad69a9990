"""Drawing: every recipe can be drawn, the same twice, light enough for a phone, and only once."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image, ImageStat

from server.media import MediaStore
from server.seeds import pictures
from server.seeds.catalogue import goods
from server.seeds.drawing.sprites import known, sprite
from server.seeds.pictures import Order, draw, draw_all, encode, wanted
from tests.seeds.conftest import grey, quietly


def test_every_recipe_names_things_that_can_be_drawn() -> None:
    named = {kind.partition(":")[0] for good in goods() for kind in (good.art[0], good.art[2])}
    assert named - set(known()) == set()
    assert len(wanted()) == len({order.key for order in wanted()})


@pytest.mark.parametrize("view", [0, 1, 2])
def test_a_picture_is_square_colourful_and_light(view: int) -> None:
    order = next(order for order in wanted() if order.name == "apple-fuji" and order.view == view)
    drawn = draw(order)
    assert drawn.size == (800, 800)
    assert min(ImageStat.Stat(drawn).stddev) > 20
    assert len(encode(drawn)) < 120_000
    assert draw(order).tobytes() == drawn.tobytes()


def test_banners_are_wide_and_signs_square() -> None:
    banner = draw(next(order for order in wanted() if order.kind == "banner"))
    sign = draw(next(order for order in wanted() if order.kind == "shop"))
    assert (banner.size, sign.size) == ((1200, 520), (300, 300))


def test_a_sprite_has_a_clear_ground() -> None:
    corner = sprite("apple:red").getpixel((2, 2))
    assert isinstance(corner, tuple)
    assert corner[3] == 0


@pytest.fixture
def few(monkeypatch: pytest.MonkeyPatch) -> list[Order]:
    chosen = wanted()[:6]
    monkeypatch.setattr(pictures, "wanted", lambda: chosen)
    return chosen


def test_nothing_is_drawn_twice(few: list[Order], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    drawn: list[str] = []

    def pretend(root: Path, orders: list[Order]) -> list[tuple[Order, object]]:
        drawn.extend(order.key for order in orders)
        return [(order, grey(MediaStore(root), order.key)) for order in orders]

    monkeypatch.setattr(pictures, "_drawn", pretend)
    first = draw_all(tmp_path / "media", tmp_path / "drawings", quietly)
    assert draw_all(tmp_path / "media", tmp_path / "drawings", quietly) == first
    assert sorted(drawn) == sorted(order.key for order in few)
    # A file that was lost is drawn again.
    lost = MediaStore(tmp_path / "drawings").find(first[few[0].key].key, None)
    assert lost is not None
    lost.unlink()
    draw_all(tmp_path / "media", tmp_path / "drawings", quietly)
    assert drawn[-1] == few[0].key


def test_two_processes_draw(few: list[Order], tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    drawn = draw_all(tmp_path / "media", tmp_path / "drawings", lambda _, done, total: told.append((done, total)))
    assert told[-1] == (6, 6)
    for stored in drawn.values():
        file = MediaStore(tmp_path / "media").find(stored.key, None)
        assert file is not None
        assert Image.open(file).size == (stored.width, stored.height)
