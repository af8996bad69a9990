"""Bamboo, thread, clay, cloth and wood: what hands make in the villages; and what goods are shown in."""

from __future__ import annotations

import math

from PIL import Image

from server.seeds.drawing.paint import Ball, Colour, Fade, Flat, Sketch, curve, darker, lighter, ring
from server.seeds.drawing.sprites import draws


def weave(page: Sketch, x0: float, y0: float, x1: float, y1: float, step: float, tone: Colour) -> None:
    """Over and under, over the whole box; to be cut to a shape by `inside`."""
    rows, columns = math.ceil((y1 - y0) / step), math.ceil((x1 - x0) / step)
    for row in range(rows):
        for column in range(columns):
            x, y = x0 + column * step, y0 + row * step
            if (row + column) % 2:
                page.rounded((x - 1, y + 2, x + step + 1, y + step - 2), 3, Fade(lighter(tone, 0.3), darker(tone, 0.1)))
            else:
                page.rounded(
                    (x + 2, y - 1, x + step - 2, y + step + 1), 3, Fade(lighter(tone, 0.15), darker(tone, 0.22), True)
                )


@draws("basket")
def basket(tint: str) -> Image.Image:
    """A woven basket with its handle."""
    base = {"": "#cfa15a", "dark": "#9a6b38", "green": "#a9ad5c"}[tint]
    page = Sketch(340, 320)
    page.line([(50, 160), (70, 50), (170, 14), (270, 50), (290, 160)], 15, darker(base, 0.2))
    page.line([(50, 160), (70, 50), (170, 14), (270, 50), (290, 160)], 7, lighter(base, 0.35))
    page.ellipse((26, 120, 314, 196), Flat(darker(base, 0.45)))
    body = [
        (28, 158),
        (90, 190),
        (170, 196),
        (250, 190),
        (312, 158),
        (294, 262),
        (244, 304),
        (170, 310),
        (96, 304),
        (46, 262),
    ]
    page.blob(body, Flat(darker(base, 0.3)))
    with page.inside(body):
        weave(page, 20, 150, 320, 312, 23, base)
        page.glow((170, 170, 360, 340), darker(base, 0.6), 0.5)
    page.line([(28, 158), (90, 190), (170, 197), (250, 190), (312, 158)], 15, darker(base, 0.1))
    page.line([(28, 155), (90, 187), (170, 194), (250, 187), (312, 155)], 6, lighter(base, 0.45))
    return page.image


@draws("back-basket")
def back_basket(tint: str) -> Image.Image:
    page = Sketch(280, 350)
    page.ellipse((20, 14, 260, 84), Flat("#6f4c26"))
    body = [(20, 50), (140, 82), (260, 50), (226, 200), (206, 320), (140, 336), (74, 320), (54, 200)]
    page.blob(body, Flat("#8d632f"))
    with page.inside(body):
        weave(page, 10, 40, 270, 340, 21, "#cf9f55")
        page.glow((150, 60, 300, 360), "#4e2f14", 0.5)
    page.line([(20, 50), (80, 78), (140, 85), (200, 78), (260, 50)], 12, "#b98541")
    for x in (96, 184):
        page.line([(x, 90), (x + (x - 140) * 0.35, 190), (x, 290)], 13, "#a8322b")
        page.line([(x, 90), (x + (x - 140) * 0.35, 190), (x, 290)], 4, "#f0c563")
    return page.image


@draws("tray")
def tray(tint: str) -> Image.Image:
    """A round winnowing tray seen from above."""
    base = {"": "#d9ae68", "light": "#e6c78c"}[tint]
    page = Sketch(400, 400)
    page.ellipse((6, 6, 394, 394), Ball(darker(base, 0.22), lighter(base, 0.2)))
    page.ellipse((26, 26, 374, 374), Flat(darker(base, 0.2)))
    with page.inside(ring((200, 200), (174, 174), 40)):
        weave(page, 20, 20, 380, 380, 20, base)
        page.glow((140, 140, 460, 460), darker(base, 0.6), 0.35)
        page.glow((10, 10, 260, 260), "#fff6dc", 0.5)
    return page.image


