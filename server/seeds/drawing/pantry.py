"""Jars, bottles, tins, boxes and what is served from them."""

from __future__ import annotations

import math
import random

from PIL import Image

from server.seeds.drawing.fruit import freckles, leaf
from server.seeds.drawing.paint import Ball, Colour, Fade, Flat, Point, Sketch, curve, darker, lighter, ring
from server.seeds.drawing.sprites import draws, sprite

# tint: (contents, lid, label)
JARS: dict[str, tuple[Colour, Colour, Colour]] = {
    "": ("#7a3420", "#c9472f", "#f7e7c4"),
    "chilli": ("#b3261c", "#3f3a36", "#fbe3b3"),
    "honey": ("#eda21f", "#c98a2b", "#fff3cf"),
    "dark-honey": ("#b5641a", "#8a5a2b", "#fff0d0"),
    "oil": ("#c98f1e", "#5b7a35", "#f4f0cf"),
    "pickle": ("#b9a83c", "#6f8a3a", "#f7f2d5"),
    "bean": ("#5b2a1c", "#a8362b", "#f3dfb5"),
    "snow": ("#f2ead8", "#8f7a5a", "#e9dcc0"),
}


@draws("jar")
def jar(tint: str) -> Image.Image:
    inside, lid, label = JARS[tint]
    page = Sketch(260, 340)
    glass = [
        (52, 74),
        (208, 74),
        (232, 116),
        (236, 220),
        (230, 310),
        (200, 328),
        (60, 328),
        (30, 310),
        (24, 220),
        (28, 116),
    ]
    page.blob(glass, Fade(lighter(inside, 0.35), darker(inside, 0.2)))
    with page.inside(glass):
        page.blob([(10, 70), (250, 70), (250, 106), (130, 116), (10, 106)], Flat("#fff9ec", 0.75))
        page.dots(freckles("jar" + tint, (130, 220), (110, 100), 46), 4.0, lighter(inside, 0.4), 0.45)
        page.glow((150, 120, 270, 340), darker(inside, 0.5), 0.6)
        page.glow((30, 90, 84, 320), "#ffffff", 0.75)
    page.rounded((44, 20, 216, 82), 16, Fade(lighter(lid, 0.25), darker(lid, 0.18)))
    page.rounded((44, 62, 216, 82), 8, Flat(darker(lid, 0.25)))
    page.line([(62, 32), (198, 32)], 5, lighter(lid, 0.55))
    _label(page, (52, 150, 208, 278), label, inside, tint)
    return page.image


def _label(page: Sketch, box: tuple[float, float, float, float], paper: Colour, ink: Colour, tint: str) -> None:
    """A paper label with mountains on it, and no words: words would need a font."""
    x0, y0, x1, y1 = box
    page.rounded(box, 14, Ball(paper, lighter(paper, 0.7), darker(paper, 0.1)))
    edge = [(x0 + 8, y0 + 8), (x1 - 8, y0 + 8), (x1 - 8, y1 - 8), (x0 + 8, y1 - 8)]
    with page.inside(edge, smooth=False):
        w, h = x1 - x0, y1 - y0
        page.ellipse((x0 + w * 0.58, y0 + h * 0.14, x0 + w * 0.82, y0 + h * 0.14 + w * 0.24), Flat("#ec8a3f", 0.9))
        far = [
            (x0, y1),
            (x0, y0 + h * 0.66),
            (x0 + w * 0.26, y0 + h * 0.4),
            (x0 + w * 0.5, y0 + h * 0.64),
            (x0 + w * 0.74, y0 + h * 0.46),
            (x1, y0 + h * 0.7),
            (x1, y1),
        ]
        page.blob(far, Flat(lighter(ink, 0.25), 0.75), smooth=False)
        near = [
            (x0, y1),
            (x0, y0 + h * 0.84),
            (x0 + w * 0.34, y0 + h * 0.66),
            (x0 + w * 0.66, y0 + h * 0.86),
            (x1, y0 + h * 0.72),
            (x1, y1),
        ]
        page.blob(near, Flat(ink, 0.95))
    page.line([*edge, edge[0]], 2, ink, smooth=False)


@draws("bottle")
def bottle(tint: str) -> Image.Image:
    inside, lid, label = JARS[tint or "oil"]
    page = Sketch(190, 400)
    glass = [
        (72, 90),
        (118, 90),
        (122, 130),
        (160, 176),
        (166, 280),
        (160, 380),
        (130, 392),
        (60, 392),
        (30, 380),
        (24, 280),
        (30, 176),
        (68, 130),
    ]
    page.blob(glass, Fade(lighter(inside, 0.45), darker(inside, 0.15)))
    with page.inside(glass):
        page.rounded((60, 84, 130, 128), 4, Flat("#fff9ec", 0.65))
        page.glow((100, 150, 200, 400), darker(inside, 0.5), 0.5)
        page.glow((28, 160, 74, 390), "#ffffff", 0.85)
    page.rounded((66, 34, 124, 96), 10, Fade(lighter(lid, 0.25), darker(lid, 0.2)))
    _label(page, (36, 224, 156, 346), label, darker(inside, 0.3), tint)
    return page.image


