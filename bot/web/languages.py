"""In which language a page is read: the visitor's choice, else their browser's, else the business's own."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urlencode

from starlette.datastructures import QueryParams
from starlette.types import Scope

from bot.web.bodies import header
from bot.web.edge import Edge
from messages.catalog import Reader
from messages.languages import is_right_to_left, nearest
from messages.markup import Markup
from referrals.draw import read_click_token

# No cookie remembers the choice: it stands in the address, for this page alone.
CHOICE = "lang"
_LANGUAGE_NAME = "words.language-name"


@dataclass(frozen=True, kw_only=True)
class Choice:
    """A language that a page can be read in, and where."""

    language: str
    name: str  # its own name for itself
    address: str


def reader_of(scope: Scope, edge: Edge) -> Reader:
    """Say who reads: in the language they chose, else in the first of theirs that we speak."""
    chosen = nearest(QueryParams(scope["query_string"]).get(CHOICE), edge.catalog.languages)
    if chosen is not None:
        return edge.reader(chosen)
    return edge.visitor(header(scope, b"accept-language").decode("latin-1"))


def languages_of(scope: Scope, reader: Reader, edge: Edge) -> dict[str, Any]:
    """Say what a page tells of its language and of the others it can be read in."""
    page = f"{edge.addresses().public_url}{quote(scope['path'])}"
    spoken = edge.catalog.languages
    return {
        "language": reader.language,
        "is_right_to_left": is_right_to_left(reader.language),
        "choices": [_choice(language, scope, edge) for language in spoken if language != reader.language],
        "page": page,
        "alternates": [(language, f"{page}?{CHOICE}={language}") for language in spoken] if len(spoken) > 1 else [],
    }


def _choice(language: str, scope: Scope, edge: Edge) -> Choice:
    # The visit it came from goes along: whoever reads in another language was invited by the same friend.
    click = QueryParams(scope["query_string"]).get("click", "")
    kept = {"click": click} if read_click_token(click) is not None else {}
    name = edge.text(_LANGUAGE_NAME, {}, edge.reader(language), markup=Markup.PLAIN)
    return Choice(language=language, name=name, address=f"?{urlencode({**kept, CHOICE: language})}")
