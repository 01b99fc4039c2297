"""Text to value and back, the Vietnamese way.

Three notations, never mixed: what an officer types (`read`), what is shown and printed (`show`), and what is
stored (`encode`, `decode`). What was typed is kept by the caller whether it can be read or not.
"""

from __future__ import annotations

import re
from datetime import date
from fractions import Fraction
from functools import lru_cache
from typing import NamedTuple

from ntm_desktop.facts.catalogue import NUMBERS, Element, ValueType
from ntm_desktop.facts.fact import Problem, Value
from ntm_desktop.facts.folding import fold, nfc
from ntm_desktop.facts.numerals import (
    MONEY_UNITS,
    Numeral,
    decimals_of,
    plain_digits,
    read_numeral,
    show_number,
    show_percent,
)
from ntm_desktop.facts.words import in_words, money_words, percent_words
from ntm_desktop.i18n import gettext as _

__all__ = [
    "Reading",
    "decode",
    "encode",
    "explain",
    "fold",
    "nfc",
    "read",
    "show",
    "show_number",
    "show_percent",
]

MOST_CHARACTERS = 4000
FIRST_YEAR, LAST_YEAR = 1900, 2100

_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
_PLAIN = re.compile(r"(?:0|[1-9][0-9]{0,8})", re.ASCII)
_DAY = re.compile(r"(\d{1,2})\s*[/.\-]\s*(\d{1,2})\s*[/.\-]\s*(\d{4}|\d{2})")
_ISO_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?:[T ]00:00:00)?")
_CANONICAL_NUMBER = re.compile(r"(-?(?:0|[1-9]\d{0,39}))(?:\.(\d{0,39}[1-9])|/([1-9]\d{0,39}))?")
_YES = frozenset(("co", "c", "x", "v", "1", "dung", "dat", "yes", "y", "true", "\u2713", "\u2714"))
_NO = frozenset(("khong", "k", "ko", "0", "sai", "no", "n", "false", "chua")) | frozenset(
    ("chua co", "khong co", "chua dat", "khong dat")
)


class Reading(NamedTuple):
    """What a text was read as; without value and problem it was empty."""

    text: str
    """The text in NFC, otherwise as typed."""
    value: Value | None = None
    problem: Problem | None = None
    echo: str = ""
    """The number shown back with words, where the text could be read two ways; else empty."""

    @property
    def ambiguous(self) -> bool:
        """Say whether the text could be read as another number."""
        return bool(self.echo)


def read(element: Element, text: str) -> Reading:
    """Read what was typed for an element; never raises for any text."""
    if element.type is ValueType.INTEGER and _PLAIN.fullmatch(text):
        return Reading(text, _whole(text))  # most cells of most files: a workbook may hold 100,000
    text = nfc(text)
    stripped = _CONTROLS.sub(" ", text).strip()
    if not stripped or element.type in NUMBERS:
        return _read_number(element, text, stripped) if stripped else Reading(text)
    if len(stripped) > MOST_CHARACTERS:
        most = show_number(Fraction(MOST_CHARACTERS))
        return Reading(text, problem=Problem("text_too_long", (("most", most),)))
    if element.type is ValueType.TEXT:
        return Reading(text, stripped)
    found: Value | Problem
    if element.type is ValueType.YES_NO:
        found = _read_yes_no(stripped)
    elif element.type is ValueType.DATE:
        found = _read_date(stripped)
    else:
        found = _read_choice(element, stripped)
    return Reading(text, problem=found) if isinstance(found, Problem) else Reading(text, found)


@lru_cache(maxsize=4096)
def _whole(digits: str) -> Fraction:
    return Fraction(int(digits))


def _read_number(element: Element, text: str, stripped: str) -> Reading:
    if len(stripped) > MOST_CHARACTERS:
        return Reading(text, problem=Problem("not_a_number", (("example", "2.412"),)))
    percent = element.type is ValueType.PERCENT and stripped.endswith("%")
    numeral = read_numeral(stripped.removesuffix("%") if percent else stripped)
    if isinstance(numeral, Problem):
        return Reading(text, problem=numeral)
    value = _value_of(element, numeral)
    if isinstance(value, Problem):
        return Reading(text, problem=value)
    return Reading(text, value, echo=_echo(element, value) if numeral.two_ways else "")


def _value_of(element: Element, numeral: Numeral) -> Fraction | Problem:
    if numeral.rest and numeral.rest != fold(element.unit):
        return Problem("words_after_number", (("words", numeral.tail),))
    if element.type is ValueType.MONEY:
        number = numeral.number * numeral.scale
        in_dong = numeral.currency or numeral.scale > 1
        return number / MONEY_UNITS[element.unit] if in_dong else number
    if numeral.currency or (numeral.scale > 1 and element.type is ValueType.PERCENT):
        return Problem("words_after_number", (("words", numeral.tail),))
    number = numeral.number * numeral.scale
    if element.type is ValueType.PERCENT:
        return number / 100
    return _quantity(element, numeral, number)


def _quantity(element: Element, numeral: Numeral, number: Fraction) -> Fraction | Problem:
    """Hold a count or an amount: a negative number of poor households would pass every "at most"."""
    if number < 0:
        return Problem("below_zero")
    if element.type is ValueType.INTEGER and number.denominator != 1:
        return Problem("not_whole", (("suggestion", _without_decimals(numeral)),))
    return number


