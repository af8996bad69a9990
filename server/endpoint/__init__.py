"""GraphQL over HTTP: one endpoint per door."""

from server.endpoint.http import Endpoint, Mounted

__all__ = ["Endpoint", "Mounted"]
