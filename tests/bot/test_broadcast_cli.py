"""`grapevine broadcast` and `grapevine outbox`: whom it reaches is said first, and nothing is sent unasked."""

import shutil
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest

from bot.cli.outbox import age
from bot.clock import Clock, remember_clock
from bot.dispatch import Dispatcher, fresh_draw
from handlers.events import BotBlocked, Joined, Person, ProgramApplied, SettingChosen, Stopped
from referrals.identity import Identity
from referrals.program_file import preset
from storage.connect import Database
from tests.bot.commands import Said, at_terminal, grapevine

TEXT = "Hi {first_name}, new beans!"


@dataclass(frozen=True)
class Shop:
    """An installation in a folder, with a few customers."""

    folder: Path

    @property
    def url(self) -> str:
        return f"sqlite:///{self.folder}/grapevine.db"

    async def run(self, *words: str, **settings: str) -> Said:
        given = {"GRAPEVINE_DATABASE_URL": self.url, "GRAPEVINE_TIMEZONE": "Europe/Berlin", **settings}
        return await grapevine(self.folder, *words, **given)


@pytest.fixture
async def shop(tmp_path: Path, sqlite_template: Path) -> Shop:
    shutil.copyfile(sqlite_template, tmp_path / "grapevine.db")
    shop = Shop(tmp_path)
    database = Database(f"sqlite+aiosqlite:///{tmp_path}/grapevine.db")
    dispatch, now = Dispatcher(database, lambda: None).dispatch, Clock().now()
    await dispatch(ProgramApplied(at=now, draw=fresh_draw(), text=preset("demo"), zone="Europe/Berlin"))
    for number in range(5):
        who = Person(identity=Identity("telegram", str(number)), first_name=f"Guest{number}", language="en")
        await dispatch(Joined(at=now, draw=fresh_draw(), by=who))
        if number:
            await dispatch(SettingChosen(at=now, draw=fresh_draw(), by=who, choice="news:on"))
        if number == 4:
            await dispatch(BotBlocked(at=now, draw=fresh_draw(), by=who))
    gone = Person(identity=Identity("telegram", "9"), first_name="Gone")
    await dispatch(Joined(at=now, draw=fresh_draw(), by=gone))
    await dispatch(Stopped(at=now, draw=fresh_draw(), by=gone))
    await database.close()
    return shop


async def test_a_dry_run_says_whom_it_reaches_and_shows_it(shop: Shop) -> None:
    words = ("--text", TEXT, "--text-es", "Hola {first_name}", "--button", "share")
    said = await shop.run("broadcast", *words, "--dry-run")
    assert said.status == 0
    assert "For: everybody\n" in said.out
    assert "Customers it fits: 6. It goes to 3 of them (telegram 3).\n" in said.out
    assert "Left out: 1 has not agreed to news; 1 said stop; 1 blocked the bot or is in no chat of ours.\n" in said.out
    assert "It takes less than a minute to send" in said.out
    assert "Hi Ada, new beans!\n    You get this because you agreed to news and offers of Corner Café.\n" in said.out
    assert "whoever told no name:\n    Hi, new beans!" in said.out
    assert "Hola Ada\n" in said.out
    assert "[🎁 Invite a friend]  [No more of these]" in said.out
    assert said.out.endswith("Nothing was sent.\n")
    assert "no campaign" in (await shop.run("outbox")).out


async def test_without_anybody_to_ask_it_is_not_sent_unless_told(shop: Shop) -> None:
    said = await shop.run("broadcast", "--text", TEXT)
    assert said.out.endswith("Nothing was sent.\n")
    assert "Add --yes to send it" in said.err
    sent = await shop.run("broadcast", "--text", TEXT, "--yes")
    assert sent.status == 0
    assert "No worker is running at the moment: it leaves when Grapevine is started." in sent.out
    campaign = sent.out.split("on its way as ")[1].split(".")[0]
    shown = await shop.run("outbox")
    assert shown.out.startswith("Nothing waits.\n")
    assert f"{campaign}  running    sent 0 of 0 so far\n    Hi {{first_name}}, new beans!" in shown.out
    assert (await shop.run("outbox", "pause", campaign)).out == f"{campaign} is paused now.\n"
    assert (await shop.run("outbox", "pause", campaign)).out == f"{campaign} is paused; nothing changed.\n"
    assert (await shop.run("outbox", "resume", campaign)).out == f"{campaign} is running now.\n"
    assert (await shop.run("outbox", "cancel", campaign)).out == f"{campaign} is cancelled now.\n"
    unknown = await shop.run("outbox", "cancel", "cmp_none")
    assert (unknown.status, unknown.out) == (1, "")
    assert "There is no campaign with this id" in unknown.err


