"""``table``: what authors edit as sheets, and how it comes back."""

import re
from random import Random

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from heyi.app.authors.writing.cells import from_cell, guarded, to_cell, unguarded
from heyi.app.authors.writing.edits import changed_text
from heyi.app.authors.writing.sheets import row_cells, row_values, sheets_of
from heyi.app.authors.writing.workbook import rows_of, workbook_of
from tests.builders.shelves import FILES, SHIPPED, shipped_names
from tests.cli.runner import HALL, run
from tests.effort import examples

PLOT = (FILES / "plot.yaml").read_text(encoding="utf-8")
LAID_OUT = [
    *(SHIPPED / f"{name}.yaml" for name in shipped_names()),
    *sorted((SHIPPED / "tests").glob("*.yaml")),
]


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**9), 10**9) | st.floats(allow_nan=False, allow_infinity=False, width=32).map(lambda x: round(x, 3))
    | st.text(st.characters(exclude_categories=["Cc", "Cs", "Co", "Cn"]), max_size=12) | st.sampled_from(["=1+1", "@x", "'x", "017", "true", "~", "{a", "[", '"', " x", "＝1", "2026-01-01", "> 1/2"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["a", "b_1", "n"]), inner, max_size=3),
    max_leaves=6,
)  # fmt: skip


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(value=VALUES)
def test_every_value_survives_its_cell(value):
    text = to_cell(value)

    assert from_cell(text) == value
    assert type(from_cell(text)) is type(value)


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠", "'"])
def test_no_cell_begins_like_a_formula(start):
    assert guarded(f"{start}x") == f"'{start}x"
    assert unguarded(guarded(f"{start}x")) == f"{start}x"


@given(
    row=st.dictionaries(
        st.sampled_from(["id", "if", "then", "label", "source"]), VALUES, max_size=5
    )
)
def test_every_row_survives_its_cells(row):
    assert row_values(row_cells(row)) == row


@pytest.mark.parametrize(
    "path",
    [
        *sorted(SHIPPED.glob("*.yaml")),
        *sorted((SHIPPED / "catalogues").glob("*.yaml")),
        *sorted((SHIPPED / "packs").glob("*.yaml")),
    ],
    ids=lambda path: f"{path.parent.name}-{path.stem}",
)
def test_a_round_trip_without_edits_is_no_difference(path):
    text = path.read_text(encoding="utf-8")

    book = workbook_of(sheets_of(text))

    assert changed_text(text, rows_of(book)) == text


@pytest.fixture
def hall(bare):
    text = HALL.read_text(encoding="utf-8").replace(
        "clocks:\n",
        "params:\n  # 一个参数 one param\n  term: {value: 2 working days, class: commitment, label: {zh: 期限, en: term}}  # beside\n"
        "tables:\n  price:\n    hit: first\n    gives: {fee: integer}\n    rules:\n"
        "      # many people\n      - id: many\n        if: {people: 50}\n        then: {fee: 20}\n\n      # others\n      - {id: few, then: {fee: 0}}\n\n"
        "clocks:\n", 1,
    ).replace("fee > 0", "fee > 0 && price.fee >= 0").replace("within: 2 working days", "within: term", 1)  # fmt: skip
    (bare / "hall.yaml").write_text(text, encoding="utf-8")
    assert run("workflow", "check", "hall.yaml").out.count("错误") == 0
    assert run("workflow", "table", "export", "hall.yaml", "-o", "hall.xlsx").code == 0
    return bare / "hall.yaml"


def edited(hall, change):
    book = openpyxl.load_workbook(hall.with_name("hall.xlsx"))
    titles = {path: title for title, path in book["heyi"].iter_rows(min_row=2, values_only=True)}
    change({path: book[title] for path, title in titles.items()})
    book.save(hall.with_name("hall.xlsx"))


def cell(page, row, column):
    (found,) = [one for one in page[1] if one.value == column]
    return page.cell(row=row, column=found.column)


