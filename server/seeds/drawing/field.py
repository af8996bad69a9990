"""What grows in fields and woods: potatoes, roots, pepper, mushrooms, bamboo, grain and vegetables."""

from __future__ import annotations

import random

from PIL import Image

from server.seeds.drawing.fruit import freckles, leaf
from server.seeds.drawing.paint import Ball, Fade, Sketch, curve, darker, lighter, ring
from server.seeds.drawing.sprites import draws

POTATOES = {"": "#d3a761", "red": "#b9605a", "purple": "#6b4a7c", "white": "#e0c48a"}


@draws("potato")
def potato(tint: str) -> Image.Image:
    base = POTATOES[tint]
    page = Sketch(300, 230)
    body = [
        (24, 120),
        (46, 58),
        (112, 26),
        (190, 34),
        (258, 62),
        (280, 126),
        (246, 186),
        (170, 206),
        (92, 200),
        (40, 172),
    ]
    page.blob(body, Ball(base, lighter(base, 0.55), darker(base, 0.3)))
    with page.inside(body):
        page.dots(freckles("potato" + tint, (150, 118), (120, 82), 60), 1.8, darker(base, 0.35), 0.4)
        for x, y in ((92, 84), (176, 70), (222, 128), (132, 150), (70, 136)):
            page.line([(x - 11, y), (x, y + 5), (x + 11, y - 1)], 3.4, darker(base, 0.32))
            page.line([(x - 8, y + 7), (x + 8, y + 7)], 2.4, lighter(base, 0.4))
        page.glow((52, 36, 150, 110), "#fffaf0", 0.7)
        page.glow((150, 120, 310, 240), darker(base, 0.6), 0.4)
    return page.image


@draws("potato-half")
def potato_half(tint: str) -> Image.Image:
    page = Sketch(260, 200)
    rim = [(14, 104), (40, 44), (110, 16), (190, 26), (244, 82), (236, 144), (170, 184), (80, 180), (28, 150)]
    page.blob(rim, Ball(POTATOES[tint]))
    flesh = "#8a64a0" if tint == "purple" else "#f8e6a4"
    page.blob([(130 + (x - 130) * 0.92, 100 + (y - 100) * 0.9) for x, y in rim], Ball(flesh, lighter(flesh, 0.6)))
    page.glow((50, 26, 150, 90), "#ffffff", 0.5)
    return page.image


@draws("tianma")
def tianma(tint: str) -> Image.Image:
    """The tuber of gastrodia: ringed, with its pointed bud; dried ones are translucent and darker."""
    base = {"": "#e3c08c", "dry": "#c99a5b"}[tint]
    page = Sketch(330, 190)
    body = [
        (18, 104),
        (44, 62),
        (110, 36),
        (190, 34),
        (262, 62),
        (300, 98),
        (268, 136),
        (196, 164),
        (110, 162),
        (44, 140),
    ]
    page.blob([(276, 80), (308, 78), (324, 96), (308, 114), (276, 116)], Ball("#b5673c", "#e09a63"))
    page.blob(body, Ball(base, lighter(base, 0.62), darker(base, 0.26), (0.4, 0.28)))
    with page.inside(body):
        for k, x in enumerate(range(44, 300, 24)):
            bulge = 12 - abs(x - 160) / 16
            page.line([(x, 28), (x + bulge, 70), (x + bulge, 126), (x, 172)], 2.6, darker(base, 0.24))
            page.dots([(x + bulge, y) for y in range(54 + k % 2 * 9, 156, 19)], 2.2, darker(base, 0.4), 0.7)
        page.glow((70, 36, 200, 96), "#fffdf4", 0.75)
        page.glow((120, 116, 320, 200), darker(base, 0.6), 0.3)
    return page.image


@draws("tianma-slice")
def tianma_slice(tint: str) -> Image.Image:
    page = Sketch(230, 160)
    rim = [(10, 84), (34, 36), (104, 12), (176, 26), (218, 76), (196, 126), (124, 150), (50, 138)]
    page.blob(rim, Ball("#d9b277"))
    page.blob([(114 + (x - 114) * 0.94, 80 + (y - 80) * 0.93) for x, y in rim], Ball("#f6e3ba", "#fffaea", "#e8c88c"))
    page.dots(freckles("slice", (114, 82), (80, 52), 34), 1.8, "#d5ae70", 0.8)
    return page.image


PEPPERS = {"": "#5f8a3a", "red": "#b3392c", "fresh": "#6fae3c"}


