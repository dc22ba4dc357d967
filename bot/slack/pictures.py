"""Pictures as Slack can show them: uploaded once and kept by their content, or read from our own public page."""

import asyncio
import hashlib
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

import structlog

from bot.addresses import Addresses
from bot.delivery import DeliveryFailed, Fetch, FileGone, Reason
from bot.slack.blocks import Image
from bot.slack.calls import Calls
from bot.slack.composing import Composer
from messages.catalog import Reader
from messages.message import QR, Bars, Code, Photo, Phrase, Picture, ShareLink
from messages.pictures import bars_png, qr_png

# A file's id is some 60 bytes: ten thousand of them weigh less than a megabyte and a half.
PICTURES_REMEMBERED = 10_000
# Slack shows a picture once it has looked at it: mostly within half a second, seldom later than two.
READY_SECONDS = (0.1, 0.2, 0.4, 0.8, 1.6)

log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class _Drawing:
    """A picture to be made: what tells it from all others, how its bytes are come by, and how it is called."""

    shows: str = field(repr=False)
    draw: Callable[[], Awaitable[bytes]]
    name: str
    alt: str

    @property
    def key(self) -> str:
        """Name the picture by a hash: a voucher's code is a secret that must not stay in memory."""
        return hashlib.sha256(self.shows.encode()).hexdigest()


class Pictures:
    """Makes pictures showable, and remembers those that Slack has shown."""

    def __init__(self, calls: Calls, composer: Composer, *, addresses: Callable[[], Addresses], fetch: Fetch) -> None:
        self._calls = calls
        self._composer = composer
        self._addresses = addresses
        self._fetch = fetch
        self._files: OrderedDict[str, str] = OrderedDict()
        self._fresh: OrderedDict[str, str] = OrderedDict()  # uploaded, and not yet seen to be shown

    def ready(self, picture: Picture, reader: Reader) -> Image | None:
        """Return what can be shown without a further call; none where something must be uploaded first."""
        drawing = self._drawing(picture, reader)
        if isinstance(picture, QR) and (page := self._page(picture)):
            return Image(drawing.alt, url=page)
        known = self._files.get(drawing.key)
        return Image(drawing.alt, file=known) if known else None

    async def image(self, picture: Picture, reader: Reader) -> Image | None:
        """Make a picture showable; none where it cannot be had any more or must not be sent; raises DeliveryFailed."""
        if (image := self.ready(picture, reader)) is not None:
            return image
        drawing = self._drawing(picture, reader)
        file = self._fresh.get(drawing.key)
        if file is None:
            try:
                file = await self._uploaded(drawing)
            except FileGone:
                return None
            except DeliveryFailed as failure:
                if not failure.final and (failure.reason == "wait" or isinstance(picture, Photo)):
                    # What was sent along cannot be had from the words; nothing has been said yet, so nothing repeats.
                    reason: Reason = "wait" if failure.reason == "wait" else "unreachable"
                    detail = f"the picture: {failure.detail}"
                    raise DeliveryFailed(reason, detail, retry_after=failure.retry_after) from failure
                log.warning("slack.picture-not-uploaded", reason=failure.reason, detail=failure.detail)
                return None
            _keep(self._fresh, drawing.key, file)
        return Image(drawing.alt, file=file)

    def shown(self, picture: Picture, reader: Reader) -> None:
        """Remember that Slack took a picture: from now on it is shown at once."""
        key = self._drawing(picture, reader).key
        if (file := self._fresh.pop(key, None)) is not None:
            _keep(self._files, key, file)

    def forgotten(self, picture: Picture, reader: Reader) -> bool:
        """Forget a picture that Slack had shown before and would not now; tell whether it was such a one."""
        return self._files.pop(self._drawing(picture, reader).key, None) is not None

    async def _uploaded(self, drawing: _Drawing) -> str:
        file = await self._calls.upload(await drawing.draw(), name=drawing.name, alt=drawing.alt)
        for pause in READY_SECONDS:
            await asyncio.sleep(pause)
            if await self._calls.is_processed(file):
                break
        return file

    def _page(self, picture: QR) -> str:
        """Find the public address of a share link's QR; a voucher has none, for its code is a secret."""
        addresses = self._addresses()
        if not (
            isinstance(picture.of, ShareLink) and addresses.has_pages and addresses.public_url.startswith("https:")
        ):
            return ""
        return f"{addresses.public_url}/qr/{picture.of.code}.png"

    def _drawing(self, picture: Picture, reader: Reader) -> _Drawing:
        def say(phrase: Phrase) -> str:
            return self._composer.plain(phrase, reader)

        match picture:
            case QR(ShareLink(code) as link):
                content = self._composer.address(link)
                alt = say(Phrase("pictures.qr-link", {"code": code}))
                return _Drawing(f"qr {content}", _now(lambda: qr_png(content)), "qr.png", alt)
            case QR(Code(text)):
                return _Drawing(f"qr {text}", _now(lambda: qr_png(text)), "qr.png", say(Phrase("pictures.qr-voucher")))
            case Bars():
                title = say(picture.title)
                bars = [(self._composer.cell(label, reader), number) for label, number in picture.bars]
                draw = _aside(lambda: bars_png(title, bars))
                return _Drawing(f"bars {title} {bars}", draw, "chart.png", say(picture.alt))
            case Photo():
                alt = say(Phrase("pictures.photo"))
                return _Drawing(
                    f"{picture.platform} {picture.file}", self._fetched(picture), picture.name or "picture.png", alt
                )
            case _:
                raise TypeError(f"{type(picture).__name__} is not a picture that can be shown.")

    def _fetched(self, photo: Photo) -> Callable[[], Awaitable[bytes]]:
        async def fetched() -> bytes:
            return (await self._fetch(photo)).content

        return fetched


def _keep(files: OrderedDict[str, str], key: str, file: str) -> None:
    files[key] = file
    files.move_to_end(key)
    if len(files) > PICTURES_REMEMBERED:
        files.popitem(last=False)


def _now(draw: Callable[[], bytes]) -> Callable[[], Awaitable[bytes]]:
    async def drawn() -> bytes:
        return draw()

    return drawn


def _aside(draw: Callable[[], bytes]) -> Callable[[], Awaitable[bytes]]:
    """Draw in a thread: a chart takes a tenth of a second, the first one a whole one."""

    async def drawn() -> bytes:
        return await asyncio.to_thread(draw)

    return drawn
