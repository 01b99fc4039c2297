from __future__ import annotations

from ntm_desktop.errors import Refused
from ntm_desktop.sheets.refusals import NotAWorkbook, PasswordProtected, TooLarge


def test_refusals_are_the_officers_to_put_right_and_name_the_file() -> None:
    errors = [NotAWorkbook("a.xlsx", "broken"), PasswordProtected("a.xlsx"), TooLarge("a.xlsx", "cells")]
    assert all(isinstance(error, Refused) and error.exit_code == 1 for error in errors)
    assert all(error.facts()["path"] == "a.xlsx" for error in errors)
