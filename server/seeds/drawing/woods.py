"""What the woods give: bamboo shoots, bamboo fungus and mushrooms."""

from __future__ import annotations

from PIL import Image

from server.seeds.drawing.fruit import freckles
from server.seeds.drawing.paint import Ball, Fade, Flat, Sketch, curve, darker, lighter, ring
from server.seeds.drawing.sprites import draws


@draws("bamboo-shoot")
def bamboo_shoot(tint: str) -> Image.Image:
    """A young shoot in its sheaths; "slim" ones are those of the qiong bamboo."""
    slim = 0.62 if tint == "slim" else 1.0
    page = Sketch(220, 360)

    def wide(x: float) -> float:
        return 110 + (x - 110) * slim

    body = [(wide(x), y) for x, y in ((110, 14), (136, 60), (164, 150), (190, 260), (192, 326), (110, 346), (28, 326),
                                      (30, 260), (56, 150), (84, 60))]  # fmt: skip
    page.blob(body, Ball("#c9b26a", "#f0e2a8", "#8a7438", (0.38, 0.5)))
    with page.inside(body):
        for k, y in enumerate((40, 96, 152, 208, 262, 312)):
            side = (1 if k % 2 else -1) * slim
            tone = "#9a7b3f" if k % 2 else "#b6954e"
            tip = (110 + side * 26, y - 74)
            sheath = [tip, (110 + side * 84, y + 6), (wide(214), y + 70), (wide(6), y + 70), (110 - side * 60, y + 6)]
            page.blob(sheath, Fade(darker(tone, 0.32), lighter(tone, 0.35)), smooth=False)
            page.line([sheath[4], tip, sheath[1]], 2.6, "#6f5628", smooth=False)
            page.line([tip, (tip[0] + side * 6, y - 92)], 4, "#7da04a", smooth=False)
        page.glow((40, 60, 110, 300), "#fff8d8", 0.45)
        page.blob([(0, 330), (110, 316), (220, 330), (220, 360), (0, 360)], Flat("#f3e7bd"))
    return page.image


@draws("shoot-peeled")
def shoot_peeled(tint: str) -> Image.Image:
    page = Sketch(170, 330)
    body = [
        (85, 12),
        (102, 60),
        (124, 160),
        (136, 262),
        (128, 314),
        (85, 322),
        (42, 314),
        (34, 262),
        (46, 160),
        (68, 60),
    ]
    page.blob(body, Ball("#f4e6b0", "#fffbe2", "#cfb76c", (0.38, 0.45)))
    with page.inside(body):
        for k, y in enumerate(range(70, 320, 30)):
            page.line([(20, y + 8), (85, y - 3 + k), (150, y + 8)], 2.6, "#dcc788")
        page.glow((20, 260, 150, 350), "#b9d07a", 0.5)
    return page.image


@draws("shoot-dried")
def shoot_dried(tint: str) -> Image.Image:
    page = Sketch(320, 210)
    for k, (x, y) in enumerate(((30, 150), (58, 90), (20, 60), (70, 130), (40, 110))):
        tone = ("#c39a52", "#a97c3b", "#d3b06c", "#b98d48", "#cfa75e")[k]
        strip = [
            (x, y),
            (x + 70, y - 26),
            (x + 150, y - 10),
            (x + 230, y - 40),
            (x + 240, y - 20),
            (x + 150, y + 18),
            (x + 70, y + 4),
        ]
        page.blob(strip, Fade(lighter(tone, 0.3), darker(tone, 0.12)))
        page.line([(x + 12, y - 2), (x + 70, y - 12), (x + 150, y + 2), (x + 224, y - 26)], 2, darker(tone, 0.3))
    return page.image


