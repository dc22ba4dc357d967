"""A share QR drawn the first time and again, against the qrcode package left to itself."""

import io
from collections.abc import Callable
from statistics import median
from time import perf_counter

import qrcode
from qrcode.constants import ERROR_CORRECT_M

from bench.report import Section, Table
from bench.rounds import ratio
from messages.pictures import qr_png

_PICTURES = 20
_HOW = (
    "The PNG of a share link of 45 characters at error correction M, ten pixels per module: `qrcode.make()` saved to "
    "memory, ours the first time a link is drawn, and ours again (kept by content). Fresh links in every round."
)


def run(rounds: int) -> Section:
    """Measure a picture's milliseconds, round by round."""
    times: dict[str, list[float]] = {"qrcode.make(), level M": [], "ours, first time": [], "ours, again": []}
    stock, first, again = times.values()
    for number in range(rounds):
        links = [f"https://refer.example.com/r/A{number:07}?via={place:05}" for place in range(_PICTURES)]
        stock.append(_milliseconds(_stock, links))
        first.append(_milliseconds(qr_png, links))
        again.append(_milliseconds(qr_png, links))
    rows = [
        [name, f"{median(own):.4f}", f"{len(one('https://refer.example.com/r/A2345678?via=00000')):,}",
         f"{ratio(stock, own):,.1f}"]
        for (name, own), one in zip(times.items(), _DRAWN_BY, strict=True)
    ]  # fmt: skip
    table = Table(["picture", "ms", "bytes", "× as fast as the package"], rows)
    return Section(title="A share QR", how=_HOW, parts=[table])


def _stock(content: str) -> bytes:
    file = io.BytesIO()
    qrcode.make(content, error_correction=ERROR_CORRECT_M).save(file)
    return file.getvalue()


_DRAWN_BY: tuple[Callable[[str], bytes], ...] = (_stock, qr_png, qr_png)


def _milliseconds(draw: Callable[[str], bytes], links: list[str]) -> float:
    began = perf_counter()
    for link in links:
        draw(link)
    return (perf_counter() - began) / len(links) * 1000
