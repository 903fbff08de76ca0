"""Papers: A4 pages, fonts inside, the same bytes; whatever somebody wrote stays text."""

import re
from datetime import timedelta

import pytest

from heyi.app.papers.errors import TemplateBroken
from heyi.app.papers.fonts import visible
from tests.builders.printing_office import FULL, LATER, desk, reader, text_of

A4 = (595.28, 841.89)


# --- paper
def test_a_paper_is_a4_with_its_fonts_inside_and_bears_the_moments_date(papers):
    pdf = reader(papers.print(papers.refuse(**FULL), "refusal").pdf)

    for page in pdf.pages:
        assert (float(page.mediabox.width), float(page.mediabox.height)) == pytest.approx(A4, abs=1)
        assert embedded(page)
    assert pdf.metadata is not None
    assert pdf.metadata.title == "不予准入决定书"
    assert pdf.metadata.creation_date == LATER


def embedded(page) -> bool:
    fonts = [font.get_object() for font in page["/Resources"]["/Font"].values()]
    inner = [font["/DescendantFonts"][0].get_object() for font in fonts]
    return bool(inner) and all(
        {"/FontFile2", "/FontFile3"} & one["/FontDescriptor"].get_object().keys() for one in inner
    )


def test_the_same_data_at_the_same_moment_makes_the_same_bytes(papers):
    case = papers.refuse(**FULL)

    assert papers.print(case, "refusal").pdf == papers.print(case, "refusal").pdf


def test_another_moment_changes_the_foot_and_nothing_else(papers):
    case = papers.refuse(**FULL)

    one, two = (
        text_of(papers.print(case, "refusal", now=LATER + timedelta(hours=n)).pdf) for n in (0, 1)
    )

    assert one != two
    assert one.replace("09:30", "10:30") == two


def test_a_long_text_breaks_lines_and_pages_and_loses_nothing(papers):
    text = "".join(f"第{n}句，花园里的事情说来话长。" for n in range(900))

    found = papers.print(papers.refuse(reason=text, dry=True), "refusal", "hua")

    assert len(reader(found.pdf).pages) > 5
    bodies = re.sub(r"不予准入决定书·案件.*?第\d+页共\d+页", "", text_of(found.pdf))
    assert text in bodies


def test_a_word_without_a_break_stays_on_the_page(papers):
    case = papers.note(topic="W" * 300)

    assert rightmost(papers.print(case, "slip").pdf) < A4[0] - 50


def rightmost(pdf: bytes) -> float:
    """Return how far to the right a letter begins, in points."""
    found = [0.0]

    def note(text, _cm, tm, _font, _size):
        if text.strip():
            found.append(float(tm[4]))

    for page in reader(pdf).pages:
        page.extract_text(visitor_text=note)
    return max(found)


HOSTILE = [
    '#panic("x")', "#let x = 1", "$a^2$", "\\", "*粗* _斜_", "<label> @ref", "`raw`", "// no",
    '#include "/etc/passwd"', "[x] {y}", "= 标题", "{topic}", "%d {0}", "\"quote' --",
]  # fmt: skip


@pytest.mark.parametrize("text", HOSTILE)
def test_markup_that_somebody_wrote_comes_out_as_text(papers, text):
    case = papers.note(topic=f"甲{text}乙", gaps=[{"what": text}])

    told = papers.text(case, "slip")

    wanted = "".join(text.split()).replace('"', '"')
    assert f"甲{wanted}乙" in told
    assert told.count(wanted) >= 3


def test_other_scripts_and_signs_are_shown(papers):
    text = papers.text(papers.note(topic="😀 مەدەنىيەت Ωмир 龘"), "slip")

    assert "😀" in text
    assert "Ωмир" in text
    assert "龘" in text
    assert {*"مەدەنىيەت"} <= {*text}


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        pytest.param("a\u202eb", "a〔U+202E〕b", id="what turns the direction of text is seen"),
        pytest.param("a\x07b", "a〔U+0007〕b", id="a control character is seen"),
        pytest.param("\U00020bb7", "〔U+20BB7〕", id="a letter without a glyph is seen"),
        pytest.param("\ue000", "〔U+E000〕", id="a private letter is seen"),
        pytest.param("a\r\nb\tc", "a\nb c", id="lines stay, a tab is a space"),
        pytest.param("👨\u200d👩 é ㊣", "👨\u200d👩 é ㊣", id="what has a glyph stays"),
    ],
)
def test_every_character_can_be_seen(text, shown):
    assert visible(text) == shown


def test_every_plain_letter_has_a_glyph():
    plain = "".join(map(chr, range(0x20, 0x7F))) + "".join(map(chr, range(0x4E00, 0x9FA6)))

    assert visible(plain) == plain


# --- templates of an office
def test_an_office_has_its_own_layouts_on_the_common_one(papers_file, tmp_path):
    own = tmp_path / "own"
    (own / "templates").mkdir(parents=True)
    body = '#import "layout.typ": *\n#show: notice\n#para[本园版式：#say("item")]\n'
    (own / "templates" / "refusal.typ").write_text(body, encoding="utf-8")

    with desk(papers_file, own=own) as papers:
        text = papers.text(papers.refuse(**FULL), "refusal")

    assert "本园版式：浇水" in text
    assert "出具单位：东园" in text


@pytest.mark.parametrize(
    "body",
    ["#nothing", '#read("/etc/passwd")', '#import "../../secret.typ": *', "#let x ="],
    ids=["unknown", "reads outside", "imports outside", "broken"],
)
def test_a_wrong_layout_is_named(papers_file, tmp_path, body):
    own = tmp_path / "own"
    (own / "templates").mkdir(parents=True)
    (own / "templates" / "refusal.typ").write_text(body, encoding="utf-8")

    with desk(papers_file, own=own) as papers, pytest.raises(TemplateBroken, match="refusal"):
        papers.print(papers.refuse(**FULL), "refusal")
