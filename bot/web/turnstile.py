"""The turnstile before the pages: it turns, but not for somebody who tries code after code."""

from collections.abc import Awaitable, Callable, Mapping

from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Scope

from bot.web.limits import Limits, TooMany, address_of

Endpoint = Callable[[Request], Awaitable[Response]]
Sorry = Callable[[Scope, str, Mapping[str, str]], Response]

TOO_MANY = "too-many-requests"


class Turnstile:
    """Guards endpoints whose address holds a code or a token.

    Once an address has used up its wrong guesses, a code that nobody has asked for before is answered like one that
    nobody has: the answer tells nothing. Codes that are in use go on working for everyone behind that address.
    """

    def __init__(self, limits: Limits, *, is_in_use: Callable[[str], bool], sorry: Sorry) -> None:
        self._limits = limits
        self._is_in_use = is_in_use
        self._sorry = sorry

    def of_codes(self, endpoint: Endpoint) -> Endpoint:
        """Guard a page of a share code."""

        async def answer(request: Request) -> Response:
            address = address_of(request.scope)
            try:
                self._limits.pages.take(address)
                if not self._is_in_use(request.path_params["code"]):
                    self._limits.misses.check(address)
            except TooMany as many:
                return self._sorry(request.scope, TOO_MANY, many.headers)
            response = await endpoint(request)
            if response.status_code == 404:
                self._limits.misses.count(address)
            return response

        return answer

    def of_tokens(self, endpoint: Endpoint) -> Endpoint:
        """Guard a page of a token: nobody guesses 32 letters, so whoever knows one is let in whatever others tried."""

        async def answer(request: Request) -> Response:
            address = address_of(request.scope)
            try:
                self._limits.pages.take(address)
                response = await endpoint(request)
                if response.status_code == 404:
                    self._limits.misses.take(address)
            except TooMany as many:
                return self._sorry(request.scope, TOO_MANY, many.headers)
            return response

        return answer
