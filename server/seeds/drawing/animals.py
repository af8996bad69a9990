"""Ham and bacon, fowl, mutton, fish and eggs."""

from __future__ import annotations

import random

from PIL import Image

from server.seeds.drawing.fruit import freckles
from server.seeds.drawing.paint import Ball, Fade, Flat, Sketch, darker, lighter, ring
from server.seeds.drawing.sprites import draws


@draws("ham")
def ham(tint: str) -> Image.Image:
    """A cured leg with its cut face."""
    page = Sketch(340, 300)
    page.blob([(258, 62), (300, 26), (322, 40), (312, 66), (330, 84), (300, 100), (272, 92)], Ball("#f3e4c6"))
    leg = [
        (24, 186),
        (48, 116),
        (116, 72),
        (196, 66),
        (256, 54),
        (282, 84),
        (262, 128),
        (240, 196),
        (184, 262),
        (102, 276),
        (42, 242),
    ]
    page.blob(leg, Ball("#9c4a2a", "#d98a55", "#5a2418", (0.42, 0.3)))
    with page.inside(leg):
        page.dots(freckles("ham", (170, 160), (120, 90), 60), 2.0, "#6d2f1c", 0.5)
        page.glow((110, 64, 230, 130), "#ffe6c4", 0.6)
    page.ellipse((26, 128, 178, 280), Ball("#f5dcb2"))
    page.ellipse((38, 140, 166, 268), Ball("#c8473c", "#ea7f6c", "#96262c"))
    for start in (0.4, 2.2, 4.0):
        page.line(
            [
                (102 + (x - 102) * k, 204 + (y - 204) * k)
                for (x, y), k in zip(
                    ring((102, 204), (56, 56), 12, start=start)[:5], (0.3, 0.6, 0.8, 0.7, 0.9), strict=True
                )
            ],
            6,
            "#f6d3b4",
        )
    page.ellipse((86, 188, 118, 220), Ball("#fbeed4"))
    page.line([(288, 80), (306, 130), (296, 170)], 5, "#c9a468")
    return page.image


@draws("bacon")
def bacon(tint: str) -> Image.Image:
    """A slab of smoked pork, striped lean and fat."""
    page = Sketch(330, 230)
    top = [(30, 90), (96, 40), (300, 40), (250, 92)]
    page.blob([(250, 92), (300, 40), (306, 140), (254, 206)], Fade("#7a3a20", "#54241a"), smooth=False)
    page.blob(top, Fade("#8a4524", "#a85a2e"), smooth=False)
    page.rounded((26, 88, 256, 206), 10, Flat("#c9543d"))
    with page.inside([(26, 88), (256, 88), (256, 206), (26, 206)], smooth=False):
        for y, depth, tone in ((92, 18, "#8a4524"), (118, 15, "#f9e3bd"), (150, 12, "#fbe9cb"), (182, 20, "#f7dcb2")):
            wave = [
                (20, y),
                (90, y + 8),
                (160, y - 4),
                (262, y + 6),
                (262, y + depth + 6),
                (160, y + depth - 2),
                (90, y + depth + 6),
                (20, y + depth),
            ]
            page.blob(wave, Fade(lighter(tone, 0.3), tone))
        page.glow((30, 90, 160, 150), "#ffffff", 0.35)
    page.line([(160, 62), (164, 30), (150, 8), (172, 4), (166, 30)], 5, "#c9a468")
    return page.image


@draws("bacon-slice")
def bacon_slice(tint: str) -> Image.Image:
    page = Sketch(300, 120)
    strip = [
        (10, 60),
        (60, 26),
        (120, 44),
        (190, 20),
        (250, 36),
        (290, 24),
        (292, 84),
        (240, 96),
        (180, 80),
        (110, 104),
        (50, 88),
        (14, 100),
    ]
    page.blob(strip, Ball("#cf5a44", "#ee927c", "#a23530"))
    with page.inside(strip):
        for y in (40, 66, 90):
            page.line([(0, y), (60, y - 12), (120, y + 4), (190, y - 16), (300, y - 8)], 10, "#fbe6c8")
        page.glow((40, 20, 160, 70), "#ffffff", 0.4)
    return page.image