@draws("steamer")
def steamer(tint: str) -> Image.Image:
    page = Sketch(300, 290)
    for y in (170, 90):
        page.rounded((24, y, 276, y + 92), 18, Fade("#e3bd7c", "#a9763a"))
        for x in range(36, 276, 24):
            page.line([(x, y + 8), (x, y + 84)], 3, "#b98748", smooth=False)
        page.line([(26, y + 18), (274, y + 18)], 8, "#f0d49c")
        page.line([(26, y + 78), (274, y + 78)], 8, "#c08a47")
    page.ellipse((18, 38, 282, 118), Ball("#d8ad67"))
    with page.inside(ring((150, 78), (120, 32), 30)):
        weave(page, 20, 40, 280, 116, 17, "#e0b873")
    page.ellipse((134, 44, 166, 70), Ball("#b5813f"))
    return page.image


THREADS: dict[str, tuple[Colour, tuple[Colour, ...]]] = {
    "": ("#27384f", ("#e04f3a", "#f2b53a", "#5fb08a", "#f7ead0", "#d96a9a")),
    "red": ("#9c2330", ("#f2b53a", "#f7ead0", "#3f8f8a", "#f08a5a", "#fbe3a0")),
    "black": ("#2a2426", ("#e2483a", "#f5c044", "#4fa06a", "#f4e6cf", "#7a6ac0")),
    "white": ("#f3ead8", ("#b3322b", "#2f6f86", "#d99a2c", "#4f8a4a", "#8a3f7a")),
}


def motif(page: Sketch, x: float, y: float, size: float, colours: tuple[Colour, ...]) -> None:
    """A flower of stitches, as girls learn it."""
    for k, (px, py) in enumerate(ring((x, y), (size * 0.58, size * 0.58), 8)):
        petal = ring(((x + px) / 2, (y + py) / 2), (size * 0.22, size * 0.22), 8)
        page.blob(petal, Ball(colours[k % 2]))
        page.dots([(x + (px - x) * 1.5, y + (py - y) * 1.5)], size * 0.07, colours[3])
    page.blob(ring((x, y), (size * 0.2, size * 0.2), 8), Ball(colours[2]))
    page.dots([(x, y)], size * 0.08, colours[3])


@draws("embroidery")
def embroidery(tint: str) -> Image.Image:
    cloth, colours = THREADS[tint]
    page = Sketch(340, 340)
    page.rounded((14, 14, 326, 326), 12, Ball(cloth, lighter(cloth, 0.18), darker(cloth, 0.2)))
    for inset, colour in ((26, colours[0]), (36, colours[1]), (46, colours[3])):
        frame = [(inset, inset), (340 - inset, inset), (340 - inset, 340 - inset), (inset, 340 - inset)]
        page.line([*frame, frame[0]], 4, colour, smooth=False)
    for k in range(12):
        for x, y in ((60 + k * 20, 58), (60 + k * 20, 282), (58, 60 + k * 20), (282, 60 + k * 20)):
            page.blob([(x, y - 8), (x + 8, y), (x, y + 8), (x - 8, y)], Flat(colours[k % 3]), smooth=False)
    motif(page, 170, 170, 100, colours)
    for x, y in ((104, 104), (236, 104), (104, 236), (236, 236)):
        motif(page, x, y, 42, colours)
    return page.image


@draws("hoop")
def hoop(tint: str) -> Image.Image:
    """Work in progress in its hoop."""
    cloth, colours = THREADS[tint or "white"]
    page = Sketch(320, 340)
    page.rounded((140, 6, 180, 40), 8, Ball("#c99a4a"))
    page.ellipse((10, 24, 310, 324), Ball("#b98242", "#e8c384", "#7d5426"))
    page.ellipse((28, 42, 292, 306), Ball(cloth, lighter(cloth, 0.4), darker(cloth, 0.12)))
    path = [(90, 250), (120, 200), (150, 190), (170, 130), (220, 100)]
    page.line(path, 5, "#4f8a4a")
    for k, (x, y) in enumerate(curve(path, closed=False)[4::6]):
        page.blob(ring((x + (16 if k % 2 else -16), y - 8), (15, 8), 8), Ball("#5fa052"))
    for x, y, size in ((220, 100, 62), (120, 150, 46), (186, 226, 52)):
        motif(page, x, y, size, colours)
    return page.image


