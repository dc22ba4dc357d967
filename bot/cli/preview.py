"""A broadcast as its readers will see it, in each language it was written in, with a name and without."""

from collections.abc import Iterator, Mapping

from bot.settings import Settings
from handlers.broadcasting import announcement
from messages.announced import FIRST_NAME, said_to
from messages.catalog import Catalog, Reader
from messages.markup import Markup
from messages.message import Act, Message, Phrase

SOMEBODY = "Ada"


def preview(texts: Mapping[str, str], settings: Settings, *, program: str, button: str) -> str:
    """Write the message out as it will be read, indented."""
    catalog = Catalog.load()
    message = announcement(texts, settings.language, program, button)
    shown: list[str] = []
    for language, text in texts.items():
        names = (SOMEBODY, "") if FIRST_NAME in text else (SOMEBODY,)
        for name in names:
            whom = "" if name else ", whoever told no name"
            shown += [f"\nIn “{language}”{whom}:", *_lines(catalog, message, Reader(language, settings.zone), name)]
    return "\n".join([*shown, ""])


def _lines(catalog: Catalog, message: Message, reader: Reader, name: str) -> Iterator[str]:
    said = said_to(message, language=reader.language, first_name=name)

    def words(phrase: Phrase) -> str:
        return catalog.text(phrase.key, phrase.values, reader, markup=Markup.PLAIN, address=str)

    parts = [words(Phrase(said.key, said.values)), *map(words, said.lines)]
    labels = [words(Phrase(one.label, one.values)) for row in said.buttons for one in row if isinstance(one, Act)]
    for line in "\n".join([*parts, "  ".join(f"[{label}]" for label in labels)]).split("\n"):
        yield f"    {line}".rstrip()
