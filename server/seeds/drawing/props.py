"""Wood for the kitchen, and what goods are shown in: crate, plate, board, cooler."""

from __future__ import annotations

import math
import random

from PIL import Image

from server.seeds.drawing.paint import Ball, Colour, Fade, Sketch, curve, darker, lighter, ring
from server.seeds.drawing.sprites import draws

WOODS: dict[str, Colour] = {"": "#b97f45", "dark": "#80512d", "pale": "#dcb27a"}


@draws("board")
def board(tint: str) -> Image.Image:
    """A round chopping board with its rings."""
    base = WOODS[tint]
    page = Sketch(340, 300)
    page.ellipse((14, 80, 326, 292), Ball(darker(base, 0.3)))
    page.ellipse((14, 40, 326, 252), Ball(base, lighter(base, 0.4), darker(base, 0.1)))
    dice = random.Random("board")
    for k in range(1, 8):
        rx, ry = k * 20 + dice.uniform(-3, 3), k * 13.4 + dice.uniform(-2, 2)
        loop = curve(ring((165, 146), (rx, ry), 14))
        page.line([*loop, loop[0]], 2.4, darker(base, 0.16), smooth=False)
    page.line([(165, 146), (240, 92)], 2.4, darker(base, 0.25))
    page.glow((50, 50, 190, 140), "#ffffff", 0.35)
    return page.image


@draws("spoon")
def spoon(tint: str) -> Image.Image:
    base = WOODS[tint]
    page = Sketch(170, 360)
    page.line([(85, 130), (88, 240), (85, 342)], 20, base)
    page.line([(81, 140), (83, 240), (81, 336)], 5, lighter(base, 0.5))
    page.ellipse((22, 12, 148, 156), Ball(base, lighter(base, 0.4), darker(base, 0.25)))
    page.ellipse((38, 30, 132, 142), Ball(darker(base, 0.22), darker(base, 0.3), lighter(base, 0.2)))
    return page.image


@draws("barrel")
def barrel(tint: str) -> Image.Image:
    """A staved rice steamer with its hoops and lid."""
    base = WOODS[tint]
    page = Sketch(300, 320)
    body = [(46, 88), (254, 88), (270, 190), (256, 304), (44, 304), (30, 190)]
    page.blob(body, Fade(lighter(base, 0.3), darker(base, 0.25), sideways=True))
    with page.inside(body):
        for x in range(50, 270, 28):
            page.line([(x, 80), (x + (x - 150) * 0.1, 190), (x, 310)], 3, darker(base, 0.25))
        for y in (134, 250):
            page.line([(20, y), (150, y + 14), (280, y)], 12, "#d9b25e")
            page.line([(20, y - 3), (150, y + 11), (280, y - 3)], 4, "#f4dc9c")
    page.ellipse((36, 48, 264, 122), Ball(lighter(base, 0.1)))
    page.rounded((110, 50, 190, 84), 14, Fade(base, darker(base, 0.25)))
    return page.image


@draws("crate")
def crate(tint: str) -> Image.Image:
    """A low wooden crate, to be filled from behind its front boards."""
    page = Sketch(420, 190)
    for k, y in enumerate((14, 72, 130)):
        tone = ("#c28a4e", "#b57d43", "#a9713a")[k]
        page.rounded((8, y, 412, y + 50), 8, Fade(lighter(tone, 0.25), darker(tone, 0.12)))
        page.line([(24, y + 18), (200, y + 22), (396, y + 16)], 2, darker(tone, 0.2))
        page.line([(24, y + 34), (200, y + 32), (396, y + 36)], 2, darker(tone, 0.2))
    for x in (20, 366):
        page.rounded((x, 4, x + 34, 186), 6, Fade("#b27a40", "#8a5a2c"))
        page.dots([(x + 17, 38), (x + 17, 96), (x + 17, 154)], 4, "#5f4028")
    return page.image


@draws("plate")
def plate(tint: str) -> Image.Image:
    """A plate seen a little from above."""
    glaze = {"": "#f5eee0", "blue": "#7fa6b3", "clay": "#c98f63", "green": "#a9bf92"}[tint]
    page = Sketch(420, 150)
    page.ellipse((6, 20, 414, 146), Ball(darker(glaze, 0.3)))
    page.ellipse((6, 8, 414, 132), Ball(glaze, lighter(glaze, 0.7), darker(glaze, 0.12)))
    page.ellipse((64, 26, 356, 112), Ball(darker(glaze, 0.07), lighter(glaze, 0.3)))
    return page.image


@draws("cooler")
def cooler(tint: str) -> Image.Image:
    """The insulated box in which chilled goods travel."""
    page = Sketch(340, 260)
    page.rounded((20, 70, 320, 250), 18, Fade("#f3f7f8", "#bfd0d6"))
    page.rounded((10, 36, 330, 98), 18, Fade("#7fb3c4", "#4f8699"))
    for x, y in ((110, 168), (230, 168)):
        for k in range(3):
            dx, dy = 30 * math.cos(k * math.pi / 3), 30 * math.sin(k * math.pi / 3)
            page.line([(x - dx, y - dy), (x + dx, y + dy)], 6, "#6aa9bd", smooth=False)
    page.glow((30, 40, 160, 80), "#ffffff", 0.5)
    return page.image
