"""The client of WeChat Pay API v3 in its platform product (平台收付通): combined orders and e-commerce refunds."""

import gzip
import hashlib
import json
import secrets
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from types import TracebackType
from typing import Any, Self, TypeVar
from urllib.parse import quote, urlsplit

import httpx

from integrations.http import Manners, OutboundClient, Unreachable

from . import signing
from .bills import BadBill, TradeBill, read_trade_bill
from .errors import NoticeFault, NoticeRejected, Trouble, UntrustedReply, WechatPayError, normalise, trouble_of
from .values import CombinedOrder, CombinedState, Notice, RefundAccepted, RefundRequest, RefundState, SubOrder, moment

CLOCK_WINDOW_SECONDS = 300  # the window of the official SDKs
T = TypeVar("T")


@dataclass(frozen=True)
class WechatPayConfig:
    """Who we are and whom we believe. `platform_keys` maps a `Wechatpay-Serial` to its PEM (key or certificate);
    the first one is the key our requests ask replies to be signed with. `apiv3_key` is 32 bytes."""

    base_url: str
    appid: str
    mchid: str
    serial_no: str
    private_key_pem: str = field(repr=False)
    apiv3_key: str = field(repr=False)
    platform_keys: Mapping[str, str] = field(repr=False)
    backup_base_url: str | None = None
    manners: Manners = field(default_factory=Manners)

    def __post_init__(self) -> None:
        if len(self.apiv3_key.encode()) != 32:
            raise ValueError("the APIv3 key must be exactly 32 bytes")
        if not self.platform_keys:
            raise ValueError("at least one platform key is needed")


def utc_now() -> datetime:
    return datetime.now(UTC)


