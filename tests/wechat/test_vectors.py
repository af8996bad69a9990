"""The known answers: every vector that concerns WeChat Pay, the message push and the session, byte for byte."""

import base64
import hashlib
import hmac
import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from integrations.wechat import PushGate, PushRejected
from integrations.wechatpay import NoticeFault, NoticeRejected, WechatPay, WechatPayConfig, signing

VECTORS: dict[str, Any] = json.loads((Path(__file__).parents[1] / "vectors/wechat_vectors.json").read_text("utf-8"))
KEYS: dict[str, str] = VECTORS["keys"]
THEN = datetime.fromtimestamp(1795341600, UTC)


@pytest.fixture
def pay() -> WechatPay:
    return client_at(THEN)


def client_at(moment: datetime) -> WechatPay:
    config = WechatPayConfig(
        base_url="http://127.0.0.1:9",  # nothing listens there: a call made by mistake fails
        appid=KEYS["appid"],
        mchid=KEYS["mchid"],
        serial_no=KEYS["serial_no"],
        private_key_pem=KEYS["merchant_private_pem"],
        apiv3_key=KEYS["apiv3_key"],
        platform_keys={KEYS["public_key_id"]: KEYS["platform_public_pem"]},
    )
    return WechatPay(config, now=lambda: moment)


def test_request_signature_and_authorization_header() -> None:
    vector = VECTORS["pay_request_sign"]
    key = signing.load_private(KEYS["merchant_private_pem"])
    body = vector["body"].encode()
    parts = (vector["method"], vector["url_path"], vector["timestamp"], vector["nonce_str"], body)

    assert signing.lines(*parts).decode() == vector["message"]
    assert signing.sign(key, signing.lines(*parts)) == vector["signature"]
    header = signing.authorization(
        key=key,
        mchid=KEYS["mchid"],
        serial_no=KEYS["serial_no"],
        method=vector["method"],
        target=vector["url_path"],
        timestamp=vector["timestamp"],
        nonce=vector["nonce_str"],
        body=body,
    )
    assert header == vector["authorization"]


def test_get_signature_has_an_empty_body_line() -> None:
    vector = VECTORS["pay_get_sign"]
    method, target, stamp, nonce = vector["message"].split("\n")[:4]
    message = signing.lines(method, target, stamp, nonce, b"")
    assert message.decode() == vector["message"]
    assert signing.sign(signing.load_private(KEYS["merchant_private_pem"]), message) == vector["signature"]


def test_request_payment_parameters(pay: WechatPay) -> None:
    wanted = VECTORS["request_payment_sign"]["params"]
    assert pay.sign_payment_params(wanted["timeStamp"], wanted["nonceStr"], wanted["package"]) == wanted


def test_notice_verifies_and_opens(pay: WechatPay) -> None:
    vector = VECTORS["pay_notify"]
    notice = pay.read_notice(vector["headers"], vector["body"].encode())
    assert notice.resource == vector["plaintext"]
    assert notice.id == "c6a1a1f0-0000-5000-8000-000000000001"
    assert notice.event_type == "TRANSACTION.SUCCESS"
    assert notice.create_time == datetime(2026, 11, 22, 2, 0, 5, tzinfo=UTC)
    assert notice.payment is None, "a single order is not a combined one"
    assert notice.refund is None


def test_header_names_may_come_in_any_case(pay: WechatPay) -> None:
    vector = VECTORS["pay_notify"]
    lower = {name.lower(): value for name, value in vector["headers"].items()}
    assert pay.read_notice(lower, vector["body"].encode()).resource == vector["plaintext"]


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"Wechatpay-Nonce": ""}, NoticeFault.HEADERS),
        ({"Wechatpay-Signature": ""}, NoticeFault.HEADERS),
        ({"Wechatpay-Signature-Type": "WECHATPAY2-SM2-WITH-SM3"}, NoticeFault.HEADERS),
        ({"Wechatpay-Timestamp": "1795341899x"}, NoticeFault.STALE),
        ({"Wechatpay-Timestamp": "1795341299"}, NoticeFault.STALE),
        ({"Wechatpay-Serial": "PUB_KEY_ID_0000000000000000000000000001"}, NoticeFault.SERIAL),
        ({"Wechatpay-Serial": "5157F09EFDC096DE15EBE81A47057A7232F1B8E1"}, NoticeFault.SERIAL),
        ({"Wechatpay-Nonce": "593BEC0C930BF1AFEB40B4A08C8FB243"}, NoticeFault.SIGNATURE),
        ({"Wechatpay-Timestamp": "1795341601"}, NoticeFault.SIGNATURE),
        ({"Wechatpay-Signature": "not base64 at all"}, NoticeFault.SIGNATURE),
        ({"Wechatpay-Signature": "签名"}, NoticeFault.SIGNATURE),
    ],
)
def test_notice_with_another_header_is_refused(pay: WechatPay, change: dict[str, str], fault: NoticeFault) -> None:
    vector = VECTORS["pay_notify"]
    with pytest.raises(NoticeRejected) as refused:
        pay.read_notice({**vector["headers"], **change}, vector["body"].encode())
    assert refused.value.fault is fault


def test_signature_probe_fails(pay: WechatPay) -> None:
    vector = VECTORS["pay_notify"]
    probe = {**vector["headers"]}
    probe["Wechatpay-Signature"] = "WECHATPAY/SIGNTEST/" + probe["Wechatpay-Signature"]
    with pytest.raises(NoticeRejected) as refused:
        pay.read_notice(probe, vector["body"].encode())
    assert refused.value.fault is NoticeFault.SIGNATURE


