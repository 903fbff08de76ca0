"""The papers of mediation and consultation: from the cases of their author tests, and full ones."""

import pytest

from heyi.app.library.shelf import FolderShelf
from heyi.app.papers.render import render
from tests.builders.full_papers import COLUMNS, LONG, NAMES, full, places
from tests.builders.printing_office import LATER, reader, text_of
from tests.builders.shelves import SHIPPED
from tests.workflows.scenario_papers import Papers, issued, latin_words

PAPERS = {
    "mediation:d02": ("人民调解受理登记表", "纠纷类型", "当事人", "不收取任何费用", "登记人"),
    "mediation:d03": ("不予受理通知书", "仲裁、行政、司法", "12348", "依法继续计算"),
    "mediation:d04": (
        "权利义务告知书", "第23条", "如实陈述纠纷事实", "要求更换调解员", "规则M08a", "签收", "第15条",
    ),
    "mediation:invitation": ("调解征询函", "不表示你有过错", "不收取任何费用", "拒绝", "不再打扰", "回执"),
    "mediation:d08": ("人民调解记录", "调解经过", "时间", "记录人", "签名、盖章或者按指印"),
    "mediation:d09": (
        "人民调解协议书", "当事人的基本情况", "争议事项", "履行的内容、方式、地点和期限", "履行期限",
        "各执一份", "人民调解员", "（印章）", "三十日内共同",
    ),
    "mediation:d10": ("人民调解口头协议登记表", "履行期限", "当场宣读", "（印章）"),
    "mediation:d12": ("人民调解回访记录", "回访结果", "被回访人"),
    "mediation:d14": ("调解终结书", "仲裁、行政、司法", "12348", "依法继续计算", "不作不利记录"),
    "mediation:d00": ("人民调解卷宗", "卷内目录", "人民调解受理登记表", "卷宗情况说明", "页次"),
    "confirmation:d13": ("司法确认申请书", "双方共同申请", "请求依法确认", "共同申请人签名", "附件"),
    "consultation:receipt": ("议题登记表", "首问负责人", "接下来"),
    "consultation:notice": ("协商公告", "受影响的群体", "没有本地户籍的居民同样如此", "日期"),
    "consultation:meeting_note": ("会议通知", "法定人数", "通过须达到", "整日"),
    "consultation:attendance_sheet": ("签到表", "邀请与到会", "代表的群体"),
    "consultation:record": ("协商记录", "主持人", "记录人", "协商结果"),
    "consultation:opinion": ("协商意见书", "不同意见", "参加情况"),
    "consultation:result_note": ("结果公示", "公示期和异议", "15日", "7日", "不登载个人信息"),
    "consultation:answer": ("异议答复", "你提出的异议", "对答复不服的"),
    "consultation:task_list": ("落实清单与交办函", "责任单位", "完成期限"),
    "consultation:done_note": ("落实情况公示", "落实情况"),
    "consultation:feedback_note": ("反馈书", "落实情况", "归档目录", "评议"),
    "consultation:public_feedback": ("协商结果落实情况反馈", "评议"),
}  # fmt: skip
"""The papers, with words that each must hold."""
PUBLIC = [
    "notice", "meeting_note", "result_note", "task_list", "done_note", "public_feedback",
]  # fmt: skip
LAYOUTS = [
    "register", "rights", "invitation", "session", "agreement", "oral_agreement", "ending",
    "confirmation", "visit", "archive", "topic_receipt", "meeting", "minutes", "opinion", "result",
    "answer", "tasks", "feedback",
]  # fmt: skip
LEFT_OUT = {
    "archive": {"contact", "agent"},
    "agreement": {"capacity", "mediator", "refusal_note"},
    "minutes": {"capacity", "signed_on"},
}
"""Columns that a layout that knows their list does not print."""
SIGNED = ["签名", "签字", "印章", "签收"]
A4_WIDTH = 595


