"""Pictures go both ways: what people send becomes events, what others sent is shown, and what is lost is said."""

from io import BytesIO

import pytest
import structlog
from PIL import Image

from bot.delivery import DeliveryFailed, FileGone
from bot.playground.telegram.faults import Details
from bot.telegram.edge import TelegramEdge
from handlers.events import HelpAsked, PictureSent
from messages.message import Bars, Message, Photo, Phrase, Table
from tests.bot.playground.house import MAYA, TOKEN
from tests.bot.telegram.stage import READER, Stage, says

KEPT = Photo("slack", "F0RECEIPT", "receipt.png")


def picture(width: int = 64, height: int = 48, *, colour: str = "purple", kind: str = "PNG") -> bytes:
    held = BytesIO()
    Image.new("RGB", (width, height), colour).save(held, kind)
    return held.getvalue()


@pytest.fixture
async def talking(stage: Stage, edge: TelegramEdge) -> TelegramEdge:
    stage.script.on(PictureSent, says("commands.help"))
    stage.peer.press_start(MAYA)
    await stage.until(lambda: stage.script.events)
    return edge


async def heard(stage: Stage, count: int = 1) -> list[PictureSent]:
    await stage.until(lambda: len(stage.script.heard(PictureSent)) == count)
    return stage.script.heard(PictureSent)


async def send(edge: TelegramEdge, message: Message) -> None:
    await edge.sender.send(str(MAYA), message, reader=READER)


async def test_a_photo_arrives_with_its_words_and_in_its_largest_size(stage: Stage, talking: TelegramEdge) -> None:
    sent = stage.peer.send_photo(MAYA, picture(1200, 900, kind="JPEG"), "Is this <b>right</b>?")
    (event,) = await heard(stage)
    assert len(sent.attached()["photo"]) == 2
    assert sent.photo
    assert (event.photo.platform, event.photo.file) == ("telegram", sent.photo.file_id)
    assert (event.text, event.message) == ("Is this <b>right</b>?", str(sent.message_id))
    assert event.by.elsewhere == ("slack",)
    assert (await stage.peer.next_message(MAYA)).words == "How it all works"
    file = await talking.fetch(event.photo)
    assert (file.content, file.media_type) == (sent.photo.content, "image/jpeg")


async def test_a_picture_sent_as_a_file_is_one_too(stage: Stage, talking: TelegramEdge) -> None:
    stage.peer.send_document(MAYA, "receipt.png", picture(), "My receipt")
    (event,) = await heard(stage)
    assert (event.photo.name, event.text) == ("receipt.png", "My receipt")
    file = await talking.fetch(event.photo)
    assert (file.content, file.media_type, file.name) == (picture(), "image/png", "receipt.png")


async def test_a_file_that_is_no_picture_gets_help(stage: Stage, talking: TelegramEdge) -> None:
    stage.peer.send_document(MAYA, "letter.pdf", b"%PDF-1.7")
    await stage.until(lambda: stage.script.heard(HelpAsked))
    assert stage.script.heard(PictureSent) == []


async def test_every_picture_of_an_album_is_taken_and_the_album_answered_once(
    stage: Stage, talking: TelegramEdge
) -> None:
    sent = stage.peer.send_album(MAYA, [picture(colour=colour) for colour in ("red", "green", "blue")], "All of them")
    events = await heard(stage, 3)
    assert [event.photo.file for event in events] == [message.photo.file_id for message in sent if message.photo]
    assert [event.text for event in events] == ["All of them", "", ""]
    stage.script.on(HelpAsked, says("commands.top"))
    stage.peer.send_document(MAYA, "letter.pdf", b"%PDF-1.7")
    words = [(await stage.peer.next_message(MAYA)).words for _ in range(2)]
    assert words == ["How it all works", "Who brings the most friends"]


async def test_the_first_picture_of_an_album_is_answered_also_when_it_has_to_come_again(
    stage: Stage, talking: TelegramEdge
) -> None:
    stage.script.on(PictureSent, RuntimeError("a bad moment"), says("commands.help"), says("commands.top"))
    stage.peer.send_album(MAYA, [picture(colour="red"), picture(colour="blue")])
    await heard(stage, 3)
    assert (await stage.peer.next_message(MAYA)).words == "How it all works"


async def test_a_picture_of_the_other_platform_is_shown_with_what_was_said(stage: Stage, talking: TelegramEdge) -> None:
    stage.kept[KEPT] = picture()
    for _ in range(2):
        await send(talking, Message(key="commands.help", picture=KEPT))
    first, second = [await stage.peer.next_message(MAYA) for _ in range(2)]
    assert first.photo
    assert first.photo.content == picture()
    assert first.caption.plain == second.caption.plain == "How it all works"
    assert stage.fetched == [KEPT], "what Telegram keeps already is not fetched again"


