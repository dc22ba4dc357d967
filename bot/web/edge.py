"""What every room of the web edge needs: a way to dispatch, the clock, the texts and the addresses."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from bot.addresses import Addresses
from bot.clock import Clock
from handlers.events import Event
from handlers.outcome import Outcome
from messages.catalog import Catalog, Reader
from messages.markup import Markup
from messages.message import Message, Values

Dispatch = Callable[[Event], Awaitable[Outcome]]


@dataclass(frozen=True, kw_only=True)
class Edge:
    """The tools that the pages and the API share."""

    dispatch: Dispatch
    clock: Clock
    catalog: Catalog
    addresses: Callable[[], Addresses]
    language: str
    zone: ZoneInfo

    @property
    def house(self) -> Reader:
        """The business itself as a reader: its language and zone."""
        return self.reader(self.language)

    def reader(self, language: str) -> Reader:
        """Whoever reads this language at this moment, in the business's zone."""
        return Reader(language, self.zone).at(self.clock.now())

    def visitor(self, accept_language: str) -> Reader:
        """A visitor as a reader: the first language of theirs that we speak, in the business's zone."""
        for wanted in _by_preference(accept_language):
            if (chosen := self.catalog.choose(wanted, "")) in self.catalog.languages:
                return self.reader(chosen)
        return self.house

    def text(self, key: str, values: Values, reader: Reader, *, markup: Markup) -> str:
        """Render one text."""
        return self.catalog.text(key, values, reader, markup=markup, address=self.addresses().of)

    def plain(self, message: Message) -> str:
        """Render a message with its further lines for a machine's reader, in the business's language."""
        parts = [(message.key, message.values), *((line.key, line.values) for line in message.lines)]
        return "\n".join(self.text(key, values, self.house, markup=Markup.PLAIN) for key, values in parts)


def _by_preference(accept_language: str) -> list[str]:
    weighed: list[tuple[float, str]] = []
    for part in accept_language[:200].split(","):
        tag, _, weight = part.strip().partition(";q=")
        if tag.replace("-", "").isalnum():
            weighed.append((_weight(weight), tag))
    return [tag for weight, tag in sorted(weighed, key=lambda pair: -pair[0]) if weight > 0]


def _weight(text: str) -> float:
    try:
        return float(text or 1)
    except ValueError:
        return 0.0
