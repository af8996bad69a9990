"""Files that people send: to the object store first, then to whoever looks at them."""

from __future__ import annotations

from uuid import UUID

import strawberry

from resolvers.base import Audience, By, Rate, mutation
from schema.base import Info
from schema.media import FinishUploadResult, RequestUploadResult, UploadedFile, UploadForm, UploadInput

# A whole shop at once, then one every two seconds.
ASKING = Rate(By.VIEWER, burst=60, seconds=2)
# Looking at a file is work: as often as files may be sent, and again after lost answers.
FINISHING = Rate(By.VIEWER, burst=90, seconds=1.5)


@strawberry.type
class Mutation:
    @mutation(
        Audience.SIGNED_IN,
        rates=(ASKING,),
        description="A form for one file, good for a quarter of an hour: post it, then `finishUpload`.",
    )
    async def request_upload(self, info: Info, input: UploadInput) -> RequestUploadResult:
        uploads, viewer = info.context.services.uploads, info.context.viewer
        return UploadForm.of(await uploads.ask(viewer, input.kind, input.byte_size, input.content_type))

    @mutation(
        Audience.SIGNED_IN,
        rates=(FINISHING,),
        description="Looks at the file that was sent and keeps it, without what cameras write beside the picture. "
        "Asked again it answers the same, for some hours. WRONG_STATE: nothing was sent yet.",
    )
    async def finish_upload(self, info: Info, id: UUID) -> FinishUploadResult:
        return UploadedFile.of(await info.context.services.uploads.finish(info.context.viewer, id))
