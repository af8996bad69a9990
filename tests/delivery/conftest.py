"""The clock and WeChat Pay as in the tests of orders."""

from tests.orders.conftest import gateway as gateway
from tests.orders.conftest import running_clock as running_clock
