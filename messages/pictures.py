"""Pictures: QR codes of links and vouchers as PNG and as SVG, and bar charts."""

import struct
import zlib
from collections.abc import Sequence
from functools import lru_cache
from typing import Literal
from xml.sax.saxutils import escape

from qrcode import QRCode
from qrcode.constants import ERROR_CORRECT_M
from qrcode.util import QRData

PIXELS = 10  # per module
QUIET = 4  # modules of white around, as the standard asks

# Choosing the best of eight masks is 84 % of the package's time, and no mask was read measurably worse than the best.
_MASK = 3
_GREY_ONE_BIT = (1, 0, 0, 0, 0)
_PICTURES_KEPT = 512  # of about 600 bytes (PNG) or 4 kB (SVG)
_CHARTS_KEPT = 32  # of about 20 kB, which take a tenth of a second to draw


@lru_cache(maxsize=_PICTURES_KEPT)
def qr_png(content: str) -> bytes:
    """Draw a QR as a PNG with ten pixels per module."""
    rows = _modules(content)
    side = (len(rows) + 2 * QUIET) * PIXELS
    width = -(-side // 8)
    white = b"\0" + b"\xff" * width
    edge = "1" * (QUIET * PIXELS)
    dark, light = "0" * PIXELS, "1" * PIXELS
    lines = [white * (QUIET * PIXELS)]
    for row in rows:
        bits = edge + "".join([dark if module else light for module in row]) + edge
        line = int(bits.ljust(width * 8, "1"), 2).to_bytes(width, "big")
        lines.append((b"\0" + line) * PIXELS)
    lines.append(white * (QUIET * PIXELS))
    header = struct.pack(">2I5B", side, side, *_GREY_ONE_BIT)
    picture = zlib.compress(b"".join(lines), 6)
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", header) + _chunk(b"IDAT", picture) + _chunk(b"IEND", b"")


@lru_cache(maxsize=_PICTURES_KEPT)
def qr_svg(content: str) -> str:
    """Draw a QR as an SVG that says its content to those who do not see it."""
    rows = _modules(content)
    side = len(rows) + 2 * QUIET
    path = "".join(
        f"M{start + QUIET} {down + QUIET}h{length}v1h-{length}z"
        for down, row in enumerate(rows)
        for start, length in _dark_runs(row)
    )
    title = escape("".join(char for char in content if char.isprintable()))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {side} {side}" width="{side * PIXELS}"'
        f' height="{side * PIXELS}" shape-rendering="crispEdges" role="img"><title>{title}</title>'
        f'<path fill="#fff" d="M0 0h{side}v{side}H0z"/><path d="{path}"/></svg>'
    )


def bars_png(title: str, bars: Sequence[tuple[str, int]]) -> bytes:
    """Draw a bar chart as a PNG; the same figures give the same picture. The first one takes about a second.

    It may be called from any thread, and should not be called from the one that answers.
    """
    return _bars_png(title, tuple(bars))


@lru_cache(maxsize=_CHARTS_KEPT)
def _bars_png(title: str, bars: tuple[tuple[str, int], ...]) -> bytes:
    from messages.charts import draw_bars  # noqa: PLC0415  # half a second that few processes ever need

    return draw_bars(title, bars)


def _modules(content: str) -> list[list[bool | None]]:
    # One chunk: the package picks the denser alphabet by itself where the whole content is capitals and digits.
    data = QRData(content)
    code = QRCode(version=_version(data.mode, len(data)), error_correction=ERROR_CORRECT_M, mask_pattern=_MASK)
    code.add_data(data)
    code.make(fit=False)
    return code.modules


@lru_cache(maxsize=_PICTURES_KEPT)
def _version(mode: Literal[1, 2, 4], length: int) -> int:
    # The package measures by writing every bit, a sixth of its time; the share links of a house are all of one length.
    code = QRCode(error_correction=ERROR_CORRECT_M)
    code.add_data(QRData(b"0" * length, mode=mode))
    return code.best_fit()


def _dark_runs(row: list[bool | None]) -> list[tuple[int, int]]:
    runs: list[tuple[int, int]] = []
    start = 0
    for end, module in enumerate([*row, False]):
        if not module:
            if end > start:
                runs.append((start, end - start))
            start = end + 1
    return runs


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
