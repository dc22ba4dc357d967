"""Notices to people and posts to the team: within Slack's limits, with pictures, and what each failure means."""

from io import BytesIO
from typing import Any

import pytest
import zxingcpp
from PIL import Image
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route
from structlog.testing import capture_logs

from bot.delivery import DeliveryFailed, FileGone
from bot.playground.slack.faults import Details
from bot.playground.slack.peer import OWNER, SAM, TEAM_CHANNEL
from bot.slack import outgoing
from bot.slack.edge import SlackEdge
from handlers.events import ShareAsked
from handlers.outcome import Outcome
from messages.message import QR, Act, Code, Member, Message, Open, Photo, Phrase, Said, ShareLink, SignInLink, Table
from tests.bot.playground.house import Server
from tests.bot.slack.stage import PNG, READER, Stage

LINK = ShareLink("K7QM2X4R")
SHARING = Message(key="commands.share", picture=QR(LINK))
PHOTO = Photo("telegram", "file-of-theirs", "door.jpg")


@pytest.fixture
async def edge(posted: Stage) -> SlackEdge:
    edge = posted.edge()
    await edge.start()
    return edge


async def send(edge: SlackEdge, message: Message) -> None:
    await edge.sender.send(f"T0CAFE.{SAM}", message, reader=READER)


async def post(edge: SlackEdge, message: Message, thread: str | None = None) -> str:
    return await edge.team.post(message, thread=thread, reader=READER)


async def failing(edge: SlackEdge, message: Message) -> DeliveryFailed:
    with pytest.raises(DeliveryFailed) as caught:
        await send(edge, message)
    return caught.value


async def test_a_notice_goes_into_the_direct_line_without_previews(posted: Stage, edge: SlackEdge) -> None:
    await send(edge, Message(key="commands.help", lines=(Phrase("commands.top"), Phrase("commands.share"))))
    message = await posted.peer.next_message(SAM)
    assert message.words == "How it all works\nWho brings the most friends\nMy link, code and QR to share"
    (call,) = posted.asked("chat.postMessage")
    assert (call["channel"], call["unfurl_links"], call["unfurl_media"]) == (SAM, False, False)
    assert call["text"] == message.words
    assert (edge.sender.platform, edge.has_team) == ("slack", True)


async def test_the_qr_can_be_read_and_a_vouchers_is_never_at_a_public_address(posted: Stage, edge: SlackEdge) -> None:
    await send(edge, Message(key="commands.share", picture=QR(Code("VOUCHER23456"))))
    (picture,) = (await posted.peer.next_message(SAM)).pictures
    assert "image_url" not in picture
    assert "VOUCHER" not in picture["alt_text"]
    file = posted.peer.files.by_id(picture["slack_file"]["id"])
    assert file
    (read,) = zxingcpp.read_barcodes(Image.open(BytesIO(file.content or b"")).convert("L"))
    assert read.text == "VOUCHER23456"


async def test_a_public_house_shows_the_qr_of_a_link_from_its_own_page(posted: Stage, edge: SlackEdge) -> None:
    posted.public_url = "https://refer.example.com"
    await send(edge, SHARING)
    assert posted.asked("chat.postMessage")[0]["blocks"][1]["image_url"] == "https://refer.example.com/qr/K7QM2X4R.png"
    await send(edge, Message(key="commands.share", picture=QR(Code("VOUCHER23456"))))
    assert "slack_file" in posted.asked("chat.postMessage")[1]["blocks"][1]


async def test_a_picture_that_takes_its_time_is_waited_for(posted: Stage, edge: SlackEdge) -> None:
    posted.peer.files.processing_seconds = 0.8
    await send(edge, SHARING)
    assert (await posted.peer.next_message(SAM)).pictures
    assert len(posted.asked("chat.postMessage")) == 1


