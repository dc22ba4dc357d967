"""Payloads become events: what people typed, what Slack made of it, and what is none of our business."""

from datetime import UTC, datetime
from typing import Any

import pytest

from bot.gestures import ACTIONS, Circumstances
from bot.slack import incoming, people
from bot.slack.passed_on import PassedOn
from bot.slack.people import People, Workspace, profile_of
from bot.slack.text import plain
from handlers.events import (
    HelpAsked,
    Joined,
    OldButtonTapped,
    Person,
    QuestionAsked,
    StatsAsked,
    StatusAsked,
    TeamReplied,
)
from referrals.draw import Draw
from referrals.identity import Identity

NOW = Circumstances(
    by=Person(identity=Identity("slack", "T0CAFE.U0SAM")), at=datetime(2026, 11, 2, tzinfo=UTC), draw=Draw(b"x" * 32)
)
SAID: dict[str, Any] = {"type": "message", "user": "U0SAM", "text": "hello", "ts": "1.2", "channel_type": "im"}


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("a &lt;b&gt; &amp;amp; &amp;eacute; &eacute;", "a <b> &amp; &eacute; &eacute;"),
        ("<@U0SAM> and <@U0TESS|tess>", "@U0SAM and @tess"),
        ("<#C1|general> <#C1>", "#general #C1"),
        ("<!here> <!channel|@channel> <!subteam^S1|@crew> <!subteam^S1>", "@here @channel @crew @subteam"),
        ("<!date^1392734382^{date}|18 February>", "18 February"),
        ("<https://x.example/a?b=1&amp;c=2>", "https://x.example/a?b=1&c=2"),
        ("<http://x.example|x.example> <https://x.example/|https://x.example>", "x.example https://x.example"),
        ("<https://x.example/r/K7QM2X4R|my link>", "my link (https://x.example/r/K7QM2X4R)"),
        ("<mailto:a@x.example|a@x.example> <tel:+491515551001|+491515551001>", "a@x.example +491515551001"),
        ("<mailto:a@x.example>", "a@x.example"),
        ("1 < 2 and <> and 3 > 2", "1 < 2 and <> and 3 > 2"),
        ("Thank you :tada::heart: :+1::skin-tone-4:", "Thank you 🎉❤️ 👍🏽"),
        (":wave::skin-tone-2: :v::skin-tone-6: :skin-tone-3:", "👋🏻 ✌🏿 🏼"),
        (":man-shrugging: :man-shrugging::skin-tone-5: :female-cook:", "🤷‍♂️ 🤷🏾‍♂️ 👩‍🍳"),
        (":flag-de: :de: :simple_smile: :slightly_smiling_face: :rainbow-flag:", "🇩🇪 🇩🇪 🙂 🙂 🏳️‍🌈"),
        (
            ":party_parrot: at 12:30:45, see <https://x.example/:tada:>",
            ":party_parrot: at 12:30:45, see https://x.example/:tada:",
        ),
    ],
)
def test_text_is_what_its_writer_saw(written: str, shown: str) -> None:
    assert plain(written) == shown


@pytest.mark.parametrize("typed", ["K7QM2X4R", " `K7QM2X4R` ", "*K7QM2X4R*", "“K7QM2X4R”", "<K7QM2X4R>"])
def test_a_code_is_read_however_it_is_dressed_up(typed: str) -> None:
    event = incoming.commanded(NOW, f"JOIN {typed}").event
    assert isinstance(event, Joined)
    assert event.code == "K7QM2X4R"


def test_an_invitation_can_be_typed_with_its_click() -> None:
    event = incoming.commanded(NOW, "join r_K7QM2X4R_2Lk9aQ").event
    assert isinstance(event, Joined)
    assert (event.code, event.click) == ("K7QM2X4R", "2Lk9aQ")


def test_a_join_without_a_code_asks_for_it() -> None:
    for asked in (incoming.commanded(NOW, " join ").event, incoming.worded(NOW, "Join")):
        assert isinstance(asked, QuestionAsked)
        assert asked.about == "code"
    assert incoming.commanded(NOW, "join").lacks_code
    assert not incoming.commanded(NOW, "join K7QM2X4R").lacks_code


def test_several_spaces_are_one() -> None:
    event = incoming.commanded(NOW, "  stats   week ").event
    assert isinstance(event, StatsAsked)
    assert event.period == "week"
    assert incoming.commanded(NOW, "  ").unknown == ""
    assert incoming.commanded(NOW, "dance now").unknown == "dance"
    assert isinstance(incoming.commanded(NOW, "dance").event, HelpAsked)


