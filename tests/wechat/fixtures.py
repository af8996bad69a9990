"""`wxsim`: one simulator process per test session, emptied before each test. Load with `pytest_plugins`."""

from collections.abc import AsyncIterator, Iterator

import pytest

from integrations.wechatpay import WechatPay
from tests.wechat.simulator import Simulator


@pytest.fixture(scope="session")
def wxsim_process() -> Iterator[Simulator]:
    simulator = Simulator().start()
    yield simulator
    simulator.stop()


@pytest.fixture
async def wxsim(wxsim_process: Simulator) -> Simulator:
    await wxsim_process.reset()
    return wxsim_process


@pytest.fixture
async def wechat_pay(wxsim: Simulator) -> AsyncIterator[WechatPay]:
    """The product's own client, pointed at the simulator, with short patience."""
    async with WechatPay(wxsim.pay_config()) as client:
        yield client
