"""GraphQL over WebSocket (graphql-transport-ws): thousands of clients told the same for the price of one execution."""

from server.sockets.door import SocketLimits as SocketLimits
from server.sockets.door import Sockets as Sockets
from server.sockets.door import open_sockets as open_sockets
