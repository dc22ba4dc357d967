"""A tiny catalog of its own for the tests of the catalog, written into a folder as ours is."""

from pathlib import Path
from zoneinfo import ZoneInfo

from messages.catalog import AddressOf, Catalog, Reader
from messages.markup import Markup
from messages.message import Code, Command, JoinLink, Link, ShareLink, SharePage, SignInLink, Value, Values

BERLIN = ZoneInfo("Europe/Berlin")


def address(of: Link) -> str:
    """Write addresses as an installation does."""
    match of:
        case Code(text):
            return text
        case Command(name, about):
            return f"/{name} {about}".rstrip()
        case SignInLink(token):
            return f"https://chat.example/?start=l_{token}"
        case ShareLink(code):
            return f"https://shop.example/r/{code}"
        case SharePage(code):
            return f"https://shop.example/share/{code}"
        case JoinLink(code):
            return f"https://shop.example/join/{code}"


class Speaker:
    """Says texts of a catalog to one reader."""

    def __init__(self, catalog: Catalog, language: str = "en", *, links: AddressOf = address) -> None:
        self.catalog = catalog
        self.reader = Reader(language, BERLIN)
        self.links = links

    def telegram(self, key: str, **values: Value) -> str:
        return self.say(key, values, Markup.TELEGRAM)

    def slack(self, key: str, **values: Value) -> str:
        return self.say(key, values, Markup.SLACK)

    def plain(self, key: str, **values: Value) -> str:
        return self.say(key, values, Markup.PLAIN)

    def page(self, key: str, **values: Value) -> str:
        return self.say(key, values, Markup.PAGE)

    def say(self, key: str, values: Values, markup: Markup) -> str:
        return self.catalog.text(key, values, self.reader, markup=markup, address=self.links)


def catalog_of(folder: Path, **stories: str) -> Catalog:
    """Write stories such as `en_tea="hello = Hello"` into a folder and load them."""
    for name, text in stories.items():
        language, _, story = name.partition("_")
        (folder / language).mkdir(parents=True, exist_ok=True)
        (folder / language / f"{story}.ftl").write_text(text, encoding="utf-8")
    return Catalog.load(folder)
