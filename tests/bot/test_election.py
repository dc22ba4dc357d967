"""Two processes over one database: one polls, the other says that it stands by, and follows at once."""

from pathlib import Path

from structlog.testing import capture_logs

from bot.clock import Clock
from bot.election import Election
from storage.connect import Database
from storage.migrate import migrate


async def test_one_of_two_polls_and_the_other_follows_when_it_resigns(database_url: str) -> None:
    database, other = Database(database_url), Database(database_url)
    await migrate(database)
    first, second = (Election(one, Clock(), "telegram-polling") for one in (database, other))
    try:
        assert await first.is_ours()
        with capture_logs() as logged:
            assert [await second.is_ours(), await second.is_ours()] == [False, False]
        assert [line["event"] for line in logged] == ["polling.stands_by"]
        assert await first.is_ours()
        await first.resign()
        assert await second.is_ours()
        assert not await first.is_ours()
    finally:
        await second.resign()
        await database.close()
        await other.close()


async def test_beside_sqlite_a_mistake_is_named_with_its_remedy(tmp_path: Path) -> None:
    databases = [Database(f"sqlite+aiosqlite:///{tmp_path / 'grapevine.db'}") for _ in range(2)]
    first, second = (Election(database, Clock(), "telegram-polling") for database in databases)
    assert await first.is_ours()
    with capture_logs() as logged:
        assert not await second.is_ours()
    (line,) = logged
    assert line["log_level"] == "warning"
    assert line["remedy"].startswith("stop one of them")
    await first.resign()
    for database in databases:
        await database.close()
