"""From a product's recipe to its three pictures: on the table, from close by, and the place it comes from."""

from __future__ import annotations

import math
import random
from dataclasses import dataclass
from functools import lru_cache

from PIL import Image, ImageEnhance

from server.seeds.drawing.landscape import landscape
from server.seeds.drawing.paint import Colour, Fade, Flat, Sketch, darker, lighter, ring
from server.seeds.drawing.pantry import bowl_of
from server.seeds.drawing.sprites import sprite
from server.seeds.drawing.stage import Stage, flatten

SIZE = (800, 800)
# (wall above, wall below, hills, table)
ROOMS: tuple[tuple[Colour, Colour, Colour, Colour], ...] = (
    ("#fdebc8", "#fbd9a8", "#f0bd86", "#c98d54"),
    ("#dcecdc", "#f4f0d4", "#b5cfa4", "#b98a58"),
    ("#d5e8ee", "#f6eedb", "#a9c8d0", "#c39560"),
    ("#fbe0d2", "#fdeed6", "#eab39a", "#b9794c"),
    ("#fff0c9", "#ffe3a0", "#f2c46f", "#a8713f"),
    ("#ece3f0", "#fbeedd", "#c9b4cf", "#bd8a5c"),
)


@dataclass(frozen=True)
class Recipe:
    """What to draw: the thing itself, how it is shown, what lies beside it, and the county it comes from."""

    seed: str
    main: str
    prop: str
    side: str
    county: str


def picture(recipe: Recipe, view: int) -> Image.Image:
    """View 0 is the cover, 1 the close-up, 2 the place."""
    drawn = (_hero, _closeup, _place)[view](recipe)
    # A touch more colour than paint has: pictures are mostly seen small.
    return ImageEnhance.Color(drawn).enhance(1.14)


@lru_cache(maxsize=6)
def room(number: int) -> Image.Image:
    """A bright corner with the mountains in the window and a wooden table."""
    above, below, range_, table = ROOMS[number]
    page = Sketch(800, 800, 1.5)
    page.rounded((0, 0, 800, 800), 0, Fade(above, below))
    page.ellipse((150, 70, 650, 570), Flat(lighter(above, 0.6), 0.75))
    for k, (base, rise) in enumerate(((470, 190), (530, 150), (580, 90))):
        dice = random.Random(f"{number}{k}")
        tops = [(x, base - rise * dice.uniform(0.1, 1)) for x in range(-120, 1000, 130)]
        page.blob([(-160, 900), *tops, (960, 900)], Flat(lighter(range_, 0.55 - k * 0.2)))
    page.rounded((-10, 560, 810, 830), 0, Fade(lighter(table, 0.3), darker(table, 0.1)))
    page.rounded((-10, 556, 810, 574), 0, Flat(lighter(table, 0.55)))
    for k, y in enumerate((622, 690, 764)):
        page.line([(-10, y), (810, y)], 3, darker(table, 0.12))
        for x in range(60 + k * 90, 800, 260):
            page.line([(x, y + 24), (x + 70, y + 20), (x + 130, y + 26)], 2, darker(table, 0.08))
    page.glow((60, 540, 740, 860), "#fff3d6", 0.35)
    return flatten(page, SIZE)


CLOTHS: tuple[tuple[Colour, Colour], ...] = (
    ("#fbf3e2", "#e9b98a"), ("#f4f1e0", "#a9c293"), ("#f3efe6", "#93b7c2"), ("#fdf1e6", "#dc8f7a"),
    ("#fbf3d8", "#dfb955"), ("#f5eef2", "#b59abb"),
)  # fmt: skip


@lru_cache(maxsize=6)
def cloth(number: int) -> Image.Image:
    """A checked cloth seen from above."""
    ground, line = CLOTHS[number]
    page = Sketch(800, 800, 1)
    page.rounded((0, 0, 800, 800), 0, Flat(ground))
    for k in range(0, 800, 100):
        page.rounded((k, 0, k + 50, 800), 0, Flat(line, 0.3))
        page.rounded((0, k, 800, k + 50), 0, Flat(line, 0.3))
    page.glow((-200, -200, 600, 600), "#ffffff", 0.5)
    page.glow((300, 300, 1100, 1100), darker(line, 0.4), 0.25)
    return page.image.convert("RGB")


# ------------------------------------------------------------------------------------------------ on the table
def _hero(recipe: Recipe) -> Image.Image:
    dice = random.Random(recipe.seed + "hero")
    stage = Stage(room(dice.randrange(len(ROOMS))), zoom=1.16)
    _SHOWN[recipe.prop](stage, recipe, dice)
    return stage.done()