@draws("pepper")
def pepper(tint: str) -> Image.Image:
    """A spray of Sichuan pepper: split husks with their black shining seeds."""
    base = PEPPERS[tint]
    page = Sketch(320, 320)
    page.line([(160, 310), (156, 220), (166, 120), (170, 60)], 7, "#6c5130")
    for root, tip in (
        ((160, 250), (36, 230)),
        ((160, 240), (290, 250)),
        ((162, 180), (20, 140)),
        ((164, 170), (306, 160)),
    ):
        page.line([(160, 200), root], 4, "#6c5130")
        leaf(page, root, tip, width=0.26, colour="#4f8f42")
    dice = random.Random("pepper" + tint)
    spots = freckles("husks" + tint, (164, 128), (104, 100), 26)
    for x, y in sorted(spots, key=lambda p: p[1]):
        radius = dice.uniform(22, 29)
        page.line([(164, 160), (x, y)], 3, "#7b6a3a")
        page.ellipse(
            (x - radius, y - radius, x + radius, y + radius), Ball(base, lighter(base, 0.5), darker(base, 0.35))
        )
        page.dots(freckles(f"{x}", (x, y), (radius * 0.8, radius * 0.8), 9), 1.8, lighter(base, 0.5), 0.6)
        page.glow((x - radius * 0.8, y - radius * 0.8, x, y), "#ffffff", 0.7)
    return page.image


@draws("peppercorns")
def peppercorns(tint: str) -> Image.Image:
    base = PEPPERS[tint]
    page = Sketch(300, 200)
    for k, (x, y) in enumerate(sorted(freckles("corns" + tint, (150, 116), (126, 66), 58), key=lambda p: p[1])):
        radius = 13 + k % 3 * 2
        page.ellipse(
            (x - radius, y - radius, x + radius, y + radius), Ball(base, lighter(base, 0.5), darker(base, 0.4))
        )
        page.line([(x - radius * 0.7, y), (x, y + 3), (x + radius * 0.6, y - 4)], 1.8, darker(base, 0.5))
        if k % 5 == 0:
            page.ellipse((x + 4, y + 2, x + 20, y + 18), Ball("#2b2326", "#8a8288"))
    return page.image


@draws("chilli")
def chilli(tint: str) -> Image.Image:
    base = {"": "#d42a23", "dry": "#8f1f1e", "green": "#5d9a35"}[tint]
    page = Sketch(320, 200)
    body = [(62, 46), (110, 40), (190, 70), (262, 130), (306, 178), (240, 160), (160, 130), (84, 100), (54, 76)]
    page.blob(body, Ball(base, lighter(base, 0.45), darker(base, 0.3), (0.3, 0.2)))
    with page.inside(body):
        page.line([(80, 58), (140, 66), (210, 104), (270, 152)], 7, lighter(base, 0.5))
    page.blob([(40, 46), (70, 32), (86, 52), (72, 86), (46, 80)], Ball("#5d8f3a"))
    page.line([(52, 58), (30, 40), (10, 34)], 8, "#5d8f3a")
    return page.image


@draws("radish")
def radish(tint: str) -> Image.Image:
    skin = "#d94a6a" if tint == "red" else "#f4f1e2"
    page = Sketch(260, 340)
    for tip, colour in (((40, 20), "#5d9a3a"), ((130, 4), "#6bab45"), ((222, 24), "#5d9a3a")):
        leaf(page, (130, 120), tip, width=0.3, colour=colour)
    body = [
        (130, 108),
        (190, 116),
        (218, 172),
        (194, 248),
        (142, 318),
        (128, 334),
        (114, 318),
        (66, 248),
        (42, 172),
        (70, 116),
    ]
    page.blob(body, Ball(skin, "#ffffff", darker(skin, 0.2)))
    with page.inside(body):
        page.glow((60, 90, 200, 150), "#8dbb52", 0.7)
        for y in (196, 226, 262):
            page.line([(84, y), (110, y + 4)], 2.4, darker(skin, 0.2))
    return page.image


@draws("cabbage")
def cabbage(tint: str) -> Image.Image:
    """Chinese cabbage: white ribs, ruffled green leaves."""
    page = Sketch(260, 340)
    for k, (x, lean, tone) in enumerate(
        ((84, -20, "#6fa544"), (176, 20, "#6fa544"), (100, -10, "#86b954"), (160, 10, "#86b954"), (130, 0, "#a3cd68"))
    ):
        low = 30 + k * 12
        edge = [(x + lean - 58, low + 60), (x + lean - 30, low + 8), (x + lean, low - 14),
            (x + lean + 32, low + 10), (x + lean + 58, low + 62),
                (x + 56, 190), (x + 40, 300), (x, 326), (x - 40, 300), (x - 56, 190)]  # fmt: skip
        page.blob(edge, Fade(tone, lighter("#e9f2c0", 0.6)))
        rib = [
            (x + lean * 0.7 - 6, low + 40),
            (x + lean * 0.7 + 6, low + 40),
            (x + 26, 230),
            (x + 30, 306),
            (x, 326),
            (x - 30, 306),
            (x - 26, 230),
        ]
        page.blob(rib, Ball("#f7f8e4", "#ffffff", "#d5e0ac", (0.4, 0.4)))
        for y in (low + 60, low + 96, low + 132):
            page.line([(x + lean * 0.4, y + 12), (x + lean - 40, y - 12)], 2, lighter(tone, 0.5))
            page.line([(x + lean * 0.4, y + 12), (x + lean + 40, y - 12)], 2, lighter(tone, 0.5))
    return page.image


