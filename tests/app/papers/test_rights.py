"""Papers: who may print which, and what is masked for whom."""

import pytest

from engine.facts.reading import role_reads
from heyi.app.papers.errors import DocumentClosed, DocumentNotIssued, DocumentUnknown
from storage.kernel.errors import CaseNotFound
from tests.builders.printing_office import FULL, LATER, text_of


# --- who may read what
def test_personal_confidential_and_sealed_values_do_not_reach_an_addressee_without_the_right(
    papers,
):
    found = papers.print(papers.refuse(**FULL), "refusal", "shan")

    text = text_of(found.pdf)
    # The head may read all of them, the person it is addressed to none.
    assert found.masked == ("电话", "健康", "日记")
    assert not [word for word in ("13800001111", "花粉过敏", "私事一桩") if word in text]


def test_an_addressee_reads_their_own_name(papers):
    assert "林申请：" in papers.text(papers.refuse(**FULL), "refusal", "hua")


def test_a_copy_for_who_reads_the_public_class_hides_reasons_and_names(papers):
    found = papers.print(papers.refuse(**FULL), "refusal", "men")

    text = text_of(found.pdf)
    assert "今年干旱" not in text
    assert "林申请" not in text
    assert "理由" in found.masked
    assert "R1" in text


def test_a_paper_for_the_office_holds_what_the_office_reads(papers):
    found = papers.print(papers.note(reason="内部理由", phone="139"), "inner", "shan")

    assert "内部理由" in text_of(found.pdf)
    assert found.masked == ("电话",)  # internal papers are the asker's to read too


def test_a_fact_made_from_what_may_not_be_read_is_masked(papers):
    found = papers.print(papers.note(notes="abcd"), "slip", "shan")

    assert {"笔记很长", "笔记"} <= {*found.masked}


def test_whoever_may_not_read_a_paper_may_not_print_it(papers):
    case = papers.note()

    with pytest.raises(DocumentClosed):
        papers.print(case, "inner", "men")
    with pytest.raises(DocumentClosed):
        papers.print(case, "inner", None)


def test_of_a_sealed_case_only_those_it_names_print_anything(papers):
    case = papers.refuse(**FULL, secret=True)

    for person in ("hua", "men", None):
        with pytest.raises(CaseNotFound):
            papers.print(case, "refusal", person)
    text = papers.text(case, "refusal", "shan")
    assert "春季" not in text
    assert "今年干旱" not in text


def test_a_field_under_seal_is_masked_until_it_is_opened(papers):
    case = papers.ask(**FULL, bid="最低价")
    papers.do(case, "note")
    assert papers.print(case, "inner").masked == ("电话", "标书")

    papers.do(case, "refuse")
    papers.do(case, "refuse", "shan", kind="sign")

    assert "最低价" in papers.text(case, "refusal")
    # What was issued before it was opened stays as it was issued.
    assert "最低价" not in papers.text(case, "inner")


# --- refusals
@pytest.mark.parametrize("name", ["nothing", "../layout", ""])
def test_an_unknown_document_is_refused_with_those_there_are(papers, name):
    with pytest.raises(DocumentUnknown, match="refusal"):
        papers.print(papers.note(), name)


def test_what_was_not_issued_is_not_printed(papers):
    with pytest.raises(DocumentNotIssued, match="slip"):
        papers.print(papers.note(), "never")


def test_a_document_is_found_by_its_label(papers):
    assert papers.print(papers.note(), "便条").label == "便条"


def test_an_unknown_case_is_refused(papers):
    with pytest.raises(CaseNotFound):
        papers.print("nothing", "slip")


def test_a_field_that_is_always_hidden_is_on_no_paper_for_others(papers):
    case = papers.ask(**FULL, aside="只给会长")
    papers.do(case, "note")

    # The paper is for keepers and the asker too, and the head is not all of them.
    found = papers.print(case, "inner", "shan")

    assert "只给会长" not in text_of(found.pdf)
    assert "旁白" in found.masked


@pytest.mark.parametrize("secret", [False, True])
def test_a_hidden_field_is_for_whom_it_names_also_in_a_sealed_case(papers, secret):
    case = papers.ask(**FULL, aside="只给会长", secret=secret)
    facts = papers.cases.see(case, person="shan", now=LATER).facts

    assert role_reads("head", "aside", facts)
    assert not role_reads("keeper", "aside", facts)
    assert role_reads("keeper", "topic", facts) is not secret
    assert role_reads("head", "diary", facts)