BAGS: dict[str, tuple[Colour, Colour]] = {
    "": ("#e8d2a6", "#a5512f"),
    "green": ("#cfdba6", "#4f7a3a"),
    "red": ("#e9b49a", "#a8322b"),
    "white": ("#f3ecdd", "#7a6a58"),
    "purple": ("#d8c4d8", "#6b3f72"),
    "blue": ("#c4d6de", "#35627a"),
    "gold": ("#f2dc9e", "#a8741f"),
}


@draws("pouch")
def pouch(tint: str) -> Image.Image:
    """A stand-up paper bag with a window."""
    paper, ink = BAGS[tint]
    page = Sketch(270, 360)
    bag = [(44, 30), (226, 30), (238, 130), (246, 300), (232, 346), (38, 346), (24, 300), (32, 130)]
    page.blob(bag, Fade(lighter(paper, 0.35), darker(paper, 0.12), sideways=True))
    with page.inside(bag):
        page.rounded((0, 20, 270, 66), 0, Flat(darker(paper, 0.16)))
        page.line([(30, 52), (240, 52)], 2, lighter(paper, 0.5))
        page.glow((150, 60, 290, 360), darker(paper, 0.4), 0.35)
        page.glow((30, 70, 90, 340), "#ffffff", 0.6)
    _label(page, (60, 96, 210, 222), lighter(paper, 0.75), ink, tint)
    page.ellipse((84, 240, 186, 330), Flat(darker(paper, 0.3)))
    page.ellipse((88, 244, 182, 326), Ball(ink, lighter(ink, 0.55)))
    page.dots(freckles("bag" + tint, (135, 286), (40, 34), 40), 5, lighter(ink, 0.5), 0.8)
    page.glow((94, 248, 150, 290), "#ffffff", 0.5)
    return page.image


@draws("giftbox")
def giftbox(tint: str) -> Image.Image:
    paper, ink = BAGS[tint or "red"]
    page = Sketch(360, 280)
    page.rounded((24, 96, 336, 268), 14, Fade(lighter(ink, 0.1), darker(ink, 0.25)))
    page.rounded((14, 44, 346, 124), 14, Fade(lighter(ink, 0.28), ink))
    page.rounded((156, 44, 204, 268), 2, Fade("#f6d98a", "#d9a43f"))
    _label(page, (50, 140, 140, 246), paper, ink, tint)
    for side in (-1, 1):
        page.blob([(180, 50), (180 + side * 40, 10), (180 + side * 84, 16), (180 + side * 64, 50)], Ball("#f1c963"))
    page.ellipse((164, 34, 196, 62), Ball("#e0ab46"))
    page.glow((30, 48, 150, 90), "#ffffff", 0.4)
    return page.image


TINS: dict[str, Colour] = {"": "#5f7f46", "red": "#a23a2f", "gold": "#b98a34", "blue": "#3f6b7d"}


@draws("tin")
def tin(tint: str) -> Image.Image:
    base = TINS[tint]
    page = Sketch(230, 330)
    page.rounded((26, 64, 204, 312), 22, Fade(lighter(base, 0.4), darker(base, 0.25), sideways=True))
    page.ellipse((26, 282, 204, 326), Flat(darker(base, 0.3)))
    page.rounded((26, 70, 204, 304), 18, Fade(lighter(base, 0.4), darker(base, 0.2), sideways=True))
    page.rounded((20, 30, 210, 96), 18, Fade(lighter("#d8b05a", 0.4), darker("#d8b05a", 0.2), sideways=True))
    page.ellipse((20, 14, 210, 56), Ball("#e6c677"))
    _label(page, (54, 132, 176, 262), "#f8efd6", darker(base, 0.1), tint)
    page.glow((34, 100, 70, 300), "#ffffff", 0.6)
    return page.image


@draws("teacup")
def teacup(tint: str) -> Image.Image:
    tea = {"": "#b9c04a", "red": "#b4531f", "buckwheat": "#d9a436"}[tint]
    page = Sketch(320, 260)
    page.ellipse((20, 196, 300, 254), Ball("#eadfce", "#ffffff", "#cdbca2"))
    page.line([(250, 110), (302, 106), (300, 168), (232, 184)], 14, "#f3ebdf")
    cup = [(44, 78), (276, 78), (268, 150), (228, 214), (160, 226), (92, 214), (52, 150)]
    page.blob(cup, Ball("#f6efe4", "#ffffff", "#cfc0aa", (0.3, 0.4)))
    page.ellipse((44, 48, 276, 110), Ball("#fffaf0"))
    page.ellipse((58, 56, 262, 104), Ball(tea, lighter(tea, 0.45), darker(tea, 0.2)))
    for x in (116, 164, 210):
        page.line([(x, 40), (x - 10, 26), (x + 6, 12), (x - 2, 0)], 5, "#fffaf2")
    leaf(page, (140, 84), (196, 74), colour="#6f9a3c", width=0.24)
    page.line([(76, 140), (160, 164), (244, 140)], 5, "#4f7f8f")
    return page.image


