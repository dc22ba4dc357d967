"""Amounts: integers of minor units with their unit, and exact percentages of them."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Decimal

# ISO 4217, list one (2026): active currencies by the number of their minor digits.
_TWO_DIGITS = """
AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CNY COP CRC CUP CVE
CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL HTG HUF IDR ILS INR IRR JMD KES KGS KHR
KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD PAB
PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TOP TRY
TTD TWD TZS UAH USD UYU UZS VED VES WST XCD XCG YER ZAR ZMW ZWG
"""
_NO_DIGITS = "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF"
_THREE_DIGITS = "BHD IQD JOD KWD LYD OMR TND"
_FOUR_DIGITS = "CLF UYW"

CURRENCIES: Mapping[str, int] = {
    **dict.fromkeys(_TWO_DIGITS.split(), 2),
    **dict.fromkeys(_NO_DIGITS.split(), 0),
    **dict.fromkeys(_THREE_DIGITS.split(), 3),
    **dict.fromkeys(_FOUR_DIGITS.split(), 4),
}

# A signed 64-bit column holds 9.2e18; a trillion of the smallest unit leaves room for sums over a million rows.
LARGEST_MINOR_UNITS = 10**12

# Ends the unit of a percentage off a purchase, such as "10%"; no name that a program gives a unit can have it.
_OFF = "%"

_DECIMAL = re.compile(r"(0|[1-9][0-9]{0,14})(?:\.([0-9]{1,4}))?", re.ASCII)


class AmountError(ValueError):
    """The text is not an amount of this unit: the message says why to an owner, `problem` and `values` to everyone."""

    def __init__(self, message: str, problem: str = "", **values: str | int) -> None:
        super().__init__(message)
        self.problem = problem
        self.values = values


@dataclass(frozen=True)
class Amount:
    """So many minor units of one unit: an ISO currency, or a unit that the program declares (no minor digits)."""

    minor: int
    unit: str

    def __add__(self, other: "Amount") -> "Amount":
        """Add an amount of the same unit."""
        if other.unit != self.unit:
            raise AmountError(f"Cannot add {other.unit} to {self.unit}.")
        return Amount(self.minor + other.minor, self.unit)

    def __neg__(self) -> "Amount":
        """Turn a gain into a loss of the same size."""
        return Amount(-self.minor, self.unit)

    def decimal(self) -> str:
        """Write the amount as a plain decimal string, the form it has in JSON."""
        digits = CURRENCIES.get(self.unit, 0)
        return format(Decimal(self.minor).scaleb(-digits), "f")


def parse_amount(text: str, unit: str) -> Amount:
    """Read a decimal string such as "19.90"; raises AmountError for a sign, an exponent, or too many digits."""
    match = _DECIMAL.fullmatch(text)
    if match is None:
        raise AmountError("An amount is a plain decimal number such as 19.90.", "not-an-amount")
    digits = CURRENCIES.get(unit, 0)
    fraction = match.group(2) or ""
    if len(fraction) > digits:
        said = f"{unit} has {digits} decimal places, not {len(fraction)}."
        raise AmountError(said, "too-precise", unit=unit, digits=digits)
    minor = int(match.group(1)) * 10**digits + int(fraction.ljust(digits, "0") or "0")
    if minor > LARGEST_MINOR_UNITS:
        raise AmountError("This amount is too large to be a real purchase.", "too-much")
    return Amount(minor, unit)


def off(percent: Decimal) -> Amount:
    """Return one voucher of so many percent off a purchase: what it comes to, only the till knows."""
    return Amount(1, f"{percent.normalize():f}{_OFF}")


def percent_off(unit: str) -> str:
    """Say how many percent vouchers of this unit take off a purchase; empty for every other unit."""
    return unit.removesuffix(_OFF) if unit.endswith(_OFF) else ""


def share_of(amount: Amount, percent: Decimal) -> Amount:
    """Take a percentage of an amount, rounded half-even once to the minor unit."""
    exact = Decimal(amount.minor) * percent / 100
    return Amount(int(exact.quantize(Decimal(1), rounding=ROUND_HALF_EVEN)), amount.unit)
