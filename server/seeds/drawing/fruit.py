"""Apples, pears, plums and what else grows on trees in the valleys."""

from __future__ import annotations

import random

from PIL import Image

from server.seeds.drawing.paint import Ball, Colour, Fade, Flat, Point, Sketch, curve, darker, lighter, mix, ring
from server.seeds.drawing.sprites import draws


def leaf(page: Sketch, root: Point, tip: Point, *, width: float = 0.34, colour: Colour = "#5f9e3f") -> None:
    """A leaf from `root` to `tip` with its midrib."""
    (x0, y0), (x1, y1) = root, tip
    dx, dy = x1 - x0, y1 - y0
    side = (-dy * width, dx * width)
    outline = [
        root,
        (x0 + dx * 0.35 + side[0] * 0.8, y0 + dy * 0.35 + side[1] * 0.8),
        (x0 + dx * 0.7 + side[0] * 0.6, y0 + dy * 0.7 + side[1] * 0.6),
        tip,
        (x0 + dx * 0.7 - side[0] * 0.6, y0 + dy * 0.7 - side[1] * 0.6),
        (x0 + dx * 0.35 - side[0] * 0.8, y0 + dy * 0.35 - side[1] * 0.8),
    ]
    page.blob(outline, Fade(lighter(colour, 0.35), darker(colour, 0.18)))
    page.line([root, (x0 + dx * 0.5, y0 + dy * 0.5), (x0 + dx * 0.92, y0 + dy * 0.92)], 2.4, lighter(colour, 0.55))


def freckles(seed: str, centre: Point, radii: Point, count: int) -> list[Point]:
    """Spots spread over an ellipse, always the same for one seed."""
    dice = random.Random(seed)
    spots: list[Point] = []
    while len(spots) < count:
        x, y = dice.uniform(-1, 1), dice.uniform(-1, 1)
        if x * x + y * y < 1:
            spots.append((centre[0] + x * radii[0], centre[1] + y * radii[1]))
    return spots


APPLES = {
    "red": ("#d8362e", "#f6c35a"),
    "pink": ("#e56a63", "#f7dd8a"),
    "green": ("#9cc24a", "#e6ea9a"),
    "gold": ("#eec24f", "#fbeea6"),
    "dark": ("#a81f2d", "#e08a4a"),
}


@draws("apple")
def apple(tint: str) -> Image.Image:
    base, blush = APPLES[tint or "red"]
    page = Sketch(300, 300)
    body = [
        (150, 74), (196, 56), (250, 78), (276, 138), (262, 210), (218, 268), (176, 278), (150, 270),
        (124, 278), (82, 268), (38, 210), (24, 138), (50, 78), (104, 56),
    ]  # fmt: skip
    page.blob(body, Ball(base, mix(base, blush, 0.72), darker(base, 0.36), (0.34, 0.34)))
    with page.inside(body):
        for k, x in enumerate(range(44, 270, 17) if tint in ("red", "dark", "pink") else ()):
            page.line(
                [(150 + (x - 150) * 0.2, 78), (x, 170), (150 + (x - 150) * 0.5, 280)], 2 + k % 3, mix(base, blush, 0.3)
            )
        page.glow((150, 190, 310, 330), darker(base, 0.6), 0.4)
        page.dots(freckles(tint, (150, 180), (104, 84), 40), 1.7, lighter(blush, 0.5), 0.75)
        page.glow((96, 40, 204, 116), darker(base, 0.7), 0.75)
        page.glow((56, 92, 138, 196), "#fffdf2", 0.85)
    page.line([(151, 92), (154, 62), (170, 30)], 9, "#6d4426")
    page.line([(151, 88), (154, 62), (168, 34)], 3, "#a87645")
    leaf(page, (160, 58), (244, 22))
    return page.image


@draws("apple-half")
def apple_half(tint: str) -> Image.Image:
    base, _ = APPLES[tint or "red"]
    page = Sketch(300, 290)
    rim = [(150, 56), (206, 40), (268, 76), (284, 140), (256, 220), (200, 268), (150, 258), (100, 268), (44, 220),
           (16, 140), (32, 76), (94, 40)]  # fmt: skip
    flesh = [(150 + (x - 150) * 0.93, 152 + (y - 152) * 0.93) for x, y in rim]
    page.blob(rim, Ball(base))
    page.blob(flesh, Ball("#fdf3cf", "#fffdf0", "#f3dda0", (0.5, 0.45)))
    core = [(150, 100), (186, 128), (190, 168), (150, 204), (110, 168), (114, 128)]
    page.blob(core, Flat("#f5e2a8"))
    page.glow((96, 92, 204, 212), "#f8d873", 0.45)  # the sugar heart
    for x, lean in ((132, -1), (168, 1)):
        page.blob([(x, 134), (x + 11 * lean + 4, 150), (x, 172), (x + 11 * lean - 8, 150)], Ball("#6b3d22"))
    page.line([(150, 62), (152, 40), (164, 16)], 8, "#6d4426")
    return page.image