@pytest.mark.parametrize(
    "kept",
    [FileGone(), DeliveryFailed("refused"), b"no picture at all", picture(4000, 100)],
    ids=["gone", "refused", "broken", "too-wide"],
)
async def test_a_picture_that_cannot_be_had_is_said_to_be_missing(
    stage: Stage, talking: TelegramEdge, kept: bytes | Exception
) -> None:
    stage.kept[KEPT] = kept
    await send(talking, Message(key="commands.help", lines=(Phrase("commands.top"),), picture=KEPT))
    message = await stage.peer.next_message(MAYA)
    assert message.photo is None
    assert message.words.startswith("How it all works\n\nWho brings the most friends\n")
    assert "could not be passed on" in message.words


async def test_a_picture_that_cannot_be_had_now_is_tried_again_later(stage: Stage, talking: TelegramEdge) -> None:
    for reason in ("wait", "unknown", "unreachable"):
        stage.kept[KEPT] = DeliveryFailed(reason, retry_after=9, everyone=True)
        with pytest.raises(DeliveryFailed) as caught:
            await send(talking, Message(key="commands.help", picture=KEPT))
        assert (caught.value.reason, caught.value.everyone) == ("unreachable", False)
    assert not [call for call in stage.peer.calls if call.method.startswith("send")]


async def test_a_picture_for_somebody_who_is_gone_is_not_said_to_be_missing(
    stage: Stage, talking: TelegramEdge
) -> None:
    stage.kept[KEPT] = picture()
    stage.peer.faults.add("sendPhoto", status=400, words="Bad Request: chat not found")
    with pytest.raises(DeliveryFailed) as caught:
        await send(talking, Message(key="commands.help", picture=KEPT))
    assert caught.value.reason == "gone"


FETCHING: tuple[tuple[str, Details, type[Exception], str], ...] = (
    ("getFile", {"status": 400, "words": "Bad Request: file is too big"}, FileGone, ""),
    ("getFile", {"status": 401}, FileGone, ""),
    ("getFile", {"status": 429, "retry_after": 7}, DeliveryFailed, "wait"),
    ("getFile", {"status": 502}, DeliveryFailed, "unreachable"),
    ("getFile", {"status": None, "hold": 0.0}, DeliveryFailed, "unreachable"),
)


async def test_each_way_of_not_getting_a_file_has_its_reason(stage: Stage, talking: TelegramEdge) -> None:
    stage.peer.send_photo(MAYA, picture())
    (event,) = await heard(stage)
    for method, fault, kind, reason in FETCHING:
        stage.peer.faults.add(method, **fault)
        with pytest.raises(kind) as caught:
            await talking.fetch(event.photo)
        assert getattr(caught.value, "reason", "") == reason
    with pytest.raises(FileGone):
        await talking.fetch(Photo("telegram", "nonsense"))


async def test_no_failure_and_no_log_names_the_address_of_a_file(stage: Stage, talking: TelegramEdge) -> None:
    sent = stage.peer.send_photo(MAYA, picture())
    assert sent.photo
    for fault in ({"status": 404}, {"status": 500}, {"status": None, "hold": 0.0}):
        stage.peer.faults.add("file", **fault)
        with structlog.testing.capture_logs() as logs, pytest.raises((FileGone, DeliveryFailed)) as caught:
            await talking.fetch(Photo("telegram", sent.photo.file_id))
        assert TOKEN not in f"{caught.getrepr(chain=True)} {logs}"


async def test_a_table_is_read_line_by_line(stage: Stage, talking: TelegramEdge) -> None:
    names = (Phrase("commands.share"), Phrase("commands.status"), Phrase("commands.top"))
    narrow = Table(headings=names[:2], rows=((Phrase("commands.help"), 1200), ("<b>Ben</b>", 3)))
    await send(talking, Message(key="commands.settings", table=narrow))
    assert (await stage.peer.next_message(MAYA)).words == (
        "Messages, name and privacy\n\nHow it all works: 1,200\n<b>Ben</b>: 3"
    )
    wide = Table(headings=names, rows=(("Telegram", 4, 2), ("Slack", 1, 0)))
    await send(talking, Message(key="commands.settings", lines=(Phrase("commands.help"),), table=wide))
    assert (await stage.peer.next_message(MAYA)).words == (
        "Messages, name and privacy\n\nHow it all works\n\n"
        "Telegram\nHow my invitations are doing: 4\nWho brings the most friends: 2\n"
        "Slack\nHow my invitations are doing: 1\nWho brings the most friends: 0"
    )


async def test_a_chart_is_a_picture_drawn_once(stage: Stage, talking: TelegramEdge) -> None:
    chart = Bars(
        title=Phrase("commands.top"),
        bars=((Phrase("commands.share"), 12), ("<b>Ben</b>", 3)),
        alt=Phrase("commands.description"),
    )
    for _ in range(2):
        await send(talking, Message(key="commands.status", picture=chart))
    first, second = [await stage.peer.next_message(MAYA) for _ in range(2)]
    assert first.photo
    assert first.photo.width > first.photo.height > 100
    assert second.photo == first.photo
    assert first.caption.plain == "How my invitations are doing"
    assert isinstance([call for call in stage.peer.calls if call.method == "sendPhoto"][-1].parameters["photo"], str)
