"""The doctor, before a pretend Slack: whatever is wrong is named, with what to do, and no token is shown."""

import shutil
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest
from pydantic import ValidationError

from bot.cli import members
from bot.cli.slack_check import examine_slack
from bot.playground.slack.peer import APP_TOKEN, BOT_TOKEN, OWNER, TEAM_CHANNEL
from bot.settings import Settings
from tests.bot.commands import Slack, grapevine, slack

NOWHERE = "http://127.0.0.1:1"


@pytest.fixture
async def workspace(tmp_path: Path, sqlite_template: Path) -> AsyncIterator[Slack]:
    """A workspace in which all is well: the channel is there, the app is in it, and Olga owns the program."""
    shutil.copyfile(sqlite_template, tmp_path / "grapevine.db")
    async with slack(tmp_path) as found:
        well = found.with_settings(slack_team_channel=TEAM_CHANNEL)
        await members.add(well.settings, await members.find(well.settings, OWNER), "owner")
        yield well


async def findings(workspace: Slack) -> dict[str, str | None]:
    """Look at everything of Slack's."""
    return {name: wrong async for name, wrong in examine_slack(workspace.settings)}


async def test_where_all_is_well_nothing_is_found(workspace: Slack) -> None:
    assert set((await findings(workspace)).values()) == {None}


async def test_the_command_says_so_and_ends_with_nought(workspace: Slack) -> None:
    said = await workspace.run("doctor")
    assert said.status == 0, said
    lines = said.out.splitlines()
    assert {"Settings: fine", "Slack: fine", "Slack way in: fine", "Slack scopes: fine", "Slack team: fine"} <= {*lines}
    assert "Telegram: note: no GRAPEVINE_TELEGRAM_TOKEN" in lines


async def test_the_command_ends_with_one_when_something_is_wrong(workspace: Slack) -> None:
    said = await workspace.with_settings(slack_app_token=None).run("doctor")
    assert said.status == 1
    assert "Settings: GRAPEVINE_SLACK_BOT_TOKEN: Slack has no way in" in said.out
    assert "Something above needs your attention." in said.err


@pytest.mark.parametrize(
    ("changed", "where", "told"),
    [
        ({"slack_bot_token": "xoxb-wrong"}, "Slack", "refused (invalid_auth); copy the Bot User OAuth Token again"),
        ({"slack_app_token": "xapp-wrong"}, "Slack way in", "the app token is refused (invalid_auth)"),
        ({"slack_api_url": NOWHERE}, "Slack", "is this machine online?"),
        ({"slack_api_url": NOWHERE}, "Slack way in", "is this machine online?"),
        ({"slack_team_channel": None}, "Slack team channel", "note: GRAPEVINE_SLACK_TEAM_CHANNEL is not set"),
        ({"slack_team_channel": "C0NOWHERE"}, "Slack team channel", "C0NOWHERE is not there"),
        ({"slack_app_token": None}, "Slack way in", "there is none"),
        ({"slack_bot_token": None}, "Slack", "does nothing without GRAPEVINE_SLACK_BOT_TOKEN"),
        (
            {"slack_bot_token": None, "slack_app_token": None, "slack_team_channel": None},
            "Slack",
            "note: not set up; `grapevine manifest`",
        ),
        (
            {"slack_app_token": None, "slack_signing_secret": "secret", "public_url": "https://refer.example.com"},
            "Slack way in",
            "the Request URL in Slack has to be https://refer.example.com/slack/events",
        ),
    ],
)
async def test_a_setting_that_is_wrong_is_named(
    workspace: Slack, changed: dict[str, str | None], where: str, told: str
) -> None:
    found = (await findings(workspace.with_settings(**changed)))[where]
    assert found is not None
    assert told in found


def _without_the_app(slack: Slack) -> None:
    slack.peer.channels[TEAM_CHANNEL].members.discard("U0GRAPE")


def _shared(slack: Slack) -> None:
    slack.peer.channels[TEAM_CHANNEL].shared.add("is_ext_shared")


def _archived(slack: Slack) -> None:
    slack.peer.channels[TEAM_CHANNEL].is_archived = True


@pytest.mark.parametrize(
    ("happens", "told"),
    [
        (_without_the_app, "the app is not in it; write there: /invite @"),
        (_shared, "shared with another organisation"),
        (_archived, "is archived"),
    ],
)
async def test_a_channel_that_cannot_be_used_is_explained(
    workspace: Slack, happens: Callable[[Slack], None], told: str
) -> None:
    happens(workspace)
    found = (await findings(workspace))["Slack team channel"]
    assert found is not None
    assert told in found


async def test_missing_scopes_are_named(tmp_path: Path) -> None:
    async with slack(tmp_path, without=("files:write", "groups:read")) as older:
        found = (await findings(older))["Slack scopes"]
    assert found is not None
    assert found.startswith("missing: files:write, groups:read. Under")


async def test_a_team_of_nobody_is_named(tmp_path: Path) -> None:
    async with slack(tmp_path) as new:
        assert "nobody is on it yet" in ((await findings(new))["Slack team"] or "")


async def test_looking_opens_no_socket_and_changes_nothing(workspace: Slack) -> None:
    await findings(workspace)
    assert workspace.peer.connections == 0
    looks = {"auth.test", "apps.connections.open", "conversations.info", "users.info"}
    assert {call.method for call in workspace.peer.calls} <= looks


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"slack_bot_token": APP_TOKEN}, "starts with xoxb-"),
        ({"slack_app_token": BOT_TOKEN}, "starts with xapp-"),
        ({"slack_signing_secret": BOT_TOKEN}, "is no token"),
        ({"slack_team_channel": "#referrals"}, "is a channel's id such as C0123ABCD"),
        ({"slack_team_channel": "D0123ABCD"}, "is a channel's id"),
    ],
)
def test_what_was_copied_into_the_wrong_place_is_refused(changed: dict[str, str], told: str) -> None:
    with pytest.raises(ValidationError, match=told):
        Settings(_env_file=None, **changed)  # type: ignore[arg-type]  # read from text, as the environment is


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"GRAPEVINE_TIMEZON": "UTC"}, "Settings: note: GRAPEVINE_TIMEZON is no setting; is GRAPEVINE_TIMEZONE meant?"),
        (
            {"GRAPEVINE_SECRET_KEY": "a"},
            "Secret key: GRAPEVINE_SECRET_KEY has fewer than 16 characters",
        ),
        ({"GRAPEVINE_HOST": "999.1.1.1"}, "Port: Cannot listen on 999.1.1.1:8080: "),
        ({"GRAPEVINE_API_KEY": "guess-me"}, "API: GRAPEVINE_API_KEY has fewer than 16 characters and can be guessed"),
    ],
)
async def test_what_a_slip_of_the_owner_leads_to_is_named(tmp_path: Path, changed: dict[str, str], told: str) -> None:
    said = await grapevine(tmp_path, "doctor", **changed)
    assert told in said.out
