"""A program file with every key there is, and the ways in which people break what is new in it."""

EVERYTHING = '''\
# Every key of the format, once
[program]
id = "everything"
name = "Stay & Ride"
currency = "EUR"
language = "en"
starts = 2027-01-01
ends = 2027-12-31
destination = "https://example.com/"
attribution = "last-touch"
applies_to = "open"

[joining]
qualify_within_days = 90
claim_within_days = 7
click_window_days = 30
late_claim_days = 7
lapsed_after_days = 365
new_until = "purchase"

[terms]
en = """
One reward for each friend.
No cash."""
es = "Un premio por cada amiga."

[vouchers]
valid_days = 20

[brand]
color = "#6a38cf"
logo = "brand/logo.png"

[units.mb]
one = "MB"
other = "MB"

[units.mb.es]
zero = "MB"
one = "mega"
two = "megas"
few = "megas"
many = "megas"
other = "megas"

[units.miles]
one = "mile"
other = "miles"

[units.miles.es]
one = "milla"
other = "millas"

[events.checkout]
en = "check-out"
es = "la salida"

[goals.stay]
event = "booking"
minimum = "75.00"
all = [
  { field = "country", is_one_of = ["DE", "AT"] },
  { field = "amount", is_less_than = "5000.00" },
  { any = [{ field = "product", starts_with = "room" }, { field = "friend.plan", is_not = "basic" }] },
]
any = [
  { field = "first", is = true },
  { field = "total", is_more_than = "200.00" },
  { all = [{ field = "count", is_at_least = 2 }, { field = "count", is_at_most = 9 }] },
  { field = "property.nights", is_at_least = 2 },
  { field = "property.until", is_at_most = 2027-12-31 },
  { field = "category", ends_with = "suite" },
  { field = "property.tags", contains = "family" },
  { field = "property.tags", does_not_contain = "party" },
  { field = "source", is_none_of = ["test"] },
]
within_days = 25
counted_from = "click"
at_most_times = 3
hold_days = 1
hold_until = "checkout"
hold_gives_up_days = 200

[goals.stay.says]
en = "a first stay"
es = "una primera estancia"

[goals.stay.advocate]
percent = "10"
percent_at_most = "50.00"
as = "credit"
delivery = "balance"
expires_after_days = 365
rolling = true

[goals.stay.friend]
tiers = [
  { from = 1, amount = "10.00" },
  { from = 5, percent = "15", percent_at_most = "30.00" },
  { from = 9, amount = { by = "friend.plan", plus = "20.00", gold = { percent = "20", percent_at_most = "90.00" } } },
]
expires_on = 2028-06-30

[goals.rides]
events = ["signup", "ride"]
repeats = true
hold_days = 0

[goals.rides.friend]
amount = { by = "product", "Model S" = "3500", model-3 = "2000", otherwise = "1000" }
unit = "miles"
as = "access"
delivery = "team"
expires = "never"

[goals.shop]
event = "purchase"
repeats = true

[goals.shop.advocate]
amount = "2"
unit = "miles"
for_each = "1.00"
at_most = "500"
as = "credit"

[goals.shop.friend]
amount = { by = "friend.plan", plus = "3", gold = { amount = "5", for_each = "2.50", at_most = "90" } }
unit = "miles"
for_each = "1.00"
as = "credit"

[goals.visit]
event = "visit"

[goals.visit.friend]
percent_off = "12.5"
delivery = "team"

[goals.trips]
event = "trip"
count = { by = "friend.city", berlin = 50, otherwise = 20 }

[goals.trips.advocate.choose.coffee]
amount = "5.00"

[goals.trips.advocate.choose.card]
amount = "25.00"
as = "gift-card"
delivery = "codes"
stock = "gift-cards"

[caps.advocate.friend]
value = "100.00"

[caps.advocate.year]
count = 10
value = "5000.00"
goals = ["stay", "trips"]

[caps.advocate.year.also.miles]
value = "90000"
unit = "miles"

[caps.friend.lifetime]
value = "1000000"
unit = "miles"

[caps.program.month]
value = "100000.00"

[milestones.five]
at = 5
repeats = true
period = "year"
goals = ["stay"]
amount = "500"
unit = "mb"

[contests.race]
first_to = 10
winners = 2
partition = "region"
amount = "100.00"
as = "product"

[contests.summer]
most_in = "quarter"
at_least = 5
amount = "1000.00"
as = "payout"

[raffles.monthly]
every = "month"
entries_per_referral = 2
winners = 3
amount = "50.00"

[ineligible.staff]
who = "both"
any = [{ field = "friend.employee", is = "yes" }, { field = "advocate.employee", is = "yes" }]

[ineligible.staff.says]
en = "People who work here cannot take part."
es = "Quien trabaja aquí no puede participar."
'''

