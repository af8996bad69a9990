"""An object store that speaks S3: AWS, MinIO, Ceph, Garage, and what clouds offer of the same kind.

Asked of it: POST Object with a policy of Signature Version 4, GET, PUT, HEAD and DELETE Object.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import Any

import botocore.session
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

from domain.base import Invalid, Unavailable, clock
from domain.media import Form

CHUNK = 256 * 1024
# A bucket that is missing is no missing file.
MISSING = frozenset({"NoSuchKey", "NotFound", "404"})
# A store in the same city answers in milliseconds; nobody waits a minute for a picture.
OPTIONS = {"connect_timeout": 3, "read_timeout": 20, "retries": {"mode": "standard", "total_max_attempts": 3}}


@dataclass(frozen=True)
class S3Config:
    endpoint: str
    region: str
    bucket: str
    key_id: str
    secret: str
    # https://host/bucket/name instead of https://bucket.host/name.
    path_style: bool
    # Where browsers and phones reach the same store, when that is not `endpoint`.
    public_endpoint: str = ""


class S3:
    """`domain.media.ObjectStore` in one bucket."""

    def __init__(self, config: S3Config) -> None:
        self._config = config

    @cached_property
    def _client(self) -> Any:
        return self._make(self._config.endpoint)

    @cached_property
    def _signing(self) -> Any:
        """Signs for the address that the sender uses; it never connects."""
        return self._make(self._config.public_endpoint or self._config.endpoint)

    def _make(self, endpoint: str) -> Any:
        style = {"addressing_style": "path" if self._config.path_style else "virtual"}
        return botocore.session.Session().create_client(
            "s3",
            endpoint_url=endpoint,
            region_name=self._config.region,
            aws_access_key_id=self._config.key_id,
            aws_secret_access_key=self._config.secret,
            # Many stores know no checksums but the signature's own.
            config=Config(
                signature_version="s3v4",
                s3=style,
                request_checksum_calculation="when_required",
                response_checksum_validation="when_required",
                **OPTIONS,
            ),
        )

    def form(self, name: str, *, most: int, content_type: str, ends_at: datetime) -> Form:
        fields = {"Content-Type": content_type, "success_action_status": "201"}
        conditions = [*({key: value} for key, value in fields.items()), ["content-length-range", 1, most]]
        seconds = max(1, int((ends_at - clock.now()).total_seconds()))
        made = self._signing.generate_presigned_post(
            self._config.bucket, name, Fields=fields, Conditions=conditions, ExpiresIn=seconds
        )
        return Form(made["url"], made["fields"])

    def fetch(self, name: str, to: Path, *, most: int) -> bool:
        with _answered() as missing:
            found = self._client.get_object(Bucket=self._config.bucket, Key=name)
            if found["ContentLength"] > most:
                found["Body"].close()
                raise Invalid("文件超过了允许的大小", field="file")
            with open(to, "wb") as out:
                for chunk in found["Body"].iter_chunks(CHUNK):
                    out.write(chunk)
        return not missing

    def put(self, name: str, file: Path, content_type: str) -> None:
        with _answered() as missing, open(file, "rb") as content:
            self._client.put_object(Bucket=self._config.bucket, Key=name, Body=content, ContentType=content_type)
        if missing:
            raise Unavailable("文件服务暂时不可用，请稍后重试")

    def age(self, name: str) -> float | None:
        with _answered() as missing:
            found = self._client.head_object(Bucket=self._config.bucket, Key=name)
            return float((datetime.now(UTC) - found["LastModified"]).total_seconds())
        return None if missing else 0.0

    def drop(self, name: str) -> None:
        with _answered():
            self._client.delete_object(Bucket=self._config.bucket, Key=name)


@contextmanager
def _answered() -> Iterator[list[str]]:
    """Says by what it holds afterwards that there was no such object; Unavailable for any other trouble."""
    missing: list[str] = []
    try:
        yield missing
    except ClientError as error:
        code = error.response["Error"].get("Code", "")
        if code not in MISSING:
            raise Unavailable("文件服务暂时不可用，请稍后重试") from error
        missing.append(code)
    except BotoCoreError as error:
        raise Unavailable("文件服务暂时不可用，请稍后重试") from error
