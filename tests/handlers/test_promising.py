"""Promising: any program is described truthfully and in few words, in every language."""

from zoneinfo import ZoneInfo

import pytest

from handlers.promising import deed, gain
from handlers.stipulating import conditions, limits
from messages.catalog import Catalog, Reader
from messages.markup import Markup
from messages.message import Phrase, Worth
from referrals.program_file import preset, preset_names, read_program
from referrals.rewarding import Side

HEAD = """
[program]
id = "demo"
name = "Corner Café"
currency = "EUR"
[units.coffees]
one = "coffee"
other = "coffees"
[units.coffees.es]
one = "café"
other = "cafés"
"""
GOAL = '[goals.first]\nevent = "purchase"\nhold_days = 14\n'
ADVOCATE = "[goals.first.advocate]\n"
SECOND = '[goals.second]\nevent = "stay"\n[goals.second.advocate]\n'


def read(rules: str) -> str:
    """Write a program of one goal's rules."""
    return f"{HEAD}{GOAL}{rules}"


@pytest.mark.parametrize(
    ("rules", "english", "spanish"),
    [
        (f'{ADVOCATE}amount = "10.00"', "€10", "10 €"),
        (f'{ADVOCATE}amount = "2"\nunit = "coffees"', "2 coffees", "2 cafés"),
        (f'{ADVOCATE}percent_off = "7.5"', "7.5% off a purchase", "7,5 % de descuento en una compra"),
        (f'{ADVOCATE}percent = "7.5"', "7.5% of the purchase", "7,5 % de la compra"),
        (
            f'{ADVOCATE}percent = "10"\npercent_at_most = "50.00"',
            "10% of the purchase (up to €50)",
            "10 % de la compra (hasta 50 €)",
        ),
        (
            f'{ADVOCATE}amount = "1"\nunit = "coffees"\nfor_each = "10.00"',
            "1 coffee for each €10 of the purchase",
            "1 café por cada 10 € de la compra",
        ),
        (
            f'{ADVOCATE}amount = "2"\nunit = "coffees"\nfor_each = "7.50"\nat_most = "6"',
            "2 coffees for each €7.50 of the purchase (up to 6 coffees)",
            "2 cafés por cada 7,50 € de la compra (hasta 6 cafés)",
        ),
        (
            f'{ADVOCATE}amount = {{ by = "product", s = "2", otherwise = "1" }}\nunit = "coffees"\nfor_each = "10.00"',
            "up to 2 coffees for each €10 of the purchase",
            "hasta 2 cafés por cada 10 € de la compra",
        ),
        (
            f'{ADVOCATE}tiers = [{{ from = 1, amount = "10.00" }}, {{ from = 5, amount = "15.00" }}]',
            "up to €15",
            "hasta 15 €",
        ),
        (f'{ADVOCATE}amount = {{ by = "product", s = "35.00", otherwise = "20.00" }}', "up to €35", "hasta 35 €"),
        (
            f'{ADVOCATE}choose = {{ money = {{ amount = "5.00" }}, drink = {{ amount = "1", unit = "coffees" }} }}',
            "€5 or 1 coffee",
            "5 € o 1 café",
        ),
        (f'{ADVOCATE}amount = "10.00"\n{SECOND}amount = "25.00"', "up to €35", "hasta 35 €"),
        (f'{ADVOCATE}amount = "10.00"\n{SECOND}percent = "5"', "€10 and more", "10 € y más"),
        (f'repeats = true\n{ADVOCATE}amount = "1.00"', "€1 each time", "1 € cada vez"),
        (
            f'at_most_times = 3\n{ADVOCATE}amount = "1.00"',
            "€1 each time (at most 3 times)",
            "1 € cada vez (3 veces como máximo)",
        ),
    ],
)
def test_a_gain_is_said_in_few_words(catalog: Catalog, rules: str, english: str, spanish: str) -> None:
    program = read_program(read(rules), ZoneInfo("UTC"))
    found = gain(program, Side.ADVOCATE)
    assert found is not None
    assert [said(catalog, found, language) for language in ("en", "es")] == [english, spanish]
    assert gain(program, Side.FRIEND) is None


