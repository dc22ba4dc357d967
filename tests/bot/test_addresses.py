"""Addresses: one link or command, written for whoever reads it."""

from dataclasses import replace

import pytest

from bot.addresses import Addresses
from messages.catalog import Catalog, Reader
from messages.codec import decode, encode
from messages.markup import Markup
from messages.message import Command, JoinLink, Link, Message, ShareLink, SignInLink
from tests.dialogue import UTC_READER

BOTH = Addresses(
    "https://refer.example",
    "https://t.me/example_bot",
    slack_command="/grapevine",
    slack_app="https://slack.com/app_redirect?app=A0GRAPE",
)


@pytest.mark.parametrize(
    ("link", "written"),
    [
        (Command("share"), "/share"),
        (Command("share", on="slack"), "/grapevine share"),
        (Command("start"), "/start"),
        (Command("start", on="slack"), "/grapevine join"),
        (Command("join", "l_0k3v", on="slack"), "/grapevine join l_0k3v"),
        (SignInLink("0k3v"), "https://t.me/example_bot?start=l_0k3v"),
        (ShareLink("K7QM2X4R"), "https://refer.example/r/K7QM2X4R"),
        (JoinLink("K7QM2X4R"), "https://refer.example/join/K7QM2X4R"),
    ],
)
def test_each_link_is_written_for_its_reader(link: Link, written: str) -> None:
    assert BOTH.of(link) == written
    assert decode(encode(Message(key="x", values={"link": link}))).values["link"] == link


def test_without_pages_links_lead_straight_to_the_bot() -> None:
    bare = replace(BOTH, has_pages=False)
    assert bare.of(ShareLink("K7QM2X4R")) == "https://t.me/example_bot?start=r_K7QM2X4R"


def test_a_command_of_this_chat_is_tapped_and_one_for_elsewhere_is_copied() -> None:
    catalog = Catalog.load()

    def said(key: str, name: str, command: Command, reader: Reader = UTC_READER) -> str:
        return catalog.text(key, {name: command}, reader, markup=Markup.TELEGRAM, address=BOTH.of)

    assert "; /settings ends them." in said("choosing.reminders-agreed", "settings", Command("settings"))
    line = Command("join", "l_0k3v", on="slack")
    assert "<code>/grapevine join l_0k3v</code>" in said("merging.connect-by-line", "line", line)
    assert "0k3v" not in repr(line)
