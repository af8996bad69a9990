"""The eleven counties as one might remember them: plateau and orchards, gorges, bamboo, terraces, lakes."""

from __future__ import annotations

import math
import random
from collections.abc import Callable
from functools import lru_cache

from PIL import Image

from server.seeds.drawing.paint import Ball, Colour, Fade, Flat, Point, Sketch, darker, lighter, mix, ring
from server.seeds.drawing.stage import flatten

W, H = 800.0, 800.0
# Backdrops hold large soft shapes; half as much again is enough to smooth their edges.
OVERSIZE = 1.5

# (sky above, sky at the horizon, sun, far hills, near hills)
MOODS: tuple[tuple[Colour, Colour, Colour, Colour, Colour], ...] = (
    ("#8fc7e0", "#fdf0d2", "#fff3c4", "#9fb9c4", "#7fae5d"),
    ("#f6b98a", "#fdeccb", "#fff0b8", "#c9a2a0", "#a9a65c"),
    ("#a8d4d6", "#f8f3dc", "#fff6d2", "#93b5a8", "#6fa05a"),
)


def ridge(seed: str, base: float, rise: float, *, steps: int = 7, width: float = W) -> list[Point]:
    """A line of hills from the left edge to the right and down to the bottom."""
    dice = random.Random(seed)
    tops = [(width * k / steps, base - rise * dice.uniform(0.15, 1.0)) for k in range(-1, steps + 2)]
    return [(-60, H + 90), *tops, (width + 60, H + 90)]


def hills(page: Sketch, seed: str, base: float, rise: float, colour: Colour, fog: Colour, *, width: float = W) -> None:
    page.blob(ridge(seed, base, rise, width=width), Fade(colour, mix(colour, fog, 0.65)))


def tree(page: Sketch, x: float, y: float, size: float, crown: Colour, fruit: Colour | None = None) -> None:
    page.rounded((x - size * 0.07, y - size * 0.5, x + size * 0.07, y), 3, Flat("#7a5434"))
    page.ellipse((x - size * 0.46, y - size * 1.15, x + size * 0.46, y - size * 0.3), Ball(crown))
    if fruit:
        for px, py in ring((x, y - size * 0.72), (size * 0.28, size * 0.26), 6, start=x):
            page.ellipse((px - size * 0.06, py - size * 0.06, px + size * 0.06, py + size * 0.06), Ball(fruit))


def cloud(page: Sketch, x: float, y: float, size: float, alpha: float = 0.85) -> None:
    for dx, dy, r in ((-0.55, 0.08, 0.3), (0, -0.08, 0.42), (0.5, 0.06, 0.32), (0.1, 0.14, 0.5)):
        page.ellipse(
            (x + (dx - r) * size, y + (dy - r * 0.5) * size, x + (dx + r) * size, y + (dy + r * 0.5) * size),
            Flat("#fffaf0", alpha),
        )


def house(page: Sketch, x: float, y: float, size: float, roof: Colour = "#8a4a34") -> None:
    page.rounded((x - size * 0.42, y - size * 0.5, x + size * 0.42, y), 2, Fade("#fbf0da", "#e6d0a8"))
    page.blob([(x - size * 0.58, y - size * 0.44), (x - size * 0.4, y - size * 0.8),
        (x + size * 0.4, y - size * 0.8), (x + size * 0.58, y - size * 0.44)],
              Fade(lighter(roof, 0.2), roof), smooth=False)  # fmt: skip
    page.rounded((x - size * 0.08, y - size * 0.3, x + size * 0.1, y), 2, Flat("#7a4a2c"))
    for dx in (-0.28, 0.24):
        page.rounded(
            (x + (dx - 0.07) * size, y - size * 0.34, x + (dx + 0.07) * size, y - size * 0.2), 1, Flat("#7fb0bb")
        )


def water(page: Sketch, points: list[Point], colour: Colour = "#5fa9b5") -> None:
    page.blob(points, Fade(lighter(colour, 0.45), darker(colour, 0.12)))
    with page.inside(points):
        for k in range(26):
            x, y = (k * 137) % 800, 400 + (k * 71) % 400
            page.line([(x, y), (x + 46, y + 2)], 2.4, lighter(colour, 0.6))