@draws("pumpkin")
def pumpkin(tint: str) -> Image.Image:
    page = Sketch(320, 270)
    for x, w in ((70, 66), (250, 66), (112, 70), (208, 70), (160, 66)):
        page.ellipse((x - w, 62, x + w, 254), Ball("#e08a2c", "#f8bf6a", "#a8551c"))
    page.glow((80, 70, 170, 150), "#fff6dc", 0.6)
    page.blob([(140, 72), (146, 34), (136, 14), (166, 12), (172, 36), (182, 72)], Ball("#7b8a3c"))
    return page.image


@draws("beans")
def beans(tint: str) -> Image.Image:
    base = {"": "#8f2c30", "white": "#f2e6cc", "green": "#86b84a", "spotted": "#c98d7a"}[tint]
    page = Sketch(300, 200)
    for k, (x, y) in enumerate(sorted(freckles("beans" + tint, (150, 112), (116, 60), 40), key=lambda p: p[1])):
        lean = 8 if k % 2 else -8
        bean = [
            (x - 22, y + lean / 2),
            (x - 10, y - 14),
            (x + 12, y - 12 - lean / 2),
            (x + 23, y - lean / 2),
            (x + 10, y + 12),
            (x - 2, y + 7),
            (x - 12, y + 14),
        ]
        page.blob(bean, Ball(base, lighter(base, 0.5), darker(base, 0.3)))
        if tint == "spotted":
            page.dots(freckles(f"s{k}", (x, y), (14, 8), 5), 2.2, "#8a3038", 0.8)
        page.glow((x - 16, y - 13, x + 4, y), "#ffffff", 0.6)
    return page.image


@draws("grain")
def grain(tint: str) -> Image.Image:
    """A heap of grain."""
    base = {"": "#f6efdc", "buckwheat": "#a08a4a", "oat": "#e2c58f", "maize": "#f0b93a", "red": "#a8483c"}[tint]
    page = Sketch(320, 200)
    heap = [(10, 190), (60, 130), (120, 66), (160, 44), (200, 66), (260, 130), (310, 190), (160, 198)]
    page.blob(heap, Ball(base, lighter(base, 0.5), darker(base, 0.25)))
    with page.inside(heap):
        dice = random.Random("grain" + tint)
        for _ in range(330):
            x, y = dice.uniform(16, 304), dice.uniform(50, 196)
            turn = dice.uniform(-6, 6)
            page.line(
                [(x - 5, y - turn / 2), (x + 5, y + turn / 2)],
                5,
                dice.choice((lighter(base, 0.5), darker(base, 0.16), base)),
            )
        page.glow((70, 50, 190, 130), "#ffffff", 0.3)
    return page.image


@draws("wheat")
def wheat(tint: str) -> Image.Image:
    base = {"": "#dcae4c", "rice": "#d9c069", "buckwheat": "#a4733f"}[tint]
    page = Sketch(220, 340)
    page.line([(40, 336), (90, 220), (140, 60)], 5, darker(base, 0.15))
    for k in range(9):
        x, y = 88 + k * 6.5, 206 - k * 20
        for side in (-1, 1):
            page.blob([(x, y), (x + side * 26 - 4, y - 16), (x + side * 22 + 6, y - 42), (x + 8, y - 22)], Ball(base))
            page.line([(x + side * 22 + 6, y - 40), (x + side * 34 + 18, y - 76)], 1.6, lighter(base, 0.3))
    return page.image


@draws("konjac")
def konjac(tint: str) -> Image.Image:
    """The corm, brown and round with its pink bud."""
    page = Sketch(300, 250)
    body = [(16, 136), (40, 66), (110, 34), (190, 34), (260, 66), (284, 136), (240, 210), (150, 234), (60, 210)]
    page.blob(body, Ball("#8d6a4c", "#c9a27c", "#503626"))
    with page.inside(body):
        for y in (96, 134, 172, 206):
            page.line([(10, y - 14), (150, y + 14), (290, y - 14)], 2.4, "#6d4e36")
        page.dots(freckles("konjac", (150, 150), (120, 70), 40), 3.0, "#6a4a34", 0.7)
        page.glow((50, 44, 150, 120), "#fff0dc", 0.5)
    page.blob(ring((150, 58), (46, 18), 10), Ball("#5f422f"))
    page.blob([(134, 60), (140, 26), (154, 8), (164, 30), (170, 60)], Ball("#e59aa0", "#ffd6d2"))
    return page.image


@draws("herb")
def herb(tint: str) -> Image.Image:
    """Houttuynia: pale jointed roots with a few heart-shaped leaves."""
    page = Sketch(320, 220)
    for k, y in enumerate((90, 124, 156, 184)):
        joints = [(20, y), (110, y - 18 + k * 6), (210, y + 6), (300, y - 22 + k * 4)]
        page.line(joints, 11, "#f2e9d2")
        page.line([(x, y - 2) for x, y in joints], 3, "#ffffff")
        for x, w in curve(joints, closed=False)[4::6]:
            page.line([(x, w - 6), (x, w + 6)], 2.4, "#b99c6c")
    for root, tip in (((60, 96), (30, 20)), ((96, 96), (120, 14)), ((150, 100), (206, 26))):
        leaf(page, root, tip, width=0.46, colour="#6a9a4c")
    return page.image
