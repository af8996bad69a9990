"""Drawing what the demo shows: once per machine, by two processes, and again only what is drawn differently."""

from __future__ import annotations

import hashlib
import json
import multiprocessing
from collections.abc import Callable, Iterable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict, dataclass
from functools import cache
from io import BytesIO
from pathlib import Path

import PIL
from PIL import Image

from server.media import MediaStore, StoredPicture
from server.seeds.catalogue import goods, shops
from server.seeds.drawing import animals as animals
from server.seeds.drawing import crafts as crafts
from server.seeds.drawing import field as field
from server.seeds.drawing import props as props
from server.seeds.drawing import woods as woods
from server.seeds.drawing.banners import BANNERS, banner
from server.seeds.drawing.compose import Recipe, avatar, emblem, picture

Progress = Callable[[str, int, int], None]

KEPT = "drawn.json"
WORKERS = 2
VIEWS = 3
AVATARS = 32


@dataclass(frozen=True)
class Order:
    """One picture to be drawn: what kind, of what, and for products which of the three views."""

    kind: str
    name: str
    recipe: Recipe | None = None
    view: int = 0
    art: str = ""

    @property
    def key(self) -> str:
        """What others ask for it by, as "product/apple-fuji/0"."""
        return f"{self.kind}/{self.name}/{self.view}"

    @property
    def hash(self) -> str:
        return hashlib.sha256(f"{_code()}{asdict(self)}".encode()).hexdigest()[:24]


def wanted() -> list[Order]:
    """Every picture of the demo, those that share a landscape or a sprite one after the other."""
    views = [Order("product", good.key, good.recipe, view) for good in goods() for view in range(VIEWS)]
    views.sort(key=_alike)
    signs = [Order("shop", shop.login, art=shop.art) for shop in shops()]
    marks = [Order("brand", brand, art=_mark(brand)) for shop in shops() for brand in shop.brands]
    faces = [Order("avatar", str(k)) for k in range(AVATARS)]
    return [*views, *signs, *marks, *faces, *(Order("banner", name) for name in BANNERS)]


def _alike(order: Order) -> tuple[bool, str]:
    assert order.recipe is not None
    return (order.view == 2, order.recipe.county) if order.view == 2 else (False, order.recipe.main)


def _mark(brand: str) -> str:
    """The first thing a brand makes."""
    return next(good.art[0] for good in goods() if good.brand == brand)


def draw_all(store_root: Path, cache_dir: Path, progress: Progress) -> dict[str, StoredPicture]:
    """Draws what no earlier demo on this machine drew, and stores all; answers every picture by its key.

    Blocks for a minute or two at first. The drawings lie in `cache_dir`, so that starting over does not draw again.
    """
    cache_dir.mkdir(parents=True, exist_ok=True)
    kept, orders = _kept(cache_dir), wanted()
    drawings = MediaStore(cache_dir)
    ready = {order.key: kept[order.hash] for order in orders if _there(drawings, kept.get(order.hash))}
    missing = [order for order in orders if order.key not in ready]
    for done, (order, stored) in enumerate(_drawn(cache_dir, missing), len(ready) + 1):
        ready[order.key] = kept[order.hash] = stored
        progress("图片绘制", done, len(orders))
    if missing:
        known = {order.hash: asdict(ready[order.key]) for order in orders}
        (cache_dir / KEPT).write_text(json.dumps(known), encoding="utf-8")
    _copy(drawings, MediaStore(store_root), ready.values())
    return ready


def lay_beside(store: Path, other: Path, wanted: Iterable[StoredPicture]) -> None:
    """Copies of these pictures of `store` in `other`; blocks."""
    _copy(MediaStore(store), MediaStore(other), wanted)


def _copy(drawings: MediaStore, store: MediaStore, pictures: Iterable[StoredPicture]) -> None:
    for stored in pictures:
        source = drawings.find(stored.key, None)
        if source is not None and store.find(stored.key, None) is None:
            store.put(source.read_bytes())


def _there(store: MediaStore, stored: StoredPicture | None) -> bool:
    return stored is not None and store.find(stored.key, None) is not None


def _drawn(store_root: Path, orders: list[Order]) -> Iterable[tuple[Order, StoredPicture]]:
    if not orders:
        return
    # Started afresh: a fork of a process with threads and open connections may hang.
    afresh = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(WORKERS, mp_context=afresh, initializer=_open, initargs=(store_root,)) as pool:
        yield from zip(orders, pool.map(_draw, orders, chunksize=8), strict=True)


_stores: list[MediaStore] = []


def _open(store_root: Path) -> None:
    _stores.append(MediaStore(store_root))


def _draw(order: Order) -> StoredPicture:
    return _stores[0].put(encode(draw(order)))


def encode(drawn: Image.Image) -> bytes:
    """WebP with little effort: hundreds are made in one go, and drawings are light anyhow."""
    out = BytesIO()
    drawn.save(out, "WEBP", quality=82, method=2)
    return out.getvalue()


def draw(order: Order) -> Image.Image:
    if order.recipe:
        return picture(order.recipe, order.view)
    if order.kind == "banner":
        return banner(order.name)
    return avatar(order.name) if order.kind == "avatar" else emblem(order.name, order.art)


def _kept(state_dir: Path) -> dict[str, StoredPicture]:
    try:
        raw = json.loads((state_dir / KEPT).read_text(encoding="utf-8"))
        return {hash: StoredPicture(**stored) for hash, stored in raw.items()}
    except (OSError, ValueError, TypeError, AttributeError):
        return {}


@cache
def _code() -> str:
    """Changes whenever the drawing does."""
    here = sorted((Path(__file__).parent / "drawing").glob("*.py"))
    texts = b"".join(path.read_bytes() for path in here)
    return hashlib.sha256(texts + PIL.__version__.encode()).hexdigest()
