"""A QR picture is read back by a reader that is not the one who wrote it."""

import xml.etree.ElementTree as ET
from io import BytesIO

import pytest
import zxingcpp
from PIL import Image

from messages.pictures import PIXELS, QUIET, qr_png, qr_svg

URL = "https://shop.example.org/r/K7QM2X4R"
SVG = "{http://www.w3.org/2000/svg}"
CONTENTS = [URL, "K7QM2X4R", "https://t.me/shop_bot?start=r_K7QM2X4R_000001f3a9", "1", "Grüße, 世界", "x" * 300]


@pytest.mark.parametrize("content", CONTENTS)
def test_a_camera_reads_the_png(content: str) -> None:
    picture = Image.open(BytesIO(qr_png(content)))
    picture.verify()
    assert (picture.format, picture.mode) == ("PNG", "1")
    assert _read(Image.open(BytesIO(qr_png(content)))) == content


@pytest.mark.parametrize("content", CONTENTS)
def test_a_camera_reads_the_svg(content: str) -> None:
    assert _read(_drawn(qr_svg(content))) == content


def test_damage_of_a_tenth_is_corrected() -> None:
    picture = Image.open(BytesIO(qr_png(URL))).convert("L")
    side = picture.width // 5
    picture.paste(
        128, (picture.width // 2, picture.width // 2, picture.width // 2 + side, picture.width // 2 + side // 2)
    )
    assert _read(picture) == URL


def test_the_level_is_m_and_the_frame_is_white() -> None:
    picture = Image.open(BytesIO(qr_png(URL))).convert("L")
    [found] = zxingcpp.read_barcodes(picture)
    assert found.ec_level == "M"
    frame = QUIET * PIXELS
    inner = picture.point(lambda shade: 255 - shade).getbbox()
    assert inner == (frame, frame, picture.width - frame, picture.height - frame)
    assert picture.width % PIXELS == 0


def test_capitals_and_digits_make_a_smaller_picture() -> None:
    assert _width("HTTPS://T.ME/SHOP-" * 2) < _width("https://t.me/shop-" * 2)


def test_the_svg_says_what_it_is_and_does_nothing() -> None:
    tree = ET.fromstring(qr_svg('https://shop.example/?a=1&b=<script>"\x07'))  # noqa: S314  # our own text, parsed to be judged
    assert {element.tag for element in tree.iter()} == {f"{SVG}{tag}" for tag in ("svg", "title", "path")}
    assert tree.findtext(f"{SVG}title") == 'https://shop.example/?a=1&b=<script>"'


def test_a_picture_is_drawn_once() -> None:
    assert qr_png(URL) is qr_png(URL)
    assert qr_svg(URL) is qr_svg(URL)


def _read(picture: Image.Image) -> str:
    [found] = zxingcpp.read_barcodes(picture.convert("L"))
    return str(found.text)


def _width(content: str) -> int:
    return int(Image.open(BytesIO(qr_png(content))).width)


def _drawn(svg: str) -> Image.Image:
    # Our path has one form only, "M4 4h7v1h-7z": a run of dark modules.
    tree = ET.fromstring(svg)  # noqa: S314  # our own text, parsed to be judged
    side = int(tree.attrib["viewBox"].split()[2])
    picture = Image.new("L", (side, side), 255)
    for run in tree.findall(f"{SVG}path")[1].attrib["d"].split("M")[1:]:
        corner, length, _ = run.replace("v1", "h").split("h", 2)
        x, y = (int(number) for number in corner.split())
        picture.paste(0, (x, y, x + int(length), y + 1))
    return picture.resize((side * 4, side * 4), Image.Resampling.NEAREST)
