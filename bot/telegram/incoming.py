"""Update to event: translation only, from two tables, of commands and of taps."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TypedDict

import phonenumbers
from telegram import CallbackQuery, ChatMember, ChatMemberUpdated, Contact, Message, Update, User

from handlers.events import (
    BotBlocked,
    BotUnblocked,
    ChatEvent,
    ClaimOpened,
    ContactShared,
    HelpAsked,
    Joined,
    MergeAnswered,
    OldButtonTapped,
    Person,
    PhoneAsked,
    RewardClaimed,
    RewardsAsked,
    SettingChosen,
    SettingsAsked,
    ShareAsked,
    SignInOpened,
    StatusAsked,
    Stopped,
    TextWritten,
    TopAsked,
)
from referrals.draw import Draw
from referrals.identity import Identity

PLATFORM = "telegram"
# What we ask Telegram for: everything else would be fetched, read and thrown away.
ALLOWED_UPDATES = ("message", "callback_query", "my_chat_member")
PERIODS = ("all", "month", "week")


class Circumstances(TypedDict):
    """Who, when, and the randomness of the event: what every event of a chat begins with."""

    by: Person
    at: datetime
    draw: Draw


Builder = Callable[[Circumstances, str], ChatEvent]


@dataclass(frozen=True)
class Command:
    """A command of the menu, described by the text `commands.<name>`."""

    name: str
    event: Builder

    @property
    def description(self) -> str:
        """Name the text that describes this command."""
        return f"commands.{self.name}"


def person(user: User) -> Person:
    """Describe a Telegram user; names are passed on as they are."""
    return Person(
        identity=Identity(PLATFORM, str(user.id)), first_name=user.first_name or "", language=user.language_code
    )


def has_content(update: Update) -> bool:
    """Tell whether there is more to an update than its number: there is not when it could not be read."""
    # The kinds we ask for come first: writing a whole update out costs more than reading three fields.
    return bool(update.message or update.callback_query or update.my_chat_member) or len(update.to_dict()) > 1


def started(now: Circumstances, payload: str) -> ChatEvent:
    """Read what follows /start: an invitation, a purchase to claim, a sign-in, or nothing."""
    kind, _, rest = payload.partition("_")
    if rest and kind == "c":
        return ClaimOpened(**now, token=rest)
    if rest and kind == "l":
        return SignInOpened(**now, token=rest)
    code, _, click = rest.partition("_")
    if code and kind == "r":
        return Joined(**now, code=code, click=click or None)
    # Anything else goes on as a code that nobody has, so that the answer explains it.
    return Joined(**now, code=payload or None)


def tapped(query: CallbackQuery, now: Circumstances) -> ChatEvent:
    """Read a tap on a button: `action:about`."""
    action, _, about = (query.data or "").partition(":")
    build = ACTIONS.get(action)
    # A changed app can send any bytes as if it had tapped a button; ours are plain ASCII.
    is_ours = build is not None and about.isascii() and (about.isprintable() or not about)
    return build(now, about) if build is not None and is_ours else OldButtonTapped(**now)


def contact_shared(contact: Contact, now: Circumstances, *, sender: User) -> ContactShared:
    """Read a shared contact: only Telegram's word that it is the sender's own makes it theirs."""
    return ContactShared(**now, phone=normalized_phone(contact.phone_number), own=contact.user_id == sender.id)


def written(message: Message, now: Circumstances) -> TextWritten:
    """Read a plain text."""
    return TextWritten(**now, text=message.text or "")


def membership_changed(change: ChatMemberUpdated, now: Circumstances) -> ChatEvent:
    """Read a block or its end, which Telegram reports as the bot's own membership of the private chat."""
    blocked = change.new_chat_member.status in {ChatMember.BANNED, ChatMember.LEFT}
    return BotBlocked(**now) if blocked else BotUnblocked(**now)


def normalized_phone(phone: str) -> str:
    """Write a phone number as E.164 where it can be one; Telegram leaves out the plus."""
    international = phone if phone.startswith("+") else f"+{phone}"
    try:
        number = phonenumbers.parse(international)
    except phonenumbers.NumberParseException:
        return phone
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def _joined(now: Circumstances, about: str) -> ChatEvent:
    return Joined(**now, code=about) if about else OldButtonTapped(**now)


def _page(now: Circumstances, about: str) -> ChatEvent:
    # Four digits: more pages than that nobody has been shown, so the button is not ours.
    if about and not (about.isascii() and about.isdigit() and len(about) <= 4):
        return OldButtonTapped(**now)
    return StatusAsked(**now, page=int(about) if about else None)


def _claimed(now: Circumstances, about: str) -> ChatEvent:
    return RewardClaimed(**now, reward=about) if about else OldButtonTapped(**now)


def _top(now: Circumstances, about: str) -> ChatEvent:
    return TopAsked(**now, period=about) if about in {"", *PERIODS} else OldButtonTapped(**now)


def _chosen(now: Circumstances, about: str) -> ChatEvent:
    return SettingChosen(**now, choice=about) if about else OldButtonTapped(**now)


def _merge(now: Circumstances, about: str) -> ChatEvent:
    request, _, answer = about.rpartition(".")
    if not request or answer not in {"yes", "no"}:
        return OldButtonTapped(**now)
    return MergeAnswered(**now, request=request, yes=answer == "yes")


# The one table of commands: it registers the handlers and fills the menu, in this order.
COMMANDS: tuple[Command, ...] = (
    Command("start", started),
    Command("share", lambda now, _: ShareAsked(**now)),
    Command("status", lambda now, _: StatusAsked(**now)),
    Command("rewards", lambda now, _: RewardsAsked(**now)),
    Command("top", lambda now, _: TopAsked(**now)),
    Command("settings", lambda now, _: SettingsAsked(**now)),
    Command("help", lambda now, _: HelpAsked(**now)),
    Command("stop", lambda now, _: Stopped(**now)),
)

# The one table of taps: the action of a button, and the event it means.
ACTIONS: Mapping[str, Builder] = {
    "join": _joined,
    "share": lambda now, _: ShareAsked(**now),
    "status": _page,
    "rewards": lambda now, about: RewardsAsked(**now, in_panel=bool(about)),
    "claim": _claimed,
    "top": _top,
    "settings": lambda now, about: SettingsAsked(**now, in_panel=bool(about)),
    "phone": lambda now, _: PhoneAsked(**now),
    "set": _chosen,
    "help": lambda now, _: HelpAsked(**now),
    "stop": lambda now, _: Stopped(**now),
    "merge": _merge,
}