async def test_a_picture_that_is_refused_to_the_end_is_left_out_and_missed(posted: Stage, edge: SlackEdge) -> None:
    posted.peer.faults.add("chat.postMessage", error="invalid_blocks", times=2)
    await send(edge, SHARING)
    message = await posted.peer.next_message(SAM)
    assert not message.pictures
    assert "There should be a picture here" in message.words


async def test_a_file_that_slack_forgot_is_uploaded_again(posted: Stage, edge: SlackEdge) -> None:
    await send(edge, SHARING)
    posted.peer.faults.add("chat.postMessage", error="invalid_blocks")
    await send(edge, SHARING)
    assert all(message.pictures for message in posted.peer.messages(SAM))
    assert len(posted.asked("files.completeUploadExternal")) == 2


@pytest.mark.parametrize("trouble", [{"error": "missing_scope"}, {"status": 500}, {"hold": 0.0}])
async def test_words_do_not_wait_for_a_picture_that_cannot_be_uploaded(
    posted: Stage, edge: SlackEdge, trouble: Details
) -> None:
    posted.peer.faults.add("files.getUploadURLExternal", **trouble)
    await send(edge, SHARING)
    assert "There should be a picture here" in (await posted.peer.next_message(SAM)).words
    await send(edge, SHARING)
    assert (await posted.peer.next_message(SAM)).pictures


async def test_an_upload_that_must_wait_makes_the_notice_wait(posted: Stage, edge: SlackEdge) -> None:
    posted.peer.faults.add("files.getUploadURLExternal", status=429, retry_after=7)
    failure = await failing(edge, SHARING)
    assert (failure.reason, failure.retry_after) == ("wait", 7.0)


async def test_what_somebody_sent_elsewhere_is_fetched_and_shown(posted: Stage, edge: SlackEdge) -> None:
    message = Message(key="commands.top", picture=PHOTO)
    await post(edge, message)
    (picture,) = (await posted.peer.next_message(OWNER, TEAM_CHANNEL)).pictures
    file = posted.peer.files.by_id(picture["slack_file"]["id"])
    assert file
    assert (file.name, file.content) == ("door.jpg", PNG)


async def test_what_cannot_be_fetched_is_tried_again_or_missed(posted: Stage, edge: SlackEdge) -> None:
    message = Message(key="commands.top", picture=PHOTO)
    posted.fetching = DeliveryFailed("unknown", "Telegram is away")
    assert (await failing(edge, message)).reason == "unreachable"
    assert not posted.asked("chat.postMessage")
    posted.fetching = FileGone()
    await send(edge, message)
    assert "There should be a picture here" in (await posted.peer.next_message(SAM)).words


async def test_a_picture_of_a_person_can_be_fetched_back(posted: Stage, edge: SlackEdge) -> None:
    posted.peer.write(SAM, files=[("me.png", PNG)])
    file = posted.peer.messages(SAM)[0].files[0]
    fetched = await edge.fetch(Photo("slack", file))
    assert (fetched.content, fetched.media_type, fetched.name) == (PNG, "image/png", "me.png")
    with pytest.raises(FileGone):
        await edge.fetch(Photo("slack", "F0NOTHING0"))
    posted.peer.faults.add("files-pri", status=500)
    with pytest.raises(DeliveryFailed):
        await edge.fetch(Photo("slack", file))


