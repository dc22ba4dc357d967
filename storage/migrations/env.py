"""Runs migrations over the connection that `storage.migrate` hands in, or over a database URL of its own."""

import asyncio
import os

from alembic import context
from sqlalchemy import Connection
from sqlalchemy.ext.asyncio import create_async_engine

from storage.schema import metadata


def run_over(connection: Connection) -> None:
    """Run the migrations inside this connection's transaction."""
    # SQLite cannot alter most of a table in place; batch mode writes it anew.
    context.configure(
        connection=connection,
        target_metadata=metadata,
        render_as_batch=connection.dialect.name == "sqlite",
        transaction_per_migration=True,
    )
    with context.begin_transaction():
        context.run_migrations()


async def _run_by_url() -> None:
    engine = create_async_engine(os.environ["GRAPEVINE_DATABASE_URL"])
    async with engine.begin() as connection:
        await connection.run_sync(run_over)
    await engine.dispose()


_given = context.config.attributes.get("connection")
if _given is not None:
    run_over(_given)
else:
    asyncio.run(_run_by_url())
