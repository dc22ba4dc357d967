"""What people can do in the pretend Slack, in which order it arrives, and what no Slack app lets them do."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from bot.playground.slack.peer import BOT_USER, OWNER, SAM, TEAM_CHANNEL, XENA
from bot.playground.slack.refusal import ImpossibleGesture
from tests.bot.playground.slack.house import House, actions, button, png, section


async def test_events_of_a_conversation_keep_their_order(house: House) -> None:
    house.app.answers += [0.1, 0.05, 0.02]
    for text in ("one", "two", "three"):
        house.slack.write(SAM, text=text)
    await house.slack.settled()
    assert [body["event"]["text"] for body in house.app.of("event")] == ["one", "two", "three"]


async def test_a_double_tap_is_a_race(house: House) -> None:
    message = await house.says(SAM, text="x", blocks=[actions(button())])
    await house.slack.settled()
    house.app.answers += [both := asyncio.Barrier(2), both]
    taps = [house.slack.tap(SAM, message, "Go") for _ in range(2)]
    await house.slack.settled()
    assert all(tap.is_acked for tap in taps)


async def test_a_repeat_arrives_while_the_first_is_under_way(house: House) -> None:
    house.app.answers += [both := asyncio.Barrier(2), both]
    delivery = house.slack.open_home(SAM)
    assert delivery is not None
    repeat = house.slack.repeat(delivery)
    await house.slack.settled()
    assert [len(one.attempts) for one in (delivery, repeat)] == [1, 1]


async def test_people_come_and_go(house: House) -> None:
    slack = house.slack
    slack.add_person("U0NEW", "Nina", tz="UTC", locale="de-DE")
    with pytest.raises(ImpossibleGesture, match="already"):
        slack.add_person("U0NEW", "Nina")
    with pytest.raises(ImpossibleGesture, match="already"):
        slack.add_person(BOT_USER, "Nina")
    with pytest.raises(ImpossibleGesture, match="Nobody"):
        slack.command("U0NOBODY", "help")
    told = await house.result("users.info", user="U0NEW", include_locale=True)
    assert (told["user"]["tz_offset"], told["user"]["locale"]) == (0, "de-DE")
    assert "locale" not in (await house.result("users.info", user="U0NEW"))["user"]
    slack.invite("U0NEW", TEAM_CHANNEL)
    slack.write("U0NEW", TEAM_CHANNEL, "hello")
    slack.remove("U0NEW", TEAM_CHANNEL)
    with pytest.raises(ImpossibleGesture, match="Nina is not in"):
        slack.write("U0NEW", TEAM_CHANNEL, "hello?")
    slack.remove(BOT_USER, TEAM_CHANNEL)
    assert (await house.refused("chat.postMessage", channel=TEAM_CHANNEL, text="x"))[0] == "not_in_channel"


@pytest.mark.parametrize(
    ("words", "files", "complaint"),
    [("", (), "nothing to send"), (" \n", (), "nothing to send"), ("x" * 12_001, (), "at most")],
)
async def test_what_slacks_own_field_would_not_take(house: House, words: str, files: Any, complaint: str) -> None:
    with pytest.raises(ImpossibleGesture, match=complaint):
        house.slack.write(SAM, text=words, files=files)


async def test_a_picture_needs_no_words(house: House) -> None:
    assert house.slack.write(SAM, files=[("x.png", png())]).files


async def test_one_changes_only_what_is_ones_own(house: House) -> None:
    mine, root = house.slack.write(SAM, text="mine"), await house.says(TEAM_CHANNEL, text="x")
    with pytest.raises(ImpossibleGesture, match="not theirs"):
        house.slack.edit(OWNER, mine, "yours")
    with pytest.raises(ImpossibleGesture, match="not theirs"):
        house.slack.delete(OWNER, root)
    with pytest.raises(ImpossibleGesture, match="no such thread"):
        house.slack.write(SAM, text="x", thread="1.0")


async def test_a_private_channel_is_a_group(house: House) -> None:
    house.slack.channels[TEAM_CHANNEL].is_private = True
    house.slack.write(OWNER, TEAM_CHANNEL, "psst")
    delivery = house.slack.command(OWNER, "stats", channel=TEAM_CHANNEL)
    assert house.slack.deliveries[0].body["event"]["channel_type"] == "group"
    assert delivery.body["channel_name"] == "privategroup"
    assert (await house.result("conversations.info", channel=TEAM_CHANNEL))["channel"]["is_group"] is True


async def test_somebody_outside_is_marked_everywhere(house: House) -> None:
    slack = house.slack
    slack.share_channel(TEAM_CHANNEL)
    slack.invite(XENA, TEAM_CHANNEL)
    message = await house.says(TEAM_CHANNEL, text="x", blocks=[actions(button())])
    tapped = slack.tap(XENA, message, "Go")
    assert tapped.body["user"]["team_id"] == "T0OTHER"
    slack.write(XENA, TEAM_CHANNEL, "hello")
    wrapped = slack.deliveries[-1].body
    assert (wrapped["is_ext_shared_channel"], wrapped["event"]["user_team"]) == (True, "T0OTHER")
    info = (await house.result("conversations.info", channel=TEAM_CHANNEL))["channel"]
    assert (info["is_ext_shared"], info["shared_team_ids"]) == (True, ["T0CAFE", "T0OTHER"])
    with pytest.raises(ImpossibleGesture, match="shared as one of"):
        slack.share_channel(TEAM_CHANNEL, how="somehow")


async def test_its_own_address_is_the_one_exception(house: House) -> None:
    own = f"{house.slack.public_url}/qr/K7QM2X4R.png"
    picture = {"type": "image", "alt_text": "a QR code", "image_url": own}
    message = await house.says(SAM, text="x", blocks=[picture, section(accessory=picture)])
    assert [one["image_url"] for one in message.pictures] == [own, own]


async def test_troubles_can_be_ordered_from_outside(house: House) -> None:
    desk = f"{house.slack.public_url}/playground/slack"
    async with house.session.post(f"{desk}/faults", json={"method": "*", "status": 500, "times": 9}) as answer:
        assert answer.status == 201
    assert (await house.call("auth.test"))["error"] == "internal_error"
    async with house.session.delete(f"{desk}/faults") as answer:
        assert answer.ok
    assert (await house.call("auth.test"))["ok"]
    async with house.session.post(f"{desk}/faults", json={"nonsense": 1}) as answer:
        assert answer.status == 400
    await house.slack.settled(house.slack.command(SAM, "help"))
    async with house.session.get(f"{desk}/journal") as answer:
        journal = await answer.json()
    assert [call["method"] for call in journal["calls"]] == ["auth.test"]
    assert (journal["deliveries"][0]["name"], journal["deliveries"][0]["attempts"][0]["status"]) == ("/grapevine", 200)
