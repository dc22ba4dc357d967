"""What understanding a text costs, and how much of what people write is understood: `python -m bench.understanding`."""

import statistics
import sys
import time
from collections.abc import Callable, Iterable

from messages.understanding import Phrasebook, phrasebook
from tests.messages.sentences import Sentence, sentences

ROUNDS = 5
# The half of customers' sentences that nobody works with is judged when it is asked for, and seldom.
# What a café's program gives.
GIVEN = frozenset({"free", "coffee", "coffees", "month", "months", "cafe", "cafes", "gratis", "mes", "meses"})
UNSEEN, LIST = "--unseen", "--list"


def main() -> None:
    """Print the figures of docs/understanding.md."""
    began = time.thread_time()
    book = phrasebook()
    print(f"reading the phrases: {(time.thread_time() - began) * 1000:.0f} ms, once")
    for language in book.languages:
        _print_judged(book, language)
        for half in ("seen", "unseen")[: 2 if UNSEEN in sys.argv else 1]:
            _print_answered(book, language, half)
    said = [sentence.text for language in book.languages for sentence in sentences(language)]
    left = [sentence.text for language in book.languages for sentence in sentences(f"not-{language}")]
    nonsense = [f"{number} qwxz reewardsx notificationsz " * 6 for number in range(100)]
    for what, texts in (("understood", said), ("for a human", left), ("nonsense", nonsense), ("10 kB", ["ab " * 3400])):
        print(f"{what}: {_microseconds(texts, book.understand)}")


def _print_answered(book: Phrasebook, language: str, half: str) -> None:
    """Judge what customers write as it would be answered: the right thing done, offered beside others, or wrong."""
    right: list[Sentence] = []
    offered: list[Sentence] = []
    wrong: list[Sentence] = []
    needless: list[Sentence] = []
    told = sentences(f"customers-{half}-{language}")
    for each in told:
        reading = book.read(each.text, language, GIVEN)
        found = reading.wishes
        if len(found) == 1 or (reading.in_turn and found):
            (right if found[0] in each.wishes else wrong).append(each)
        elif each.wishes & {*found, *reading.perhaps}:
            offered.append(each)
        elif not each.wishes and (found or reading.perhaps):
            needless.append(each)
    wished = [each for each in told if each.wishes]
    print(
        f"customers, {half}: {language}: {len(right)} of {len(wished)} answered ({len(right) / len(wished):.1%}), "
        f"{len(offered)} offered as a button; {len(wrong)} of {len(told)} answered wrongly; "
        f"{len(needless)} of {len(told) - len(wished)} for a human had a button that they did not want"
    )
    if LIST in sys.argv and half == "seen":
        missed = [each for each in wished if each not in right]
        for what, group in (("left", missed), ("wrong", wrong), ("needless", needless)):
            print(*(f"  {what}: [{each.wish}] {each.text}" for each in group), sep="\n")


def _print_judged(book: Phrasebook, language: str) -> None:
    wished, human = sentences(language), sentences(f"not-{language}")
    right = sum(book.understand(each.text, language) == (each.wish,) for each in wished)
    asked = sum(_is_asked(book, each, language) for each in wished)
    wrong = sum(bool(book.understand(each.text, language)) for each in human)
    print(
        f"worked with: {language}: {right} of {len(wished)} understood ({right / len(wished):.1%}), "
        f"{asked} offered as a button; {wrong} of {len(human)} for a human understood wrongly"
    )


def _is_asked(book: Phrasebook, each: Sentence, language: str) -> bool:
    """Tell whether the right thing is one of the buttons offered, where nothing is done at once."""
    found = book.understand(each.text, language)
    return each.wish in (*found, *book.read(each.text, language).perhaps) if found != (each.wish,) else False


def _microseconds(texts: Iterable[str], look: Callable[[str, str], object]) -> str:
    spent = []
    for _ in range(ROUNDS):
        for text in texts:
            began = time.thread_time()
            look(text, "en")
            spent.append((time.thread_time() - began) * 1e6)
    spent.sort()
    return f"median {statistics.median(spent):.0f} µs, p99 {spent[int(len(spent) * 0.99)]:.0f} µs"


if __name__ == "__main__":
    main()
