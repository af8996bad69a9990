"""Every setting of the product, typed, read from the environment once and refused when wrong.

A fault is one sentence that names the variable and says what it must be; all faults are told at once.
A secret `X` may also be given as `X_FILE`, the path of a file that holds it. Development generates what is
missing and keeps it in the state directory; production refuses anything missing, weak, or known to the simulator.
"""

from __future__ import annotations

import hashlib
import os
from pathlib import Path
from typing import Annotated, Any, Literal
from urllib.parse import urlsplit

from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, RSAPublicKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    PublicFormat,
    load_pem_private_key,
    load_pem_public_key,
)
from pydantic import SecretStr, ValidationError, field_validator, model_validator
from pydantic.fields import FieldInfo
from pydantic_settings import BaseSettings, NoDecode, PydanticBaseSettingsSource, SettingsConfigDict

from server.embedded.state import default_state_dir
from server.keys import KEY_SECRETS, KeySettings, keyring, unbase64
from server.sizes import setting as _setting
from server.stores import STORE_BASES, STORE_SECRETS, store_faults
from server.tracker import TRACKER_BASES, TRACKER_SECRETS, tracker_faults

SIMULATOR_KEY_ID = "PUB_KEY_ID_0114232134912410000000000000"
SIMULATOR_MCHID = "1900000001"
SIMULATOR_APPID = "wx0123456789abcdef"
SIMULATOR_APIV3_KEY = "0123456789abcdef0123456789abcdef"
# SHA-256 of the public halves of the two RSA keys the simulator is shipped with.
SIMULATOR_MERCHANT_KEY = "0990e0ef0dd54d3065ee9f3d577a9eb9ed3482485354c4e9cece9eab67e92183"
SIMULATOR_PLATFORM_KEY = "fae33e960e2ab4baeee54fa4a3d2ca9517a1ff0ab1ad2c20129f04f5ed66fc85"
TRADE_BASES = ("public_base_url", "wechat_api_base", "wxpay_api_base", "wxpay_notify_url")
SECRETS = (
    "DATABASE_URL",
    "DATABASE_READ_URL",
    "REDIS_URL",
    "MEILI_MASTER_KEY",
    "WECHAT_SECRET",
    "WXPAY_PRIVATE_KEY",
    "WXPAY_PUBLIC_KEY",
    "WXPAY_APIV3_KEY",
    *TRACKER_SECRETS,
    *KEY_SECRETS,
    *STORE_SECRETS,
)


