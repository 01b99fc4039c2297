"""Every picture and every link in the read-me and the papers leads somewhere, and every picture is small enough."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

import pytest

from ntm_desktop.cli.parser import make_parser

ROOT = Path(__file__).resolve().parents[2]
PICTURES = ROOT / "docs" / "pictures"
PAPERS = tuple(
    sorted(
        [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *(ROOT / "resources").rglob("*.md")],
        key=lambda path: path.as_posix(),
    )
)
MOST_BYTES_OF_PICTURES = 3_000_000
OUTSIDE = re.compile(r"[a-z][a-z0-9+.-]*:")
FENCED = re.compile(r"^```.*?^```|^ {4,}.*?$", re.MULTILINE | re.DOTALL)
CODE = re.compile(r"`[^`\n]*`")
LINK = re.compile(r"!?\[(?:[^\[\]]|\[[^\]]*\])*\]\(([^()\s]+)\)")
PICTURE_IN_LINK = re.compile(r"!\[[^\]]*\]\(([^()\s]+)\)")
HEADING = re.compile(r"^#{1,6} +(.+?) *$", re.MULTILINE)


def named(paper: Path) -> str:
    return paper.relative_to(ROOT).as_posix()


def prose(paper: Path) -> str:
    """Return the text of a paper without its code."""
    return CODE.sub("", FENCED.sub("", paper.read_text(encoding="utf-8")))


def targets(paper: Path) -> Iterator[str]:
    text = prose(paper)
    yield from LINK.findall(text)
    yield from PICTURE_IN_LINK.findall(text)


def anchors(paper: Path) -> set[str]:
    """Return the anchors of a paper's headings, as the usual viewers make them."""
    found: set[str] = set()
    seen: Counter[str] = Counter()
    for heading in HEADING.findall(re.sub(r"^```.*?^```", "", paper.read_text("utf-8"), flags=re.M | re.S)):
        kept = "".join(letter for letter in heading.lower() if letter.isalnum() or letter in " -_")
        anchor = kept.replace(" ", "-")
        found.add(anchor if not seen[anchor] else f"{anchor}-{seen[anchor]}")
        seen[anchor] += 1
    return found


@pytest.mark.parametrize("paper", PAPERS, ids=named)
def test_every_link_and_picture_of_a_paper_is_there(paper: Path) -> None:
    missing = []
    for target in targets(paper):
        if OUTSIDE.match(target):
            continue
        path, _, anchor = unquote(target).partition("#")
        found = (paper.parent / path).resolve() if path else paper
        if not found.exists() or (anchor and found.suffix == ".md" and anchor not in anchors(found)):
            missing.append(target)
    assert missing == []


def test_the_papers_that_lead_to_pictures_were_read() -> None:
    read = {named(paper) for paper in PAPERS if any(target.endswith(".png") for target in targets(paper))}
    assert {"README.md", "docs/huong-dan.md"} <= read


def test_every_picture_is_a_png_some_paper_shows() -> None:
    shown = {
        (paper.parent / unquote(target)).resolve()
        for paper in PAPERS
        for target in targets(paper)
        if target.endswith(".png")
    }
    sizes = {path for path in PICTURES.iterdir() if re.search(r"-(1024|911)\.png$", path.name)}
    assert {path for path in PICTURES.iterdir() if path not in sizes} - shown == set()
    assert all(path.read_bytes().startswith(b"\x89PNG\r\n\x1a\n") for path in PICTURES.iterdir())


def test_the_pictures_together_stay_small() -> None:
    assert sum(path.stat().st_size for path in PICTURES.iterdir()) < MOST_BYTES_OF_PICTURES


def test_the_guide_says_no_you_no_please_and_no_exclamation() -> None:
    text = prose(ROOT / "docs" / "huong-dan.md").replace("![", "[").lower()
    assert [word for word in ("bạn ", "quý khách", "vui lòng", "!") if word in text] == []


STARTED = re.compile(r"(?:^|[`\s])(?:ntm-desktop|packaging[/\\]dev\.py run) +([a-z][\w/.-]*)")


def test_every_command_a_paper_tells_to_type_exists() -> None:
    (commands,) = (action.choices for action in make_parser()._actions if action.choices and action.nargs)
    typed = {
        word: named(paper) for paper in PAPERS for word in STARTED.findall(paper.read_text(encoding="utf-8"))
    }
    assert len(typed) > len(commands) // 2
    assert {word: where for word, where in typed.items() if word not in commands} == {}
