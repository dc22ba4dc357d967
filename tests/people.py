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


def in_slack(name: str, user: str, *, team: str = "T0CAFE") -> Person:
    """Introduce a person of the café's Slack, or of another organisation that shares a channel with it."""
    return Person(identity=Identity("slack", f"{team}.{user}"), first_name=name, is_external=team != "T0CAFE")


# Olga owns the café and Carol works there; Sam and Tess are customers who happen to be in its Slack; Xena is a guest.
OLGA = in_slack("Olga", "U0OLGA")
CAROL_IN_SLACK = in_slack("Carol", "U0CAROL")
SAM = in_slack("Sam", "U0SAM")
TESS = in_slack("Tess", "U0TESS")
XENA = in_slack("Xena", "U0XENA", team="T0OTHER")


def a_crowd(size: int) -> list[Person]:
    """Introduce many people at once."""
    return [someone(f"Guest{number}", 3000 + number) for number in range(size)]
