"""Files on their way: the form they are sent with, and what became of them."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

import strawberry

from domain.media import Received
from models.media import UploadKind
from schema.base import Refused

strawberry.enum(
    UploadKind,
    description="PRODUCT: a picture of a shop. EVIDENCE: one in an after-sale case. POSTED: one shown to others once "
    "it is checked. CLIP: a short video of a product.",
)


@strawberry.input
class UploadInput:
    kind: UploadKind
    byte_size: int = strawberry.field(description="Of the file; the form takes no more.")
    content_type: str = strawberry.field(description="What the sender takes it for; what it is, its bytes say later.")


@strawberry.type
class FormField:
    name: str
    value: str


@strawberry.type(
    description="Post `multipart/form-data` to `url`: all `fields` in this order, then the file as `file`. Any 2xx is "
    "good; after a lost answer post again or finish. `url` may be a path of this host."
)
class UploadForm:
    id: UUID
    url: str
    fields: list[FormField]
    most_bytes: int
    ends_at: datetime = strawberry.field(description="The form is good until then.")

    @classmethod
    def of(cls, asked: dict[str, Any]) -> UploadForm:
        form = asked["form"]
        fields = [FormField(name=name, value=value) for name, value in form.fields.items()]
        return cls(
            id=asked["id"], url=form.url, fields=fields, most_bytes=asked["most_bytes"], ends_at=asked["ends_at"]
        )


@strawberry.type(description="A file that was kept: other mutations name it by `key`.")
class UploadedFile:
    key: str
    url: str = strawberry.field(description="Shows it; of EVIDENCE and POSTED good for an hour or two.")
    width: int
    height: int

    @classmethod
    def of(cls, made: Received) -> UploadedFile:
        return cls(**vars(made))


RequestUploadResult = Annotated[UploadForm | Refused, strawberry.union("RequestUploadResult")]
FinishUploadResult = Annotated[UploadedFile | Refused, strawberry.union("FinishUploadResult")]
