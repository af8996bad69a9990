"""How a parcel travels from 昭通 to its buyer: what the carrier says, and when."""

from dataclasses import dataclass
from datetime import datetime, timedelta

# Where in its journey (share of the whole), 快递100's state and word, 快递鸟's state, place, what the carrier says.
STAGES = (
    (0.04, "1", "揽收", "1", "云南,昭通市", "【昭通市】昭阳区洒渔营业部 已揽收，揽收员 小杨"),
    (0.16, "0", "在途", "2", "云南,昭通市", "【昭通市】快件离开 昭通转运中心，下一站 昆明转运中心"),
    (0.34, "0", "干线", "2", "云南,昆明市", "【昆明市】快件到达 昆明转运中心"),
    (0.46, "0", "干线", "2", "云南,昆明市", "【昆明市】快件离开 昆明转运中心，发往目的地"),
    (0.70, "0", "在途", "2", "", "快件到达 目的地分拨中心"),
    (0.84, "5", "派件", "2", "", "快件正在派送中，快递员 小李，请保持电话畅通"),
    (1.00, "3", "签收", "3", "", "您的快件已签收，签收人：本人。感谢使用，期待再次为您服务"),
)
# What a test may have a parcel come to besides.
TROUBLES = {
    "problem": ("2", "疑难", "4", "", "快件因地址不详暂存网点，请联系寄件人"),
    "refused": ("14", "拒签", "4", "", "收件人拒收"),
    "returning": ("6", "退回", "4", "", "快件正在退回寄件人"),
    "returned": ("4", "退签", "4", "", "快件已退回签收"),
}


@dataclass
class Said:
    at: datetime
    state: str
    word: str
    kdniao: str
    place: str
    text: str


def said(began: datetime, now: datetime, seconds: float) -> list[Said]:
    """What the carrier has said by `now` of a parcel that was taken at `began`, the oldest first."""
    moments = [(began + timedelta(seconds=share * seconds), stage) for share, *stage in STAGES]
    return [Said(at, *stage) for at, stage in moments if at <= now]
