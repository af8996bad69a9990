"""What WeChat pushes of subscribe messages: who allows them, and which arrived."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

import structlog

from domain import messages
from domain.base import Database
from integrations.templates import CHANGE_EVENT, POPUP_EVENT, SENT_EVENT

MESSAGE_EVENTS = frozenset({POPUP_EVENT, CHANGE_EVENT, SENT_EVENT})
TOLD = {POPUP_EVENT: messages.Told.POPUP, CHANGE_EVENT: messages.Told.CHANGE}
# A page asks for three at once; WeChat's settings list a few dozen.
MOST = 100

log = structlog.get_logger()


async def hear_of_messages(database: Database, event: Mapping[str, Any]) -> None:
    """Writes down what an event tells. One that cannot be read changes nothing: WeChat would only repeat it."""
    try:
        openid, items = str(event["FromUserName"]), [*_items(event)]
        if event["Event"] == SENT_EVENT:
            arrived = [_arrival(item) for item in items]
        else:
            told, told_at = TOLD[event["Event"]], datetime.fromtimestamp(int(event["CreateTime"]), UTC)
            answers = {str(item["TemplateId"]): _accepts(item) for item in items}
    except (KeyError, TypeError, ValueError, OverflowError, OSError) as error:
        log.warning("wechat.push_unreadable", fault=repr(error))
        return
    async with database.begin() as uow:
        if event["Event"] != SENT_EVENT:
            await messages.record_answers(uow, openid, told, told_at, answers)
            return
        for template_id, msgid, errcode, status in arrived:
            if (kind := messages.kind_under(template_id)) is not None:
                await messages.record_arrival(uow, openid, kind, msgid, errcode, status)


def _items(event: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """`List` is a list, or the one item there is."""
    found = event["List"]
    found = found if isinstance(found, list) else [found]
    if len(found) > MOST or not all(isinstance(item, dict) for item in found):
        raise ValueError("List")
    yield from found


def _accepts(item: Mapping[str, Any]) -> bool:
    """accept and its kinds, such as acceptWithAudio, are one message each; reject, ban and filter none."""
    return str(item["SubscribeStatusString"]).startswith("accept")


def _arrival(item: Mapping[str, Any]) -> tuple[str, str, int, str]:
    msgid = str(item["MsgID"])
    if not 1 <= len(msgid) <= 40:
        raise ValueError("MsgID")
    return str(item["TemplateId"]), msgid, int(item.get("ErrorCode") or 0), str(item.get("ErrorStatus") or "")
