"""Bringing a database to the newest schema, in this process."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config

ROOT = Path(__file__).parent.parent


def migrate(database_url: str) -> None:
    """Runs every migration the database has not had. Safe to run from several replicas at once."""
    config = Config(ROOT / "alembic.ini")
    config.attributes["database_url"] = database_url
    command.upgrade(config, "head")