PEARS = {"yellow": "#e3bd45", "green": "#b7c456", "brown": "#c4934a"}


@draws("pear")
def pear(tint: str) -> Image.Image:
    base = PEARS[tint or "yellow"]
    page = Sketch(280, 340)
    body = [(140, 62), (176, 74), (190, 122), (214, 166), (250, 216), (248, 280), (198, 324), (140, 328), (82, 324),
            (32, 280), (30, 216), (66, 166), (90, 122), (104, 74)]  # fmt: skip
    page.blob(body, Ball(base, lighter(base, 0.65), darker(base, 0.28), (0.34, 0.52)))
    with page.inside(body):
        page.glow((140, 210, 300, 370), darker(base, 0.6), 0.35)
        page.dots(freckles(tint, (140, 226), (96, 92), 70), 1.9, darker(base, 0.35), 0.45)
        page.glow((54, 182, 124, 280), "#fffdf0", 0.8)
        page.glow((104, 52, 176, 92), darker(base, 0.5), 0.35)
    page.line([(140, 76), (143, 46), (158, 16)], 9, "#6d4a2a")
    leaf(page, (148, 46), (226, 34), colour="#74a445")
    return page.image


STONES = {
    "half-red": ("#7fae3f", "#cf3a4a"),
    "purple": ("#6d2f5b", "#8f3d63"),
    "peach": ("#f3b27a", "#e0485a"),
    "cherry": ("#b3162e", "#d8283c"),
    "green": ("#9dbb45", "#b9cf62"),
    "apricot": ("#f2a93f", "#ea7d3c"),
}


@draws("plum")
def plum(tint: str) -> Image.Image:
    base, cheek = STONES[tint or "half-red"]
    page = Sketch(260, 260)
    body = [
        (130, 40),
        (190, 36),
        (236, 84),
        (240, 150),
        (206, 214),
        (130, 238),
        (54, 214),
        (20, 150),
        (24, 84),
        (70, 36),
    ]
    page.blob(body, Ball(base, lighter(base, 0.45), darker(base, 0.25)))
    with page.inside(body):
        page.glow((110, 30, 320, 280), cheek, 0.95)
        page.glow((140, 110, 300, 300), darker(cheek, 0.5), 0.5)
        page.line([(132, 42), (112, 110), (118, 180), (130, 238)], 5, darker(mix(base, cheek, 0.5), 0.25))
        page.glow((40, 64, 112, 150), "#fffaf5", 0.85)
        page.glow((60, 130, 220, 236), "#e8e4ff", 0.18)  # bloom of the skin
    page.line([(130, 46), (134, 26), (146, 8)], 7, "#6a4a2c")
    leaf(page, (138, 26), (206, 12), colour="#6ba043")
    return page.image


@draws("cherries")
def cherries(tint: str) -> Image.Image:
    page = Sketch(300, 300)
    for foot in ((98, 200), (206, 214)):
        page.line([(160, 26), ((foot[0] + 160) / 2 + 8, 110), (foot[0], foot[1] - 46)], 5, "#6f8f3a")
    for x, y in ((98, 206), (206, 220)):
        page.ellipse((x - 62, y - 56, x + 62, y + 62), Ball("#c21a33", "#f0707a", "#7a0f28"))
        page.glow((x - 42, y - 40, x + 2, y + 6), "#ffffff", 0.9)
        page.glow((x - 18, y - 62, x + 18, y - 34), "#5c0a1c", 0.7)
    leaf(page, (160, 28), (262, 60), colour="#5f9e3f")
    return page.image