def _heap(
    stage: Stage, kind: str, dice: random.Random, x: float, floor: float, width: float, rows: tuple[int, ...]
) -> None:
    """Rows of things, the furthest first, each row lower and nearer."""
    step = min(0.74, 460 / (width * max(rows)))
    lift = width * 0.42
    for row, count in enumerate(rows):
        for k in range(count):
            dx = (k - (count - 1) / 2) * width * step
            stage.stand(
                kind, x + dx, floor - (len(rows) - 1 - row) * lift, width, turn=dice.uniform(-13, 13), shade=0.3
            )


def _in_basket(stage: Stage, recipe: Recipe, dice: random.Random) -> None:
    stage.stand("basket", 400, 716, 520)
    wide = 132
    for y, count in ((452, 3), (494, 4), (534, 4)):
        for k in range(count):
            dx = (k - (count - 1) / 2) * 92
            stage.lay(recipe.main, 400 + dx, y - 20, wide, turn=dice.uniform(-20, 20), shade=0.3)
    stage.add(basket_front(), 400, 716, 520, shade=0)
    stage.stand(recipe.side, 636, 752, 170)
    stage.stand(recipe.main, 168, 748, 150, turn=dice.uniform(-8, 8))


@lru_cache(maxsize=1)
def basket_front() -> Image.Image:
    """The basket below the front of its rim: what is in it is seen above that."""
    basket = sprite("basket")
    keep = Sketch(340, 320)
    rim = [(14, 150), (90, 184), (170, 190), (250, 184), (326, 150), (326, 320), (14, 320)]
    keep.blob(rim, Flat("#ffffff"), smooth=False)
    front = Image.new("RGBA", basket.size)
    front.paste(basket, (0, 0), keep.image.getchannel("A"))
    return front


def _in_crate(stage: Stage, recipe: Recipe, dice: random.Random) -> None:
    stage.shadow(410, 706, 660, 120, 0.5)
    for y, count in ((376, 3), (426, 4), (484, 5)):
        for k in range(count):
            dx = (k - (count - 1) / 2) * 122
            stage.lay(recipe.main, 400 + dx, y, 158, turn=dice.uniform(-22, 22), shade=0.3)
    stage.stand("crate", 400, 716, 620, shade=0)
    stage.stand(recipe.side, 660, 764, 180)
    stage.lay("sprig", 130, 700, 170, turn=dice.uniform(-20, 20))


def _on_plate(stage: Stage, recipe: Recipe, dice: random.Random) -> None:
    stage.stand("plate:" + dice.choice(("", "blue", "clay", "green")), 400, 716, 640)
    tall = sprite(recipe.main).height / sprite(recipe.main).width
    width = 208 / max(1.0, tall * 0.82)
    _heap(stage, recipe.main, dice, 400, 668, width, (2, 3))
    stage.stand(recipe.side, 620, 752, 176)
    stage.lay("sprig", 172, 716, 170, turn=dice.uniform(-30, 10))


def _on_board(stage: Stage, recipe: Recipe, dice: random.Random) -> None:
    stage.stand("board:" + dice.choice(("", "dark", "pale")), 400, 764, 660)
    tall = sprite(recipe.main).height / sprite(recipe.main).width
    width = 330 / max(1.0, tall)
    stage.stand(recipe.main, 318, 588, width, turn=dice.uniform(-6, 6))
    stage.stand(recipe.main, 482, 646, width * 0.95, turn=dice.uniform(-10, 10))
    stage.stand(recipe.side, 330, 700, 190, turn=dice.uniform(-10, 10))
    stage.lay("sprig", 620, 716, 150, turn=dice.uniform(-20, 20))


def _in_bowl(stage: Stage, recipe: Recipe, dice: random.Random) -> None:
    glaze = dice.choice(("#e9dcc6", "#7fa6b3", "#b8724a", "#9fb58a"))
    stage.add(bowl_of(recipe.main, 8, 118, glaze), 400, 724, 540)
    stage.stand(recipe.side, 646, 756, 200)
    stage.stand(recipe.main, 158, 752, 150, turn=dice.uniform(-15, 15))


def _packed(stage: Stage, recipe: Recipe, dice: random.Random) -> None:
    tall = sprite(recipe.main).height / sprite(recipe.main).width
    width = min(330.0, 430 / tall)
    stage.stand(recipe.main, 520 + dice.uniform(-16, 16), 640, width * 0.82, shade=0.35)
    stage.stand(recipe.main, 318, 716, width)
    stage.stand("plate", 590, 762, 260)
    stage.stand(recipe.side, 590, 736, 176)