class WechatPay:
    """One instance per process; close it with `aclose()` or use it as an async context manager.

    Every call may raise WechatPayError; `error.trouble` says what the caller may do next. All calls here are
    idempotent by their numbers, so they are repeated at most three times on network errors, 429 and 5xx.
    """

    def __init__(self, config: WechatPayConfig, *, now: Callable[[], datetime] = utc_now) -> None:
        self.config = config
        self._now = now
        self._key = signing.load_private(config.private_key_pem)
        self._platform = {serial: signing.load_public(pem) for serial, pem in config.platform_keys.items()}
        bases = [config.base_url] + ([config.backup_base_url] if config.backup_base_url else [])
        self._http = OutboundClient(*bases, manners=config.manners)

    # -- orders

    async def prepay_combined(self, order: CombinedOrder) -> str:
        """Creates the order at WeChat Pay, or finds it again unchanged, and returns its prepay_id (good for 2 h)."""
        body = order.wire(self.config.appid, self.config.mchid)
        return await self.call("POST", "/v3/combine-transactions/jsapi", body, lambda raw: str(raw["prepay_id"]))

    async def query_combined(self, combine_out_trade_no: str) -> CombinedState | None:
        """The order's present state; None when WeChat Pay has no such number (believe it only after a grace period)."""
        path = f"/v3/combine-transactions/out-trade-no/{quote(combine_out_trade_no, safe='')}"
        return await self.find(path, "ORDER_NOT_EXIST", CombinedState.of)

    async def close_combined(self, combine_out_trade_no: str, sub_orders: Sequence[SubOrder]) -> None:
        """Closes an unpaid order; must name every sub-order it was created with. Raises CONFLICT when it was paid."""
        path = f"/v3/combine-transactions/out-trade-no/{quote(combine_out_trade_no, safe='')}/close"
        parts = [
            {"mchid": self.config.mchid, "out_trade_no": sub.out_trade_no, "sub_mchid": sub.sub_mchid}
            for sub in sub_orders
        ]
        try:
            await self.call("POST", path, {"combine_appid": self.config.appid, "sub_orders": parts}, lambda raw: None)
        except WechatPayError as error:
            # A repeat of a close whose reply was lost: it is closed, which is all that was asked.
            if error.code != "ORDER_CLOSED":
                raise

    # -- refunds

    async def refund(self, request: RefundRequest) -> RefundAccepted:
        """Asks for a refund; the reply means it was taken in, not that the money arrived."""
        body = request.wire(self.config.appid)
        return await self.call("POST", "/v3/ecommerce/refunds/apply", body, RefundAccepted.of)

    async def query_refund(self, out_refund_no: str, sub_mchid: str) -> RefundState | None:
        """The refund's present state; None when WeChat Pay has no such refund."""
        number, shop = quote(out_refund_no, safe=""), quote(sub_mchid, safe="")
        path = f"/v3/ecommerce/refunds/out-refund-no/{number}?sub_mchid={shop}"
        return await self.find(path, "RESOURCE_NOT_EXISTS", RefundState.of)

    async def refund_to_merchant(self, out_refund_no: str, refund_id: str, sub_mchid: str) -> RefundState:
        """An abnormal refund goes to the shop's bank account instead of the payer's."""
        path = f"/v3/ecommerce/refunds/{quote(refund_id, safe='')}/apply-abnormal-refund"
        body = {"sub_mchid": sub_mchid, "out_refund_no": out_refund_no, "type": "MERCHANT_BANK_CARD"}
        return await self.call("POST", path, body, RefundState.of)

    # -- bills

    async def trade_bill(self, day: date) -> TradeBill | None:
        """All payments and refunds of a day in Shanghai, ready at ten the next morning; None when there is none (yet).

        Raises UntrustedReply when the file is not the one whose hash was told, or not of the promised form.
        """
        path = f"/v3/bill/tradebill?bill_date={day.isoformat()}&bill_type=ALL&tar_type=GZIP"
        told = await self.find(
            path, "NO_STATEMENT_EXIST", lambda raw: (str(raw["hash_value"]), str(raw["download_url"]))
        )
        if told is None:
            return None
        hash_value, url = told
        return await self.download(url, hash_value, read_trade_bill)

    async def download(
        self, url: str, hash_value: str, read: Callable[[str, str], T], opened: Callable[[bytes], bytes] = bytes
    ) -> T:
        """A packed file whose text must hash to what was told; `opened` decrypts it first, where it is encrypted."""
        # Their address names a host; we stay with the one we were told to trust.
        place = urlsplit(url)
        try:
            reply = await self._http.send("GET", f"{place.path}?{place.query}", seal=self._seal, idempotent=True)
        except Unreachable as error:
            raise WechatPayError(Trouble.UNKNOWN_OUTCOME, "UNREACHABLE", str(error)) from error
        if not reply.is_success:
            raise _refusal(reply)
        try:
            text = gzip.decompress(opened(reply.content))
            # Files come unsigned; what they must hash to came signed.
            if hashlib.sha1(text).hexdigest() != hash_value.lower():
                raise BadBill("another hash than was told")
            return read(text.decode(), hash_value.lower())
        except (OSError, EOFError, ValueError) as error:
            raise _untrusted(reply, f"no bill: {error}") from error

    def open_bytes(self, sealed: str) -> bytes:
        """What came encrypted to the merchant's key, such as the key of a file. ValueError when it is not ours."""
        return signing.open_bytes(self._key, sealed)

    # -- the payer's side

    def request_payment_params(self, prepay_id: str) -> dict[str, str]:
        """The arguments of `wx.requestPayment`, signed with the merchant key."""
        stamp, nonce, package = self._stamp(), secrets.token_hex(16), f"prepay_id={prepay_id}"
        return self.sign_payment_params(stamp, nonce, package)

    def sign_payment_params(self, timestamp: str, nonce: str, package: str) -> dict[str, str]:
        message = signing.lines(self.config.appid, timestamp, nonce, package)
        signature = signing.sign(self._key, message)
        return {
            "timeStamp": timestamp,
            "nonceStr": nonce,
            "package": package,
            "signType": "RSA",
            "paySign": signature,
        }

    # -- notifications

    def read_notice(self, headers: Mapping[str, str], raw_body: bytes) -> Notice:
        """Verifies and opens a notification; makes no outbound call, whatever the headers say.

        `headers` may be any mapping with lower-case or canonical names. Raises NoticeRejected; a signature probe
        (`WECHATPAY/SIGNTEST/…`) is rejected like any other wrong signature. The caller dedupes on `id`.
        """
        self._check_notice(Signed.of(headers, raw_body))
        try:
            envelope = json.loads(raw_body)
            sealed = envelope["resource"]
            identity, event_type = str(envelope["id"]), str(envelope["event_type"])
            created = moment(envelope.get("create_time"))
        except (ValueError, KeyError, TypeError) as error:
            raise NoticeRejected(NoticeFault.MALFORMED) from error
        return Notice(
            id=identity,
            event_type=event_type,
            create_time=created,
            summary=str(envelope.get("summary") or ""),
            original_type=str(sealed.get("original_type") or ""),
            resource=self._open(sealed),
        )

    def _check_notice(self, signed: "Signed | None") -> None:
        if signed is None:
            raise NoticeRejected(NoticeFault.HEADERS)
        if not self._fresh(signed.timestamp):
            raise NoticeRejected(NoticeFault.STALE)
        if signed.serial not in self._platform:
            raise NoticeRejected(NoticeFault.SERIAL)
        if not self._genuine(signed):
            raise NoticeRejected(NoticeFault.SIGNATURE)

    def _open(self, sealed: Mapping[str, Any]) -> dict[str, Any]:
        if not isinstance(sealed, dict) or sealed.get("algorithm") != "AEAD_AES_256_GCM":
            raise NoticeRejected(NoticeFault.MALFORMED)
        try:
            opened = json.loads(signing.decrypt(self.config.apiv3_key, sealed))
        except ValueError as error:
            raise NoticeRejected(NoticeFault.SEALED) from error
        if not isinstance(opened, dict):
            raise NoticeRejected(NoticeFault.MALFORMED)
        return opened

    # -- the wire

    async def find(self, path: str, absent: str, read: Callable[[Mapping[str, Any]], T]) -> T | None:
        try:
            return await self.call("GET", path, None, read)
        except WechatPayError as error:
            if error.code == absent:
                return None
            raise

    async def call(
        self, method: str, path: str, body: Mapping[str, Any] | None, read: Callable[[Mapping[str, Any]], T]
    ) -> T:
        # Serialised once: the bytes that are signed are the bytes that are sent.
        raw = b"" if body is None else json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode()
        try:
            reply = await self._http.send(method, path, body=raw, seal=self._seal, idempotent=True)
        except Unreachable as error:
            raise WechatPayError(Trouble.UNKNOWN_OUTCOME, "UNREACHABLE", str(error)) from error
        self._trust(reply)
        if not reply.is_success:
            raise _refusal(reply)
        try:
            return read(json.loads(reply.content) if reply.content else {})
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise _untrusted(reply, f"not the promised shape: {error!r}") from error

    def _seal(self, method: str, target: str, body: bytes) -> dict[str, str]:
        config = self.config
        proof = signing.authorization(
            key=self._key,
            mchid=config.mchid,
            serial_no=config.serial_no,
            method=method,
            target=target,
            timestamp=self._stamp(),
            nonce=secrets.token_hex(16),
            body=body,
        )
        return {
            "Authorization": proof,
            "Accept": "application/json",
            "Content-Type": "application/json",
            "User-Agent": "zhaotong-mall",
            "Wechatpay-Serial": next(iter(self._platform)),
        }

    def _trust(self, reply: httpx.Response) -> None:
        """A gateway's own 5xx page is unsigned and tolerated as an error; a success must be signed."""
        signed = Signed.of(reply.headers, reply.content)
        if signed is None:
            if reply.is_success or "Wechatpay-Signature" in reply.headers:
                raise _untrusted(reply, "unsigned")
            return
        if signed.serial not in self._platform:
            raise _untrusted(reply, "signed with an unknown key")
        if not self._fresh(signed.timestamp):
            raise _untrusted(reply, "stale")
        if not self._genuine(signed):
            raise _untrusted(reply, "badly signed")

    def _genuine(self, signed: "Signed") -> bool:
        return signing.verifies(self._platform[signed.serial], signed.message, signed.signature)

    def _fresh(self, timestamp: str) -> bool:
        if not (timestamp.isascii() and timestamp.isdigit() and len(timestamp) < 12):
            return False
        return abs(self._now().timestamp() - int(timestamp)) <= CLOCK_WINDOW_SECONDS

    def _stamp(self) -> str:
        return str(int(self._now().timestamp()))

    async def aclose(self) -> None:
        await self._http.aclose()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.aclose()


