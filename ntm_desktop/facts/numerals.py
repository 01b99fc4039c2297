"""Vietnamese numerals: `1.234.567,89` to an exact fraction and back.

The point groups thousands, the comma separates decimals. Nothing here is ever a float. Reading rests on CLDR
through Babel, loaded at the first number with a separator: neither the start nor plain digits wait for it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction

from ntm_desktop.facts.fact import Problem
from ntm_desktop.facts.folding import fold

MOST_WHOLE_DIGITS = 15
MOST_DECIMALS = 9
_LOCALE = "vi"
_ROUNDED_DECIMALS = 6
"""How many decimals are shown of a number that has no end (one third)."""

_MINUS_SIGNS = str.maketrans(dict.fromkeys("\u2212\u2012\u2013\ufe63\uff0d", "-"))
_SPACED = re.compile(r"[0-9]{1,3}(?: [0-9]{3})+(?:,[0-9]+)?")
_BODY = re.compile(r"[0-9]+(?:[.,][0-9]+)*")
_FOREIGN_GROUPS = re.compile(r"[0-9]{1,3}(?:,[0-9]{3}){2,}(?:\.[0-9]+)?")
_TWO_WAYS = re.compile(r"[1-9][0-9]{0,2}[.,][0-9]{3}")
"""One separator with three digits behind it: thousands to one reader, decimals to another."""
_SPLIT = re.compile(r"(-? ?[0-9](?:[0-9., ]*[0-9])?)\s*(|%|[^\W\d_][^0-9.,]*)")

_SCALES = {
    "nghin": 10**3,
    "ngan": 10**3,
    "trieu": 10**6,
    "tr": 10**6,
    "ty": 10**9,
    "ti": 10**9,
    "nghin ty": 10**12,
    "ngan ty": 10**12,
}
MONEY_UNITS = {"dong": 1, "nghin_dong": 10**3, "trieu_dong": 10**6, "ty_dong": 10**9}
_CURRENCY = ("vnd", "dong", "d")


@dataclass(frozen=True, slots=True)
class Numeral:
    """What was read: the number with the words behind it still apart."""

    number: Fraction
    scale: int = 1
    currency: bool = False
    """"dong" stands behind it, so the number counts single dong times the scale."""
    tail: str = ""
    """All words behind the number, folded."""
    rest: str = ""
    """Those of them that are neither scale nor currency."""
    two_ways: bool = False
    """Another reader could take it for another number; show it back in words."""


def read_numeral(text: str) -> Numeral | Problem:
    """Read digits with separators, then scale words and currency; `1.234` is thousands."""
    plain = " ".join(text.translate(_MINUS_SIGNS).split())
    match = _SPLIT.fullmatch(plain)
    if match is None:
        return Problem("not_a_number", (("example", "2.412"),))
    body, tail = match[1], fold(match[2])
    sign = -1 if body.startswith("-") else 1
    digits = body.removeprefix("-").strip()
    number = _read_digits(digits)
    if isinstance(number, Problem):
        return number
    scale, currency, rest = _read_tail(tail)
    two_ways = _TWO_WAYS.fullmatch(digits) is not None
    return Numeral(sign * number, scale, currency, tail, rest, two_ways=two_ways)


def _read_tail(tail: str) -> tuple[int, bool, str]:
    currency = False
    for word in _CURRENCY:
        if tail == word or tail.endswith(" " + word):
            tail, currency = tail[: -len(word)].strip(), True
            break
    for words in sorted(_SCALES, key=len, reverse=True):
        if tail == words or tail.startswith(words + " "):
            return _SCALES[words], currency, tail[len(words) :].strip()
    return 1, currency, tail


def _read_digits(digits: str) -> Fraction | Problem:
    if sum(map(str.isdigit, digits)) > MOST_WHOLE_DIGITS + MOST_DECIMALS:
        return Problem("too_many_digits", (("most", str(MOST_WHOLE_DIGITS)),))
    if digits.isdigit():
        return _capped(Fraction(int(digits)))
    if _SPACED.fullmatch(digits):
        digits = digits.replace(" ", ".")
    if _BODY.fullmatch(digits) is None:
        return Problem("not_a_number", (("example", "2.412"),))
    if _FOREIGN_GROUPS.fullmatch(digits):
        return _foreign(digits.translate(str.maketrans(",.", ".,")))
    return _read_separated(digits)


def _read_separated(digits: str) -> Fraction | Problem:
    from babel.numbers import NumberFormatError, parse_decimal

    whole, _, decimals = digits.partition(",")
    if "." not in whole and decimals.isdigit():
        whole = whole.lstrip("0") or "0"  # "02,5" is how offices write it; CLDR's strict reading wants "2,5"
        digits = f"{whole},{decimals}"
    try:
        return _capped(Fraction(parse_decimal(digits, locale=_LOCALE, strict=True)), decimals)
    except NumberFormatError as error:
        suggestions = error.suggestions or []
        return _foreign(suggestions[-1] if suggestions else "")


def _foreign(suggestion: str) -> Problem:
    if not suggestion:
        return Problem("not_a_number", (("example", "2.412"),))
    return Problem("foreign_number", (("suggestion", suggestion),))


def _capped(number: Fraction, decimals: str = "") -> Fraction | Problem:
    if number >= 10**MOST_WHOLE_DIGITS:
        return Problem("too_many_digits", (("most", str(MOST_WHOLE_DIGITS)),))
    if len(decimals) > MOST_DECIMALS:
        return Problem("too_many_decimals", (("most", str(MOST_DECIMALS)),))
    return number


def plain_digits(number: Fraction, digits: int | None = None) -> str:
    """Return plain notation with a point: `-2382`, `77.61`, `0.50`.

    With `digits` exactly so many decimals, half away from zero; without, all of them, or six where there is
    no end.
    """
    if digits is None:
        digits = decimals_of(number)
        if digits is None:
            return plain_digits(number, _ROUNDED_DECIMALS)
    scaled = abs(number) * 10**digits
    whole = (2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator)
    text = f"{whole:0{digits + 1}d}"
    sign = "-" if number < 0 and whole else ""
    return f"{sign}{text[:-digits]}.{text[-digits:]}" if digits else sign + text


def decimals_of(number: Fraction) -> int | None:
    """Return how many decimals write the number exactly; None when no number of them does."""
    rest, twos, fives = number.denominator, 0, 0
    while rest % 2 == 0:
        rest, twos = rest // 2, twos + 1
    while rest % 5 == 0:
        rest, fives = rest // 5, fives + 1
    return max(twos, fives) if rest == 1 else None


def show_number(number: Fraction, digits: int | None = None) -> str:
    """Return the number as Vietnamese offices write it: `1.234.567,89`.

    With `digits` exactly so many decimals, half away from zero; without, all of them, or six where there is
    no end.
    """
    whole, _, decimals = plain_digits(number, digits).partition(".")
    grouped = f"{int(whole.lstrip('-')):,}".replace(",", ".")
    sign = "-" if whole.startswith("-") else ""
    return f"{sign}{grouped},{decimals}" if decimals else sign + grouped


def show_percent(ratio: Fraction, digits: int | None = None) -> str:
    """Return a ratio as a percentage with a no-break space: `25,69 %`."""
    return f"{show_number(ratio * 100, digits)}\u00a0%"
