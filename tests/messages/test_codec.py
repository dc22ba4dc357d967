"""A notice that waited in the outbox says what it would have said at once."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from messages.codec import customers_named, decode, decode_message, encode, with_names
from messages.message import (
    QR,
    Act,
    AskPhone,
    Bars,
    Code,
    Command,
    Copy,
    Day,
    JoinLink,
    Member,
    Message,
    Moment,
    NameOf,
    Open,
    Photo,
    Phrase,
    Picture,
    Rate,
    Said,
    Share,
    ShareLink,
    SignInLink,
    Table,
    Value,
    Worth,
)
from referrals.money import Amount

NOON = datetime(2026, 11, 24, 13, 5, 0, 7, tzinfo=UTC)
VALUES: list[Value] = [
    "text $ {",
    7,
    Worth(Amount(3, "coffee"), (("one", "free coffee"), ("other", "free coffees"))),
    Rate(1, 8),
    Day(NOON),
    Moment(NOON),
    ShareLink("K7QM2X4R"),
    JoinLink("K7QM2X4R"),
    SignInLink("secret"),
    Code("K7QM-2X4R"),
    Command("join", "K7QM2X4R", on="slack"),
    Said("one\n\n*two*"),
    Member("slack", "T0CAFE.U0SAM"),
    NameOf("cus_1"),
    Phrase("a.b", {"inner": Phrase("c.d", {"gain": Worth(Amount(1, "EUR"))})}),
]
PICTURES: list[Picture] = [
    QR(ShareLink("K7QM2X4R")),
    QR(Code("K7QM")),
    Bars(Phrase("a.b"), ((Phrase("a.c"), 3), ("Ben", 0)), alt=Phrase("a.d", {"number": 3})),
    Photo("slack", "F0PHOTO", "broken cup.png"),
]


@pytest.mark.parametrize("value", VALUES, ids=lambda value: type(value).__name__)
def test_every_value_is_read_back(value: Value) -> None:
    assert decode(_through_json(value)) == value


@pytest.mark.parametrize("picture", PICTURES, ids=lambda picture: type(picture).__name__)
def test_a_whole_message_is_read_back(picture: Picture) -> None:
    message = Message(
        key="a.b",
        values=dict(zip("abcdefghijklmno", VALUES, strict=True)),
        lines=(Phrase("a.line", {"gain": 1}), Phrase("a.line")),
        buttons=(
            (Act(label="a.act", action="stats", about="week", style="primary"), AskPhone(label="a.ask")),
            (Copy(label="a.copy", what=Code("K")), Open(label="a.open", link=JoinLink("K"))),
            (Share(label="a.share", link=ShareLink("K"), text=Phrase("a.words")),),
        ),
        picture=picture,
        table=Table((Phrase("a.one"), Phrase("a.two")), (("Ben", 7), (Phrase("a.b"), Rate(0, 0)))),
        in_place=True,
    )
    assert decode_message(_through_json(message)) == message


def test_names_are_found_and_put_in_wherever_they_stand() -> None:
    table = Table((Phrase("a.one"),), ((NameOf("cus_2"),),))
    bars = Bars(Phrase("a.b", {"who": NameOf("cus_3")}), ((NameOf("cus_4"), 1),), alt=Phrase("a.d"))
    message = Message(key="a.b", values={"who": NameOf("cus_1")}, table=table, picture=bars)
    written = _through_json(message)
    assert customers_named(written) == {"cus_1", "cus_2", "cus_3", "cus_4"}
    read = decode_message(with_names(written, {"cus_1": "Ben", "cus_2": "Chloe"}, Phrase("words.a-friend")))
    assert read.values == {"who": "Ben"}
    assert read.table == Table((Phrase("a.one"),), (("Chloe",),))
    assert isinstance(read.picture, Bars)
    assert read.picture.bars == ((Phrase("words.a-friend"), 1),)


def test_what_is_no_message_is_refused() -> None:
    with pytest.raises(TypeError):
        decode_message(_through_json(Phrase("a.b")))
    with pytest.raises(KeyError):
        decode({"$": "Hologram"})


def _through_json(value: object) -> Any:
    return json.loads(json.dumps(encode(value)))