@pytest.mark.parametrize(
    ("file", "asked_for"),
    [
        ({"url_private_download": "https://files.slack.com.evil.example/me.png"}, ""),
        ({"url_private": "http://files.slack.com/me.png"}, ""),
        ({"url_private": "{own}/me.png", "size": 30_000_000}, ""),
        ({}, ""),
        ({"url_private": "{own}/me.png"}, "me.png"),
        ({"url_private": "{own}/me.heic", "mimetype": "image/heic", "thumb_1024": "{own}/thumb.png"}, "thumb.png"),
        ({"url_private": "{own}/moved"}, "moved"),
    ],
)
async def test_our_token_is_shown_to_slack_alone(posted: Stage, file: dict[str, Any], asked_for: str) -> None:
    narrow, asked = Server(), []

    async def answer(request: Request) -> Response:
        if request.url.path.startswith("/api/"):
            written = {name: one.format(own=narrow.url) if isinstance(one, str) else one for name, one in file.items()}
            return JSONResponse({"ok": True, "team_id": "T0CAFE", "file": {"id": "F1", "name": "me.png", **written}})
        asked.append(request.url.path[1:])
        assert request.headers["authorization"] == "Bearer xoxb-playground"
        if request.url.path == "/moved":
            return RedirectResponse("https://evil.example")
        return Response(PNG, media_type="image/png")

    await narrow.start([Route("/{path:path}", answer, methods=["GET", "POST"])])
    edge = posted.edge(api_url=f"{narrow.url}/api")
    await edge.start()
    if asked_for in {"", "moved"}:
        with pytest.raises(FileGone):
            await edge.fetch(Photo("slack", "F1"))
    else:
        assert (await edge.fetch(Photo("slack", "F1"))).media_type == "image/png"
    assert asked == [asked_for] * bool(asked_for)
    await edge.stop()
    await narrow.stop()


FAULTS: list[tuple[Details, str, bool]] = [
    ({"error": "user_not_found"}, "gone", True),
    ({"error": "cannot_dm_bot"}, "gone", True),
    ({"error": "msg_too_long"}, "refused", True),
    ({"error": "invalid_blocks"}, "refused", True),
    ({"error": "missing_scope"}, "unreachable", False),
    ({"error": "token_revoked"}, "unreachable", False),
    ({"error": "account_inactive"}, "unreachable", False),
    ({"status": 500}, "unknown", False),
    ({"status": 503}, "unknown", False),
    ({"hold": 0.0}, "unknown", False),
    ({"status": 429, "retry_after": 9}, "wait", False),
]


@pytest.mark.parametrize(("fault", "reason", "final"), FAULTS)
async def test_what_a_failure_means(
    posted: Stage,
    edge: SlackEdge,
    fault: Details,
    reason: str,
    final: bool,  # noqa: FBT001 - a table of cases
) -> None:
    posted.peer.faults.add("chat.postMessage", **fault)
    failure = await failing(edge, Message(key="commands.help"))
    assert (failure.reason, failure.final) == (reason, final)
    assert failure.retry_after == (9.0 if reason == "wait" else None)
    assert failure.everyone == (fault.get("error") == "token_revoked")


async def test_somebody_who_left_is_not_taken_for_a_dead_token(posted: Stage, edge: SlackEdge) -> None:
    with pytest.raises(DeliveryFailed) as caught:
        await edge.sender.send("T0CAFE.U0NOBODY", Message(key="commands.help"), reader=READER)
    assert caught.value.reason == "gone"


async def test_a_post_and_its_thread(posted: Stage, edge: SlackEdge) -> None:
    number = await post(edge, Message(key="commands.help", buttons=((Act(label="commands.top", action="top"),),)))
    assert (await posted.peer.next_message(OWNER, TEAM_CHANNEL)).ts == number
    await post(edge, Message(key="commands.top"), number)
    assert (await posted.peer.next_message(OWNER, TEAM_CHANNEL)).thread_ts == number
    assert len(posted.asked("conversations.info")) == 1


@pytest.mark.parametrize("how", ["is_ext_shared", "is_pending_ext_shared", "is_shared"])
async def test_nothing_of_the_teams_goes_into_a_channel_shared_with_others(
    posted: Stage, edge: SlackEdge, how: str
) -> None:
    posted.peer.share_channel(TEAM_CHANNEL, how=how)
    for _ in range(2):
        with pytest.raises(DeliveryFailed) as caught:
            await post(edge, Message(key="commands.help"))
        assert (caught.value.reason, caught.value.everyone) == ("unreachable", False)
    assert not posted.asked("chat.postMessage")


