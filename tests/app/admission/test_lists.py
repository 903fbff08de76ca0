"""Lists of any day: the version that stood then, the rows valid then, and what changed."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from engine.case.values import Data, Plain, Publish
from engine.compiling.catalogues import CatalogueDef
from heyi.app.admission.listviews import changes_view, details, groups
from heyi.app.library.catalogues import (
    Changes,
    changes,
    file_changes,
    file_listing,
    listing,
    load_edition,
)
from storage.kernel.errors import CatalogueNotFound
from storage.work import Store
from tests.builders.errand_office import MASTER
from tests.builders.plain_views import plain

ZONE = ZoneInfo("Asia/Shanghai")
COLUMNS = {
    "name": {"type": "text", "label": {"zh": "名称", "en": "name"}},
    "name_en": {"type": "text", "optional": True},
    "kind": {
        "type": "choice",
        "label": {"zh": "类", "en": "kind"},
        "options": {"tool": {"zh": "工具", "en": "tools"}, "toy": {"zh": "玩具", "en": "toys"}},
    },
    "source": {"type": "text", "means": "provenance", "optional": True},
    "active": {"type": "boolean", "label": {"zh": "在用", "en": "in use"}},
    "hours": {"type": "integer", "optional": True, "label": {"zh": "小时", "en": "hours"}},
    "parts": {"type": "text", "many": True, "optional": True, "label": {"zh": "零件"}},
}


def row(code: str, **more: Plain) -> dict[str, Plain]:
    plain: dict[str, Plain] = {"code": code, "name": code, "kind": "tool", "active": True}
    plain["from"] = "2026-01-01"
    return {**plain, **more}


def goods(*rows: dict[str, Plain], version: int = 1) -> CatalogueDef:
    return CatalogueDef.model_validate(
        {"catalogue": "goods", "version": version, "title": {"zh": "物品", "en": "goods"},
         "columns": COLUMNS, "rows": rows}
    )  # fmt: skip


def noon(day: str) -> datetime:
    return datetime.fromisoformat(f"{day}T12:00:00").replace(tzinfo=ZONE).astimezone(UTC)


@pytest.fixture
def store(url: str) -> Iterator[Store]:
    with Store(url, MASTER) as opened:
        yield opened


def load(store: Store, rule: CatalogueDef, day: str) -> int:
    with store.write() as work:
        return load_edition(work, rule, at=noon(day), day=date.fromisoformat(day))


def publish(store: Store, day: str, put: Data, case: str = "case-1", *, drop: bool = False) -> None:
    with store.write() as work:
        effect = Publish(catalogue="goods", row=put, drop=drop)
        work.catalogues.publish(effect, at=noon(day), day=date.fromisoformat(day), case=case)


def codes(store: Store, day: str) -> list[str]:
    with store.read() as work:
        return sorted(listing(work, "goods", date.fromisoformat(day), ZONE).rows)


def between(store: Store, first: str, second: str) -> Changes:
    with store.read() as work:
        days = (date.fromisoformat(first), date.fromisoformat(second))
        return changes(work, "goods", days, ZONE)


def told(found: Changes) -> list[tuple[str, str, str | None]]:
    return [(one.kind, one.code, one.by.case if one.by else None) for one in found.rows]


def test_a_list_is_that_of_the_version_that_stood_at_the_end_of_the_day(store):
    load(store, goods(row("saw")), "2026-03-02")
    publish(store, "2026-03-05", {"code": "axe", "name": "axe", "kind": "tool", "active": True})

    assert codes(store, "2026-03-04") == ["saw"]
    assert codes(store, "2026-03-05") == ["axe", "saw"]


def test_a_version_made_at_noon_stands_from_that_day_on_in_the_offices_zone(store):
    with store.write() as work:
        # 23:30 of 2 March at the office is still 15:30 of the same day in UTC; 00:30 is not.
        late = datetime(2026, 3, 2, 16, 30, tzinfo=UTC)
        load_edition(work, goods(row("saw")), at=late, day=date(2026, 3, 3))

    with store.read() as work:
        second, third = (listing(work, "goods", date(2026, 3, day), ZONE).stood for day in (2, 3))

    assert (second, third) == (False, True)


def test_before_the_first_version_that_one_is_shown_and_said_not_to_have_stood(store):
    load(store, goods(row("saw"), row("axe", **{"from": "2026-02-01"})), "2026-03-02")

    with store.read() as work:
        found = listing(work, "goods", date(2026, 1, 15), ZONE)

    assert (found.version, found.stood) == (1, False)
    assert sorted(found.rows) == ["saw"]
    assert sorted(found.coming) == ["axe"]


def test_rows_hold_from_their_first_to_their_last_day(store):
    load(store, goods(row("saw", **{"from": "2026-03-02", "until": "2026-03-04"})), "2026-01-01")

    held = [codes(store, f"2026-03-0{day}") for day in range(1, 6)]

    assert held == [[], ["saw"], ["saw"], ["saw"], []]


def test_what_changed_names_the_case_that_made_the_version(store):
    load(store, goods(row("saw"), row("axe"), row("pin", until="2026-03-10")), "2026-03-01")
    publish(store, "2026-03-03", {"code": "saw", "active": False}, "case-2")
    publish(store, "2026-03-04", {"code": "axe"}, "case-3", drop=True)
    publish(store, "2026-03-05", {**row("nut"), "from": "2026-03-05"}, "case-4")
    publish(store, "2026-03-06", {**row("bolt"), "from": "2026-05-01"}, "case-5")

    found = between(store, "2026-03-01", "2026-03-20")

    assert told(found) == [
        ("added", "nut", "case-4"), ("changed", "saw", "case-2"), ("ended", "axe", "case-3"),
        ("ended", "pin", None), ("coming", "bolt", "case-5"),
    ]  # fmt: skip
    assert [one.version for one in found.editions] == [2, 3, 4, 5]
    assert next(one.before for one in found.rows if one.code == "saw") == {"active": True}


def test_the_order_of_the_days_does_not_matter(store):
    load(store, goods(row("saw")), "2026-03-01")
    publish(store, "2026-03-05", row("nut"))

    assert told(between(store, "2026-03-20", "2026-03-01")) == told(
        between(store, "2026-03-01", "2026-03-20")
    )


def test_nothing_changes_within_a_day(store):
    load(store, goods(row("saw")), "2026-03-01")

    assert between(store, "2026-03-05", "2026-03-05").rows == ()


def test_an_edited_file_makes_a_new_version_and_an_unchanged_one_none(store):
    versions = [
        load(store, goods(row("saw")), "2026-03-01"),
        load(store, goods(row("saw")), "2026-03-02"),
        load(store, goods(row("saw", hours=5)), "2026-03-03"),
    ]

    assert versions == [1, 1, 2]
    assert told(between(store, "2026-03-01", "2026-03-03")) == [("changed", "saw", None)]


def test_a_row_that_the_file_no_longer_has_ends_and_can_still_be_read(store):
    load(store, goods(row("saw"), row("axe")), "2026-03-01")
    again = [load(store, goods(row("saw")), day) for day in ("2026-03-05", "2026-03-09")]

    assert again == [2, 2]
    assert codes(store, "2026-03-04") == ["axe", "saw"]
    assert codes(store, "2026-03-05") == ["saw"]
    with store.read() as work:
        assert work.catalogues.rows("goods")["axe"]["until"] == "2026-03-04"


def test_a_file_never_undoes_what_a_case_has_published(store):
    load(store, goods(row("saw"), row("axe")), "2026-03-01")
    publish(store, "2026-03-02", {"code": "saw", "active": False})
    publish(store, "2026-03-02", row("nut"))
    publish(store, "2026-03-02", {"code": "axe"}, drop=True)

    load(store, goods(row("saw", hours=9), row("axe", hours=9)), "2026-03-09")

    with store.read() as work:
        rows = work.catalogues.rows("goods")
    assert rows["saw"]["active"] is False
    assert "hours" not in rows["saw"]
    assert rows["axe"]["until"] == "2026-03-01"
    assert "until" not in rows["nut"]


def test_a_catalogue_that_is_not_stored_is_said_to_be_missing(store):
    with store.read() as work, pytest.raises(CatalogueNotFound):
        listing(work, "goods", date(2026, 3, 1), ZONE)


def test_a_file_alone_has_lists_and_changes_by_its_rows_days():
    rule = goods(row("saw"), row("axe", **{"from": "2026-03-01"}))

    assert sorted(file_listing(rule, date(2026, 2, 1)).rows) == ["saw"]
    assert told(file_changes(rule, (date(2026, 2, 1), date(2026, 3, 1)))) == [
        ("added", "axe", None)
    ]


def test_groups_stand_in_the_order_of_the_options_and_only_where_they_have_rows():
    rows = [row("kite", kind="toy"), row("saw", name_en="a saw")]

    found = plain(groups(goods(), rows, "en"))

    assert [(one["word"], one["label"], len(one["rows"])) for one in found] == [
        ("tool", "tools", 1), ("toy", "toys", 1),
    ]  # fmt: skip
    assert [one["rows"][0]["title"] for one in found] == ["a saw", "kite"]
    assert [one["word"] for one in plain(groups(goods(), rows, "zh", "toy"))] == ["toy"]
    assert [one["word"] for one in plain(groups(goods(), rows[:1], "zh"))] == ["toy"]


@pytest.mark.parametrize(
    ("more", "lang", "expected"),
    [
        pytest.param({}, "zh", [], id="nothing to add"),
        pytest.param({"source": "read"}, "zh", [], id="provenance is not for readers"),
        pytest.param({"active": False}, "zh", [("在用", "否")], id="a no is told"),
        pytest.param({"hours": 5}, "en", [("hours", "5")], id="a number with its label"),
        pytest.param({"parts": ["a", "b"]}, "zh", [("零件", "a、b")], id="several"),
        pytest.param({"until": "2026-05-01"}, "en", [("until", "2026-05-01")], id="its last day"),
    ],
)
def test_details_of_a_row_are_what_a_reader_cannot_take_for_granted(more, lang, expected):
    assert [*details(goods(), row("saw", **more), lang)] == expected


def test_changes_in_words_have_before_and_after(store):
    load(store, goods(row("saw")), "2026-03-01")
    publish(store, "2026-03-02", {"code": "saw", "active": False, "kind": "toy"})

    found = between(store, "2026-03-01", "2026-03-02")
    view = plain(changes_view(goods(), found, "zh", lambda case: f"No. {case}"))

    [one] = view["changes"]
    assert one["by"]["case"] == "No. case-1"
    assert {(c["label"], c["before"], c["after"]) for c in one["columns"]} == {
        ("在用", "是", "否"), ("类", "工具", "玩具"),
    }  # fmt: skip
    assert plain(changes_view(goods(), found, "zh", str, "tool"))["changes"] == []