@draws("sausage")
def sausage(tint: str) -> Image.Image:
    page = Sketch(340, 240)
    for k, (x, y) in enumerate(((0, 20), (0, 78), (0, 136))):
        link = [
            (20 + x, 50 + y),
            (60, 22 + y),
            (170, 34 + y),
            (280, 16 + y),
            (322, 40 + y),
            (284, 66 + y),
            (170, 82 + y),
            (56, 74 + y),
        ]
        page.blob(link, Ball("#a23a2b", "#dc7f64", "#681f20", (0.4, 0.25)))
        with page.inside(link):
            page.dots(freckles(f"sausage{k}", (170, 50 + y), (140, 24), 34), 4, "#e8b296", 0.7)
            page.glow((50, 24 + y, 250, 56 + y), "#ffffff", 0.4)
        page.line([(322, 40 + y), (334, 36 + y)], 5, "#e9d3a8")
    return page.image


@draws("jerky")
def jerky(tint: str) -> Image.Image:
    page = Sketch(300, 220)
    for k, (x, y) in enumerate(((30, 130), (60, 70), (16, 40))):
        strip = [
            (x, y),
            (x + 80, y - 22),
            (x + 170, y - 6),
            (x + 226, y - 18),
            (x + 232, y + 22),
            (x + 160, y + 44),
            (x + 80, y + 30),
            (x + 8, y + 40),
        ]
        tone = ("#7a2d22", "#8c3a2a", "#6a2620")[k]
        page.blob(strip, Ball(tone, lighter(tone, 0.4)))
        with page.inside(strip):
            for w in range(4):
                page.line(
                    [(x, y + w * 11), (x + 110, y - 14 + w * 12), (x + 230, y - 8 + w * 10)], 2.6, darker(tone, 0.3)
                )
            page.dots(freckles(f"j{k}", (x + 110, y + 10), (100, 24), 16), 3, "#e0b04a", 0.7)
    return page.image


@draws("hen")
def hen(tint: str) -> Image.Image:
    """A hen in the yard; the silky one is black with blue ears."""
    base = {"": "#c98a45", "black": "#4a4453", "white": "#f4ede0"}[tint]
    page = Sketch(340, 340)
    for x in (146, 192):
        page.line([(x, 262), (x - 4, 318)], 8, "#d9a441")
        page.line([(x - 24, 326), (x - 4, 316), (x + 16, 326)], 6, "#d9a441", smooth=False)
    tail = [(62, 176), (20, 110), (40, 96), (30, 60), (66, 76), (84, 54), (112, 110), (116, 170)]
    page.blob(tail, Ball(darker(base, 0.18)))
    body = [
        (60, 180),
        (96, 140),
        (160, 142),
        (206, 110),
        (222, 66),
        (262, 46),
        (294, 70),
        (296, 120),
        (284, 190),
        (236, 252),
        (164, 276),
        (96, 250),
    ]
    page.blob(body, Ball(base, lighter(base, 0.5), darker(base, 0.3), (0.5, 0.35)))
    wing = [(104, 180), (150, 162), (214, 176), (196, 224), (146, 238), (110, 218)]
    page.blob(wing, Ball(darker(base, 0.12), lighter(base, 0.2)))
    for k in range(4):
        page.line(
            [(116 + k * 12, 204 + k * 7), (150 + k * 10, 212 + k * 5), (196 - k * 6, 196 + k * 8)],
            3,
            darker(base, 0.32),
        )
    comb = "#8d2f4a" if tint == "black" else "#d9362e"
    page.blob([(238, 54), (232, 22), (252, 34), (262, 12), (276, 32), (294, 22), (290, 60)], Ball(comb))
    page.blob([(284, 116), (298, 114), (300, 142), (286, 146)], Ball(comb))
    page.blob([(290, 82), (328, 98), (292, 108)], Ball("#e8b04a"), smooth=False)
    page.ellipse((262, 72, 280, 90), Flat("#fffaf0"))
    page.ellipse((267, 76, 278, 88), Flat("#1f1a1c"))
    page.dots([(270, 79)], 2, "#ffffff")
    if tint == "black":
        page.ellipse((244, 84, 260, 106), Ball("#5fa3b8"))
    return page.image


@draws("egg")
def egg(tint: str) -> Image.Image:
    base = {"": "#e6b98a", "green": "#bcd3c3", "white": "#f5eee0"}[tint]
    page = Sketch(220, 270)
    shell = [
        (110, 14),
        (160, 54),
        (196, 130),
        (190, 204),
        (150, 248),
        (110, 256),
        (70, 248),
        (30, 204),
        (24, 130),
        (60, 54),
    ]
    page.blob(shell, Ball(base, lighter(base, 0.7), darker(base, 0.25)))
    with page.inside(shell):
        page.dots(freckles("egg" + tint, (110, 150), (76, 96), 26), 1.8, darker(base, 0.3), 0.4)
        page.glow((46, 50, 110, 140), "#ffffff", 0.85)
    return page.image


