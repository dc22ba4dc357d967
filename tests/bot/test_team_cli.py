"""The team, kept from the command line: who may be on it, with which role, and what is said to whoever tries."""

import asyncio
import shutil
import signal
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.cli import members
from bot.cli.members import NotAMember
from bot.cli.team import Role, welcome
from bot.playground.slack.peer import CAROL, OWNER, SAM, TEAM, XENA
from handlers.staffing import ROLES
from referrals.identity import Identity
from tests.bot.commands import PATIENCE, Slack, at_terminal, slack, whole_environment

NOWHERE = "http://127.0.0.1:1"
OLGA = Identity("slack", f"{TEAM}.{OWNER}")


@pytest.fixture
async def workspace(tmp_path: Path, sqlite_template: Path) -> AsyncIterator[Slack]:
    shutil.copyfile(sqlite_template, tmp_path / "grapevine.db")
    async with slack(tmp_path) as found:
        yield found


def test_the_roles_are_those_of_the_team() -> None:
    assert tuple(Role) == ROLES


async def test_somebody_is_added_promoted_listed_and_removed(workspace: Slack) -> None:
    viewer = await workspace.run("team", "add", CAROL)
    assert (viewer.status, viewer.out) == (0, "Carol is on the team now, as a viewer.\n")
    assert "There is no owner yet: grapevine team add MEMBER --role owner" in viewer.err
    owner = await workspace.run("team", "add", f"<@{OWNER}>", "--role", "owner")
    assert (owner.status, owner.out, owner.err) == (0, "Olga is on the team now, as an owner.\n", "")
    promoted = await workspace.run("team", "add", CAROL, "--role", "manager")
    assert promoted.out == "Carol is a manager now; they were a viewer.\n"
    listed = await workspace.run("team", "list")
    rows = [line.split() for line in listed.out.splitlines()]
    assert [(row[0], row[1], row[-1]) for row in rows] == [
        (f"slack:{TEAM}.{CAROL}", "manager", "Carol"),
        (f"slack:{OLGA.subject}", "owner", "Olga"),
    ]
    removed = await workspace.run("team", "remove", rows[0][0])
    assert removed.out == f"slack:{TEAM}.{CAROL} is no longer on the team; they were a manager.\n"
    assert [member.identity for member in await members.everyone(workspace.settings)] == [OLGA]


async def test_somebody_of_telegram_is_removed_by_what_the_list_shows(workspace: Slack) -> None:
    await workspace.run("team", "add", "telegram:1001")
    (row,) = (await workspace.run("team", "list")).out.splitlines()
    removed = await workspace.run("team", "remove", row.split()[0])
    assert removed.out == "telegram:1001 is no longer on the team; they were a viewer.\n"


async def test_the_same_role_again_is_said_to_be_no_change(workspace: Slack) -> None:
    carol = await members.find(workspace.settings, CAROL)
    await members.add(workspace.settings, carol, "manager")
    again = await members.add(workspace.settings, carol, "manager")
    assert welcome(carol, "manager", again) == "Carol was a manager already."


async def test_the_last_owner_stays(workspace: Slack) -> None:
    olga = await members.find(workspace.settings, OWNER)
    await members.add(workspace.settings, olga, "owner")
    assert (await members.add(workspace.settings, olga, "viewer")).refused == "last-owner"
    said = await workspace.run("team", "remove", OWNER)
    assert (said.status, said.out) == (1, "")
    assert "They are the only owner. Make somebody else an owner first" in said.err
    assert [member.role for member in await members.everyone(workspace.settings)] == ["owner"]


async def test_an_empty_team_is_told_what_to_do(workspace: Slack) -> None:
    said = await workspace.run("team", "list")
    assert (said.status, said.out) == (0, "")
    assert "grapevine team add MEMBER --role owner" in said.err


async def test_an_unknown_role_is_answered_with_the_roles(workspace: Slack) -> None:
    said = await workspace.run("team", "add", SAM, "--role", "king")
    assert said.status == 2
    assert all(role in said.err for role in ROLES)


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("Olga", "“Olga” is not a member id such as U0123ABCD"),
        ("U0NOBODY", "Slack knows nobody with the id U0NOBODY here"),
        (XENA, "Xena belongs to another organisation"),
        (f"T0OTHER.{XENA}", "T0OTHER is another workspace; the app is installed in T0CAFE"),
        ("USLACKBOT", "Slack knows nobody"),
        ("", "is not a member id"),
    ],
)
async def test_who_cannot_be_on_the_team_is_refused_in_words(workspace: Slack, written: str, told: str) -> None:
    with pytest.raises(NotAMember, match=told):
        await members.find(workspace.settings, written)


