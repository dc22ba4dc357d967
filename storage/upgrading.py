"""Runs Alembic: importing it costs a twentieth of a start, so this module waits for a database that needs it."""

from importlib import resources

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection


def configuration() -> Config:
    """Point Alembic at the migrations of this package."""
    config = Config()
    config.set_main_option("script_location", str(resources.files("storage") / "migrations"))
    return config


def upgrade(connection: Connection, revision: str) -> None:
    """Apply every migration up to this revision."""
    config = configuration()
    config.attributes["connection"] = connection
    command.upgrade(config, revision)
