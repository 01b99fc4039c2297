"""Why a file is not read as a table."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from ntm_desktop.errors import Refused, Unavailable


@dataclass(eq=False)
class NotAWorkbook(Refused):
    """Say that the file is not a workbook or CSV file, or a broken one."""

    path: str
    reason: str
    """`broken`, `web_page`, `encoding`, `binary`, `error_cells`, `empty`."""

    code: ClassVar[str] = "not_a_workbook"
    what: ClassVar[str] = "The file {path} cannot be read as a table."
    safe: ClassVar[str] = "Nothing in the workspace was changed."
    next_step: ClassVar[str] = "Open the file in Excel, save it as .xlsx and take that file."


@dataclass(eq=False)
class PasswordProtected(Refused):
    """Say that the workbook opens with a password only."""

    path: str

    code: ClassVar[str] = "workbook_password"
    what: ClassVar[str] = "The file {path} opens with a password only."
    safe: ClassVar[str] = "Nothing in the workspace was changed."
    next_step: ClassVar[str] = "Open it in Excel, save a copy without the password and take the copy."


@dataclass(eq=False)
class TooLarge(Refused):
    """Say that the file is larger than a table of figures can be."""

    path: str
    limit: str
    """What was exceeded: `file`, `inflated`, `ratio`, `parts`, `cells`, `rows`, `time`."""

    code: ClassVar[str] = "workbook_too_large"
    what: ClassVar[str] = "The file {path} is too large for a table of figures."
    safe: ClassVar[str] = "Nothing in the workspace was changed."
    next_step: ClassVar[str] = "Keep only the sheet with the figures, save it as .xlsx and take that file."


@dataclass(eq=False)
class FileHeld(Unavailable):
    """Say that another program lets nobody at the file, and who sits there."""

    path: str
    who: str

    code: ClassVar[str] = "file_held"
    what: ClassVar[str] = "The file {path} is open in another program: {who}."
    safe: ClassVar[str] = "Nothing in the workspace was changed."
    next_step: ClassVar[str] = "Save and close it there, then try again."
