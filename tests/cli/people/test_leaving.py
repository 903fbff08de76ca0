"""``heyi person cases`` and ``handover``, as people type them."""

from tests.cli.runner import NUMBER


def test_nothing_is_left_of_somebody_whom_no_case_names(heyi):
    told = heyi("person", "cases", "wang", "--as", "li", "--json")
    done = heyi("person", "handover", "wang", "--to", "li", "--as", "li")

    assert told.json == {"items": [], "next": None}
    assert done.code == 0
    assert "已转给 li 0件" in done.err
    assert heyi("person", "handover", "wang", "--to", "nobody", "--as", "li").code == 3


def test_who_proposed_is_listed_until_the_text_is_withdrawn(heyi):
    heyi("case", "do", NUMBER, "waive", "--as", "wang")

    told = heyi("person", "cases", "wang", "--as", "wang", "--lang", "en").out
    done = heyi("person", "handover", "wang", "--to", "li", "--as", "wang", "--lang", "en")

    assert NUMBER in told
    assert "open text" in told
    assert "1 still name wang" in done.err
    assert "✗" in done.out
    heyi("case", "withdraw", NUMBER, "waive", "--as", "wang")
    assert NUMBER not in heyi("person", "cases", "wang", "--as", "wang").out


def test_ending_a_post_says_how_many_cases_still_name_the_person(heyi):
    heyi("case", "do", NUMBER, "waive", "--as", "wang")

    told = heyi("person", "unpost", "wang", "keeper@heshun")

    assert told.code == 0
    assert "还有1件未结案件写着 wang" in told.err