def test_conditions_of_several_goals_name_each(catalog: Catalog) -> None:
    says = '[goals.second.says]\nen = "the first stay as a host"\nes = "la primera estancia como anfitrión"\n'
    second = SECOND.replace('"stay"\n', '"stay"\nminimum = "50.00"\nhold_until = "checkout"\n')
    rules = f'{ADVOCATE}amount = "10.00"\n{second}amount = "25.00"\n[goals.second.friend]\namount = "5.00"\n{says}'
    program = read_program(read(rules), ZoneInfo("UTC"))
    lines = [said(catalog, line, "en") for line in conditions(program)]
    assert "For a purchase: €10 for who invited you." in lines
    assert "For the first stay as a host of €50 or more: €5 for you, €25 for who invited you." in lines
    assert "The rewards become yours after one more step: checkout. It has to come within 365 days." in lines
    spanish = [said(catalog, line, "es") for line in conditions(program)]
    assert "Por la primera estancia como anfitrión de 50 € o más: 5 € para ti y 25 € para quien te invitó." in spanish


def test_every_condition_and_limit_has_its_words_in_every_language(catalog: Catalog) -> None:
    operators = {
        "is": '"x"',
        "is_not": '"x"',
        "is_one_of": '["x", "y"]',
        "is_none_of": '["x", "y"]',
        "starts_with": '"x"',
        "ends_with": '"x"',
        "contains": '"x"',
        "does_not_contain": '"x"',
    }
    listed = ", ".join(f'{{ field = "property.of_{name}", {name} = {value} }}' for name, value in operators.items())
    numbers = ", ".join(
        f'{{ field = "property.of_{name}", {name} = "5" }}'
        for name in ("is_more_than", "is_at_least", "is_less_than", "is_at_most")
    )
    caps = "".join(f"[caps.advocate.{name}]\ncount = 3\n" for name in ("friend", "day", "week", "month", "year"))
    caps += '[caps.advocate.lifetime]\nvalue = "100.00"\n'
    rules = f'all = [{listed}, {numbers}]\n{ADVOCATE}amount = "10.00"\n{caps}'
    program = read_program(read(rules), ZoneInfo("UTC"))
    for language in ("en", "es"):
        lines = [said(catalog, line, language) for line in (*conditions(program), *limits(program, "advocate"))]
        assert len(lines) == len(set(lines))
        assert len(lines) >= len(operators) + 4 + 6


def test_the_demo_program_says_what_it_always_said(catalog: Catalog) -> None:
    program = read_program(preset("demo"), ZoneInfo("UTC"))
    assert deed(program) == "first-purchase"
    assert [said(catalog, line, "en") for line in conditions(program)] == [
        "For people who have not bought here before.",
        "The first purchase is €10 or more.",
        "The first purchase is made within 60 days of joining.",
        "Rewards are yours 14 days after the purchase, once it is past returning.",
        "What you get is good for 90 days from when it is ready.",
        "Once claimed, its voucher is good for 30 days.",
    ]


@pytest.mark.parametrize("name", preset_names())
@pytest.mark.parametrize("language", ["en", "es"])
def test_no_preset_names_a_property_to_a_customer(catalog: Catalog, name: str, language: str) -> None:
    program = read_program(preset(name), ZoneInfo("UTC"))
    lines = [said(catalog, line, language) for side in Side for line in conditions(program, side)]
    fields = {each.field.partition(".")[2] for goal in program.goals for each in goal.when.conditions()} - {""}
    assert lines
    # A marketer's key, as it stands in the file or with its words apart, means nothing to a customer.
    assert not [line for line in lines for field in fields if field in line or field.replace("_", " ") in line]


def said(catalog: Catalog, what: Worth | Phrase, language: str) -> str:
    """Say it plainly."""
    reader = Reader(language, ZoneInfo("UTC"))
    text = (
        catalog.text(what.key, what.values, reader, markup=Markup.PLAIN, address=str)
        if isinstance(what, Phrase)
        else catalog.cell(what, reader, address=str)
    )
    return text.replace("\u00a0", " ").replace("\u202f", " ")
