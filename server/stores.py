"""Where files are kept and where they are shown: the settings of the object store and of the CDN."""

from __future__ import annotations

from typing import Literal

from pydantic import SecretStr

from server.sizes import Sizes, setting

STORE_SECRETS = ("S3_SECRET",)
STORE_BASES = ("media_base_url", "s3_endpoint", "s3_public_endpoint")
NEEDED = ("s3_endpoint", "s3_bucket", "s3_region", "s3_key_id", "s3_secret")


class StoreSettings(Sizes):
    """Without any of them files are kept in the state directory and shown at the mall's own address."""

    media_base_url: str | None = setting(
        "MALL_MEDIA_BASE_URL", "the http(s) address of a CDN that takes /media from the mall, or nothing", default=None
    )
    objects: Literal["folder", "s3"] = setting(
        "MALL_OBJECTS", "folder, or s3 for an object store that speaks S3", default="folder"
    )
    s3_endpoint: str | None = setting("S3_ENDPOINT", "the http(s) address of the object store", default=None)
    s3_public_endpoint: str | None = setting(
        "S3_PUBLIC_ENDPOINT", "the http(s) address at which phones reach it, when it is another", default=None
    )
    s3_bucket: str = setting("S3_BUCKET", "the name of the bucket", default="")
    s3_region: str = setting("S3_REGION", "the region it lies in, as the store calls it", default="")
    s3_key_id: str = setting("S3_KEY_ID", "the id of the access key", default="")
    s3_secret: SecretStr = setting("S3_SECRET", "the secret of the access key", default=SecretStr(""))
    s3_path_style: bool = setting(
        "S3_PATH_STYLE", "1 where the bucket stands in the path and not in the host, else 0", default=False
    )


def store_faults(settings: StoreSettings, env: str) -> list[str]:
    """What the object store still needs, and what production must not have."""
    faults = []
    if settings.objects == "s3":
        faults += [
            f"{StoreSettings.model_fields[name].validation_alias} is not set; MALL_OBJECTS=s3 needs it."
            for name in NEEDED
            if not _given(getattr(settings, name))
        ]
    # The endpoint itself may be inside our own network; what phones are told may not.
    told = {"MALL_MEDIA_BASE_URL": settings.media_base_url}
    if settings.objects == "s3":
        told["S3_PUBLIC_ENDPOINT" if settings.s3_public_endpoint else "S3_ENDPOINT"] = (
            settings.s3_public_endpoint or settings.s3_endpoint
        )
    if env == "production":
        faults += [
            f"{name} is {value}; in production it must be https, since phones are sent there."
            for name, value in told.items()
            if value and not value.startswith("https://")
        ]
    return faults


def _given(value: str | SecretStr | None) -> bool:
    return bool(value.get_secret_value() if isinstance(value, SecretStr) else value)