def test_a_changed_cell_is_shown_and_written_only_when_asked(hall):
    before = hall.read_text(encoding="utf-8")
    edited(
        hall, lambda pages: setattr(cell(pages["params"], 2, "value"), "value", "3 working days")
    )

    shown = run("workflow", "table", "import", "hall.yaml", "hall.xlsx")
    assert hall.read_text(encoding="utf-8") == before
    wrote = run("workflow", "table", "import", "hall.yaml", "hall.xlsx", "--write")

    assert [line for line in shown.out.splitlines()[2:] if line[0] in "+-"] == [
        "-  term: {value: 2 working days, class: commitment, label: {zh: 期限, en: term}}  # beside",
        "+  term: {value: 3 working days, class: commitment, label: {zh: 期限, en: term}}  # beside",
    ]
    assert wrote.out == shown.out
    assert hall.read_text(encoding="utf-8") == before.replace(
        "value: 2 working", "value: 3 working"
    )


def test_rows_are_added_moved_and_taken_away_and_comments_stay(hall):
    def change(pages):
        price = pages["tables.price"]
        price.insert_rows(2)
        for column, value in (("id", "most"), ("if.people", 60), ("then.fee", 30.0)):
            cell(price, 2, column).value = value
        cell(price, 3, "then.fee").value = 25
        price.cell(row=1, column=9).value = "source"
        price.cell(row=3, column=9).value = "rules#9"

    edited(hall, change)
    told = run("workflow", "table", "import", "hall.yaml", "hall.xlsx", "--write")
    text = hall.read_text(encoding="utf-8")

    assert told.code == 0, told.err
    assert "      - id: most\n        if: {people: 60}\n        then: {fee: 30}\n" in text
    assert (
        '      - id: many\n        if: {people: 50}\n        then: {fee: 25}\n        source: "rules#9"\n\n      # others\n'
        in text
    )
    assert "# many people" in text


def test_a_row_that_is_gone_takes_its_lines_alone(hall):
    edited(hall, lambda pages: pages["tables.price"].delete_rows(2))

    run("workflow", "table", "import", "hall.yaml", "hall.xlsx", "--write")
    text = hall.read_text(encoding="utf-8")

    assert (
        "    rules:\n      # many people\n\n      # others\n      - {id: few, then: {fee: 0}}\n"
        in text
    )


def test_params_are_added_renamed_and_lose_keys(hall):
    def change(pages):
        page = pages["params"]
        cell(page, 2, "class").value = None
        page.append(["more", 5, "internal", "数", "number"])

    edited(hall, change)
    shown = run("workflow", "table", "import", "hall.yaml", "hall.xlsx").out

    assert "+  term: {value: 2 working days, label: {zh: 期限, en: term}}  # beside" in shown
    assert (
        "+  more:\n+    value: 5\n+    class: internal\n+    label: {zh: 数, en: number}" in shown
    )


def test_a_whole_part_can_go_and_come_back(hall):
    edited(hall, lambda pages: pages["params"].delete_rows(2))

    assert "+  {}" in run("workflow", "table", "import", "hall.yaml", "hall.xlsx").out


def test_a_change_that_makes_the_file_wrong_is_not_written(hall):
    before = hall.read_text(encoding="utf-8")
    edited(
        hall, lambda pages: setattr(cell(pages["params"], 2, "value"), "value", "3 wroking days")
    )

    told = run("workflow", "table", "import", "hall.yaml", "hall.xlsx", "--write")

    assert told.code == 1
    assert "HY" in told.err
    assert hall.read_text(encoding="utf-8") == before


@pytest.mark.parametrize(
    ("column", "value"),
    [("value", "=1+1"), ("value", "{a"), ("name", None)],
    ids=["a formula", "half a mapping", "no name"],
)
def test_a_cell_that_cannot_be_read_is_told(hall, column, value):
    edited(hall, lambda pages: setattr(cell(pages["params"], 2, column), "value", value))

    assert run("workflow", "table", "import", "hall.yaml", "hall.xlsx").code == 2