class SettingsRefused(Exception):
    """The settings cannot be used; `faults` holds one sentence each, for the person who set them."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__("\n".join(faults))
        self.faults = faults


class SecretFiles(PydanticBaseSettingsSource):
    """Reads `X_FILE` where `X` is a secret, as container platforms mount them."""

    def get_field_value(self, field: FieldInfo, field_name: str) -> tuple[Any, str, bool]:
        return None, field_name, False

    def __call__(self) -> dict[str, Any]:
        return {name: _read_secret(name) for name in SECRETS if os.environ.get(f"{name}_FILE")}


def _read_secret(name: str) -> str:
    if os.environ.get(name):
        raise SettingsRefused([f"Both {name} and {name}_FILE are set; keep one of them."])
    path = os.environ[f"{name}_FILE"]
    try:
        return Path(path).read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is not text"
        raise SettingsRefused([f"{name}_FILE names {path}, which cannot be read: {reason}."]) from error


class Settings(KeySettings):
    """The product's settings. Construct it by `load_settings()`; tests may pass fields by name."""

    model_config = SettingsConfigDict(
        frozen=True,
        extra="forbid",
        populate_by_name=True,
        env_ignore_empty=True,
        hide_input_in_errors=True,
        validate_default=True,
    )

    env: Literal["development", "test", "production"] = _setting(
        "MALL_ENV", "development, test or production", default="development"
    )
    host: str = _setting("MALL_HOST", "the address to listen on", default="127.0.0.1")
    port: int = _setting("MALL_PORT", "a port number from 1 to 65535", default=8000, ge=1, le=65535)
    public_base_url: str = _setting(
        "PUBLIC_BASE_URL",
        "the http(s) address by which browsers reach the mall",
        default_factory=lambda known: f"http://127.0.0.1:{known.get('port', 8000)}",
    )
    state_dir: Path = _setting(
        "MALL_STATE_DIR", "the directory for what is kept between runs", default_factory=default_state_dir
    )
    allowed_origins: Annotated[tuple[str, ...], NoDecode] = _setting(
        "MALL_ALLOWED_ORIGINS", "web origins separated by commas, such as https://mall.example.cn", default=()
    )
    trusted_only: bool = _setting(
        "MALL_TRUSTED_ONLY",
        "1 where our own endpoint runs the documents of our own pages only, else 0",
        default_factory=lambda known: known.get("env") == "production",
    )
    community: bool = _setting(
        "MALL_COMMUNITY",
        "1 where members tell stories to each other, which WeChat asks the category 社交 for, else 0",
        default_factory=lambda known: known.get("env") != "production",
    )
    explorer: bool = _setting(
        "MALL_EXPLORER",
        "1 where the platform's staff may write operations freely on the console, else 0",
        default_factory=lambda known: known.get("env") != "production",
    )

    database_url: str = _setting(
        "DATABASE_URL", "a PostgreSQL address such as postgresql://user:password@host/database", repr=False
    )
    database_read_url: str = _setting(
        "DATABASE_READ_URL",
        "a PostgreSQL address such as postgresql://user:password@host/database",
        default_factory=lambda known: known.get("database_url", "postgresql://unset/unset"),
        repr=False,
    )
    pgbouncer: bool = _setting(
        "MALL_PGBOUNCER", "1 where PgBouncer pools transactions before PostgreSQL, else 0", default=False
    )
    redis_url: str = _setting(
        "REDIS_URL",
        "an address such as redis://host:6379/0 (also rediss, redis+sentinel, redis+cluster)",
        repr=False,
    )
    meili_url: str | None = _setting(
        "MEILI_URL", "the http(s) address of Meilisearch, or nothing to search in PostgreSQL", default=None
    )
    meili_master_key: SecretStr | None = _setting(
        "MEILI_MASTER_KEY", "Meilisearch's master key of at least 16 characters", default=None
    )
    meili_index_prefix: str = _setting(
        "MEILI_INDEX_PREFIX",
        "letters, digits, - and _ put before every index name",
        default="mall_",
        pattern=r"^[A-Za-z0-9_-]*$",
    )

    wechat_api_base: str = _setting(
        "WECHAT_API_BASE", "the http(s) address of WeChat's API", default="https://api.weixin.qq.com"
    )
    wechat_appid: str = _setting("WECHAT_APPID", "the mini-program's id, wx and 16 characters", pattern=r"^wx\w{16}$")
    wechat_secret: SecretStr = _setting("WECHAT_SECRET", "the mini-program's secret", min_length=16)
    wxpay_api_base: str = _setting(
        "WXPAY_API_BASE", "the http(s) address of WeChat Pay's API", default="https://api.mch.weixin.qq.com"
    )
    wxpay_mchid: str = _setting(
        "WXPAY_MCHID", "the WeChat Pay merchant number of 8 to 10 digits", pattern=r"^\d{8,10}$"
    )
    wxpay_serial_no: str = _setting(
        "WXPAY_SERIAL_NO", "the hexadecimal serial number of the merchant certificate", pattern=r"^[0-9A-Fa-f]{8,64}$"
    )
    wxpay_private_key: SecretStr = _setting("WXPAY_PRIVATE_KEY", "the merchant's RSA private key as PEM")
    wxpay_apiv3_key: SecretStr = _setting("WXPAY_APIV3_KEY", "the APIv3 key of exactly 32 bytes")
    wxpay_public_key_id: str = _setting(
        "WXPAY_PUBLIC_KEY_ID", "the id of WeChat Pay's public key, PUB_KEY_ID_ and digits", pattern=r"^PUB_KEY_ID_\d+$"
    )
    wxpay_public_key: SecretStr = _setting("WXPAY_PUBLIC_KEY", "WeChat Pay's RSA public key as PEM")
    wxpay_notify_url: str = _setting(
        "WXPAY_NOTIFY_URL",
        "the http(s) address to which WeChat Pay sends notices",
        default_factory=lambda known: f"{known.get('public_base_url', 'http://unset')}/webhooks/wechatpay",
    )
    pay_mode: Literal["combined", "direct"] = _setting(
        "MALL_PAY_MODE",
        "combined (shops are paid to their own accounts at WeChat Pay) or direct (all to the one merchant number)",
        default="combined",
    )

    data_keys: SecretStr = _setting(
        "MALL_DATA_KEYS", "number:key pairs separated by commas, each key 32 bytes in base64, the first one writes"
    )
    index_key: SecretStr = _setting("MALL_INDEX_KEY", "a key of at least 32 bytes in base64")

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        return init_settings, env_settings, SecretFiles(settings_cls)

    @field_validator("allowed_origins", mode="before")
    @classmethod
    def _origins(cls, value: object) -> object:
        return tuple(part.strip() for part in value.split(",") if part.strip()) if isinstance(value, str) else value

    @field_validator("allowed_origins")
    @classmethod
    def _origins_have_no_path(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        for origin in value:
            parts = urlsplit(_web_address(origin))
            if parts.path or parts.query:
                raise ValueError("an origin has no path")
        return value

    @field_validator(*TRADE_BASES, "meili_url", *TRACKER_BASES, *STORE_BASES)
    @classmethod
    def _is_web_address(cls, value: str | None) -> str | None:
        return None if value is None else _web_address(value).rstrip("/")

    @field_validator("database_url", "database_read_url")
    @classmethod
    def _is_postgres(cls, value: str) -> str:
        scheme, found, rest = value.partition("://")
        if not found or scheme not in ("postgresql", "postgres", "postgresql+asyncpg") or not urlsplit(value).path[1:]:
            raise ValueError("not a PostgreSQL address")
        return f"postgresql+asyncpg://{rest}"

    @field_validator("redis_url")
    @classmethod
    def _is_redis(cls, value: str) -> str:
        schemes = ("redis", "rediss", "redis+sentinel", "redis+cluster")
        if urlsplit(value).scheme not in schemes or not urlsplit(value).netloc:
            raise ValueError("not a Redis address")
        return value

    @field_validator("meili_master_key")
    @classmethod
    def _is_long_enough(cls, value: SecretStr | None) -> SecretStr | None:
        if value is not None and len(value.get_secret_value()) < 16:
            raise ValueError("too short")
        return value

    @field_validator("wxpay_private_key", "wxpay_public_key")
    @classmethod
    def _has_line_breaks(cls, value: SecretStr) -> SecretStr:
        # Environment files cannot hold line breaks, so a PEM may come with \n written out.
        return SecretStr(value.get_secret_value().replace("\\n", "\n"))

    @field_validator("wxpay_private_key")
    @classmethod
    def _is_private_key(cls, value: SecretStr) -> SecretStr:
        if not isinstance(load_pem_private_key(_pem(value), password=None), RSAPrivateKey):
            raise ValueError("not RSA")
        return value

    @field_validator("wxpay_public_key")
    @classmethod
    def _is_public_key(cls, value: SecretStr) -> SecretStr:
        if not isinstance(load_pem_public_key(_pem(value)), RSAPublicKey):
            raise ValueError("not RSA")
        return value

    @field_validator("wxpay_apiv3_key")
    @classmethod
    def _is_32_bytes(cls, value: SecretStr) -> SecretStr:
        if len(value.get_secret_value().encode()) != 32:
            raise ValueError("not 32 bytes")
        return value

    @field_validator("data_keys")
    @classmethod
    def _are_data_keys(cls, value: SecretStr) -> SecretStr:
        keyring(value)
        return value

    @field_validator("index_key")
    @classmethod
    def _is_index_key(cls, value: SecretStr) -> SecretStr:
        if len(unbase64(value.get_secret_value())) < 32:
            raise ValueError("too short")
        return value

    @model_validator(mode="after")
    def _fits_production(self) -> Settings:
        faults = tracker_faults(self, self.env) + store_faults(self, self.env)
        if faults := faults + (_production_faults(self) if self.env == "production" else []):
            raise ValueError("\n".join(faults))
        return self

    @property
    def data_keyring(self) -> dict[int, bytes]:
        """AES-256-GCM keys of personal data by number, in the order given; the first one writes, all of them read."""
        return keyring(self.data_keys)

    @property
    def index_key_bytes(self) -> bytes:
        """The HMAC key of the blind indexes, by which encrypted phone numbers are found again."""
        return unbase64(self.index_key.get_secret_value())


def load_settings() -> Settings:
    """Reads the environment. Raises SettingsRefused with every fault at once."""
    try:
        return Settings()
    except ValidationError as error:
        raise SettingsRefused(_sentences(error)) from None


def _sentences(error: ValidationError) -> list[str]:
    faults: list[str] = []
    for fault in error.errors():
        if not fault["loc"]:  # a rule over several fields has written its sentences itself
            faults += str(fault["ctx"]["error"]).split("\n")
            continue
        name = str(fault["loc"][0])
        if name in Settings.model_fields:  # not given, only derived from a variable that is refused already
            continue
        state = "is not set" if fault["type"] == "missing" else "is wrong"
        faults.append(f"{name} {state}; it must be {_meaning(name)}.")
    return faults


def _meaning(name: str) -> str:
    return next(str(field.description) for field in Settings.model_fields.values() if field.validation_alias == name)


def _production_faults(settings: Settings) -> list[str]:
    faults = [
        f"{Settings.model_fields[name].validation_alias} is {getattr(settings, name)}; in production it must be https."
        for name in TRADE_BASES
        if not getattr(settings, name).startswith("https://")
    ]
    faults += [
        f"MALL_ALLOWED_ORIGINS has {origin}; in production every origin must be https."
        for origin in settings.allowed_origins
        if not origin.startswith("https://")
    ]
    faults += [
        f"{name} is the payment simulator's; production needs your own from WeChat."
        for name, is_simulators in _simulator_marks(settings).items()
        if is_simulators
    ]
    return faults + _weak_secrets(settings)


def _simulator_marks(settings: Settings) -> dict[str, bool]:
    return {
        "WXPAY_PUBLIC_KEY_ID": settings.wxpay_public_key_id == SIMULATOR_KEY_ID,
        "WXPAY_MCHID": settings.wxpay_mchid == SIMULATOR_MCHID,
        "WXPAY_APIV3_KEY": settings.wxpay_apiv3_key.get_secret_value() == SIMULATOR_APIV3_KEY,
        "WECHAT_APPID": settings.wechat_appid == SIMULATOR_APPID,
        "WXPAY_PRIVATE_KEY": _fingerprint(settings.wxpay_private_key) == SIMULATOR_MERCHANT_KEY,
        "WXPAY_PUBLIC_KEY": _fingerprint(settings.wxpay_public_key) == SIMULATOR_PLATFORM_KEY,
    }


def _weak_secrets(settings: Settings) -> list[str]:
    faults = []
    if settings.meili_url and not settings.meili_master_key:
        faults.append("MEILI_MASTER_KEY is not set; in production Meilisearch must be protected by one.")
    keys = {"MALL_DATA_KEYS": [*settings.data_keyring.values()], "MALL_INDEX_KEY": [settings.index_key_bytes]}
    keys["MALL_TRACE_KEYS"] = [*settings.trace_keyring.values()]
    for name, values in keys.items():
        if any(len(set(value)) < 12 for value in values):  # 32 random bytes practically never repeat this much
            faults.append(f"{name} has a key that is not random; make one with `openssl rand -base64 32`.")
    if settings.index_key_bytes in settings.data_keyring.values():
        faults.append("MALL_INDEX_KEY is also in MALL_DATA_KEYS; one key must not serve two purposes.")
    if {settings.index_key_bytes, *settings.data_keyring.values()} & {*settings.trace_keyring.values()}:
        faults.append("A key of MALL_TRACE_KEYS serves another purpose too; one key must not serve two.")
    return faults


def _web_address(value: str) -> str:
    parts = urlsplit(value)
    if parts.scheme not in ("http", "https") or not parts.hostname or any(mark.isspace() for mark in value):
        raise ValueError("not a web address")
    return value


def _fingerprint(key: SecretStr) -> str:
    """SHA-256 of the public half, so that a key is known again however its file is laid out."""
    pem = _pem(key)
    loaded = load_pem_private_key(pem, password=None).public_key() if b"PRIVATE" in pem else load_pem_public_key(pem)
    return hashlib.sha256(loaded.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)).hexdigest()


def _pem(value: SecretStr) -> bytes:
    return value.get_secret_value().encode()