@draws("tea-leaves")
def tea_leaves(tint: str) -> Image.Image:
    base = {"": "#5d7f3c", "red": "#5a3524", "white": "#9fae84", "buckwheat": "#b9873a"}[tint]
    page = Sketch(320, 190)
    dice = random.Random("tea" + tint)
    for k, (x, y) in enumerate(sorted(freckles("leaves" + tint, (160, 112), (130, 60), 86), key=lambda p: p[1])):
        turn = dice.uniform(-math.pi, math.pi)
        dx, dy = 24 * math.cos(turn), 11 * math.sin(turn)
        tone = (lighter(base, 0.25), base, darker(base, 0.2))[k % 3]
        page.line([(x - dx, y - dy), (x, y - 5), (x + dx, y + dy)], 7, tone)
        page.line([(x - dx * 0.8, y - dy - 1), (x, y - 6)], 2, lighter(base, 0.5))
    return page.image


@draws("sugar")
def sugar(tint: str) -> Image.Image:
    """Brown sugar as it is cast in small bowls."""
    base = {"": "#8a4a22", "ginger": "#b0722e", "block": "#74391c"}[tint]
    page = Sketch(280, 190)
    page.blob([(12, 150), (30, 92), (80, 34), (140, 20), (200, 34), (250, 92), (268, 150), (220, 176), (140, 182),
        (60, 176)],
              Ball(base, lighter(base, 0.5), darker(base, 0.3)))  # fmt: skip
    page.glow((54, 30, 150, 110), "#ffe9c6", 0.6)
    page.dots(freckles("sugar" + tint, (140, 106), (110, 66), 80), 1.8, lighter(base, 0.6), 0.5)
    page.line([(40, 136), (140, 152), (240, 136)], 3, lighter(base, 0.3))
    return page.image


@draws("mooncake")
def mooncake(tint: str) -> Image.Image:
    base = {"": "#cf8a35", "buckwheat": "#8a5f38", "green": "#a9bb5a", "white": "#ead7ad"}[tint]
    page = Sketch(290, 240)
    page.ellipse((20, 60, 270, 226), Ball(darker(base, 0.25)))
    for x, y in ring((145, 132), (122, 82), 24):
        page.ellipse((x - 19, y - 8, x + 19, y + 24), Ball(darker(base, 0.14)))
    page.ellipse((16, 36, 274, 210), Ball(base, lighter(base, 0.55), darker(base, 0.2)))
    for radius in (0.84, 0.5):
        page.line(
            [
                *curve(ring((145, 122), (126 * radius, 84 * radius), 12)),
                ring((145, 122), (126 * radius, 84 * radius), 12)[0],
            ],
            5,
            darker(base, 0.22),
            smooth=False,
        )
    for x, y in ring((145, 122), (84, 56), 8):
        page.blob(ring((x, y), (17, 12), 8), Ball(lighter(base, 0.22)))
    for x, y in ring((145, 122), (30, 20), 5):
        page.blob(ring((x, y), (19, 13), 8), Ball(lighter(base, 0.3)))
    page.ellipse((130, 112, 160, 132), Ball(darker(base, 0.2)))
    page.glow((50, 46, 170, 120), "#fff6da", 0.6)
    return page.image


@draws("mooncake-cut")
def mooncake_cut(tint: str) -> Image.Image:
    base = {"": "#cf8a35", "buckwheat": "#8a5f38", "green": "#a9bb5a", "white": "#ead7ad"}[tint]
    page = Sketch(290, 200)
    page.blob(
        [(14, 90), (60, 40), (145, 22), (230, 40), (276, 90), (276, 156), (14, 156)], Ball(base, lighter(base, 0.5))
    )
    page.rounded((14, 86, 276, 182), 22, Fade(lighter(base, 0.3), base))
    page.rounded((28, 98, 262, 172), 16, Ball("#a8552f" if tint != "green" else "#8a9a3f"))
    page.dots(freckles("ham" + tint, (145, 135), (104, 30), 26), 7, "#d96a55", 0.95)
    page.dots(freckles("fat" + tint, (145, 135), (104, 30), 16), 5, "#ffe6c4", 0.95)
    return page.image


