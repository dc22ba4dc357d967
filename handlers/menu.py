"""The buttons that stand under many messages."""

from collections.abc import Sequence

from messages.message import Act, Value

SHARE = Act(label="words.button-share", action="share", style="primary")
STATUS = Act(label="words.button-status", action="status")
REWARDS = Act(label="words.button-rewards", action="rewards")
TOP = Act(label="words.button-top", action="top")
SETTINGS = Act(label="words.button-settings", action="settings")
HELP = Act(label="words.button-help", action="help")
HUMAN = Act(label="words.button-human", action="human")

# The same inside a panel: being about something, they replace the panel they stand under instead of following it.
HERE = "here"
PANEL_STATUS = Act(label="words.button-status", action="status", about="0")
PANEL_REWARDS = Act(label="words.button-rewards", action="rewards", about=HERE)
PANEL_SETTINGS = Act(label="words.button-settings", action="settings", about=HERE)

MENU = ((SHARE,), (STATUS, REWARDS), (TOP, HELP))

WHY = "why"


def why_button(about: str, of: Value = "") -> Act:
    """Return the quiet button that asks why a reward or a referral is as it is, named where there are several."""
    if not of:
        return Act(label="justifying.button-why", action=WHY, about=about)
    return Act(label="justifying.button-why-of", action=WHY, about=about, values={"of": of})


def in_pairs(buttons: Sequence[Act]) -> tuple[tuple[Act, ...], ...]:
    """Lay short buttons out two in a row."""
    return tuple(tuple(buttons[start : start + 2]) for start in range(0, len(buttons), 2))
