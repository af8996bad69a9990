"""GraphQL over HTTP: one endpoint per door."""

from server.endpoint.http import Endpoint

__all__ = ["Endpoint"]
