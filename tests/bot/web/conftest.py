"""A running web edge for each test."""

from collections.abc import AsyncIterator

import pytest

from messages.catalog import Catalog
from tests.bot.web.house import House, house


@pytest.fixture(scope="session")
def catalog() -> Catalog:
    return Catalog.load()


@pytest.fixture
async def home(catalog: Catalog) -> AsyncIterator[House]:
    async with house(catalog) as running:
        yield running
