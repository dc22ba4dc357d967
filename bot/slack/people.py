"""Who is who in Slack: an id of a person is unique only together with the id of their workspace."""

from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any
from zoneinfo import ZoneInfo

from handlers.events import Person
from referrals.identity import Identity

PLATFORM = "slack"
# What Slack told of somebody is some 300 bytes; who was not seen for so many others is asked about again.
REMEMBERED = 10_000


def subject(team: str, user: str) -> str:
    """Write the id under which a Slack person is known here."""
    return f"{team}.{user}"


def user_of(subject: str) -> str:
    """Read back the id that Slack's own methods ask for."""
    return subject.rpartition(".")[2]


@dataclass(frozen=True)
class Workspace:
    """The workspace that the app is installed in, and who the app is there."""

    team: str = ""
    enterprise: str = ""
    app: str = ""
    bot: str = ""  # the id of the message author
    bot_user: str = ""

    def is_own(self, team: str) -> bool:
        """Tell whether a workspace's or organisation's id that came with a person is ours; no id means ours."""
        return team in {"", self.team, self.enterprise}


@dataclass(frozen=True)
class Profile:
    """What Slack tells of somebody when asked."""

    first_name: str = field(default="", repr=False)
    language: str | None = None
    zone: str | None = None
    is_external: bool = False


class People:
    """Describes those who act, with what was learned about them since the start."""

    def __init__(self, *, elsewhere: tuple[str, ...], languages: tuple[str, ...] = ()) -> None:
        self.workspace = Workspace()
        self._elsewhere = elsewhere
        self._languages = languages
        self._profiles: OrderedDict[str, Profile | None] = OrderedDict()

    def person(self, team: str, user: str) -> Person:
        """Describe somebody by the ids that came with what they did."""
        # A command in a shared channel does not say whose workspace its giver belongs to, and our token knows a person
        # by the same id wherever they come from: with our own workspace's id everybody stays one and the same.
        known = subject(self.workspace.team, user)
        is_external = not self.workspace.is_own(team)
        person = Person(
            identity=Identity(PLATFORM, known),
            is_external=is_external,
            elsewhere=self._elsewhere,
            languages=self._languages,
        )
        profile = self._profiles.get(known)
        return person if profile is None else _introduced(person, profile)

    def is_met(self, person: Person) -> bool:
        """Tell whether Slack was asked about somebody, and remember that it now is."""
        key = person.identity.subject
        is_met = key in self._profiles
        self._profiles.setdefault(key, None)
        self._profiles.move_to_end(key)
        if len(self._profiles) > REMEMBERED:
            self._profiles.popitem(last=False)
        return is_met

    def learn(self, person: Person, profile: Profile) -> Person:
        """Keep what Slack told, and describe the person with it."""
        self._profiles[person.identity.subject] = profile
        return _introduced(person, profile)

    def forget(self, person: Person) -> None:
        """Ask again at the next occasion."""
        self._profiles.pop(person.identity.subject, None)


def profile_of(user: Mapping[str, Any], workspace: Workspace) -> Profile:
    """Read what `users.info` says."""
    shown: Mapping[str, Any] = user.get("profile") or {}
    full_name = str(shown.get("display_name") or shown.get("real_name") or user.get("real_name") or "")
    team = str(user.get("team_id") or "")
    return Profile(
        first_name=str(shown.get("first_name") or full_name.partition(" ")[0]),
        language=user.get("locale") or None,
        zone=_known_zone(user.get("tz")),
        is_external=bool(user.get("is_stranger")) or not workspace.is_own(team),
    )


def of_command(body: Mapping[str, Any]) -> tuple[str, str]:
    """Find who gave a command: workspace and user."""
    return str(body.get("team_id") or ""), str(body["user_id"])


def of_interaction(body: Mapping[str, Any]) -> tuple[str, str]:
    """Find who tapped or submitted: their own workspace, which in a shared channel is not where it happened."""
    user = body["user"]
    return str(user.get("team_id") or (body.get("team") or {}).get("id") or ""), str(user["id"])


def of_event(body: Mapping[str, Any]) -> tuple[str, str]:
    """Find who brought an event about."""
    event = body["event"]
    team = event.get("user_team") or event.get("source_team") or event.get("team") or body.get("team_id")
    return str(team or ""), str(event["user"])


def _introduced(person: Person, profile: Profile) -> Person:
    return replace(
        person,
        first_name=profile.first_name,
        language=profile.language,
        zone=profile.zone,
        is_external=person.is_external or profile.is_external,
    )


def _known_zone(name: object) -> str | None:
    try:
        return ZoneInfo(name).key if isinstance(name, str) else None
    except (LookupError, ValueError, OSError):
        return None
