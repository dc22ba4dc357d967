"""Share codes and voucher codes: an alphabet without look-alikes and a check that catches every simple slip."""

import re
from collections.abc import Sequence
from itertools import pairwise

# 31 letters, a prime: with distinct weights modulo 31 the check catches every single wrong letter and every swap of
# two neighbours. I, L, O, 0 and 1 are left out because people misread them.
ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
SHARE_LENGTH = 8
# Eleven free letters are 2.5e16 codes: against a million live vouchers, 1,000 guesses a second hit one in about 290
# days, and the door for redemptions needs the API key besides.
VOUCHER_LENGTH = 12

# Longer than this is a story, and the code in it an order number.
LONGEST_SENTENCE = 240
_WORD = re.compile(r"[A-Za-z0-9]+(?:-[A-Za-z0-9]+)*")

_PLACE = {letter: place for place, letter in enumerate(ALPHABET)}
_BASE = len(ALPHABET)
# What people and their keyboards put between the groups of a code; a control character stays, and is refused.
_BETWEEN = re.compile("[ \u00a0\u2007\u2009\u202f\u2010-\u2014-]")


def normalize(text: str) -> str:
    """Write a typed code the one way we store it: upper case, without spaces and hyphens."""
    code = _BETWEEN.sub("", text)
    # Upper case can lengthen other scripts' letters, or turn them into ours: ß becomes SS, ſ becomes S.
    return code.upper() if code.isascii() else code


def complete(free: str) -> str:
    """Append the check letter, which makes the sum of position times letter divisible by 31."""
    weighted = _weighted(free)
    weight = len(free) + 1
    return free + ALPHABET[(-weighted * pow(weight, -1, _BASE)) % _BASE]


def is_valid(code: str, length: int = SHARE_LENGTH) -> bool:
    """Tell whether a normalized code has the right length, letters and check."""
    return len(code) == length and all(letter in _PLACE for letter in code) and _weighted(code) % _BASE == 0


def looks_like_share_code(text: str) -> bool:
    """Tell whether a message is probably meant as a share code: a valid one, or one word that is a slip away."""
    code = normalize(text)
    if is_valid(code):
        # One in 31 phrases that happen to have eight letters passes the check, so the groups must be even.
        return len({len(group) for group in _BETWEEN.split(text.strip())}) == 1
    if code != text.strip().upper() or not (SHARE_LENGTH - 1 <= len(code) <= SHARE_LENGTH + 1):
        return False
    # Ten codes in eleven mix digits with letters; words and numbers do not, and what does, such as "iphone15", has
    # more letters that are not ours than two slips would bring in.
    return code.isalnum() and not code.isalpha() and not code.isdigit() and sum(each not in _PLACE for each in code) < 3


def in_sentence(text: str) -> str | None:
    """Find the only code-like word in a sentence, as it was typed; nothing where there are two, or none.

    A word in small letters without a digit is a word, whatever its check says: one in 31 passes it by chance.
    """
    words = _WORD.findall(text) if len(text) <= LONGEST_SENTENCE else []
    pairs = [f"{one} {other}" for one, other in pairwise(words) if len(one) == len(other) == SHARE_LENGTH // 2]
    found = {
        normalize(typed): typed
        for typed in (*words, *(pair for pair in pairs if is_valid(normalize(pair))))
        if looks_like_share_code(typed) and (any(map(str.isdigit, typed)) or typed.isupper())
    }
    return next(iter(found.values())) if len(found) == 1 else None


def one_edit_away(code: str) -> Sequence[str]:
    """List every valid share code that one wrong, missing, extra or swapped letter could have turned into this."""
    found: dict[str, None] = {}
    for place in range(len(code)):
        if len(code) == SHARE_LENGTH:
            found.update(dict.fromkeys(code[:place] + letter + code[place + 1 :] for letter in ALPHABET))
            found[code[:place] + code[place : place + 2][::-1] + code[place + 2 :]] = None
        elif len(code) == SHARE_LENGTH + 1:
            found[code[:place] + code[place + 1 :]] = None
    if len(code) == SHARE_LENGTH - 1:
        for place in range(SHARE_LENGTH):
            found.update(dict.fromkeys(code[:place] + letter + code[place:] for letter in ALPHABET))
    return [candidate for candidate in found if candidate != code and is_valid(candidate)]


def spaced(code: str) -> str:
    """Group a voucher code by four, so that it can be read aloud."""
    return "-".join(code[start : start + 4] for start in range(0, len(code), 4))


def _weighted(code: str) -> int:
    return sum(weight * _PLACE[letter] for weight, letter in enumerate(code, start=1))
