"""The rule of a presale in plain words: what buyers read and agree to, and what is kept with their orders."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from domain.base import SHANGHAI
from models.presales import DepositKind, PresaleKind

NAMES = {DepositKind.DINGJIN: "定金", DepositKind.DINGJIN_REFUNDABLE: "订金"}


def moment(at: datetime) -> str:
    """「10月15日 20:00」, in Shanghai."""
    local = at.astimezone(SHANGHAI)
    return f"{local.month}月{local.day}日 {local:%H:%M}"


def day(at: datetime) -> str:
    local = at.astimezone(SHANGHAI)
    return f"{local.month}月{local.day}日"


def yuan(fen: int) -> str:
    return f"{fen // 100}.{fen % 100:02d} 元"


def deposit_name(kind: DepositKind | None) -> str:
    return NAMES[kind] if kind else "预付款"


def schedule(offer: Mapping[str, Any]) -> str:
    """「预计 10月15日起发货」 and within how many days."""
    ships, days = day(offer["ships_at"]), offer["ship_days"]
    after = "付清尾款后" if offer["kind"] is PresaleKind.DEPOSIT else "该日起"
    return f"预计 {ships}起发货，{after} {days} 天内发出"


def rules(offer: Mapping[str, Any]) -> str:
    """All of it, in full: what is due when, what goes back when, and what happens if the harvest is too small."""
    short = "若收成不足，按付款先后整单分配，未分到的订单全额退款"
    if offer["kind"] is PresaleKind.FULL:
        return f"全款预售，{schedule(offer)}。发货前可随时取消，全额退款。{short}。"
    window = f"{moment(offer['balance_from'])} 至 {moment(offer['balance_until'])}"
    due = f"先付{deposit_name(offer['deposit_kind'])}，每件 {yuan(offer['deposit'])}；尾款与运费在 {window} 支付"
    if offer["deposit_kind"] is DepositKind.DINGJIN:
        lost = "您取消预订或逾期未付尾款，定金不退；商家不能履约，双倍返还定金"
        return f"{due}，{schedule(offer)}。{lost}。{short}，并按定金再赔付一份。"
    return f"{due}，{schedule(offer)}。付尾款前取消或逾期未付尾款，订金全额退还。{short}。"
