"""Each program that ships does what made it what it was: its histories end as they are told, on both databases."""

from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from referrals.program_file import preset, preset_names, read_program
from tests.audit import audit
from tests.dialogue import Dialogue
from tests.presets.histories import History, histories
from tests.presets.playing import Play

LANGUAGES = {"en", "es"}
FOLDER = Path(__file__).parent
CASES = [(name, history) for name in preset_names() for history in histories(FOLDER / f"{name}.history")]


@pytest.mark.parametrize(("name", "history"), CASES, ids=[f"{name}: {history.title}" for name, history in CASES])
async def test_the_history_ends_as_it_is_told(unopened: Dialogue, name: str, history: History) -> None:
    await unopened.opens(preset(name))
    assert await Play(unopened).plays(history) == []
    await audit(unopened)


@pytest.mark.parametrize("name", preset_names())
def test_everything_that_customers_read_has_words_in_every_language(name: str) -> None:
    program = read_program(preset(name), ZoneInfo("UTC"))
    events = {event for goal in program.goals if not goal.says for event in goal.events}
    events |= {goal.hold.until_event for goal in program.goals if goal.hold.until_event}
    for event in events - {"purchase", "signup"}:
        assert program.events[event].keys() >= LANGUAGES, event
    # Letters that are the same in both need no second name.
    units = {unit for unit in program.units if unit != "mb"}
    for told in (*(program.units[unit] for unit in units), *(goal.says for goal in program.goals if goal.says)):
        assert told.keys() >= LANGUAGES, told


@pytest.mark.parametrize("name", preset_names())
def test_every_history_says_how_it_ends(name: str) -> None:
    told = list(histories(FOLDER / f"{name}.history"))
    assert told
    assert all(history.says_how_it_ends for history in told)
