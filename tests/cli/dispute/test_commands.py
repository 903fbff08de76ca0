"""``heyi dispute report`` and ``heyi case similar``, with the shipped files."""

import json
import shutil
from pathlib import Path

import pytest

from heyi.app.disputes.models import SimilarView
from heyi.cli.dispute.commands import UnitWanted
from heyi.cli.dispute.lines import similar_lines
from heyi.cli.shell.exits import exit_status, sentences
from tests.cli.runner import run, settle

DAY = "2026-03-{:02} 10:00"
NAMES = ("handler-zhou", "周经办", "head-sun", "孙主任", "justice-si", "司法司")


@pytest.fixture(scope="module")
def disputes(template, tmp_path_factory) -> Path:
    """The office with the shipped workflows, three people and disputes in two months."""
    folder = tmp_path_factory.mktemp("disputes") / "office"
    shutil.copytree(template, folder)
    with pytest.MonkeyPatch.context() as patch:
        settle(folder, patch)
        for line in (
            "person add handler-zhou --name 周经办 --post handler@heshun",
            "person add head-sun --name 孙主任 --post head@heshun",
            "person add justice-si --name 司法司 --post justice@jie",
        ):
            assert run(*line.split()).code == 0
        for n in range(14):
            opened = run(
                "case", "open", "dispute", "--unit", "heshun", "--as", "handler-zhou",
                "-d", "source=phone", "-d", f"place=和顺花园{1 + n // 7}号楼", "-d", "facts_text=噪声",
                "-d", f"domain={'neighbour' if n < 11 else 'family'}",
                "--at", DAY.format(n + 1), "--key", f"k{n}", "--json",
            )  # fmt: skip
            assert opened.code == 0, opened.err
    return folder


@pytest.fixture
def desk(disputes: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Work in it."""
    settle(disputes, monkeypatch)


def report(*more: str):
    return run("dispute", "report", "--at", "2026-03-20 12:00", *more)


def test_the_report_is_told_in_both_languages_and_as_data(desk):
    zh = report("--as", "head-sun", "--from", "2026-02-03", "--to", "2026-03-20")
    en = report("--as", "head-sun", "--lang", "en")
    data = report("--as", "head-sun", "--json").json

    assert (zh.code, en.code) == (0, 0)
    for word in ("预警汇总  和顺社区", "2026-01-01—2026-01-31；", "（未满）", "0 → 0 → 14  升"):
        assert word in zh.out
    for word in ("early warning", "settled on the spot (not counted as mediation)", "(so far)"):
        assert word in en.out
    assert data["disputes"]["total"] == [0, 14]
    assert data["unit"]["id"] == "heshun"


def test_a_small_group_is_in_no_line(desk):
    """Eleven disputes among neighbours, three in families: the three are not to be had."""
    zh = report("--as", "head-sun").out
    by = report("--as", "head-sun", "--json").json["disputes"]["by"]["topic"]

    assert "家事" not in zh
    assert by["rest"][-1] is None
    assert [row["n"][-1] for row in by["rows"]] == [None] * len(by["rows"])


def test_the_street_sees_its_communities_and_nobody_is_named(desk):
    told = [
        report("--as", "justice-si").out,
        report("--as", "justice-si", "--lang", "en").out,
        report("--as", "justice-si", "--json").out,
    ]

    assert json.loads(told[2])["unit"]["id"] == "jie"
    assert "和顺社区" in told[0]
    assert [name for name in NAMES for text in told if name in text] == []


@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        pytest.param(["--as", "handler-zhou"], 4, "岗位都不能查看", id="no post that may see"),
        pytest.param(["--as", "head-sun", "--unit", "jie"], 4, "heshun", id="the unit above"),
        pytest.param(["--as", "justice-si", "--unit", "heshun"], 4, "jie", id="a part of it"),
        pytest.param(["--as", "head-sun", "--unit", "moon"], 3, "moon", id="no such unit"),
        pytest.param(["--as", "nobody"], 3, "nobody", id="no such person"),
        pytest.param(["--as", "head-sun", "--from", "x"], 2, "不是日期", id="no day"),
        pytest.param(["--as", "head-sun", "--from", "0001-01-01"], 2, "2000-01-01", id="too early"),
        pytest.param(["--as", "head-sun", "--from", "2010-01-01"], 2, "10年", id="too long"),
        pytest.param(
            ["--as", "head-sun", "--from", "2026-03-02", "--to", "2026-03-01"], 2, "晚于",
            id="from after to",
        ),
    ],
)  # fmt: skip
def test_what_cannot_be_asked_or_seen_is_refused(desk, arguments, code, says):
    told = report(*arguments)

    assert told.code == code
    assert says in told.err


def test_a_person_with_several_units_is_told_by_which_option_to_choose():
    wanted = UnitWanted("w", ("east", "west"))

    assert (wanted.code, exit_status(wanted)) == ("access.report", 4)
    assert sentences(wanted, "zh") == ["“w”可查看几个单位的汇总，请用 --unit 指定：east、west"]
    assert sentences(wanted, "en") == [
        "'w' may see several units; name one with --unit: east, west"
    ]


def similar(place: int, *more: str):
    cases = run("case", "list", "--workflow", "dispute", "--as", "handler-zhou", "--json").json
    number = sorted(cases, key=lambda row: row["opened_on"])[place]["number"]
    return run("case", "similar", number, "--at", "2026-03-20 12:00", *more)


def test_hints_name_the_same_place_and_kind_and_say_why(desk):
    zh = similar(0, "--as", "handler-zhou")
    en = similar(0, "--as", "handler-zhou", "--lang", "en")
    data = similar(0, "--as", "handler-zhou", "--json").json

    assert len(data["similar"]) == 6
    assert {row["place"] for row in data["similar"]} == {"和顺花园1号楼"}
    assert "只是提示" in zh.out
    assert "同为“邻里”；地点名称相近；同一楼栋1；相隔" in zh.out
    assert "because: both 'neighbours'" in en.out


def test_who_may_not_read_a_case_gets_no_hints_about_it(desk):
    told = similar(0, "--as", "wang")

    assert told.code == 3
    assert "没有案件" in told.err


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_none_and_not_comparable_are_said_in_words(lang):
    nothing = SimilarView(case="c", number=None, days=90, compared=True, why_not="", similar=())

    assert "90" in "".join(similar_lines(nothing, lang))
    for why in ("not_tagged", "sealed", "not_filled"):
        view = nothing.model_copy(update={"compared": False, "why_not": why})
        assert "".join(similar_lines(view, lang))
