"""Every misfortune in small: nothing about a reward lost, no marketing doubled, the week's slot done once."""

from datetime import datetime, timedelta
from functools import partial
from pathlib import Path

import pytest

from bench.soak import clock_changes, deliveries
from bench.soak.deliveries import Misfortune, Tally
from tests import postgres

PEOPLE = 200


async def test_three_workers_killed_at_random(postgres_url: str) -> None:
    tally = await through(partial(deliveries.killed, seed=6, deaths=2), postgres_url)
    assert tally.deaths == 2


async def test_a_whole_service_killed_in_the_middle_and_never_started_again(postgres_url: str) -> None:
    tally = await through(deliveries.survived, postgres_url, roles=deliveries.ALL_ROLES)
    assert tally.deaths == 1


async def test_the_database_restarted_in_the_middle() -> None:
    with postgres.restartable() as (admin_url, restart):
        url = await postgres.create_database(admin_url, "grapevine")
        await through(
            partial(deliveries.restarted, restart=restart, times=1),
            url.replace("postgresql://", "postgresql+asyncpg://", 1),
        )


async def test_a_platform_in_a_storm(database_url: str) -> None:
    await through(partial(deliveries.stormed, seed=6, troubles=15), database_url)


async def test_a_worker_that_died_before_it_began_what_it_held(database_url: str) -> None:
    # Nobody is to be taken for dead here, however slow the machine is.
    alive = timedelta(minutes=5)
    tally = await deliveries.through(deliveries.abandoned, database_url=database_url, people=PEOPLE, lease=alive)
    assert not tally.broken, tally
    assert (tally.unknown, tally.repeated) == (0, 0)


async def test_two_instances_by_mistake_on_one_file(tmp_path: Path) -> None:
    await through(deliveries.doubled, f"sqlite+aiosqlite:///{tmp_path / 'grapevine.db'}")


@pytest.mark.parametrize("change", clock_changes.CHANGES.values(), ids=clock_changes.CHANGES)
async def test_the_clock_jumping_across_a_change(database_url: str, change: datetime) -> None:
    beaten = await clock_changes.across(change, database_url=database_url, people=PEOPLE)
    assert not beaten.broken, beaten


async def through(misfortune: Misfortune, url: str, *, roles: str = "worker") -> Tally:
    """Go through it, and find everything as it must be."""
    tally = await deliveries.through(misfortune, database_url=url, people=PEOPLE, roles=roles)
    assert not tally.broken, tally
    return tally
