"""Messages as blocks for the place where they are shown, and the same in plain words."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from enum import Enum

from bot.addresses import Addresses
from bot.slack import blocks
from bot.slack.blocks import Block, Image
from bot.slack.calls import Written
from messages.catalog import Catalog, Reader
from messages.markup import Markup
from messages.message import Command, Link, Message, Phrase, Table

READY_WORDS = "commands.ready-words"
NO_PICTURE = "commands.no-picture"
# Slack refuses a message whose blocks hold some 13,000 characters, each within its own limit.
LONGEST_MESSAGE = 12_000

Images = Sequence[Image | None]  # of each message in turn; none where there is no picture, or it cannot be shown


class Surface(Enum):
    """Where blocks are shown."""

    MESSAGE = "message"
    VIEW = "view"  # a modal or Home: twice as many blocks, and no tables

    @property
    def most_blocks(self) -> int:
        """How many blocks it takes."""
        return blocks.MOST_BLOCKS if self is Surface.MESSAGE else blocks.MOST_BLOCKS_OF_A_VIEW


class Composer:
    """Writes messages down; what Slack has no room for is left out from the end."""

    def __init__(self, catalog: Catalog, *, addresses: Callable[[], Addresses]) -> None:
        self._catalog = catalog
        self._addresses = addresses

    def write(
        self,
        messages: Sequence[Message],
        reader: Reader,
        *,
        images: Images,
        surface: Surface = Surface.MESSAGE,
        toast: Phrase | None = None,
    ) -> Written:
        """Write messages as one, parted by lines; a toast comes first, in small letters."""
        laid: list[Block] = [blocks.context(self.marked(toast, reader))] if toast else []
        for place, message in enumerate(messages):
            laid += [blocks.divider()] if place else []
            laid += self._laid(message, reader, image=images[place], surface=surface, first=len(laid))
        pairs = zip(messages, images, strict=True)
        text = "\n\n".join(self.words(message, reader, image) for message, image in pairs)
        if toast:
            text = "\n\n".join(filter(None, [self.plain(toast, reader), text]))
        return Written(text=text, blocks=tuple(_fitting(laid, surface.most_blocks)))

    def plain(self, phrase: Phrase, reader: Reader) -> str:
        """Say a phrase without markup."""
        return self._say(phrase, reader, Markup.PLAIN)

    def marked(self, phrase: Phrase, reader: Reader) -> str:
        """Say a phrase in Slack's markup."""
        return self._say(phrase, reader, Markup.SLACK)

    def words(self, message: Message, reader: Reader, image: Image | None = None) -> str:
        """Say a message to those who hear it: text, lines, the rows of the table, and what the picture shows."""
        parts = [self.plain(Phrase(message.key, message.values), reader)]
        parts += [self.plain(line, reader) for line in message.lines]
        if message.table is not None:
            parts += [": ".join([row[0], ", ".join(row[1:])]) for row in self._rows(message.table, reader)[1:]]
        return "\n".join([*parts, image.alt] if image else parts)

    def address(self, link: Link) -> str:
        """Write a link as an address, and a command as it is given here."""
        here = replace(link, on="slack") if isinstance(link, Command) and not link.on else link
        return self._addresses().of(here)

    def cell(self, value: object, reader: Reader) -> str:
        """Say one value by itself."""
        return self._catalog.cell(value, reader, address=self.address)  # type: ignore[arg-type]  # a Value of a table

    def _laid(
        self, message: Message, reader: Reader, *, image: Image | None, surface: Surface, first: int
    ) -> list[Block]:
        def say(phrase: Phrase) -> str:
            return self.plain(phrase, reader)

        laid = list(blocks.sections(self.marked(Phrase(message.key, message.values), reader)))
        laid += blocks.sections("\n".join(self.marked(line, reader) for line in message.lines))
        if message.table is not None:
            rows = self._rows(message.table, reader)
            laid.append(blocks.table(rows) if surface is Surface.MESSAGE else blocks.columns(rows))
        if message.picture is not None:
            laid.append(image.block() if image else blocks.context(self.marked(Phrase(NO_PICTURE), reader)))
        for words in blocks.ready_words(message.buttons, say=say, address=self.address):
            laid += [blocks.context(self.marked(Phrase(READY_WORDS), reader)), blocks.preformatted(words)]
        # The number of the first block before it keeps every button's id its own, whatever stands above.
        laid += blocks.buttons(message.buttons, say=say, address=self.address, first=first * blocks.MOST_BUTTONS)
        return laid

    def _rows(self, table: Table, reader: Reader) -> list[list[str]]:
        headings = [self.plain(heading, reader) for heading in table.headings]
        return [headings, *([self.cell(value, reader) for value in row] for row in table.rows)]

    def _say(self, phrase: Phrase, reader: Reader, markup: Markup) -> str:
        return self._catalog.text(phrase.key, phrase.values, reader, markup=markup, address=self.address)


def _fitting(laid: list[Block], most: int) -> list[Block]:
    # Tests hold every text to the limits; a list that grew past them loses its last lines rather than the message.
    kept = list(laid)
    texts = [block for block in kept if block["type"] == "section"]
    while len(texts) > 1 and (len(kept) > most or sum(map(blocks.length, kept)) > LONGEST_MESSAGE):
        last = texts.pop()
        place = next(place for place, block in enumerate(kept) if block is last)
        kept[place : place + 1] = []
    if len(kept) < len(laid) and len(kept) < most:
        place = next(place for place, block in enumerate(kept) if block is texts[-1])
        kept.insert(place + 1, blocks.context(blocks.ELLIPSIS))
    return kept[:most]
