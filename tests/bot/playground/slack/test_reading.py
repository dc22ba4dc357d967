"""The pretend Slack reads texts as Slack does: who would be pinged, where one could click, what people see."""

from __future__ import annotations

from typing import Any

import pytest

from bot.playground.slack.bubbles import Message
from bot.playground.slack.mrkdwn import Pings, read_mrkdwn, read_text
from bot.playground.slack.peer import OWNER, SAM, TEAM_CHANNEL, TESS
from tests.bot.playground.slack.house import House, actions, button, plain, section


@pytest.mark.parametrize(
    ("text", "words", "pings", "links"),
    [
        ("Hi <@U0SAM>", "Hi @U0SAM", Pings(users=("U0SAM",)), ()),
        ("Hi <@U0SAM|Sam>", "Hi @Sam", Pings(users=("U0SAM",)), ()),
        (
            "<!here> <!channel> <!everyone>",
            "@here @channel @everyone",
            Pings(everyone=("here", "channel", "everyone")),
            (),
        ),
        ("<!subteam^S012|@staff>", "@staff", Pings(groups=("S012",)), ()),
        ("<#C0TEAM|referrals>", "#referrals", Pings(channels=("C0TEAM",)), ()),
        ("<https://a.example/?b=1&amp;c=2|here>", "here", Pings(), ("https://a.example/?b=1&c=2",)),
        ("<mailto:a@b.example|write>", "write", Pings(), ("mailto:a@b.example",)),
        ("see https://a.example/x now", "see https://a.example/x now", Pings(), ("https://a.example/x",)),
        ("<!date^1392734382^{date}|then>", "then", Pings(), ()),
        ("1 &lt; 2 &amp;&amp; &lt;!channel&gt;", "1 < 2 && <!channel>", Pings(), ()),
        ("&lt;@U0SAM&gt;", "<@U0SAM>", Pings(), ()),
        ("@channel", "@channel", Pings(), ()),
    ],
)
def test_a_text_is_read(text: str, words: str, pings: Pings, links: tuple[str, ...]) -> None:
    reading = read_text(text)
    assert (reading.words, reading.pings, reading.links) == (words, pings, links)


def test_what_is_not_verbatim_is_searched_for_mentions() -> None:
    assert read_mrkdwn("ask @channel").pings == Pings(everyone=("channel",))
    assert not read_mrkdwn("ask @channel", verbatim=True).pings
    assert not read_mrkdwn("a@channel.example").pings


@pytest.mark.parametrize(
    ("block", "pings", "links"),
    [
        ({"type": "section", "text": plain("<!channel> <https://a.example|x>")}, False, []),
        ({"type": "header", "text": plain("<!channel>")}, False, []),
        (section("<!channel>"), True, []),
        ({"type": "section", "fields": [{"type": "mrkdwn", "text": "<@U0SAM>"}]}, True, []),
        (
            {"type": "context", "elements": [{"type": "mrkdwn", "text": "<https://a.example|x>"}]},
            False,
            ["https://a.example"],
        ),
        ({"type": "markdown", "text": "[x](https://a.example) <!here>"}, True, ["https://a.example"]),
        ({"type": "table", "rows": [[{"type": "raw_text", "text": "<!channel>"}]]}, False, []),
    ],
)
def test_a_block_is_read(block: dict[str, Any], pings: bool, links: list[str]) -> None:  # noqa: FBT001 - of the table
    message = Message("1.0", TEAM_CHANNEL, SAM, blocks=[block])
    assert (bool(message.pings), message.links) == (pings, links)


def test_rich_text_is_read() -> None:
    elements = [
        {"type": "text", "text": "Hi "},
        {"type": "user", "user_id": SAM},
        {"type": "link", "url": "https://a.example"},
        {"type": "broadcast", "range": "here"},
    ]
    rich = {"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": elements}]}
    message = Message("1.0", TEAM_CHANNEL, SAM, blocks=[rich])
    assert message.pings == Pings(users=(SAM,), everyone=("here",))
    assert message.links == ["https://a.example"]
    assert message.words == f"Hi @{SAM}https://a.example@here"


def test_blocks_hide_the_text_but_not_its_pings() -> None:
    message = Message("1.0", TEAM_CHANNEL, SAM, text="psst <!channel>", blocks=[section("Hello")])
    assert message.words == "Hello"
    assert message.pings.everyone == ("channel",)


async def test_each_person_sees_a_window_of_their_own(house: House) -> None:
    slack = house.slack
    root = await house.says(TEAM_CHANNEL, text="Sam asks", blocks=[section("Sam asks"), actions(button())])
    slack.write(OWNER, TEAM_CHANNEL, "On my way", thread=root)
    await house.result("chat.postEphemeral", channel=TEAM_CHANNEL, user=OWNER, text="for Olga")
    await house.says(SAM, text="hello Sam")
    olga, sam, tess = (slack.view(user) for user in (OWNER, SAM, TESS))
    assert (olga["name"], olga["role"], sam["role"]) == ("Olga", "team", "customer")
    assert [(one["id"], one["kind"]) for one in olga["channels"]] == [(TEAM_CHANNEL, "channel"), ("D0OLGA", "dm")]
    channel, _ = olga["channels"]
    first, ephemeral = channel["messages"]
    assert (first["is_bot"], first["name"], first["blocks"][0]["block_id"]) == (True, "Grapevine", "b0")
    assert [(reply["name"], reply["text"]) for reply in first["replies"]] == [("Olga", "On my way")]
    assert (ephemeral["text"], ephemeral["ephemeral"]) == ("for Olga", True)
    assert [one["id"] for one in sam["channels"]] == ["D0SAM"]
    assert sam["channels"][0]["messages"][0]["text"] == "hello Sam"
    assert sam["commands"] == ["/grapevine"]
    assert (sam["home"], sam["modal"], sam["notice"]) == (None, None, None)
    assert tess["channels"][0]["messages"] == []
