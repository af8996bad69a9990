"""Puts the simulator together: a separate ASGI program that speaks WeChat's wire formats over real HTTP."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

from starlette.applications import Starlette
from starlette.middleware import Middleware

from integrations.expresssim.app import ExpressSim

from . import (
    bills,
    codes,
    fundbill,
    h5,
    orders,
    pages,
    refunds,
    sharing,
    shipping,
    status,
    subsidies,
    tokens,
    withdrawals,
)
from .config import SimConfig
from .content import ContentSim
from .control import Control
from .faults import Fault, FaultGate, Recorder
from .messages import MessagesSim
from .notifier import Notifier
from .pushes import Pusher
from .world import World

API_PREFIXES = ("/v3/", "/wxa/", "/cgi-bin/", "/sns/", "/express/")


def create_app(config: SimConfig) -> Starlette:
    """The simulator, with its state opened (and its worker started by the lifespan)."""
    world, faults = World(config), list[Fault]()

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        workers = [asyncio.create_task(notifier.run()), asyncio.create_task(express.run())]
        workers.append(asyncio.create_task(pusher.run(content.push_due, messages.push_due)))
        yield
        for worker in workers:
            worker.cancel()
            with suppress(asyncio.CancelledError):
                await worker
        await notifier.aclose()
        await express.aclose()
        await pusher.aclose()
        world.store.close()

    notifier, express = Notifier(world), ExpressSim(world, config.parcel_seconds)
    pusher = Pusher(world, config.push_url)
    content, messages = ContentSim(world, pusher), MessagesSim(world, pusher)
    control = Control(world, notifier, faults, express, pusher, content, messages)
    app = Starlette(
        routes=[
            control.route(),
            express.mount(),
            *orders.ROUTES,
            *refunds.ROUTES,
            *bills.ROUTES,
            *fundbill.ROUTES,
            *sharing.ROUTES,
            *subsidies.ROUTES,
            *withdrawals.ROUTES,
            *tokens.ROUTES,
            *codes.ROUTES,
            *content.routes(),
            *messages.routes(),
            *shipping.ROUTES,
            *h5.ROUTES,
            *pages.ROUTES,
            *status.ROUTES,
        ],
        middleware=[
            Middleware(Recorder, world=world, keep=lambda path: path.startswith(API_PREFIXES)),
            Middleware(FaultGate, world=world, faults=faults),
        ],
        lifespan=lifespan,
    )
    app.state.world, app.state.messages = world, messages
    return app
