"""Update to event: translation only."""

from dataclasses import dataclass

import phonenumbers
from telegram import CallbackQuery, ChatMember, ChatMemberUpdated, ChosenInlineResult, Contact, Message, Update, User

from bot import gestures
from bot.gestures import Builder, Circumstances, started
from handlers.events import (
    BotBlocked,
    BotUnblocked,
    CardSent,
    ChatEvent,
    ContactShared,
    HelpAsked,
    Person,
    PictureSent,
    RewardsAsked,
    SettingsAsked,
    ShareAsked,
    StatusAsked,
    Stopped,
    TextWritten,
    TopAsked,
)
from messages.message import Photo
from referrals.identity import Identity

PLATFORM = "telegram"
# What we ask Telegram for: everything else would be fetched, read and thrown away.
ALLOWED_UPDATES = ("message", "callback_query", "my_chat_member", "inline_query", "chosen_inline_result")


@dataclass(frozen=True)
class Command:
    """A command of the menu, described by the text `commands.<name>`."""

    name: str
    event: Builder

    @property
    def description(self) -> str:
        """Name the text that describes this command."""
        return f"commands.{self.name}"


def person(user: User, elsewhere: tuple[str, ...] = (), languages: tuple[str, ...] = ()) -> Person:
    """Describe a Telegram user; names are passed on as they are."""
    return Person(
        identity=Identity(PLATFORM, str(user.id)),
        first_name=user.first_name or "",
        language=user.language_code,
        elsewhere=elsewhere,
        languages=languages,
    )


def has_content(update: Update) -> bool:
    """Tell whether there is more to an update than its number: there is not when it could not be read."""
    # The kinds we ask for come first: writing a whole update out costs more than reading three fields.
    is_ours = update.message or update.callback_query or update.my_chat_member
    return bool(is_ours or update.inline_query or update.chosen_inline_result) or len(update.to_dict()) > 1


def tapped(query: CallbackQuery, now: Circumstances) -> ChatEvent:
    """Read a tap on a button: `action:about`."""
    action, _, about = (query.data or "").partition(":")
    return gestures.tapped(now, action, about)


def card_sent(result: ChosenInlineResult, now: Circumstances) -> CardSent:
    """Read that somebody has sent the card that they were shown."""
    return CardSent(**now, mark=result.result_id)


def contact_shared(contact: Contact, now: Circumstances, *, sender: User) -> ContactShared:
    """Read a shared contact: only Telegram's word that it is the sender's own makes it theirs."""
    return ContactShared(**now, phone=normalized_phone(contact.phone_number), own=contact.user_id == sender.id)


def written(message: Message, now: Circumstances) -> TextWritten:
    """Read a plain text."""
    return TextWritten(**now, text=message.text or "", message=str(message.message_id))


def picture_sent(message: Message, now: Circumstances) -> PictureSent:
    """Read a picture, in the largest of the sizes that Telegram made of it, or one sent as a file."""
    photo = Photo(PLATFORM, "")
    if message.photo:
        photo = Photo(PLATFORM, max(message.photo, key=lambda size: size.width * size.height).file_id)
    elif message.document:
        photo = Photo(PLATFORM, message.document.file_id, message.document.file_name or "")
    return PictureSent(**now, photo=photo, text=message.caption or "", message=str(message.message_id))


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
