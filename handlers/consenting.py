"""Consent: what somebody agrees to hear, written down with the words they read, and taken back with one tap."""

from collections.abc import Mapping
from typing import Any

from handlers.events import ChatEvent
from messages.languages import nearest
from storage.consents import Consent
from storage.customers import Customer
from storage.store import Store

# What can be agreed to, and where a customer's record says since when.
FIELDS: Mapping[str, str] = {"reminders": "reminders_agreed_at", "news": "news_agreed_at"}
REMINDERS, NEWS = FIELDS

# Which words somebody read, and their version: docs/consents.md keeps every version of them, and a test compares the
# newest ones with the texts. Whoever changes what these texts ask for gives them the next number.
WORDS: Mapping[str, int] = {
    "sharing.ask-for-news": 1,
    "choosing.button-reminders-on": 1,
    "choosing.button-reminders-off": 1,
    "choosing.button-news-on": 1,
    "choosing.button-news-off": 1,
    "leading.button-no-more": 1,
    "broadcasting.button-no-more": 1,
    "leaving.stopped": 1,
}
# The question of before there were news, whose buttons still stand in chats: it was about reminders alone.
OLD_QUESTION = "question-about-reminders"
QUESTIONS = frozenset({"sharing.ask-for-news", OLD_QUESTION})


async def settle_consent(
    event: ChatEvent, customer: Customer, store: Store, *, what: tuple[str, ...], given: bool, words: str
) -> None:
    """Write down that somebody agreed to something or took it back, as far as that says anything new."""
    changed: dict[str, Any] = {} if customer.reminders_asked_at else {"reminders_asked_at": event.at}
    for one in what:
        had = getattr(customer, FIELDS[one]) is not None
        if had != given:
            changed[FIELDS[one]] = event.at if given else None
        elif given or words not in QUESTIONS or await _has_answered(customer, one, store):
            continue  # a second tap says nothing new; a first "no" to a question does
        await store.consents.add(
            Consent(
                customer_id=customer.id,
                what=one,
                words=_read_words(event, customer, words),
                channel=event.by.identity.platform,
                given=given,
                at=event.at,
            )
        )
    if changed:
        await store.customers.change(customer.id, **changed)


async def _has_answered(customer: Customer, what: str, store: Store) -> bool:
    return any(consent.what == what for consent in await store.consents.of(customer.id))


def _read_words(event: ChatEvent, customer: Customer, words: str) -> str:
    """Name the words, their version and their language: "sharing.ask-for-news@1/es"."""
    language = nearest(customer.language or event.by.language, event.by.languages)
    return f"{words}@{WORDS.get(words, 1)}/{language or 'default'}"
