"""Databases for a benchmark, as durable as in earnest, and gone afterwards."""

import asyncio
import os
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy import Table as SqlTable
from sqlalchemy.ext.asyncio import create_async_engine

from bench.processes import ROOT
from storage.schema import clicks
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
    (rows,) = _first_column(url, select(func.count()).select_from(table))
    return int(rows)


def click_numbers(url: str) -> set[int]:
    """Return the numbers of all clicks, over a connection of our own."""
    return set(_first_column(url, select(clicks.c.number)))


def _first_column(url: str, query: Select[Any]) -> Sequence[Any]:
    async def asked() -> Sequence[Any]:
        engine = create_async_engine(url)
        async with engine.connect() as connection:
            found: Sequence[Any] = (await connection.execute(query)).scalars().all()
        await engine.dispose()
        return found

    return asyncio.run(asked())


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
