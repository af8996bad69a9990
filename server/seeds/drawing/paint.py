"""Brushes: smooth shapes, soft gradients and shadows, drawn three times too large and reduced when placed."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeAlias

from PIL import Image, ImageChops, ImageColor, ImageDraw

# Sprites are drawn at this many pixels per unit; reducing them is what makes edges smooth.
SCALE = 3

Point: TypeAlias = tuple[float, float]
Box: TypeAlias = tuple[float, float, float, float]
Rgb: TypeAlias = tuple[int, int, int]
Colour: TypeAlias = str | Rgb


def rgb(colour: Colour) -> Rgb:
    if isinstance(colour, str):
        red, green, blue = ImageColor.getrgb(colour)[:3]
        return red, green, blue
    return colour


def mix(one: Colour, other: Colour, share: float) -> Rgb:
    """`one` with `share` (0–1) of `other`."""
    (r, g, b), (x, y, z) = rgb(one), rgb(other)
    return round(r + (x - r) * share), round(g + (y - g) * share), round(b + (z - b) * share)


def lighter(colour: Colour, share: float = 0.4) -> Rgb:
    return mix(colour, "#fff6e0", share)


def darker(colour: Colour, share: float = 0.35) -> Rgb:
    # Shade leans to a warm plum, not to black: black shade makes food look stale.
    return mix(colour, "#43202b", share)


# ------------------------------------------------------------------------------------------------ paints
@dataclass(frozen=True)
class Flat:
    colour: Colour
    alpha: float = 1.0

    def render(self, size: tuple[int, int]) -> Image.Image:
        return Image.new("RGBA", size, (*rgb(self.colour), round(255 * self.alpha)))


@dataclass(frozen=True)
class Fade:
    """From `top` to `bottom`; `sideways` from left to right."""

    top: Colour
    bottom: Colour
    sideways: bool = False

    def render(self, size: tuple[int, int]) -> Image.Image:
        line = (size[0], 1) if self.sideways else (1, size[1])
        ramp = _linear(self.sideways).resize(line, Image.Resampling.BILINEAR)
        coloured = _coloured(ramp, ((0, rgb(self.top)), (255, rgb(self.bottom))))
        return coloured.resize(size, Image.Resampling.NEAREST)


@dataclass(frozen=True)
class Ball:
    """A round thing lit from the upper left; `focus` is where the light falls, in shares of the box."""

    base: Colour
    light: Colour | None = None
    dark: Colour | None = None
    focus: Point = (0.36, 0.3)

    def render(self, size: tuple[int, int]) -> Image.Image:
        grey = _radial(_coarse(size), self.focus)
        light = rgb(self.light) if self.light else lighter(self.base, 0.42)
        dark = rgb(self.dark) if self.dark else darker(self.base, 0.3)
        # The gradient reaches 181 at the sides of its box: there it is to be nearly dark.
        coloured = _coloured(grey, ((0, light), (96, rgb(self.base)), (204, dark), (255, dark)))
        return coloured.resize(size, Image.Resampling.NEAREST)


Paint: TypeAlias = Flat | Fade | Ball


def _coarse(size: tuple[int, int]) -> tuple[int, int]:
    """A ninth of the pixels: enough for what changes slowly and is reduced afterwards, and nine times as fast."""
    return max(1, size[0] // 3), max(1, size[1] // 3)


@lru_cache(maxsize=2)
def _linear(sideways: bool) -> Image.Image:
    ramp = Image.linear_gradient("L")
    return ramp.transpose(Image.Transpose.ROTATE_90) if sideways else ramp


def _coloured(grey: Image.Image, stops: tuple[tuple[int, Rgb], ...]) -> Image.Image:
    """Grey values as colours between the stops: by a palette, which Pillow applies many times faster than a table."""
    grey.putpalette(_palette(stops))
    return grey.convert("RGBA")


@lru_cache(maxsize=512)
def _palette(stops: tuple[tuple[int, Rgb], ...]) -> bytes:
    found = bytearray()
    for (low, one), (high, other) in zip(stops, stops[1:], strict=False):
        found += b"".join(bytes(mix(one, other, (v - low) / (high - low))) for v in range(low, high))
    return bytes(found) + bytes(stops[-1][1])


@lru_cache(maxsize=1)
def _rings() -> Image.Image:
    return Image.radial_gradient("L")


def _radial(size: tuple[int, int], focus: Point) -> Image.Image:
    width, height = size
    a = 127 / (max(focus[0], 1 - focus[0]) * max(width, 1))
    e = 127 / (max(focus[1], 1 - focus[1]) * max(height, 1))
    matrix = (a, 0, 128 - a * focus[0] * width, 0, e, 128 - e * focus[1] * height)
    return _rings().transform(size, Image.Transform.AFFINE, matrix, resample=Image.Resampling.BILINEAR)


@lru_cache(maxsize=1)
def _puff() -> Image.Image:
    """A spot that fades out evenly to all sides; Pillow's gradient reaches 181 at the sides and 255 in the corners."""
    return Image.radial_gradient("L").point([round(255 * max(0.0, 1 - v / 181) ** 1.5) for v in range(256)])


