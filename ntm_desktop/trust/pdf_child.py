"""What runs in the child process: a PDF from outside is taken to pieces here and nowhere else.

It may be made to take all memory or to go on for ever; nothing but a word comes back.
"""

from __future__ import annotations

import struct
from enum import StrEnum
from io import BytesIO
from multiprocessing.connection import Connection
from typing import Final

MOST_MEMORY: Final = 1 << 30
"""Bytes the process may take, where the system can be told."""
HEAD: Final = struct.Struct(">Q")
"""Before the bytes of a PDF: where the part ends that is taken as given."""


class After(StrEnum):
    """Say what was appended to a PDF behind a certain byte. The values are a contract."""

    NOTHING = "nothing"
    SIGNATURES = "signatures"
    """Further signatures, and what belongs to them; no page shows anything else."""
    PAGES = "pages"
    """There are more pages, or fewer."""
    CONTENT = "content"
    UNKNOWN = "unknown"
    """It could not be taken to pieces."""


def serve(pipe: Connection) -> None:
    """Answer until the other side hangs up."""
    _bound_memory()
    while True:
        try:
            asked = pipe.recv_bytes()
        except (EOFError, OSError):
            return
        (end,) = HEAD.unpack_from(asked)
        pipe.send_bytes(changes_after(asked[HEAD.size :], end).encode())


def changes_after(content: bytes, end: int) -> After:
    """Say what follows the first `end` bytes, which are a whole PDF of their own."""
    from ntm_desktop.trust.cms import UNREADABLE
    from ntm_desktop.trust.quiet import quiet

    quiet()
    from pyhanko.pdf_utils.misc import PdfError
    from pyhanko.pdf_utils.reader import PdfFileReader
    from pyhanko.sign.diff_analysis import DEFAULT_DIFF_POLICY, DiffResult, ModificationLevel

    try:
        before = PdfFileReader(BytesIO(content[:end]), strict=False)
        after = PdfFileReader(BytesIO(content), strict=False)
        if after.xrefs.total_revisions == before.xrefs.total_revisions:
            return After.UNKNOWN if content[end:].strip() else After.SIGNATURES
        found = DEFAULT_DIFF_POLICY.review_file(after, before.xrefs.total_revisions - 1)
        if isinstance(found, DiffResult) and found.modification_level <= ModificationLevel.FORM_FILLING:
            return After.SIGNATURES
        pages = [int(one.root["/Pages"]["/Count"]) for one in (before, after)]
    except (PdfError, MemoryError, *UNREADABLE):
        return After.UNKNOWN
    return After.CONTENT if pages[0] == pages[1] else After.PAGES


def _bound_memory() -> None:
    try:
        import resource
    except ImportError:  # Windows: the time is bounded all the same
        return
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