def _orchard(page: Sketch, mood: int) -> None:
    for row, (y, size) in enumerate(((520, 62), (590, 84), (680, 116))):
        page.blob(ridge(f"orchard{row}", y, 26, steps=4), Fade(("#9cc26a", "#86b558", "#74a74b")[row], "#6f9f48"))
        for k in range(9 - row * 2):
            tree(
                page,
                30 + k * (92 + row * 36) + row * 22,
                y + 12,
                size,
                ("#5f9a48", "#6aa74e", "#578f42")[row],
                "#d83a30",
            )
    for k in range(5):
        x, y = 470 + k * 46, 150 + abs(k - 2) * 18
        page.line([(x - 20, y - 9), (x, y), (x + 20, y - 9)], 4, "#4f4a52")


def _terraces(page: Sketch, mood: int) -> None:
    for k in range(8):
        y = 440 + k * 46
        tone = ("#b98a55", "#a8a355", "#8fae56")[k % 3]
        page.blob(ridge(f"terrace{mood}{k}", y, 40, steps=4), Fade(lighter(tone, 0.25), tone))
        for j in range(10):
            x = j * 88 + k * 31 % 60
            page.ellipse((x - 18, y - 26, x + 18, y + 8), Ball("#5f8f45"))
            page.dots([(x - 6, y - 14), (x + 7, y - 8)], 3.2, "#c0473a")


def _gorge(page: Sketch, mood: int) -> None:
    page.blob([(-40, 840), (-40, 260), (90, 300), (190, 410), (280, 560), (330, 840)], Fade("#c9a06a", "#8a6a46"))
    page.blob([(840, 840), (840, 230), (700, 280), (600, 400), (520, 550), (470, 840)], Fade("#b88e5c", "#7d5f40"))
    water(
        page,
        [(372, 470), (440, 470), (470, 560), (560, 690), (640, 860), (120, 860), (260, 690), (350, 560)],
        "#4fa59a",
    )
    for k in range(5):
        for side in (-1, 1):
            x, y = 400 + side * (210 + k * 44), 500 + k * 62
            page.line([(x - side * 60, y), (x + side * 10, y - 14), (x + side * 110, y - 6)], 12, "#86a94e")
    for k in range(12):
        tree(page, 20 + (k * 61) % 240 if k % 2 else 560 + (k * 53) % 240, 600 + k * 16, 62, "#6a9a48", "#f0a52a")


def _cliffs(page: Sketch, mood: int) -> None:
    water(page, [(330, 480), (470, 480), (520, 600), (640, 860), (160, 860), (280, 600)], "#5aa08c")
    for side in (-1, 1):
        wall = [
            (400 + side * x, y)
            for x, y in ((66, 130), (190, 60), (460, 40), (470, 860), (230, 860), (150, 640), (96, 470), (80, 300))
        ]
        page.blob(wall, Fade("#c2a685", "#7f6a56"), smooth=False)
        for k in range(7):
            y = 150 + k * 84
            page.line(
                [(400 + side * (90 + k * 6), y), (400 + side * (240 + k * 10), y - 22), (400 + side * 440, y - 6)],
                5,
                "#a58a6c",
            )
        dice = random.Random(f"cliff{side}{mood}")
        for k in range(9):
            x, y, r = 400 + side * dice.uniform(140 + k * 12, 390), 110 + k * 78, dice.uniform(22, 46)
            page.ellipse((x - r, y, x + r, y + r * 1.1), Ball(dice.choice(("#6f9a4c", "#83ab57", "#5f8c48"))))
    page.line([(312, 520), (250, 500), (150, 520), (20, 500)], 8, "#8a5a34")


def _bamboo(page: Sketch, mood: int) -> None:
    for row in range(3):
        page.blob(ridge(f"tea{row}", 560 + row * 80, 40, steps=4), Fade("#8fb85a", "#6a9a45"))
        for k in range(5):
            page.line(
                [
                    (-20, 590 + row * 80 + k * 16),
                    (260, 566 + row * 80 + k * 16),
                    (560, 590 + row * 80 + k * 16),
                    (830, 570 + row * 80 + k * 16),
                ],
                8,
                "#5f9440",
            )
    dice = random.Random(f"bamboo{mood}")
    for k in range(20):
        x = dice.uniform(-10, 250) if k % 2 else dice.uniform(550, 810)
        lean, tone = dice.uniform(-26, 26), dice.choice(("#7fa94f", "#6a9644", "#93b95f"))
        page.line([(x, 820), (x + lean * 0.4, 480), (x + lean, 120 + k * 9)], 10, tone)
        for j in range(7):
            y = 800 - j * 94
            page.line([(x + lean * (1 - y / 800) - 6, y), (x + lean * (1 - y / 800) + 6, y)], 3, darker(tone, 0.25))
        for j in range(5):
            lx, ly = x + lean, 140 + k * 9 + j * 52
            for side in (-1, 1):
                page.blob(
                    [(lx, ly), (lx + side * 30, ly + 4), (lx + side * 60, ly + 26), (lx + side * 26, ly + 18)],
                    Flat(lighter(tone, 0.12)),
                )