@draws("pouch-cloth")
def pouch_cloth(tint: str) -> Image.Image:
    """An embroidered bag with tassels."""
    cloth, colours = THREADS[tint]
    page = Sketch(280, 350)
    page.line([(50, 110), (70, 30), (140, 6), (210, 30), (230, 110)], 9, colours[1])
    for k, x in enumerate((66, 104, 140, 176, 214)):
        page.line([(x, 280), (x - 3, 336)], 9, colours[k % 3])
    bag = [(30, 100), (140, 92), (250, 100), (262, 200), (240, 280), (140, 296), (40, 280), (18, 200)]
    page.blob(bag, Ball(cloth, lighter(cloth, 0.2), darker(cloth, 0.25)))
    with page.inside(bag):
        for y, colour in ((118, colours[0]), (132, colours[1]), (268, colours[2])):
            page.line([(10, y), (270, y)], 7, colour)
        for k in range(9):
            page.blob(
                [(30 + k * 30, 146), (42 + k * 30, 158), (30 + k * 30, 170), (18 + k * 30, 158)],
                Flat(colours[k % 3]),
                smooth=False,
            )
    motif(page, 140, 214, 84, colours)
    return page.image


CLAYS: dict[str, Colour] = {"": "#a5603a", "dark": "#5f4136", "green": "#6f8a63", "cream": "#e0cba4"}


@draws("pot")
def pot(tint: str) -> Image.Image:
    base = CLAYS[tint]
    page = Sketch(320, 320)
    for side in (-1, 1):
        page.line(
            [(160 + side * 118, 130), (160 + side * 150, 140), (160 + side * 146, 176), (160 + side * 122, 182)],
            14,
            darker(base, 0.15),
        )
    body = [
        (76, 92),
        (160, 84),
        (244, 92),
        (286, 160),
        (282, 230),
        (232, 292),
        (160, 304),
        (88, 292),
        (38, 230),
        (34, 160),
    ]
    page.blob(body, Ball(base, lighter(base, 0.45), darker(base, 0.35), (0.34, 0.35)))
    with page.inside(body):
        page.line([(20, 150), (160, 176), (300, 150)], 7, lighter(base, 0.4))
        for k in range(10):
            page.line([(34 + k * 28, 166), (48 + k * 28, 184), (62 + k * 28, 166)], 4, lighter(base, 0.3), smooth=False)
        page.glow((60, 110, 130, 220), "#ffffff", 0.6)
    page.ellipse((70, 62, 250, 116), Ball(darker(base, 0.1)))
    page.blob([(84, 84), (100, 56), (160, 44), (220, 56), (236, 84), (160, 102)], Ball(lighter(base, 0.12)))
    page.ellipse((140, 22, 180, 56), Ball(base))
    return page.image


@draws("crock")
def crock(tint: str) -> Image.Image:
    """A pickle crock with its water rim."""
    base = CLAYS[tint or "dark"]
    page = Sketch(280, 340)
    body = [(90, 80), (190, 80), (250, 140), (262, 220), (222, 310), (140, 328), (58, 310), (18, 220), (30, 140)]
    page.blob(body, Ball(base, lighter(base, 0.4), darker(base, 0.35), (0.34, 0.35)))
    page.ellipse((50, 58, 230, 112), Ball(darker(base, 0.15)))
    page.ellipse((64, 64, 216, 102), Flat("#5f7f86"))
    page.blob([(80, 84), (92, 34), (140, 18), (188, 34), (200, 84), (140, 98)], Ball(base, lighter(base, 0.45)))
    page.line([(34, 170), (140, 196), (246, 170)], 6, lighter(base, 0.4))
    page.line([(26, 200), (140, 228), (254, 200)], 3, lighter(base, 0.35))
    page.glow((50, 130, 110, 250), "#ffffff", 0.6)
    return page.image


