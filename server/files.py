"""All places for files of one process."""

from __future__ import annotations

from dataclasses import dataclass

from domain.media import ObjectStore
from integrations.objects import S3, Folder, S3Config
from server.clips import ClipStore
from server.media import MediaStore
from server.settings import Settings


@dataclass(frozen=True)
class Files:
    """Where files that people send lie until they were looked at, and where they are kept then."""

    objects: ObjectStore
    # Pictures that everybody may see, and short videos of goods.
    pictures: MediaStore
    clips: ClipStore
    # Pictures of after-sale cases: not for everybody who knows a key.
    evidence: MediaStore
    # What people post to show it to others: served only while it may be seen.
    posted: MediaStore

    @classmethod
    def of(cls, settings: Settings) -> Files:
        """In the state directory; beside S3 what lies there is only what was asked for."""
        objects = make_objects(settings)
        kept = None if settings.objects == "folder" else objects
        pictures, evidence, posted = (MediaStore(settings.state_dir / name, kept) for name in SHELVES)
        return cls(objects, pictures, ClipStore(settings.state_dir / "clips", kept), evidence, posted)


SHELVES = ("media", "evidence", "posted")


def make_objects(settings: Settings) -> ObjectStore:
    """Neither kind of store is asked anything here."""
    if settings.objects == "folder":
        return Folder(settings.state_dir / "objects")
    return S3(
        S3Config(
            endpoint=settings.s3_endpoint or "",
            region=settings.s3_region,
            bucket=settings.s3_bucket,
            key_id=settings.s3_key_id,
            secret=settings.s3_secret.get_secret_value(),
            path_style=settings.s3_path_style,
            public_endpoint=settings.s3_public_endpoint or "",
        )
    )