def _dam(page: Sketch, mood: int) -> None:
    water(page, [(120, 400), (680, 400), (640, 480), (160, 480)], "#6fb1bb")
    page.blob([(130, 440), (400, 480), (670, 440), (600, 650), (400, 680), (200, 650)], Fade("#f2ead9", "#bfb6a4"))
    for k in range(7):
        x = 250 + k * 50
        page.line([(x, 474 + 8 - abs(k - 3) * 3), (x + (400 - x) * 0.2, 560), (x + (400 - x) * 0.3, 660)], 5, "#d5cbb8")
    page.blob([(-40, 860), (-40, 300), (100, 340), (190, 470), (240, 680), (320, 860)], Fade("#93a866", "#66803f"))
    page.blob([(840, 860), (840, 280), (700, 330), (610, 470), (560, 680), (480, 860)], Fade("#86a05c", "#5f7a3c"))
    water(page, [(260, 690), (400, 672), (540, 690), (600, 860), (200, 860)], "#5aa59f")


def _lake(page: Sketch, mood: int) -> None:
    water(page, [(-40, 470), (840, 450), (840, 860), (-40, 860)], "#66b0bd")
    for k in range(9):
        house(page, 90 + k * 58, 486 - (k % 3) * 12, 56, ("#9a5238", "#7a5f4c", "#b0663f")[k % 3])
    page.blob([(420, 640), (600, 640), (566, 676), (456, 676)], Flat("#8a5a38"))
    page.blob([(506, 636), (512, 520), (590, 630)], Flat("#fbf3df"), smooth=False)
    page.blob([(-40, 860), (-40, 690), (150, 700), (320, 770), (420, 860)], Fade("#8fb65c", "#5f9140"))
    for k in range(5):
        tree(page, 30 + k * 70, 740 + k * 14, 90, "#5f9848", "#c8323f")


def _karst(page: Sketch, mood: int) -> None:
    dice = random.Random(f"karst{mood}")
    for row, (base, tone) in enumerate(((520, "#8fb0a0"), (610, "#78a06f"), (720, "#64934f"))):
        for k in range(7):
            x = k * 130 - 30 + row * 50
            peak = base - dice.uniform(120, 210)
            page.blob(
                [
                    (x - 90, H + 60),
                    (x - 80, base),
                    (x - 40, peak + 40),
                    (x, peak),
                    (x + 42, peak + 46),
                    (x + 84, base),
                    (x + 96, H + 60),
                ],
                Fade(lighter(tone, 0.15), darker(tone, 0.1)),
            )
        for k in range(5):
            cloud(page, k * 200 + row * 70, base + 40, 150, 0.5)
    page.blob(ridge("karst-front", 730, 30, steps=4), Fade("#8db55c", "#64953f"))
    for k in range(4):
        house(page, 470 + k * 78, 724 + k % 2 * 14, 66)


def _forest(page: Sketch, mood: int) -> None:
    for row, (y, size, tone) in enumerate(((470, 90, "#5d8f68"), (560, 120, "#4d8553"), (670, 160, "#3f7a45"))):
        page.blob(ridge(f"forest{row}", y, 40, steps=4), Flat(darker(tone, 0.1)))
        for k in range(14 - row * 3):
            x = k * (64 + row * 26) + row * 30
            for part in range(3):
                top = y - size * (1.1 - part * 0.32)
                half = size * (0.2 + part * 0.09)
                page.blob(
                    [(x, top), (x + half, top + size * 0.46), (x - half, top + size * 0.46)],
                    Fade(lighter(tone, 0.25), tone),
                    smooth=False,
                )
    page.blob([(372, 350), (430, 350), (440, 600), (470, 720), (330, 720), (362, 600)], Fade("#f5fbfa", "#bfe0e2"))
    for k in range(4):
        cloud(page, 100 + k * 220, 520 + k % 2 * 50, 220, 0.4)


