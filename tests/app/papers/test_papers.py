"""Papers: what stands on them, and that they say what was decided when they were issued."""

from engine.case.values import Unit
from tests.builders.printing_office import DAY, FULL, LATER, NUMBER, text_of


# --- what stands on a paper
def test_a_refusal_states_case_addressee_rule_source_reasons_remedies_date_and_unit(papers):
    text = papers.text(papers.refuse(**FULL), "refusal", "hua")

    for words in (
        "不予准入决定书", NUMBER, "林申请：", "决定：不予准入", "R1", "干旱不得浇水",
        "《花园法》（2025年修订）第7条", "P01拒绝", "《花园法》（2025年修订）第3条", "今年干旱。",
        "等雨季。", "到园林站办理", "雨后再来", "申请复看", "规则P07", "2026年3月2日", "出具单位：东园",
        "经办岗位：园丁、园长", "签收人", "1,234,567.50元", "挖、浇水", "ROSE月季",
    ):  # fmt: skip
        assert words in text, words


def test_a_remedy_that_is_not_open_yet_is_not_offered(papers):
    text = papers.text(papers.refuse(**FULL), "refusal")

    assert "申请复看" in text
    assert "再上一级" not in text


def test_a_returned_task_names_its_grounds_and_the_term_for_an_objection(papers):
    text = papers.text(papers.refuse(**FULL), "returned")

    assert "园艺行会：" in text
    assert "ROSE月季" in text
    assert "2026年3月2日12:00" in text
    assert "2小时，自2026年3月2日10:00起算" in text
    assert "法定期限，《花园法》（2025年修订）第9条第（2）项" in text


def test_a_decision_to_admit_lists_its_conditions(papers):
    text = papers.text(papers.grant(), "granted")

    assert "同意准入" in text
    assert "自备工具" in text
    assert "90元" in text
    assert "2026年5月1日" in text
    assert "《花园方案》第十二部分（三）" in text
    assert "大额否" in text


def test_a_correction_request_lists_the_gaps_and_the_last_day(papers):
    case = papers.ask()
    gaps = [{"what": "写明日期", "until": "2026-03-20", "who": "lin"}, {"what": "附图"}]
    papers.do(case, "ask_more", gaps=gaps)

    text = papers.text(case, "gaps_note")

    assert "1写明日期2026年3月20日林申请" in text
    assert "2附图" in text
    assert "请最迟在2026年3月9日" in text
    assert "5日，自2026年3月2日的次日起算" in text
    assert "“已补正”" in text
    assert "系统默认，非法定" in text


def test_a_guide_tells_who_verifies_the_fact_even_in_its_title(papers):
    found = papers.print(papers.refuse(**FULL), "guide")

    assert found.label == "办理指引：到园林站核实"
    assert "一、到哪里办理园林站" in text_of(found.pdf)


def test_a_publication_shows_the_list_before_and_after(papers):
    case = papers.ask(topic="红玫瑰", dry=False)
    papers.do(case, "put_up")
    added = papers.text(case, "posted")
    papers.do(case, "take_down", now=LATER)
    ended = papers.text(case, "posted")

    assert "《种子清单》第2版" in added
    assert f"〔新增〕{NUMBER}" in added
    assert "终止日2027年12月31日" in added
    assert "至2026年3月17日" in added
    assert "〔移出〕" in ended
    assert "终止日2027年12月31日2026年3月31日" in ended


def test_a_document_without_a_template_prints_its_words_and_what_it_lists(papers):
    text = papers.text(papers.note(topic="看花", fee="5"), "slip", "hua")

    assert "便条" in text
    assert "现将“看花”告知" in text
    assert "费用5元" in text
    assert "园丁、公众：" in text
    assert "结论可以浇水" in text


def test_a_template_that_no_folder_has_is_replaced_by_the_general_one(papers):
    assert "内部便条" in papers.text(papers.note(topic="看花", reason="好看"), "inner")


def test_a_paper_of_an_open_case_offers_no_move_of_the_office_itself(papers):
    assert "可以提出的事项" not in papers.text(papers.note(), "slip")


# --- as it was issued
def test_a_paper_says_what_was_decided_whatever_the_case_holds_today(papers):
    case = papers.ask(topic="看花", fee="5")
    papers.do(case, "note")
    before = papers.text(case, "slip")
    papers.do(case, "", kind="amend", topic="看树", fee="9", now=LATER)

    assert papers.text(case, "slip") == before


def test_a_paper_issued_again_is_printed_as_issued_last(papers):
    case = papers.ask(topic="看花")
    papers.do(case, "note")
    papers.do(case, "note", topic="看树", now=LATER)

    text = papers.text(case, "slip")

    assert "看树" in text
    assert "2026年4月1日" in text


def test_a_correction_since_is_noted_at_the_foot(papers):
    case = papers.ask(topic="看花")
    papers.do(case, "note")
    assert "出具后案件有更正" not in papers.text(case, "slip")

    papers.do(case, "", kind="correct", topic="看树", now=LATER)

    assert "出具后案件有更正" in papers.text(case, "slip")


def test_what_was_erased_is_gone_from_papers_too(papers):
    case = papers.ask(notes="一条很长的笔记")
    papers.do(case, "note")
    assert "一条很长的笔记" in papers.text(case, "inner")

    papers.do(case, "burn")

    text = papers.text(case, "inner")
    assert "一条很长的笔记" not in text
    assert "笔记（已销毁）" in text


def test_a_unit_renamed_since_is_called_by_its_present_name(papers):
    case = papers.note()
    with papers.cases.store.write() as work:
        work.units.put(Unit(id="plot", level="garden", title="西园"))

    assert "出具单位：西园" in papers.text(case, "slip")


def test_printing_changes_nothing_in_the_case(papers):
    case = papers.refuse(**FULL)
    before = papers.cases.see(case, person="shan", now=DAY).case

    papers.print(case, "refusal")

    assert papers.cases.see(case, person="shan", now=DAY).case == before
