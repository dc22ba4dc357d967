"""Pictures as Telegram takes them: drawn here, or fetched from the platform that keeps them."""

import asyncio
import hashlib
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from functools import partial

from bot.addresses import Addresses
from bot.delivery import DeliveryFailed, Fetch, FileGone
from messages.message import QR, Bars, Photo, Phrase, Picture, Table, Value
from messages.pictures import bars_png, qr_png

Say = Callable[[Phrase], str]
Cell = Callable[[Value], str]  # a value by itself, without marks


class PictureLost(Exception):
    """A picture that somebody sent cannot be had any more: what was said with it is all there is."""


@dataclass(frozen=True)
class Drawing:
    """A picture to be made: what tells it from all others, and how its bytes are come by."""

    shows: str = field(repr=False)
    draw: Callable[[], Awaitable[bytes]]
    is_ours: bool = True  # drawn by us, and so never refused for what it is

    @property
    def key(self) -> str:
        """Name the picture by a hash: a voucher's code is a secret that must not stay in memory."""
        return hashlib.sha256(self.shows.encode()).hexdigest()


def drawing_of(picture: Picture, *, cell: Cell, addresses: Addresses, fetch: Fetch) -> Drawing:
    """Say how a described picture is made."""
    match picture:
        case QR(of):
            content = addresses.of(of)
            return Drawing(content, partial(_qr, content))
        case Bars():
            title = cell(picture.title)
            bars = tuple((cell(label), number) for label, number in picture.bars)
            # A chart takes a quarter of a second, the first one three times that: meanwhile others are answered.
            return Drawing(f"{title} {bars}", partial(asyncio.to_thread, bars_png, title, bars))
        case Photo():
            return Drawing(f"{picture.platform} {picture.file}", partial(_fetched, picture, fetch), is_ours=False)


def table_lines(table: Table, say: Say) -> list[str]:
    """Write a table as a phone shows it: what a row is about, and each of its values behind its heading."""
    if len(table.headings) == 2:
        return [say(Phrase("words.named-cell", {"name": name, "value": value})) for name, value in table.rows]
    return [
        "\n".join(
            [
                say(Phrase("words.row", {"about": about})),
                *(
                    say(Phrase("words.named-cell", {"name": heading, "value": value}))
                    for heading, value in zip(table.headings[1:], values, strict=True)
                ),
            ]
        )
        for about, *values in table.rows
    ]


async def _qr(content: str) -> bytes:
    return qr_png(content)


async def _fetched(photo: Photo, fetch: Fetch) -> bytes:
    try:
        return (await fetch(photo)).content
    except FileGone as gone:
        raise PictureLost from gone
    except DeliveryFailed as failure:
        if failure.final:
            raise PictureLost from failure
        # What failed is the other platform's fetching: nothing was sent here yet, and nobody here is to wait for it.
        raise DeliveryFailed("unreachable", f"the picture: {failure.reason}") from failure
