"""What the team writes to many: checked at the door, in the reader's language, with their name or well without."""

import pytest

from messages.announced import TextRefused, addressed, check_text, said_to, text_for
from messages.codec import decode_message, encode
from messages.message import Announced, Message, Said

BOTH = Announced({"en": "Hi {first_name}", "es": "Hola {first_name}"}, "en")


@pytest.mark.parametrize(
    ("text", "with_name", "without"),
    [
        ("Hi {first_name}, look!", "Hi Ada, look!", "Hi, look!"),
        ("{first_name}, we miss you", "Ada, we miss you", "We miss you"),
        ("We miss you, {first_name}!", "We miss you, Ada!", "We miss you!"),
        ("Sale!\n{first_name}: yours", "Sale!\nAda: yours", "Sale!\nYours"),
        ("¡Hola, {first_name}!", "¡Hola, Ada!", "¡Hola!"),
        ("{first_name} {first_name}", "Ada Ada", ""),
        ("No name here", "No name here", "No name here"),
    ],
)
def test_a_name_stands_where_it_is_asked_for(text: str, with_name: str, without: str) -> None:
    assert addressed(text, "Ada") == with_name
    assert addressed(text, "").strip() == without


def test_a_name_is_a_name_and_nothing_more() -> None:
    """Telegram lets people call themselves anything."""
    assert addressed("Hi {first_name}", "A\nB\u202e{first_name}") == "Hi A B{first_name}"
    assert len(addressed("{first_name}", "x" * 500)) <= 64


@pytest.mark.parametrize(("language", "said"), [("en", "Hi Ada"), ("es-MX", "Hola Ada"), ("pl", "Hi Ada")])
def test_everybody_reads_their_language_or_the_first(language: str, said: str) -> None:
    message = Message(key="broadcasting.announcement", values={"text": BOTH})
    assert said_to(message, language=language, first_name="Ada").values == {"text": Said(said)}


def test_any_other_message_stays_as_it_is() -> None:
    message = Message(key="joining.unknown-code")
    assert said_to(message, language="en", first_name="Ada") is message


def test_it_waits_as_json() -> None:
    message = Message(key="broadcasting.announcement", values={"text": BOTH})
    assert decode_message(encode(message)) == message
    assert text_for(BOTH, "es") == "Hola {first_name}"


@pytest.mark.parametrize("text", ["Hello", "Hi {first_name}", "x" * 2900, "Prices { are } in braces", "50% {"])
def test_what_can_be_sent_is_taken(text: str) -> None:
    check_text(text)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "There is no text"),
        (" \n ", "There is no text"),
        ("Hi {name}", r"\{name\} is nothing that can be filled in; there is only \{first_name\}"),
        ("Hi {FIRST_NAME}", "nothing that can be filled in"),
        ("{}", "nothing that can be filled in"),
        ("Hi {first_name, look", "asks for the first name with"),
        ("Hi { first_name }", "asks for the first name with"),
        ("Hi {First name}!", "asks for the first name with"),
        ("x" * 2901, "has 2,901 characters with long names in it; 2,900 fit"),
        ("x" * 2880 + "{first_name}", "2,944 characters"),
        ("😀" * 1901, "counts 3,802 characters at Telegram"),
    ],
)
def test_what_could_not_be_sent_is_refused_at_the_door(text: str, why: str) -> None:
    with pytest.raises(TextRefused, match=why):
        check_text(text)
