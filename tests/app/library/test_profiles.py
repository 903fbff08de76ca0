"""A profile sets what it may, says what it does not know, and never changes the law."""

import pytest

from engine.case.errors import DefinitionError
from heyi.app.library.profilefile import read_profile
from heyi.app.library.profiles import ProfileUnfilled, ProfileUnknown, load_params, load_profile
from heyi.app.library.shelf import FolderShelf
from heyi.app.office.profilecheck import profile_told
from heyi.app.todo import Todo
from tests.builders.profile_folders import (
    BOUND,
    SET,
    UNKNOWN,
    WAIVED,
    WHY,
    codes,
    profile_text,
    put,
    read,
    settings,
)  # fmt: skip
from tests.builders.toy_workflows import toy


def test_values_are_set_and_everything_else_stays(tmp_path):
    put(tmp_path, settings(term=SET, style={"value": "strict", "source": "rules#3"}))

    found = load_params(FolderShelf([tmp_path]), "club")

    assert found == {"toy": {"term": "4 days", "style": "strict"}}


@pytest.mark.parametrize(
    ("source", "basis"),
    [
        pytest.param("act#7", ("省条例", "7"), id="a paper of the profile"),
        pytest.param("rules#1", ("园规", "1"), id="a paper of the workflow"),
        pytest.param("act", ("省条例", ""), id="no article"),
        pytest.param("act:annex#2", ("省条例", "2"), id="a part of a paper"),
    ],
)
def test_a_value_rests_on_a_paper_of_either_file(tmp_path, source, basis):
    text = profile_text(
        sources={"act": {"title": "省条例"}},
        params={"toy": {"term": {"value": "4 days", "source": source}}},
    )
    profile, _findings = read(tmp_path, text)

    assert profile is not None
    assert profile.bases == {"toy": {"term": basis}}


def test_no_profile_changes_nothing(tmp_path):
    assert load_params(FolderShelf([tmp_path]), "") == {}


@pytest.mark.parametrize("name", ["nowhere", "../profiles/club", "/etc/hostname", "Club", "a.b"])
def test_a_profile_that_no_folder_has_is_named_with_those_there_are(tmp_path, name):
    put(tmp_path, settings())

    with pytest.raises(ProfileUnknown) as caught:
        load_profile(FolderShelf([tmp_path]), name)

    assert caught.value.names == "club"
    assert repr(name) in str(caught.value)


def test_a_file_that_is_no_text_is_a_finding_at_its_place(tmp_path):
    put(tmp_path, "").write_bytes("a: 园\nb: ".encode() + b"\xff")

    with pytest.raises(DefinitionError) as caught:
        load_profile(FolderShelf([tmp_path]), "club")
    told = list(profile_told(FolderShelf([tmp_path]), "club", []))

    [problem] = caught.value.problems
    assert (problem.code, problem.at.line, problem.at.column) == ("HY005", 2, 4)
    assert [one.kind for one in told] == ["finding"]


def test_no_case_is_worked_on_while_a_limit_is_unknown(tmp_path):
    put(tmp_path, settings(term=UNKNOWN, longest=UNKNOWN, most={"value": 3, "source": "rules#1"}))

    with pytest.raises(ProfileUnfilled) as caught:
        load_params(FolderShelf([tmp_path]), "club")

    for told, why in ((caught.value.told.zh, WHY["zh"]), (str(caught.value), WHY["en"])):
        assert "toy.term" in told
        assert "toy.longest" in told
        assert "toy.most" not in told
        assert told.count(why) == len(("term", "longest"))
        assert f"{Todo.SET_WORKFLOWS}/profiles/club.yaml" in told
        assert "waived" in told


def test_what_is_unknown_is_a_warning_at_its_place(tmp_path):
    text = settings(term=UNKNOWN)
    profile, findings = read(tmp_path, text)

    [warning] = findings.problems
    assert profile is not None
    assert (warning.code, warning.severity) == ("HY505", "warning")
    place = text.split("\n")[warning.at.line - 1][warning.at.column - 1 :]
    assert place.startswith('"term"')
    assert "期限" in warning.words.zh
    assert "'term'" in warning.words.en


