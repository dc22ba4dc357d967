"""A message as data: what handlers return, and what the outbox keeps until it is sent."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from referrals.money import Amount

# A unit's names in one language: plural category such as "one", and the words for it.
Names = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Worth:
    """What a reward is worth, with the names that the program gives a unit of its own in each language.

    Empty for a currency; the first language is the one to fall back on. Waiting notices of before there were several
    languages hold the names alone.
    """

    amount: Amount
    names: Mapping[str, Names] | Names = ()


@dataclass(frozen=True)
class Spoken:
    """What the business says in its own words, by language; the first one is said where the reader's is not there."""

    texts: Mapping[str, str]


@dataclass(frozen=True)
class Rate:
    """So many of so many, shown in percent; of nothing there is none."""

    part: int
    whole: int


@dataclass(frozen=True)
class Percent:
    """An exact percentage as a decimal number, such as "7.5"."""

    number: str


@dataclass(frozen=True)
class City:
    """The city that stands for a time zone, such as "Europe/London", by its name in the reader's language."""

    zone: str


@dataclass(frozen=True)
class Day:
    """A moment shown as a date in the reader's zone and language."""

    at: datetime


@dataclass(frozen=True)
class Moment:
    """A moment shown as date and time in the reader's zone and language."""

    at: datetime


@dataclass(frozen=True)
class ShareLink:
    """The address an advocate shares; where it points depends on the installation, and `via` says how it is sent."""

    code: str
    via: str = ""  # a place such as "whatsapp", by which the visits are told apart


@dataclass(frozen=True)
class JoinLink:
    """The landing page of a share code, shown where a person reads before going on."""

    code: str


@dataclass(frozen=True)
class SharePage:
    """The page from which an advocate sends their link on; on an installation without pages there is none."""

    code: str


@dataclass(frozen=True)
class Code:
    """A code shown in one piece that a tap copies."""

    text: str


@dataclass(frozen=True)
class Phrase:
    """A text inside a text, by its key; said in the reader's language, or in one that is named."""

    key: str
    values: "Values" = field(default_factory=dict)
    language: str = ""


@dataclass(frozen=True)
class NameOf:
    """A customer's first name, looked up when the message is sent: the outbox keeps no names."""

    customer: str


@dataclass(frozen=True)
class Said:
    """What a person wrote, passed on as they wrote it: several lines, shown and never obeyed."""

    text: str = field(repr=False)


@dataclass(frozen=True)
class Announced:
    """What the team wrote to many, in each language it wrote it in; {first_name} in it stands for the reader's own."""

    texts: Mapping[str, str] = field(repr=False)
    first: str  # the language for whoever reads none of these


@dataclass(frozen=True)
class Member:
    """A person of the team or a colleague, named the way their platform names people."""

    platform: str
    subject: str


@dataclass(frozen=True)
class SignInLink:
    """The address at which another chat account of the same person joins this one."""

    token: str = field(repr=False)


@dataclass(frozen=True)
class Command:
    """A command and what follows it, written the way the reader's platform takes commands, or the platform `on`."""

    name: str  # such as "share"
    about: str = field(default="", repr=False)
    on: str = ""


@dataclass(frozen=True)
class QR:
    """A QR picture of a share link or of a voucher code."""

    of: ShareLink | Code


@dataclass(frozen=True)
class Bars:
    """A bar chart: a title, a label and a number for each bar, and the same in words for those who do not see it."""

    title: "Phrase"
    bars: tuple[tuple["Value", int], ...]
    alt: "Phrase"


@dataclass(frozen=True)
class Photo:
    """A picture that somebody sent, where their platform keeps it."""

    platform: str
    file: str  # the platform's id of the file
    name: str = ""


Picture = QR | Bars | Photo
Link = ShareLink | JoinLink | SharePage | SignInLink | Code | Command  # what the installation knows how to write
Told = str | int | Worth | Spoken | Rate | Percent | City
Value = Told | Day | Moment | Link | Said | Announced | Member | Phrase | NameOf
Values = Mapping[str, Value]


@dataclass(frozen=True)
class Table:
    """Rows of values under headings; the first column says what a row is about."""

    headings: tuple[Phrase, ...]
    rows: tuple[tuple[Value, ...], ...]


@dataclass(frozen=True, kw_only=True)
class Act:
    """A button that acts: the name of the action and what it is about, together at most 64 bytes."""

    label: str  # text key
    action: str  # a name of bot's ACTIONS table, such as "claim"
    about: str = ""  # an id or a choice
    values: Values = field(default_factory=dict)
    style: str = ""  # "primary", "success" or "danger" where the platform can show it


@dataclass(frozen=True, kw_only=True)
class Copy:
    """A button that copies a text with one tap."""

    label: str
    what: ShareLink | Code | Command
    values: Values = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Share:
    """A button that opens the platform's own sheet for sending one's link to somebody."""

    label: str
    link: ShareLink
    text: Phrase
    values: Values = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Open:
    """A button that opens a page, or another chat; where the page has no address there is no button."""

    label: str
    link: ShareLink | JoinLink | SharePage | SignInLink
    values: Values = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class AskPhone:
    """A button that asks the person to share their own phone number."""

    label: str
    values: Values = field(default_factory=dict)


Button = Act | Copy | Share | Open | AskPhone


@dataclass(frozen=True, kw_only=True)
class Message:
    """One message to one person: a text key with values, further lines, buttons in rows, and a picture described."""

    key: str
    values: Values = field(default_factory=dict)
    lines: tuple[Phrase, ...] = ()  # each on a line of its own, after the text
    buttons: tuple[tuple[Button, ...], ...] = ()
    picture: Picture | None = None
    table: Table | None = None  # after the lines
    in_place: bool = False  # an answer to a tap that replaces the tapped message instead of following it