def _paddies(page: Sketch, mood: int) -> None:
    for k in range(8):
        y = 470 + k * 44
        tone = ("#d9c35a", "#a9bd58", "#8fb75d", "#c9d07a")[(k + mood) % 4]
        page.blob(ridge(f"paddy{k}", y, 30, steps=3), Fade(lighter(tone, 0.3), tone))
        page.line([(-10, y - 6), (200, y - 20), (430, y - 8), (640, y - 22), (820, y - 8)], 4, lighter(tone, 0.55))
    for x, y, size in ((560, 560, 110), (660, 600, 90), (150, 640, 100)):
        house(page, x, y, size, "#5f4a40")
        tree(page, x + size * 0.8, y + 6, size * 0.9, "#5f9848")


def _bridge(page: Sketch, mood: int) -> None:
    water(page, [(-40, 500), (840, 480), (840, 860), (-40, 860)], "#6aa7ad")
    page.line([(-20, 440), (400, 420), (830, 440)], 16, "#b8473a")
    for x in (250, 550):
        page.rounded((x - 12, 240, x + 12, 560), 4, Fade("#d05a48", "#8f3a30"))
        for k in range(1, 8):
            for side in (-1, 1):
                page.line([(x, 262 + k * 4), (x + side * k * 20, 428)], 2.4, "#e08a72", smooth=False)
    page.blob([(120, 640), (430, 640), (400, 706), (170, 706)], Fade("#4f6f86", "#2f4a5e"), smooth=False)
    page.rounded((190, 586, 300, 642), 6, Fade("#fbf3df", "#dccdb0"))
    page.rounded((230, 548, 286, 590), 5, Flat("#c9553f"))
    page.blob([(470, 860), (560, 740), (700, 700), (840, 690), (840, 860)], Fade("#8fb25c", "#5f8f40"))


PLACES: dict[str, Callable[[Sketch, int], None]] = {
    "530602": _orchard, "530621": _terraces, "530622": _gorge, "530623": _cliffs, "530624": _bamboo, "530625": _dam,
    "530626": _lake, "530627": _karst, "530628": _forest, "530629": _paddies, "530681": _bridge,
}  # fmt: skip


@lru_cache(maxsize=8)
def landscape(county: str, mood: int) -> Image.Image:
    """The county in one of three lights, 800 × 800."""
    above, horizon, sun, far, near = MOODS[mood % len(MOODS)]
    page = Sketch(W, H, OVERSIZE)
    page.rounded((0, 0, W, H), 0, Fade(above, horizon))
    x, y = (590, 170) if mood % 2 else (210, 150)
    page.glow((x - 190, y - 190, x + 190, y + 190), sun, 0.8)
    page.ellipse((x - 62, y - 62, x + 62, y + 62), Flat(sun))
    for k in range(3):
        cloud(page, 120 + k * 270, 110 + (k * 97 + mood * 40) % 130, 150, 0.8)
    hills(page, f"{county}{mood}far", 400, 170, far, horizon)
    hills(page, f"{county}{mood}mid", 470, 140, mix(far, near, 0.5), horizon)
    hills(page, f"{county}{mood}near", 540, 100, near, horizon)
    PLACES.get(county, _karst)(page, mood)
    return flatten(page, (round(W), round(H)))


def wide(seed: str, mood: int, size: tuple[int, int]) -> Image.Image:
    """Layered hills behind a banner."""
    above, horizon, sun, far, near = MOODS[mood % len(MOODS)]
    width = H * size[0] / size[1]
    page = Sketch(width, H, size[1] / H * OVERSIZE)
    page.rounded((0, 0, width, H), 0, Fade(above, horizon))
    page.glow((width * 0.48, 40, width * 0.48 + 560, 600), sun, 0.9)
    page.ellipse((width * 0.48 + 200, 200, width * 0.48 + 360, 360), Flat(sun))
    for k in range(4):
        cloud(page, 200 + k * width / 4, 120 + (k * 83) % 120, 190, 0.8)
    for k, share in enumerate((0.0, 0.35, 0.7, 1.0)):
        tone = mix(far, near, share)
        page.blob(
            ridge(f"{seed}{k}", 500 + k * 70, 190 - k * 34, steps=9, width=width), Fade(tone, mix(tone, horizon, 0.5))
        )
    for k in range(7):  # on the left only: goods stand on the right
        x = 40 + k * width / 15 + math.sin(k) * 30
        tree(page, x, 720 + (k * 37) % 60, 90, "#6a9f4c", "#d83a30" if k % 2 else None)
    return flatten(page, size)
