"""The people of our stories: Alice refers, Bob, Chloe and Dora are referred, Carol is the cashier, Mallory cheats."""

from handlers.events import Person
from referrals.identity import Identity


def someone(name: str, number: int) -> Person:
    """Introduce a person with a chat account of their own."""
    return Person(identity=Identity("telegram", str(number)), first_name=name)


ALICE = someone("Alice", 2001)
BOB = someone("Bob", 2002)
CHLOE = someone("Chloe", 2003)
DORA = someone("Dora", 2004)
MALLORY = someone("Mallory", 2066)
CAROL = someone("Carol", 2099)


def a_crowd(size: int) -> list[Person]:
    """Introduce many people at once."""
    return [someone(f"Guest{number}", 3000 + number) for number in range(size)]
