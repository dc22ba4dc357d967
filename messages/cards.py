"""The card that chats and networks show for a shared link: the offer in words, the shop's colour, and the QR."""

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.util import find_spec
from io import BytesIO
from pathlib import Path
from threading import Lock

from PIL import Image, ImageDraw, ImageFont

from messages.glyphs import UNKNOWN, drawable
from messages.pictures import qr_png

# What every network shows without cutting.
WIDTH, HEIGHT = 1200, 630
COLOR = "#6a38cf"
_INK, _SOFT, _PAPER, _LINE = "#1f1830", "#5f5673", "#ffffff", "#e4def0"
_BAND, _EDGE, _QR = 28, 84, 330
_COLUMN = WIDTH - _BAND - _QR - 3 * _EDGE
# How large, and on how many lines: the largest that the words fit into.
_HEADLINE = ((68, 3), (58, 4), (50, 5), (42, 5))
_GIFT = ((76, 1), (64, 1), (52, 1), (42, 2), (34, 2))
_SMALL, _LINE_HEIGHT = 34, 1.18
_ELLIPSIS = "…"
_KEPT = 64  # of about 25 kB, which take a twentieth of a second to draw

# FreeType's faces are not to be used by two threads at once.
_one_at_a_time = Lock()


@dataclass(frozen=True)
class Card:
    """What a card says: who invites, what the friend gets, whose program it is, and where the QR leads."""

    headline: str
    gift: str
    program: str
    link: str
    color: str = COLOR


@lru_cache(maxsize=_KEPT)
def card_png(card: Card) -> bytes:
    """Draw a card as a PNG of 1,200 by 630; the same words give the same picture.

    It may be called from any thread, and should not be called from the one that answers.
    """
    with _one_at_a_time:
        picture = Image.new("RGB", (WIDTH, HEIGHT), _PAPER)
        draw = ImageDraw.Draw(picture)
        draw.rectangle((0, 0, _BAND, HEIGHT), fill=card.color)
        _place_qr(picture, draw, card.link)
        _write(draw, card)
        written = BytesIO()
        picture.save(written, "PNG", compress_level=7)
        return written.getvalue()


def can_be_drawn(text: str) -> bool:
    """Tell whether our fonts have every letter of a text; pictures in it are left out."""
    return UNKNOWN not in drawable(text, _is_drawn) and bool(drawable(text, _is_drawn))


def _place_qr(picture: Image.Image, draw: ImageDraw.ImageDraw, link: str) -> None:
    with Image.open(BytesIO(qr_png(link))) as modules:
        side = modules.width // 10  # of ten pixels each, with the quiet zone
        # Whole pixels for each module: cameras read what people see on a screen.
        scale = max(1, _QR // side)
        drawn = modules.convert("RGB").resize((side * scale, side * scale), Image.Resampling.NEAREST)
    left, top = WIDTH - _EDGE - (_QR + drawn.width) // 2, (HEIGHT - drawn.height) // 2
    frame = (WIDTH - _EDGE - _QR - 10, (HEIGHT - _QR) // 2 - 10, WIDTH - _EDGE + 10, (HEIGHT + _QR) // 2 + 10)
    draw.rounded_rectangle(frame, radius=28, outline=_LINE, width=3)
    picture.paste(drawn, (left, top))


def _write(draw: ImageDraw.ImageDraw, card: Card) -> None:
    left, top = _BAND + _EDGE, float(_EDGE)
    program = _fitting(_drawn(card.program), _font(_SMALL, bold=False), _COLUMN)
    draw.text((left, top), program, font=_font(_SMALL, bold=False), fill=_SOFT)
    lines, size = _set(_drawn(card.headline), _HEADLINE)
    top += _SMALL * 1.9
    for line in lines:
        draw.text((left, top), line, font=_font(size, bold=True), fill=_INK)
        top += size * _LINE_HEIGHT
    lines, size = _set(_drawn(card.gift), _GIFT)
    for place, line in enumerate(reversed(lines)):
        bottom = HEIGHT - _EDGE - place * size * _LINE_HEIGHT
        draw.text((left, bottom), line, font=_font(size, bold=True), fill=card.color, anchor="ls")


def _set(text: str, choices: Sequence[tuple[int, int]]) -> tuple[list[str], int]:
    """Break a text into lines of the largest size that they fit into; what never fits is cut."""
    lines: list[str] = []
    size, most = choices[-1]
    for size, most in choices:
        lines = list(_lines(text, _font(size, bold=True)))
        if len(lines) <= most:
            return lines, size
    rest = " ".join(lines[most - 1 :])
    return [*lines[: most - 1], _fitting(rest, _font(size, bold=True), _COLUMN)], size


def _lines(text: str, font: ImageFont.FreeTypeFont) -> Iterator[str]:
    """Break a text between words, and a word that is too long by itself wherever the line ends."""
    line = ""
    for word in text.split():
        longer = f"{line} {word}".strip()
        if font.getlength(longer) <= _COLUMN:
            line = longer
            continue
        if line:
            yield line
        line = word
        while font.getlength(line) > _COLUMN:
            end = _most(line, font, _COLUMN)
            yield line[:end]
            line = line[end:]
    if line:
        yield line


def _fitting(text: str, font: ImageFont.FreeTypeFont, longest: float) -> str:
    if font.getlength(text) <= longest:
        return text
    return text[: _most(text, font, longest - font.getlength(_ELLIPSIS))].rstrip() + _ELLIPSIS


def _most(text: str, font: ImageFont.FreeTypeFont, longest: float) -> int:
    fitting = (end for end in range(len(text) - 1, 1, -1) if font.getlength(text[:end]) <= longest)
    return next(fitting, 1)


def _drawn(text: str) -> str:
    return drawable(text, _is_drawn)


@lru_cache(maxsize=4096)
def _is_drawn(char: str) -> bool:
    if unicodedata.category(char)[0] in "CZ":
        return char == " "
    # The font draws the same box for everything that it does not have.
    font = _font(16, bold=True)
    return bytes(font.getmask(char)) != bytes(font.getmask("\uffff"))


@cache
def _font(size: int, *, bold: bool) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(_fonts() / ("DejaVuSans-Bold.ttf" if bold else "DejaVuSans.ttf"), size)


@cache
def _fonts() -> Path:
    # matplotlib brings the fonts along, so that the picture is the same on every machine; it need not be imported.
    found = find_spec("matplotlib")
    if found is None or not found.submodule_search_locations:
        raise LookupError("The fonts that come with matplotlib are not there.")
    return Path(found.submodule_search_locations[0]) / "mpl-data" / "fonts" / "ttf"
