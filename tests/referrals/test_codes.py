"""Codes forgive case and spacing, catch every simple slip, and are not mistaken for what people say."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from referrals import codes
from referrals.codes import ALPHABET, SHARE_LENGTH, VOUCHER_LENGTH


def _codes(length: int) -> st.SearchStrategy[str]:
    return st.text(ALPHABET, min_size=length - 1, max_size=length - 1).map(codes.complete)


SHARE_CODES = _codes(SHARE_LENGTH)
# The smallest and the largest letters, and one of everything: the corners of the arithmetic.
CORNERS = [
    codes.complete(free) for free in ("2222222", "ZZZZZZZ", "2Z2Z2Z2", "2345678", "9ABCDEF", "GHJKMNP", "QRSTUVW")
]
LENGTHS = pytest.mark.parametrize("length", [SHARE_LENGTH, VOUCHER_LENGTH])


def _wrong_letters(code: str) -> list[str]:
    return [
        code[:place] + letter + code[place + 1 :]
        for place in range(len(code))
        for letter in ALPHABET
        if letter != code[place]
    ]


def _swaps(code: str) -> list[str]:
    return [
        code[:place] + code[place + 1] + code[place] + code[place + 2 :]
        for place in range(len(code) - 1)
        if code[place] != code[place + 1]
    ]


def _missing(code: str) -> list[str]:
    return [code[:place] + code[place + 1 :] for place in range(len(code))]


def _extra(code: str) -> list[str]:
    return [code[:place] + letter + code[place:] for place in range(len(code) + 1) for letter in ALPHABET]


@LENGTHS
@given(data=st.data())
def test_every_wrong_letter_and_every_swap_is_caught(length: int, data: st.DataObject) -> None:
    code = data.draw(_codes(length))
    assert codes.is_valid(code, length)
    assert not [slip for slip in (*_wrong_letters(code), *_swaps(code)) if codes.is_valid(slip, length)]


@pytest.mark.parametrize("code", CORNERS)
def test_the_corners_of_the_alphabet_are_caught_too(code: str) -> None:
    assert codes.is_valid(code)
    assert not [slip for slip in (*_wrong_letters(code), *_swaps(code)) if codes.is_valid(slip)]


def test_a_voucher_code_is_no_share_code() -> None:
    voucher = codes.complete("K7QM2X4RABC")
    assert codes.is_valid(voucher, VOUCHER_LENGTH)
    assert not codes.is_valid(voucher)
    assert not codes.is_valid(codes.complete("K7QM2X4"), VOUCHER_LENGTH)


def test_the_alphabet_has_no_look_alikes() -> None:
    assert len(set(ALPHABET)) == len(ALPHABET) == 31
    assert not set("ILO01") & set(ALPHABET)


@given(SHARE_CODES, st.sampled_from([" ", "-", "\u00a0", "\u202f", "–", "‑"]), st.integers(0, SHARE_LENGTH))
def test_case_and_grouping_do_not_matter(code: str, gap: str, place: int) -> None:
    typed = f" {code[:place]}{gap}{code[place:]} ".lower()
    assert codes.normalize(typed) == code
    assert codes.normalize(codes.normalize(typed)) == code


@given(_codes(VOUCHER_LENGTH))
def test_a_spaced_voucher_reads_back(code: str) -> None:
    spaced = codes.spaced(code)
    assert [len(group) for group in spaced.split("-")] == [4, 4, 4]
    assert codes.normalize(spaced) == code


@pytest.mark.parametrize(
    "mark", ["\x00", "\x07", "\x1f", "\n", "\r\n", "\t", "\x7f", "\x85", "\u2028", "\u202e", "\u200b"]
)
def test_a_code_with_control_characters_is_none(mark: str) -> None:
    code = CORNERS[3]
    for typed in (f"{code[:4]}{mark}{code[4:]}", f"{mark}{code}", f"{code}{mark}"):
        assert not codes.is_valid(codes.normalize(typed))
        assert not codes.looks_like_share_code(typed)


@pytest.mark.parametrize("letter", ["ſ", "ß", "ﬀ", "Ｓ", "Ѕ", "Σ", "٣", "³", "ı", "🄰"])
def test_letters_of_other_scripts_never_become_ours(letter: str) -> None:
    code = codes.complete("SSSFFAA")
    assert not codes.is_valid(codes.normalize(letter + code[1:]))
    assert not codes.is_valid(codes.normalize(letter + code[2:]))


@given(SHARE_CODES)
def test_a_typed_code_is_taken_as_one(code: str) -> None:
    for typed in (code, code.lower(), f"{code[:4]} {code[4:]}", f" {code[:4]}-{code[4:]} ", " ".join(code)):
        assert codes.looks_like_share_code(typed)


@pytest.mark.parametrize("code", [codes.complete("K7QM2X4"), codes.complete("ABC2DEF")])
def test_a_slip_in_a_code_is_still_taken_as_one(code: str) -> None:
    for slip in (*_wrong_letters(code), *_swaps(code), *_missing(code), *_extra(code)):
        is_mixed = not slip.isalpha() and not slip.isdigit()
        assert codes.looks_like_share_code(slip.lower()) == (is_mixed or codes.is_valid(slip))


@pytest.mark.parametrize("look_alike", "ILO01")
def test_a_look_alike_in_a_code_is_a_slip(look_alike: str) -> None:
    assert codes.looks_like_share_code("K7QM2X4R".replace("Q", look_alike))


@pytest.mark.parametrize(
    "text",
    [
        *("", " ", "hi", "Hello", "hello there", "thanks", "thank you!", "ok", "how does it work?", "stop", "welcome"),
        *("I have 20", "order 123", "room 2024", "see u at 8", "May 2024", "table 12", "call me at 7", "2 coffees"),
        *("12345678", "2025-01-01", "+49 170 1234567", "01701234567", "10.00 EUR", "19,90 €", "50%", "14:30 Uhr"),
        *("iphone15", "covid19", "windows11", "b2b.shop", "me@example.com", "https://example.com/r/K7QM2X4R"),
        *("Guten Tag", "Danke schön", "Straßen", "Grüße", "wie geht's", "Ich habe 2 Freunde", "Bonjour", "Ça va bien"),
        *(
            "Привет",
            "спасибо",
            "здравствуйте",
            "你好",
            "谢谢你们的帮助吧",
            "ありがとうございます",
            "안녕하세요",
            "नमस्ते",
        ),
        *("merhaba", "teşekkür", "cảm ơn bạn", "dziękuję", "שלום לכולם", "مرحبا بكم", "١٢٣٤٥٦٧٨", "１２３４５６７Ａ"),
        *(
            "🎉🎉🎉🎉🎉🎉🎉🎉",
            "👩‍🍳👍🏽",
            "K7QM🎉2X4",
            "\u202eK7QM2X4",
            "********",
            "--------",
            "        ",
            "/share",
            "a" * 8,
        ),
        *("a" * 4000, "7" * 4000, "K7QM2X4R " * 444, "K " * 2000, "🎉" * 4000, "ש" * 4000, "\x00" * 8),
    ],
)
def test_what_people_say_is_no_code(text: str) -> None:
    assert not codes.looks_like_share_code(text)


@given(st.text())
def test_any_text_can_be_asked_about(text: str) -> None:
    assert codes.looks_like_share_code(text) in {True, False}
    codes.one_edit_away(codes.normalize(text))


@given(SHARE_CODES, st.integers(0, SHARE_LENGTH - 1), st.sampled_from([*ALPHABET, *"ILO01"]))
def test_the_code_that_was_meant_is_found(code: str, place: int, letter: str) -> None:
    wrong = code[:place] + letter + code[place + 1 :]
    extra = code[:place] + letter + code[place:]
    for slip in {wrong, extra, code + letter, *_swaps(code), *_missing(code)} - {code}:
        assert code in codes.one_edit_away(slip)


@given(st.text(ALPHABET, min_size=SHARE_LENGTH - 1, max_size=SHARE_LENGTH + 1))
def test_what_is_suggested_is_valid_near_and_little(typed: str) -> None:
    found = codes.one_edit_away(typed)
    # One letter may be wrong in 8 places and one swap in 7; one letter may be missing in 8 places, or extra in 9.
    assert len(found) <= 15
    assert len(set(found)) == len(found)
    assert typed not in found
    assert all(codes.is_valid(code) for code in found)
    assert all(_is_one_edit(typed, code) for code in found)


@pytest.mark.parametrize("length", [0, 1, 6, 10, 11, 4000])
def test_texts_of_another_length_suggest_nothing(length: int) -> None:
    assert not codes.one_edit_away("K" * length)


def _is_one_edit(typed: str, code: str) -> bool:
    return code in {*_wrong_letters(typed), *_swaps(typed), *_missing(typed), *_extra(typed)}
