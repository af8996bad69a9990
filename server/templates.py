"""WeChat's subscribe messages: which template of the mini-program says what."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

from pydantic import field_validator

from integrations.templates import USUAL, Template, template_of
from models.messages import MessageKind
from server.pushes import PushSettings
from server.sizes import setting

# What the simulator's own templates begin with.
SIMULATOR_MARK = "SIMULATED_"
FIELDS = {f"wechat_template_{kind.lower()}": kind for kind in MessageKind}


def _template(kind: MessageKind) -> Any:
    usual = " ".join(f"{word}={key}" for word, key in USUAL[kind].items())
    meaning = f"a template's id at WeChat, alone or followed by its keys, such as {usual}"
    return setting(f"WECHAT_TEMPLATE_{kind}", meaning, default="")


class TemplateSettings(PushSettings):
    """A kind without a template is sent to nobody and asked of nobody; its notices are in the inbox alone."""

    wechat_template_shipped: str = _template(MessageKind.SHIPPED)
    wechat_template_pickup: str = _template(MessageKind.PICKUP)
    wechat_template_refund: str = _template(MessageKind.REFUND)
    wechat_template_after_sale: str = _template(MessageKind.AFTER_SALE)
    wechat_template_group: str = _template(MessageKind.GROUP)
    wechat_template_balance: str = _template(MessageKind.BALANCE)
    wechat_template_coupon: str = _template(MessageKind.COUPON)

    @field_validator(*FIELDS)
    @classmethod
    def _is_template(cls, value: str, info: Any) -> str:
        if value.strip():
            template_of(FIELDS[info.field_name], value)
        return value.strip()

    @property
    def message_templates(self) -> Mapping[MessageKind, Template]:
        """The templates there are, by what they tell of."""
        given = {kind: getattr(self, field) for field, kind in FIELDS.items()}
        return {kind: template_of(kind, text) for kind, text in given.items() if text}


def template_faults(settings: TemplateSettings, env: str) -> list[str]:
    """What is given twice, cannot be counted, or is not to be used, a sentence each."""
    given = {kind: template.id for kind, template in settings.message_templates.items()}
    often = Counter(given.values())
    faults = [f"WECHAT_TEMPLATE_{kind} has an id of another kind too." for kind, id in given.items() if often[id] > 1]
    if given and not settings.wechat_push_token.get_secret_value():
        faults.append(
            "WECHAT_TEMPLATE_… need WECHAT_PUSH_TOKEN: what members accept is told by the message push alone."
        )
    if env == "production":
        marked = [kind for kind, id in given.items() if id.startswith(SIMULATOR_MARK)]
        faults += [f"WECHAT_TEMPLATE_{kind} is the simulator's; production needs your own." for kind in marked]
    return faults
