"""Pictures people send: looked at by their bytes, decoded, put upright, shrunk, in sRGB, without anything beside."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

from PIL import Image, ImageCms, ImageOps

from domain.base import Invalid
from server import sniffing
from server.media import MediaStore, StoredPicture, encode

MOST_PIXELS = 40_000_000
LONGEST_SIDE = 1600


def take(store: MediaStore, file: Path) -> StoredPicture:
    """Keeps the picture in `file`, written anew as WebP; Invalid for anything else. Blocks."""
    return store.put(encode(normalised(file.read_bytes())))


def normalised(content: bytes) -> Image.Image:
    """The picture upright, in sRGB, at most 1600 pixels long; Invalid for what is no JPEG, PNG or WebP, or more."""
    kind = sniffing.check(content)
    try:
        with Image.open(BytesIO(content), formats=[kind]) as picture:
            if picture.width * picture.height > MOST_PIXELS:
                raise _too_wide()
            # JPEG can be decoded at a fraction of its size; a no-op for the other formats.
            picture.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
            upright = _in_srgb(ImageOps.exif_transpose(picture))
            upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE), Image.Resampling.LANCZOS)
            return upright
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise _too_wide() from None
    except (OSError, ValueError, SyntaxError):
        # Pillow's decoders tell of broken files in all of these ways.
        raise Invalid("无法识别的图片，请上传 JPEG、PNG 或 WebP", field="file") from None


def _too_wide() -> Invalid:
    return Invalid("图片尺寸过大，最多 4000 万像素", field="file")


def _in_srgb(picture: Image.Image) -> Image.Image:
    """The pixels as sRGB: the colour profile is dropped with the rest of the metadata, so it is applied first."""
    has_alpha = picture.mode in ("RGBA", "LA", "PA") or "transparency" in picture.info
    profile = picture.info.get("icc_profile")
    if profile and picture.mode == "RGB":
        try:
            source = ImageCms.ImageCmsProfile(BytesIO(profile))
            return ImageCms.profileToProfile(picture, source, ImageCms.createProfile("sRGB")) or picture
        except ImageCms.PyCMSError:
            pass  # a broken profile: the colours are taken as they stand
    return picture.convert("RGBA" if has_alpha else "RGB")
