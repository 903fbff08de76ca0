"""Fields on their way, names that nothing uses, messages."""

from typing import Any

import pytest

from tests.builders.shelves import texts
from tests.builders.toy_workflows import field
from tests.engine.checking.meaning.checked_files import said

GO = {"to": "done", "by": "anyone"}
LABEL = {"zh": "某", "en": "some"}
PICK = field("choice", options={"a": LABEL, "b": LABEL, "c": LABEL})
NOTHING_GIVEN = {"to": "asked", "by": "anyone"}


def test_a_field_that_is_read_and_never_filled_is_named():
    found = said(
        "HY612",
        fields={"flag": field("boolean"), "note": field("text")},
        opening=NOTHING_GIVEN,
        states={"asked": {"on": {"go": {**GO, "when": "!flag", "asks": ["note"]}}}},
    )

    assert found == ["field 'thing' (flag) is read, but no move and no amendment fills it"]


@pytest.mark.parametrize(
    ("parts", "what"),
    [
        pytest.param(
            {"facts": {"idle": {"is": "true", "label": LABEL}}},
            "nothing uses 'some' (idle)",
            id="fact",
        ),
        pytest.param(
            {"fields": {"idle": field("text")}, "opening": NOTHING_GIVEN},
            "nothing uses 'thing' (idle)",
            id="field",
        ),
        pytest.param({"params": {"idle": {"value": 3}}}, "nothing uses 'idle'", id="param"),
        pytest.param(
            {"documents": {"idle": {"label": LABEL}}}, "nothing uses 'some' (idle)", id="document"
        ),
        pytest.param({"counts": {"idle": {"of": "toy"}}}, "nothing uses 'idle'", id="count"),
        pytest.param(
            {
                "tables": {
                    "idle": {
                        "hit": "first",
                        "gives": {"n": "integer"},
                        "rules": [{"id": "r", "then": {"n": 1}}],
                    }
                }
            },
            "nothing uses 'idle'",
            id="table",
        ),
    ],
)
def test_a_name_that_nothing_uses_is_idle(parts, what):
    assert said("HY613", **parts) == [what]


def test_what_a_library_brings_may_lie_idle():
    library = (
        "format: 1\nlibrary: shared\nfields: {spare: {type: text, label: {zh: 备用, en: spare}}}\n"
    )

    assert (
        said("HY613", uses=["shared"], opening=NOTHING_GIVEN, shelf=texts(library_shared=library))
        == []
    )


def test_whatever_reads_a_name_uses_it():
    asked = {
        "asked": {
            "on": {
                "go": {
                    **GO, "asks": ["rows", "who"], "when": "table.n > params.least && known",
                    "otherwise": {"zh": "只有{quoted_one}", "en": "only {quoted_one}"},
                    "sets": {"total": "=counts.used"}, "assigns": "who", "issues": ["paper"],
                    "opens": {"workflow": "toy", "as": "parts", "each": "rows"},
                    "joins": {"case": "mate"}, "signals": {"mate": {"does": "go"}},
                },
            }
        }
    }  # fmt: skip
    parts: Any = {
        "fields": {
            "rows": {"type": "list", "of": {"day": {"type": "date"}}}, "who": field("person"), "total": field("integer"),
            "mate": field("case", of="toy"), "kind": PICK, "start": field("date"), "secret": field("boolean"),
        },
        "facts": {"known": {"is": "filled.kind", "label": LABEL}, "quoted_one": {"is": "size(rows)", "label": LABEL}},
        "tables": {"table": {"hit": "first", "gives": {"n": "integer"}, "rules": [{"id": "r", "then": {"n": "=size(rows)"}}]}},
        "params": {"least": {"value": 1}, "term": {"value": "2 days"}},
        "counts": {"used": {"of": "toy", "where": {"kind": "kind"}}},
        "documents": {"paper": {"label": LABEL}},
        "links": {"parts": {"workflow": "toy"}, "mate": {"workflow": "toy"}},
        "roles": {"gardener": {"level": "garden", "in_case": "who", "never": "mate"}},
        "sealed": {"when": "secret", "to": ["gardener"]},
        "clocks": {
            "one": {"within": "term", "runs_from": "start", "starts": ["asked"], "when": "known"},
            "two": {"at_least": {"n": "=total", "unit": "days"}, "starts": ["asked"]},
            "three": {"due": "item.day", "each": "rows", "starts": ["asked"]},
        },
        "unique": ["kind"],
    }  # fmt: skip

    assert said("HY613", states=asked, **parts) == []


