from __future__ import annotations

import os
import sys
from itertools import groupby

from keyboard import __main__ as keyboard
from keyboard.plan import FIELDS, Filled, parts


def test_the_way_fills_sixty_different_fields_and_never_touches_the_mouse() -> None:
    fields = [field for part in parts() for field in part.fields]
    assert len({(one.element, one.hamlet) for one in fields}) == len(fields) == FIELDS
    keys = {key for part in parts() for key in part.keys}
    assert {"Return", "space", "F8", "ctrl+f", "alt+3"} <= keys
    assert all(len(key) == 1 or key.replace("+", "").isalnum() for key in keys)


def test_no_key_is_pressed_three_times_for_one_box() -> None:
    runs = [(key, len(list(run))) for part in parts() for key, run in groupby(part.keys)]
    assert max(count for key, count in runs if key == "space") == 2


def test_a_field_that_holds_something_else_is_named() -> None:
    way = parts()
    hamlets = [f"h{number}" for number in range(12)]
    figures: dict[str, dict[str, str]] = {}
    for one in (field for part in way for field in part.fields):
        subject = "" if one.hamlet is None else hamlets[one.hamlet]
        figures.setdefault(one.element, {})[subject] = keyboard.expected(one)
    assert keyboard.compare(way, {"figures": figures, "hamlets": hamlets}) == []
    figures["so_ho"][""] = "42"
    del figures["thon_so_ho"]["h3"]
    wrong = keyboard.compare(way, {"figures": figures, "hamlets": hamlets})
    assert [line.split(":")[0] for line in wrong] == ["so_ho ", "thon_so_ho h3"]


def test_numbers_and_ticks_are_compared_as_the_workspace_writes_them() -> None:
    assert keyboard.expected(Filled("x", None, "12,5")) == "12.5"
    assert keyboard.expected(Filled("x", None, "no")) == "false"


def test_the_processor_time_of_a_process_is_read() -> None:
    assert not sys.platform.startswith("linux") or keyboard.processor_seconds(os.getpid()) > 0
