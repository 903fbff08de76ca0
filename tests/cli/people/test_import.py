"""Units and people come in from one spreadsheet: differences first, all or nothing, by cell."""

from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from heyi.app.people.sheets import MAX_ROWS

STREETS = [
    ("jie", "street", "某街道", "shi"),
    ("east", "street", "东街道", "shi"),
    ("west", "street", "西街道", "shi"),
]
PLACES = [(f"c{n}", "community", f"第{n}社区", ("jie", "east", "west")[n % 3]) for n in range(8)]
UNITS = [*PLACES, *STREETS, ("shi", "city", "铁门关市", "")]
PEOPLE = [
    (f"p{n}", f"某人{n}", f"keeper@c{n % 8} chair@c{(n + 1) % 8}" if n < 40 else "")
    for n in range(60)
]
BOTH: dict[str, list[Any]] = {
    "单位": [("编号", "级别", "名称", "上级"), *UNITS],
    "人员": [("编号", "姓名", "岗位"), *PEOPLE],
}


def book(folder: Path, sheets: dict[str, list[Any]]) -> str:
    made = Workbook()
    made.remove(made.worksheets[0])
    for name, rows in sheets.items():
        sheet = made.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
    made.save(folder / "office.xlsx")
    return "office.xlsx"


def test_three_levels_twelve_units_and_sixty_people_come_in_with_one_dry_run(heyi, office):
    file = book(office, BOTH)
    before = heyi("person", "list").out

    dry = heyi("person", "import", file, "--dry-run", "--json")
    unchanged = heyi("person", "list").out
    done = heyi("person", "import", file, "--json")
    again = heyi("person", "import", file, "--json")

    assert len(UNITS) == 12
    assert (dry.code, done.code, again.code) == (0, 0, 0)
    assert (dry.json["kept"], done.json["kept"]) == (False, True)
    assert dry.json["differences"] == done.json["differences"]
    counted = [one["what"] for one in done.json["differences"]]
    assert (counted.count("unit"), counted.count("person"), counted.count("post")) == (10, 60, 80)
    assert unchanged == before
    assert again.json["differences"] == []
    rows = {one["id"]: one for one in heyi("person", "list", "--json").json}
    assert {"wang", "li", "zhao", "p0", "p59"} <= rows.keys()
    assert rows["wang"]["posts"] == ["keeper@heshun"]
    assert rows["p0"]["posts"] == ["chair@c1", "keeper@c0"]


def test_what_is_changed_is_told_with_how_it_stood_and_no_post_ends(heyi, office):
    (office / "people.csv").write_text("id,name,posts\nwang,王新,\n", encoding="utf-8")

    told = heyi("person", "import", "people.csv", "--lang", "zh")

    assert told.code == 0
    assert "~ person wang: 王 → 王新" in told.out
    assert "keeper@heshun" in heyi("person", "list").out


def test_ten_mistakes_are_each_answered_by_their_cell_and_nothing_is_kept(heyi, office):
    units = list(UNITS)
    units[0] = ("clock", "community", "x", "jie")
    units[1] = ("c1", "community", "", "jie")
    units[2] = ("c2", "community", "x", "nowhere")
    units[8] = ("jie", "street", "某街道", "east")
    units[9] = ("east", "street", "东街道", "jie")
    people = list(PEOPLE)
    people[0] = ("#1", "甲", "")
    people[1] = ("p1", "乙\u202e", "")
    people[2] = ("p3", "丙", "")
    people[4] = ("p4", "丁", "keper@c3")
    people[5] = ("p5", "戊", "keeper@shi")
    people[6] = ("p6", "己", "keeper")
    people[7] = ("p7", "=1+1", "")
    file = book(office, {"单位": [BOTH["单位"][0], *units], "人员": [BOTH["人员"][0], *people]})
    before = (heyi("person", "list").out, heyi("unit", "list").out)

    told = heyi("person", "import", file, "--json", "--lang", "zh")
    lines = heyi("person", "import", file, "--lang", "zh").out

    found = {(one["sheet"], one["cell"]) for one in told.json["refused"]}
    assert told.code == 1
    assert {("单位", "A2"), ("单位", "C3"), ("单位", "D4"), ("单位", "D10")} <= found
    assert {
        ("人员", "A2"),
        ("人员", "B3"),
        ("人员", "A5"),
        ("人员", "C6"),
        ("人员", "C7"),
        ("人员", "C8"),
        ("人员", "B9"),
    } <= found
    assert "工作表 人员 C6: 没有岗位 keper，是否 keeper" in lines
    assert (heyi("person", "list").out, heyi("unit", "list").out) == before


@pytest.mark.parametrize(
    "content",
    [
        b"PK\x03\x04nonsense",
        b"\xff\xfe",
        b"id,level\nx,y\n",
        b'id,name,posts\n"x',
        b"",
        b"id,name,posts\n" + b"a,b,\n" * (MAX_ROWS + 1),
        b"x" * (5 * 1024 * 1024),
    ],
    ids=["no zip", "no text", "no heading", "no csv", "empty", "endless", "huge"],
)
@pytest.mark.parametrize("ending", ["xlsx", "csv"])
def test_what_is_no_such_spreadsheet_is_refused_whole(heyi, office, content, ending):
    (office / f"odd.{ending}").write_bytes(content)

    assert heyi("person", "import", f"odd.{ending}").code == 2


def test_a_sheet_of_units_may_come_alone_as_text(heyi, office):
    (office / "units.csv").write_text(
        "编号,级别,名称,上级\nb,street,乙,a\na,city,甲\n\n", encoding="utf-8-sig"
    )

    told = heyi("person", "import", "units.csv")

    assert told.code == 0, told.err
    assert "b" in heyi("unit", "show", "a").out
    assert heyi("person", "import", "none.csv").code == 2
