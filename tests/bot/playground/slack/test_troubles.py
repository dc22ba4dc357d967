"""Troubles on order, and slack_sdk's own client as the one who meets them."""

from __future__ import annotations

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.http_retry.builtin_async_handlers import AsyncRateLimitErrorRetryHandler

from bot.playground.slack.peer import SAM, TESS
from tests.bot.playground.slack.house import House, modal, png, section


async def test_too_many_requests_say_when_to_come_back(house: House) -> None:
    house.slack.faults.add("chat.postMessage", status=429, retry_after=7)
    with pytest.raises(SlackApiError) as refused:
        await house.client.chat_postMessage(channel=SAM, text="x")
    response = refused.value.response
    assert (response.status_code, response.headers["Retry-After"], response["error"]) == (429, "7", "ratelimited")
    assert (await house.client.chat_postMessage(channel=SAM, text="x"))["ok"]


async def test_slack_sdk_waits_and_tries_again(house: House) -> None:
    house.client.retry_handlers.append(AsyncRateLimitErrorRetryHandler(max_retry_count=1))
    house.slack.faults.add("chat.postMessage", status=429, retry_after=1)
    assert (await house.client.chat_postMessage(channel=SAM, text="x"))["ok"]
    assert len(house.slack.messages(SAM)) == 1


@pytest.mark.parametrize(("status", "error"), [(500, "internal_error"), (503, "service_unavailable")])
async def test_a_status_on_order(house: House, status: int, error: str) -> None:
    house.slack.faults.add("*", status=status, times=2)
    for _ in range(2):
        async with house.session.post(f"{house.api}/auth.test") as answer:
            assert (answer.status, (await answer.json())["error"]) == (status, error)
    assert (await house.call("auth.test"))["ok"]


async def test_an_error_by_its_name_for_one_person(house: House) -> None:
    house.slack.faults.add("chat.postMessage", error="account_inactive", channel=TESS)
    assert (await house.call("chat.postMessage", channel=SAM, text="x"))["ok"]
    assert (await house.call("chat.postMessage", channel=TESS, text="x"))["error"] == "account_inactive"
    assert house.slack.messages(TESS) == []
    house.slack.faults.add("*", error="account_inactive", channel=TESS)
    assert (await house.call("chat.postMessage", channel=house.slack.dm(TESS), text="x"))["error"] == "account_inactive"


async def test_an_error_after_delivery(house: House) -> None:
    house.slack.faults.add("chat.postMessage", status=500, after_delivery=True)
    assert (await house.call("chat.postMessage", channel=SAM, text="arrived"))["error"] == "internal_error"
    assert house.slack.messages(SAM)[-1].words == "arrived"


@pytest.mark.parametrize("after_delivery", [True, False])
async def test_the_line_is_cut(house: House, *, after_delivery: bool) -> None:
    house.slack.faults.add("chat.postMessage", hold=0.05, after_delivery=after_delivery)
    with pytest.raises(aiohttp.ClientPayloadError):
        await house.call("chat.postMessage", channel=SAM, text="lost?")
    assert bool(house.slack.messages(SAM)) is after_delivery


async def test_uploads_and_response_addresses_meet_troubles_too(house: House) -> None:
    house.slack.faults.add("upload", status=500)
    told = await house.result("files.getUploadURLExternal", filename="x.png", length=len(png()))
    for status in (500, 200):
        async with house.session.post(told["upload_url"], data=png()) as answer:
            assert answer.status == status
    house.slack.faults.add("response_url", status=500)
    house.slack.faults.add("response_url", status=500, after_delivery=True)
    url = house.slack.command(SAM, "x").body["response_url"]
    for _ in range(2):
        assert (await house.respond(url, text="once"))[0] == 500
    assert [message.words for message in house.slack.messages(SAM)] == ["once"]


async def test_orders_can_be_cancelled(house: House) -> None:
    house.slack.faults.add(status=500, times=9)
    house.slack.faults.clear()
    assert (await house.call("auth.test"))["ok"]


async def test_slack_sdks_client_gets_along_with_it(house: House) -> None:
    client, slack = house.client, house.slack
    told = await client.auth_test()
    assert (told["user_id"], told["bot_id"], told["team_id"]) == ("U0GRAPE", "B0GRAPE", "T0CAFE")
    assert "chat:write" in told.headers["x-oauth-scopes"]
    sent = await client.chat_postMessage(channel=SAM, text="x", blocks=[section()])
    await client.chat_update(channel=sent["channel"], ts=sent["ts"], text="y", blocks=[])
    await client.chat_postEphemeral(channel=sent["channel"], user=SAM, text="z")
    person = await client.users_info(user=TESS, include_locale=True)
    assert person["user"]["locale"] == "en-GB"
    assert person["user"]["profile"]["first_name"] == "Tess"
    assert person["user"]["tz"] == "Europe/London"
    assert (await client.conversations_open(users=[SAM]))["channel"]["id"] == slack.dm(SAM)
    assert (await client.conversations_info(channel="C0TEAM"))["channel"]["is_ext_shared"] is False
    slack.share_channel("C0TEAM", how="is_pending_ext_shared")
    assert (await client.conversations_info(channel="C0TEAM"))["channel"]["is_pending_ext_shared"] is True
    assert (await client.users_info(user="U0XENA"))["user"]["is_stranger"] is True
    uploaded = await client.files_upload_v2(content=png(), filename="qr.png", title="QR")
    assert uploaded["ok"]
    opened = await client.views_open(trigger_id=slack.tickets.trigger(SAM), view=modal(section()))
    await client.views_update(view_id=opened["view"]["id"], view=modal(section("two")))
    await client.views_publish(user_id=SAM, view={"type": "home", "blocks": []})
    await client.chat_delete(channel=sent["channel"], ts=sent["ts"])
    assert (await client.files_info(file=uploaded["files"][0]["id"]))["ok"]
    assert slack.unknown_parameters == []
    assert "Bearer" not in str(slack.calls), "the journal holds no token"