def _without_decimals(numeral: Numeral) -> str:
    """Suggest `1.430` for `1,430`, else the nearest whole number."""
    thousands = numeral.number * 1000
    meant = thousands if numeral.two_ways and thousands.denominator == 1 else numeral.number
    return show_number(meant, 0)


@lru_cache(maxsize=256)
def _read_yes_no(text: str) -> bool | Problem:
    answer = fold(text)
    if answer in _YES:
        return True
    return False if answer in _NO else Problem("not_yes_no")


def _read_choice(element: Element, text: str) -> str | Problem:
    wanted = fold(text)
    for choice in element.choices:
        if text == choice.code:
            return choice.code
    found = {
        choice.code
        for choice in element.choices
        if wanted
        in {fold(choice.code), *map(fold, (choice.label.vi, choice.label.en, str(choice.label)))} - {""}
    }
    if len(found) == 1:
        return found.pop()
    return Problem("not_a_choice", (("allowed", "; ".join(str(choice.label) for choice in element.choices)),))


def _read_date(text: str) -> date | Problem:
    match = _DAY.fullmatch(text)
    if match is not None:
        day, month, year = match.groups()
    else:
        match = _ISO_DAY.fullmatch(text)
        if match is None:
            return Problem("not_a_date", (("example", "05/12/2024"),))
        year, month, day = match.groups()
    if len(year) < len("2024"):
        return Problem("short_year", (("suggestion", f"{int(day):02d}/{int(month):02d}/20{year}"),))
    if not FIRST_YEAR <= int(year) <= LAST_YEAR:
        return Problem("year_out_of_range", (("first", str(FIRST_YEAR)), ("last", str(LAST_YEAR))))
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return Problem("no_such_day", (("text", text),))


def _echo(element: Element, value: Fraction) -> str:
    if element.type is ValueType.PERCENT:
        words = f"{in_words(plain_digits(value * 100))} {percent_words()}"
    elif element.type is ValueType.MONEY:
        words = f"{in_words(plain_digits(value))} {money_words(element.unit)}"
    else:
        words = in_words(plain_digits(value))
    return _("{number}: {words}").format(number=show(element, value), words=words)


def show(element: Element, value: Value) -> str:
    """Return the value as offices write it: `2.382`, `77,61 %`, `40,5 trieu dong`, `22/06/2022`."""
    if isinstance(value, Fraction):
        return _show_figure(element, value)
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if isinstance(value, date):
        return f"{value.day:02d}/{value.month:02d}/{value.year:04d}"
    return next((str(choice.label) for choice in element.choices if choice.code == value), value)


def _show_figure(element: Element, value: Fraction) -> str:
    if element.type is ValueType.PERCENT:
        return show_percent(value)
    if element.type is ValueType.MONEY:
        return f"{show_number(value)}\u00a0{money_words(element.unit)}"
    return show_number(value)


def encode(value: Value) -> str:
    """Return the canonical stored text: `2382`, `77.61`, `1/3`, `true`, `2022-06-22`."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Fraction):
        return str(value) if decimals_of(value) is None else plain_digits(value)
    return value.isoformat() if isinstance(value, date) else value


def decode(kind: ValueType, text: str) -> Value | None:
    """Read the canonical stored text back; None when it is not canonical for that type."""
    if kind in NUMBERS:
        return _decode_number(kind, text)
    if kind is ValueType.YES_NO:
        return {"true": True, "false": False}.get(text)
    if kind is ValueType.DATE:
        try:
            day = date.fromisoformat(text)
        except ValueError:
            return None
        return day if day.isoformat() == text else None
    return text if text and nfc(text) == text else None


def _decode_number(kind: ValueType, text: str) -> Fraction | None:
    match = _CANONICAL_NUMBER.fullmatch(text)
    if match is None:
        return None
    number = Fraction(text)
    if encode(number) != text or (kind is ValueType.INTEGER and number.denominator != 1):
        return None
    return number


def explain(problem: Problem) -> str:
    """Return the sentence for a problem of `read` in the officer's language."""
    sentences = {
        "not_a_number": _("Type digits only, for example {example}"),
        "foreign_number": _("The comma separates decimals, the point thousands: type {suggestion}"),
        "not_whole": _("Only a whole number counts here. Is {suggestion} meant?"),
        "too_many_digits": _("Too many digits: at most {most} before the comma"),
        "too_many_decimals": _("Too many decimals: at most {most} after the comma"),
        "words_after_number": _("The words after the number are not known here: {words}"),
        "below_zero": _("This figure cannot be below zero: type it without the minus sign"),
        "not_a_date": _("Type day, month and year, for example {example}"),
        "short_year": _("Type the year with four digits: {suggestion}"),
        "year_out_of_range": _("The year must lie between {first} and {last}"),
        "no_such_day": _("There is no day {text}"),
        "not_yes_no": _("Type yes or no"),
        "not_a_choice": _("Choose one of: {allowed}"),
        "text_too_long": _("The text is too long: at most {most} characters"),
    }
    sentence = sentences.get(problem.code, _("The value cannot be read"))
    return sentence.format(**dict(problem.facts))
