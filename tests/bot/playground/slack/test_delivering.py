"""Events, commands and interactions reach the app as Slack brings them: signed, in time, again where it would."""

from __future__ import annotations

import time
from typing import Any
from urllib.parse import urlsplit

import pytest
from starlette.responses import PlainTextResponse, Response

from bot.playground.slack.installed import Installed
from bot.playground.slack.peer import BOT_USER, OWNER, SAM, TEAM, TEAM_CHANNEL, TESS, XENA
from bot.playground.slack.refusal import ImpossibleGesture
from tests.bot.playground.slack.house import House, actions, button, json_ack, manifest, section


async def test_a_command_arrives_signed_with_the_real_time(house: House) -> None:
    delivery = house.slack.command(SAM, "join K7QM2X4R & <co>")
    await house.slack.settled(delivery)
    (heard,) = house.app.heard
    assert heard.is_signed, "slack_sdk itself checks the signature, and that it is younger than five minutes"
    assert abs(int(heard.headers["x-slack-request-timestamp"]) - time.time()) < 60  # noqa: TID251 - the judge's clock
    body = heard.body
    assert body["text"] == "join K7QM2X4R &amp; &lt;co&gt;"
    assert (body["command"], body["user_id"], body["team_id"]) == ("/grapevine", SAM, TEAM)
    assert (body["channel_id"], body["channel_name"]) == (house.slack.dm(SAM), "directmessage")
    assert body["trigger_id"]
    assert urlsplit(body["response_url"]).hostname == "localhost"
    assert delivery.is_acked
    assert house.slack.messages(SAM) == [], "an empty acknowledgement shows nothing"


@pytest.mark.parametrize(
    ("answer", "words", "is_ephemeral"),
    [
        (PlainTextResponse("Hello Sam"), "Hello Sam", True),
        (json_ack({"text": "Hello Sam"}), "Hello Sam", True),
        (json_ack({"text": "x", "blocks": [section("Hello *Sam*")]}), "Hello *Sam*", True),
        (json_ack({"text": "Hello all", "response_type": "in_channel"}), "Hello all", False),
    ],
)
async def test_the_body_of_a_commands_ack_is_shown(
    house: House, answer: Response, words: str, *, is_ephemeral: bool
) -> None:
    house.slack.invite(SAM, TEAM_CHANNEL)
    house.app.answers.append(answer)
    house.slack.command(SAM, "help", channel=TEAM_CHANNEL)
    message = await house.slack.next_message(SAM, TEAM_CHANNEL)
    assert (message.words, message.is_ephemeral) == (words, is_ephemeral)
    assert bool(house.slack.messages(OWNER, TEAM_CHANNEL)) is not is_ephemeral


async def test_an_ack_in_broken_bytes_is_shown_as_it_is(house: House) -> None:
    house.app.answers.append(Response(b"caf\xe9", media_type="text/plain"))
    house.slack.command(SAM, "help")
    assert (await house.slack.next_message(SAM)).words.startswith("caf")


async def test_a_command_that_cannot_be_shown_is_told_so(house: House) -> None:
    house.app.answers.append(json_ack({"text": "x", "blocks": [section("x" * 3001)]}))
    delivery = house.slack.command(SAM, "help")
    await house.slack.settled(delivery)
    assert "must be less than 3001 characters" in delivery.refusal
    assert 'failed with the error "invalid_blocks"' in house.slack.notices[-1].words


@pytest.mark.parametrize(
    ("answer", "error", "reason"),
    [
        (Response(status_code=500), "dispatch_failed", "http_error"),
        (1.5, "operation_timeout", "http_timeout"),
    ],
)
async def test_a_command_is_never_repeated(house: House, answer: Any, error: str, reason: str) -> None:
    house.app.answers.append(answer)
    house.slack.ack_seconds = 1.0
    delivery = house.slack.command(SAM, "help")
    await house.slack.settled(delivery)
    assert [attempt.reason for attempt in delivery.attempts] == [reason]
    assert house.slack.notices[-1].words == f'/grapevine failed with the error "{error}"'
    assert house.slack.view(SAM)["notice"] == house.slack.notices[-1].words


async def test_an_event_is_repeated_three_times_with_its_reason(house: House) -> None:
    house.slack.ack_seconds = 1.0
    house.app.answers += [Response(status_code=500), 1.5, Response(status_code=302), Response()]
    house.slack.write(SAM, text="hello")
    await house.slack.settled()
    headers = [one.headers for one in house.app.heard]
    assert [one.get("x-slack-retry-num") for one in headers] == [None, "1", "2", "3"]
    assert [one.get("x-slack-retry-reason") for one in headers] == [None, "http_error", "http_timeout", "http_error"]
    assert len({one.body["event_id"] for one in house.app.heard}) == 1
    assert all(one.is_signed for one in house.app.heard)
    assert house.slack.deliveries[0].is_acked


async def test_an_event_is_given_up_after_four_attempts(house: House) -> None:
    house.app.answers += [Response(status_code=503)] * 9
    house.slack.open_home(SAM)
    await house.slack.settled()
    assert len(house.app.heard) == 4
    assert not house.slack.deliveries[0].is_acked