@draws("teapot")
def teapot(tint: str) -> Image.Image:
    base = CLAYS[tint]
    page = Sketch(360, 280)
    page.line([(284, 110), (344, 110), (340, 196), (276, 206)], 16, darker(base, 0.12))
    page.blob([(84, 170), (40, 130), (14, 78), (36, 72), (66, 116), (110, 130)], Ball(base))
    body = [
        (100, 100),
        (180, 88),
        (260, 100),
        (296, 160),
        (284, 230),
        (226, 262),
        (180, 266),
        (134, 262),
        (76, 230),
        (64, 160),
    ]
    page.blob(body, Ball(base, lighter(base, 0.45), darker(base, 0.35), (0.36, 0.32)))
    page.ellipse((110, 78, 250, 120), Ball(darker(base, 0.08), lighter(base, 0.3)))
    page.ellipse((162, 50, 198, 86), Ball(base))
    page.glow((90, 110, 160, 190), "#ffffff", 0.6)
    motif(page, 196, 184, 50, (lighter(base, 0.5), lighter(base, 0.3), base, lighter(base, 0.7), base))
    return page.image


@draws("apron")
def apron(tint: str) -> Image.Image:
    cloth, colours = THREADS[tint]
    page = Sketch(300, 360)
    page.line([(96, 50), (120, 6), (180, 6), (204, 50)], 9, colours[1])
    for side in (-1, 1):
        page.line([(150 + side * 90, 170), (150 + side * 136, 196), (150 + side * 126, 256)], 9, colours[1])
    body = [(92, 46), (208, 46), (216, 130), (252, 168), (264, 340), (36, 340), (48, 168), (84, 130)]
    page.blob(body, Fade(lighter(cloth, 0.15), darker(cloth, 0.2)), smooth=False)
    with page.inside(body, smooth=False):
        for y, colour in ((60, colours[0]), (72, colours[1]), (306, colours[0]), (320, colours[1])):
            page.line([(20, y), (280, y)], 6, colour)
        page.rounded((86, 196, 214, 286), 10, Flat(darker(cloth, 0.25)))
        page.line([(86, 204), (214, 204)], 6, colours[1])
    motif(page, 150, 112, 70, colours)
    motif(page, 150, 250, 54, colours)
    return page.image


@draws("blanket")
def blanket(tint: str) -> Image.Image:
    """Folded cloth or felt in stripes."""
    cloth, colours = THREADS[tint]
    page = Sketch(340, 240)
    for k, y in enumerate((150, 92, 34)):
        page.rounded((20, y, 320, y + 78), 34, Fade(lighter(cloth, 0.2), darker(cloth, 0.25)))
        for j, x in enumerate((90, 120, 210, 240)):
            page.line([(x, y + 4), (x - 4, y + 40), (x, y + 74)], 9, colours[(k + j) % 3])
        page.line([(44, y + 40), (300, y + 40)], 3, darker(cloth, 0.3))
    for x in range(40, 310, 14):
        page.line([(x, 226), (x - 2, 238)], 4, colours[3], smooth=False)
    return page.image


@draws("shoes")
def shoes(tint: str) -> Image.Image:
    cloth, colours = THREADS[tint]
    page = Sketch(340, 240)
    for dx, dy in ((0, 0), (40, 76)):
        page.blob(
            [
                (20 + dx, 110 + dy),
                (100 + dx, 120 + dy),
                (284 + dx, 104 + dy),
                (294 + dx, 132 + dy),
                (150 + dx, 154 + dy),
                (24 + dx, 138 + dy),
            ],
            Ball("#f3ead6"),
        )
        upper = [
            (20 + dx, 116 + dy),
            (30 + dx, 50 + dy),
            (84 + dx, 40 + dy),
            (130 + dx, 72 + dy),
            (220 + dx, 70 + dy),
            (286 + dx, 108 + dy),
            (150 + dx, 132 + dy),
        ]
        page.blob(upper, Ball(cloth, lighter(cloth, 0.25)))
        page.ellipse((36 + dx, 48 + dy, 122 + dx, 88 + dy), Flat(darker(cloth, 0.4)))
        motif(page, 216 + dx, 98 + dy, 40, colours)
    return page.image
