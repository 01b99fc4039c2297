"""Numbers in Vietnamese words, for the echo beside a figure that could be read two ways.

The words lie in `resources/words/vi.json`; the rules (mot after tens, lam after ten, linh before a lone unit,
a full group after a greater one) are those taught in primary school.
"""

from __future__ import annotations

import json
from functools import cache
from typing import NamedTuple, cast

from ntm_desktop.paths import resources_folder

_BILLION = 10**9
_FIVE = 5


class _Words(NamedTuple):
    digits: tuple[str, ...]
    single: dict[str, str]
    money: dict[str, str]


@cache
def _words() -> _Words:
    raw = json.loads((resources_folder() / "words" / "vi.json").read_text(encoding="utf-8"))
    single = {name: word for name, word in raw.items() if isinstance(word, str)}
    return _Words(tuple(raw["digits"]), single, cast("dict[str, str]", raw["money"]))


def money_words(unit: str) -> str:
    """Return how a money unit (`trieu_dong`) is written after a number.

    Raises KeyError when the unit is not one of the four.
    """
    return _words().money[unit]


def percent_words() -> str:
    """Return the words said for the percent sign."""
    return _words().single["percent"]


def _tens(number: int, *, after_hundred: bool) -> list[str]:
    words = _words()
    tens, unit = divmod(number, 10)
    if tens == 0:
        if unit == 0:
            return []
        return [words.single["gap"], words.digits[unit]] if after_hundred else [words.digits[unit]]
    spoken = [words.single["ten"]] if tens == 1 else [words.digits[tens], words.single["tens"]]
    if unit == 1 and tens > 1:
        spoken.append(words.single["one_after_tens"])
    elif unit == _FIVE:
        spoken.append(words.single["five_after_ten"])
    elif unit:
        spoken.append(words.digits[unit])
    return spoken


def _group(number: int, *, full: bool) -> list[str]:
    """Say a number below one thousand; `full` says the hundred even when it is zero."""
    hundreds, rest = divmod(number, 100)
    if hundreds or full:
        return [_words().digits[hundreds], _words().single["hundred"], *_tens(rest, after_hundred=True)]
    return _tens(rest, after_hundred=False)


def _whole(number: int, *, full: bool = False) -> list[str]:
    if number >= _BILLION:
        billions, rest = divmod(number, _BILLION)
        return [
            *_whole(billions, full=full),
            _words().single["billion"],
            *(_whole(rest, full=True) if rest else []),
        ]
    spoken: list[str] = []
    for size, name in ((10**6, "million"), (1000, "thousand"), (1, "")):
        group, number = divmod(number, size)
        if group:
            spoken += _group(group, full=full or bool(spoken))
            if name:
                spoken.append(_words().single[name])
    return spoken


def in_words(digits: str) -> str:
    """Say a number given in plain notation: `-2382`, `77.61`.

    Decimals are said digit by digit, so that no zero is lost.
    """
    sign, body = ("-", digits[1:]) if digits.startswith("-") else ("", digits)
    whole, _, decimals = body.partition(".")
    words = _words()
    spoken = _whole(int(whole)) or [words.digits[0]]
    if sign:
        spoken.insert(0, words.single["minus"])
    if decimals:
        spoken += [words.single["decimal"], *(words.digits[int(digit)] for digit in decimals)]
    return " ".join(spoken)
