"""Buttons, modals and Home: what people do, what the app may answer, and how long it may."""

from __future__ import annotations

from typing import Any

import pytest
from starlette.responses import PlainTextResponse, Response

from bot.playground.slack.bubbles import Message
from bot.playground.slack.peer import OWNER, SAM, TEAM_CHANNEL, TESS
from bot.playground.slack.refusal import ImpossibleGesture
from bot.playground.slack.surfaces import View
from tests.bot.playground.slack.house import (
    House,
    actions,
    button,
    field_block,
    home,
    json_ack,
    modal,
    plain,
    section,
)

EXPIRED = "expired_trigger_id"


async def card(house: House, user: str = SAM, **more: Any) -> Message:
    """A message with two buttons."""
    blocks = [section("Claim?"), actions(button("Claim", "act:1:claim", value="r1"), button("Later", "act:2:later"))]
    return await house.says(user, text="Claim?", blocks=blocks, **more)


async def opened(house: House, *blocks: dict[str, Any], user: str = SAM, **more: Any) -> View:
    """A modal the app has opened."""
    trigger = house.slack.tickets.trigger(user)
    await house.result("views.open", view=modal(*(blocks or (field_block(),)), **more), trigger_id=trigger)
    view = house.slack.modal(user)
    assert view is not None
    return view


async def test_a_tap_tells_what_was_tapped_and_where(house: House) -> None:
    message = await card(house)
    delivery = house.slack.tap(SAM, message, "claim")
    await house.slack.settled()
    (payload,) = house.app.of("interaction")
    (action,) = payload["actions"]
    assert (action["action_id"], action["value"], action["type"]) == ("act:1:claim", "r1", "button")
    assert payload["container"] == {
        "type": "message",
        "message_ts": message.ts,
        "channel_id": message.channel,
        "is_ephemeral": False,
    }
    assert payload["message"]["ts"] == message.ts
    assert payload["user"]["id"] == SAM
    assert payload["team"]["id"] == payload["user"]["team_id"] == "T0CAFE"
    assert delivery.is_acked
    assert house.slack.tap_action(SAM, message.ts, "act:2:later").body["actions"][0]["action_id"] == "act:2:later"


async def test_only_what_one_sees_is_tapped(house: House) -> None:
    message = await card(house)
    with pytest.raises(ImpossibleGesture, match="Tess does not see"):
        house.slack.tap(TESS, message, "Claim")
    with pytest.raises(LookupError, match="no button"):
        house.slack.tap(SAM, message, "Explode")
    with pytest.raises(ImpossibleGesture, match="nothing called"):
        house.slack.tap_action(TESS, message.ts, "act:1:claim")


async def test_an_ephemeral_message_does_not_come_back_with_its_tap(house: House) -> None:
    ack = {"text": "x", "blocks": [actions(button())]}
    house.app.answers.append(json_ack(ack))
    house.slack.command(SAM, "status")
    message = await house.slack.next_message(SAM)
    house.slack.tap(SAM, message, "Go")
    await house.slack.settled()
    (payload,) = house.app.of("interaction")
    assert "message" not in payload
    assert payload["container"]["is_ephemeral"] is True


@pytest.mark.parametrize("answer", [Response(status_code=500), 1.5])
async def test_a_tap_without_answer_is_shown_as_trouble(house: House, answer: Any) -> None:
    message = await card(house)
    await house.slack.settled()
    house.app.answers.append(answer)
    house.slack.ack_seconds = 1.0
    delivery = house.slack.tap(SAM, message, "Claim")
    await house.slack.settled(delivery)
    assert len(delivery.attempts) == 1
    assert house.slack.notices[-1].user == SAM


async def test_the_body_of_a_taps_ack_is_ignored_and_noted(house: House) -> None:
    message = await card(house)
    await house.slack.settled()
    house.app.answers.append(PlainTextResponse("thanks"))
    await house.slack.settled(house.slack.tap(SAM, message, "Claim"))
    assert house.slack.warnings == [("block_actions", "the body of this acknowledgement is ignored")]


