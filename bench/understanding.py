"""What understanding a text costs, and how much of what people write is understood: `python -m bench.understanding`."""

import statistics
import sys
import time
from collections.abc import Callable, Iterable

from messages.understanding import Phrasebook, phrasebook
from tests.messages.sentences import Sentence, heard, sentences

ROUNDS = 5
# What a café's program gives.
GIVEN = frozenset({"free", "coffee", "coffees", "month", "months", "cafe", "cafes", "gratis", "mes", "meses"})
UNSEEN = "--unseen"


def main() -> None:
    """Print the figures of docs/understanding.md."""
    began = time.thread_time()
    book = phrasebook()
    print(f"reading the phrases: {(time.thread_time() - began) * 1000:.0f} ms, once")
    for language in book.languages:
        # What nobody works with is judged when it is asked for, and seldom.
        for name in ("customers-unseen", "first-sight", "fresh", "last") if UNSEEN in sys.argv else ():
            _print_answered(book, language, name)
    written = [(sentence.text, sentence.wish) for language in book.languages for sentence in heard(language)]
    # Other words than those that were heard: a text that is known is looked up.
    said = [f"{text} asap" for text, wish in written if wish != "nothing"]
    left = [f"{text} asap" for text, wish in written if wish == "nothing"]
    nonsense = [f"{number} qwxz reewardsx notificationsz " * 6 for number in range(100)]
    for what, texts in (("understood", said), ("for a human", left), ("nonsense", nonsense), ("10 kB", ["ab " * 3400])):
        print(f"{what}: {_microseconds(texts, book.understand)}")


def _print_answered(book: Phrasebook, language: str, name: str) -> None:
    """Judge what customers write as it would be answered: the right thing done, offered beside others, or wrong."""
    right: list[Sentence] = []
    offered: list[Sentence] = []
    wrong: list[Sentence] = []
    needless: list[Sentence] = []
    told = sentences(f"{name}-{language}")
    for each in told:
        reading = book.read(each.text, language, GIVEN)
        found = reading.wishes
        if found:
            done = "stop" if found[0] == "stop-at-once" else found[0]
            (right if done in each.wishes else wrong).append(each)
        elif reading.tells and "told" in each.wishes:
            right.append(each)
        elif each.wishes & {*found, *reading.perhaps}:
            offered.append(each)
        elif not each.wishes and (found or reading.perhaps):
            needless.append(each)
    wished = [each for each in told if each.wishes]
    print(
        f"{name}: {language}: {len(right)} of {len(wished)} answered ({len(right) / len(wished):.1%}), "
        f"{len(offered)} offered as a button; {len(wrong)} of {len(told)} answered wrongly; "
        f"{len(needless)} of {len(told) - len(wished)} for a human had a button that they did not want"
    )


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
