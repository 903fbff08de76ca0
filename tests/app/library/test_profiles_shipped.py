"""The shipped profiles: clean, in both languages, and Xinjiang's can be filled in as its page says."""

import re
from typing import Any

import pytest

from engine.language.reader import read_yaml
from heyi.app.library.profilefile import Profile, SettingDef, read_profile
from heyi.app.library.profiles import ProfileUnfilled, load_params, load_profile
from heyi.app.library.shelf import FolderShelf
from tests.builders.profile_folders import WAIVED, lines
from tests.builders.shelves import ROOT, SHIPPED, shipped_names

NAMES = ("national", "hainan", "xj")
PAGE = ROOT / "docs" / "profiles.md"
BLOCK = re.compile(r"^```yaml\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def text_of(name: str) -> str:
    return (SHIPPED / "profiles" / f"{name}.yaml").read_text(encoding="utf-8")


def shipped_profile(name: str) -> Profile:
    profile = load_profile(FolderShelf([SHIPPED]), name)
    assert profile is not None
    return profile


def test_every_shipped_profile_is_known_here():
    assert {path.stem for path in (SHIPPED / "profiles").iterdir()} == set(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_a_shipped_profile_has_no_fault_but_what_is_unknown(name):
    file = SHIPPED / "profiles" / f"{name}.yaml"

    profile, findings = read_profile(text_of(name), file=str(file), shelf=FolderShelf([SHIPPED]))

    assert profile is not None
    assert {problem.code for problem in findings.problems} <= {"HY505"}


@pytest.mark.parametrize("name", NAMES)
def test_a_shipped_profile_speaks_both_languages(name):
    profile = shipped_profile(name)
    said = [profile.rule.title, *(note.says for note in profile.rule.notes)]
    said += [left.setting.why for left in profile.unknown if left.setting.why]

    assert [label.zh for label in said if not label.en] == []


def test_the_national_profile_changes_nothing():
    assert load_params(FolderShelf([SHIPPED]), "national") == {}


def test_hainan_has_its_own_regime_by_its_own_law():
    rule = shipped_profile("hainan").rule.params["mediation"]

    assert load_params(FolderShelf([SHIPPED]), "hainan")["mediation"]["regime"] == "hainan"
    assert {setting.source for setting in rule.values()} == {"hainan2017#18", "hainan2017#26"}


def test_xinjiang_is_not_worked_with_before_its_limits_are_known():
    profile = shipped_profile("xj")

    with pytest.raises(ProfileUnfilled):
        load_params(FolderShelf([SHIPPED]), "xj")
    assert {left.name.partition(".")[2] for left in profile.unknown} >= {
        "regime", "accept_term", "accept_term_complex", "extension_most",
    }  # fmt: skip
    assert {left.setting.source for left in profile.unknown} == {"xj2022#"}


@pytest.mark.parametrize(
    "answer", [{"waived": WAIVED}, {"source": "xj2022#12"}], ids=["waived", "filled"]
)
def test_xinjiang_can_be_worked_with_once_each_limit_is_answered(tmp_path, answer):
    left_open = {left.name: left.value for left in shipped_profile("xj").unknown}
    whole = read_yaml(text_of("xj"), file="xj.yaml").value
    for name, value in left_open.items():
        workflow, _, param = name.partition(".")
        given = {**answer, "value": value} if "source" in answer else answer
        whole["params"][workflow][param] = given
    (tmp_path / "profiles").mkdir()
    (tmp_path / "profiles" / "xj.yaml").write_text(lines(whole), encoding="utf-8")

    params = load_params(FolderShelf([tmp_path, SHIPPED]), "xj")

    assert params["mediation"]["land_regime"] == "xpcc_identity_land"
    assert params["confirmation"] == {"court_system": "xpcc"}
    assert ("accept_term" in params["mediation"]) == ("source" in answer)


def examples() -> list[tuple[str, Any]]:
    blocks = BLOCK.findall(PAGE.read_text(encoding="utf-8"))
    return [pair for block in blocks for pair in read_yaml(block, file="profiles.md").value.items()]


@pytest.mark.parametrize(("param", "setting"), examples())
def test_an_example_of_the_page_is_a_setting_of_a_param_that_there_is(param, setting):
    given = SettingDef.model_validate(setting)
    known = shipped_profile("xj").rule.params["mediation"]

    assert (given.value is None) == (given.waived is not None)
    assert param in known


def test_every_workflow_that_a_profile_sets_is_shipped():
    named = {name for profile in NAMES for name in shipped_profile(profile).rule.params}

    assert named <= set(shipped_names())
