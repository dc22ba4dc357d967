"""What people wrote in Slack as plain text: Slack sends names, links and signs in a writing of its own."""

import html
import re

_TOKEN = re.compile(r"<([^<>]+)>")
_SCHEME = re.compile(r"^(?:https?://|mailto:|tel:)")


def plain(written: str) -> str:
    """Read Slack's writing as what the person saw when they wrote it."""
    return html.unescape(_TOKEN.sub(_shown, _only_slacks_escapes(written)))


def escaped(text: str) -> str:
    """Write plain text for the fields in which Slack reads its own writing."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _only_slacks_escapes(written: str) -> str:
    # Slack writes three signs as entities and no other: "&eacute;" is what somebody typed.
    return re.sub(r"&(?!(?:amp|lt|gt);)", "&amp;", written)


def _shown(token: re.Match[str]) -> str:
    target, _, label = token[1].partition("|")
    if target.startswith("@"):
        return f"@{label}" if label else target
    if target.startswith("#"):
        return f"#{label}" if label else target
    if target.startswith("!"):
        return label or f"@{target[1:].partition('^')[0]}"
    return _link(target, label)


def _link(target: str, label: str) -> str:
    bare = _SCHEME.sub("", target).rstrip("/")
    if not label:
        return target if target.startswith("http") else bare
    # What somebody typed without "https://" comes back with it, and with what they typed as its label.
    return label if label.rstrip("/") in {bare, target.rstrip("/")} else f"{label} ({target})"