@draws("mango")
def mango(tint: str) -> Image.Image:
    base = {"": "#f3b229", "green": "#b9be45", "red": "#ee8f3a"}[tint]
    page = Sketch(330, 240)
    body = [
        (40, 140),
        (56, 76),
        (120, 34),
        (206, 32),
        (276, 66),
        (306, 120),
        (290, 158),
        (236, 196),
        (160, 216),
        (88, 204),
    ]
    page.blob(body, Ball(base, lighter(base, 0.6), darker(base, 0.22), (0.4, 0.3)))
    with page.inside(body):
        page.glow((170, 20, 350, 180), "#e2543b", 0.5)
        page.glow((20, 130, 160, 260), "#8aa83a", 0.35)
        page.dots(freckles(tint + "m", (170, 120), (120, 80), 50), 1.5, darker(base, 0.3), 0.35)
        page.glow((96, 48, 220, 112), "#fffdf0", 0.75)
    page.line([(44, 132), (26, 118), (16, 96)], 8, "#6b4a2a")
    leaf(page, (26, 118), (60, 22), colour="#5c9a3c", width=0.26)
    return page.image


@draws("mango-cut")
def mango_cut(tint: str) -> Image.Image:
    page = Sketch(320, 220)
    skin = [(20, 110), (60, 44), (160, 22), (260, 44), (300, 110), (258, 176), (160, 200), (62, 176)]
    page.blob(skin, Ball("#ee9a2c"))
    flesh = [(160 + (x - 160) * 0.92, 108 + (y - 110) * 0.88) for x, y in skin]
    page.blob(flesh, Ball("#fbc02f", "#ffe27a", "#f2a01c", (0.4, 0.35)))
    with page.inside(flesh):
        for k in range(-2, 8):
            page.line([(k * 46, 210), (k * 46 + 90, 10)], 4, "#e8971a", smooth=False)
            page.line([(k * 46 - 20, 10), (k * 46 + 70, 210)], 4, "#e8971a", smooth=False)
        page.glow((60, 26, 190, 100), "#fff6cf", 0.6)
    return page.image


ORANGES = {"": "#f08a1d", "mandarin": "#f39a24", "lemon": "#f3d23f", "pomelo": "#dccb58"}


@draws("orange")
def orange(tint: str) -> Image.Image:
    base = ORANGES[tint]
    page = Sketch(280, 280)
    body = ring((140, 146), (116, 112), 16)
    page.blob(body, Ball(base, lighter(base, 0.5), darker(base, 0.25)))
    with page.inside(body):
        page.dots(freckles("o" + tint, (140, 146), (112, 108), 120), 2.0, darker(base, 0.22), 0.35)
        page.dots(freckles("p" + tint, (120, 120), (80, 76), 50), 1.6, lighter(base, 0.6), 0.6)
        page.glow((58, 64, 138, 140), "#fffdf0", 0.85)
        page.glow((150, 170, 300, 300), darker(base, 0.6), 0.35)
        page.glow((116, 32, 166, 64), darker(base, 0.5), 0.5)
    page.blob(ring((141, 46), (11, 7), 8), Flat("#5f7a2f"))
    leaf(page, (144, 44), (226, 14), colour="#4f933a")
    return page.image


@draws("orange-half")
def orange_half(tint: str) -> Image.Image:
    base = ORANGES[tint]
    page = Sketch(260, 260)
    page.ellipse((10, 10, 250, 250), Ball(base))
    page.ellipse((20, 20, 240, 240), Flat("#fdf0cf"))
    for k in range(10):
        spoke = ring((130, 130), (100, 100), 60, start=k * 0.6283 + 0.05)[:6]
        wedge = [(130 + (spoke[2][0] - 130) * 0.1, 130 + (spoke[2][1] - 130) * 0.1), *spoke]
        page.blob(wedge, Ball(base, lighter(base, 0.55), darker(base, 0.08), (0.4, 0.4)), smooth=False)
    page.glow((40, 30, 150, 130), "#fffbe8", 0.55)
    return page.image


@draws("walnut")
def walnut(tint: str) -> Image.Image:
    page = Sketch(260, 270)
    body = [
        (130, 18),
        (200, 44),
        (238, 112),
        (232, 184),
        (184, 244),
        (130, 256),
        (76, 244),
        (28, 184),
        (22, 112),
        (60, 44),
    ]
    page.blob(body, Ball("#c79257", "#edcb94", "#81522a", (0.36, 0.32)))
    with page.inside(body):
        dice = random.Random("walnut")
        for side in (-1, 1):
            for k in range(7):
                x = 130 + side * (18 + k * 16)
                bend = [(x + dice.uniform(-7, 7) - side * (abs(y - 136) / 16) * k / 4, y) for y in range(20, 262, 30)]
                page.line(bend, 3.2, "#a26d38" if k % 2 else "#8d5b2c")
        page.line([(130, 16), (124, 90), (134, 180), (130, 258)], 9, "#8a5a2e")
        page.line([(126, 16), (120, 90), (130, 180), (126, 258)], 3, "#e3ba80")
        page.glow((44, 50, 118, 140), "#fff3d8", 0.75)
        page.glow((130, 150, 280, 300), "#4e2b16", 0.4)
    return page.image


