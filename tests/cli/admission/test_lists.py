"""``heyi admission catalogue`` and ``report``: the lists of any day, and what changed."""

import re
from collections import Counter
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from engine.case.values import Plain, Publish
from heyi.bootstrap import read_key
from storage.work import Store
from tests.cli.runner import NUMBER, run

CLASSES = {"S": 31, "A": 39, "G": 26, "F": 10, "X": 10, "P": 16, "N": 20, "C": 2}


@pytest.fixture
def changed(office: Path) -> None:
    """The list of work items, changed by a case in 2099, long after it was first stored."""
    rows: list[tuple[dict[str, Plain], bool, int]] = [
        ({"code": "和顺准入1号", "name": "消防宣传", "class": "A", "basis": "消防法6", "active": True,
          "payer": "消防队", "volume": 20, "data_fields": ["楼栋", "时间"]}, False, 2),
        ({"code": "IT-A12", "active": False}, False, 3),
        ({"code": "IT-P16"}, True, 4),
    ]  # fmt: skip
    with Store(f"sqlite:///{office}/heyi.db", read_key(office / "heyi.key")) as store:
        with store.read() as work:
            case = work.cases.summary(NUMBER).id
        for row, drop, day in rows:
            with store.write() as work:
                work.catalogues.publish(
                    Publish(catalogue="work_items", row=row, drop=drop),
                    at=datetime(2099, 3, day, tzinfo=UTC), day=date(2099, 3, day), case=case,
                )  # fmt: skip


def test_every_list_of_the_first_edition_is_there(bare):
    rows = run("admission", "catalogue", "--at", "2026-05-06", "--json").json

    assert Counter(row["class"] for row in rows) == CLASSES
    assert [*dict.fromkeys(row["class"] for row in rows)] == [*CLASSES]


def test_the_lists_are_told_with_their_labels_and_numbers(bare):
    told = run("admission", "catalogue", "--at", "2026-05-06").out

    assert re.search(r"第1版\s+2026-05-06有效154条", told)
    for line in (
        "S 依法履职（31）",
        "A 协助（39）",
        "P 可购买服务（16）",
        "N 不应出具的证明（20）",
    ):
        assert line in told
    assert re.search(r"IT-N01\s+亲属关系证明.*事实由谁核实：公安派出所", told)


def test_another_catalogue_is_shown_by_its_name(bare):
    told = run("admission", "catalogue", "matters", "--class", "F", "--lang", "en")

    assert told.code == 0
    assert "consultation matters" in told.out
    assert run("admission", "catalogue", "odd").code == 3


@pytest.mark.parametrize(
    "arguments",
    [
        pytest.param(["--class", "Z"], id="no such class"),
        pytest.param(["--since", "soon"], id="no day"),
        pytest.param(["--diff", "2026-01-01", "x"], id="no second day"),
        pytest.param(["--diff", "2026-01-01", "2026-02-01", "--at", "2026-01-01"], id="three days"),
        pytest.param(["--sheet", "no/such/folder.html"], id="nowhere to write"),
    ],
)
def test_what_cannot_be_asked_is_a_usage_error(bare, arguments):
    told = run("admission", "catalogue", *arguments)

    assert told.code == 2
    assert told.err


def test_without_a_database_the_days_of_the_rows_alone_change_a_list(bare):
    found = run("admission", "catalogue", "--diff", "2025-12-31", "2026-01-01", "--json").json

    assert len(found["changes"]) == sum(CLASSES.values())
    assert {(one["kind"], one["by"]) for one in found["changes"]} == {("added", None)}


def test_what_changed_names_the_version_and_the_case(heyi, changed):
    told = heyi("admission", "catalogue", "--diff", "2099-03-01", "2099-12-31", "--json").json

    assert [(one["kind"], one["code"], one["by"]["case"]) for one in told["changes"]] == [
        ("added", "和顺准入1号", NUMBER), ("changed", "IT-A12", NUMBER), ("ended", "IT-P16", NUMBER),
    ]  # fmt: skip
    assert [one["version"] for one in told["versions"]] == [2, 3, 4]


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        ("zh", ["新增", "变更", "终止", "是 → 否"]),
        ("en", ["added", "changed", "ended", "yes → no"]),
    ],
)
def test_what_changed_is_told_in_words(heyi, changed, lang, words):
    told = heyi(
        "admission", "catalogue", "--since", "2099-03-01", "--at", "2099-12-31", "--lang", lang
    ).out  # fmt: skip

    assert [word for word in words if word not in told] == []
    assert NUMBER in told


