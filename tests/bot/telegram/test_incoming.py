"""Recorded payloads become events."""

from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from telegram import Update

from bot.gestures import ACTIONS, Circumstances, started
from bot.telegram.incoming import (
    COMMANDS,
    contact_shared,
    has_content,
    membership_changed,
    normalized_phone,
    person,
    tapped,
    written,
)
from handlers.events import (
    BotBlocked,
    BotUnblocked,
    ChatEvent,
    ClaimOpened,
    Joined,
    MergeAnswered,
    OldButtonTapped,
    Person,
    RewardClaimed,
    SettingChosen,
    SignInOpened,
    StatusAsked,
    TopAsked,
)
from referrals.draw import Draw
from referrals.identity import Identity

MAYA: dict[str, Any] = {"id": 1001, "is_bot": False, "first_name": "Maya", "language_code": "de"}
CHAT: dict[str, Any] = {"id": 1001, "type": "private", "first_name": "Maya"}
BOT: dict[str, Any] = {"id": 42, "is_bot": True, "first_name": "Grapevine", "username": "grapevine_demo_bot"}
NOW = Circumstances(
    by=Person(identity=Identity("telegram", "1001"), first_name="Maya", language="de"),
    at=datetime(2026, 11, 2, 12, tzinfo=UTC),
    draw=Draw(bytes(32)),
)


def update(**content: Any) -> Update:
    return Update.de_json({"update_id": 7, **content}, None)


def tap(data: str | None) -> ChatEvent:
    raw = {"id": "1", "from": MAYA, "chat_instance": "1", "data": data}
    query = update(callback_query=raw).callback_query
    assert query
    return tapped(query, NOW)


def test_a_person_is_described_as_telegram_describes_them() -> None:
    user = update(message={"message_id": 1, "date": 1, "chat": CHAT, "from": MAYA, "text": "x"}).effective_user
    assert user
    assert person(user) == NOW["by"]


@pytest.mark.parametrize(
    ("payload", "event"),
    [
        ("", Joined(**NOW)),
        ("r_K7QM2X4R", Joined(**NOW, code="K7QM2X4R")),
        ("r_K7QM2X4R_2Lk9aQ", Joined(**NOW, code="K7QM2X4R", click="2Lk9aQ")),
        ("r_K7QM2X4R_", Joined(**NOW, code="K7QM2X4R")),
        ("c_0k3v", ClaimOpened(**NOW, token="0k3v")),
        ("l_0k3v", SignInOpened(**NOW, token="0k3v")),
        ("v_K7QM", Joined(**NOW, code="v_K7QM")),
        ("r_", Joined(**NOW, code="r_")),
        ("r__x", Joined(**NOW, code="r__x")),
        ("c_", Joined(**NOW, code="c_")),
        ("K7QM2X4R", Joined(**NOW, code="K7QM2X4R")),
        ("two words", Joined(**NOW, code="two words")),
    ],
)
def test_what_follows_start(payload: str, event: ChatEvent) -> None:
    assert started(NOW, payload) == event


@pytest.mark.parametrize(
    ("data", "event"),
    [
        ("status:", StatusAsked(**NOW)),
        ("status", StatusAsked(**NOW)),
        ("status:2", StatusAsked(**NOW, page=2)),
        ("join:K7QM2X4R", Joined(**NOW, code="K7QM2X4R")),
        ("claim:rwd_0k3v", RewardClaimed(**NOW, reward="rwd_0k3v")),
        ("top:week", TopAsked(**NOW, period="week")),
        ("set:notices:off", SettingChosen(**NOW, choice="notices:off")),
        ("merge:mrg_1.yes", MergeAnswered(**NOW, request="mrg_1", yes=True)),
        ("merge:mrg_1.no", MergeAnswered(**NOW, request="mrg_1", yes=False)),
    ],
)
def test_a_tap_means_what_its_button_said(data: str, event: ChatEvent) -> None:
    assert tap(data) == event


@pytest.mark.parametrize(
    "data",
    [
        *(None, "", ":", "nothing:1", "STATUS:1", "status :1", "🍇:1"),
        *("status:-1", "status:²", "status:99999", "status:x", "claim:", "join:", "top:year", "set:"),
        *("merge:mrg_1", "merge:.yes", "merge:mrg_1.maybe"),
    ],
)
def test_a_button_we_do_not_know_is_an_old_one(data: str | None) -> None:
    assert tap(data) == OldButtonTapped(**NOW)


@given(st.text(max_size=64))
def test_no_text_on_a_button_or_behind_start_is_too_strange(text: str) -> None:
    assert isinstance(tap(text), ChatEvent)
    assert isinstance(started(NOW, text), ChatEvent)
    assert isinstance(normalized_phone(text), str)


def test_each_action_answers_something_without_a_word_about_what() -> None:
    for action in ACTIONS:
        assert isinstance(tap(action), ChatEvent)


def test_a_contact_is_ones_own_only_when_telegram_says_so() -> None:
    def shared(**contact: Any) -> tuple[str, bool]:
        contact = {"phone_number": "491515551001", "first_name": "Maya", **contact}
        message = update(message={"message_id": 1, "date": 1, "chat": CHAT, "from": MAYA, "contact": contact}).message
        assert message
        assert message.contact
        assert message.from_user
        event = contact_shared(message.contact, NOW, sender=message.from_user)
        return event.phone, event.own

    assert shared(user_id=1001) == ("+491515551001", True)
    assert shared(user_id=1002) == ("+491515551001", False)
    assert shared() == ("+491515551001", False)


@pytest.mark.parametrize(
    ("phone", "normalized"),
    [
        ("+49 151 5551001", "+491515551001"),
        ("491515551001", "+491515551001"),
        ("+1 (415) 555-2671", "+14155552671"),
        ("call me", "call me"),
        ("", ""),
    ],
)
def test_a_phone_is_written_one_way(phone: str, normalized: str) -> None:
    assert normalized_phone(phone) == normalized


@pytest.mark.parametrize(("status", "event"), [("kicked", BotBlocked(**NOW)), ("member", BotUnblocked(**NOW))])
def test_a_block_and_its_end(status: str, event: ChatEvent) -> None:
    states = {"member": {"status": "member", "user": BOT}, "kicked": {"status": "kicked", "user": BOT, "until_date": 0}}
    other = "member" if status == "kicked" else "kicked"
    raw = {"chat": CHAT, "from": MAYA, "date": 1, "old_chat_member": states[other], "new_chat_member": states[status]}
    change = update(my_chat_member=raw).my_chat_member
    assert change
    assert membership_changed(change, NOW) == event


def test_a_text_is_passed_on_as_it_is() -> None:
    words = "שלום 🍇 " + "x" * 4000
    message = update(message={"message_id": 1, "date": 1, "chat": CHAT, "from": MAYA, "text": words}).message
    assert message
    assert written(message, NOW).text == words


def test_only_the_number_of_an_update_is_no_content() -> None:
    assert not has_content(update())
    assert has_content(update(a_kind_of_next_year={"x": 1}))
    assert has_content(
        update(
            poll={"id": "1", "question": "?", "options": [], "total_voter_count": 0}
            | {"is_closed": False, "is_anonymous": True, "type": "regular", "allows_multiple_answers": False}
            | {"allows_revoting": False, "members_only": False}
        )
    )


def test_the_commands_come_in_the_promised_order() -> None:
    promised = ["start", "share", "status", "rewards", "top", "settings", "help", "stop"]
    assert [command.name for command in COMMANDS] == promised
