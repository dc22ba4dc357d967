"""The campaign board: one message for each campaign, edited as it goes, steered by its buttons, true at the end."""

import asyncio
from dataclasses import dataclass, field
from datetime import timedelta

import pytest

from bot.campaigns import EVERY, LEASE, CampaignBoard
from bot.delivery import Carriers, DeliveryFailed
from bot.limiting import Limiter, Paused
from handlers.events import CampaignBegun, CampaignSteered, Plan, SettingChosen
from messages.catalog import Reader
from messages.message import Act, Message
from tests.bot.test_outbox import ALLOWED
from tests.dialogue import UTC_READER, Dialogue
from tests.people import ALICE, BOB


@dataclass
class Channel:
    """The team's channel, which keeps what is posted under a number, or fails as a platform does."""

    shown: dict[str, Message] = field(default_factory=dict)
    changes: int = 0
    failures: list[DeliveryFailed] = field(default_factory=list)

    async def post(self, message: Message, *, thread: str | None, reader: Reader) -> str:
        assert (thread, reader.language, reader.zone) == (None, UTC_READER.language, UTC_READER.zone)
        self._fail()
        number = f"1700000000.{len(self.shown):06}"
        self.shown[number] = message
        return number

    async def edit(self, number: str, message: Message, *, reader: Reader) -> None:
        assert (reader.language, reader.zone) == (UTC_READER.language, UTC_READER.zone)
        self._fail()
        if number not in self.shown:
            raise DeliveryFailed("refused", "message_not_found")
        self.shown[number] = message
        self.changes += 1

    def _fail(self) -> None:
        if self.failures:
            raise self.failures.pop(0)

    @property
    def keys(self) -> list[str]:
        return [message.key for message in self.shown.values()]


@pytest.fixture
def channel() -> Channel:
    return Channel()


def board_of(talk: Dialogue, channel: Channel | None) -> CampaignBoard:
    return CampaignBoard(
        talk.database,
        clock=talk.clock,
        carriers=lambda: Carriers(has_team=channel is not None, team=channel),
        limiter=Limiter(ALLOWED, talk.clock.elapsed),
        reader=UTC_READER,
    )


async def begins(talk: Dialogue, text: str = "New beans") -> str:
    plan = Plan(segment="friend", platforms=("telegram",), zone="UTC", language="en", quiet_hours="off")
    return str((await talk.tells(CampaignBegun, plan=plan, texts={"en": text})).reply["campaign"])


async def test_one_message_is_edited_until_the_end_and_then_left_alone(talk: Dialogue, channel: Channel) -> None:
    await talk.brings(ALICE, BOB)
    await talk.tells(SettingChosen, by=BOB, choice="news:on")
    board = board_of(talk, channel)
    campaign = await begins(talk)
    assert await board.show() == 1
    assert channel.keys == ["broadcasting.progress-planning"]
    assert await board.show() == 0  # not more often than every few seconds
    talk.later(seconds=EVERY.total_seconds())
    await talk.scheduler.beat()
    await board.show()
    assert channel.keys == ["broadcasting.progress-running"]
    [message] = channel.shown.values()
    assert message.values == {"title": "New beans"}
    assert message.lines[0].values == {"planned": 1, "sent": 0, "waiting": 1}
    buttons = [button for row in message.buttons for button in row if isinstance(button, Act)]
    assert [(button.action, button.about) for button in buttons] == [("pause", campaign), ("cancel", campaign)]
    await talk.tells(CampaignSteered, campaign=campaign, to="cancel")
    await talk.passes(seconds=EVERY.total_seconds())
    await board.show()
    assert channel.keys == ["broadcasting.progress-cancelled"]
    assert message.buttons
    assert not next(iter(channel.shown.values())).buttons
    for _ in range(3):
        talk.later(hours=1)
        assert await board.show() == 0
    assert len(channel.shown) == 1


async def test_the_last_word_is_said_even_where_the_first_was_not(talk: Dialogue, channel: Channel) -> None:
    """The team's channel could not be reached while the campaign went out."""
    await begins(talk)
    board = board_of(talk, channel)
    channel.failures = [DeliveryFailed("unreachable"), DeliveryFailed("wait", retry_after=1)]
    for _ in range(2):
        with pytest.raises(DeliveryFailed):
            await board.show()
    await talk.passes(days=2)
    await board.show()
    assert channel.keys == ["broadcasting.progress-done"]


async def test_a_message_that_somebody_deleted_is_posted_anew(talk: Dialogue, channel: Channel) -> None:
    board = board_of(talk, channel)
    await begins(talk)
    await board.show()
    channel.shown.clear()
    talk.later(seconds=EVERY.total_seconds())
    await board.show()
    assert channel.keys == ["broadcasting.progress-planning"]


async def test_of_many_processes_one_shows_and_another_goes_on(talk: Dialogue, channel: Channel) -> None:
    await begins(talk)
    boards = [board_of(talk, channel) for _ in range(4)]
    await asyncio.gather(*(board.show() for board in boards))
    assert len(channel.shown) == 1
    talk.later(seconds=EVERY.total_seconds() + LEASE.total_seconds())
    await asyncio.gather(*(board.show() for board in boards))
    assert (len(channel.shown), channel.changes) == (1, 1)


async def test_each_campaign_has_its_own(talk: Dialogue, channel: Channel) -> None:
    board = board_of(talk, channel)
    await begins(talk, "The first of two campaigns, whose text is rather longer than a title can be")
    talk.clock.move(timedelta(seconds=1))
    await begins(talk, "Second")
    await board.show()
    titles = [message.values["title"] for message in channel.shown.values()]
    assert titles == ["The first of two campaigns, whose text is rather longer…", "Second"]


async def test_a_channel_that_asks_for_patience_is_left_alone_as_long_as_it_asked(
    talk: Dialogue, channel: Channel
) -> None:
    board = board_of(talk, channel)
    await begins(talk)
    channel.failures = [DeliveryFailed("wait", retry_after=30)]
    with pytest.raises(DeliveryFailed):
        await board.show()
    talk.later(seconds=29)
    with pytest.raises(Paused):
        await board.show()
    assert channel.keys == []
    talk.later(seconds=1)
    await board.show()
    assert channel.keys == ["broadcasting.progress-planning"]


async def test_without_a_channel_nothing_is_shown(talk: Dialogue) -> None:
    await begins(talk)
    assert await board_of(talk, None).show() == 0