def early(when, **parts):
    states = {
        "asked": {
            "on": {
                "note": {"to": "later", "by": "anyone", "asks": ["count"]},
                "skip": {"to": "later", "by": "anyone"},
            }
        }
    }
    later = {"on": {"go": {**GO, "when": when}, "end": GO}, **parts.pop("later", {})}
    return said(
        "HY614",
        fields={"count": field("integer")},
        opening=NOTHING_GIVEN,
        states={**states, "later": later},
        **parts,
    )


def test_a_guard_that_reads_what_one_way_has_not_filled_shows_that_way():
    assert early("count > 3") == [
        "the guard of 'go' reads field 'thing' (count), which one way has not filled and nobody can fill here; the way: opening (open1) → skip"
    ]


@pytest.mark.parametrize(
    ("when", "later"),
    [
        pytest.param("filled.count && count > 3", {}, id="it asks whether it is filled"),
        pytest.param("!filled.count || count > 3", {}, id="it does without"),
        pytest.param(
            "count > 3",
            {"amends": {"by": ["gardener"], "fields": ["count"]}},
            id="it can be entered there",
        ),
    ],
)
def test_a_guard_may_read_a_field_where(when, later):
    assert early(when, later=later) == []


def test_a_field_that_a_move_at_the_state_fills_is_not_read_early():
    later = {
        "on": {
            "go": {**GO, "when": "count > 3"},
            "fill": {"to": "stay", "by": ["gardener"], "asks": ["count"]},
            "end": GO,
        }
    }

    assert early("count > 3", later=later) == []


def test_a_guard_with_too_much_to_try_is_not_accused():
    fields = {f"n{k}": field("integer") for k in range(14)}
    when = " && ".join(f"n{k} > {k} && n{k} < 100 + {k}" for k in range(14))
    states = {
        "asked": {"on": {"go": {"to": "later", "by": "anyone"}}},
        "later": {"on": {"go": {**GO, "when": when}, "end": GO}},
    }

    assert said("HY614", fields=fields, states=states) == []
    assert said("HY605", fields=fields, states=states) == []


def told(by, privacy, **more):
    move = {
        "to": "done",
        "by": by,
        "when": "flag",
        "otherwise": {"zh": "原因是{note}", "en": "because of {note}"},
    }
    fields = {"flag": field("boolean"), "note": {**field("text"), "privacy": privacy, **more}}
    return said(
        "HY618",
        fields=fields,
        readers={"personal": ["gardener"], "internal": "anyone"},
        roles={"gardener": {"level": "garden"}, "head": {"level": "region"}},
        states={"asked": {"on": {"go": move}}},
    )


def test_a_message_must_not_quote_what_its_reader_may_not_see():
    assert told(["head", "gardener"], "personal") == [
        "a message of 'go' quotes '{note}', but 'head' may not read field 'thing' (note) and will see it masked"
    ]


@pytest.mark.parametrize(
    ("by", "privacy"),
    [
        pytest.param(["gardener"], "personal", id="its reader may see it"),
        pytest.param(["head"], "public", id="it is public"),
        pytest.param(["head"], "internal", id="anyone may read its class"),
        pytest.param(["clock"], "personal", id="no person reads it"),
    ],
)
def test_a_message_may_quote_a_field_where(by, privacy):
    assert told(by, privacy) == []


def test_a_sealed_field_is_quoted_to_those_alone_who_may_open_it():
    assert len(told(["gardener"], "personal", seal="done", seal_to=["head"])) == 1


def test_a_field_that_is_always_hidden_is_quoted_to_those_alone_who_read_it():
    assert len(told(["gardener"], "personal", seal_to=["head"])) == 1
    assert told(["head"], "personal", seal_to=["head"]) == []
    assert told(["gardener"], "personal", seal_to=["anyone"]) == []


def test_of_a_field_of_several_values_only_being_filled_is_told_apart():
    many = field("choice", many=True, options={"a": LABEL, "b": LABEL})
    found = said(
        "HY612",
        fields={"flags": many},
        opening={"to": "asked", "by": "anyone", "may": ["flags"]},
        states={"asked": {"on": {"go": {**GO, "when": "filled.flags"}, "leave": GO}}},
    )

    assert found == []
