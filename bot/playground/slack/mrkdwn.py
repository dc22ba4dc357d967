"""Reads mrkdwn as Slack does: what people see, whom it pings, where it leads."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

_ANGLES = re.compile(r"<([^<>]*)>")
_BARE = re.compile(r"https?://[^\s<>|]+")
# "Certain mentions will be automatically parsed" where a text object is not verbatim, says the reference.
_LOOSE = re.compile(r"(?<![\w@])@(here|channel|everyone)\b")
_MARKDOWN_LINK = re.compile(r"\[([^\]]*)\]\(([^)\s]+)\)")
_BROADCASTS = frozenset({"here", "channel", "everyone", "group"})


@dataclass(frozen=True)
class Pings:
    """Whom a text would notify."""

    users: tuple[str, ...] = ()
    channels: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    everyone: tuple[str, ...] = ()  # here, channel, everyone

    def __bool__(self) -> bool:
        return bool(self.users or self.channels or self.groups or self.everyone)

    @classmethod
    def of(cls, several: Iterable[Pings]) -> Pings:
        """Put several together, each name once."""
        listed = list(several)
        return cls(
            users=tuple(dict.fromkeys(one for pings in listed for one in pings.users)),
            channels=tuple(dict.fromkeys(one for pings in listed for one in pings.channels)),
            groups=tuple(dict.fromkeys(one for pings in listed for one in pings.groups)),
            everyone=tuple(dict.fromkeys(one for pings in listed for one in pings.everyone)),
        )


@dataclass(frozen=True)
class Reading:
    """One piece of text as it is read."""

    words: str
    pings: Pings = Pings()
    links: tuple[str, ...] = ()


def read_text(text: str, *, in_mrkdwn: bool = True) -> Reading:
    """Read the top-level text of a message: bare addresses become links, names do not become mentions."""
    return read_mrkdwn(text, verbatim=True) if in_mrkdwn else Reading(html.unescape(text))


def read_mrkdwn(text: str, *, verbatim: bool = False) -> Reading:
    """Read mrkdwn; what is not verbatim is searched for mentions written by hand, too."""
    found: dict[str, list[str]] = {"users": [], "channels": [], "groups": [], "everyone": [], "links": []}

    def replace(match: re.Match[str]) -> str:
        kind, about, words = _angle(match.group(1))
        if kind in found:
            found[kind].append(about)
        return words

    words = _ANGLES.sub(replace, text)
    bare = _ANGLES.sub(" ", text)
    found["links"] += [html.unescape(link) for link in _BARE.findall(bare)]
    if not verbatim:
        found["everyone"] += _LOOSE.findall(bare)
    kinds = {name: tuple(found[name]) for name in ("users", "channels", "groups", "everyone")}
    return Reading(_unescaped(words), Pings(**kinds), tuple(found["links"]))


def read_object(text: Any) -> Reading:
    """Read a text object; plain text pings nobody and leads nowhere."""
    if not isinstance(text, dict):
        return Reading("")
    if text.get("type") == "mrkdwn":
        return read_mrkdwn(str(text.get("text", "")), verbatim=bool(text.get("verbatim")))
    return Reading(str(text.get("text", "")))


def read_block(block: dict[str, Any]) -> list[Reading]:
    """Read a block, piece by piece."""
    kind = block.get("type")
    if kind == "markdown":
        return [_read_markdown(str(block.get("text", "")))]
    if kind == "rich_text":
        return [_read_rich(element) for element in block.get("elements", [])]
    if kind == "table":
        return [_cell(cell) for row in block.get("rows", []) for cell in row]
    readings = [read_object(block.get(name)) for name in ("text", "title", "label") if name in block]
    readings += [read_object(field) for field in block.get("fields", [])]
    if kind == "context":
        readings += [read_object(element) for element in block.get("elements", [])]
    return [reading for reading in readings if reading.words]


def _angle(inner: str) -> tuple[str, str, str]:
    """Say what stands between angle brackets: its kind, what it is about, and the words people see."""
    target, _, label = inner.partition("|")
    if target.startswith(("@U", "@W")):
        return "users", target[1:], f"@{label or target[1:]}"
    if target.startswith("#"):
        return "channels", target[1:], f"#{label or target[1:]}"
    if target.startswith("!subteam^"):
        return "groups", target[9:], label or target
    if target.startswith("!"):
        name = target[1:].partition("^")[0]
        return ("everyone", name, f"@{name}") if name in _BROADCASTS else ("special", name, label)
    return "links", html.unescape(target), label or target.removeprefix("mailto:")


def _unescaped(text: str) -> str:
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def _read_markdown(text: str) -> Reading:
    links = [target for _, target in _MARKDOWN_LINK.findall(text)]
    inner = read_mrkdwn(_MARKDOWN_LINK.sub(lambda match: match.group(1), text))
    return Reading(inner.words, inner.pings, (*links, *inner.links))


def _cell(cell: dict[str, Any]) -> Reading:
    if cell.get("type") == "rich_text":
        return _joined(_read_rich(element) for element in cell.get("elements", []))
    return Reading(str(cell.get("text", cell.get("value", ""))))


def _read_rich(element: dict[str, Any]) -> Reading:
    """Read one element of a rich text, and what is inside it."""
    kind = element.get("type")
    if "elements" in element:
        return _joined(_read_rich(inner) for inner in element["elements"])
    if kind == "user":
        return Reading(f"@{element['user_id']}", Pings(users=(element["user_id"],)))
    if kind == "channel":
        return Reading(f"#{element['channel_id']}", Pings(channels=(element["channel_id"],)))
    if kind == "usergroup":
        return Reading("@group", Pings(groups=(element["usergroup_id"],)))
    if kind == "broadcast":
        return Reading(f"@{element['range']}", Pings(everyone=(element["range"],)))
    if kind == "link":
        return Reading(str(element.get("text") or element["url"]), links=(element["url"],))
    return Reading(str(element.get("text", element.get("unicode", ""))))


def _joined(readings: Iterator[Reading]) -> Reading:
    listed = list(readings)
    return Reading(
        "".join(reading.words for reading in listed),
        Pings.of([reading.pings for reading in listed]),
        tuple(link for reading in listed for link in reading.links),
    )
