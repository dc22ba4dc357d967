"""How the shop looks: its colour, judged by whether it can be read, and its logo."""

import colorsys
import math
from dataclasses import dataclass

# WCAG 2.2, level AA, for texts: 1.4.3 Contrast (Minimum).
READABLE = 4.5
# What the colour is read against: the card of our pages, in light and in dark.
LIGHT_CARD, DARK_CARD = "#ffffff", "#201a2c"
# What is written on the colour: one of the two reads on any, with at least 4.58 to 1.
WHITE, INK = "#ffffff", "#000000"
_STEPS = 100


@dataclass(frozen=True)
class Brand:
    """The shop's colour as "#rrggbb" and where its logo is, each empty where the program says nothing."""

    color: str = ""
    logo: str = ""  # an https address, or a file


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours as WCAG counts it: from 1, none, to 21, black on white."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def on(color: str) -> str:
    """Return what is written on a colour: white or ink, whichever reads better."""
    return max((WHITE, INK), key=lambda ink: contrast(ink, color))


def darkened(color: str, against: str = LIGHT_CARD) -> str:
    """Return the nearest darker shade of a colour that reads on a light one; the colour itself when it does."""
    return _until_readable(color, against, towards=0.0)


def lightened(color: str, against: str = DARK_CARD) -> str:
    """Return the nearest lighter tint of a colour that reads on a dark one; the colour itself when it does."""
    return _until_readable(color, against, towards=1.0)


def mixed(color: str, other: str, part: float) -> str:
    """Mix so much of another colour into one."""
    pairs = zip(_channels(color), _channels(other), strict=True)
    red, green, blue = (one * (1 - part) + two * part for one, two in pairs)
    return _written((red, green, blue))


def shown_contrast(color: str, against: str = LIGHT_CARD) -> str:
    """Write a contrast with one digit, rounded down: what falls short must not look as if it did not."""
    return str(math.floor(contrast(color, against) * 10) / 10)


def _until_readable(color: str, against: str, *, towards: float) -> str:
    hue, light, saturation = colorsys.rgb_to_hls(*_channels(color))
    for step in range(_STEPS + 1):
        shade = light + (towards - light) * step / _STEPS
        tried = color if step == 0 else _written(colorsys.hls_to_rgb(hue, shade, saturation))
        if contrast(tried, against) >= READABLE:
            return tried
    return WHITE if towards else INK


def _luminance(color: str) -> float:
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in _channels(color)
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _channels(color: str) -> tuple[float, float, float]:
    red, green, blue = (int(color[place : place + 2], 16) / 255 for place in (1, 3, 5))
    return red, green, blue


def _written(channels: tuple[float, float, float]) -> str:
    return "#" + "".join(f"{round(part * 255):02x}" for part in channels)