@draws("cake")
def cake(tint: str) -> Image.Image:
    base = {"": "#b9cf73", "red": "#b0642f", "yellow": "#edc55a"}[tint]
    page = Sketch(260, 190)
    page.rounded((24, 70, 236, 176), 18, Fade(lighter(base, 0.1), darker(base, 0.22)))
    page.blob([(34, 74), (60, 40), (200, 40), (226, 74), (200, 98), (60, 98)], Ball(base, lighter(base, 0.6)))
    for x, y in ring((130, 69), (44, 14), 6):
        page.blob(ring((x, y), (16, 7), 8), Ball(lighter(base, 0.4)))
    return page.image


@draws("noodles")
def noodles(tint: str) -> Image.Image:
    """A bound bundle of dry noodles."""
    base = {"": "#f1dca6", "buckwheat": "#a98a5f", "starch": "#dfe0da", "rice": "#fbf6e8"}[tint]
    page = Sketch(330, 200)
    for k in range(26):
        y = 40 + k * 4.8
        tone = (lighter(base, 0.3), base, darker(base, 0.14))[k % 3]
        spread = (k - 13) * 1.6
        page.line([(14, y + spread), (100, y + spread * 0.2), (230, y + spread * 0.2), (316, y + spread)], 5.4, tone)
    page.rounded((134, 30, 196, 176), 10, Fade("#c9553a", "#8f2f25"))
    page.rounded((146, 60, 184, 146), 8, Flat("#f8e8c4"))
    return page.image


@draws("noodle-bowl")
def noodle_bowl(tint: str) -> Image.Image:
    base = {"": "#f1dca6", "buckwheat": "#b3946a", "starch": "#e8e6da", "rice": "#fbf6e8"}[tint]
    page = Sketch(330, 280)
    page.ellipse((20, 40, 310, 150), Ball("#f4efe6", "#ffffff", "#cbbda8"))
    page.ellipse((36, 50, 294, 140), Ball("#c9582b", "#eb9a5a"))
    for k in range(16):
        x = 70 + k * 12
        page.line(
            [(x, 70 + k % 4 * 5), (x + 30, 98), (x - 10, 124 - k % 3 * 4)], 7, lighter(base, 0.2) if k % 2 else base
        )
    for px, py in freckles("scallion", (165, 94), (100, 34), 18):
        page.ellipse((px - 7, py - 4, px + 7, py + 4), Ball("#6aa548"))
    page.ellipse((196, 62, 262, 104), Ball("#b8674a"))
    bowl = [
        (20, 98),
        (60, 128),
        (165, 146),
        (270, 128),
        (310, 98),
        (296, 180),
        (240, 250),
        (165, 264),
        (90, 250),
        (34, 180),
    ]
    page.blob(bowl, Ball("#3f6f86", "#8fbccb", "#244a5e", (0.3, 0.3)))
    page.line([(44, 170), (165, 204), (286, 170)], 7, "#f3ead8")
    return page.image


@draws("konjac-block")
def konjac_block(tint: str) -> Image.Image:
    base = "#f1ece2" if tint == "snow" else "#a39a93"
    page = Sketch(280, 200)
    page.blob([(20, 80), (70, 40), (260, 40), (216, 80)], Flat(lighter(base, 0.5)), smooth=False)
    page.blob([(216, 80), (260, 40), (260, 136), (216, 178)], Flat(darker(base, 0.2)), smooth=False)
    page.rounded((20, 78, 218, 180), 8, Fade(lighter(base, 0.2), darker(base, 0.08)))
    page.dots(freckles("block", (118, 128), (90, 44), 46), 2.6, darker(base, 0.3), 0.6)
    page.dots(freckles("holes", (140, 58), (90, 16), 24), 2.2, darker(base, 0.2), 0.5)
    return page.image


def bowl_of(kind: str, count: int = 5, width: float = 96, glaze: Colour = "#e9dcc6") -> Image.Image:
    """A bowl heaped with `kind`."""
    page = Sketch(360, 300)
    page.ellipse((24, 92, 336, 190), Ball(darker(glaze, 0.3)))
    thing = sprite(kind)
    spots: list[Point] = [(110, 116), (250, 116), (180, 96), (142, 146), (218, 146), (90, 150), (270, 150), (180, 130)]
    for k, spot in enumerate(sorted(spots[:count], key=lambda p: p[1])):
        page.put(thing, spot, width, (k * 37) % 60 - 30)
    front = [
        (24, 140),
        (70, 176),
        (180, 196),
        (290, 176),
        (336, 140),
        (318, 220),
        (258, 276),
        (180, 286),
        (102, 276),
        (42, 220),
    ]
    page.blob(front, Ball(glaze, lighter(glaze, 0.6), darker(glaze, 0.25), (0.32, 0.3)))
    page.line([(48, 206), (180, 240), (312, 206)], 5, darker(glaze, 0.3))
    return page.image
