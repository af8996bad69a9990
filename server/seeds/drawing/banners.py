"""The four wide pictures on the first page. The left half is calm: words are laid over it by the page."""

from __future__ import annotations

from PIL import Image

from server.seeds.drawing.compose import basket_front
from server.seeds.drawing.landscape import wide
from server.seeds.drawing.stage import Stage

SIZE = (1200, 520)

# (the light, what stands in the right half: sprite, x, floor, width)
BANNERS: dict[str, tuple[int, tuple[tuple[str, int, int, int], ...]]] = {
    "autumn": (
        0,
        (
            ("basket", 900, 486, 300), ("apple:red", 826, 356, 92), ("apple:pink", 900, 340, 96),
            ("apple:gold", 966, 352, 92),
            ("apple:red", 860, 386, 96), ("apple:dark", 938, 388, 96), ("basket-front", 900, 486, 300),
            ("pear:yellow", 1092, 498, 96), ("apple:red", 720, 500, 104),
            ("apple-half:red", 1010, 504, 96), ("orange", 640, 506, 84),
        ),
    ),
    "mountain": (
        2,
        (
            ("bamboo-fungus", 980, 470, 160), ("bamboo-shoot", 1096, 488, 120), ("mushroom", 860, 486, 150),
            ("tianma", 740, 498, 170), ("morel", 926, 506, 80), ("mushroom:shiitake", 1020, 508, 96),
            ("sprig:bamboo", 640, 500, 130),
        ),
    ),
    "kitchen": (
        1,
        (
            ("ham", 960, 470, 300), ("jar", 760, 482, 150), ("bottle:oil", 1110, 478, 92), ("mooncake", 866, 506, 130),
            ("sugar", 1020, 508, 120), ("chilli", 660, 500, 110), ("peppercorns", 742, 510, 90),
        ),
    ),
    "craft": (
        0,
        (
            ("embroidery:red", 1010, 460, 260), ("basket:dark", 820, 482, 220), ("teapot", 700, 500, 150),
            ("pouch-cloth", 920, 502, 120), ("hoop", 1120, 504, 130), ("spoon", 1060, 508, 52),
        ),
    ),
}  # fmt: skip


def banner(name: str) -> Image.Image:
    mood, things = BANNERS[name]
    stage = Stage(wide(name, mood, SIZE))
    for kind, x, floor, width in things:
        if kind == "basket-front":
            stage.add(basket_front(), x, floor, width, shade=0)
        else:
            stage.stand(kind, x, floor, width)
    return stage.done()
