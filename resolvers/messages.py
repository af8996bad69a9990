"""What a member may allow WeChat to bring him."""

from __future__ import annotations

import strawberry

from domain import messages
from resolvers.base import Audience, query
from schema.base import Info
from schema.messages import MessageChoice


@strawberry.type
class Query:
    @query(Audience.MEMBER, description="The kinds there are in this mall; none where it has no templates.")
    async def my_message_choices(self, info: Info) -> list[MessageChoice]:
        return [MessageChoice.of(each) for each in await info.context.read(messages.choices, info.context.viewer)]
