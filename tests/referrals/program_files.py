"""A program file that says everything, and the many ways in which people break it."""

FILE = """\
# Spring at the bakery
[program]
id = "spring-2027"
name = "Bäckerei Ölmühle 👩‍🍳"
currency = "EUR"
starts = 2027-03-28
ends = 2027-10-31
destination = "https://example.com/spring?from=friends"

[joining]
qualify_within_days = 30
claim_within_days = 7

[vouchers]
valid_days = 20

[units.coffees]
one = "coffee"
other = "coffees"

[goals.first-purchase]
event = "order.paid"
minimum = "20.00"
hold_days = 0

[goals.first-purchase.advocate]
percent = "7.5"
expires_after_days = 60

[goals.first-purchase.friend]
amount = "2"
unit = "coffees"
"""

# What stands in the file, what is written instead, on which line the answer points, and what it says to do.
BROKEN = [
    # not TOML
    ("curly quotes", 'name = "Bäck', "name = “Bäck", "name", r"curly quotes\. Use straight ones"),
    ("no closing quote", 'id = "spring-2027"', 'id = "spring-2027', "id", r"not closed\. Put a straight quote"),
    ("no quotes", 'currency = "EUR"', "currency = EUR", "currency", "Texts and amounts stand in quotes"),
    ("a comma", 'amount = "2"', "amount = 2,50", "amount", "written in quotes with a point"),
    ("no equals sign", "hold_days = 0", "hold_days 0", "hold_days", "a name, an equals sign and a value"),
    ("a colon", "hold_days = 0", "hold_days: 0", "hold_days", "an equals sign in place of the colon"),
    ("an open bracket", "[vouchers]", "[vouchers", "[vouchers", "square brackets"),
    ("twice the same key", "hold_days = 0", "hold_days = 0\nhold_days = 1", "hold_days = 1", r"twice\. Keep one"),
    (
        "twice the same section",
        "[vouchers]",
        "[joining] # again\n[vouchers]",
        "[joining] #",
        "Put everything under one",
    ),
    ("no such day", "2027-03-28", "2027-02-30", "starts", "no such day in the calendar"),
    ("a backslash", "Bäckerei", "B\\äckerei", "name", "backslash cannot stand here"),
    ("a sentence", "# Spring", "Spring", "Spring", "a name, an equals sign and a value"),
    ("nothing after the equals sign", "hold_days = 0", "hold_days =", "hold_days", "The value is missing"),
    # names
    ("a misspelt key", "currency", "curency", "curency", r"^program\.curency: .*Did you mean currency\?"),
    ("a misspelt section", "[vouchers]", "[voucher]", "[voucher]", r"Did you mean vouchers\?"),
    ("a misspelt side", "purchase.advocate]", "purchase.advocat]", "[goals.first-purchase.advocat]", "mean advocate"),
    ("a hyphen for an underscore", "hold_days", "hold-days", "hold-days", r"Did you mean hold_days\?"),
    (
        "a key of another section",
        "[vouchers]",
        "[vouchers]\nhold_days = 3",
        "hold_days = 3",
        r"Put it below \[goals\.…\]",
    ),
    ("a key above all sections", "# Spring at the bakery", 'currency = "EUR"', "currency", r"Put it below \[program\]"),
    ("a key nobody knows", "[vouchers]", "[vouchers]\ncolour = 3", "colour", "Here you can write: valid_days"),
    ("a goal's name", "first-purchase]", '"First Purchase"]', '[goals."First Purchase"]', "name cannot be used.*small"),
    # something missing
    ("no currency", 'currency = "EUR"', "", "[program]", r'missing\. Add a line: currency = … .*"EUR"'),
    ("no plural", 'other = "coffees"', "", "[units.coffees]", r"units\.coffees\.other: This is missing"),
    ("no amount", 'amount = "2"', "", "[goals.first-purchase.friend]", 'amount = "10.00" or percent = "10"'),
    # values
    ("a number for an amount", 'amount = "2"', "amount = 2", "amount", r'^\S+: 2 does not fit\. .*in quotes.*"10\.00"'),
    ("a float for an amount", 'minimum = "20.00"', "minimum = 20.5", "minimum", "Write an amount in quotes"),
    ("a comma in an amount", '"20.00"', '"20,00"', "minimum", "with a point for the cents"),
    ("an amount with its currency", '"20.00"', '"20 €"', "minimum", "Write an amount in quotes"),
    ("a negative amount", '"20.00"', '"-20.00"', "minimum", "no sign"),
    ("an exponent", '"20.00"', '"2e3"', "minimum", "Write an amount in quotes"),
    ("digits of another script", '"20.00"', '"٢٠"', "minimum", "Write an amount in quotes"),
    ("too many cents", '"20.00"', '"20.001"', "minimum", r"EUR has 2 decimal places, not 3\. Write it like \"10\.00\""),
    ("half a coffee", 'amount = "2"', 'amount = "2.5"', "amount", "coffees has 0 decimal places"),
    ("an absurd amount", '"20.00"', '"999999999999999"', "minimum", "too large"),
    ("a minimum of zero", '"20.00"', '"0.00"', "minimum", r"zero\. Leave the line out"),
    ("a reward of zero", 'amount = "2"', 'amount = "0"', "amount", r"zero\. Write how much"),
    ("days in quotes", "valid_days = 20", 'valid_days = "20"', "valid_days", r'"20" does not fit\. .*without quotes'),
    ("half a day", "hold_days = 0", "hold_days = 0.5", "hold_days", "0.5 does not fit.*whole number of days from 0"),
    ("negative days", "hold_days = 0", "hold_days = -1", "hold_days", "days from 0 to 3650"),
    ("too many days", "valid_days = 20", "valid_days = 99999999999999999999", "valid_days", "from 1 to 3650"),
    ("no days to qualify", "within_days = 30", "within_days = 0", "qualify_within_days", "from 1 to 3650"),
    ("yes for days", "hold_days = 0", "hold_days = true", "hold_days", "^.*: true does not fit.*whole number"),
    ("a date in quotes", "2027-03-28", '"2027-03-28"', "starts", "without quotes"),
    ("a date with a time", "2027-03-28", "2027-03-28T09:00:00", "starts", "without a time"),
    ("the end of time", "2027-10-31", "9999-12-31", "ends", "from 2000 to 2199"),
    ("the year one", "2027-03-28", "0001-01-01", "starts", "from 2000 to 2199"),
    ("the end before the start", "2027-10-31", "2027-03-27", "ends", "lies before the first.*swap"),
    ("a currency in small letters", '"EUR"', '"eur"', "currency", "three capital letters"),
    ("a currency's sign", '"EUR"', '"€"', "currency", "three capital letters"),
    ("a currency no more in use", '"EUR"', '"DEM"', "currency", "DEM is not a currency in use"),
    ("an id with spaces", '"spring-2027"', '"Spring 2027"', "id", "small letters a to z, digits and hyphens"),
    ("an empty name", "Bäckerei Ölmühle 👩‍🍳", "  ", "name", "Write it in straight quotes"),
    ("an endless name", "Bäckerei", "B" * 4000, "name", "This text does not fit.*at most 64"),
    ("a name that turns the line around", "Bäckerei", "\\u202eBäckerei", "name", "This text does not fit"),
    ("a name of two lines", "Bäckerei", "Bäckerei\\n", "name", "This text does not fit"),
    ("an address without https", "https://example.com/", "example.com/", "destination", "full web address"),
    ("an address that runs a script", "https://example", "javascript:alert", "destination", "full web address"),
    ("an address with a line break", "?from=", "\\r\\nSet-Cookie:a=", "destination", "full web address"),
    ("an address with an accent", "example.com", "münchen.de", "destination", "without spaces or accents"),
    ("an event with spaces", '"order.paid"', '"Order paid"', "event", "type of one event in quotes"),
    ("a refund as a goal", '"order.paid"', '"refund"', "event", "takes rewards back"),
    ("a misspelt unit", 'unit = "coffees"', 'unit = "coffes"', "unit", r"no unit coffes\. Did you mean coffees\?"),
    ("an undeclared unit", 'unit = "coffees"', 'unit = "stamps"', "unit", r"Add a section \[units\.stamps\]"),
    ("another currency", 'unit = "coffees"', 'unit = "USD"', "unit", "no unit USD.*to pay in EUR"),
    ("a percentage of coffees", 'amount = "2"', 'percent = "2"', "unit", "Leave the unit out"),
    ("a percentage of nothing", '"7.5"', '"0"', "percent", "more than 0 and at most 100"),
    ("more than everything", '"7.5"', '"100.1"', "percent", "more than 0 and at most 100"),
    ("a percent sign", '"7.5"', '"7.5%"', "percent", "without the sign"),
    ("both at once", 'percent = "7.5"', 'percent = "7.5"\namount = "1"', "percent", "Keep one of them"),
    ("a list", 'amount = "2"', 'amount = ["2"]', "amount", "A list does not fit"),
    ("a section in place of a text", '"order.paid"', '{ is = "x" }', "event", "A section does not fit"),
    # sections
    (
        "a text for a section",
        "[vouchers]\nvalid_days = 20",
        "vouchers = 20",
        "vouchers",
        r"Write \[vouchers\] on a line",
    ),
    ("a list of goals", "[goals.first-purchase]", "[[goals]]", "[[goals]]", "This is a section|section stands here"),
]
