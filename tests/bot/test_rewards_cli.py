"""Rewards and codes from the command line: handing over, taking back, giving again, and loading a stock."""

import shutil
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from handlers.events import RewardClaimed, RewardTakenBack
from messages.catalog import Catalog
from storage.connect import Database
from storage.schema import stock
from tests.bot.commands import Said, grapevine
from tests.dialogue import Dialogue
from tests.giving import ready, states
from tests.people import ALICE

CARDS = "code,value\nCARD-1-SECRET,10\nCARD-2-SECRET,10\n,10\nCARD-1-SECRET,10\n\nCARD-3-\x07SECRET,10\n"


@dataclass(frozen=True)
class Shop:
    """A shop on a file, and the commands of whoever runs it."""

    folder: Path
    talk: Dialogue

    async def run(self, *words: str) -> Said:
        """Run `grapevine …`; no code of a stock may stand in what it says."""
        said = await grapevine(self.folder, *words, GRAPEVINE_DATABASE_URL=f"sqlite:///{self.folder}/grapevine.db")
        assert "SECRET" not in said.out + said.err
        return said


@pytest.fixture
async def shop(tmp_path: Path, sqlite_template: Path, catalog: Catalog) -> AsyncIterator[Shop]:
    shutil.copyfile(sqlite_template, tmp_path / "grapevine.db")
    database = Database(f"sqlite+aiosqlite:///{tmp_path}/grapevine.db")
    talk = Dialogue(database, catalog)
    await talk.opens()
    yield Shop(tmp_path, talk)
    await database.close()


async def test_what_waits_is_listed_and_handed_over(shop: Shop) -> None:
    first = await ready(shop.talk, ALICE, kind="payout", delivery="team")
    second = await ready(shop.talk, ALICE, kind="payout", delivery="team")
    assert (await shop.run("rewards", "waiting")).err == "Nothing waits.\n"
    for reward in (first, second):
        await shop.talk.tells(RewardClaimed, by=ALICE, reward=reward)
    listed = await shop.run("rewards", "waiting")
    assert [line.split()[:4] for line in listed.out.splitlines()] == [
        [reward, "payout", "10.00", "EUR"] for reward in sorted((first, second))
    ]
    assert (await shop.run("rewards", "done", first)).out == f"{first} is handed over.\n"
    again = await shop.run("rewards", "done", first)
    assert (again.status, again.err) == (1, "This has been dealt with already, or is no longer needed.\n")
    refused = await shop.run("rewards", "refuse", second, "--because", "Please send us your bank account.")
    assert refused.out == f"{second} is back with its customer, to claim again.\n"
    assert await states(shop.talk, first, second) == ["redeemed", "available"]
    assert "Please send us your bank account." in (await shop.talk.notices_for(ALICE))[-1].text


async def test_a_reward_is_taken_back_given_again_and_granted(shop: Shop) -> None:
    reward = await ready(shop.talk, ALICE)
    revoked = await shop.run("rewards", "revoke", reward, "--because", "A test order.")
    assert revoked.out == f"{reward} is taken back.\n"
    again = await shop.run("rewards", "regrant", reward, "--because", "It was none.")
    assert again.out.endswith(f"is given for {reward}.\n")
    customer = await shop.talk.id_of(ALICE)
    granted = await shop.run("rewards", "grant", customer, "7.50", "EUR", "--as", "credit", "--because", "Thank you.")
    assert granted.out.startswith("rwd_")
    assert await shop.talk.balances_of(ALICE) == {"available": 1750}
    for words in (["revoke", reward, "--because", " "], ["grant", customer, "0", "EUR", "--because", "x"]):
        assert (await shop.run("rewards", *words)).status == 2
    unknown = await shop.run("rewards", "revoke", "rwd_0", "--because", "x")
    assert (unknown.status, unknown.err) == (1, "There is no reward with this id.\n")


async def test_codes_are_loaded_and_bad_lines_named_without_them(shop: Shop) -> None:
    file = shop.folder / "cards.csv"
    file.write_text(CARDS, encoding="utf-8-sig")
    loaded = await shop.run("codes", "load", "coffee-cards", str(file))
    assert loaded.out == "2 of 2 codes are new in “coffee-cards”, where 2 are free now.\n"
    for words in ("no code: line 4", "the same code as on an earlier line: line 5", "cannot be shown: line 7"):
        assert words in loaded.err
    file.write_text("CARD-2-SECRET\nCARD-4-SECRET\n")
    more = await shop.run("codes", "load", "coffee-cards", str(file))
    assert more.out == "1 of 2 codes are new in “coffee-cards”, where 3 are free now.\n"
    assert "already in this stock: line 1" in more.err
    assert (await shop.run("codes", "list")).out == "coffee-cards  3 free  0 given out\n"
    assert sorted(row.code for row in await shop.talk.rows(stock)) == [f"CARD-{n}-SECRET" for n in (1, 2, 4)]


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("Coffee Cards", b"A\n", "is no name of a stock"),
        ("cards", b"\n\n", "holds no code"),
        ("cards", b"\xff\xfe", "cannot be read as a CSV file"),
    ],
)
async def test_what_cannot_be_loaded_is_said(shop: Shop, name: str, content: bytes, words: str) -> None:
    file = shop.folder / "cards.csv"
    file.write_bytes(content)
    said = await shop.run("codes", "load", name, str(file))
    assert said.status != 0
    assert words in said.err
    assert not await shop.talk.rows(stock)


async def test_appeals_are_listed_and_answered_with_a_note(shop: Shop) -> None:
    await shop.talk.has_team()
    rewards = [await ready(shop.talk, ALICE) for _ in range(2)]
    assert (await shop.run("appeals", "waiting")).err == "Nothing waits.\n"
    for reward in rewards:
        await shop.talk.tells(RewardTakenBack, reward=reward, because="It was a test.")
        await shop.talk.hears(shop.talk.tapped(ALICE, "appeal", reward))
    cases = {line.split()[2]: line.split()[0] for line in (await shop.run("appeals", "waiting")).out.splitlines()}
    assert set(cases) == set(rewards)
    given = await shop.run("appeals", "grant", cases[rewards[0]], "--because", "It was no test.")
    assert given.out.endswith(f"is given for {cases[rewards[0]]}.\n")
    kept = await shop.run("appeals", "keep", cases[rewards[1]], "--because", "It was one.")
    assert kept.out == f"The decision of {cases[rewards[1]]} is kept.\n"
    again = await shop.run("appeals", "keep", cases[rewards[0]], "--because", "It was one.")
    assert (again.status, again.err) == (1, "This case has been answered already.\n")
    assert "The team writes: It was one." in (await shop.talk.notices_for(ALICE))[-1].text
