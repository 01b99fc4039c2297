"""Write what a check found as a PDF that can be printed and put beside a file."""

from __future__ import annotations

from ntm_desktop.documents.result_sheet import ResultSheet, SheetTable, write_sheet

__all__ = ["ResultSheet", "SheetTable", "write_sheet"]