def test_every_action_is_a_button() -> None:
    for action in ACTIONS:
        assert incoming.tapped(NOW, {"action_id": f"act:3:{action}", "value": "x"}) is not None
    assert isinstance(incoming.tapped(NOW, {"action_id": "act:0:status"}), StatusAsked)
    assert incoming.tapped(NOW, {"action_id": "open:1"}) is None
    for odd in ({}, {"action_id": ""}, {"action_id": "act"}, {"action_id": "act:1"}, {"action_id": None}):
        assert isinstance(incoming.tapped(NOW, odd), OldButtonTapped)


@pytest.mark.parametrize(
    "odd",
    [
        {"bot_id": "B1"},
        {"app_id": "A1"},
        {"hidden": True},
        {"subtype": "message_changed"},
        {"subtype": "channel_join"},
        {"subtype": "bot_message"},
        {"user": None},
        {"user": "USLACKBOT"},
    ],
)
def test_only_people_say_something(odd: dict[str, Any]) -> None:
    assert incoming.is_said(SAID)
    assert not incoming.is_said({**SAID, **odd})


def test_a_deleted_file_and_one_without_a_kind_are_no_pictures() -> None:
    files = [{"id": "F1", "mode": "tombstone", "mimetype": "image/png"}, {"id": "F2"}]
    wrote = incoming.written(NOW, {**SAID, "text": None, "files": files})
    assert (wrote.events, wrote.has_other_files) == ((), True)


def test_what_begins_with_two_strokes_stays_among_ourselves() -> None:
    reply = {**SAID, "thread_ts": "1.0"}
    for text in ("// psst", "  //psst", "//"):
        assert incoming.team_replied(NOW, {**reply, "text": text}, us="U0GRAPE").events == ()
    (event,) = incoming.team_replied(NOW, {**reply, "text": "see https://x.example // now"}, us="U0GRAPE").events
    assert isinstance(event, TeamReplied)
    assert (
        incoming.team_replied(NOW, {**reply, "text": "// see", "files": [{"id": "F1"}]}, us="U0GRAPE").has_other_files
        is False
    )


@pytest.mark.parametrize(
    ("parent", "us", "is_to_us"),
    [("U0GRAPE", "U0GRAPE", True), ("U0OLGA", "U0GRAPE", False), (None, "U0GRAPE", False), (None, "", False)],
)
def test_a_reply_below_a_message_of_ours_is_to_us(parent: str | None, us: str, is_to_us: bool) -> None:  # noqa: FBT001 - a table of cases
    reply = {**SAID, "thread_ts": "1.0"} | ({"parent_user_id": parent} if parent else {})
    (event,) = incoming.team_replied(NOW, reply, us=us).events
    assert isinstance(event, TeamReplied)
    assert event.to_us is is_to_us


CHANGED: dict[str, Any] = {
    "subtype": "message_changed",
    "channel": "C1",
    "hidden": True,
    "message": {**SAID, "text": "hello again"},
    "previous_message": SAID,
}


def test_a_change_is_what_a_person_made_of_their_own_words() -> None:
    assert incoming.edited(CHANGED) == {**SAID, "text": "hello again", "channel": "C1"}
    assert incoming.edited(SAID) is None
    assert incoming.edited({**CHANGED, "message": SAID}) is None
    assert incoming.edited({**CHANGED, "message": {**CHANGED["message"], "bot_id": "B1"}}) is None
    assert incoming.edited({"subtype": "message_changed"}) is None


def test_the_oldest_reply_that_went_on_makes_room() -> None:
    replies = PassedOn(remembered=2)
    for number in ("1.0", "2.0", "3.0"):
        replies.add(number)
    assert [number in replies for number in ("1.0", "2.0", "3.0")] == [False, True, True]


def test_a_person_is_the_same_wherever_they_act_and_known_once_introduced() -> None:
    someone = People(elsewhere=())
    someone.workspace = Workspace(team="T0CAFE", enterprise="E0ORG")
    own, colleague = someone.person("T0CAFE", "U0SAM"), someone.person("E0ORG", "U0SAM")
    assert own == colleague
    assert not own.is_external
    guest = someone.person("T0OTHER", "U0XENA")
    assert (guest.is_external, guest.identity.subject) == (True, "T0CAFE.U0XENA")
    told = {"team_id": "T0OTHER", "tz": "Mars/Base", "locale": "", "real_name": "Xena Outside", "profile": {}}
    learned = someone.learn(guest, profile_of(told, someone.workspace))
    assert (learned.first_name, learned.zone, learned.language) == ("Xena", None, None)
    assert someone.person("", "U0XENA").is_external
    assert people.user_of(learned.identity.subject) == "U0XENA"


def test_who_was_not_seen_for_long_makes_room(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(people, "REMEMBERED", 2)
    someone = People(elsewhere=())
    for user in ("U1", "U2", "U3"):
        assert not someone.is_met(someone.person("", user))
    assert someone.is_met(someone.person("", "U3"))
    assert not someone.is_met(someone.person("", "U1"))
