"""Whole answers kept for whoever is not signed in."""

from server.responses.cache import Responses
from server.responses.kept import PRIVATE, Cached
from server.responses.shared import Drops

__all__ = ["PRIVATE", "Cached", "Drops", "Responses"]
