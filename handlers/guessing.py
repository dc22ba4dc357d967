"""How many codes that nobody has one person may try within an hour: counted where every process sees it."""

import hashlib

from handlers.events import ChatEvent
from handlers.menu import SHARE
from handlers.outcome import Outcome
from messages.message import Message
from storage.customers import Customer
from storage.store import Store

# A friend needs one, and a few more when it is read off a poster in bad light.
CODES_PER_HOUR = 10


async def may_try_a_code(event: ChatEvent, store: Store) -> bool:
    """Tell whether a code of this person's is looked at: after too many in vain not even a right one is."""
    return not await store.suggestions.has_had(*_counted(event, b"codes"), CODES_PER_HOUR)


async def tried_in_vain(event: ChatEvent, store: Store) -> None:
    """Count one more code that nobody has."""
    await store.suggestions.another(*_counted(event, b"codes"), CODES_PER_HOUR)


async def may_be_corrected(event: ChatEvent, store: Store, most: int) -> bool:
    """Count one more corrected code that this person is offered."""
    return await store.suggestions.another(*_counted(event, b""), most)


def too_many_codes(customer: Customer) -> Outcome:
    """Say that enough codes were tried for now, and what to do instead."""
    message = Message(key="joining.too-many-codes", buttons=((SHARE,),))
    return Outcome(answers=(message,), language=customer.language, zone=customer.zone, refused="too-many-codes")


def _counted(event: ChatEvent, what: bytes) -> tuple[bytes, int]:
    """Name a person and the hour without saying who it is."""
    identity = event.by.identity
    named = f"{identity.platform}:{identity.subject}".encode()
    return hashlib.blake2b(named, digest_size=16, person=what).digest(), int(event.at.timestamp()) // 3600