async def test_a_channel_is_looked_at_again_before_every_post(
    posted: Stage, edge: SlackEdge, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert outgoing.CHANNEL_SECONDS <= 3.0
    monkeypatch.setattr(outgoing, "CHANNEL_SECONDS", 0.0)
    await post(edge, Message(key="commands.help"))
    posted.peer.share_channel(TEAM_CHANNEL)
    with pytest.raises(DeliveryFailed):
        await post(edge, Message(key="commands.help"))
    assert len(posted.asked("chat.postMessage")) == 1


@pytest.mark.parametrize(
    ("word", "remedy"),
    [
        ("not_in_channel", "Invite the app"),
        ("channel_not_found", "GRAPEVINE_SLACK_TEAM_CHANNEL"),
        ("is_archived", "Unarchive"),
        ("restricted_action", "Posting permissions"),
        ("restricted_action_read_only_channel", "Posting permissions"),
        ("no_permission", "Posting permissions"),
        ("message_limit_exceeded", "plan"),
        ("a_word_of_next_year", "docs.slack.dev"),
    ],
)
async def test_what_slack_refuses_of_the_channel_keeps_its_posts_waiting(
    posted: Stage, edge: SlackEdge, word: str, remedy: str
) -> None:
    posted.peer.faults.add("chat.postMessage", error=word)
    with capture_logs() as logs, pytest.raises(DeliveryFailed) as caught:
        await post(edge, Message(key="commands.help"))
    assert (caught.value.reason, caught.value.final) == ("unreachable", False)
    (line,) = [line for line in logs if line["event"] == "slack.team-channel"]
    assert remedy in line["remedy"]


@pytest.mark.parametrize("word", ["msg_too_long", "msg_blocks_too_long", "invalid_blocks", "no_text"])
async def test_a_message_that_slack_would_never_take_is_given_up(posted: Stage, edge: SlackEdge, word: str) -> None:
    posted.peer.faults.add("chat.postMessage", error=word)
    with pytest.raises(DeliveryFailed) as caught:
        await post(edge, Message(key="commands.help"))
    assert caught.value.reason == "refused"


async def test_a_channel_the_app_is_not_in_keeps_its_posts_waiting(posted: Stage, edge: SlackEdge) -> None:
    posted.peer.faults.add("chat.postMessage", error="not_in_channel")
    with pytest.raises(DeliveryFailed) as caught:
        await post(edge, Message(key="commands.help"))
    assert caught.value.reason == "unreachable"
    elsewhere = posted.edge(team_channel="C0NOWHERE")
    await elsewhere.start()
    with pytest.raises(DeliveryFailed) as caught:
        await post(elsewhere, Message(key="commands.help"))
    assert caught.value.reason == "unreachable"
    assert not posted.edge(team_channel=None).has_team


async def test_what_people_wrote_neither_pings_nor_links_nor_formats(posted: Stage, edge: SlackEdge) -> None:
    nasty = "<!channel> <@U0OLGA> @here *bold* <https://evil.example|click> :tada:\n> quote & `code`"
    message = Message(
        key="supporting.heard",
        values={"name": "<!channel>*", "said": Said(nasty)},
        lines=(Phrase("commands.unknown-word", {"word": "<!here>"}),),
        buttons=((Act(label="joining.button-use-code", action="join", about="<!x>", values={"code": "<!here>"}),),),
        table=Table(headings=(Phrase("commands.top"),), rows=(("<!channel>",), ("",))),
    )
    await post(edge, message)
    shown = await posted.peer.next_message(OWNER, TEAM_CHANNEL)
    assert not shown.pings
    assert shown.links == ["https://evil.example"]  # what stands there in full leads where it says
    assert "<https://evil.example|click>" in shown.words
    assert "<!channel>" in shown.text.replace("&lt;", "<").replace("&gt;", ">")


async def test_a_colleague_is_named_as_slack_names_people(posted: Stage, edge: SlackEdge) -> None:
    closed = Message(key="commands.unknown-word", values={"word": Member("slack", f"T0CAFE.{OWNER}")})
    await post(edge, closed)
    assert (await posted.peer.next_message(OWNER, TEAM_CHANNEL)).pings


def everything(buttons: int) -> Message:
    row = tuple(Act(label="commands.description", action="top", about="week") for _ in range(buttons))
    return Message(
        key="commands.description",
        lines=tuple(Phrase("commands.description") for _ in range(80)),
        buttons=(row, (Open(label="commands.help", link=LINK),)),
        table=Table(headings=(Phrase("commands.top"),) * 2, rows=tuple(("x" * 500, n) for n in range(150))),
        picture=QR(LINK),
    )


@pytest.mark.parametrize("buttons", [1, 30])
async def test_what_grew_too_long_loses_its_last_lines(posted: Stage, edge: SlackEdge, buttons: int) -> None:
    await send(edge, everything(buttons))
    message = await posted.peer.next_message(SAM)
    assert len(message.labels) == buttons + 1
    assert len(message.tables[0]["rows"]) == 100
    assert message.pictures


async def test_one_line_longer_than_a_section_is_parted_between_words(posted: Stage, edge: SlackEdge) -> None:
    for said in (" ".join(["café & <b>"] * 250), "&" * 2000):
        await post(edge, Message(key="supporting.heard", values={"name": "Sam", "said": Said(said)}))
        shown = await posted.peer.next_message(OWNER, TEAM_CHANNEL)
        assert len(shown.blocks) > 1
        assert shown.words.replace("\n", "").replace(" ", "").endswith(said.replace(" ", ""))


async def test_a_sign_in_address_can_be_followed(posted: Stage, edge: SlackEdge) -> None:
    await send(edge, Message(key="commands.unknown-word", values={"word": SignInLink("a-token")}))
    assert posted.addresses().sign_in("a-token") in (await posted.peer.next_message(SAM)).links


@pytest.mark.parametrize(
    ("trouble", "seen"),
    [({"status": 429, "retry_after": 1}, 1), ({"status": 500}, 0), ({"error": "expired_url", "status": 404}, 0)],
)
async def test_an_answer_is_waited_for_and_never_said_twice(
    posted: Stage, edge: SlackEdge, trouble: dict[str, Any], seen: int
) -> None:
    posted.script.on(ShareAsked, Outcome(answers=(Message(key="commands.top"), Message(key="commands.help"))))
    posted.peer.faults.add("response_url", **trouble)
    posted.peer.command(SAM, "share")
    await posted.peer.next_message(SAM)
    await posted.peer.settled()
    await edge.stop()
    assert [message.words for message in posted.peer.messages(SAM)].count("How it all works") == seen


async def test_a_post_is_edited_where_it_stands(posted: Stage, edge: SlackEdge) -> None:
    number = await post(edge, Message(key="commands.top"))
    await posted.peer.next_message(OWNER, TEAM_CHANNEL)
    await edge.team.edit(number, Message(key="commands.share"), reader=READER)
    (call,) = posted.asked("chat.update")
    assert (call["channel"], call["ts"]) == (TEAM_CHANNEL, number)
    assert [message.words for message in posted.peer.messages(OWNER, TEAM_CHANNEL)] == ["My link, code and QR to share"]


async def test_a_post_that_was_deleted_says_so(posted: Stage, edge: SlackEdge) -> None:
    with pytest.raises(DeliveryFailed) as caught:
        await edge.team.edit("1700000000.000009", Message(key="commands.share"), reader=READER)
    assert (caught.value.reason, caught.value.detail) == ("refused", "message_not_found")


async def test_somebody_who_left_the_workspace_is_gone_and_a_lost_token_loses_nobody(
    posted: Stage, edge: SlackEdge
) -> None:
    """Slack has one word for both."""
    posted.peer.faults.add("chat.postMessage", error="account_inactive", times=2)
    assert (await failing(edge, Message(key="commands.top"))).reason == "unreachable"
    posted.peer.people[SAM].deactivated = True
    assert (await failing(edge, Message(key="commands.top"))).reason == "gone"