_STAY = "[goals.stay]\n"
_ANY = '{ field = "first", is = true },'

# What stands in the file, what is written instead, over what the caret stands, and what it says to do.
BROKEN = [
    # conditions
    (
        "an unknown field",
        '"source", is_none',
        '"sauce", is_none',
        '"sauce"',
        r'"sauce" is nothing to look at.*"source"\?',
    ),
    (
        "a field far from all",
        '"source", is_none',
        '"weather", is_none',
        '"weather"',
        r"nothing to look at\. Write what",
    ),
    ("an unknown operator", "is_more_than", "is_bigger_than", "is_bigger_than", "no such setting"),
    ("a misspelt operator", "is_at_most = 9", "is_atmost = 9", "is_atmost", r"Did you mean is_at_most\?"),
    (
        "a sign for an operator",
        '{ field = "count", is_at_least = 2 }',
        '{ field = "count" >= 2 }',
        ">=",
        "in words, such as is_at_least",
    ),
    ("no operator", _ANY, '{ field = "first" },', '{ field = "first" }', r"compares with nothing\. Give it one"),
    ("two operators", "is_at_least = 2 }", "is_at_least = 2, is_not = 3 }", '{ field = "count"', "two ways at once"),
    ("no field", _ANY, "{ is = true },", "{ is = true }", "does not say what to look at"),
    ("a field and a group", _ANY, '{ field = "first", any = [{ field = "first", is = true }] },', "{ field", "a group"),
    ("an empty condition", _ANY, "{},", "{},", "does not say what to look at"),
    (
        "an empty group",
        'any = [{ field = "product"',
        'any = [], all = [{ field = "product"',
        "[], all",
        "list is empty",
    ),
    ("a condition without braces", _ANY, '"first",', '"first"', "list of conditions|each in braces|does not fit"),
    (
        "one condition, no list",
        'any = [{ field = "friend.employee"',
        'any = { field = "first", is = true }\nall = [{ field = "friend.employee"',
        "{ field",
        "list of conditions",
    ),
    (
        "an attribute without a name",
        '"friend.plan", is_not',
        '"friend.", is_not',
        '"friend."',
        r'such as "friend\.city"',
    ),
    ("an attribute in capitals", '"friend.plan", is_not', '"friend.Plan", is_not', '"friend.Plan"', "small letters"),
    (
        "an order of words",
        '"product", starts_with = "room"',
        '"product", is_at_least = "room"',
        "is_at_least",
        "neither more nor less",
    ),
    (
        "letters of a number",
        '"total", is_more_than = "200.00"',
        '"total", starts_with = "2"',
        "starts_with",
        "total is a number",
    ),
    ("not the first", _ANY, '{ field = "first", is_not = true },', "is_not", r"is = true \}"),
    ("the first as a word", _ANY, '{ field = "first", is = "yes" },', '"yes"', "true or false, without quotes"),
    (
        "an amount without quotes",
        '"total", is_more_than = "200.00"',
        '"total", is_more_than = 200',
        "200",
        'in quotes, such as "10.00"',
    ),
    ("too many cents to compare", '"200.00"', '"200.005"', '"200.005"', "EUR has 2 decimal places"),
    ("half a count", "is_at_most = 9", "is_at_most = 9.5", "9.5", "whole number, without quotes"),
    (
        "no number to compare with",
        'is_at_least = 2 },\n  { field = "property.until',
        'is_at_least = "many" },\n  { field = "property.until',
        '"many"',
        "is no number",
    ),
    (
        "a list where one belongs",
        '{ field = "property.tags", contains = "family" }',
        '{ field = "property.tags", contains = ["a"] }',
        '["a"]',
        "A list does not fit",
    ),
    ("one where a list belongs", '["test"]', '"test"', '"test"', r"list in square brackets"),
    ("an empty list", '["test"]', "[]", "[]", "list in square brackets"),
    (
        "a date with a time to compare",
        "is_at_most = 2027-12-31",
        "is_at_most = 2027-12-31T10:00:00",
        "2027-12-31T10",
        "does not fit",
    ),
    (
        "never reached by amount",
        'is_less_than = "5000.00" },',
        'is_less_than = "5000.00" },\n  { field = "amount", is_more_than = "5000.00" },',
        '{ field = "amount", is_more',
        "“less than 5000.00” and “more than 5000.00” at once",
    ),
    (
        "never reached by word",
        'is_one_of = ["DE", "AT"] },',
        'is_one_of = ["DE", "AT"] },\n  { field = "country", is = "CH" },',
        '{ field = "country", is = "CH"',
        "never be reached",
    ),
    (
        "never reached by the minimum",
        '5000.00" }',
        '10.00" }',
        '{ field = "amount"',
        "minimum is 75.00.*never be reached",
    ),
    (
        "never reached by the count",
        "[goals.trips]\n",
        '[goals.trips]\nall = [{ field = "first", is = true }]\n',
        '{ field = "first"',
        "takes 20 events",
    ),
    # goals
    (
        "two ways to say which event",
        'event = "booking"',
        'event = "booking"\nevents = ["stay"]',
        "events",
        "Keep one of them",
    ),
    ("the same event twice", '["signup", "ride"]', '["ride", "ride"]', '"ride"]', "stands here twice"),
    ("a refund among events", '["signup", "ride"]', '["signup", "refund"]', '"refund"', "takes rewards back"),
    ("no events", '["signup", "ride"]', "[]", "[]", r'as a list, such as \["signup", "purchase"\]'),
    ("events as one text", '["signup", "ride"]', '"signup, ride"', '"signup, ride"', "as a list"),
    (
        "several events, several times",
        "repeats = true\nhold_days",
        "count = 3\nhold_days",
        "count",
        "each must happen once",
    ),
    ("a count of none", "count = { by", "count = 0 #{ by", "0 #", "whole number from 1 to 1000000"),
    ("a count in quotes", "berlin = 50", 'berlin = "50"', '"50"', "without quotes"),
    ("a count of half", "otherwise = 20", "otherwise = 20.5", "20.5", "whole number"),
    ("no other count", ", otherwise = 20 }", " }", "count", r"otherwise: This is missing\. Add a line: otherwise"),
    ("a count by nothing", 'by = "friend.city", berlin = 50', "berlin = 50", "count", "by: This is missing"),
    ("a count without cases", ", berlin = 50", "", "count", r"No case is named.*count = 20"),
    ("a count by an amount", 'by = "friend.city"', 'by = "amount"', '"amount"', "Cases cannot go by amount"),
    (
        "the hold ends at once",
        'hold_until = "checkout"',
        'hold_until = "booking"',
        '"booking"',
        "booking is what earns the reward",
    ),
    ("a hold until a refund", 'hold_until = "checkout"', 'hold_until = "refund"', '"refund"', "nobody is paid for one"),
    ("giving up without waiting", 'hold_until = "checkout"\n', "", "hold_gives_up_days", "nothing to give up"),
    (
        "without end and at most",
        "at_most_times = 3",
        "at_most_times = 3\nrepeats = true",
        "at_most_times",
        "Keep repeats or at_most_times",
    ),
    ("never", "at_most_times = 3", "at_most_times = 0", "0", "from 1 to 1000000"),
    (
        "counted from nowhere",
        'counted_from = "click"',
        'counted_from = "clik"',
        '"clik"',
        r'Did you mean "click"\? Write "joining" or "click"',
    ),
    ("yes for a number of days", "within_days = 25", "within_days = true", "true", "whole number of days"),
    ("words in no language", 'en = "a first stay"', 'english = "a first stay"', "english", "no language"),
    # rewards
    ("an amount and a percentage", 'percent = "10"', 'percent = "10"\namount = "3.00"', "percent", "Keep one of them"),
    (
        "an amount and tiers",
        "[goals.stay.friend]\n",
        '[goals.stay.friend]\namount = "3.00"\n',
        "tiers",
        "An amount and tiers stand here",
    ),
    (
        "a limit without a percentage",
        'percent = "10"',
        'amount = "10.00"',
        "percent_at_most",
        "Only a percentage needs a limit",
    ),
    (
        "a limit of too many cents",
        'percent_at_most = "50.00"',
        'percent_at_most = "50.001"',
        '"50.001"',
        "EUR has 2 decimal",
    ),
    ("a tenth more than all", 'percent_off = "12.5"', 'percent_off = "110"', '"110"', "more than 0 and at most 100"),
    ("off with its sign", 'percent_off = "12.5"', 'percent_off = "12.5%"', '"12.5%"', "without the sign"),
    ("off in a unit", 'percent_off = "12.5"', 'percent_off = "12.5"\nunit = "miles"', "unit", "Leave it out"),
    (
        "off as credit",
        'percent_off = "12.5"\ndelivery = "team"',
        'percent_off = "5"\nas = "credit"',
        '"credit"',
        "is a discount",
    ),
    (
        "off and an amount",
        'percent_off = "12.5"',
        'amount = "1.00"\npercent_off = "12.5"',
        "percent_off",
        "Keep one of them",
    ),
    ("a step of nothing", 'for_each = "1.00"\nat_most', 'for_each = "0.00"\nat_most', '"0.00"', "This is zero"),
    (
        "a step of half a cent",
        'for_each = "1.00"\nat_most',
        'for_each = "0.005"\nat_most',
        '"0.005"',
        "EUR has 2 decimal",
    ),
    ("a limit of half a mile", 'at_most = "500"', 'at_most = "500.5"', '"500.5"', "miles has 0 decimal places"),
    ("a limit without steps", 'for_each = "1.00"\nat_most', "at_most", "at_most", r'add for_each = "1\.00"'),
    (
        "steps of a percentage",
        'percent = "10"\npercent_at_most = "50.00"',
        'percent = "10"\nfor_each = "1.00"',
        "for_each",
        "an amount is given, and here stands none",
    ),
    ("a case with a limit alone", 'for_each = "2.50", at_most', "at_most", 'at_most = "90"', "Leave at_most out"),
    (
        "steps beside tiers",
        "expires_on = 2028-06-30",
        'for_each = "1.00"\nexpires_on = 2028-06-30',
        "for_each",
        "for_each belongs into each of them",
    ),
    (
        "a percentage of a unit",
        'amount = "500"\nunit = "mb"',
        'percent = "5"\nunit = "mb"',
        '"5"',
        "has no purchase to take a percentage of",
    ),
    (
        "a percentage of miles",
        'model-3 = "2000"',
        'model-3 = { percent = "5" }',
        '"miles"',
        r"paid in the currency, EUR\. Leave",
    ),
    ("half a mile", 'model-3 = "2000"', 'model-3 = "2000.5"', '"2000.5"', "miles has 0 decimal places"),
    ("a number for a case", 'model-3 = "2000"', "model-3 = 2000", "2000", "does not fit"),
    ("cases by nothing", 'by = "product", "Model S"', '"Model S"', "amount", "by: This is missing"),
    (
        "cases by the amount",
        'by = "product", "Model S"',
        'by = "amount", "Model S"',
        '"amount"',
        "Cases cannot go by amount",
    ),
    (
        "cases by a misspelt field",
        'by = "product", "Model S"',
        'by = "produkt", "Model S"',
        '"produkt"',
        r'Did you mean "product"\?',
    ),
    (
        "cases that nothing matches",
        ', "Model S" = "3500", model-3 = "2000", otherwise',
        ", otherwise",
        "amount",
        r'No case is named.*amount = "10\.00"',
    ),
    ("an empty case", 'gold = { percent = "20", percent_at_most = "90.00" }', "gold = {}", "{}", "nothing of how much"),
    (
        "a case of both",
        'gold = { percent = "20", percent_at_most = "90.00" }',
        'gold = { percent = "20", amount = "1.00" }',
        'percent = "20", amount',
        "Keep one of them",
    ),
    ("a case above everything", 'gold = { percent = "20"', 'gold = { percent = "120"', '"120"', "at most 100"),
    ("tiers that fall", "from = 9", "from = 4", "4", r"4 does not come after 5\. Write the tiers in rising order"),
    ("tiers that stand still", "from = 9", "from = 5", "5, amount", "5 does not come after 5"),
    ("tiers that begin late", "from = 1,", "from = 2,", "2, amount", "begin with from = 1"),
    ("a tier without a start", "{ from = 5, percent", "{ percent", '{ percent = "15"', "from: This is missing"),
    ("a tier without a size", 'from = 1, amount = "10.00"', "from = 1", "{ from = 1 }", "nothing of how much"),
    ("a tier of half", "from = 5", "from = 5.5", "5.5", "whole number"),
    (
        "no tiers",
        "[goals.stay.friend]\ntiers = [",
        "[goals.stay.friend]\ntiers = []\nx = [",
        "[]",
        "steps in square brackets",
    ),
    ("an unknown kind", 'as = "access"', 'as = "acces"', '"acces"', r'Did you mean "access"\? Write "voucher"'),
    (
        "an unknown delivery",
        'delivery = "team"',
        'delivery = "post"',
        '"post"',
        'Write "till", "balance", "team" or "codes"',
    ),
    (
        "codes without a stock",
        'delivery = "codes"\nstock = "gift-cards"',
        'delivery = "codes"',
        '"codes"',
        'Add a line: stock = "gift-cards"',
    ),
    (
        "gift cards out of nowhere",
        'delivery = "codes"\nstock = "gift-cards"\n',
        "",
        '"gift-card"',
        'Add a line: stock = "gift-cards"',
    ),
    ("a stock for the team", 'delivery = "codes"', 'delivery = "team"', "stock", "this goes by team"),
    (
        "a stock for vouchers",
        'as = "gift-card"\ndelivery = "codes"',
        'as = "voucher"',
        "stock",
        'Add a line: delivery = "codes"',
    ),
    ("a stock of odd letters", 'stock = "gift-cards"', 'stock = "Gift Cards"', '"Gift Cards"', "small letters a to z"),
    ("credit by hand", 'delivery = "balance"', 'delivery = "team"', '"team"', "Credit is kept on a balance"),
    (
        "a product on a balance",
        'as = "product"',
        'as = "product"\ndelivery = "balance"',
        '"balance"',
        "Only credit is kept",
    ),
    (
        "two ends",
        'expires = "never"',
        'expires = "never"\nexpires_after_days = 3',
        'expires = "never"',
        "expires_after_days and expires stand here",
    ),
    (
        "an end that rolls on",
        'expires = "never"',
        'expires = "never"\nrolling = true',
        "rolling",
        "Rolling needs a number of days",
    ),
    ("never in other words", 'expires = "never"', "expires = false", "false", 'Write "never"'),
    (
        "an end with a time",
        "expires_on = 2028-06-30",
        "expires_on = 2028-06-30 10:00:00",
        "2028-06-30 10",
        "without a time",
    ),
    ("rolling in quotes", "rolling = true", 'rolling = "true"', '"true"', "true or false, without quotes"),
    (
        "one thing to choose",
        '[goals.trips.advocate.choose.coffee]\namount = "5.00"\n',
        "",
        "choose",
        "only one thing to choose",
    ),
    (
        "an amount beside a choice",
        "[goals.trips.advocate.choose.coffee]",
        '[goals.trips.advocate]\namount = "3.00"\n[goals.trips.advocate.choose.coffee]',
        "amount",
        "amount belongs to each thing",
    ),
    (
        "an end inside a choice",
        '[goals.trips.advocate.choose.coffee]\namount = "5.00"',
        '[goals.trips.advocate.choose.coffee]\namount = "5.00"\nexpires = "never"',
        "expires",
        r"does not belong here\. Put it below \[goals\.….advocate\]",
    ),
    (
        "a misspelt unit in a choice",
        '[goals.trips.advocate.choose.coffee]\namount = "5.00"',
        '[goals.trips.advocate.choose.coffee]\namount = "5"\nunit = "mile"',
        '"mile"',
        r"Did you mean miles\?",
    ),
    # caps
    (
        "neither count nor value",
        '[caps.advocate.friend]\nvalue = "100.00"',
        "[caps.advocate.friend]",
        "friend]",
        r'limits nothing\. Add a line: count = 10, or value = "500\.00"',
    ),
    (
        "a further limit that limits nothing",
        '[caps.advocate.year.also.miles]\nvalue = "90000"\nunit = "miles"',
        "[caps.advocate.year.also.miles]",
        "miles]",
        r"limits nothing\. Add a line: count = 10",
    ),
    (
        "a further limit without a name",
        "[caps.advocate.year.also.miles]",
        "[caps.advocate.year.also]",
        '"90000"',
        r"\[caps\.advocate\.year\.also\.miles\]",
    ),
    (
        "a further limit with a name of capitals",
        "[caps.advocate.year.also.miles]",
        "[caps.advocate.year.also.Miles]",
        "Miles",
        "small letters a to z",
    ),
    ("an unknown period", "[caps.program.month]", "[caps.program.months]", "months]", r"Did you mean month\?"),
    (
        "a period of no cap",
        "[caps.program.month]",
        "[caps.program.quarter]",
        "quarter]",
        "Here you can write: friend, day",
    ),
    (
        "an unknown owner",
        "[caps.program.month]",
        "[caps.shop.month]",
        "shop",
        "Here you can write: advocate, friend, program",
    ),
    (
        "an owner without a period",
        "[caps.program.month]",
        "[caps.program]",
        "value",
        r"Put it below \[caps\.advocate\.year\]",
    ),
    (
        "the friend of a friend",
        "[caps.friend.lifetime]",
        "[caps.friend.friend]",
        "friend]",
        r"Write \[caps\.friend\.lifetime\]",
    ),
    (
        "the program of a friend",
        "[caps.program.month]",
        "[caps.program.friend]",
        "friend]",
        r"Write \[caps\.advocate\.friend\]",
    ),
    (
        "a limit of an unknown goal",
        '["stay", "trips"]',
        '["stay", "trip"]',
        '"trip"',
        r"no goal trip\. Did you mean trips\?",
    ),
    ("a limit of a goal twice", '["stay", "trips"]', '["stay", "stay"]', '"stay"]', "stands here twice"),
    (
        "a limit in an unknown unit",
        'value = "1000000"\nunit = "miles"',
        'value = "1000000"\nunit = "stars"',
        '"stars"',
        r"\[units\.stars\]",
    ),
    ("a limit of half a mile", 'value = "1000000"', 'value = "10.5"', '"10.5"', "miles has 0 decimal places"),
    ("a unit of no value", 'value = "1000000"\nunit', "count = 5\nunit", "unit", "A unit belongs to a value"),
    ("a limit of zero", 'value = "100000.00"', 'value = "0"', '"0"', "This is zero"),
    ("a negative count", "count = 10", "count = -10", "-10", "whole number from 1"),
    # milestones, contests, raffles
    (
        "a milestone of an unknown goal",
        'goals = ["stay"]',
        'goals = ["stays"]',
        '"stays"',
        r"no goal stays\. Did you mean stay\?",
    ),
    ("a milestone without a number", "at = 5\n", "", "five]", r"at: This is missing\. Add a line: at = …"),
    ("a milestone without a prize", 'amount = "500"\nunit = "mb"', 'unit = "mb"', "five]", "nothing of how much"),
    ("a milestone of no period", 'period = "year"', 'period = "years"', '"years"', r'Did you mean "year"\?'),
    (
        "a milestone by the product",
        'amount = "500"\nunit',
        'amount = { by = "product", a = "5" }\nunit',
        '"product"',
        "Go by one of theirs",
    ),
    ("a contest without an aim", "first_to = 10\n", "", "race]", r"does not say what wins\. Add a line: first_to = 10"),
    (
        "a contest with two aims",
        "first_to = 10",
        'first_to = 10\nmost_in = "week"',
        "most_in",
        "Keep first_to or most_in",
    ),
    ("a race with a threshold", "first_to = 10", "first_to = 10\nat_least = 5", "at_least", "Leave at_least out"),
    ("a contest of no period", 'most_in = "quarter"', 'most_in = "lifetime"', '"lifetime"', 'Write "day", "week"'),
    ("a contest of no winners", "winners = 2", "winners = 0", "0", "from 1 to 1000"),
    (
        "a contest by half the attribute",
        'partition = "region"',
        'partition = "advocate.region"',
        '"advocate.region"',
        r"attributes in quotes, such as",
    ),
    ("a contest for a share", 'amount = "1000.00"\nas = "payout"', 'percent = "10"', '"10"', "contest has no purchase"),
    ("a raffle of no period", 'every = "month"', 'every = "monthly"', '"monthly"', r'Did you mean "month"\?'),
    ("a raffle without entries", "entries_per_referral = 2", "entries_per_referral = 0", "0", "from 1 to 1000"),
    # who, when, in which language
    (
        "everybody kept out",
        'any = [{ field = "friend.employee", is = "yes" }, { field = "advocate.employee", is = "yes" }]\n',
        "",
        "staff]",
        "would keep everybody out",
    ),
    ("kept out in no role", 'who = "both"', 'who = "all"', '"all"', 'Write "advocate", "friend" or "both"'),
    ("terms in no language", 'es = "Un premio', 'spanish = "Un premio', "spanish", "no language"),
    (
        "terms in the wrong letters",
        'es = "Un premio',
        'sp = "Un premio',
        "sp",
        r"sp is no language\. Did you mean es\?",
    ),
    ("the program in no language", 'language = "en"', 'language = "xx"', '"xx"', "xx is no language"),
    ("a unit in its own language", "[units.miles.es]", "[units.miles.en]", "en]", "the program's own language"),
    ("a unit in a misspelt form", 'few = "megas"', 'fw = "megas"', "fw", r"Did you mean few\?"),
    ("an unknown touch", '"last-touch"', '"last touch"', '"last touch"', r'Did you mean "last-touch"\?'),
    ("an unknown reach", 'applies_to = "open"', 'applies_to = "all"', '"all"', 'Write "new" or "open"'),
    ("a negative number of days", "late_claim_days = 7", "late_claim_days = -7", "-7", "days from 0 to 3650"),
    ("days with a point", "click_window_days = 30", "click_window_days = 30.0", "30.0", "whole number of days"),
    ("no more click", "click_window_days = 30", "click_window_days = 0", "0", "days from 1 to 3650"),
    ("an event named in no language", "[events.checkout]\nen", "[events.checkout]\nxx", "xx", "xx is no language"),
    ("an event with capitals", "[events.checkout]", "[events.Checkout]", "Checkout", "in small letters"),
    ("an event without a name", 'en = "check-out"', 'en = ""', '""', "Write it in straight quotes"),
    # not TOML
    ("a table twice", "[units.miles.es]", "[units.mb.es]", "[units.mb.es]", "Put everything under one"),
    (
        "a key twice in braces",
        'by = "product", "Model S"',
        'by = "product", by = "country", "Model S"',
        "amount",
        "twice",
    ),
    (
        "a missing comma in braces",
        "from = 1, amount",
        "from = 1 amount",
        "amount",
        "comma is missing|bracket is not closed",
    ),
    ("a text of several lines without an end", 'No cash."""', "No cash.", 'en = """', "several lines is not closed"),
    ("curly quotes in braces", 'is_not = "basic"', "is_not = “basic”", "“", "curly quotes"),
    ("a colon in braces", 'field = "first"', 'field: "first"', ":", "a name, an equals sign and a value"),
]
