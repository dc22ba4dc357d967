"""The scratch file of a simulation: nothing is forgotten, and little is held."""

import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from referrals.caps import Take
from referrals.money import Amount
from referrals.program import Cap
from referrals.reported import Reported
from referrals.simulation_records import Gift, Known, Past
from storage.scratch import Scratch

AT = datetime(2026, 1, 5, 10, tzinfo=UTC)


def test_who_was_put_away_comes_back_as_they_were() -> None:
    with Scratch(at_hand=3) as memory:
        for number in range(50):
            known = memory.customer(f"c{number}")
            known.since, known.last_bought = AT, AT + timedelta(days=number)
            known.joined_at, known.completes = AT, AT + timedelta(microseconds=1)
            known.advocate, known.ended, known.referrals = "zoe", number % 2 == 0, number
            known.reached, known.milestones = {"visit": [number, number]}, {"five\n2026-01": 2}
            known.counted, known.turned_down, known.attributes = ["five\n2026-01"], ["circle zoe"], {"plan": "plus"}
            memory.put_away()
        for number in range(50):
            assert memory.customer(f"c{number}") == Known(
                since=AT,
                last_bought=AT + timedelta(days=number),
                advocate="zoe",
                joined_at=AT,
                completes=AT + timedelta(microseconds=1),
                ended=number % 2 == 0,
                reached={"visit": [number, number]},
                counted=["five\n2026-01"],
                turned_down=["circle zoe"],
                referrals=number,
                milestones={"five\n2026-01": 2},
                attributes={"plan": "plus"},
            )
        assert memory.customer("nobody") == Known()


def test_only_so_many_are_at_hand() -> None:
    with Scratch(at_hand=10) as memory:
        for number in range(1000):
            memory.customer(f"c{number}").referrals = 1
            memory.put_away()
            assert memory.at_hand <= 20


def test_events_are_remembered_with_what_they_gave_and_in_order() -> None:
    gift = Gift(
        "zoe",
        "advocate",
        "visit",
        1,
        "EUR",
        250,
        "cash",
        (("cash", "EUR", 250, "10%"), ("gone", "miles", 5, "fixed")),
        (("caps.advocate.month", "zoe", "2026-01", "", 0),),
        fitted="10%",
    )
    first = Past("s\no1", "ann", Reported(type="purchase", amount=Amount(2500, "EUR"), occurred_at=AT), (gift,))
    event = Reported(
        type="survey",
        amount=None,
        occurred_at=AT + timedelta(days=1),
        source="web",
        properties={"product": "tea", "category": ("a", "b")},
    )
    second = Past("o2", "ann", event)
    with Scratch() as memory:
        for past in (first, second, Past("o3", "bob", event)):
            memory.remember(past)
        assert memory.recall("s\no1") == first
        assert memory.recall("o4") is None
        smaller = first._replace(gifts=(gift._replace(minor=100),))
        memory.remember(smaller)
        assert memory.past_of("ann") == [smaller, second]


@pytest.mark.parametrize("cap", [{"count": 2}, {"value": Amount(250, "EUR")}])
def test_a_full_cap_gives_nothing_until_a_place_comes_back(cap: dict[str, object]) -> None:
    limit = Cap(owner="advocate", period="month", **cap)  # type: ignore[arg-type]  # one of the two
    take = Take(cap=limit, owner="zoe", period="2026-01", unit="EUR", worth=100)
    other = Take(cap=limit, owner="zoe", period="2026-02", unit="EUR", worth=100)
    with Scratch() as memory:
        assert [memory.take(take) for _ in range(3)] == [True, True, False]
        assert memory.take(other)
        memory.give_back((limit.name, "zoe", "2026-01", "EUR", 100))
        assert [memory.take(take) for _ in range(2)] == [True, False]


def test_the_file_goes_when_it_is_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    with Scratch() as memory:
        memory.customer("ann")
        assert list(tmp_path.rglob("simulation.db"))
    assert not list(tmp_path.iterdir())
