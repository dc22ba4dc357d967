"""Each program is read aloud along a whole story, over the turn of a year: nothing that a customer reads misleads."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass, replace
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from babel.dates import get_month_names

from handlers.events import LandingViewed, Person
from handlers.stipulating import conditions, limits
from messages.catalog import Catalog
from messages.markup import Markup
from messages.message import Day, Message, Moment, Phrase, Worth
from referrals.money import CURRENCIES
from referrals.program_file import preset, preset_names, read_program
from referrals.rewarding import Side
from tests.dialogue import ADDRESSES, UTC_READER, Dialogue
from tests.people import someone
from tests.presets.histories import histories
from tests.presets.playing import Play

FOLDER = Path(__file__).parent
NAMELESS = someone("", 4998)
SPOKEN = ("en", "es")
ASKED = ("/start", "/share", "/status", "/rewards", "/help", "when do I get it?", "what are the conditions?")
MONTHS = {name.lower(): number for spoken in SPOKEN for number, name in get_month_names("wide", locale=spoken).items()}
WITHOUT_YEAR = re.compile(rf"\b(\d\d?) (?:de )?({'|'.join(MONTHS)})\b(?!(?: de)? \d{{4}})", re.IGNORECASE)
STUMBLES = {
    "a marketer's key": re.compile(r"\b[a-z]+_[a-z_]+\b"),
    "a promise of nothing": re.compile(r"\b(?:gets? nothing|recibe nada|nothing for|nada para)\b"),
    "a sentence without its capital": re.compile(r"(?:^|[.!?] |[🎉🎯🏅] )(?:a friend|una amistad)\b", re.MULTILINE),
    "one of several": re.compile(r"\b1 (?:completed referrals|rewards|days|recomendaciones|recompensas|días)\b"),
}


@pytest.mark.parametrize("name", preset_names())
async def test_nobody_stumbles_over_what_they_read(unopened: Dialogue, name: str) -> None:
    talk = unopened
    await talk.passes(days=290)  # 17 December: most of what is promised lies in another year
    await talk.opens(preset(name))
    play = Play(talk)
    history = next(iter(histories(FOLDER / f"{name}.history")))
    assert not (await talk.joins(NAMELESS, await talk.code_of(someone("Nora", 4999)))).refused
    await _reads_along(talk, NAMELESS)
    await play.plays(history)
    for who in play.people.values():
        await _reads_along(talk, who)


@pytest.mark.parametrize("name", preset_names())
@pytest.mark.parametrize("language", SPOKEN)
def test_the_terms_tell_all_that_decides_over_money(catalog: Catalog, name: str, language: str) -> None:
    program = read_program(preset(name), ZoneInfo("UTC"))
    reader = replace(UTC_READER, language=language)
    for side in Side:
        lines = [*conditions(program, side), *limits(program, "advocate")]
        said = "\n".join(
            catalog.text(line.key, line.values, reader, markup=Markup.PLAIN, address=ADDRESSES.of) for line in lines
        )
        asked = [goal.minimum for goal in program.goals if goal.minimum is not None]
        asked += [cap.value for cap in program.caps if cap.owner == "advocate" and cap.value is not None]
        for amount in asked:
            assert _written(Worth(amount), catalog, language) in said
        days = [goal.hold.days.days for goal in program.goals if goal.hold.days.days > 1]
        days += [goal.hold.gives_up_after.days for goal in program.goals if goal.hold.until_event]
        rules = [rule for goal in program.goals for rule in goal.rewards if rule.side is side]
        days += [min(held) for held in [[rule.expiry.after.days for rule in rules if rule.expiry.after]] if held]
        counts = [cap.count for cap in program.caps if cap.owner == "advocate" and (cap.count or 0) > 1]
        counts += [prize.at for prize in program.milestones if side is Side.ADVOCATE and prize.at > 1]
        for number in (*days, *counts):
            assert re.search(rf"\b{number}\b", said), number


def test_a_limit_by_number_and_by_worth_tells_both_and_what_it_is_about(catalog: Catalog) -> None:
    second = '[goals.again]\nevent = "stay"\nhold_days = 0\n[goals.again.advocate]\namount = "1.00"\n'
    cap = (
        '[caps.advocate.year]\ncount = 10\nvalue = "12.00"\ngoals = ["again"]\n[caps.program.month]\nvalue = "99.00"\n'
    )
    program = read_program(preset("demo") + second + cap, ZoneInfo("UTC"))
    lines = [*limits(program, "advocate"), *conditions(program)]
    said = [catalog.text(each.key, each.values, UTC_READER, markup=Markup.PLAIN, address=str) for each in lines]
    assert said[:3] == ["At most 10 rewards a year.", "At most €12 a year.", "That limit is for this alone: “stay”."]
    assert [line for line in said if "gives away in a month" in line]
    assert not [line for line in said if "99" in line]


async def _reads_along(talk: Dialogue, who: Person) -> None:
    """Let somebody ask for everything there is, and look over their shoulder."""
    said: list[Message | Phrase] = [told.message for told in await talk.notices_for(who)]
    for words in ASKED:
        said += (await talk.says(who, words)).outcome.answers
    landing = await talk.tells(LandingViewed, code=await talk.code_of(who))
    said += landing.reply["conditions"]
    for message in said:
        days = {day.at for day in _days(message) if day.at.year == talk.clock.now().year}
        for talk.language in SPOKEN:
            text = talk.reads(message)
            assert not [why for why, stumble in STUMBLES.items() if stumble.search(text)], text
            assert not list(_undated(text, days)), text
    talk.language = SPOKEN[0]


def _undated(text: str, days: set[datetime]) -> Iterator[str]:
    """Find the dates that are written like one of this year and are of another."""
    of_this_year = {(day.day, day.month) for day in days}
    for found in WITHOUT_YEAR.finditer(text):
        if (int(found[1]), MONTHS[found[2].lower()]) not in of_this_year:
            yield found[0]


def _days(of: object) -> Iterator[Day | Moment]:
    if isinstance(of, Day | Moment):
        yield of
    elif isinstance(of, Mapping):
        for value in of.values():
            yield from _days(value)
    elif isinstance(of, tuple | list):
        for value in of:
            yield from _days(value)
    elif is_dataclass(of):
        for part in fields(of):
            yield from _days(getattr(of, part.name))


def _written(worth: Worth, catalog: Catalog, language: str) -> str:
    assert worth.amount.unit in CURRENCIES
    return catalog.cell(worth, replace(UTC_READER, language=language), address=str)