@dataclass(frozen=True)
class Signed:
    """The signature headers of a reply or notification, with the exact bytes they cover."""

    timestamp: str
    nonce: str
    serial: str
    signature: str
    body: bytes

    @property
    def message(self) -> bytes:
        return signing.lines(self.timestamp, self.nonce, self.body)

    @classmethod
    def of(cls, headers: Mapping[str, str], body: bytes) -> "Signed | None":
        """None when a header is missing or names a scheme other than RSA."""
        lower = {name.lower(): value for name, value in headers.items()}
        names = ("timestamp", "nonce", "serial", "signature")
        timestamp, nonce, serial, signature = (lower.get(f"wechatpay-{name}", "") for name in names)
        scheme = lower.get("wechatpay-signature-type", signing.SCHEME)
        if not (timestamp and nonce and serial and signature) or scheme != signing.SCHEME:
            return None
        return cls(timestamp, nonce, serial, signature, body)


def _refusal(reply: httpx.Response) -> WechatPayError:
    try:
        body = json.loads(reply.content)
        code, message = str(body["code"]), str(body.get("message") or "")
    except (ValueError, KeyError, TypeError, AttributeError):
        code, message = f"HTTP_{reply.status_code}", "no WeChat Pay error body"
    code = normalise(code)
    return WechatPayError(
        trouble_of(code, reply.status_code),
        code,
        message,
        http_status=reply.status_code,
        request_id=reply.headers.get("Request-ID"),
    )


def _untrusted(reply: httpx.Response, why: str) -> UntrustedReply:
    return UntrustedReply(why, http_status=reply.status_code, request_id=reply.headers.get("Request-ID"))
