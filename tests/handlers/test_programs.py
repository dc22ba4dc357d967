"""Programs: applying a file makes a revision once, and referrals keep the terms they were made under."""

import pytest

from handlers.events import ProgramApplied
from referrals.program_file import ProgramFileError, preset
from storage.schema import programs, revisions
from tests.dialogue import Dialogue
from tests.people import ALICE, BOB, CHLOE

DEMO = preset("demo")


async def test_the_same_text_again_is_no_new_revision(unopened: Dialogue) -> None:
    assert (await unopened.opens()).reply == {"program": "demo", "revision": 1, "is_new": True}
    assert (await unopened.opens()).reply == {"program": "demo", "revision": 1, "is_new": False}
    assert (await unopened.opens(zone="Europe/Berlin")).reply["revision"] == 2
    assert (await unopened.opens(DEMO + "\n")).reply["revision"] == 3


async def test_one_program_runs_at_a_time(talk: Dialogue) -> None:
    await talk.opens(DEMO.replace('id = "demo"', 'id = "spring"'))
    assert {row.id: bool(row.is_running) for row in await talk.rows(programs)} == {"demo": False, "spring": True}
    await talk.opens()
    assert {row.id: bool(row.is_running) for row in await talk.rows(programs)} == {"demo": True, "spring": False}


async def test_a_broken_file_is_refused_and_nothing_is_written(talk: Dialogue) -> None:
    before = await talk.counts()
    with pytest.raises(ProgramFileError):
        await talk.opens(DEMO.replace("10.00", "ten"))
    assert await talk.counts() == before


async def test_a_referral_is_judged_by_its_own_terms(talk: Dialogue) -> None:
    await talk.brings(ALICE, BOB)
    await talk.opens(DEMO.replace('minimum = "10.00"', 'minimum = "50.00"').replace("hold_days = 14", "hold_days = 3"))
    await talk.brings(ALICE, CHLOE)
    assert (await talk.buys(BOB)).decision == "qualified"
    assert (await talk.buys(CHLOE)).decision == "below-minimum"
    assert "yours on 16 March" in (await talk.says(BOB, "/start")).text


async def test_many_processes_that_start_at_once_apply_one_revision(unopened: Dialogue) -> None:
    events = [ProgramApplied(**unopened.now(), text=DEMO, zone="UTC") for _ in range(8)]
    heard = await unopened.all_at_once(list(events))
    assert {one.reply["revision"] for one in heard} == {1}
    assert len(await unopened.rows(revisions)) == 1
