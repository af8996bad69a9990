"""A picture in the making at its final size: sprites are put on it reduced, each with its shadow."""

from __future__ import annotations

from functools import lru_cache

from PIL import Image

from server.seeds.drawing.paint import Colour, Sketch, rgb, soft_spot
from server.seeds.drawing.sprites import sprite

SHADOW = "#4a2a1c"


@lru_cache(maxsize=160)
def _reduced(kind: str, width: int) -> Image.Image:
    whole = sprite(kind)
    size = (width, max(1, round(width * whole.height / whole.width)))
    return whole.resize(size, Image.Resampling.LANCZOS, reducing_gap=2.0)


class Stage:
    """`zoom` enlarges everything put on it, about a point below the middle; the backdrop stays as it is."""

    def __init__(self, backdrop: Image.Image, zoom: float = 1.0) -> None:
        self.image = backdrop.convert("RGBA")
        self._zoom = zoom
        self._about = (self.image.width / 2, self.image.height * 0.7)

    def stand(self, kind: str, x: float, floor: float, width: float, *, turn: float = 0, shade: float = 0.45) -> None:
        """Puts a sprite with its foot at (`x`, `floor`), casting a shadow on what it stands on."""
        x, floor, width = self._scaled(x, floor, width)
        picture = self._turned(kind, width, turn)
        if shade:
            self._shade(x + width * 0.04, floor - picture.height * 0.03, picture.width * 1.02, width * 0.26, shade)
        self._paste(picture, x - picture.width / 2, floor - picture.height)

    def lay(self, kind: str, x: float, y: float, width: float, *, turn: float = 0, shade: float = 0.4) -> None:
        """Puts a sprite with its middle at (`x`, `y`), seen from above, with a shadow all around."""
        x, y, width = self._scaled(x, y, width)
        picture = self._turned(kind, width, turn)
        if shade:
            self._shade(x + width * 0.05, y + width * 0.09, picture.width * 1.1, picture.height * 1.1, shade)
        self._paste(picture, x - picture.width / 2, y - picture.height / 2)

    def add(self, picture: Image.Image, x: float, floor: float, width: float, *, shade: float = 0.45) -> None:
        """As `stand`, for a picture that is in no drawer."""
        x, floor, width = self._scaled(x, floor, width)
        size = (round(width), round(width * picture.height / picture.width))
        small = picture.resize(size, Image.Resampling.LANCZOS, reducing_gap=2.0)
        if shade:
            self._shade(x + width * 0.04, floor - size[1] * 0.04, width * 1.02, width * 0.26, shade)
        self._paste(small, x - size[0] / 2, floor - size[1])

    def shadow(self, x: float, y: float, width: float, height: float, alpha: float) -> None:
        x, y, width = self._scaled(x, y, width)
        self._shade(x, y, width, height * self._zoom, alpha)

    def _scaled(self, x: float, y: float, width: float) -> tuple[float, float, float]:
        cx, cy = self._about
        return cx + (x - cx) * self._zoom, cy + (y - cy) * self._zoom, width * self._zoom

    def _shade(self, x: float, y: float, width: float, height: float, alpha: float, colour: Colour = SHADOW) -> None:
        size = (max(2, round(width * 1.25)), max(2, round(height * 1.25)))
        self._paste(soft_spot(size, rgb(colour), alpha), x - size[0] / 2, y - size[1] / 2)

    def done(self) -> Image.Image:
        return self.image.convert("RGB")

    def _turned(self, kind: str, width: float, turn: float) -> Image.Image:
        if not turn:
            return _reduced(kind, round(width))
        # Turned half as large again and averaged down: as smooth as a finer filter, at a third of its cost.
        double = _reduced(kind, round(width * 1.5))
        turned = double.rotate(turn, Image.Resampling.BILINEAR, expand=True)
        size = (max(1, round(turned.width / 1.5)), max(1, round(turned.height / 1.5)))
        return turned.resize(size, Image.Resampling.BOX)

    def _paste(self, picture: Image.Image, x: float, y: float) -> None:
        left, top = round(x), round(y)
        cut = (
            max(0, -left),
            max(0, -top),
            min(picture.width, self.image.width - left),
            min(picture.height, self.image.height - top),
        )
        if cut[2] > cut[0] and cut[3] > cut[1]:
            self.image.alpha_composite(picture.crop(cut), (left + cut[0], top + cut[1]))


def flatten(page: Sketch, size: tuple[int, int]) -> Image.Image:
    """A sketch as a backdrop of that many pixels."""
    return page.image.convert("RGB").resize(size, Image.Resampling.LANCZOS, reducing_gap=2.0)