def _alone(stage: Stage, recipe: Recipe, dice: random.Random) -> None:
    tall = sprite(recipe.main).height / sprite(recipe.main).width
    stage.stand(recipe.main, 384, 726, min(500.0, 540 / tall), shade=0.5)
    stage.stand(recipe.side, 656, 758, 190)


def _in_pair(stage: Stage, recipe: Recipe, dice: random.Random) -> None:
    tall = sprite(recipe.main).height / sprite(recipe.main).width
    width = min(370.0, 470 / tall)
    stage.stand(recipe.main, 524, 652, width * 0.86)
    stage.stand(recipe.main, 292, 724, width)
    stage.stand(recipe.side, 614, 762, 190)


def _chilled(stage: Stage, recipe: Recipe, dice: random.Random) -> None:
    stage.stand("cooler", 560, 640, 380)
    stage.stand("plate:blue", 340, 740, 560)
    tall = sprite(recipe.main).height / sprite(recipe.main).width
    stage.stand(recipe.main, 330, 702, 390 / max(1.0, tall), turn=dice.uniform(-4, 4))
    stage.stand(recipe.side, 600, 766, 170)


_SHOWN = {
    "basket": _in_basket, "crate": _in_crate, "plate": _on_plate, "board": _on_board, "bowl": _in_bowl,
    "pack": _packed, "alone": _alone, "pair": _in_pair, "cool": _chilled,
}  # fmt: skip


# ------------------------------------------------------------------------------------------------ close by
def _closeup(recipe: Recipe) -> Image.Image:
    dice = random.Random(recipe.seed + "close")
    stage = Stage(cloth(dice.randrange(len(CLOTHS))))
    if recipe.prop in ("pack", "alone", "pair"):
        _laid_out(stage, recipe, dice)
    elif recipe.prop == "bowl":
        _bowl_laid_out(stage, recipe, dice)
    else:
        dice.choice((_on_tray, _in_rows))(stage, recipe, dice)
    return stage.done()


def _on_tray(stage: Stage, recipe: Recipe, dice: random.Random) -> None:
    stage.lay("tray:" + dice.choice(("", "light")), 400, 400, 690)
    start = dice.uniform(0, 2)
    tall = max(1.0, sprite(recipe.main).height / sprite(recipe.main).width)
    for x, y in sorted(ring((400, 400), (205, 205), 8, start=start), key=lambda p: p[1]):
        stage.lay(recipe.main, x, y, 172 / tall, turn=dice.uniform(-24, 24))
    stage.lay(recipe.side, 400, 396, 214, turn=dice.uniform(-10, 10))
    stage.lay("sprig", 96, 700, 210, turn=dice.uniform(-30, 30))


def _in_rows(stage: Stage, recipe: Recipe, dice: random.Random) -> None:
    tall = max(1.0, sprite(recipe.main).height / sprite(recipe.main).width)
    other = dice.randrange(6, 11)
    spots = [(x + (row % 2) * 130 - 65, 90 + row * 208) for row in range(4) for x in range(60, 900, 260)]
    for k, (x, y) in enumerate(spots):
        kind = recipe.side if k == other else recipe.main
        stage.lay(kind, x + dice.uniform(-16, 16), y + dice.uniform(-12, 12), 228 / tall, turn=dice.uniform(-28, 28))


def _laid_out(stage: Stage, recipe: Recipe, dice: random.Random) -> None:
    for k, (x, y) in enumerate(ring((400, 410), (330, 330), 7, start=dice.uniform(0, 1))):
        stage.lay(recipe.side if k % 7 != 3 else "sprig", x, y, 206, turn=dice.uniform(-40, 40))
    tall = sprite(recipe.main).height / sprite(recipe.main).width
    stage.lay(recipe.main, 400, 400, min(480.0, 560 / tall), turn=dice.uniform(-9, 9), shade=0.5)


def _bowl_laid_out(stage: Stage, recipe: Recipe, dice: random.Random) -> None:
    for k, (x, y) in enumerate(ring((400, 410), (338, 330), 6, start=dice.uniform(0, 1))):
        stage.lay(recipe.side if k % 3 else "sprig", x, y, 190, turn=dice.uniform(-40, 40))
    stage.add(bowl_of(recipe.main, 8, 124, dice.choice(("#e9dcc6", "#7fa6b3", "#b8724a"))), 400, 640, 560)


