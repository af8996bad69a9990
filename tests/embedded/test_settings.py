"""Settings are refused with one sentence for each fault, and with all faults at once."""

from __future__ import annotations

import base64
import os
import re
from pathlib import Path

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa

from server.embedded.state import StateDir
from server.secrets import development_secrets, fill_environment, simulator_secrets
from server.settings import SECRETS, Settings, SettingsRefused, load_settings

ROOT = Path(__file__).parent.parent.parent
RANDOM = [base64.b64encode(bytes(range(start, start + 32))).decode() for start in (0, 40, 80, 120)]
OURS = rsa.generate_private_key(public_exponent=65537, key_size=2048)
PRIVATE = OURS.private_bytes(
    serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
).decode()
PUBLIC = (
    OURS.public_key().public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo).decode()
)
ELLIPTIC = (
    ec.generate_private_key(ec.SECP256R1())
    .private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    .decode()
)
PRODUCTION = {
    "MALL_ENV": "production",
    "PUBLIC_BASE_URL": "https://mall.example.cn",
    "MALL_STATE_DIR": "/var/lib/mall",
    "DATABASE_URL": "postgresql://mall:secret@db/mall",
    "REDIS_URL": "redis://valkey:6379/0",
    "WECHAT_APPID": "wxfedcba9876543210",
    "WECHAT_SECRET": "0f1e2d3c4b5a69788796a5b4c3d2e1f0",
    "WXPAY_MCHID": "1612345678",
    "WXPAY_SERIAL_NO": "3775B6A45ACD588826D15E583A95F5DD",
    "WXPAY_PRIVATE_KEY": PRIVATE,
    "WXPAY_APIV3_KEY": "Zt0uKq7mB2xWc9LpVn4rYs6TeHd1JgFa",
    "WXPAY_PUBLIC_KEY_ID": "PUB_KEY_ID_0116123456782024112600111100001234",
    "WXPAY_PUBLIC_KEY": PUBLIC,
    "MALL_DATA_KEYS": f"2:{RANDOM[0]},1:{RANDOM[1]}",
    "MALL_INDEX_KEY": RANDOM[2],
    "MALL_TRACE_KEYS": f"1:{RANDOM[3]}",
}


