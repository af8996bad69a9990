"""Refusals of the mini-program server API. It answers HTTP 200 with an errcode, so the code is the whole story."""

TOKEN_INVALID = frozenset({40001, 40014, 42001})
BUSY = -1
BAD_LOGIN_CODE = frozenset({40029, 40163})  # unknown or expired; already used
HIGH_RISK_USER = 40226
TOO_OFTEN = frozenset({45009, 45011})
UNREACHABLE = -2  # ours: no usable reply came; WeChat never sends it


class WechatApiError(Exception):
    """A call failed. `errcode` is WeChat's, or UNREACHABLE when no usable reply came (`http_status` says which).

    `sent` is False where the call itself never reached WeChat: no connection, or no token to make it with.
    """

    def __init__(
        self,
        errcode: int,
        message: str = "",
        *,
        http_status: int | None = None,
        request_id: str | None = None,
        sent: bool = True,
    ) -> None:
        super().__init__(f"errcode {errcode} (http {http_status}, request {request_id}): {message}")
        self.errcode = errcode
        self.message = message
        self.http_status = http_status
        self.request_id = request_id
        self.sent = sent

    @property
    def worth_repeating(self) -> bool:
        """Whether the same call may succeed later: no reply, system busy, or a rate limit."""
        return self.errcode in (BUSY, UNREACHABLE) or self.errcode in TOO_OFTEN


class LoginRefused(WechatApiError):
    """The js_code or phone code is unknown, expired, already used, or its user is blocked. A new code is needed."""


class ShippingRefused(WechatApiError):
    """The shipping upload was refused; see the three questions below for what to do."""

    @property
    def not_yet(self) -> bool:
        """The payment has not reached that service: wait 1, 2, 5, 15 minutes … up to a day."""
        return self.errcode == 10060001

    @property
    def overtaken(self) -> bool:
        """A later upload of the same payment came first: look again at what is still to be told."""
        return self.errcode == 268485216

    @property
    def final(self) -> bool:
        """The one correction is used: no upload will ever be taken again; a person must know."""
        return self.errcode == 10060003

    @property
    def ask_first(self) -> bool:
        """The order is in another state than we think: `get_order`, then decide."""
        return self.errcode in (10060004, 10060028)