@lru_cache(maxsize=16)
def _faint(alpha: float) -> Image.Image:
    return _puff().point([round(v * alpha) for v in range(256)])


def soft_spot(size: tuple[int, int], colour: Colour, alpha: float) -> Image.Image:
    """A soft ellipse: light on a fruit, shadow under one."""
    spot = Image.new("RGBA", size, (*rgb(colour), 255))
    spot.putalpha(_faint(alpha).resize(size, Image.Resampling.BILINEAR))
    return spot


# ------------------------------------------------------------------------------------------------ curves
def curve(points: Sequence[Point], *, closed: bool = True, steps: int = 10) -> list[Point]:
    """A smooth line through `points` (Catmull–Rom)."""
    count = len(points)

    def at(i: int) -> Point:
        return points[i % count] if closed else points[min(max(i, 0), count - 1)]

    found: list[Point] = []
    for i in range(count if closed else count - 1):
        p0, p1, p2, p3 = at(i - 1), at(i), at(i + 1), at(i + 2)
        found += [
            (_between(p0[0], p1[0], p2[0], p3[0], k / steps), _between(p0[1], p1[1], p2[1], p3[1], k / steps))
            for k in range(steps)
        ]
    return found if closed else [*found, points[-1]]


def _between(a: float, b: float, c: float, d: float, t: float) -> float:
    return 0.5 * (2 * b + (c - a) * t + (2 * a - 5 * b + 4 * c - d) * t * t + (3 * b - a - 3 * c + d) * t**3)


def ring(centre: Point, radii: Point, count: int, *, start: float = 0.0) -> list[Point]:
    """`count` points on an ellipse."""
    turns = (start + 2 * math.pi * k / count for k in range(count))
    return [(centre[0] + radii[0] * math.cos(t), centre[1] + radii[1] * math.sin(t)) for t in turns]