def test_what_is_no_workbook_of_ours_is_told(bare):
    (bare / "hall.yaml").write_text(HALL.read_text(encoding="utf-8"), encoding="utf-8")
    (bare / "x.xlsx").write_text("no", encoding="utf-8")
    openpyxl.Workbook().save(bare / "y.xlsx")
    (bare / "z.xlsx").write_bytes(workbook_of(sheets_of("params: {a: {value: 1}}\n")))

    codes = [
        run("workflow", "table", "import", "hall.yaml", name).code
        for name in ("x.xlsx", "y.xlsx", "z.xlsx", "none.xlsx")
    ]

    assert codes == [2, 2, 2, 3]
    assert run("workflow", "table", "export", "nothing", "-o", "x.xlsx").code == 3
    assert run("workflow", "table", "export", "hall.yaml", "-o", "no/x.xlsx").code == 2


def test_a_catalogue_is_named_like_a_workflow(bare):
    assert run("workflow", "table", "export", "work_items", "-o", "w.xlsx").code == 0
    assert "没有差异" in run("workflow", "table", "import", "work_items", "w.xlsx").err


def test_every_cell_of_a_workbook_is_text(bare):
    run("workflow", "table", "export", "consultation", "-o", "c.xlsx")

    pages = openpyxl.load_workbook("c.xlsx").worksheets
    assert {
        one.data_type
        for page in pages
        for row in page.iter_rows()
        for one in row
        if one.value is not None
    } == {"s"}


def anyhow_edited(rows, random):
    """Return rows with a few cells changed, emptied, added; rows taken away, moved, added."""
    rows = [dict(row) for row in rows]
    columns = sorted({column for row in rows for column in row})
    for _ in range(random.randint(1, 4)):
        row = random.choice(rows)
        column = random.choice(columns)
        kind = random.choice(["cell", "cell", "drop", "row", "gone", "move"])
        if kind == "cell" and column != "name":
            row[column] = random.choice(["5", "text", "[a, b]", "{a: 1}", "'=x", "true"])
        elif kind == "drop" and column not in {"name", "id", "code"}:
            row.pop(column, None)
        elif kind == "row":
            rows.insert(
                random.randint(0, len(rows)),
                {**row, columns[0]: "new"} | ({"name": f"n{len(rows)}"} if "name" in row else {}),
            )
        elif kind == "gone" and len(rows) > 1:
            rows.remove(row)
        elif kind == "move":
            rows.remove(row)
            rows.insert(random.randint(0, len(rows)), row)
    return rows


COMMENT = re.compile(r"^\s*#.*$", re.MULTILINE)
EDITED = ("consultation", "mediation", "packs/community_law", "catalogues/matters")


@settings(max_examples=examples(everyday=8, full=60), deadline=None)
@given(seed=st.integers(0, 2**31), name=st.sampled_from(EDITED))
def test_any_edit_comes_back_whole_and_leaves_every_comment(seed, name):
    random = Random(seed)
    text = (SHIPPED / f"{name}.yaml").read_text(encoding="utf-8")
    sheet = random.choice(sheets_of(text))
    rows = anyhow_edited(sheet.rows, random)

    after = changed_text(text, {sheet.path: rows})

    (found,) = [one for one in sheets_of(after) if one.path == sheet.path]
    wanted = [row_values(row) for row in rows]
    key = (
        (lambda row: str(row.get("name")))
        if sheet.path in {"params", "clocks"}
        else (lambda _row: "")
    )
    assert sorted((row_values(row) for row in found.rows), key=key) == sorted(wanted, key=key)
    if len(wanted) >= len(sheet.rows):
        assert COMMENT.findall(after) == COMMENT.findall(text)
