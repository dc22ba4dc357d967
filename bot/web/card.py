"""The card of a share link, `/card/{code}.png`: what chats and networks show under the link."""

import asyncio
from collections.abc import Mapping
from hashlib import blake2b
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from bot.dispatch import fresh_draw
from bot.web.edge import Edge
from bot.web.languages import reader_of
from bot.web.pages import Pages
from handlers.events import LandingViewed
from messages.cards import COLOR, Card, can_be_drawn, card_png
from messages.catalog import Reader
from messages.markup import Markup
from messages.message import Phrase, ShareLink, Values, Worth
from referrals import codes

# An offer may change with a new revision; who has seen the card before asks again within the hour.
_KEPT = "public, max-age=3600"


class Cards:
    """Draws the cards of codes that exist, in the language that the address asks for."""

    def __init__(self, edge: Edge, pages: Pages) -> None:
        self._edge = edge
        self._pages = pages

    async def png(self, request: Request) -> Response:
        """Answer `/card/{code}.png`."""
        code = codes.normalize(request.path_params["code"])
        if not codes.is_valid(code):
            return self._pages.sorry(request.scope, "unknown-code")
        event = LandingViewed(at=self._edge.clock.now(), draw=fresh_draw(), code=code)
        outcome = await self._edge.dispatch(event)
        if outcome.refused:
            return self._pages.sorry(request.scope, outcome.refused)
        card = self._card(outcome.reply, reader_of(request.scope, self._edge))
        tag = f'"{blake2b(repr(card).encode(), digest_size=12).hexdigest()}"'
        headers = {"etag": tag, "cache-control": _KEPT, "vary": "accept-language"}
        if tag in request.headers.get("if-none-match", ""):
            return Response(status_code=304, headers=headers)
        # A card takes a twentieth of a second: meanwhile others are answered.
        return Response(await asyncio.to_thread(card_png, card), media_type="image/png", headers=headers)

    def _card(self, told: Mapping[str, Any], reader: Reader) -> Card:
        program, advocate = str(told["program"]), str(told["advocate"])
        # A name in letters that our fonts do not have says nothing as a row of boxes.
        named: Values = {"program": program}
        headline = "landing-title-nobody"
        if advocate and can_be_drawn(advocate):
            headline, named = "landing-title", {"advocate": advocate, "program": program}
        gift = told["friend_gets"]
        return Card(
            headline=self._say(Phrase(f"pages.{headline}", named), reader),
            gift=self._say(Phrase("pages.card-gift", {"gift": gift}), reader) if gift else "",
            program=program,
            link=self._edge.addresses().of(ShareLink(str(told["code"]))),
            color=told["brand"]["color"] or COLOR,
        )

    def _say(self, phrase: Phrase | Worth, reader: Reader) -> str:
        if isinstance(phrase, Worth):
            return self._edge.text("pages.worth", {"worth": phrase}, reader, markup=Markup.PLAIN)
        return self._edge.text(phrase.key, phrase.values, reader, markup=Markup.PLAIN)