@draws("chicken-soup")
def chicken_soup(tint: str) -> Image.Image:
    page = Sketch(360, 300)
    for side in (-1, 1):
        page.blob(
            [(180 + side * 140, 120), (180 + side * 178, 116), (180 + side * 176, 150), (180 + side * 138, 156)],
            Ball("#7a4a34"),
        )
    page.ellipse((24, 50, 336, 170), Ball("#8a563c"))
    page.ellipse((44, 60, 316, 158), Ball("#f0c566", "#fbe7a6", "#d99f3a"))
    meat = "#5f5560" if tint == "black" else "#e8b77c"
    for x, y, w in ((120, 100, 56), (196, 92, 62), (160, 124, 60), (246, 118, 44)):
        page.blob(ring((x, y), (w, w * 0.42), 9), Ball(meat, lighter(meat, 0.5)))
    for px, py in freckles("goji", (180, 108), (110, 36), 10):
        page.ellipse((px - 7, py - 5, px + 7, py + 5), Ball("#d8392c"))
    for px, py in freckles("onion", (180, 108), (116, 38), 12):
        page.ellipse((px - 6, py - 4, px + 6, py + 4), Ball("#7fb24a"))
    pot = [
        (24, 112),
        (60, 142),
        (180, 168),
        (300, 142),
        (336, 112),
        (326, 200),
        (276, 268),
        (180, 284),
        (84, 268),
        (34, 200),
    ]
    page.blob(pot, Ball("#8a563c", "#c48b64", "#4d2c22", (0.32, 0.3)))
    page.line([(52, 190), (180, 222), (308, 190)], 5, "#d3a67e")
    return page.image


@draws("meat")
def meat(tint: str) -> Image.Image:
    """A fresh joint: lean, marbled, with its rim of fat."""
    base = {"": "#cf5148", "beef": "#a92f33", "pork": "#e08a80"}[tint]
    page = Sketch(330, 250)
    rim = [
        (20, 134),
        (44, 66),
        (120, 28),
        (210, 34),
        (286, 66),
        (312, 130),
        (284, 196),
        (200, 228),
        (110, 222),
        (44, 192),
    ]
    page.blob(rim, Ball("#fbe9d2", "#ffffff", "#e3c19e"))
    lean = [(165 + (x - 165) * 0.88, 132 + (y - 130) * 0.84) for x, y in rim]
    page.blob(lean, Ball(base, lighter(base, 0.35), darker(base, 0.22)))
    with page.inside(lean):
        dice = random.Random("meat" + tint)
        for _ in range(16):
            x, y = dice.uniform(40, 270), dice.uniform(50, 200)
            page.line(
                [
                    (x, y),
                    (x + dice.uniform(10, 34), y + dice.uniform(-14, 14)),
                    (x + dice.uniform(30, 60), y + dice.uniform(-14, 14)),
                ],
                dice.uniform(2, 5),
                lighter(base, 0.62),
            )
        page.glow((60, 40, 180, 120), "#ffffff", 0.45)
    page.ellipse((206, 112, 268, 168), Ball("#f6e3c6"))
    page.ellipse((222, 126, 252, 154), Ball("#e2a98e"))
    return page.image


@draws("ribs")
def ribs(tint: str) -> Image.Image:
    page = Sketch(340, 240)
    rack = [
        (20, 70),
        (80, 46),
        (170, 56),
        (260, 42),
        (322, 70),
        (316, 170),
        (250, 192),
        (170, 182),
        (84, 194),
        (24, 170),
    ]
    for x in range(44, 320, 46):
        page.line([(x, 60), (x - 4, 214)], 20, "#f5e6cb")
        page.ellipse((x - 16, 202, x + 10, 228), Ball("#fbf1de"))
    page.blob(rack, Ball("#c84f44", "#ea8d7a", "#94292c"))
    with page.inside(rack):
        for x in range(44, 320, 46):
            page.line([(x + 22, 46), (x + 19, 190)], 9, "#f2b79e")
            page.line([(x, 60), (x - 2, 180)], 4, "#a93a38")
        page.glow((40, 46, 180, 110), "#ffffff", 0.4)
    return page.image


