"""Finds who is meant by a member id, and keeps the list of the team."""

import re
from dataclasses import dataclass
from typing import Any

from pydantic import SecretStr

from bot.cli.asking import SlackUnreachable, Told, ask
from bot.cli.opening import opened, told
from bot.settings import Settings
from bot.slack.people import PLATFORM as SLACK
from bot.slack.people import subject
from handlers.events import MemberAdded, MemberRemoved
from handlers.outcome import Outcome
from referrals.identity import Identity
from storage.team import Member

WHERE_IDS_ARE = "In Slack, open the profile, press ⋮ and choose Copy member ID."

_USER = re.compile(r"[UW][A-Z0-9]{2,}")
_WHOLE = re.compile(r"([TE][A-Z0-9]{2,})\.([UW][A-Z0-9]{2,})")
_TELEGRAM = re.compile(r"telegram:([1-9][0-9]{0,15})")


class NotAMember(Exception):
    """Nobody can be put on the team by this id; the message says why and what to do."""


@dataclass(frozen=True, kw_only=True)
class Person:
    """Somebody by their id, and by their name where Slack told it."""

    identity: Identity
    name: str = ""

    def __str__(self) -> str:
        return self.name or self.identity.subject


def whole_id(identity: Identity) -> str:
    """Write an id the way every command takes it: telegram:42, slack:T0123ABCD.U0123ABCD."""
    return f"{identity.platform}:{identity.subject}"


async def find(settings: Settings, written: str) -> Person:
    """Find who is meant, and that they may be of the team; raises NotAMember."""
    if found := _TELEGRAM.fullmatch(written.strip().casefold()):
        return Person(identity=Identity("telegram", found[1]))
    team, user = _read(written)
    if settings.slack_bot_token is None:
        return _unchecked(team, user, "GRAPEVINE_SLACK_BOT_TOKEN is not set")
    try:
        return await _ask_slack(settings, settings.slack_bot_token, team, user=user)
    except SlackUnreachable:
        return _unchecked(team, user, "Slack cannot be reached from here")


async def name_of(settings: Settings, identity: Identity) -> str:
    """Ask Slack for a member's name; empty when it does not tell; raises SlackUnreachable."""
    if identity.platform != SLACK or settings.slack_bot_token is None:
        return ""
    answer = await ask(settings, settings.slack_bot_token, "users.info", user=identity.subject.rpartition(".")[2])
    return "" if answer.error else _name(answer.body["user"])


async def add(settings: Settings, person: Person, role: str) -> Outcome:
    """Put somebody on the team, or give them another role."""
    return await told(settings, MemberAdded, member=person.identity, role=role)


async def remove(settings: Settings, identity: Identity) -> Outcome:
    """Take somebody off the team."""
    return await told(settings, MemberRemoved, member=identity)


async def everyone(settings: Settings) -> list[Member]:
    """List the team, in the order in which they were added."""
    async with opened(settings) as database, database.reading() as store:
        return await store.team.everyone()


async def known(settings: Settings, written: str) -> Identity:
    """Find the member of the team who is meant, also when Slack knows them no longer; raises NotAMember."""
    if found := _TELEGRAM.fullmatch(written.strip().casefold()):
        return Identity("telegram", found[1])
    team, user = _read(written)
    meant = [
        member.identity
        for member in await everyone(settings)
        if member.platform == SLACK and member.subject.rpartition(".")[2] == user
        if not team or member.subject == subject(team, user)
    ]
    if len(meant) > 1:
        raise NotAMember(f"{user} is on the team for two workspaces; give the whole id, such as {whole_id(meant[0])}.")
    if not meant:
        raise NotAMember(f"{written} is not on the team. `grapevine team list` shows who is.")
    return meant[0]


def _read(written: str) -> tuple[str, str]:
    """Take an id apart: the workspace, empty where it was left out, and the user."""
    # People paste what they find: Slack writes a mention as <@U…>, and our own texts say slack:T….U….
    text = written.strip().removeprefix("<@").removesuffix(">").removeprefix(f"{SLACK}:").upper()
    if found := _WHOLE.fullmatch(text):
        return found[1], found[2]
    if _USER.fullmatch(text):
        return "", text
    raise NotAMember(f"“{written}” is not a member id such as U0123ABCD or telegram:123456789. {WHERE_IDS_ARE}")


def _unchecked(team: str, user: str, why: str) -> Person:
    if not team:
        raise NotAMember(
            f"{why}, so {user} alone does not say which workspace is meant. Give the whole id, such as "
            f"T0123ABCD.{user}; the part with T stands in the address of Slack in a browser."
        )
    return Person(identity=Identity(SLACK, subject(team, user)))


async def _ask_slack(settings: Settings, token: SecretStr, team: str, *, user: str) -> Person:
    us = await ask(settings, token, "auth.test")
    if us.error:
        raise NotAMember(f"Slack refuses the bot's token ({us.error}). `grapevine doctor` says what to do.")
    ours = us.word("team_id")
    if team and team != ours:
        raise NotAMember(f"{team} is another workspace; the app is installed in {ours}.")
    answer = await ask(settings, token, "users.info", user=user)
    _check(answer, user, ours)
    return Person(identity=Identity(SLACK, subject(ours, user)), name=_name(answer.body["user"]))


def _check(answer: Told, user: str, ours: str) -> None:
    match answer.error:
        case "":
            pass
        case "user_not_found" | "user_not_visible" | "users_not_found":
            raise NotAMember(f"Slack knows nobody with the id {user} here. {WHERE_IDS_ARE}")
        case error:
            raise NotAMember(f"Slack does not tell who {user} is ({error}). `grapevine doctor` says what to do.")
    found: dict[str, Any] = answer.body["user"]
    name = _name(found)
    # Slackbot calls itself a person.
    if found.get("is_bot") or user == "USLACKBOT":
        raise NotAMember(f"{name} is an app; the team is people.")
    if found.get("deleted"):
        raise NotAMember(f"{name} has been deactivated in Slack.")
    # On Enterprise Grid a person belongs to several workspaces.
    teams = {found.get("team_id"), *found.get("enterprise_user", {}).get("teams", [])}
    if ours not in teams or found.get("is_stranger"):
        raise NotAMember(f"{name} belongs to another organisation; figures and customers are for your own people only.")


def _name(user: dict[str, Any]) -> str:
    profile = user.get("profile") or {}
    return str(profile.get("display_name") or profile.get("real_name") or user.get("name") or user.get("id") or "")