async def test_a_response_address_answers_five_times(house: House) -> None:
    url = house.slack.command(SAM, "help").body["response_url"]
    for number in range(5):
        assert await house.respond(url, text=f"answer {number}") == (200, "ok")
    assert await house.respond(url, text="one more") == (404, "used_url")
    assert [message.words for message in house.slack.messages(SAM)] == [f"answer {number}" for number in range(5)]
    assert all(message.is_ephemeral for message in house.slack.messages(SAM))


async def test_a_response_address_answers_for_half_an_hour(house: House) -> None:
    url = house.slack.command(SAM, "help").body["response_url"]
    house.slack.tickets.age()
    assert await house.respond(url, text="late") == (404, "expired_url")
    assert (await house.respond(f"{url}x", text="wrong"))[0] == 404


async def test_a_response_address_replaces_deletes_and_tells_everyone(house: House) -> None:
    message = await card(house, TEAM_CHANNEL)
    url = house.slack.tap(OWNER, message, "Claim").body["response_url"]
    assert await house.respond(url, text="for Olga") == (200, "ok")
    assert await house.respond(url, text="Done", replace_original=True) == (200, "ok")
    assert (message.words, message.edited) == ("Done", True)
    assert await house.respond(url, text="for all", response_type="in_channel") == (200, "ok")
    house.slack.invite(SAM, TEAM_CHANNEL)
    assert [one.words for one in house.slack.messages(SAM, TEAM_CHANNEL)] == ["Done", "for all"]
    assert await house.respond(url, delete_original=True) == (200, "ok")
    assert message.deleted
    assert [one.words for one in house.slack.messages(OWNER, TEAM_CHANNEL)] == ["for Olga", "for all"]


async def test_an_ephemeral_message_is_replaced_where_it_stands(house: House) -> None:
    house.app.answers.append(json_ack({"text": "x", "blocks": [section("Page 1"), actions(button())]}))
    house.slack.command(SAM, "status")
    message = await house.slack.next_message(SAM)
    url = house.slack.tap(SAM, message, "Go").body["response_url"]
    await house.respond(url, text="x", blocks=[section("Page 2")], replace_original=True)
    assert [one.words for one in house.slack.messages(SAM)] == ["Page 2"]
    assert message.is_ephemeral


async def test_what_slack_would_not_show_is_refused_at_a_response_address(house: House) -> None:
    url = house.slack.command(SAM, "help").body["response_url"]
    assert await house.respond(url, text="") == (400, "no_text")
    assert await house.respond(url, text="x", blocks=[section("x" * 3001)]) == (400, "invalid_blocks")
    await house.respond(url, text="x", colour="grape")
    assert house.slack.unknown_parameters == [("response_url", "colour")]


async def test_a_trigger_opens_one_modal_in_time(house: House) -> None:
    slack, view = house.slack, modal(field_block())
    assert (await house.refused("views.open", view=view, trigger_id="1.2.3"))[0] == "invalid_trigger_id"
    assert (await house.refused("views.open", view=view))[0] == "invalid_arguments"
    trigger = slack.command(SAM, "join").body["trigger_id"]
    await house.result("views.open", view=view, trigger_id=trigger)
    assert (await house.refused("views.open", view=view, trigger_id=trigger))[0] == "exchanged_trigger_id"
    late = slack.command(SAM, "join").body["trigger_id"]
    slack.tickets.age()
    assert (await house.refused("views.open", view=view, trigger_id=late))[0] == EXPIRED


async def test_three_seconds_are_measured(house: House) -> None:
    house.slack.tickets.trigger_seconds = 0.0
    trigger = house.slack.command(SAM, "join").body["trigger_id"]
    assert (await house.refused("views.open", view=modal(section()), trigger_id=trigger))[0] == EXPIRED


