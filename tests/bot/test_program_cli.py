"""Programs from the command line: what is wrong is shown at its place, what changes is told before it is applied."""

import json
import shutil
from pathlib import Path

import pytest

from bot.cli.remarks import pointed_at
from referrals.program_file import Remark, preset
from tests.bot.commands import Said, at_terminal, grapevine

DEMO = preset("demo")


class Shop:
    """A folder with a database and program files, and the commands run in it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.settings = {
            "GRAPEVINE_DATABASE_URL": f"sqlite:///{folder}/grapevine.db",
            "GRAPEVINE_TIMEZONE": "Europe/Berlin",
        }

    def writes(self, name: str, text: str) -> None:
        """Put a file into the folder."""
        (self.folder / name).write_text(text, encoding="utf-8")

    async def runs(self, *words: str) -> Said:
        """Run `grapevine program …` where nobody can answer."""
        return await grapevine(self.folder, "program", *words, **self.settings)

    async def answers(self, answer: str, *words: str) -> str:
        """Run `grapevine program …` at a terminal, and answer the one question it asks."""
        return await at_terminal(self.folder, ["program", *words], [("Apply it?", answer)], **self.settings)


@pytest.fixture
def shop(tmp_path: Path, sqlite_template: Path) -> Shop:
    shutil.copyfile(sqlite_template, tmp_path / "grapevine.db")
    return Shop(tmp_path)


async def test_faults_are_shown_at_their_places(shop: Shop) -> None:
    shop.writes("good.toml", DEMO)
    shop.writes("bad.toml", DEMO.replace('"5.00"', "5.00").replace("hold_days", "hold-days"))
    said = await shop.runs("check", "good.toml", "bad.toml", "demo")
    assert said.status == 1
    assert said.out == "good.toml is fine: Corner Café, 1 goal, in EUR.\ndemo is fine: Corner Café, 1 goal, in EUR.\n"
    lines = said.err.splitlines()
    assert lines[0].startswith("bad.toml:15:1: goals.first-purchase.hold-days: There is no such setting. Did you mean")
    assert lines[1:3] == [
        "  15 | hold-days = 14             # rewards wait this long, because a purchase can be returned",
        "     | ^",
    ]
    assert lines[3].startswith("bad.toml:22:10: goals.first-purchase.friend.amount: 5.00 does not fit. Write an amount")
    assert lines[4:] == ["  22 | amount = 5.00", "     |          ^", "bad.toml cannot be used: 2 faults."]


async def test_doubts_fail_only_where_that_is_asked_for(shop: Shop) -> None:
    shop.writes("cap.toml", f'{DEMO}\n[caps.advocate.year]\nvalue = "1.00"\n')
    said = await shop.runs("check", "cap.toml")
    assert (said.status, said.out) == (0, "cap.toml is fine: Corner Café, 1 goal, in EUR.\n")
    assert "cap.toml:33:9: Is this meant? caps.advocate.year.value: One reward for first-purchase" in said.err
    assert (await shop.runs("check", "--strict", "cap.toml")).status == 1


async def test_a_file_that_is_not_there_is_another_matter(shop: Shop) -> None:
    said = await shop.runs("check", "nowhere.toml")
    assert said.status == 2
    assert "nowhere.toml cannot be read as text, and no preset has this name" in said.err


async def test_a_change_is_told_asked_about_and_applied(shop: Shop) -> None:
    shop.writes("cafe.toml", DEMO)
    unasked = await shop.runs("apply", "cafe.toml")
    assert unasked.status == 1
    assert unasked.err.endswith("Nothing was changed: there is nobody here to ask. Add --yes to go on.\n")
    first = await shop.runs("apply", "cafe.toml", "--yes")
    assert "- Advocates get €10 for first-purchase.\n" in first.out
    assert first.out.endswith("No program is running yet.\nRevision 1 of demo is running now.\n")

    shop.writes("cafe.toml", DEMO.replace('advocate]\namount = "10.00"', 'advocate]\namount = "15.00"'))
    dry = await shop.runs("apply", "cafe.toml", "--dry-run")
    told = (
        "- Advocates get €15 instead of €10 for first-purchase.\n"
        "Nothing changes for referrals that are open: they keep the terms they were made under.\n"
    )
    assert (dry.status, dry.out) == (0, told)

    refused = await shop.answers("n", "apply", "cafe.toml")
    assert "Nothing was changed." in refused
    agreed = await shop.answers("y", "apply", "cafe.toml")
    assert "Revision 2 of demo is running now." in agreed
    again = await shop.runs("apply", "cafe.toml", "--yes")
    assert again.out.startswith("Nobody would notice a difference.\n")
    assert again.out.endswith("Revision 2 of demo was running already.\n")


async def test_what_ran_before_stays_readable(shop: Shop) -> None:
    shop.writes("cafe.toml", DEMO.replace("hold_days = 14", "hold_days = 3"))
    assert (await shop.runs("show")).status == 1
    await shop.runs("apply", "demo", "--yes")
    await shop.runs("apply", "cafe.toml", "--yes")
    assert "hold_days = 3" in (await shop.runs("show")).out
    early = await shop.runs("show", "--revision", "1")
    assert early.out.startswith("# Revision 1 of demo, applied on ")
    assert early.out.partition("\n")[2] == DEMO
    assert "Rewards for first-purchase come after 3 days.\n" in (await shop.runs("show", "--words")).out
    history = (await shop.runs("history")).out.splitlines()
    assert [line.partition(",")[0] for line in history] == [
        "demo 2",
        "  Rewards for first-purchase come after 3 days instead of after 14 days.",
        "demo 1",
    ]
    missing = await shop.runs("show", "--revision", "7")
    assert (missing.status, missing.out) == (1, "")


async def test_a_broken_file_changes_nothing(shop: Shop) -> None:
    shop.writes("cafe.toml", DEMO.replace('"EUR"', '"EURO"'))
    said = await shop.runs("apply", "cafe.toml")
    assert said.status == 1
    assert "cafe.toml:6:12: program.currency:" in said.err
    assert (await shop.runs("history")).status == 1


async def test_a_program_is_paused_and_goes_on(shop: Shop) -> None:
    assert (await shop.runs("pause")).status == 1
    await shop.runs("apply", "demo", "--yes")
    assert (await shop.runs("pause")).out.startswith("Corner Café is paused. Nobody new can join")
    shop.writes("cafe.toml", DEMO.replace("hold_days = 14", "hold_days = 3"))
    applied = await shop.runs("apply", "cafe.toml", "--yes")
    assert "It is paused: grapevine program resume" in applied.out
    assert (await shop.runs("resume")).out == "Corner Café goes on: friends can join again.\n"


async def test_presets_and_the_schema_are_printed(shop: Shop) -> None:
    listed = await shop.runs("presets")
    assert "demo" in listed.out
    assert all(len(line.split("  ", 1)) == 2 for line in listed.out.splitlines())
    assert (await shop.runs("presets", "--show", "demo")).out == DEMO
    assert "There are: " in (await shop.runs("presets", "--show", "dropbux")).err
    assert json.loads((await shop.runs("schema")).out)["title"] == "Grapevine program"


@pytest.mark.parametrize(
    ("line", "column", "shown", "caret"),
    [
        ("a = 1", 5, "a = 1", "    ^"),
        ("\ta = 1", 6, " a = 1", "     ^"),
        ('a = "咖啡", b', 11, 'a = "咖啡", b', " " * 12 + "^"),
        ("e\u0301 = 1", 6, "e\u0301 = 1", "    ^"),
        ("a = \x1b[31m", 5, "a = \N{REPLACEMENT CHARACTER}[31m", "    ^"),
        ("x" * 300 + "y", 301, "…" + "x" * 60 + "y", " " * 61 + "^"),
        ("short", 6, "short", "     ^"),
    ],
)
def test_the_caret_stands_below_its_column(line: str, column: int, shown: str, caret: str) -> None:
    remark = Remark(message="", line=1, column=column)
    assert pointed_at(remark, line) == [f"  1 | {shown}", f"    | {caret}"]
