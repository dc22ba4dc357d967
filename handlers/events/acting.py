"""What every event begins with: when, the randomness, and in a chat who acts."""

from dataclasses import dataclass, field
from datetime import datetime

from referrals.draw import Draw
from referrals.identity import Identity


@dataclass(frozen=True, kw_only=True)
class Person:
    """Who acts in a chat, as the platform describes them."""

    identity: Identity
    first_name: str = field(default="", repr=False)
    language: str | None = None
    zone: str | None = None
    is_external: bool = False  # from another organisation, met in a channel shared with it
    elsewhere: tuple[str, ...] = ()  # the other chat platforms this installation answers on
    languages: tuple[str, ...] = ()  # every language this installation speaks


@dataclass(frozen=True, kw_only=True)
class Event:
    """Anything that happens: when, and the randomness that its ids and codes are drawn from."""

    at: datetime
    draw: Draw


@dataclass(frozen=True, kw_only=True)
class ChatEvent(Event):
    """Something a person does in a chat."""

    by: Person