@pytest.mark.parametrize(("age", "taken"), [(300, True), (301, False), (-300, True), (-301, False)])
def test_notice_lives_five_minutes_either_way(age: int, taken: bool) -> None:
    vector = VECTORS["pay_notify"]
    late = client_at(datetime.fromtimestamp(1795341600 + age, UTC))
    if taken:
        assert late.read_notice(vector["headers"], vector["body"].encode()).id
        return
    with pytest.raises(NoticeRejected) as refused:
        late.read_notice(vector["headers"], vector["body"].encode())
    assert refused.value.fault is NoticeFault.STALE


def test_tampered_body_is_refused_before_it_is_read(pay: WechatPay) -> None:
    vector = VECTORS["pay_notify"]
    with pytest.raises(NoticeRejected) as refused:
        pay.read_notice(vector["headers"], vector["body"].replace("支付成功", "支付失败").encode())
    assert refused.value.fault is NoticeFault.SIGNATURE


@pytest.mark.parametrize("part", ["ciphertext", "nonce", "associated_data"])
def test_resource_with_a_changed_part_does_not_open(part: str) -> None:
    resource = dict(json.loads(VECTORS["pay_notify"]["body"])["resource"])
    first = resource[part][0]
    resource[part] = ("A" if first != "A" else "B") + resource[part][1:]
    with pytest.raises(ValueError, match="does not open"):
        signing.decrypt(KEYS["apiv3_key"], resource)


def test_resource_with_a_changed_tag_or_key_does_not_open() -> None:
    resource = dict(json.loads(VECTORS["pay_notify"]["body"])["resource"])
    sealed = bytearray(base64.b64decode(resource["ciphertext"]))
    sealed[-1] ^= 1
    with pytest.raises(ValueError, match="does not open"):
        signing.decrypt(KEYS["apiv3_key"], {**resource, "ciphertext": base64.b64encode(sealed).decode()})
    with pytest.raises(ValueError, match="does not open"):
        signing.decrypt(KEYS["apiv3_key"][::-1], resource)


def test_sensitive_fields_both_ways() -> None:
    vector = VECTORS["oaep_sha1"]
    platform = signing.load_private(KEYS["platform_private_pem"])
    assert signing.open_field(platform, vector["ciphertext"]) == vector["plaintext"]
    sealed = signing.seal_field(signing.load_public(KEYS["platform_public_pem"]), vector["plaintext"])
    assert signing.open_field(platform, sealed) == vector["plaintext"]
    assert sealed != vector["ciphertext"], "random each time"


def test_message_push() -> None:
    vector = VECTORS["message_push"]
    gate = PushGate(vector["token"], vector["encoding_aes_key"], KEYS["appid"])
    query = {"timestamp": vector["timestamp"], "nonce": vector["nonce"]}
    body = json.dumps({"ToUserName": "gh_x", "Encrypt": vector["Encrypt"]}).encode()

    opened = gate.open({**query, "msg_signature": vector["msg_signature"]}, body)
    assert opened == json.loads(vector["plaintext"])
    echo = gate.echo({**query, "signature": vector["url_verify_signature"], "echostr": "回声"})
    assert echo == "回声"


@pytest.mark.parametrize(
    ("signature", "body"),
    [
        ("60f579416e14adb31a1b10bfab2dc1ab287d0927", None),
        (None, b"<xml/>"),
        (None, b"[]"),
        (None, b'{"Encrypt": "4j/AuRx71kQ="}'),
    ],
)
def test_message_push_refuses(signature: str | None, body: bytes | None) -> None:
    vector = VECTORS["message_push"]
    gate = PushGate(vector["token"], vector["encoding_aes_key"], KEYS["appid"])
    query = {"timestamp": vector["timestamp"], "nonce": vector["nonce"]}
    whole = json.dumps({"Encrypt": vector["Encrypt"]}).encode()
    with pytest.raises(PushRejected):
        gate.open({**query, "msg_signature": signature or vector["msg_signature"]}, body or whole)


def test_message_push_for_another_app_is_refused() -> None:
    vector = VECTORS["message_push"]
    gate = PushGate(vector["token"], vector["encoding_aes_key"], "wxffffffffffffffff")
    query = {"timestamp": vector["timestamp"], "nonce": vector["nonce"], "msg_signature": vector["msg_signature"]}
    with pytest.raises(PushRejected):
        gate.open(query, json.dumps({"Encrypt": vector["Encrypt"]}).encode())


def test_url_check_with_a_wrong_signature_is_refused() -> None:
    vector = VECTORS["message_push"]
    gate = PushGate(vector["token"], vector["encoding_aes_key"], KEYS["appid"])
    with pytest.raises(PushRejected):
        gate.echo({"timestamp": vector["timestamp"], "nonce": "other", "signature": "0" * 40, "echostr": "x"})


def test_session_signature_vector_is_understood() -> None:
    """The key is the base64 text of session_key; nothing calls checksession yet, the reading is kept here."""
    vector = VECTORS["session_signature"]
    digest = hmac.new(vector["session_key"].encode(), b"", hashlib.sha256).hexdigest()
    assert digest == vector["hmac_sha256_of_empty"]
