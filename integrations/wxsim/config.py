"""The simulator's identity and settings. Its keys are public test keys, refused by a production start-up."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

KEYS_FILE = Path(__file__).with_name("keys.json")


@dataclass(frozen=True)
class SimKeys:
    """Both sides' keys: what the simulator signs with, and what a product under test needs to talk to it."""

    merchant_private_pem: str = field(repr=False)
    merchant_public_pem: str = field(repr=False)
    platform_private_pem: str = field(repr=False)
    platform_public_pem: str = field(repr=False)
    apiv3_key: str
    mchid: str
    serial_no: str
    public_key_id: str
    appid: str
    app_secret: str
    push_token: str
    push_aes_key: str
    # Ids of the mini-program's templates, by the names under which the simulator knows what they say.
    templates: Mapping[str, str]


@cache
def load_keys() -> SimKeys:
    raw = json.loads(KEYS_FILE.read_text(encoding="utf-8"))
    return SimKeys(**{name: raw[name] for name in SimKeys.__dataclass_fields__})


@dataclass(frozen=True)
class SimConfig:
    """`state` is a file, or a directory to hold one; None keeps everything in memory. Times are seconds."""

    state: Path | None = None
    keys: SimKeys = field(default_factory=load_keys)
    refund_seconds: float = 3.0
    # How long a sharing order, its return and a withdrawal are under way.
    funds_seconds: float = 2.0
    notice_timeout: float = 5.0
    # How long a parcel of the express simulator travels.
    parcel_seconds: float = 180.0
    # Where events are pushed to, as the console of the real one would know.
    push_url: str | None = None

    @property
    def database(self) -> str:
        if self.state is None:
            return ":memory:"
        if self.state.suffix:
            self.state.parent.mkdir(parents=True, exist_ok=True)
            return str(self.state)
        self.state.mkdir(parents=True, exist_ok=True)
        return str(self.state / "wxsim.sqlite3")
