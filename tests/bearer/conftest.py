"""What the tests of orders use, here too."""

from tests.orders.conftest import running_clock as running_clock