async def test_a_form_is_filled_in_and_closed_by_an_empty_ack(house: House) -> None:
    view = await opened(house, callback_id="join", private_metadata="m")
    with pytest.raises(ImpossibleGesture, match="required field"):
        house.slack.submit(SAM, view)
    delivery = house.slack.submit(SAM, view, {"Code": "K7QM2X4R"})
    await house.slack.settled(delivery)
    (payload,) = house.app.of("interaction")
    assert payload["view"]["state"]["values"] == {"code": {"typed": {"type": "plain_text_input", "value": "K7QM2X4R"}}}
    assert (payload["view"]["callback_id"], payload["view"]["private_metadata"]) == ("join", "m")
    assert house.slack.modal(SAM) is None


async def test_errors_stand_beside_their_fields(house: House) -> None:
    view = await opened(house)
    house.app.answers.append(json_ack({"response_action": "errors", "errors": {"code": "No such code."}}))
    await house.slack.settled(house.slack.submit(SAM, view, {"code": "x"}))
    assert house.slack.modal(SAM) is view
    assert view.errors == {"code": "No such code."}
    house.app.answers.append(json_ack({"response_action": "errors", "errors": {"elsewhere": "x"}}))
    delivery = house.slack.submit(SAM, view, {"code": "x"})
    await house.slack.settled(delivery)
    assert "no input" in delivery.refusal
    assert view.trouble


async def test_an_ack_can_update_push_and_clear(house: House) -> None:
    view = await opened(house)
    house.app.answers.append(json_ack({"response_action": "update", "view": modal(section("Two"), field_block())}))
    await house.slack.settled(house.slack.submit(SAM, view, {"code": "x"}))
    assert "Two" in view.words
    house.app.answers.append(json_ack({"response_action": "push", "view": modal(section("Three"))}))
    await house.slack.settled(house.slack.submit(SAM, view, {"code": "x"}))
    top = house.slack.modal(SAM)
    assert top is not None
    assert (top.previous_id, "Three" in top.words) == (view.view_id, True)
    house.app.answers.append(json_ack({"response_action": "update", "view": modal(section("x" * 3001))}))
    broken = house.slack.submit(SAM, top)
    await house.slack.settled(broken)
    assert "must be less than 3001" in broken.refusal
    house.app.answers.append(json_ack({"response_action": "clear"}))
    await house.slack.settled(house.slack.submit(SAM, top))
    assert house.slack.modal(SAM) is None


async def test_a_form_without_answer_stays_open(house: House) -> None:
    view = await opened(house)
    house.app.answers.append(Response(status_code=500))
    await house.slack.settled(house.slack.submit(SAM, view, {"code": "x"}))
    assert house.slack.modal(SAM) is view
    assert "trouble connecting" in view.trouble


async def test_slacks_own_form_lets_nothing_wrong_pass(house: House) -> None:
    select = {
        "type": "input",
        "block_id": "when",
        "optional": True,
        "label": plain("When"),
        "element": {
            "type": "static_select",
            "action_id": "chosen",
            "options": [{"text": plain("Now"), "value": "now"}, {"text": plain("Later"), "value": "later"}],
        },
    }
    view = await opened(house, field_block(min_length=4, max_length=8, initial_value="ABCD"), select)
    for value, words in (("abc", "at least 4"), ("abcdefghi", "at most 8")):
        with pytest.raises(ImpossibleGesture, match=words):
            house.slack.submit(SAM, view, {"code": value})
    with pytest.raises(ImpossibleGesture, match="no option"):
        house.slack.submit(SAM, view, {"when": "never"})
    delivery = house.slack.submit(SAM, view, {"when": "Later"})
    values = delivery.body["view"]["state"]["values"]
    assert values["when"]["chosen"]["selected_option"]["value"] == "later"
    assert values["code"]["typed"]["value"] == "ABCD"
    with pytest.raises(ImpossibleGesture, match="not open"):
        house.slack.submit(TESS, view)


