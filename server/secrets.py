"""Secrets of a development installation: made once, kept in the state directory, readable by its owner only."""

from __future__ import annotations

import base64
import json
import os
import secrets
from pathlib import Path
from typing import Any

from server.embedded.state import StateDir

# Of pushes on this machine only; a real one is told to nobody but the tracker.
SALT = "development-salt-of-pushes"
ADDRESSES = "services.json"
SIMULATOR_KEYS = Path(__file__).parent.parent / "integrations/wxsim/keys.json"


def fill_environment(state: StateDir) -> None:
    """Gives a development process what its environment leaves open: secrets, and the servers that run now."""
    known = development_secrets(state)
    if state.in_use():  # the addresses that a killed run left behind lead nowhere
        known |= state.read(ADDRESSES) or {}
    for name, value in known.items():
        if not os.environ.get(name) and not os.environ.get(f"{name}_FILE"):
            os.environ[name] = value


def development_secrets(state: StateDir) -> dict[str, str]:
    """Values by variable name for everything secret that development does not want to be asked for."""
    kept = state.read("secrets.json")
    if not isinstance(kept, dict) or kept.keys() != _fresh().keys():
        kept = _fresh() | (kept if isinstance(kept, dict) else {})
        state.write("secrets.json", kept)
    return {**kept, **simulator_secrets()}


def simulator_secrets(file: Path = SIMULATOR_KEYS) -> dict[str, str]:
    """The merchant identity that the payment simulator knows. Production refuses it."""
    keys: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    return {
        "WECHAT_APPID": keys["appid"],
        "WECHAT_SECRET": keys["app_secret"],
        "WECHAT_PUSH_TOKEN": keys["push_token"],
        "WECHAT_PUSH_AES_KEY": keys["push_aes_key"],
        **{f"WECHAT_TEMPLATE_{kind}": id for kind, id in keys["templates"].items()},
        "WXPAY_MCHID": keys["mchid"],
        "WXPAY_SERIAL_NO": keys["serial_no"],
        "WXPAY_PRIVATE_KEY": keys["merchant_private_pem"],
        "WXPAY_APIV3_KEY": keys["apiv3_key"],
        "WXPAY_PUBLIC_KEY_ID": keys["public_key_id"],
        "WXPAY_PUBLIC_KEY": keys["platform_public_pem"],
    }


def express_simulator(base: str) -> dict[str, str]:
    """Settings by which parcels of a development mall travel in the simulator, where no other tracker is chosen."""
    if os.environ.get("MALL_TRACKER"):
        return {}
    known = {"KD100_CUSTOMER": "SIM0CUSTOMER0EXPRESS", "KD100_KEY": "simExpressKey1"}
    return {"MALL_TRACKER": "kuaidi100", "KD100_BASE": f"{base}/express/kuaidi100", **known, "KD100_SALT": SALT}


def _fresh() -> dict[str, str]:
    return {
        "MALL_DATA_KEYS": f"1:{_key()}",
        "MALL_INDEX_KEY": _key(),
        "MALL_TRACE_KEYS": f"1:{_key()}",
        "MEILI_MASTER_KEY": secrets.token_urlsafe(32),
    }


def _key() -> str:
    return base64.b64encode(secrets.token_bytes(32)).decode()
