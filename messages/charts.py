"""Bar charts, drawn by matplotlib: importing it costs half a second, so this module waits for the first chart."""

from bisect import bisect_right
from collections.abc import Sequence
from io import BytesIO
from pathlib import Path
from threading import Lock

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.ft2font import FT2Font

from messages.glyphs import drawable

# In points, drawn at 200 dots per inch: twice the size at which chats show a picture, so that it stays sharp.
WIDTH, TITLE_HEIGHT, ROW_HEIGHT, EDGE, GAP, DPI = 400, 44, 32, 18, 8, 200
SMALLEST_BAR = 1.5
LONGEST_LABEL, LONGEST_TITLE = 130, WIDTH - 2 * EDGE
_INK, _QUIET, _BAR, _TRACK, _CARD = "#1d1c1d", "#57565a", "#2f7d5b", "#eef1ef", "#ffffff"
_THIN_SPACE, _ELLIPSIS = "\u2009", "…"

# matplotlib brings these fonts along: the picture is the same on every machine.
_FONTS = Path(mpl.get_data_path()) / "fonts" / "ttf"
_DRAWN = FT2Font(_FONTS / "DejaVuSans-Bold.ttf").get_charmap().keys() & FT2Font(_FONTS / "DejaVuSans.ttf").get_charmap()
# Figures are independent of each other, the caches of fonts and glyphs under them are not.
_one_at_a_time = Lock()


def draw_bars(title: str, bars: Sequence[tuple[str, int]]) -> bytes:
    """Draw a bar for each label with its number beside it, on a white card that stands on dark and light, as PNG."""
    with _one_at_a_time:
        return _Card(len(bars)).drawn(title, bars)


class _Card:
    def __init__(self, rows: int) -> None:
        self._height = TITLE_HEIGHT + ROW_HEIGHT * max(1, rows) + EDGE / 2
        figure = Figure(figsize=(WIDTH / 72, self._height / 72), dpi=DPI, facecolor=_CARD)
        self._canvas = FigureCanvasAgg(figure)
        self._renderer = self._canvas.get_renderer()  # type: ignore[no-untyped-call]  # matplotlib types its backends last
        self._axes: Axes = figure.add_axes((0, 0, 1, 1))
        self._axes.set_axis_off()
        self._axes.set(xlim=(0, WIDTH), ylim=(self._height, 0))
        self._label = FontProperties(fname=_FONTS / "DejaVuSans.ttf", size=11)
        self._strong = FontProperties(fname=_FONTS / "DejaVuSans-Bold.ttf", size=11)

    def drawn(self, title: str, bars: Sequence[tuple[str, int]]) -> bytes:
        headline = FontProperties(fname=_FONTS / "DejaVuSans-Bold.ttf", size=12)
        self._write(self._fitting(title, headline, LONGEST_TITLE), EDGE, TITLE_HEIGHT / 2 + 2, font=headline)
        labels = [self._fitting(label, self._label, LONGEST_LABEL) for label, _ in bars]
        numbers = [f"{number:,}".replace(",", _THIN_SPACE) for _, number in bars]
        left = EDGE + max((self._width(label, self._label) for label in labels), default=0.0) + GAP
        right = WIDTH - EDGE - max((self._width(number, self._strong) for number in numbers), default=0.0) - GAP
        largest = max((number for _, number in bars), default=0)
        for row, (_, number) in enumerate(bars):
            middle = TITLE_HEIGHT + ROW_HEIGHT * (row + 0.5)
            # However small, what is there is seen.
            long = max((right - left) * number / largest, SMALLEST_BAR) if number > 0 else 0
            self._axes.barh(middle, right - left, height=20, left=left, color=_TRACK)
            self._axes.barh(middle, long, height=20, left=left, color=_BAR)
            self._write(labels[row], left - GAP, middle, font=self._label, color=_QUIET, ends=True)
            self._write(numbers[row], right + GAP, middle, font=self._strong)
        written = BytesIO()
        # Without the name and version of who drew it, the same figures give the same bytes after an update too.
        self._canvas.print_png(written, metadata={"Software": None})  # type: ignore[no-untyped-call]  # as above
        return written.getvalue()

    def _write(
        self, text: str, x: float, y: float, *, font: FontProperties, color: str = _INK, ends: bool = False
    ) -> None:
        where = "right" if ends else "left"
        # A dollar sign is a dollar sign here, not the start of a formula.
        self._axes.text(x, y, text, fontproperties=font, color=color, ha=where, va="center_baseline", parse_math=False)

    def _fitting(self, text: str, font: FontProperties, longest: float) -> str:
        shown = _drawable(text)
        if self._width(shown, font) <= longest:
            return shown
        # The number of letters that fit, found in eight looks instead of two hundred.
        fitting = bisect_right(
            range(1, len(shown)), longest, key=lambda end: self._width(shown[:end] + _ELLIPSIS, font)
        )
        return shown[:fitting].rstrip() + _ELLIPSIS

    def _width(self, text: str, font: FontProperties) -> float:
        if not text:
            return 0.0
        width, _, _ = self._renderer.get_text_width_height_descent(text, font, ismath=False)
        return float(width) * 72 / DPI


def _drawable(text: str) -> str:
    return drawable(text, lambda char: ord(char) in _DRAWN)
