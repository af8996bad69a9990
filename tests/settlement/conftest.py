"""The mall at the simulator."""

import pytest

from integrations.wechatpay import WechatPay
from server.database import Database
from tests.orders.conftest import gateway as gateway
from tests.orders.conftest import running_clock as running_clock
from tests.settlement.world import World
from tests.wechat.simulator import Simulator


@pytest.fixture
def world(database: Database, wechat_pay: WechatPay, wxsim: Simulator) -> World:
    return World(database, wechat_pay, wxsim)
