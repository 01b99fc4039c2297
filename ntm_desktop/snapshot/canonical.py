"""Canonical JSON: one way only to write a content, so that equal contents are equal bytes.

* UTF-8, keys sorted, no spaces, one line feed at the end; no floating point numbers at all.
* A number that means something (a figure, a threshold) is text: `2382`, `-77.61`, `1/3`. JSON numbers only
  count things.
"""

from __future__ import annotations

import json
import re
from fractions import Fraction
from typing import Final, NoReturn

from ntm_desktop.facts.numerals import decimals_of, plain_digits

Json = None | bool | int | str | list["Json"] | dict[str, "Json"]

LONGEST_NUMBER: Final = 3000
"""Characters a figure may have: far more than any, far less than what makes arithmetic slow."""
_MOST_DECIMALS: Final = 30
_COUNTER_DIGITS: Final = 18
_NUMBER: Final = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+|/[1-9][0-9]*)?")


class NotCanonical(ValueError):
    """Say with a stable code why bytes are not JSON as this program writes it."""


def canonical_bytes(value: Json) -> bytes:
    """Return the only bytes that mean this value."""
    text = json.dumps(value, ensure_ascii=False, allow_nan=False, sort_keys=True, separators=(",", ":"))
    return f"{text}\n".encode()


def parse(data: bytes) -> Json:
    """Read JSON that has no floats, no doubled keys and no endless numbers.

    Raises NotCanonical; the caller limits the size.
    """
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise NotCanonical("not_utf8") from error
    try:
        value: Json = _DECODER.decode(text)
    except NotCanonical:
        raise
    except ValueError as error:
        raise NotCanonical("not_json") from error
    except RecursionError as error:
        raise NotCanonical("too_deep") from error
    return value


def number_text(number: Fraction) -> str:
    """Write a number exactly: whole, decimal where that ends soon, else as a fraction in lowest terms."""
    places = decimals_of(number)
    return str(number) if places is None or places > _MOST_DECIMALS else plain_digits(number)


def read_number(text: str) -> Fraction | None:
    """Read what `number_text` writes; None for any other text, also one that means the same number."""
    if len(text) > LONGEST_NUMBER or not _NUMBER.fullmatch(text):
        return None
    if text.isdigit():  # nearly every figure
        return Fraction(int(text))
    number = Fraction(text)
    return number if number_text(number) == text else None


def _object(pairs: list[tuple[str, Json]]) -> dict[str, Json]:
    made = dict(pairs)
    if len(made) != len(pairs):
        raise NotCanonical("doubled_key")
    return made


def _counter(text: str) -> int:
    if len(text) > _COUNTER_DIGITS:
        raise NotCanonical("number_too_long")
    return int(text)


def _refuse_float(_text: str) -> NoReturn:
    raise NotCanonical("not_a_counter")


_DECODER: Final = json.JSONDecoder(
    object_pairs_hook=_object,
    parse_int=_counter,
    parse_float=_refuse_float,
    parse_constant=_refuse_float,
)
"""Made once: `json.loads` makes one each time, which takes as long as reading a state of the journal."""
