"""The log of unexpected faults, of the commands and of the window: where in the program, never a name or a figure."""

from __future__ import annotations

import logging
import logging.handlers
import traceback
from itertools import islice
from pathlib import Path
from typing import Final

from typing_extensions import override

from ntm_desktop import settings

LOG_NAME: Final = "ntm-desktop.log"
_LARGEST = 512 * 1024
_OLDER_FILES = 3
_MOST_PLACES = 40
"""The innermost ones; a call that calls itself passes through a thousand."""


class _File(logging.handlers.RotatingFileHandler):
    """A log whose disk is full or gone makes no second fault."""

    failed = False

    @override
    def handleError(self, record: logging.LogRecord) -> None:
        self.failed = True


def told_plainly(fault: BaseException) -> str:
    """Return the kind of a fault and the places it passed through, the innermost first.

    Messages of faults may quote what was typed, so they are left out.
    """
    passed = reversed(traceback.extract_tb(fault.__traceback__))
    places = " < ".join(
        f"{Path(frame.filename).name}:{frame.lineno} {frame.name}" for frame in islice(passed, _MOST_PLACES)
    )
    return f"{type(fault).__name__} at {places}"


def log_fault(fault: BaseException) -> Path | None:
    """Write what can be told plainly of a fault; return the log, or None when it cannot be written."""
    file = settings.user_folder("log") / LOG_NAME
    logger = logging.getLogger("ntm_desktop.fault")
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        handler = _File(file, maxBytes=_LARGEST, backupCount=_OLDER_FILES, encoding="utf-8")
    except OSError:
        return None
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s"))
    logger.addHandler(handler)
    logger.error("%s", told_plainly(fault))
    logger.removeHandler(handler)
    try:
        handler.close()  # what waits to be written is written now
    except OSError:
        return None
    return None if handler.failed else file
