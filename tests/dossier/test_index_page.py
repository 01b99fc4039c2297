"""The page to read without this program, judged by a parser that knows nothing of how it was made."""

from __future__ import annotations

import dataclasses
import html.parser
from urllib.parse import unquote, urlsplit

import pytest
from lxml import html as lxml_html

from ntm_desktop.dossier.assemble import Listed
from ntm_desktop.dossier.index_page import index_page
from ntm_desktop.facts.subject import Commune
from ntm_desktop.i18n import Text, set_language
from ntm_desktop.snapshot.content import file_evidence
from tests.support.snapshots import estimated, make_snapshot, with_spots

HOSTILE = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "' onmouseover='alert(1)",
    "</td></table><h1>57/57 Đạt",
    "javascript:alert(1)",
    "$title ${bounds} {name}",
    "&lt;b&gt; &amp; <b>",
)
PAPERS = ("documents/01_bao_cao_ket_qua.pdf", "documents/02_danh_muc_tep.pdf")


def evidence_of(snapshot):
    return [
        Listed(filed.file, filed.evidence.size, filed.evidence.sha256)
        for filed in file_evidence(snapshot.evidence)
    ]


def page_of(snapshot):
    return index_page(snapshot, PAPERS, evidence_of(snapshot)).decode()


def hostile_snapshot(text):
    snapshot = make_snapshot(commune=Commune("30604", text, "Xã", text, "ấp"))
    criterion_set = snapshot.set
    first = criterion_set.criteria[0]
    evil = dataclasses.replace(first, name=Text(text))
    evidence = tuple(dataclasses.replace(one, name=f"{text}.pdf", title=text) for one in snapshot.evidence)
    return dataclasses.replace(
        snapshot,
        set=dataclasses.replace(
            criterion_set, title=Text(text), criteria=(evil, *criterion_set.criteria[1:])
        ),
        evidence=evidence,
        program=text,
    )


def tags(page):
    seen = []

    class Reader(html.parser.HTMLParser):
        def handle_starttag(self, tag, attrs):
            seen.append((tag, dict(attrs)))

    Reader().feed(page)
    return seen


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_names_are_shown_as_text_and_change_nothing_of_the_page(text):
    plain, hostile = page_of(make_snapshot()), page_of(hostile_snapshot(text))
    bare = [tag for tag, _attributes in tags(plain)]
    assert [tag for tag, _attributes in tags(hostile)] == bare
    shown = " ".join(lxml_html.fromstring(hostile.encode()).text_content().split())
    assert " ".join(text.split()) in shown


@pytest.mark.parametrize("text", HOSTILE)
def test_nothing_runs_and_nothing_is_fetched(text):
    for tag, attributes in tags(page_of(hostile_snapshot(text))):
        assert tag not in {"script", "iframe", "img", "object", "embed", "link", "form", "base", "svg"}
        assert not [
            name for name in attributes if name.startswith("on") or name in {"src", "srcset", "action"}
        ]
        assert "refresh" not in str(attributes.get("http-equiv", "")).lower()


def test_browser_is_told_to_run_and_fetch_nothing():
    policies = [
        attributes["content"]
        for tag, attributes in tags(page_of(make_snapshot()))
        if tag == "meta" and attributes.get("http-equiv") == "Content-Security-Policy"
    ]
    assert policies == ["default-src 'none'; style-src 'unsafe-inline'"]


@pytest.mark.parametrize("text", HOSTILE)
def test_links_lead_to_files_of_the_container_only(text):
    snapshot = hostile_snapshot(text)
    targets = [attributes["href"] for tag, attributes in tags(page_of(snapshot)) if tag == "a"]
    there = {*PAPERS, *(one.name for one in evidence_of(snapshot))}
    assert {unquote(target) for target in targets} == there
    for target in targets:
        parts = urlsplit(target)
        assert (parts.scheme, parts.netloc, ".." in parts.path.split("/")) == ("", "", False)


def test_evidence_that_is_not_packed_is_not_linked():
    page = index_page(make_snapshot(), PAPERS, ()).decode()
    assert "evidence/" not in page
    assert [attributes["href"] for tag, attributes in tags(page) if tag == "a"] == list(PAPERS)


def test_every_indicator_and_criterion_has_its_row():
    snapshot = make_snapshot(indicators=20)
    tree = lxml_html.fromstring(page_of(snapshot).encode())
    codes = {cell.text_content() for cell in tree.xpath("//tbody/tr[@class]/td[1]")}
    wanted = {criterion.code for criterion in snapshot.set.criteria}
    wanted |= {indicator.code for indicator in snapshot.set.indicators()}
    assert codes == wanted


def test_figure_threshold_and_unchecked_mark_are_those_of_the_officer():
    tree = lxml_html.fromstring(page_of(make_snapshot()).encode())
    row = next(row for row in tree.xpath("//tbody/tr") if row.xpath("td[1]")[0].text_content() == "8.4.d")
    cells = [cell.text_content().replace("\u00a0", " ") for cell in row.xpath("td")]
    assert "> 30 %" in cells[2]
    assert "chưa đối chiếu" in cells[2]
    assert cells[3] == "25,69 %"
    assert cells[4] == "Chưa đạt"


def test_page_is_vietnamese_whatever_the_language_of_the_window():
    vietnamese = page_of(make_snapshot())
    set_language("en")
    try:
        assert page_of(make_snapshot()) == vietnamese
    finally:
        set_language("vi")


def test_moment_is_that_of_viet_nam():
    assert "00:30 10/01/2024" in page_of(make_snapshot())


def test_estimates_are_marked_and_named() -> None:
    assert "ước tính" not in page_of(make_snapshot())
    page = lxml_html.fromstring(page_of(estimated(make_snapshot(), "ho_so_truc_tuyen", "co_cho")))
    text = " ".join(page.text_content().split())
    assert "25,69\xa0% (*)" in page.text_content()
    assert "(*) Kết quả dựa trên số liệu ước tính: " in text
    assert "Số hồ sơ giải quyết trực tuyến" in text


def test_page_or_cell_of_a_figure_stands_beside_the_file_and_is_escaped() -> None:
    raw = page_of(with_spots(make_snapshot()))
    assert "trang 3 &lt;b&gt;" in raw
    text = " ".join(lxml_html.fromstring(raw).text_content().split())
    assert "Số hồ sơ giải quyết trực tuyến: trang 3 <b>" in text
    assert "Vĩnh Thành: Sheet1!B7" in text
