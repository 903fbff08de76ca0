"""Papers with lists, and papers for everybody: what is chosen, and whom they do not name."""

import pytest

from heyi.app.papers.masks import name_masked, text_masked
from heyi.app.papers.texts import share_text
from tests.builders.printing_office import DAY, LATER, text_of

FIRST = {"what": "写明日期", "until": "2026-03-20", "who": "lin"}


@pytest.fixture
def listed(papers):
    """A case with two items, the second added by the move that issued the papers."""
    case = papers.ask(topic="浇水")
    papers.do(case, "add_gaps", gaps=[FIRST])
    papers.do(case, "add_gaps", gaps=[{"what": "附图", "who": "hua"}], now=LATER)
    return case


# --- which items, which columns
def test_columns_of_a_list_stand_in_the_order_asked_for(papers, listed):
    assert "序号谁须补正1林申请写明日期2花园丁附图" in papers.text(listed, "rows")


def test_only_the_items_that_the_move_added_are_printed_where_these_are_asked_for(papers, listed):
    text = papers.text(listed, "rows")

    assert "补正清单：序号须补正谁1附图花园丁" in text
    assert "补正清单：序号须补正1附图" in text


def test_an_item_that_the_move_changed_is_printed_too(papers, listed):
    papers.do(listed, "add_gaps", gaps={"2": {"until": "2026-04-30"}}, now=LATER)

    assert "补正清单：序号须补正最迟谁1附图2026年4月30日花园丁" in papers.text(listed, "rows")


def test_a_fact_that_chooses_items_is_printed_as_a_list(papers, listed):
    text = papers.text(listed, "rows")

    assert "没有期限的补正：序号须补正谁1附图花园丁" in text


def test_the_list_of_papers_names_every_issue_with_its_day(papers, listed):
    text = papers.text(listed, "rows")

    assert "1条目2026年3月2日2张贴2026年3月2日3条目2026年4月1日4张贴2026年4月1日" in text


def test_the_list_of_papers_ends_with_the_paper_it_stands_on(papers, listed):
    papers.do(listed, "note", now=LATER)

    assert "便条" not in papers.text(listed, "rows")


def test_a_choice_from_a_list_is_no_way_round_its_privacy(papers):
    case = papers.ask(topic="浇水")
    papers.do(case, "add_gaps", gaps=[FIRST], callers=[{"who": "邻居老马"}])

    found = papers.print(case, "wall")

    assert "老马" not in text_of(found.pdf)
    assert found.masked == ("来访", "要紧的来访")


# --- for everybody
def test_a_paper_for_everybody_names_no_person(papers):
    case = papers.ask(topic="林申请住3号楼2单元501室，电话13800001111")
    papers.do(case, "add_gaps", gaps=[FIRST], now=DAY)

    text = papers.text(case, "wall")

    assert "林某住3号楼，电话138****" in text
    assert "写明日期2026年3月20日林某" in text
    assert "林申请" not in text


def test_the_same_words_on_a_paper_for_the_office_stay(papers):
    case = papers.ask(topic="林申请住3号楼2单元501室，电话13800001111")
    papers.do(case, "note")

    assert "林申请住3号楼2单元501室，电话13800001111" in papers.text(case, "inner")


@pytest.mark.parametrize(
    ("name", "masked"),
    [
        ("王建国", "王某"), ("欧阳海燕", "欧阳某"), ("欧阳", "欧某"), ("阿不都热西提·买买提", "阿某"),
        ("Maria", "M某"), ("李", "李某"), ("", ""),
    ],
)  # fmt: skip
def test_a_name_is_masked_to_its_surname(name, masked):
    assert name_masked(name) == masked


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        pytest.param("13912345678来电", "139****来电", id="a mobile number"),
        pytest.param("0996-2012345来电", "0996-2012345来电", id="an office's number stays"),
        pytest.param("652801199001011234", "〔号码略〕", id="an identity card"),
        pytest.param("65280119900101123X", "〔号码略〕", id="an identity card with X"),
        pytest.param("3栋501室、2号楼1单元", "3栋、2号楼", id="a flat is its building"),
        pytest.param("东侧301室", "东侧某室", id="a flat without a building"),
        pytest.param(
            "2026年3月2日，共1200元，60人", "2026年3月2日，共1200元，60人", id="numbers stay"
        ),
        pytest.param("王建国和王建", "王某和王某", id="the longer name first"),
    ],
)
def test_what_tells_who_somebody_is_is_masked_in_words_too(text, masked):
    assert text_masked(text, ["王建国", "王建"]) == masked


@pytest.mark.parametrize(
    ("share", "words"),
    [
        ("> 1/2", "过半数"), (">= 2/3", "三分之二以上"), ("> 2/3", "超过三分之二"), ("all", "全部"),
        (">= 1/10", "十分之一以上"), ("> 0/1", "不限"), ("x", "x"),
    ],
)  # fmt: skip
def test_a_share_is_written_as_papers_write_it(share, words):
    assert share_text(share) == words


# --- to whom
def test_an_addressee_who_prints_reads_their_own_name(papers):
    case = papers.refuse(topic="浇水", dry=True, reason="干旱")

    assert "林申请：" in text_of(papers.print(case, "refusal", "lin").pdf)


def test_an_addressee_whose_name_is_not_for_the_reader_is_said_to_be_masked(papers):
    case = papers.refuse(topic="浇水", dry=True, reason="干旱")

    assert "受送达人" in papers.print(case, "refusal", "men").masked