# ------------------------------------------------------------------------------------------------ sketch
class Sketch:
    """A transparent sheet, measured in units; what is drawn within `inside` stays within that shape."""

    def __init__(self, width: float, height: float, scale: float = SCALE) -> None:
        self.scale = scale
        self.image = Image.new("RGBA", (round(width * scale), round(height * scale)))
        self._clip: Image.Image | None = None

    def blob(self, points: Sequence[Point], paint: Paint, *, smooth: bool = True) -> None:
        """A closed shape through `points`."""
        outline = curve(points) if smooth else list(points)
        self._paint(outline, paint)

    def ellipse(self, box: Box, paint: Paint) -> None:
        x0, y0, x1, y1 = box
        self._paint(ring(((x0 + x1) / 2, (y0 + y1) / 2), ((x1 - x0) / 2, (y1 - y0) / 2), 72), paint)

    def rounded(self, box: Box, radius: float, paint: Paint) -> None:
        """A rectangle with round corners."""
        x0, y0, x1, y1 = box
        r = min(radius, (x1 - x0) / 2, (y1 - y0) / 2)
        corners = ((x1 - r, y1 - r, 0), (x0 + r, y1 - r, 90), (x0 + r, y0 + r, 180), (x1 - r, y0 + r, 270))
        points = [
            (x + r * math.cos(math.radians(a + k * 9)), y + r * math.sin(math.radians(a + k * 9)))
            for x, y, a in corners
            for k in range(11)
        ]
        self._paint(points, paint)

    def line(self, points: Sequence[Point], width: float, colour: Colour, *, smooth: bool = True) -> None:
        """A stroke with round ends."""
        path = curve(points, closed=False) if smooth and len(points) > 2 else list(points)
        pad = width
        box = self._box([(x - pad, y - pad) for x, y in path] + [(x + pad, y + pad) for x, y in path])
        if box is None:
            return
        mask = Image.new("L", (box[2] - box[0], box[3] - box[1]))
        draw = ImageDraw.Draw(mask)
        pixels = [(x * self.scale - box[0], y * self.scale - box[1]) for x, y in path]
        thick = max(1, round(width * self.scale))
        draw.line(pixels, fill=255, width=thick, joint="curve")
        for x, y in (pixels[0], pixels[-1]):
            draw.ellipse((x - thick / 2, y - thick / 2, x + thick / 2, y + thick / 2), fill=255)
        self._stamp(mask, Flat(colour), box)

    def glow(self, box: Box, colour: Colour = "#ffffff", alpha: float = 0.7) -> None:
        """A soft spot of light or shade."""
        found = self._box([(box[0], box[1]), (box[2], box[3])], inside=False)
        if found is None:
            return
        size = (found[2] - found[0], found[3] - found[1])
        small = _faint(alpha).resize(_coarse(size), Image.Resampling.BILINEAR)
        self._stamp(small.resize(size, Image.Resampling.NEAREST), Flat(colour), found)

    def dots(self, points: Sequence[Point], radius: float, colour: Colour, alpha: float = 1.0) -> None:
        for x, y in points:
            self._paint(ring((x, y), (radius, radius), 14), Flat(colour, alpha))

    @contextmanager
    def inside(self, points: Sequence[Point], *, smooth: bool = True) -> Iterator[None]:
        """Everything drawn meanwhile is cut to this shape."""
        before = self._clip
        mask = Image.new("L", self.image.size)
        outline = curve(points) if smooth else points
        ImageDraw.Draw(mask).polygon([(x * self.scale, y * self.scale) for x, y in outline], fill=255)
        self._clip = ImageChops.multiply(before, mask) if before else mask
        yield
        self._clip = before

    def put(self, other: Image.Image, centre: Point, width: float, turn: float = 0.0) -> None:
        """Another sprite, `width` units wide, turned counter-clockwise by `turn` degrees."""
        pixels = round(width * self.scale)
        small = other.resize((pixels, round(pixels * other.height / other.width)), Image.Resampling.LANCZOS)
        if turn:
            small = small.rotate(turn, Image.Resampling.BICUBIC, expand=True)
        left = round(centre[0] * self.scale - small.width / 2)
        top = round(centre[1] * self.scale - small.height / 2)
        if self._clip is not None:
            cut = Image.new("L", small.size)
            cut.paste(self._clip.crop((left, top, left + small.width, top + small.height)))
            small.putalpha(ImageChops.multiply(small.getchannel("A"), cut))
        sheet = Image.new("RGBA", self.image.size)
        sheet.paste(small, (left, top))
        self.image.alpha_composite(sheet)

    def _paint(self, outline: Sequence[Point], paint: Paint) -> None:
        whole = self._box(outline, inside=False)
        box = self._box(outline)
        if box is None or whole is None:
            return
        mask = Image.new("L", (whole[2] - whole[0], whole[3] - whole[1]))
        pixels = [(x * self.scale - whole[0], y * self.scale - whole[1]) for x, y in outline]
        ImageDraw.Draw(mask).polygon(pixels, fill=255)
        self._stamp(mask, paint, whole)

    def _stamp(self, mask: Image.Image, paint: Paint, box: tuple[int, int, int, int]) -> None:
        colours = paint.render(mask.size)
        kept = (max(box[0], 0), max(box[1], 0), min(box[2], self.image.width), min(box[3], self.image.height))
        if kept[0] >= kept[2] or kept[1] >= kept[3]:
            return
        cut = (kept[0] - box[0], kept[1] - box[1], kept[2] - box[0], kept[3] - box[1])
        colours, mask = colours.crop(cut), mask.crop(cut)
        alpha = ImageChops.multiply(colours.getchannel("A"), mask)
        if self._clip is not None:
            alpha = ImageChops.multiply(alpha, self._clip.crop(kept))
        colours.putalpha(alpha)
        self.image.alpha_composite(colours, kept[:2])

    def _box(self, points: Sequence[Point], *, inside: bool = True) -> tuple[int, int, int, int] | None:
        xs, ys = [p[0] * self.scale for p in points], [p[1] * self.scale for p in points]
        x0, y0, x1, y1 = math.floor(min(xs)), math.floor(min(ys)), math.ceil(max(xs)) + 1, math.ceil(max(ys)) + 1
        if inside:
            x0, y0, x1, y1 = max(x0, 0), max(y0, 0), min(x1, self.image.width), min(y1, self.image.height)
        return (x0, y0, x1, y1) if x1 > x0 and y1 > y0 else None
