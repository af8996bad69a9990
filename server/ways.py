"""Whether MALL_PAY_MODE fits what is in the tables; asked at every start, before anything is served or worked on."""

from __future__ import annotations

import structlog
from sqlalchemy.exc import SQLAlchemyError

from domain import settlement
from domain.base import Database
from models.payments import PayWay
from server.outage import is_outage
from server.settings import Settings, SettingsRefused

log = structlog.get_logger()


async def refuse_other_way(database: Database, settings: Settings) -> None:
    """SettingsRefused while money that came in the other mode has not come to its end.

    A database that does not answer keeps nobody from starting; what is asked of it then fails as well, payments too.
    """
    way = PayWay(settings.pay_mode.upper())
    try:
        async with database.read() as session:
            found = await settlement.in_the_way(session, way)
    except Exception as error:
        # The driver's own errors come unwrapped while a connection is made, as of a server that is still starting.
        if not (isinstance(error, SQLAlchemyError) or is_outage(error)):
            raise
        log.warning("pay_mode.unchecked", error=repr(error))
        return
    if found:
        told = ", ".join(found)
        fault = f"MALL_PAY_MODE is {settings.pay_mode}, but in the other one {told}; let them end first."
        raise SettingsRefused([fault])
