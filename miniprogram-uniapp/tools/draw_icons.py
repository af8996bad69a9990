"""Draws the tab bar's icons (81 x 81 PNG, as WeChat asks, in a resting and a selected colour) and the mall's mark.

    python tools/draw_icons.py
"""

from collections.abc import Callable
from pathlib import Path

from PIL import Image, ImageDraw

SIZE = 81
SCALE = 8  # drawn larger and shrunk, because Pillow's lines have hard edges
STROKE = 5.2
RESTING = "#8C857D"
SELECTED = "#D8352A"
MARK_SIZE = 264
STATIC = Path(__file__).resolve().parent.parent / "src" / "static"
TARGET = STATIC / "tab"

Point = tuple[float, float]


class Pen:
    """Coordinates in the 81 x 81 grid; `filled` shapes are the selected look."""

    def __init__(self, colour: str, filled: bool) -> None:
        self.colour, self.filled = colour, filled
        self.image = Image.new("RGBA", (SIZE * SCALE, SIZE * SCALE))
        self.draw = ImageDraw.Draw(self.image)

    def _at(self, points: list[Point]) -> list[Point]:
        return [(x * SCALE, y * SCALE) for x, y in points]

    def line(self, points: list[Point], colour: str | None = None) -> None:
        width = int(STROKE * SCALE)
        self.draw.line(self._at(points), fill=colour or self.colour, width=width, joint="curve")
        for x, y in points[:: len(points) - 1]:
            self.dot(x, y, STROKE / 2, colour)

    def shape(self, points: list[Point]) -> None:
        if self.filled:
            self.draw.polygon(self._at(points), fill=self.colour)
        self.line([*points, points[0], points[1]])

    def box(self, left: float, top: float, right: float, bottom: float, radius: float) -> None:
        self.draw.rounded_rectangle(
            (left * SCALE, top * SCALE, right * SCALE, bottom * SCALE),
            radius=radius * SCALE,
            outline=self.colour,
            fill=self.colour if self.filled else None,
            width=int(STROKE * SCALE),
        )

    def dot(self, x: float, y: float, radius: float, colour: str | None = None) -> None:
        box = tuple(value * SCALE for value in (x - radius, y - radius, x + radius, y + radius))
        self.draw.ellipse(box, fill=colour or self.colour)

    def ring(self, x: float, y: float, radius: float) -> None:
        box = tuple(value * SCALE for value in (x - radius, y - radius, x + radius, y + radius))
        fill = self.colour if self.filled else None
        self.draw.ellipse(box, outline=self.colour, fill=fill, width=int(STROKE * SCALE))

    def save(self, path: Path) -> None:
        self.image.resize((SIZE, SIZE), Image.Resampling.LANCZOS).save(path, optimize=True)


def home(pen: Pen) -> None:
    pen.shape([(14, 38), (40.5, 14), (67, 38), (62, 38), (62, 66), (19, 66), (19, 38)])
    pen.line([(40.5, 52), (40.5, 64)], "#FFFFFF" if pen.filled else None)


def category(pen: Pen) -> None:
    pen.box(14, 14, 37, 37, 6)
    pen.box(44, 14, 67, 37, 6)
    pen.box(14, 44, 37, 67, 6)
    pen.ring(55.5, 55.5, 11.5)


def cart(pen: Pen) -> None:
    pen.line([(10, 17), (20, 17), (23, 28)])
    pen.shape([(23, 28), (69, 28), (63, 52), (29, 52)])
    pen.dot(33, 65, 5.4)
    pen.dot(58, 65, 5.4)


def me(pen: Pen) -> None:
    pen.ring(40.5, 27, 13.5)
    pen.box(15, 47, 66, 68, 10.4)


DRAWINGS: dict[str, Callable[[Pen], None]] = {"home": home, "category": category, "cart": cart, "me": me}


def mark() -> Image.Image:
    """An apple with a highland leaf on its red tile."""
    side = MARK_SIZE * 4
    image = Image.new("RGBA", (side, side))
    draw = ImageDraw.Draw(image)
    unit = side / 100
    draw.rounded_rectangle((0, 0, side - 1, side - 1), radius=26 * unit, fill=SELECTED)
    for left, top, right, bottom in ((20, 34, 56, 78), (44, 34, 80, 78), (28, 46, 72, 82)):
        draw.ellipse((left * unit, top * unit, right * unit, bottom * unit), fill="#FFFFFF")
    draw.ellipse((42 * unit, 29 * unit, 58 * unit, 41 * unit), fill=SELECTED)
    draw.line((50 * unit, 42 * unit, 52 * unit, 26 * unit), fill="#FFFFFF", width=int(4 * unit))
    draw.chord((50 * unit, 14 * unit, 76 * unit, 40 * unit), start=150, end=330, fill="#BFE3CB")
    draw.arc((27 * unit, 41 * unit, 46 * unit, 70 * unit), start=150, end=230, fill="#F6C3BE", width=int(3 * unit))
    return image.resize((MARK_SIZE, MARK_SIZE), Image.Resampling.LANCZOS)


def main() -> None:
    TARGET.mkdir(parents=True, exist_ok=True)
    mark().save(STATIC / "logo.png", optimize=True)
    for name, drawing in DRAWINGS.items():
        for suffix, colour, filled in (("", RESTING, False), ("-on", SELECTED, True)):
            pen = Pen(colour, filled)
            drawing(pen)
            pen.save(TARGET / f"{name}{suffix}.png")


if __name__ == "__main__":
    main()
