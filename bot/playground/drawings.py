"""Three small drawings that anybody in the playground can attach, so that nobody needs a picture at hand."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO

from PIL import Image, ImageDraw

SIZE = (480, 360)
PAPER, INK, GRAPE, LEAF, CREAM = "#fbf7ef", "#3a2b4d", "#7c4dbd", "#4c9a63", "#f2dfb8"
LINE = 8  # pixels; thinner lines vanish where the picture is shown small


def drawing(name: str) -> bytes | None:
    """Draw a picture as PNG, or nothing where there is none of that name."""
    hand = HANDS.get(name)
    if hand is None:
        return None
    image = Image.new("RGB", SIZE, PAPER)
    hand(ImageDraw.Draw(image))
    content = BytesIO()
    image.save(content, "PNG", optimize=True)
    return content.getvalue()


def _receipt(draw: ImageDraw.ImageDraw) -> None:
    draw.polygon(
        [(140, 40), (340, 40), (340, 300), (307, 320), (273, 300), (240, 320), (207, 300), (173, 320), (140, 300)],
        fill="white",
        outline=INK,
        width=LINE,
    )
    for row, length in enumerate((130, 90, 110)):
        draw.line([(175, 100 + row * 45), (175 + length, 100 + row * 45)], fill=INK, width=LINE)
    draw.line([(235, 245), (305, 245)], fill=GRAPE, width=2 * LINE)


def _cup(draw: ImageDraw.ImageDraw) -> None:
    draw.ellipse([290, 170, 380, 260], outline=INK, width=2 * LINE)
    draw.rounded_rectangle([120, 140, 320, 300], radius=46, fill=GRAPE, outline=INK, width=LINE)
    draw.ellipse([120, 118, 320, 168], fill=CREAM, outline=INK, width=LINE)
    for left in (165, 215, 265):
        draw.arc([left - 14, 40, left + 14, 76], 90, 270, fill=INK, width=LINE)
        draw.arc([left - 14, 72, left + 14, 108], 270, 90, fill=INK, width=LINE)


def _smile(draw: ImageDraw.ImageDraw) -> None:
    draw.ellipse([130, 70, 350, 290], fill=CREAM, outline=INK, width=LINE)
    for left in (190, 270):
        draw.ellipse([left - 4, 140, left + 24, 168], fill=INK)
    draw.arc([180, 140, 300, 250], 20, 160, fill=INK, width=2 * LINE)
    draw.line([(240, 70), (252, 34)], fill=LEAF, width=2 * LINE)


HANDS: dict[str, Callable[[ImageDraw.ImageDraw], None]] = {"receipt": _receipt, "cup": _cup, "smile": _smile}
