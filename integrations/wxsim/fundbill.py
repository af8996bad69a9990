"""The fund-flow bill of all sub-merchants (二级商户资金账单): told signed, fetched packed and encrypted.

The file's key is its own, and told under the merchant's public key; its hash is of the text inside.
"""

import base64
import gzip
import hashlib
import hmac
from datetime import date
from typing import Any

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.padding import MGF1, OAEP
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from .bills import bill_day, yuan
from .records import Flow
from .wire import Call, PayError, authenticate, merchant_key, pay_route, signed_response
from .world import SHANGHAI, World

OAEP_SHA1 = OAEP(mgf=MGF1(hashes.SHA1()), algorithm=hashes.SHA1(), label=None)
NONCE = b"fundflowbill"
COLUMNS = (
    "记账时间,二级商户号,微信支付业务单号,资金流水单号,业务名称,业务类型,收支类型,收支金额(元),账户结余(元),"
    "业务凭证号,备注"
)
SUMMARY = "资金流水总笔数,收入笔数,收入金额,支出笔数,支出金额"


def ask(world: World, call: Call) -> tuple[int, Any]:
    if call.query.get("account_type") != "ALL" or call.query.get("algorithm") != "AEAD_AES_256_GCM":
        raise PayError(400, "PARAM_ERROR", "account_type或algorithm有误")
    if call.query.get("tar_type", "GZIP") != "GZIP":
        raise PayError(400, "PARAM_ERROR", "tar_type有误")
    day = bill_day(world, call.query.get("bill_date", ""))
    text = bill(world, day)
    if text is None:
        raise PayError(400, "NO_STATEMENT_EXIST", "账单文件不存在")
    sealed_key = merchant_key(world.keys.merchant_public_pem).encrypt(file_key(world, day), OAEP_SHA1)
    packed = "&tartype=gzip" if "tar_type" in call.query else ""
    entry = {
        "bill_sequence": 1,
        "hash_type": "SHA1",
        "hash_value": hashlib.sha1(text).hexdigest(),
        "download_url": f"https://api.mch.weixin.qq.com/v3/billdownload/fundfile?token={day:%Y%m%d}{packed}",
        "encrypt_key": base64.b64encode(sealed_key).decode("ascii"),
        "nonce": NONCE.decode("ascii"),
    }
    return 200, {"download_bill_count": 1, "download_bill_list": [entry]}


def file_key(world: World, day: date) -> bytes:
    """Another one for each day, and the same whenever it is asked for."""
    return hmac.digest(world.keys.apiv3_key.encode(), day.isoformat().encode(), "sha256").hex()[:32].encode()


async def download(request: Request) -> Response:
    world: World = request.app.state.world
    try:
        authenticate(world, request, b"")
        token = request.query_params.get("token", "")
        day = date.fromisoformat(token)
        text = bill(world, day)
        if text is None:
            raise PayError(404, "RESOURCE_NOT_EXISTS", "账单文件不存在或已过期")
    except (PayError, ValueError) as error:
        refusal = error if isinstance(error, PayError) else PayError(400, "PARAM_ERROR", "token有误")
        return signed_response(world, refusal.status, refusal.body)
    content = gzip.compress(text) if request.query_params.get("tartype") == "gzip" else text
    return Response(AESGCM(file_key(world, day)).encrypt(NONCE, content, b""), media_type="application/octet-stream")


def bill(world: World, day: date) -> bytes | None:
    """The text of a day; None when no sub-merchant's money moved."""
    flows = [
        flow
        for flow in world.flows.all()
        if flow.at.astimezone(SHANGHAI).date() == day and flow.mchid != world.keys.mchid
    ]
    if not flows:
        return None
    rows = [_row(flow) for flow in sorted(flows, key=lambda flow: (flow.at, flow.id))]
    came, went = [f.amount for f in flows if f.incoming], [f.amount for f in flows if not f.incoming]
    total = [str(len(rows)), str(len(came)), yuan(sum(came)), str(len(went)), yuan(sum(went))]
    return ("﻿" + "\r\n".join([COLUMNS, *rows, SUMMARY, _line(total)]) + "\r\n").encode()


def _row(flow: Flow) -> str:
    when = flow.at.astimezone(SHANGHAI).strftime("%Y-%m-%d %H:%M:%S")
    way = "收入" if flow.incoming else "支出"
    numbers = [flow.number, flow.id, flow.business, flow.business]
    return _line([when, flow.mchid, *numbers, way, yuan(flow.amount), yuan(flow.left), flow.voucher, ""])


def _line(values: list[str]) -> str:
    return ",".join(f"`{value}" for value in values)


ROUTES: list[Route] = [
    pay_route("/v3/ecommerce/bill/fundflowbill", "GET", ask),
    Route("/v3/billdownload/fundfile", download, methods=["GET"]),
]