@draws("roll")
def roll(tint: str) -> Image.Image:
    """A thin slice for the hot pot, rolled up."""
    base = {"": "#d86a5f", "beef": "#b53b3c"}[tint]
    page = Sketch(220, 150)
    page.rounded((20, 30, 200, 120), 44, Fade(lighter(base, 0.35), darker(base, 0.12)))
    for y in (52, 78, 100):
        page.line([(36, y), (110, y - 7), (186, y + 2)], 6, "#fbe6d6")
    page.ellipse((14, 30, 84, 120), Ball(lighter(base, 0.2)))
    page.line([(50, 44), (70, 74), (48, 102), (32, 76), (50, 62)], 5, "#fbe6d6")
    return page.image


@draws("fish")
def fish(tint: str) -> Image.Image:
    base = {"": "#8fa6ad", "dry": "#b98a52", "gold": "#c9a24e"}[tint]
    page = Sketch(360, 210)
    page.blob([(292, 104), (346, 52), (334, 104), (350, 160)], Ball(darker(base, 0.12)))
    page.blob([(130, 58), (176, 14), (230, 58)], Ball(darker(base, 0.15)))
    body = [(14, 112), (62, 66), (140, 44), (226, 62), (304, 102), (226, 150), (140, 166), (62, 152)]
    page.blob(body, Fade(darker(base, 0.12), lighter("#f5ead6", 0.2)))
    with page.inside(body):
        for row in range(6):
            for k in range(10):
                x, y = 108 + k * 20 + row % 2 * 10, 58 + row * 18
                page.line([(x, y - 8), (x + 8, y), (x, y + 8)], 2.2, darker(base, 0.25))
        page.glow((60, 46, 250, 100), "#ffffff", 0.45)
    page.line([(92, 66), (104, 108), (90, 150)], 4, darker(base, 0.35))
    page.blob([(120, 120), (166, 132), (130, 150)], Ball(darker(base, 0.08)))
    page.ellipse((46, 88, 70, 112), Flat("#fffaf0"))
    page.ellipse((52, 93, 67, 108), Flat("#231d1f"))
    page.dots([(57, 98)], 2.6, "#ffffff")
    page.line([(18, 120), (34, 124), (44, 132)], 3, darker(base, 0.4))
    return page.image


@draws("sheep")
def sheep(tint: str) -> Image.Image:
    page = Sketch(340, 280)
    for x in (104, 138, 204, 238):
        page.rounded((x - 9, 190, x + 9, 262), 7, Fade("#7a6656", "#4a3c34"))
    for px, py in ring((168, 138), (96, 56), 12):
        page.ellipse((px - 42, py - 40, px + 42, py + 40), Ball("#f7efdf", "#ffffff", "#d3c3a6"))
    page.ellipse((76, 84, 260, 196), Ball("#fbf5e8", "#ffffff", "#e3d5bb"))
    page.blob([(262, 84), (300, 78), (326, 118), (318, 160), (290, 168), (266, 140)], Ball("#7d6858"))
    for side, x in ((-1, 258), (1, 312)):
        page.blob([(x, 92), (x + side * 26, 86), (x + side * 22, 108), (x, 110)], Ball("#8f7969"))
    page.ellipse((258, 58, 310, 98), Ball("#fbf5e8"))
    page.dots([(286, 122), (308, 122)], 5, "#241d1c")
    return page.image


@draws("honeycomb")
def honeycomb(tint: str) -> Image.Image:
    page = Sketch(280, 250)
    slab = [(20, 60), (90, 24), (220, 30), (264, 90), (250, 196), (150, 232), (44, 206)]
    page.blob(slab, Ball("#e89a1e", "#ffd66e", "#b86a12"))
    with page.inside(slab):
        for row in range(8):
            for k in range(8):
                x, y = 16 + k * 37 + row % 2 * 18.5, 22 + row * 32
                page.blob(
                    ring((x, y), (18, 18), 6, start=0.52), Ball("#f7b733" if (row + k) % 3 else "#c97a18"), smooth=False
                )
        page.glow((50, 30, 160, 120), "#fff8dc", 0.6)
    page.blob([(120, 216), (150, 210), (146, 240), (134, 249), (124, 240)], Ball("#f2ad2e"))
    return page.image
