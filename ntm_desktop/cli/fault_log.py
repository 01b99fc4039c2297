"""The log of unexpected faults: where in the program, never a name or a figure."""

from __future__ import annotations

import logging
import logging.handlers
import traceback
from pathlib import Path

from ntm_desktop import settings

_LARGEST = 512 * 1024
_OLDER_FILES = 3


def log_fault(fault: BaseException) -> Path | None:
    """Write the kind of a fault and the places it passed through; return the log, or None when it cannot be written.

    Messages of faults may quote what was typed, so they are left out.
    """
    file = settings.user_folder("log") / "ntm-desktop.log"
    places = " < ".join(
        f"{Path(frame.filename).name}:{frame.lineno} {frame.name}"
        for frame in reversed(traceback.extract_tb(fault.__traceback__))
    )
    logger = logging.getLogger("ntm_desktop.fault")
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        handler = logging.handlers.RotatingFileHandler(
            file, maxBytes=_LARGEST, backupCount=_OLDER_FILES, encoding="utf-8"
        )
    except OSError:
        return None
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s"))
    logger.addHandler(handler)
    logger.error("%s at %s", type(fault).__name__, places)
    logger.removeHandler(handler)
    handler.close()
    return file