async def test_an_app_can_ask_for_no_repeats(house: House) -> None:
    house.app.answers.append(Response(status_code=500, headers={"X-Slack-No-Retry": "1"}))
    house.slack.open_home(SAM)
    await house.slack.settled()
    assert len(house.app.heard) == 1


async def test_a_repeated_event_keeps_its_id(house: House) -> None:
    delivery = house.slack.open_home(SAM)
    assert delivery is not None
    house.slack.repeat(delivery)
    await house.slack.settled()
    first, second = house.app.of("event")
    assert first["event_id"] == second["event_id"]


async def test_the_address_is_asked_whether_it_is_ours(house: House) -> None:
    delivery = house.slack.challenge()
    await house.slack.settled(delivery)
    assert delivery.answer == delivery.body["challenge"]


async def test_a_direct_message_is_an_event_of_its_own_kind(house: House) -> None:
    house.slack.write(SAM, text="Hi @Tess, see https://shop.example/a?b=1&c=2 @channel <b>")
    await house.slack.settled()
    (body,) = house.app.of("event")
    event = body["event"]
    assert (event["type"], event["channel_type"], event["channel"]) == ("message", "im", house.slack.dm(SAM))
    assert event["text"] == (f"Hi <@{TESS}>, see <https://shop.example/a?b=1&amp;c=2> <!channel> &lt;b&gt;")
    assert (body["team_id"], body["authorizations"][0]["user_id"]) == (TEAM, BOT_USER)
    assert "bot_id" not in event


async def test_the_app_hears_its_own_words_too(house: House) -> None:
    await house.says(SAM, text="hello")
    await house.slack.settled()
    (body,) = house.app.of("event")
    assert body["event"]["bot_id"]
    assert body["event"]["user"] == BOT_USER


async def test_threads_edits_and_other_bots(house: House) -> None:
    root = await house.says(TEAM_CHANNEL, text="A question")
    reply = house.slack.write(OWNER, TEAM_CHANNEL, "yes", thread=root)
    house.slack.edit(OWNER, reply, "no")
    house.slack.delete(OWNER, reply)
    house.slack.write_as_workflow(TEAM_CHANNEL, "daily", thread=root)
    house.slack.share_channel(TEAM_CHANNEL)
    house.slack.invite(XENA, TEAM_CHANNEL)
    house.slack.write(XENA, TEAM_CHANNEL, "hello from outside", thread=root)
    await house.slack.settled()
    events = sorted((body["event"] for body in house.app.of("event")), key=lambda event: event["event_ts"])
    assert [event.get("subtype") for event in events] == [
        None,
        None,
        "message_changed",
        "message_deleted",
        "bot_message",
        None,
    ]
    assert events[1]["thread_ts"] == root.ts
    assert events[1]["parent_user_id"] == BOT_USER
    assert "user" not in events[4]
    assert (events[5]["team"], events[5]["user_team"]) == ("T0OTHER", "T0OTHER")
    assert events[0]["channel_type"] == "channel"


async def test_only_members_write_and_the_app_hears_only_where_it_is(house: House) -> None:
    with pytest.raises(ImpossibleGesture, match="Sam is not in"):
        house.slack.write(SAM, TEAM_CHANNEL, "let me in")
    house.slack.add_channel("C0LOBBY", "lobby", members=[SAM])
    house.slack.write(SAM, "C0LOBBY", "does anybody hear?")
    assert house.slack.deliveries == []


async def test_only_what_the_manifest_asks_for_arrives(house: House) -> None:
    slack = house.slack
    slack.installed = Installed(manifest(scopes=["chat:write"], events=["message.im"]), socket_mode=False)
    slack.write(SAM, text="an event without its scope")
    assert slack.open_home(SAM) is None
    assert slack.deliveries == []
    assert slack.unheard == ["message.im", "app_home_opened"]


async def test_commands_and_buttons_need_the_manifest_too(house: House) -> None:
    slack = house.slack
    message = await house.says(SAM, text="x", blocks=[actions(button())])
    with pytest.raises(ImpossibleGesture, match="not a valid command"):
        slack.command(SAM, "x", name="/other")
    slack.installed = Installed(manifest(url=None), socket_mode=False)
    with pytest.raises(ImpossibleGesture, match="not a valid command"):
        slack.command(SAM, "x")
    assert Installed(manifest(scopes=["chat:write"]), socket_mode=False).commands == (), "a command needs its scope"
    with pytest.raises(ImpossibleGesture, match="not configured"):
        slack.tap(SAM, message, "Go")


async def test_nothing_arrives_after_the_last_goodbye(house: House) -> None:
    house.slack.uninstall()
    await house.slack.settled()
    assert [body["event"]["type"] for body in house.app.of("event")] == ["tokens_revoked", "app_uninstalled"]
    assert await house.refused("auth.test") == ("account_inactive", [])
    with pytest.raises(ImpossibleGesture):
        house.slack.command(SAM, "x")
