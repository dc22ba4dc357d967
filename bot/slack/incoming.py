"""Payload to event: translation only."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from bot import gestures
from bot.gestures import Builder, Circumstances, started
from bot.slack.people import PLATFORM
from bot.slack.text import plain
from handlers.events import (
    ChatEvent,
    HelpAsked,
    HumanAsked,
    Joined,
    OldButtonTapped,
    PictureSent,
    QuestionAsked,
    RewardsAsked,
    SettingsAsked,
    ShareAsked,
    StatsAsked,
    StatusAsked,
    Stopped,
    TeamReplied,
    TextWritten,
    TopAsked,
)
from messages.message import Photo
from messages.understanding import Wish
from referrals.codes import looks_like_share_code

# What the manifest subscribes to: everything else would be sent, read and thrown away.
EVENTS = ("app_home_opened", "app_uninstalled", "message.channels", "message.groups", "message.im", "tokens_revoked")
# A person's own words; every other subtype is the channel's news or another app's.
SUBTYPES = frozenset({None, "file_share", "thread_broadcast"})
AMONG_OURSELVES = "//"
ACT, OPEN, ENTER_CODE = "act", "open", "enter-code"  # what an action_id of ours begins with
# What people put around a code, or copy with it.
DRESSING = " \t*_`~<>\"'“”„‘’‚«»‹›"
SHOWABLE = frozenset({"image/png", "image/jpeg", "image/gif", "image/webp", "image/heic", "image/heif"})

# What the part of a link that is a code begins with: an invitation, a claim, a sign-in.
OF_LINKS = ("r_", "c_", "l_")
# The commands that take something with them.
WITH_MORE = frozenset({"join", "start", "stats"})

Payload = Mapping[str, Any]


@dataclass(frozen=True)
class Commanded:
    """A command as an event, and its first word where that is none of ours."""

    event: ChatEvent
    unknown: str = ""
    lacks_code: bool = False


@dataclass(frozen=True)
class Written:
    """What somebody wrote or sent as events, and whether there was a file that is no picture."""

    events: tuple[ChatEvent, ...]
    has_other_files: bool = False


def commanded(now: Circumstances, text: str) -> Commanded:
    """Read what follows the slash command: a word of the table and the rest; nothing at all asks for help."""
    word, _, rest = plain(text).strip().partition(" ")
    build = COMMANDS.get(word.lower())
    if word.lower() == "join" and not rest.strip():
        return Commanded(asked_for_code(now, ""), lacks_code=True)
    if build is not None:
        return Commanded(build(now, rest.strip()))
    return Commanded(HelpAsked(**now), unknown=word)


def worded(now: Circumstances, text: str) -> ChatEvent | None:
    """Read a command that was written without its slash, alone in a message or with what belongs to it."""
    word, *rest = text.split()[:3] or [""]
    build = COMMANDS.get(word.lower())
    if word.lower() == "join" and not rest:
        return asked_for_code(now, "")
    if build is None or len(rest) > (1 if word.lower() in WITH_MORE else 0):
        return None
    if build is joined and rest and not _is_code(rest[0]):
        return None  # "start tomorrow?" is a question
    return build(now, " ".join(rest))


def joined(now: Circumstances, typed: str) -> ChatEvent:
    """Read a typed code, or what a link would have carried: our commands have no deep links."""
    code = typed.strip(DRESSING)
    if code.startswith(OF_LINKS):
        return started(now, code)
    return Joined(**now, code=code or None)


def asked_for_code(now: Circumstances, _: str) -> ChatEvent:
    """Ask on for the code that somebody wants to join with and has not typed."""
    return QuestionAsked(**now, about=Wish.CODE)


def tapped(now: Circumstances, action: Payload) -> ChatEvent | None:
    """Read a tap on a button of ours, `act:<number>:<action>` with a value; none for a button that opens a page."""
    kind, _, rest = str(action.get("action_id", "")).partition(":")
    if kind == OPEN:
        return None
    name = rest.partition(":")[2]
    if kind != ACT or not name:
        return OldButtonTapped(**now)
    return gestures.tapped(now, name, str(action.get("value") or ""))


def is_said(event: Payload) -> bool:
    """Tell whether a message is a person's own: not an app's, not an edit, not the channel's news."""
    is_apps = bool(event.get("bot_id") or event.get("app_id") or event.get("hidden"))
    return not is_apps and event.get("subtype") in SUBTYPES and bool(event.get("user")) and event["user"] != "USLACKBOT"


def edited(event: Payload) -> Payload | None:
    """Read what a person made of something they had written, with where it stands; none if it says the same."""
    if event.get("subtype") != "message_changed":
        return None
    now: Payload = event.get("message") or {}
    before: Payload = event.get("previous_message") or {}
    # Slack tells of a link's preview, and of a thread's new reply, as a change of the message.
    if not is_said(now) or now.get("text") == before.get("text"):
        return None
    return {**now, "channel": event.get("channel")}


def written(now: Circumstances, event: Payload) -> Written:
    """Read what a customer wrote or sent: an event for each picture, the words with the first of them."""
    text, number = plain(str(event.get("text") or "")), str(event["ts"])
    pictures, others = _files(event)
    if not pictures:
        said = worded(now, text) or TextWritten(**now, text=text, message=number)
        return Written((said,) if text.strip() else (), has_other_files=others)
    sent = tuple(
        PictureSent(**now, photo=photo, text="" if place else text, message=f"{number}/{place}" if place else number)
        for place, photo in enumerate(pictures)
    )
    return Written(sent, has_other_files=others)


def team_replied(now: Circumstances, event: Payload, *, us: str) -> Written:
    """Read a reply in a thread of the team's channel, perhaps one of `us`; what begins with // stays inside."""
    text = plain(str(event.get("text") or ""))
    pictures, others = _files(event)
    if text.lstrip().startswith(AMONG_OURSELVES) or not (text.strip() or pictures):
        return Written((), has_other_files=others and not text.strip())
    reply = TeamReplied(
        **now,
        thread=str(event["thread_ts"]),
        message=str(event["ts"]),
        text=text,
        photos=tuple(pictures),
        to_us=is_to_us(event, us),
    )
    return Written((reply,), has_other_files=others)


def is_to_us(event: Payload, us: str) -> bool:
    """Tell whether a reply stands in a thread under a message of ours."""
    return bool(us) and event.get("parent_user_id") == us


def _is_code(word: str) -> bool:
    bare = word.strip(DRESSING)
    return bare.startswith(OF_LINKS) or looks_like_share_code(bare)


def _files(event: Payload) -> tuple[list[Photo], bool]:
    files: Iterable[Payload] = event.get("files") or ()
    pictures = [file for file in files if file.get("mimetype") in SHOWABLE and file.get("mode") != "tombstone"]
    photos = [Photo(PLATFORM, str(file["id"]), str(file.get("name") or "")) for file in pictures]
    return photos, len(photos) < len(list(files))


# The one table of commands, in the order in which help names them.
COMMANDS: Mapping[str, Builder] = {
    "join": joined,
    "start": joined,  # what those who know the bot from elsewhere type
    "share": lambda now, _: ShareAsked(**now),
    "status": lambda now, _: StatusAsked(**now),
    "rewards": lambda now, _: RewardsAsked(**now),
    "top": lambda now, _: TopAsked(**now),
    "settings": lambda now, _: SettingsAsked(**now),
    "help": lambda now, _: HelpAsked(**now),
    "stop": lambda now, _: Stopped(**now),
    "human": lambda now, _: HumanAsked(**now),
    # of the team
    "stats": lambda now, period: StatsAsked(**now, period=period),
}
