"""The stage, opened for each test and checked at its end for anything that Telegram would not know."""

from collections.abc import AsyncIterator

import pytest

from bot.telegram.edge import TelegramEdge
from tests.bot.telegram.stage import Stage


@pytest.fixture
async def stage() -> AsyncIterator[Stage]:
    stage = Stage()
    await stage.open()
    yield stage
    await stage.close()
    assert stage.peer.unknown_parameters == []


@pytest.fixture
async def edge(stage: Stage) -> TelegramEdge:
    """An edge that polls."""
    edge = stage.edge()
    await edge.start()
    return edge