def test_a_waiver_lets_the_files_own_value_stand(tmp_path):
    put(tmp_path, settings(term={"waived": WAIVED}))
    shelf = FolderShelf([tmp_path])

    profile = load_profile(shelf, "club")
    assert profile is not None
    [left] = profile.waived

    assert (left.name, left.value) == ("toy.term", "3 days")
    assert load_params(shelf, "club") == {}


@pytest.mark.parametrize("missing", ["by", "on", "why"])
def test_a_waiver_says_by_whom_when_and_why(tmp_path, missing):
    waived = {key: value for key, value in WAIVED.items() if key != missing}

    assert codes(tmp_path, settings(term={"waived": waived})) == ["HY102"]


@pytest.mark.parametrize(
    "waived",
    [True, {}, "园长", {**WAIVED, "by": ""}, {**WAIVED, "by": None}, {**WAIVED, "on": "soon"},
     {**WAIVED, "on": 20260301}, {**WAIVED, "why": ""}, {**WAIVED, "why": {"en": "x"}},
     {**WAIVED, "until": "2027-01-01"}],
)  # fmt: skip
def test_half_a_waiver_is_refused(tmp_path, waived):
    profile, findings = read(tmp_path, settings(term={"waived": waived}))

    assert profile is None
    assert {problem.code for problem in findings.problems} <= {"HY101", "HY102", "HY103"}


@pytest.mark.parametrize(
    "setting",
    [{}, {"source": "rules#1"}, {"value": None, "source": "rules#1"}, {"unknown": False, "source": "rules#1"},
     {**SET, **UNKNOWN}, {**SET, "waived": WAIVED}, {**UNKNOWN, "waived": WAIVED}],
)  # fmt: skip
def test_a_setting_is_one_of_three(tmp_path, setting):
    assert codes(tmp_path, settings(term=setting)) == ["HY203"]


@pytest.mark.parametrize(
    "setting",
    [{"value": "4 days"}, {"unknown": True, "why": WHY}, {"unknown": True, "source": "rules#1"}],
)
def test_a_value_has_a_source_and_what_is_unknown_a_reason(tmp_path, setting):
    assert codes(tmp_path, settings(term=setting)) == ["HY102"]


@pytest.mark.parametrize("param", sorted(BOUND))
@pytest.mark.parametrize(
    "setting", [SET, UNKNOWN, {"waived": WAIVED}], ids=["set", "unknown", "waived"]
)
def test_what_the_law_has_set_is_not_a_profiles_to_touch(tmp_path, param, setting):
    put(tmp_path, settings(**{param: setting}))

    with pytest.raises(DefinitionError) as caught:
        load_params(FolderShelf([tmp_path]), "club")

    assert [problem.code for problem in caught.value.problems] == ["HY203"]


@pytest.mark.parametrize(
    ("param", "value"),
    [
        ("term", 4), ("term", "four days"), ("term", "longest"), ("term", {"n": "=params.most", "unit": "days"}),
        ("term", "4 hours"), ("longest", "2 months"), ("longest", "3 minutes"), ("term", "999999 days"),
        ("most", "7"), ("most", 7.5), ("most", True), ("most", -1), ("share", 1), ("share", -0.5), ("open", 1),
        ("style", "loose"), ("style", ["plain"]), ("style", "4 days"), ("note", 4), ("note", "4 days"),
        ("words", "a"), ("words", [1]), ("words", [["a"]]), ("words", [{"a": "b"}]), ("words", {"a": "b"}),
    ],
)  # fmt: skip
def test_a_value_that_the_file_could_not_have_is_refused(tmp_path, param, value):
    profile, findings = read(tmp_path, settings(**{param: {"value": value, "source": "rules#1"}}))

    assert profile is None
    assert [problem.code for problem in findings.problems] == ["HY203"]
    assert findings.problems[0].words.zh != findings.problems[0].words.en