# ------------------------------------------------------------------------------------------------ where it comes from
def _place(recipe: Recipe) -> Image.Image:
    dice = random.Random(recipe.seed + "place")
    stage = Stage(landscape(recipe.county, dice.randrange(3)))
    left = dice.random() < 0.5
    x = 250 if left else 550
    tall = max(1.0, sprite(recipe.main).height / sprite(recipe.main).width)
    if recipe.prop in ("pack", "alone", "pair", "cool"):
        stage.stand("board:pale", x, 796, 380)
        stage.stand(recipe.main, x, 740, 250 / max(1.0, tall * 0.85))
        stage.stand(recipe.side, x + (170 if left else -170), 780, 130)
        return stage.done()
    stage.shadow(x, 768, 440, 110, 0.45)
    for y, count in ((566, 3), (606, 4), (646, 4)):
        for k in range(count):
            stage.lay(recipe.main, x + (k - (count - 1) / 2) * 88, y, 130 / tall, turn=dice.uniform(-20, 20), shade=0.3)
    stage.stand("crate", x, 786, 400, shade=0)
    return stage.done()


def avatar(seed: str) -> Image.Image:
    """A friendly face, 240 × 240."""
    dice = random.Random(seed)
    ground = dice.choice(("#f6cf9a", "#bcd8c0", "#b9d5e2", "#f2bda6", "#d8c3e0", "#f3df9a"))
    skin = dice.choice(("#f3cfa5", "#e8b98c", "#f7d9b5"))
    hair, coat = (
        dice.choice(("#3a2a26", "#4f3a30", "#2b2528", "#8a8580")),
        dice.choice(("#c9473a", "#3f7f86", "#5f8f4a", "#d99a2c", "#4f5f9a")),
    )
    page = Sketch(240, 240, 2)
    page.rounded((0, 0, 240, 240), 0, Fade(lighter(ground, 0.4), ground))
    page.blob(
        [(20, 260), (44, 196), (96, 174), (144, 174), (196, 196), (220, 260)],
        Fade(lighter(coat, 0.2), darker(coat, 0.1)),
    )
    if dice.random() < 0.5:
        page.ellipse((58, 40, 182, 196), Flat(hair))
    page.rounded((102, 150, 138, 190), 14, Flat(darker(skin, 0.12)))
    page.ellipse((68, 50, 172, 172), Flat(skin))
    fringe = [(64, 104), (70, 54), (120, 30), (170, 54), (176, 104), (150, 78), (112, 84), (84, 76)]
    page.blob(fringe, Fade(lighter(hair, 0.15), hair))
    for x in (98, 142):
        page.ellipse((x - 6, 106, x + 6, 120), Flat("#33282a"))
        page.dots([(x - 2, 110)], 1.8, "#ffffff")
        page.glow((x - 20, 122, x + 20, 146), "#e8786a", 0.5)
    page.line([(104, 138), (120, 148), (136, 138)], 4, "#a8503f")
    return page.image.convert("RGB").resize((240, 240), Image.Resampling.LANCZOS)


def emblem(seed: str, kind: str) -> Image.Image:
    """A shop's sign or a brand's mark: its thing in a round seal, 300 × 300."""
    dice = random.Random(seed)
    tone = dice.choice(("#b8473a", "#4f7f4a", "#3f6f86", "#c98a2b", "#7a4f86", "#a5603a", "#2f7a70"))
    page = Sketch(300, 300, 2)
    page.rounded((0, 0, 300, 300), 0, Fade(lighter(tone, 0.82), lighter(tone, 0.62)))
    page.ellipse((20, 20, 280, 280), Fade(lighter(tone, 0.12), darker(tone, 0.15)))
    page.ellipse((34, 34, 266, 266), Flat("#fdf5e4"))
    with page.inside(ring((150, 150), (116, 116), 40)):
        page.blob(
            [(20, 300), (20, 190), (90, 140), (150, 180), (216, 130), (290, 190), (290, 300)], Flat(lighter(tone, 0.6))
        )
        page.blob([(20, 300), (20, 226), (110, 196), (190, 226), (290, 200), (290, 300)], Flat(lighter(tone, 0.4)))
    page.put(sprite(kind), (150, 150), 150 if sprite(kind).width >= sprite(kind).height else 118)
    for k in range(24):
        a = k * math.pi / 12
        page.dots([(150 + 123 * math.cos(a), 150 + 123 * math.sin(a))], 2.6, lighter(tone, 0.7))
    return page.image.convert("RGB").resize((300, 300), Image.Resampling.LANCZOS)