@pytest.fixture(scope="session")
def papers(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Papers]:
    """The first paper of each kind that the author tests issue."""
    workflows = {name.partition(":")[0] for name in PAPERS}
    return issued(workflows, PAPERS, tmp_path_factory.mktemp("papers"))


@pytest.mark.parametrize("name", PAPERS)
def test_a_paper_is_printed_from_the_data_of_its_case(name, papers):
    paper = papers[name].best

    text = text_of(paper.pdf)
    assert paper.masked == ()
    for words in (*PAPERS[name], paper.number):
        assert "".join(words.split()) in text, words
    assert "（未填）" not in text
    assert "＊＊＊" not in text
    assert latin_words(text) == []


@pytest.mark.parametrize("name", PUBLIC)
def test_a_public_paper_names_nobody_whoever_prints_it(name, papers):
    found = papers[f"consultation:{name}"]

    assert None in found.copies
    for copy in found.copies.values():
        text = text_of(copy.pdf)
        assert not [one for one in found.names if one in text]


def test_the_dissent_stands_word_for_word_in_the_annex_and_not_on_the_posting(papers):
    opinion, posted = papers["consultation:opinion"], papers["consultation:result_note"]

    assert None not in opinion.copies
    assert "不同意见原文" not in text_of(posted.best.pdf)


# --- a lot of data
def rendered(template: str, rows: int = 12) -> bytes:
    return render(FolderShelf([SHIPPED]), template, full(template, rows=rows), now=LATER)


@pytest.mark.parametrize("template", LAYOUTS)
def test_a_full_paper_prints_all_that_it_is_given_within_the_page(template):
    pdf = rendered(template)

    text = text_of(pdf)
    for place in set(places(template)) & COLUMNS.keys() - {"signin"}:
        for column, cells in COLUMNS[place].items():
            if column in LEFT_OUT.get(template, ()):
                continue
            for words in cells[:12]:
                assert squeezed(words) in squeezed(text), (place, column, words)
    assert rightmost(pdf) < A4_WIDTH - 60


def squeezed(text: str) -> str:
    """Return a text without spaces, breaks of words, and what stands at the foot of pages."""
    return "".join(text.replace("\u200b", "").split())


def rightmost(pdf: bytes) -> float:
    found = [0.0]

    def note(text, _cm, tm, _font, _size):
        if text.strip():
            found.append(float(tm[4]))

    for page in reader(pdf).pages:
        page.extract_text(visitor_text=note)
    return max(found)


@pytest.mark.parametrize("rows", [1, 5, 12])
@pytest.mark.parametrize("template", LAYOUTS)
def test_no_signature_or_seal_stands_on_a_page_alone(template, rows):
    *_before, last = [squeezed(p.extract_text()) for p in reader(rendered(template, rows)).pages]

    own = last.split("由案件数据生成")[0]
    assert "接上页" in own or len(own) > 120 or not any(word in own for word in SIGNED)


@pytest.mark.parametrize("template", LAYOUTS)
def test_a_paper_with_nothing_filled_is_still_a_paper(template):
    paper = full(template, leave=tuple(places(template))) | {"to": [], "next": []}

    text = text_of(render(FolderShelf([SHIPPED]), template, paper, now=LATER))

    assert "2026年5月9日" in text or template in {"session", "visit", "minutes", "confirmation"}
    assert "none" not in text


def test_answers_to_several_objections_are_letters_of_their_own():
    pages = [squeezed(page.extract_text()) for page in reader(rendered("answer")).pages]

    first = [page for page in pages if "周大爷：" in page]
    assert len(first) == 1
    assert "提出异议的居民：" not in first[0]
    assert len([page for page in pages if "提出异议的居民：" in page]) == 1


def test_every_dissent_has_its_own_words_in_the_annex():
    text = squeezed(text_of(rendered("opinion")))

    assert text.count("异议1（车主）") == 1
    assert text.count("尚未答复") == 1
    assert "共3件" in text
    assert text.count(LONG[:30]) >= len(NAMES)
