"""The floor of the papers: a bare table of as many rows, each with two texts that wrap, in one embedded face."""

from __future__ import annotations

import sys
from pathlib import Path

from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import Paragraph, SimpleDocTemplate, Table

FACE = Path(__file__).resolve().parents[2] / "resources" / "fonts" / "LiberationSerif-Regular.ttf"


def main(target: str, rows: str) -> int:
    """Draw it."""
    pdfmetrics.registerFont(TTFont("face", str(FACE)))
    style = ParagraphStyle("cell", fontName="face", fontSize=11)
    text = "Bench " * 12
    table = [[str(n), Paragraph(text, style), Paragraph(text, style), "x"] for n in range(int(rows))]
    SimpleDocTemplate(target).build([Table(table, colWidths=(40, 170, 170, 40), repeatRows=1)])
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
