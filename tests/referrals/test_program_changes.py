"""What a revision changes is told in sentences that whoever runs the shop understands."""

from dataclasses import fields, replace
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings

from referrals.program import Program
from referrals.program_changes import changes
from referrals.program_file import preset, read_program
from tests.referrals.programs import programs
from tests.referrals.rich_files import EVERYTHING

UTC = ZoneInfo("UTC")
DEMO = preset("demo")


def _told(old: str, new: str) -> tuple[str, ...]:
    return changes(read_program(old, UTC), read_program(new, UTC)).sentences


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        (
            'advocate]\namount = "10.00"',
            'advocate]\namount = "15.00"',
            "Advocates get €15 instead of €10 for first-purchase.",
        ),
        ('"5.00"', '"7.50"', "Friends get €7.50 instead of €5 for first-purchase."),
        ('amount = "5.00"', 'percent = "10"', "Friends get 10 % instead of €5 for first-purchase."),
        (
            'minimum = "10.00"',
            'minimum = "20.00"',
            "first-purchase needs at least €20 instead of at least €10.",
        ),
        ('minimum = "10.00"', "", "No longer: first-purchase needs at least €10."),
        (
            "hold_days = 14",
            "hold_days = 0",
            "Rewards for first-purchase come at once instead of after 14 days.",
        ),
        (
            "hold_days = 14 ",
            'hold_days = 14\nall = [{ field = "country", is = "DE" }] ',
            "New: first-purchase counts only where country is DE.",
        ),
        (
            "[vouchers]",
            "[caps.advocate.year]\ncount = 10\n[vouchers]",
            "New: An advocate may earn 10 rewards in a year.",
        ),
        (
            "[vouchers]",
            "[caps.advocate.day]\ncount = 1\n[vouchers]",
            "New: An advocate may earn 1 reward in a day.",
        ),
        (
            "[vouchers]",
            '[milestones.m]\nat = 1\nrepeats = true\namount = "1.00"\n[vouchers]',
            "New: m is reached by every referral.",
        ),
        (
            "[vouchers]",
            '[contests.c]\nfirst_to = 1\namount = "1.00"\n[vouchers]',
            "New: c is won by the first one to reach 1 referral.",
        ),
        ("valid_days = 30", "valid_days = 1", "A voucher can be shown for 1 day instead of 30 days."),
        ("Corner Café", "Café Corner", "The program is called Café Corner instead of Corner Café."),
        ('"EUR"', '"JPY"', "Amounts are in JPY instead of EUR."),
        (
            'amount = "5.00"\nexpires_after_days = 90',
            'amount = "5.00"\nexpires = "never"',
            "What friends get for first-purchase never expires instead of can be used for 90 days.",
        ),
    ],
)
def test_a_change_is_told_in_words(old: str, new: str, told: str) -> None:
    assert old in DEMO
    text = DEMO.replace(old, new)
    if "JPY" in new:
        text = text.replace(".00", "")
    assert told in _told(DEMO, text)


def test_what_nobody_would_notice_is_not_told() -> None:
    assert _told(DEMO, DEMO + "\n# a note\n") == ()


def test_a_goal_that_comes_or_goes_is_told() -> None:
    more = DEMO + '\n[goals.signing-up]\nevent = "signup"\n[goals.signing-up.friend]\namount = "1.00"\n'
    assert "New: Friends get €1 for signing-up." in _told(DEMO, more)
    assert "No longer: Friends get €1 for signing-up." in _told(more, DEMO)


def test_open_referrals_keep_their_terms_unless_the_file_says_otherwise() -> None:
    demo = read_program(DEMO, UTC)
    assert changes(demo, demo).open_referrals.startswith("Nothing changes for referrals that are open")
    reaching = read_program(DEMO.replace('currency = "EUR"', 'currency = "EUR"\napplies_to = "open"'), UTC)
    assert "at least as much" in changes(demo, reaching).open_referrals


def test_another_program_takes_the_place_of_the_running_one() -> None:
    told = changes(read_program(DEMO, UTC), read_program(EVERYTHING, UTC))
    assert told.sentences[0] == "Stay & Ride (everything) takes the place of Corner Café (demo)."
    assert "keep the terms of Corner Café" in told.open_referrals


def test_long_conditions_stand_one_after_the_other() -> None:
    told = _told(EVERYTHING, EVERYTHING.replace('"room"', '"flat"'))
    assert len(told) == 1
    assert told[0].count("stay counts only where") == 2
    assert " Before: " in told[0]


# Drawing a whole program takes hypothesis longer than it allows for one; nothing here is timed.
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(programs(zone=UTC), programs(zone=UTC))
def test_no_difference_goes_unnoticed(old: Program, other: Program) -> None:
    assert changes(None, old).sentences
    assert changes(old, old).sentences == ()
    for field in fields(Program):
        # Another program is told as a whole, and in which language units are named is seen in their names.
        if field.name not in {"id", "revision", "language"}:
            new = replace(old, **{field.name: getattr(other, field.name)})
            assert bool(changes(old, new).sentences) == (new != old), field.name
