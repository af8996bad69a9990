"""GraphQL over WebSocket: tokens that end, faulty frames that close."""

from __future__ import annotations

import asyncio
import json
from contextlib import suppress
from datetime import timedelta
from typing import Any

import orjson
from strawberry.asgi import GraphQL
from strawberry.exceptions import ConnectionRejectionError
from strawberry.subscriptions import GRAPHQL_TRANSPORT_WS_PROTOCOL
from strawberry.subscriptions.protocols.graphql_transport_ws.handlers import BaseGraphQLTransportWSHandler

from domain.base import ANONYMOUS, ViewerKind, clock
from integrations.topics import TooSlow
from schema.base import Context
from server.bodies import decode
from server.graphql import MallSchema
from server.services import Mall


class MallSocket(BaseGraphQLTransportWSHandler[Context, None]):
    """graphql-transport-ws. The socket closes with 4403 when the viewer's token ends or is revoked."""

    watch: asyncio.Task[None] | None = None

    async def handle_message(self, message: Any) -> None:
        if not _is_message(message):
            await self.handle_invalid_message("Invalid message")
            return
        await super().handle_message(message)

    async def handle_connection_init(self, message: Any) -> None:
        await super().handle_connection_init(message)
        if self.connection_acknowledged and self.context.viewer.kind is not ViewerKind.ANONYMOUS and not self.watch:
            self.watch = asyncio.create_task(self._close_when_over())

    async def _close_when_over(self) -> None:
        """Waits for the token's end, or for the news that it was revoked."""
        viewer, expires_at = self.context.viewer, self.context.expires_at
        left = (expires_at - clock.now()).total_seconds() if expires_at else None
        with suppress(TimeoutError, TooSlow):
            async with (
                asyncio.timeout(left),
                self.context.services.topics.listen(f"sign-in:{viewer.sign_in_id}") as news,
            ):
                async for message in news:
                    if message:  # an empty one only says that the connection to Valkey was lost and is back
                        break
        await self.websocket.close(code=4403, reason="Signed out")

    async def shutdown(self) -> None:
        if self.watch:
            self.watch.cancel()
        await super().shutdown()

    @staticmethod
    def _get_pre_execution_close_reason(error: Any) -> str | None:
        # A faulty document ends its own operation, not the socket with all the others.
        return None


def _is_message(message: Any) -> bool:
    if not isinstance(message, dict) or not isinstance(message.get("type"), str):
        return False
    if message["type"] in ("subscribe", "complete") and not _is_operation_id(message.get("id")):
        return False
    return message["type"] != "subscribe" or _is_operation(message.get("payload"))


def _is_operation_id(id: Any) -> bool:
    return isinstance(id, str) and 0 < len(id) <= 128


def _is_operation(payload: Any) -> bool:
    return (
        isinstance(payload, dict)
        and isinstance(payload.get("query"), str)
        and isinstance(payload.get("variables"), dict | None)
        and isinstance(payload.get("operationName"), str | None)
        and isinstance(payload.get("extensions"), dict | None)
    )


class SocketEndpoint(GraphQL[Context, None]):
    """Subscriptions, and whatever else a client likes to send the same way."""

    graphql_transport_ws_handler_class = MallSocket

    def __init__(self, schema: MallSchema, mall: Mall) -> None:
        super().__init__(
            schema,
            allow_queries_via_get=False,
            subscription_protocols=(GRAPHQL_TRANSPORT_WS_PROTOCOL,),
            connection_init_wait_timeout=timedelta(seconds=10),
            max_subscriptions_per_connection=20,
            allowed_origins=(mall.settings.public_base_url, *mall.settings.allowed_origins),
        )
        self._mall = mall

    async def get_context(self, request: Any, response: Any) -> Context:
        address = request.client.host if request.client else ""
        return Context(ANONYMOUS, self._mall.database, self._mall.services, client_address=address)

    async def on_ws_connect(self, context: Context) -> Any:
        """Reads the token from connection_init's `authorization`; a wrong one is refused, none means anonymous."""
        given = (context.connection_params or {}).get("authorization")
        if given:
            context.viewer, context.expires_at = await self._mall.viewers.of(str(given))
            if context.viewer.kind is ViewerKind.ANONYMOUS:
                raise ConnectionRejectionError
        return await super().on_ws_connect(context)

    def decode_json(self, data: str | bytes) -> object:
        try:
            return decode(data)
        except (ValueError, RecursionError):
            # The one exception both HTTP and the socket know how to answer.
            raise json.JSONDecodeError("not JSON", "", 0) from None

    def encode_json(self, data: object) -> str | bytes:
        # As text: bytes would become binary frames on a socket.
        return orjson.dumps(data).decode()
