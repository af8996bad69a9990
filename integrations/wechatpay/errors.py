"""What can go wrong with WeChat Pay, by what the caller may do about it."""

from enum import Enum


class Trouble(Enum):
    """The class of an error: what to do next, whatever the exact code says."""

    UNKNOWN_OUTCOME = "unknown outcome"  # it may have happened: repeat with the same number, or query
    TOO_FAST = "too fast"  # back off, then repeat
    CONFIGURATION = "configuration"  # wrong key, appid or merchant number: alarm
    CONFLICT = "conflict"  # the order is in another state: query it
    ABSENT = "absent"  # they have no such number
    NOT_ENOUGH = "not enough"  # park the refund, alert the shop, repeat later with the same number
    REFUSED = "refused"  # no retry


class WechatPayError(Exception):
    """A call failed. `code` is normalised (no V2 spelling); `http_status` is None when no reply came."""

    def __init__(
        self,
        trouble: Trouble,
        code: str,
        message: str = "",
        *,
        http_status: int | None = None,
        request_id: str | None = None,
    ) -> None:
        super().__init__(f"{code} ({trouble.value}, http {http_status}, request {request_id}): {message}")
        self.trouble = trouble
        self.code = code
        self.message = message
        self.http_status = http_status
        self.request_id = request_id


class UntrustedReply(WechatPayError):
    """The reply is unsigned, badly signed, stale or not of the promised shape: its content was not used."""

    def __init__(self, message: str, *, http_status: int, request_id: str | None) -> None:
        super().__init__(
            Trouble.UNKNOWN_OUTCOME, "UNTRUSTED_REPLY", message, http_status=http_status, request_id=request_id
        )


# Older v3 pages and SDKs still show V2-style names; underscores are ignored when matching.
_V2_NAMES = {
    "ORDERPAID": "OUT_TRADE_NO_USED",
    "ORDERCLOSED": "ORDER_CLOSED",
    "ORDERNOTEXIST": "ORDER_NOT_EXIST",
    "NOTENOUGH": "NOT_ENOUGH",
    "SYSTEMERROR": "SYSTEM_ERROR",
    "BANKERROR": "SYSTEM_ERROR",
    "ACCOUNTERROR": "USER_ACCOUNT_ABNORMAL",
    "OPENIDMISMATCH": "OPENID_MISMATCH",
    "INVALIDTRANSACTIONID": "INVALID_TRANSACTIONID",
    "FREQUENCYLIMITEXCEED": "FREQUENCY_LIMITED",
    "RESOURCENOTEXISTS": "RESOURCE_NOT_EXISTS",
    "SIGNERROR": "SIGN_ERROR",
    "PARAMERROR": "PARAM_ERROR",
}

_BY_CODE = {
    "SIGN_ERROR": Trouble.CONFIGURATION,
    "APPID_MCHID_NOT_MATCH": Trouble.CONFIGURATION,
    "MCH_NOT_EXISTS": Trouble.CONFIGURATION,
    "NO_AUTH": Trouble.CONFIGURATION,
    "INVALID_REQUEST": Trouble.CONFLICT,
    "OUT_TRADE_NO_USED": Trouble.CONFLICT,
    "ORDER_CLOSED": Trouble.CONFLICT,
    "USERPAYING": Trouble.CONFLICT,
    "ORDER_NOT_EXIST": Trouble.ABSENT,
    "RESOURCE_NOT_EXISTS": Trouble.ABSENT,
    "NOT_ENOUGH": Trouble.NOT_ENOUGH,
    "FREQUENCY_LIMITED": Trouble.TOO_FAST,
    "SYSTEM_ERROR": Trouble.UNKNOWN_OUTCOME,
}


def normalise(code: str) -> str:
    """The API v3 spelling of a code, whichever spelling came."""
    return _V2_NAMES.get(code.replace("_", "").upper(), code)


def trouble_of(code: str, http_status: int) -> Trouble:
    """The class of a normalised code; an unknown one goes by its HTTP status."""
    if http_status >= 500:
        return Trouble.UNKNOWN_OUTCOME
    if http_status == 429:
        return Trouble.TOO_FAST
    return _BY_CODE.get(code, {401: Trouble.CONFIGURATION, 404: Trouble.ABSENT}.get(http_status, Trouble.REFUSED))


class NoticeFault(Enum):
    """Why a notification was not accepted, in the order the checks are made."""

    HEADERS = "a signature header is missing"
    STALE = "the timestamp is more than 300 s away"
    SERIAL = "signed with a key we do not know"
    SIGNATURE = "the signature does not match"
    MALFORMED = "the body is not a notification"
    SEALED = "the resource does not decrypt"


class NoticeRejected(Exception):
    """The notification is not from WeChat Pay, or not for us. Answer 4xx: the real sender then tries again."""

    def __init__(self, fault: NoticeFault) -> None:
        super().__init__(fault.value)
        self.fault = fault