@draws("walnut-kernel")
def walnut_kernel(tint: str) -> Image.Image:
    page = Sketch(250, 220)
    for side in (-1, 1):
        lobe = [
            (125 + side * x, y) for x, y in ((2, 26), (52, 14), (96, 44), (112, 100), (96, 164), (52, 204), (4, 196))
        ]
        page.blob(lobe, Ball("#dfae6a", "#f8dfae", "#9c6a34"))
        with page.inside(lobe):
            for y in (52, 86, 122, 156):
                wave = [(125 + side * x, y + (10 if k % 2 else -8)) for k, x in enumerate(range(8, 118, 18))]
                page.line(wave, 6, "#b9813f")
                page.line([(x - 2, w - 4) for x, w in wave], 2.4, "#f6dba8")
    page.line([(125, 24), (122, 110), (126, 198)], 6, "#946030")
    return page.image


@draws("chestnut")
def chestnut(tint: str) -> Image.Image:
    page = Sketch(270, 260)
    body = [
        (135, 14),
        (168, 44),
        (228, 72),
        (254, 140),
        (222, 216),
        (135, 242),
        (48, 216),
        (16, 140),
        (42, 72),
        (102, 44),
    ]
    page.blob(body, Ball("#8a3f1c", "#cf7a3c", "#4f1f10", (0.36, 0.34)))
    with page.inside(body):
        page.blob([(10, 198), (80, 180), (135, 186), (190, 180), (262, 198), (250, 262), (20, 262)], Ball("#d6ae7a"))
        for x in (76, 104, 166, 194):
            page.line([(135, 24), (x, 110), (x + (x - 135) * 0.2, 184)], 2.2, "#6d2d14")
        page.glow((60, 62, 126, 150), "#ffe9c8", 0.75)
    return page.image


@draws("kiwi")
def kiwi(tint: str) -> Image.Image:
    page = Sketch(260, 220)
    page.ellipse((8, 8, 252, 212), Ball("#8b6a3e"))
    page.ellipse((20, 18, 240, 202), Ball("#8fbf3f", "#c5e27a", "#5f9a2c", (0.5, 0.5)))
    page.ellipse((96, 84, 164, 136), Ball("#f5f3c8"))
    page.dots(ring((130, 110), (50, 42), 22), 4.2, "#2f2a1c")
    page.dots(ring((130, 110), (64, 54), 22, start=0.14), 3.2, "#2f2a1c", 0.8)
    page.glow((40, 26, 140, 96), "#ffffff", 0.45)
    return page.image


@draws("loquat")
def loquat(tint: str) -> Image.Image:
    page = Sketch(300, 300)
    page.line([(158, 20), (150, 70), (150, 120)], 9, "#7a5a33")
    leaf(page, (154, 60), (290, 70), width=0.24, colour="#4f8a3c")
    leaf(page, (154, 60), (20, 84), width=0.24, colour="#5c9742")
    for x, y in ((96, 156), (206, 150), (152, 214)):
        page.ellipse((x - 56, y - 58, x + 56, y + 66), Ball("#f3ad3c", "#ffe09a", "#d17f20"))
        page.glow((x - 36, y - 42, x + 6, y + 4), "#ffffff", 0.75)
        page.dots(ring((x + 8, y + 54), (7, 4), 5), 2.4, "#7a4a1c")
    return page.image


@draws("sprig")
def sprig(tint: str) -> Image.Image:
    """Leaves to lay beside things."""
    colour = {"": "#6aa548", "tea": "#7fb04a", "bamboo": "#7cab52", "dark": "#4c8a45"}[tint]
    page = Sketch(300, 200)
    path = curve([(20, 150), (90, 122), (160, 98), (226, 62)], closed=False)
    page.line(path, 5, darker(colour, 0.25), smooth=False)
    slim = 0.2 if tint == "bamboo" else 0.34
    for k, (x, y) in enumerate(path[4::6]):
        leaf(page, (x, y), (x + 62, y - 52) if k % 2 else (x + 66, y + 40), width=slim, colour=colour)
    return page.image
