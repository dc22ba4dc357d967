"""JSON on the wire: strict in, plain out."""

from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.web import wire
from messages.message import Day, Moment, Worth
from referrals.identity import Identity
from referrals.ledger import RewardState
from referrals.money import Amount

JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**63), 2**63) | st.text(st.characters(exclude_categories=["Cs"])),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text('ab"\\{[é🍇'), inner, max_size=4),
    max_leaves=12,
)


@given(JSON)
def test_what_is_written_is_read_back(value: object) -> None:
    assert wire.read(wire.canonical(value)) == value


@given(st.dictionaries(st.text("abc", min_size=1), st.integers(), min_size=2))
def test_the_fingerprint_does_not_know_the_order(value: dict[str, int]) -> None:
    assert wire.fingerprint(value) == wire.fingerprint(dict(reversed(value.items())))


@pytest.mark.parametrize("brackets_in_a_string", [b'{"a": "[[[[[[[[[[[[[[[[[[[["}', b'["\\"[[[[[[[[[[[[[[[[[[[["]'])
def test_brackets_in_a_string_are_no_depth(brackets_in_a_string: bytes) -> None:
    assert wire.read(brackets_in_a_string)


def test_records_become_plain_json() -> None:
    noon = datetime(2026, 11, 22, 13, tzinfo=timezone(timedelta(hours=1)))
    reply = {
        "at": noon,
        "day": Day(noon),
        "moment": Moment(noon.astimezone(UTC)),
        "worth": Worth(Amount(1990, "EUR")),
        "percent": Decimal("2.50"),
        "state": RewardState.PENDING,
        "who": (Identity("shop", "7"),),
        "none": None,
    }
    assert wire.plain(reply) == {
        "at": "2026-11-22T12:00:00Z",
        "day": "2026-11-22T12:00:00Z",
        "moment": "2026-11-22T12:00:00Z",
        "worth": {"amount": "19.90", "unit": "EUR"},
        "percent": "2.50",
        "state": "pending",
        "who": [{"platform": "shop", "subject": "7"}],
        "none": None,
    }