@pytest.fixture(autouse=True)
def only_ours(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing of the developer's own environment has a say."""
    for name in [field.validation_alias for field in Settings.model_fields.values()]:
        monkeypatch.delenv(str(name), raising=False)
        monkeypatch.delenv(f"{name}_FILE", raising=False)


@pytest.fixture
def production(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in PRODUCTION.items():
        monkeypatch.setenv(name, value)


def _faults() -> list[str]:
    with pytest.raises(SettingsRefused) as refused:
        load_settings()
    return refused.value.faults


def test_complete_production_settings_are_taken(production: None) -> None:
    settings = load_settings()
    assert settings.database_url == "postgresql+asyncpg://mall:secret@db/mall"
    assert settings.database_read_url == settings.database_url
    assert settings.wxpay_notify_url == "https://mall.example.cn/webhooks/wechatpay"
    assert list(settings.data_keyring) == [2, 1], "the first key writes"
    assert settings.meili_url is None


WRONG = [
    ("MALL_ENV", "prod"),
    ("MALL_PORT", "0"),
    ("MALL_PORT", "65536"),
    ("MALL_PORT", "http"),
    ("PUBLIC_BASE_URL", "mall.example.cn"),
    ("PUBLIC_BASE_URL", "ftp://mall.example.cn"),
    ("PUBLIC_BASE_URL", "https://mall example.cn"),
    ("MALL_ALLOWED_ORIGINS", "https://a.cn,b.cn"),
    ("MALL_ALLOWED_ORIGINS", "https://a.cn/path"),
    ("DATABASE_URL", "mysql://db/mall"),
    ("DATABASE_URL", "postgresql://db"),
    ("DATABASE_READ_URL", "db/mall"),
    ("MALL_PGBOUNCER", "perhaps"),
    ("REDIS_URL", "valkey:6379"),
    ("REDIS_URL", "http://valkey:6379"),
    ("MEILI_URL", "meilisearch:7700"),
    ("MEILI_MASTER_KEY", "short"),
    ("MEILI_INDEX_PREFIX", "a b"),
    ("WECHAT_API_BASE", "api.weixin.qq.com"),
    ("WECHAT_APPID", "1234"),
    ("WECHAT_SECRET", "short"),
    ("WXPAY_API_BASE", "//api.mch.weixin.qq.com"),
    ("WXPAY_MCHID", "16x"),
    ("WXPAY_SERIAL_NO", "not-hexadecimal"),
    ("WXPAY_PRIVATE_KEY", "not a key"),
    ("WXPAY_PRIVATE_KEY", PUBLIC),
    ("WXPAY_PRIVATE_KEY", ELLIPTIC),
    ("WXPAY_PUBLIC_KEY", PRIVATE),
    ("WXPAY_APIV3_KEY", "short"),
    ("WXPAY_APIV3_KEY", "钥" * 32),
    ("WXPAY_PUBLIC_KEY_ID", "0116123456782024"),
    ("WXPAY_NOTIFY_URL", "/webhooks/wechatpay"),
    ("MALL_DATA_KEYS", RANDOM[0]),
    ("MALL_DATA_KEYS", "1:c2hvcnQ="),
    ("MALL_DATA_KEYS", "one:" + RANDOM[0]),
    ("MALL_DATA_KEYS", f"1:{RANDOM[0]},1:{RANDOM[1]}"),
    ("MALL_DATA_KEYS", "0:" + RANDOM[0]),
    ("MALL_DATA_KEYS", "256:" + RANDOM[0]),
    ("MALL_TRACE_KEYS", "1:c2hvcnQ="),
    ("MALL_INDEX_KEY", "c2hvcnQ="),
    ("MALL_INDEX_KEY", "!" * 44),
]


@pytest.mark.parametrize(("name", "value"), WRONG)
def test_a_wrong_value_is_one_sentence(
    production: None, monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    monkeypatch.setenv(name, value)
    faults = _faults()
    assert len(faults) == 1
    assert re.fullmatch(rf"{name} is wrong; it must be .+\.", faults[0])
    assert value not in faults[0] or name == "MALL_ENV", "a secret must not end up in a log"


NEEDED = sorted(set(PRODUCTION) - {"MALL_ENV", "PUBLIC_BASE_URL", "MALL_STATE_DIR"})


@pytest.mark.parametrize("name", NEEDED)
def test_a_missing_value_is_one_sentence(production: None, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.delenv(name)
    assert [fault.split(" it must")[0] for fault in _faults()] == [f"{name} is not set;"]


def test_all_faults_are_told_at_once(production: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MALL_PORT", "x")
    monkeypatch.setenv("REDIS_URL", "x")
    monkeypatch.delenv("WXPAY_MCHID")
    assert len(_faults()) == 3


SIMULATOR = simulator_secrets()
UNFIT = [
    ({"PUBLIC_BASE_URL": "http://mall.example.cn"}, ["PUBLIC_BASE_URL is", "WXPAY_NOTIFY_URL is"]),
    ({"WECHAT_API_BASE": "http://127.0.0.1:9000"}, ["WECHAT_API_BASE is"]),
    ({"WXPAY_API_BASE": "http://127.0.0.1:9000"}, ["WXPAY_API_BASE is"]),
    ({"WXPAY_NOTIFY_URL": "http://mall.example.cn/x"}, ["WXPAY_NOTIFY_URL is"]),
    ({"MALL_ALLOWED_ORIGINS": "http://a.cn"}, ["MALL_ALLOWED_ORIGINS has"]),
    ({"WXPAY_MCHID": SIMULATOR["WXPAY_MCHID"]}, ["WXPAY_MCHID is the payment simulator's"]),
    ({"WXPAY_PUBLIC_KEY_ID": SIMULATOR["WXPAY_PUBLIC_KEY_ID"]}, ["WXPAY_PUBLIC_KEY_ID is the payment simulator's"]),
    ({"WXPAY_APIV3_KEY": SIMULATOR["WXPAY_APIV3_KEY"]}, ["WXPAY_APIV3_KEY is the payment simulator's"]),
    ({"WXPAY_PRIVATE_KEY": SIMULATOR["WXPAY_PRIVATE_KEY"]}, ["WXPAY_PRIVATE_KEY is the payment simulator's"]),
    ({"WXPAY_PUBLIC_KEY": SIMULATOR["WXPAY_PUBLIC_KEY"]}, ["WXPAY_PUBLIC_KEY is the payment simulator's"]),
    ({"WECHAT_APPID": SIMULATOR["WECHAT_APPID"]}, ["WECHAT_APPID is the payment simulator's"]),
    ({"MEILI_URL": "http://search:7700"}, ["MEILI_MASTER_KEY is not set"]),
    ({"MALL_INDEX_KEY": base64.b64encode(b"a" * 32).decode()}, ["MALL_INDEX_KEY has a key that is not random"]),
    ({"MALL_DATA_KEYS": "1:" + base64.b64encode(bytes(32)).decode()}, ["MALL_DATA_KEYS has a key that is not random"]),
    ({"MALL_TRACE_KEYS": f"1:{RANDOM[0]}"}, ["A key of MALL_TRACE_KEYS serves another purpose"]),
    ({"MALL_INDEX_KEY": RANDOM[0]}, ["MALL_INDEX_KEY is also in MALL_DATA_KEYS"]),
]


@pytest.mark.parametrize(("change", "sentences"), UNFIT)
def test_production_refuses(
    production: None, monkeypatch: pytest.MonkeyPatch, change: dict[str, str], sentences: list[str]
) -> None:
    for name, value in change.items():
        monkeypatch.setenv(name, value)
    faults = _faults()
    assert len(faults) == len(sentences)
    for fault, sentence in zip(faults, sentences, strict=True):
        assert fault.startswith(sentence)


# What must be set beside a secret.
TOGETHER = {
    "WECHAT_PUSH_TOKEN": {"WECHAT_PUSH_AES_KEY": "k" * 43},
    "WECHAT_PUSH_AES_KEY": {"WECHAT_PUSH_TOKEN": "a-long-enough-token"},
}


@pytest.mark.parametrize("name", SECRETS)
def test_every_secret_may_come_from_a_file(
    production: None, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, name: str
) -> None:
    value = PRODUCTION.get(name, PRODUCTION["DATABASE_URL"] if "DATABASE" in name else "a-long-enough-master-key")
    value = "k" * 43 if name == "WECHAT_PUSH_AES_KEY" else value
    (tmp_path / "secret").write_text(value + "\n")
    for other, beside in TOGETHER.get(name, {}).items():
        monkeypatch.setenv(other, beside)
    monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv(f"{name}_FILE", str(tmp_path / "secret"))
    assert load_settings().env == "production"


def test_a_secret_file_that_cannot_be_read_is_one_sentence(production: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("WECHAT_SECRET")
    monkeypatch.setenv("WECHAT_SECRET_FILE", "/does/not/exist")
    assert _faults() == ["WECHAT_SECRET_FILE names /does/not/exist, which cannot be read: No such file or directory."]


def test_a_secret_given_twice_is_refused(production: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WECHAT_SECRET_FILE", "/does/not/matter")
    assert _faults() == ["Both WECHAT_SECRET and WECHAT_SECRET_FILE are set; keep one of them."]


def test_a_pem_may_have_its_line_breaks_written_out(production: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WXPAY_PRIVATE_KEY", PRIVATE.replace("\n", "\\n"))
    assert "\\n" not in load_settings().wxpay_private_key.get_secret_value()


def test_secrets_are_not_shown(production: None) -> None:
    shown = repr(load_settings())
    for name in ("WXPAY_PRIVATE_KEY", "WXPAY_APIV3_KEY", "WECHAT_SECRET", "MALL_INDEX_KEY", "DATABASE_URL"):
        assert PRODUCTION[name] not in shown


def test_development_makes_its_secrets_once_and_keeps_them(state: StateDir) -> None:
    first, second = development_secrets(state), development_secrets(state)
    assert first == second
    assert (state.path / "secrets.json").stat().st_mode & 0o777 == 0o600


def test_development_needs_no_secret(state: StateDir, monkeypatch: pytest.MonkeyPatch) -> None:
    saved = dict(os.environ)
    monkeypatch.setenv("DATABASE_URL", "postgresql://db/mall")
    monkeypatch.setenv("REDIS_URL", "redis://db/0")
    try:
        fill_environment(state)
        assert load_settings().env == "development"
    finally:
        os.environ.clear()
        os.environ.update(saved)


def test_the_example_file_names_every_setting() -> None:
    example = (ROOT / "deploy/env.example").read_text(encoding="utf-8")
    named = {
        line.split("=")[0].removesuffix("_FILE") for line in example.splitlines() if re.match(r"[A-Z0-9_]+=", line)
    }
    assert named == {field.validation_alias for field in Settings.model_fields.values()}
