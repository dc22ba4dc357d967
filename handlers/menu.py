"""The buttons that stand under many messages."""

from messages.message import Act

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
