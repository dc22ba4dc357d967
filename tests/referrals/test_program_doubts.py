"""What can be used and is seldom meant is pointed out, and nothing else is."""

from zoneinfo import ZoneInfo

import pytest

from referrals.program_file import check_program
from tests.referrals.rich_files import EVERYTHING

DOUBTFUL = [
    (
        "one stock of two worths",
        'amount = "100.00"\nas = "product"',
        'amount = "100.00"\nas = "gift-card"\nstock = "gift-cards"',
        '"gift-cards"',
        "given for 25.00 EUR and for 100.00 EUR",
    ),
    ("a limit below a reward", 'value = "5000.00"\n', 'value = "20.00"\n', '"20.00"', "25.00 EUR, is more than this"),
    (
        "a limit below a step",
        '[caps.friend.lifetime]\nvalue = "1000000"\nunit = "miles"',
        '[caps.friend.week]\nvalue = "9.00"',
        '"9.00"',
        "20.00 EUR, is more",
    ),
    ("a limit on nobody", 'goals = ["stay", "trips"]', 'goals = ["rides"]', "year]", "limits nothing"),
    ("a click that is forgotten", "within_days = 25", "within_days = 60", '"click"', "forgotten after 30 days"),
    ("an amount of a signup", 'event = "booking"', 'event = "signup"', '"signup"', "has no amount"),
    (
        "an end before the hold",
        "expires_on = 2028-06-30",
        "expires_on = 2027-12-31",
        "2027-12-31",
        "by then it has expired",
    ),
    ("small countries", '["DE", "AT"]', '["de", "AT"]', "stay]", "two capital letters"),
    ("a contest without an end", 'most_in = "quarter"', 'most_in = "program"', '"program"', "it has no end"),
    ("a raffle without an end", 'every = "month"', 'every = "program"', '"program"', "it has no end"),
    (
        "a unit for nothing",
        "[units.miles]",
        '[units.stars]\none = "star"\nother = "stars"\n[units.stars.es]\none = "s"\nother = "s"\n[units.miles]',
        "stars]",
        "No reward is paid in stars",
    ),
    ("terms in another language", 'en = """\nOne reward for each friend.\nNo cash."""', "", "terms]", "no terms in it"),
    (
        "a unit without a name",
        '[units.miles.es]\none = "milla"\nother = "millas"\n',
        "",
        "miles]",
        r"Add [units.miles.es]",
    ),
]


@pytest.mark.parametrize(
    ("old", "new", "under", "words"), [row[1:] for row in DOUBTFUL], ids=[row[0] for row in DOUBTFUL]
)
def test_what_is_seldom_meant_is_pointed_out(old: str, new: str, under: str, words: str) -> None:
    text = EVERYTHING.replace(old, new, 1)
    assert text != EVERYTHING
    if "has no end" in words:
        text = text.replace("ends = 2027-12-31\n", "")
    checked = check_program(text, ZoneInfo("Europe/Berlin"))
    assert checked.faults == ()
    assert len(checked.doubts) == 1, [str(doubt) for doubt in checked.doubts]
    (doubt,) = checked.doubts
    assert words in doubt.message
    assert text.split("\n")[doubt.line - 1][doubt.column - 1 :].startswith(under)


PRIZES = """
[program]
id = "x"
name = "X"
currency = "EUR"
[goals.a.advocate]
amount = "5.00"
[contests.month]
most_in = "month"
amount = "60.00"
[raffles.lots]
every = "week"
winners = 2
amount = "5.00"
[milestones.ten]
at = 10
amount = "20.00"
"""


@pytest.mark.parametrize(
    ("cap", "told"),
    [
        # 60 for the month's contest, 5 weeks of two lots of 5, and 20 for a milestone
        ('[caps.program.month]\nvalue = "130.00"', None),
        ('[caps.program.month]\nvalue = "129.99"', "contests.month, raffles.lots can come to 130.00 EUR in all"),
        ('[caps.program.lifetime]\nvalue = "89.99"', "can come to 90.00 EUR in all, which is more than this allows"),
        ('[caps.program.lifetime]\nvalue = "90.00"', None),
        ('[caps.program.lifetime]\nvalue = "59.00"', "contests.month alone can come to 60.00 EUR"),
        ('[caps.program.month]\nvalue = "80.00"\ngoals = ["a"]', None),
    ],
)
def test_prizes_are_weighed_against_a_budget_one_by_one_and_together(cap: str, told: str | None) -> None:
    checked = check_program(f"{PRIZES}{cap}\n", ZoneInfo("UTC"))
    assert checked.faults == ()
    assert len(checked.doubts) == (told is not None), [str(doubt) for doubt in checked.doubts]
    assert told is None or told in checked.doubts[0].message


def test_a_prize_that_a_number_can_refuse_is_pointed_out() -> None:
    text = f'{PRIZES}[caps.advocate.year]\ncount = 5\n[caps.program.day.also.coins]\nvalue = "1.00"\n'
    found = [doubt.message for doubt in check_program(text, ZoneInfo("UTC")).doubts]
    by_number = [words for words in found if "is refused once 5 rewards are given" in words]
    assert [words.partition(": ")[2].partition(" counts")[0] for words in by_number] == [
        "milestones.ten",
        "contests.month",
        "raffles.lots",
    ]


def test_who_invites_and_gets_nothing_is_pointed_out() -> None:
    text = '[program]\nid = "x"\nname = "X"\ncurrency = "EUR"\n[goals.a.friend]\namount = "5.00"\n'
    (doubt,) = check_program(text, ZoneInfo("UTC")).doubts
    assert "Whoever invites friends gets nothing" in doubt.message


def test_two_goals_of_one_event_are_pointed_out() -> None:
    text = (
        '[program]\nid = "x"\nname = "X"\ncurrency = "EUR"\n'
        '[goals.a.advocate]\namount = "5.00"\n[goals.b.advocate]\namount = "5.00"\n'
    )
    (doubt,) = check_program(text, ZoneInfo("UTC")).doubts
    assert (doubt.line, "One event reaches this and a alike" in doubt.message) == (7, True)
