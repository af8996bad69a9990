"""The simulator as a process of its own, and the handles by which a test moves its world."""

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx

from integrations.http import Manners
from integrations.wechat import WechatApiConfig
from integrations.wechatpay import WechatPayConfig
from integrations.wxsim.config import SimKeys, load_keys

ROOT = Path(__file__).parents[2]
START_SECONDS = 120
# Hardly a pause before a retry, and patience enough for a busy machine. A far side that is silent on purpose is waited
# for in full, so a test of several such silences has less.
QUICK = Manners(connect_timeout=10, read_timeout=5, pause=0.01)
HASTY = Manners(connect_timeout=10, read_timeout=1.5, pause=0.01)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


@dataclass
class Simulator:
    """Start it, point the product's base URLs at `base_url`, and act through the methods; each is one control verb."""

    state: Path | None = None
    port: int = field(default_factory=free_port)
    keys: SimKeys = field(default_factory=load_keys)
    _process: "subprocess.Popen[bytes] | None" = None

    @property
    def base_url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> "Simulator":
        command = [sys.executable, "-m", "integrations.wxsim", "--exit-with-parent", "--port", str(self.port)]
        if self.state is not None:
            command += ["--state", str(self.state)]
        self._process = subprocess.Popen(command, cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)})
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline:
            with contextlib.suppress(httpx.TransportError):
                httpx.get(f"{self.base_url}/h5/users", trust_env=False, verify=False).raise_for_status()
                return self
            if self._process.poll() is not None:
                raise RuntimeError(f"the simulator ended with {self._process.returncode}")
            time.sleep(0.05)
        self.stop()
        raise RuntimeError("the simulator did not start in time")

    def stop(self) -> None:
        self._end(signal.SIGTERM)

    def kill(self) -> None:
        """As a power cut would: no clean-up."""
        self._end(signal.SIGKILL)

    def _end(self, how: signal.Signals) -> None:
        if self._process is not None:
            self._process.send_signal(how)
            self._process.wait(10)
            self._process = None

    # -- what a product under test is configured with

    def pay_config(self, manners: Manners = QUICK) -> WechatPayConfig:
        return WechatPayConfig(
            base_url=self.base_url,
            appid=self.keys.appid,
            mchid=self.keys.mchid,
            serial_no=self.keys.serial_no,
            private_key_pem=self.keys.merchant_private_pem,
            apiv3_key=self.keys.apiv3_key,
            platform_keys={self.keys.public_key_id: self.keys.platform_public_pem},
            manners=manners,
        )

    def api_config(self, manners: Manners = QUICK) -> WechatApiConfig:
        return WechatApiConfig(self.base_url, self.keys.appid, self.keys.app_secret, manners)

    # -- control

    async def control(self, verb: str, **arguments: Any) -> dict[str, Any]:
        """Any verb of integrations/wxsim/control.py; a refusal is an AssertionError with its reason."""
        async with httpx.AsyncClient(timeout=60, trust_env=False, verify=False) as http:
            reply = await http.post(f"{self.base_url}/__sim/{verb}", json=arguments)
        assert reply.status_code == 200, f"{verb}: {reply.status_code} {reply.text}"
        answer: dict[str, Any] = reply.json()
        return answer

    async def reset(self) -> None:
        await self.control("reset")

    async def advance(self, seconds: float, *, wire: bool = False) -> None:
        """Moves virtual time and returns when all that fell due is done; `wire` moves signature times as well."""
        await self.control("clock.advance", seconds=seconds, wire=wire)

    async def settle(self) -> None:
        await self.control("settle")

    async def fault(self, match: str, kind: str, times: int = 1) -> None:
        await self.control("fault.add", match=match, kind=kind, times=times)

    async def user_pays(self, no: str, *, at: float = 0, lose_notice: bool = False, settle: bool = True) -> None:
        """Pays a combined order now (and waits until the notice was answered), or `at` virtual seconds from now."""
        await self.control("pay.user_pays", no=no, at=at, lose_notice=lose_notice, settle=settle)

    async def user_cancels(self, no: str) -> None:
        await self.control("pay.user_cancels", no=no)

    async def notify_policy(self, **policy: Any) -> None:
        """drop, duplicate, reorder, delay, signtest, stale_timestamp, wrong_serial; what is not named is off."""
        await self.control("notify.policy", **policy)

    async def build_notice(self, resource: dict[str, Any], **how: Any) -> tuple[dict[str, str], bytes]:
        """Headers and body of a notification with this content, properly signed, sent to nobody."""
        made = await self.control("notify.build", resource=resource, **how)
        return made["headers"], made["body"].encode()

    async def refund_result(self, out_refund_no: str, status: str = "SUCCESS") -> None:
        await self.control("refund.result", out_refund_no=out_refund_no, status=status)

    async def refund_policy(self, seconds: float | None) -> None:
        await self.control("refund.policy", seconds=seconds)

    async def login_code(self, openid: str, nickname: str = "") -> str:
        return str((await self.control("user.issue_code", openid=openid, nickname=nickname))["code"])

    async def phone_code(self, openid: str, phone: str = "") -> str:
        return str((await self.control("user.issue_phone_code", openid=openid, phone=phone))["code"])

    async def dump(self) -> dict[str, Any]:
        return await self.control("dump")

    async def calls(self, path: str) -> int:
        """How many requests came for this "METHOD /path" since the last reset."""
        return int((await self.dump())["calls"].get(path, 0))

    async def trade(self, no: str) -> dict[str, Any]:
        return next(trade for trade in (await self.dump())["trades"] if trade["no"] == no)
