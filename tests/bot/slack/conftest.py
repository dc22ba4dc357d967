"""The stage, opened for each test over both ways in, and checked at its end for anything that Slack would not know."""

from collections.abc import AsyncIterator

import pytest
from structlog.testing import capture_logs

from bot.playground.slack.peer import APP_TOKEN, BOT_TOKEN, SIGNING_SECRET
from bot.slack.edge import SlackEdge
from tests.bot.slack.stage import Stage

SECRETS = (APP_TOKEN, BOT_TOKEN, SIGNING_SECRET, "a secret of mine")


@pytest.fixture(params=["http", "socket"])
async def stage(request: pytest.FixtureRequest) -> AsyncIterator[Stage]:
    async for stage in _opened(socket_mode=request.param == "socket"):
        yield stage


@pytest.fixture
async def posted() -> AsyncIterator[Stage]:
    """The stage over signed HTTP alone."""
    async for stage in _opened(socket_mode=False):
        yield stage


@pytest.fixture
async def wired() -> AsyncIterator[Stage]:
    """The stage over a socket alone."""
    async for stage in _opened(socket_mode=True):
        yield stage


@pytest.fixture
async def edge(stage: Stage) -> SlackEdge:
    """An edge that takes what happens."""
    edge = stage.edge()
    await edge.start()
    return edge


async def _opened(*, socket_mode: bool) -> AsyncIterator[Stage]:
    with capture_logs() as logs:
        stage = Stage(socket_mode=socket_mode)
        await stage.open()
        yield stage
        await stage.close()
    stage.judge()
    assert not [line for line in logs if any(secret in repr(line) for secret in SECRETS)]
