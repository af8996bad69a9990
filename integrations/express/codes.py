"""The two services' words for carriers and states, side by side: their numbers look alike and mean other things."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from models.delivery import TrackState

SHANGHAI = ZoneInfo("Asia/Shanghai")
S = TrackState

# Our codes are WeChat's, and 快递鸟's are the same.
KUAIDI100_CARRIERS = {
    "SF": "shunfeng",
    "ZTO": "zhongtong",
    "YTO": "yuantong",
    "STO": "shentong",
    "YD": "yunda",
    "EMS": "ems",
    "YZPY": "youzhengguonei",
    "JTSD": "jtexpress",
    "JD": "jd",
}
OURS_OF_KUAIDI100 = {theirs: ours for ours, theirs in KUAIDI100_CARRIERS.items()}

# 0 在途 1 揽收 2 疑难 3 签收 4 退签 5 派件 6 退回 8 清关 14 拒签
KUAIDI100_STATES = {
    "0": S.IN_TRANSIT,
    "1": S.COLLECTED,
    "2": S.PROBLEM,
    "3": S.SIGNED,
    "4": S.RETURNED,
    "5": S.OUT_FOR_DELIVERY,
    "6": S.RETURNING,
    "8": S.IN_TRANSIT,
    "14": S.PROBLEM,
}
# The same in words, as single traces have them.
KUAIDI100_WORDS = {
    "在途": S.IN_TRANSIT,
    "干线": S.IN_TRANSIT,
    "揽收": S.COLLECTED,
    "疑难": S.PROBLEM,
    "签收": S.SIGNED,
    "退签": S.RETURNED,
    "派件": S.OUT_FOR_DELIVERY,
    "退回": S.RETURNING,
    "清关": S.IN_TRANSIT,
    "拒签": S.PROBLEM,
}
# 0 无轨迹 1 揽收 2 在途 3 签收 4 问题件 5 转寄 6 清关
KDNIAO_STATES = {
    "1": S.COLLECTED,
    "2": S.IN_TRANSIT,
    "3": S.SIGNED,
    "4": S.PROBLEM,
    "5": S.IN_TRANSIT,
    "6": S.IN_TRANSIT,
}


def kuaidi100_state(code: object) -> TrackState | None:
    """With resultv2 there are sub-states such as 301: of those the first digit counts, 14 stands for itself."""
    text = str(code or "" if code != 0 else "0").strip()
    return KUAIDI100_STATES.get(text) or KUAIDI100_STATES.get(text[:1])


def kdniao_state(code: object, text: str) -> TrackState | None:
    """快递鸟 has no number for a parcel at the door or on its way back: the words say it."""
    state = KDNIAO_STATES.get(str(code).strip())
    if state is S.IN_TRANSIT and any(word in text for word in ("派送", "派件")):
        return S.OUT_FOR_DELIVERY
    if state is S.PROBLEM and "退" in text:
        return S.RETURNED if any(word in text for word in ("已退", "退回签收", "退件签收")) else S.RETURNING
    return state


def moment(text: str) -> datetime:
    """`2026-11-22 13:29:35`, Shanghai time, as a moment; ValueError for anything else."""
    return datetime.strptime(text, "%Y-%m-%d %H:%M:%S").replace(tzinfo=SHANGHAI)
