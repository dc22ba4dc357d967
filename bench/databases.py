"""Databases for a benchmark, as durable as in earnest, and gone afterwards."""

import asyncio
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from time import perf_counter

from sqlalchemy import Table as SqlTable
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import create_async_engine

from bench.processes import ROOT
from tests import postgres


@contextmanager
def folder() -> Iterator[Path]:
    """Yield a folder on the disk of the checkout: a temporary one is often in memory, where a commit costs nothing."""
    with tempfile.TemporaryDirectory(prefix=".run-", dir=ROOT / "bench") as name:
        yield Path(name)


@contextmanager
def sqlite() -> Iterator[str]:
    """Yield the address of a new SQLite file."""
    with folder() as place:
        yield f"sqlite+aiosqlite:///{place / 'grapevine.db'}"


@contextmanager
def postgresql(of: str = "service") -> Iterator[str]:
    """Yield the address of a new database on a PostgreSQL that keeps its promises about crashes."""
    with postgres.server(durable=True) as admin_url:
        name = f"grapevine_bench_{of}_{os.getpid()}"
        url = asyncio.run(postgres.create_database(admin_url, name))
        try:
            yield url.replace("postgresql://", "postgresql+asyncpg://", 1)
        finally:
            asyncio.run(postgres.drop_database(admin_url, name))


def count(url: str, table: SqlTable) -> int:
    """Count the rows of a table, over a connection of our own."""

    async def counted() -> int:
        engine = create_async_engine(url)
        async with engine.connect() as connection:
            rows = int((await connection.execute(select(func.count()).select_from(table))).scalar_one())
        await engine.dispose()
        return rows

    return asyncio.run(counted())


def commit_milliseconds() -> float:
    """Measure what every durable commit waits for: 4 kB written and synced, where our SQLite files are."""
    times = []
    with folder() as place, (place / "probe").open("wb", buffering=0) as file:
        for _ in range(50):
            began = perf_counter()
            file.write(bytes(4096))
            os.fsync(file.fileno())
            times.append(perf_counter() - began)
    return median(times) * 1000