@draws("bamboo-fungus")
def bamboo_fungus(tint: str) -> Image.Image:
    """A netted stinkhorn: white stalk, a cap, and the lace skirt it is loved for."""
    cap = "#c0563f" if tint == "red" else "#8c7a4e"
    page = Sketch(280, 360)
    stalk = [(118, 90), (162, 90), (168, 220), (174, 340), (140, 350), (106, 340), (112, 220)]
    skirt = [
        (110, 92),
        (170, 92),
        (220, 140),
        (248, 200),
        (266, 262),
        (206, 276),
        (140, 284),
        (74, 276),
        (14, 262),
        (32, 200),
        (60, 140),
    ]
    page.blob(stalk, Ball("#fbf3df", "#ffffff", "#dccfae", (0.4, 0.4)))
    page.blob(skirt, Fade("#fffaf0", "#e9d4a2"))
    with page.inside(skirt):
        for k in range(-6, 20):
            page.line([(k * 22, 80), (k * 22 - 120, 290)], 4.2, "#fffdf4", smooth=False)
            page.line([(k * 22 - 60, 80), (k * 22 + 60, 290)], 4.2, "#fffdf4", smooth=False)
        page.glow((110, 90, 170, 300), "#e3d3a6", 0.4)
    page.line(curve(skirt)[10:100], 5, "#fff6de", smooth=False)
    page.blob([(140, 10), (176, 40), (188, 98), (140, 112), (92, 98), (104, 40)], Ball(cap))
    page.dots(freckles("cap", (140, 68), (34, 38), 26), 3.4, lighter(cap, 0.35), 0.8)
    return page.image


MUSHROOMS = {"": "#9a6a3c", "shiitake": "#7a4c2c", "porcini": "#a9743f", "ear": "#4a2f2a"}


@draws("mushroom")
def mushroom(tint: str) -> Image.Image:
    base = MUSHROOMS[tint]
    page = Sketch(300, 290)
    page.blob([(112, 140), (188, 140), (196, 220), (206, 268), (150, 282), (94, 268), (104, 220)], Ball("#f3e3c2"))
    page.blob([(20, 140), (36, 76), (92, 28), (150, 18), (208, 28), (264, 76), (280, 140), (220, 166), (150, 172),
        (80, 166)],
              Ball(base, lighter(base, 0.5), darker(base, 0.3)))  # fmt: skip
    page.blob([(40, 146), (150, 136), (260, 146), (220, 166), (150, 174), (80, 166)], Fade("#e7cfa0", "#c9a870"))
    page.glow((64, 38, 150, 104), "#ffffff", 0.6)
    if tint == "shiitake":
        for x, y in ((120, 70), (176, 60), (150, 104), (212, 100), (92, 112)):
            page.line([(x - 16, y), (x, y + 7), (x + 16, y - 2)], 4, "#d9b98a")
    return page.image


@draws("morel")
def morel(tint: str) -> Image.Image:
    page = Sketch(200, 330)
    page.blob([(76, 190), (124, 190), (130, 270), (140, 312), (100, 322), (60, 312), (70, 270)], Ball("#f0e0bd"))
    cap = [
        (100, 10),
        (138, 44),
        (164, 112),
        (158, 178),
        (124, 212),
        (100, 216),
        (76, 212),
        (42, 178),
        (36, 112),
        (62, 44),
    ]
    page.blob(cap, Ball("#8a6238", "#c79a5f", "#4d3220"))
    with page.inside(cap):
        for row, y in enumerate(range(34, 216, 28)):
            for x in range(44 + row % 2 * 16, 170, 32):
                page.blob(ring((x, y), (11, 13), 8), Ball("#5a3a22", "#4a2f1c", "#7d5731"))
        page.glow((44, 30, 104, 150), "#fff0cf", 0.5)
    return page.image


@draws("wood-ear")
def wood_ear(tint: str) -> Image.Image:
    page = Sketch(300, 230)
    for k, (x, y, r) in enumerate(((90, 120, 78), (200, 100, 84), (150, 150, 80))):
        petal = [
            (px + (9 if i % 2 else -7), py + (8 if i % 3 else -6))
            for i, (px, py) in enumerate(ring((x, y), (r, r * 0.72), 11, start=k))
        ]
        page.blob(petal, Ball("#53362f", "#8d6355", "#2b1a1a"))
        page.line([(x - r * 0.6, y + 8), (x, y - 12), (x + r * 0.6, y + 10)], 3.4, "#8a6358")
        page.glow((x - r * 0.7, y - r * 0.6, x, y), "#ffffff", 0.3)
    return page.image