def test_a_day_has_the_version_that_stood_then(heyi, changed):
    rows = {
        day: {
            row["code"]: row
            for row in heyi("admission", "catalogue", "--at", f"2099-03-0{day}", "--json").json
        }
        for day in (1, 3, 4)
    }

    assert ["和顺准入1号" in rows[day] for day in (1, 3, 4)] == [False, True, True]
    assert [rows[day]["IT-A12"]["active"] for day in (1, 3)] == [True, False]
    assert ["IT-P16" in rows[day] for day in (3, 4)] == [True, False]


def test_a_listed_item_tells_payer_volume_and_data(heyi, changed):
    told = heyi("admission", "catalogue", "--at", "2099-03-03", "--class", "A").out

    assert re.search(
        r"和顺准入1号.*经费单位：消防队；每月小时上限：20；可用数据项：楼栋、时间", told
    )
    assert re.search(r"IT-A12.*有效：否", told)


def test_a_day_before_the_first_version_is_said_to_have_had_no_list(heyi):
    told = heyi("admission", "catalogue", "--at", "2026-01-02").out

    assert "当日尚无清单" in told.splitlines()[0]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_sheet_has_the_lists_and_what_changed_and_runs_nothing(heyi, office, changed, lang):
    told = heyi(
        "admission", "catalogue", "--since", "2099-03-01", "--at", "2099-12-31",
        "--sheet", "list.html", "--lang", lang,
    )  # fmt: skip
    page = (office / "list.html").read_text(encoding="utf-8")

    assert told.code == 0
    assert page.startswith("<!doctype html>")
    assert "@page" in page
    assert "<script" not in page
    assert "http" not in page
    assert "消防宣传" in page
    assert NUMBER in page


def test_what_a_row_says_is_escaped_on_the_sheet(heyi, office):
    row: dict[str, Plain] = {
        "code": "B",
        "name": "<b onclick=x>",
        "class": "A",
        "basis": "&",
        "active": True,
    }
    with (
        Store(f"sqlite:///{office}/heyi.db", read_key(office / "heyi.key")) as store,
        store.write() as work,
    ):
        work.catalogues.publish(
            Publish(catalogue="work_items", row=row),
            at=datetime(2099, 3, 2, tzinfo=UTC), day=date(2099, 3, 2),
        )  # fmt: skip

    heyi("admission", "catalogue", "--at", "2099-03-02", "--sheet", "list.html")

    page = (office / "list.html").read_text(encoding="utf-8")
    assert "<b onclick" not in page
    assert "&lt;b onclick=x&gt;" in page


def test_the_report_has_every_part_in_words_and_as_data(heyi):
    zh, en = heyi("admission", "report"), heyi("admission", "report", "--lang", "en")
    data = heyi("admission", "report", "--from", "2026-01-01", "--to", "2026-12-31", "--json").json

    assert "经费迟到" in zh.out
    assert "funds late" in en.out
    assert {"refused", "late", "exceeded", "scores", "absent"} <= data.keys()
    assert (data["from"], data["to"]) == ("2026-01-01", "2026-12-31")


@pytest.mark.parametrize(
    "arguments", [["--from", "x"], ["--from", "2026-02-01", "--to", "2026-01-01"]]
)
def test_a_span_that_is_none_is_a_usage_error(heyi, arguments):
    assert heyi("admission", "report", *arguments).code == 2


def test_the_rows_of_the_list_are_typed_and_named_in_both_languages(bare):
    rows = run("admission", "catalogue", "--at", "2026-05-06", "--json").json

    assert [
        row["code"] for row in rows if not (row["name"] and row["name_en"] and row["basis"])
    ] == []
    assert [row["code"] for row in rows if row["class"] == "N" and not row.get("verified_by")] == []
