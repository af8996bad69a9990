"""Express tracking services: 快递100 and 快递鸟 behind the interface the delivery rules define."""

from .kdniao import Kdniao, KdniaoConfig
from .kuaidi100 import Kuaidi100, Kuaidi100Config, PushRefused
from .silent import NoTracker

__all__ = ["Kdniao", "KdniaoConfig", "Kuaidi100", "Kuaidi100Config", "NoTracker", "PushRefused"]
