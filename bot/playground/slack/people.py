"""The people of the workspace, and where they come from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

TEAM, OTHER_TEAM = "T0CAFE", "T0OTHER"
APP, BOT, BOT_USER = "A0GRAPE", "B0GRAPE", "U0GRAPE"
OWNER, CAROL, SAM, TESS, XENA = "U0OLGA", "U0CAROL", "U0SAM", "U0TESS", "U0XENA"
TEAM_CHANNEL = "C0TEAM"
OFFSETS = {"Europe/Berlin": 3600, "Europe/London": 0, "America/New_York": -18000, "UTC": 0}  # of winter


@dataclass(eq=False)
class Person:
    """Someone with a Slack client."""

    user_id: str
    first_name: str
    last_name: str = ""
    team: str = TEAM
    tz: str = "Europe/Berlin"
    locale: str = "en-US"
    deactivated: bool = False

    @property
    def is_external(self) -> bool:
        """Whether they belong to another workspace."""
        return self.team != TEAM

    @property
    def real_name(self) -> str:
        """Their whole name."""
        return f"{self.first_name} {self.last_name}".strip()

    @property
    def handle(self) -> str:
        """Their short name, as commands carry it."""
        return self.first_name.casefold()

    def as_json(self, *, with_locale: bool) -> dict[str, Any]:
        """Write the person as users.info does."""
        body: dict[str, Any] = {
            "id": self.user_id,
            "team_id": self.team,
            "name": self.handle,
            "deleted": self.deactivated,
            "real_name": self.real_name,
            "tz": self.tz,
            "tz_label": self.tz,
            "tz_offset": OFFSETS.get(self.tz, 0),
            "profile": self.profile(),
            "is_admin": self.user_id == OWNER,
            "is_owner": self.user_id == OWNER,
            "is_bot": False,
            "is_app_user": False,
            "updated": 1_700_000_000,
        }
        if self.is_external:
            body["is_stranger"] = True
        if with_locale:
            body["locale"] = self.locale
        return body

    def profile(self) -> dict[str, Any]:
        """Write what others see of them."""
        return {
            "real_name": self.real_name,
            "real_name_normalized": self.real_name,
            "display_name": self.first_name,
            "display_name_normalized": self.first_name,
            "first_name": self.first_name,
            "last_name": self.last_name,
            "avatar_hash": "0",
            "status_text": "",
            "team": self.team,
        }


def first_people() -> list[Person]:
    """Name those who are there from the start."""
    return [
        Person(OWNER, "Olga", "Petrova"),
        Person(CAROL, "Carol", "Baker"),
        Person(SAM, "Sam", "Rivera"),
        Person(TESS, "Tess", "Okafor", tz="Europe/London", locale="en-GB"),
        Person(XENA, "Xena", "Outside", team=OTHER_TEAM, tz="America/New_York"),
    ]
