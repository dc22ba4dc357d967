"""What is written down in two places says the same in both."""

import re

from bot.settings import Settings
from handlers import HANDLERS, events
from tests.architecture.sources import ROOT


def test_every_setting_is_documented_and_every_documented_setting_exists() -> None:
    """`.env.example` is the only manual of the settings that people open."""
    text = (ROOT / ".env.example").read_text(encoding="utf-8")
    documented = re.findall(r"^#? ?(GRAPEVINE_[A-Z_]+)=", text, flags=re.MULTILINE)
    assert sorted(documented) == sorted(f"GRAPEVINE_{name.upper()}" for name in Settings.model_fields)


def test_every_setting_is_explained() -> None:
    """A name and a default do not say what happens when one changes it."""
    lines = (ROOT / ".env.example").read_text(encoding="utf-8").splitlines()
    unexplained = [
        line
        for before, line in zip(["", *lines], lines, strict=False)
        if re.match(r"#? ?GRAPEVINE_[A-Z_]+=", line) and not re.match(r"#|GRAPEVINE_", before)
    ]
    assert not unexplained


def test_every_event_has_its_handler() -> None:
    """An event without a handler is a fact that nobody hears."""
    assert set(HANDLERS) == _leaves(events.Event)


def _leaves(kind: type[events.Event]) -> set[type[events.Event]]:
    """Return the events that happen: those that are not only a common beginning of others."""
    below = [leaf for child in kind.__subclasses__() for leaf in _leaves(child)]
    return set(below) or {kind}
