"""What a member may allow WeChat to bring him."""

from __future__ import annotations

import strawberry

from domain.messages import Choice
from models.messages import MessageKind

strawberry.enum(MessageKind)


@strawberry.type(description="A kind of message, and how many of it the member has allowed and not yet had.")
class MessageChoice:
    kind: MessageKind
    template_id: str = strawberry.field(description="For `requestSubscribeMessage`.")
    left: int = strawberry.field(
        description="As WeChat's push told, which takes a second or two after the member's answer."
    )

    @classmethod
    def of(cls, choice: Choice) -> MessageChoice:
        return cls(**choice._asdict())