@pytest.mark.parametrize(
    ("parts", "found"),
    [
        ({"params": {"toy": {"trem": SET}}}, ["HY201"]),
        ({"params": {"tory": {"term": SET}}}, ["HY201"]),
        ({"params": {"toy": {"term": {**SET, "source": "ruels#1"}}}}, ["HY503"]),
        ({"calendar": "nowhere"}, ["HY201"]),
        ({"calendar": "../x"}, ["HY104"]),
        ({"notes": [{"says": {"zh": "说明"}, "source": "nothing#1"}]}, ["HY503"]),
        ({"format": 2}, ["HY103"]),
        ({"title": None}, ["HY103"]),
        ({"params": {"../toy": {"term": SET}}}, ["HY104"]),
        ({"params": {"toy": {"class": {"value": "internal", "source": "rules#1"}}}}, ["HY201"]),
        ({"clocks": {"duty": {"class": "internal"}}}, ["HY101"]),
        ({"params": {"toy": {"term": {**SET, "class": "internal"}}}}, ["HY101"]),
    ],
)  # fmt: skip
def test_what_leads_nowhere_is_told(tmp_path, parts, found):
    assert codes(tmp_path, profile_text(**parts)) == found


def test_a_misspelt_param_is_answered_with_the_one_that_was_meant(tmp_path):
    [problem] = read(tmp_path, settings(trem=SET))[1].problems

    assert problem.hint.en == "did you mean 'term'?"


def test_a_file_that_says_another_name_is_refused(tmp_path):
    assert codes(tmp_path, profile_text("other")) == ["HY203"]


def test_a_profile_of_a_broken_workflow_says_whose_fault_it_is(tmp_path):
    text = settings(term=SET)
    file = put(tmp_path, text)
    (tmp_path / "toy.yaml").write_text("workflow: toy\nformat: 9\n", encoding="utf-8")

    profile, findings = read_profile(text, file=str(file), shelf=FolderShelf([tmp_path]))

    assert profile is None
    assert "toy.yaml" in findings.problems[0].words.en


def test_an_offices_own_copy_stands_before_the_shipped_one(tmp_path):
    own, shipped = tmp_path / "own", tmp_path / "shipped"
    for folder, setting in ((own, SET), (shipped, UNKNOWN)):
        folder.mkdir()
        put(folder, settings(term=setting))

    assert load_params(FolderShelf([own, shipped]), "club") == {"toy": {"term": "4 days"}}
    with pytest.raises(ProfileUnfilled):
        load_params(FolderShelf([shipped, own]), "club")


def test_the_operator_is_told_of_the_profile_its_gaps_and_its_waivers(tmp_path):
    note = {"says": {"zh": "须知", "en": "mind this"}, "source": "rules#4"}
    sources = {"rules": {"title": "园规"}}
    params = {
        "toy": {
            "term": UNKNOWN,
            "longest": {"waived": WAIVED},
            "most": {"value": 3, "source": "rules#1"},
        }
    }
    put(tmp_path, profile_text(params=params, notes=[note], sources=sources))

    told = [*profile_told(FolderShelf([tmp_path]), "club", [])]

    assert [one.kind for one in told] == ["ok", "finding", "note", "note"]
    assert "club" in told[0].words.en
    assert "toy.term" in told[1].words.en
    for said in (told[2].words.zh, told[2].words.en):
        assert all(word in said for word in ("toy.longest", "9 days", "园长", "2026-03-01"))
    assert told[3].words.zh == "须知（园规）"


@pytest.mark.parametrize("name", ["nowhere", "club"])
def test_a_profile_that_cannot_be_used_is_a_finding(tmp_path, name):
    put(tmp_path, settings(law=SET))

    told = [*profile_told(FolderShelf([tmp_path]), name, [])]

    assert [one.kind for one in told] == ["finding"]


@pytest.mark.parametrize(("name", "kinds"), [("", ["ok", "finding"]), ("club", ["ok"])])
def test_an_office_that_counts_by_a_places_days_uses_its_profile(tmp_path, name, kinds):
    put(tmp_path, profile_text(calendar="cn_xj"))
    (tmp_path / "calendars").mkdir()
    (tmp_path / "calendars" / "cn_xj.yaml").write_text("calendar: cn_xj", encoding="utf-8")
    shelf = FolderShelf([tmp_path])

    told = [*profile_told(shelf, name, [toy(calendar="cn_xj")])]

    assert [one.kind for one in told] == kinds
    assert (f"{Todo.SET_PROFILE}=club" in told[-1].words.zh) == (kinds[-1] == "finding")