async def test_views_are_pushed_three_deep_by_triggers_of_a_modal(house: House) -> None:
    slack = house.slack
    await opened(house, actions(button("Deeper", "more")))
    outside = slack.tickets.trigger(SAM)
    view = modal(actions(button("Deeper", "more")))
    error, messages = await house.refused("views.push", view=view, trigger_id=outside)
    assert (error, "root view whose stack" in messages[0]) == ("invalid_arguments", True)
    for _ in range(2):
        top = slack.modal(SAM)
        assert top is not None
        trigger = slack.tap(SAM, top, "Deeper").body["trigger_id"]
        await house.result("views.push", view=view, trigger_id=trigger)
    top = slack.modal(SAM)
    assert top is not None
    trigger = slack.tap(SAM, top, "Deeper").body["trigger_id"]
    assert (await house.refused("views.push", view=view, trigger_id=trigger))[0] == "push_limit_reached"
    slack.close_view(SAM)
    slack.close_view(SAM)
    assert slack.modal(SAM) is not None
    slack.close_view(SAM)
    assert slack.modal(SAM) is None


async def test_a_view_is_updated_by_id_name_and_hash(house: House) -> None:
    view = await opened(house, section("One"), external_id="sam-join")
    old = view.hash
    updated = await house.result("views.update", view=modal(section("Two")), view_id=view.view_id, hash=old)
    assert updated["view"]["hash"] != old
    stale = {"view": modal(section("Three")), "view_id": view.view_id, "hash": old}
    assert (await house.refused("views.update", **stale))[0] == "hash_conflict"
    assert (await house.refused("views.update", view=modal(section()), view_id="V0NOPE"))[0] == "not_found"
    assert (await house.refused("views.update", view=modal(section())))[0] == "invalid_arguments"
    assert (await house.refused("views.update", view=home(section()), view_id=view.view_id))[0] == "invalid_arguments"
    house.slack.close_view(SAM)
    assert (await house.refused("views.update", view=modal(section()), view_id=view.view_id))[0] == "not_found"


async def test_an_external_id_is_taken_once(house: House) -> None:
    await opened(house, section("One"), external_id="join")
    trigger = house.slack.tickets.trigger(TESS)
    view = modal(section(), external_id="join")
    assert (await house.refused("views.open", view=view, trigger_id=trigger))[0] == "duplicate_external_id"
    await house.result("views.update", view=modal(section("Two")), external_id="join")
    top = house.slack.modal(SAM)
    assert top is not None
    assert "Two" in top.words


async def test_a_closed_view_is_told_only_where_asked(house: House) -> None:
    view = await opened(house)
    assert house.slack.close_view(SAM, view) is None
    view = await opened(house, notify_on_close=True)
    delivery = house.slack.close_view(SAM, view.view_id)
    assert delivery is not None
    assert (delivery.body["type"], delivery.body["is_cleared"]) == ("view_closed", True)


async def test_home_is_published_and_touched(house: House) -> None:
    slack = house.slack
    await slack.settled(slack.open_home(SAM))
    assert "view" not in house.app.of("event")[0]["event"]
    first = await house.result("views.publish", user_id=SAM, view=home(section("Hi"), actions(button("Share", "s"))))
    page = slack.home(SAM)
    assert page is not None
    assert page.words == "Hi"
    stale = {"user_id": SAM, "view": home(section("x")), "hash": "old"}
    assert (await house.refused("views.publish", **stale))[0] == "hash_conflict"
    delivery = slack.tap(SAM, page, "Share")
    assert delivery.body["view"]["id"] == first["view"]["id"]
    assert "response_url" not in delivery.body
    again = await house.result("views.publish", user_id=SAM, view=home(section("Ho")))
    assert again["view"]["id"] == first["view"]["id"]
    opened_again = slack.open_home(SAM)
    assert opened_again is not None
    assert opened_again.body["event"]["view"]["blocks"][0]["text"]["text"] == "Ho"


async def test_a_menu_is_chosen_from(house: House) -> None:
    option = {"text": plain("German"), "value": "de"}
    menu = {"type": "static_select", "action_id": "m", "placeholder": plain("Language"), "options": [option]}
    message = await house.says(SAM, text="x", blocks=[section(accessory=menu)])
    delivery = house.slack.choose(SAM, message, "Language", "German")
    assert delivery.body["actions"][0]["selected_option"] == option
