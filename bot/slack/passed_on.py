"""Which replies of the team went on to a customer lately: whoever changes one is told that the change did not."""

from collections import OrderedDict

# A number is some 20 bytes; what is changed is mostly the last thing that was said.
REMEMBERED = 1000


class PassedOn:
    """Remembers messages by their numbers, since the start of this process."""

    def __init__(self, remembered: int = REMEMBERED) -> None:
        self._remembered = remembered
        self._numbers: OrderedDict[str, None] = OrderedDict()

    def add(self, number: str) -> None:
        """Remember one more; the oldest makes room."""
        self._numbers[number] = None
        if len(self._numbers) > self._remembered:
            self._numbers.popitem(last=False)

    def __contains__(self, number: object) -> bool:
        """Tell whether a message went on."""
        return number in self._numbers
