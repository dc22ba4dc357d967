"""What people wrote in Slack as plain text: Slack sends names, links and signs in a writing of its own."""

import html
import re

from emoji import emojize

# What stands between "<" and ">" is a name or a link, which may hold colons of its own.
_TOKEN = re.compile(r"<(?P<token>[^<>]+)>|:(?P<sign>[a-z0-9_+'-]+):(?::skin-tone-(?P<skin>[2-6])(?:-[2-6])?:)?")
# Slack counts skin tones from two.
_TONES = {str(number): chr(0x1F3FB + number - 2) for number in range(2, 7)}
_ALONE = {f"skin-tone-{number}": tone for number, tone in _TONES.items()}
_PLAIN_SIGN, _ZERO_FLAG = "\ufe0f", 0x1F1E6 - ord("a")
# Where Slack calls a sign by another name than everybody else.
_SLACKS_OWN = {"simple_smile": "slightly_smiling_face", "face_palm": "facepalm"}
_SLACKS_OWN |= {"smiling_face_with_3_hearts": "smiling_face_with_hearts"}
_FLAG = re.compile(r"flag-([a-z]{2})")
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


def _shown(found: re.Match[str]) -> str:
    if found["token"] is None:
        return _sign(found["sign"], found["skin"]) or found[0]
    target, _, label = found["token"].partition("|")
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


def _sign(name: str, skin: str | None) -> str:
    """Find the sign that Slack wrote as a name; empty for a workspace's own picture, which exists nowhere else."""
    if name in _ALONE:
        return _ALONE[name]
    if flag := _FLAG.fullmatch(name):
        return "".join(chr(ord(letter) + _ZERO_FLAG) for letter in flag[1])
    common = _SLACKS_OWN.get(name, name)
    gendered = re.sub("^female-", "woman_", re.sub("^male-", "man_", common)).replace("-", "_")
    for named in (common, gendered):
        sign = emojize(f":{named}:", language="alias")
        if not sign.startswith(":"):
            return sign[0] + _TONES[skin] + sign[1:].removeprefix(_PLAIN_SIGN) if skin else sign
    return ""