async def test_an_app_and_a_deactivated_person_are_refused(workspace: Slack) -> None:
    workspace.peer.people[SAM].deactivated = True
    with pytest.raises(NotAMember, match="Sam has been deactivated"):
        await members.find(workspace.settings, SAM)
    with pytest.raises(NotAMember, match=r"is an app|knows nobody"):
        await members.find(workspace.settings, "U0GRAPE")


@pytest.mark.parametrize("written", [OWNER, OWNER.lower(), f" <@{OWNER}> ", OLGA.subject, f"slack:{OLGA.subject}"])
async def test_an_id_is_taken_as_people_paste_it(workspace: Slack, written: str) -> None:
    found = await members.find(workspace.settings, written)
    assert (found.identity, found.name) == (OLGA, "Olga")


async def test_somebody_of_telegram_is_named_by_their_number(workspace: Slack) -> None:
    assert (await members.find(workspace.settings, "telegram:1001")).identity == Identity("telegram", "1001")


@pytest.mark.parametrize("lost", [{"slack_bot_token": None}, {"slack_api_url": NOWHERE}])
async def test_without_slack_a_whole_id_is_taken_at_its_word(workspace: Slack, lost: dict[str, str | None]) -> None:
    settings = workspace.with_settings(**lost).settings
    assert (await members.find(settings, OLGA.subject)).identity == OLGA
    with pytest.raises(NotAMember, match=f"Give the whole id, such as T0123ABCD.{OWNER}"):
        await members.find(settings, OWNER)


async def test_a_refused_token_is_said_so(workspace: Slack) -> None:
    with pytest.raises(NotAMember, match=r"refuses the bot's token \(invalid_auth\)"):
        await members.find(workspace.with_settings(slack_bot_token="xoxb-wrong").settings, OWNER)


async def test_somebody_whom_slack_knows_no_longer_can_be_removed(workspace: Slack) -> None:
    settings = workspace.settings
    await members.add(settings, await members.find(settings, OWNER), "owner")
    await members.add(settings, await members.find(settings, SAM), "viewer")
    del workspace.peer.people[SAM]
    assert (await members.known(settings, SAM)).subject == f"{TEAM}.{SAM}"
    with pytest.raises(NotAMember, match="is not on the team"):
        await members.known(settings, CAROL)


async def test_the_first_start_asks_who_owns_the_program(workspace: Slack) -> None:
    shown = await _starts(workspace, [("Who owns this program?", "Olga"), ("Who owns", OWNER), ("That is Olga", "y")])
    assert "“Olga” is not a member id" in shown
    assert "Olga is on the team now, as an owner." in shown
    assert [(one.identity, one.role) for one in await members.everyone(workspace.settings)] == [(OLGA, "owner")]


async def test_the_question_can_wait(workspace: Slack) -> None:
    shown = await _starts(workspace, [("Who owns this program?", "")])
    assert "Later, then: grapevine team add MEMBER --role owner" in shown
    assert await members.everyone(workspace.settings) == []


async def test_where_nobody_can_answer_the_command_is_named(workspace: Slack) -> None:
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot", "run"),
        cwd=workspace.folder,
        # A process without chats opens no socket, which nobody serves here.
        env=whole_environment(workspace.environment | {"GRAPEVINE_ROLES": "web,worker"}),
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
    )
    assert process.stdout is not None
    async with asyncio.timeout(PATIENCE):
        shown = [(await process.stdout.readline()).decode().strip() for _ in range(3)]
        process.send_signal(signal.SIGTERM)
        assert await process.wait() == 0
    assert shown[0].endswith("Put yourself on it: grapevine team add MEMBER --role owner")
    assert shown[1] == "Grapevine is running; the Slack app is https://slack.com/app_redirect?app=A0GRAPE&team=T0CAFE"
    assert shown[2].startswith("http://localhost:")


async def _starts(workspace: Slack, talk: list[tuple[str, str]]) -> str:
    """Start the service at a terminal; it ends by itself after the questions."""
    # Nobody can listen on an address of documentation.
    return await at_terminal(workspace.folder, ["run"], talk, **workspace.environment, GRAPEVINE_HOST="192.0.2.1")
