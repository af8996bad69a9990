"""Whether the mall has a community at all: a setting, since WeChat asks for a category of its own (社交) for it."""

from __future__ import annotations

from domain.base import Refusal

_open = True


class FeatureOff(Refusal):
    """The mall is run without this part; its pages show no way to it."""

    code = "FEATURE_OFF"


def configure(*, is_open: bool) -> None:
    """From now on the community is there, or is not."""
    global _open
    _open = is_open


def is_open() -> bool:
    return _open


def require_open() -> None:
    """FeatureOff where the mall is run without a community."""
    if not _open:
        raise FeatureOff("产地故事暂未开放")