async def test_who_sends_the_same_words_again_is_told(shop: Shop) -> None:
    first = await shop.run("broadcast", "--text", TEXT, "--yes")
    campaign = first.out.split("on its way as ")[1].split(".")[0]
    assert "The same words" not in first.out
    assert f"The same words are in {campaign} of " in (await shop.run("broadcast", "--text", TEXT, "--dry-run")).out
    assert "The same words" not in (await shop.run("broadcast", "--text", "Others", "--dry-run")).out
    await shop.run("outbox", "cancel", campaign)
    assert "The same words" not in (await shop.run("broadcast", "--text", TEXT, "--dry-run")).out


async def test_in_a_playground_it_is_begun_by_the_clock_that_was_moved(shop: Shop) -> None:
    database, clock = Database(shop.url.replace("sqlite:", "sqlite+aiosqlite:")), Clock()
    clock.move(timedelta(days=14))
    await remember_clock(database, clock)
    assert "It is on its way" in (await shop.run("broadcast", "--text", TEXT, "--yes")).out
    async with database.reading() as store:
        [campaign] = await store.campaigns.newest(2)
    await database.close()
    assert campaign.created_at > Clock().now() + timedelta(days=13)


async def test_whoever_sits_there_is_asked(shop: Shop) -> None:
    assert "Nothing was sent." in await asked(shop, "n")
    assert "It is on its way as cmp_" in await asked(shop, "y")


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ((), "There is no text: --text says what they read."),
        (("--text", "Hi {name}"), "{name} is nothing that can be filled in; there is only {first_name}."),
        (("--text", "x" * 3000), "has 3,000 characters with long names in it; 2,900 fit."),
        (("--text", "Hi", "--text-pl", "Cześć"), "There are no texts in “pl” here; the languages are en, es."),
        (("--text", "Hi", "--text-es", "{nombre}"), "The text in “es” cannot be sent. {nombre} is nothing"),
        (("--text", "Hi", "--segment", "referals>=1"), "Did you mean “referrals”?"),
        (("--text", "Hi", "--button", "buy"), "“buy” is no button. There are share, status, rewards, top."),
        (("--text", "Hi", "--segmnt", "friend"), "“--segmnt” is no option of this command. Did you mean --segment?"),
    ],
)
async def test_what_cannot_be_sent_is_said_before_anything_is_asked(
    shop: Shop, words: tuple[str, ...], told: str
) -> None:
    said = await shop.run("broadcast", *words, "--yes")
    assert (said.status, said.out) == (2, "")
    assert told in said.err


async def test_a_segment_for_nobody_is_not_sent(shop: Shop) -> None:
    said = await shop.run("broadcast", "--text", "Hi", "--segment", "referrals>=1", "--yes")
    assert said.out.endswith("There is nobody to send it to.\n")


async def test_without_a_program_there_is_nothing_to_write_about(tmp_path: Path) -> None:
    said = await Shop(tmp_path).run("broadcast", "--text", "Hi", "--yes")
    assert said.status == 2
    assert "No program is running yet" in said.err


@pytest.mark.parametrize(
    ("waited", "said"),
    [
        (timedelta(seconds=-1), "0 s"),
        (timedelta(seconds=59), "59 s"),
        (timedelta(minutes=3, seconds=40), "3 min"),
        (timedelta(hours=30), "1 d"),
        (timedelta(hours=5, minutes=59), "5 h"),
    ],
)
def test_an_age_is_said_to_the_unit_that_matters(waited: timedelta, said: str) -> None:
    assert age(waited) == said


async def asked(shop: Shop, answer: str) -> str:
    """Run the command at a terminal, answer what it asks, and return what stood there."""
    talk = [("Send it to 3 people?", answer)] if answer else []
    return await at_terminal(shop.folder, ["broadcast", "--text", TEXT], talk, GRAPEVINE_DATABASE_URL=shop.url)
