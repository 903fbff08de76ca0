"""People of one case as expressions, roles and other cases see them; their numbers."""

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from engine.case.values import Actor
from engine.compiling.people import parse_person
from engine.facts.people import in_case, person_id, registered_in, restored
from engine.facts.roles import people_at, standing
from engine.language.parts import FieldDef
from tests.builders.club_worlds import facts_of, world
from tests.effort import examples
from tests.engine.facts.test_people import NAMES, PEOPLE, WORKFLOW, kept, read


def test_expressions_and_roles_see_ids_and_no_registered_person_is_matched():
    fields = kept(
        {"parties": [{"who": "张某"}, {"who": "li4"}], "expert": "刘某", "guests": ["王某"]}
    )
    facts = facts_of(WORKFLOW, fields=fields)

    assert facts["parties"][0]["who"] == "#1"
    assert (facts["expert"], facts["guests"]) == (
        fields["expert"]["id"],
        [fields["guests"][0]["id"]],
    )
    assert people_at("parties.who", facts) == ["#1", "li4"]
    assert standing(["party"], Actor(id="li4"), facts)
    assert not standing(["party"], Actor(id="张某"), facts)
    assert in_case(WORKFLOW, fields) == {"#1": "张某", "#2": "刘某", "#3": "王某"}
    assert registered_in(WORKFLOW, fields) == {"li4"}
    assert person_id(fields["expert"]) == "#2"


def test_an_id_that_an_expression_gave_gets_its_name_back():
    people = {"#1": "张某"}
    parties = WORKFLOW.fields["parties"]

    assert restored(WORKFLOW.fields["expert"], "#1", people) == {"id": "#1", "name": "张某"}
    assert restored(WORKFLOW.fields["guests"], ["li4", "#1"], people, ":c") == [
        "li4",
        {"id": "#1:c", "name": "张某"},
    ]
    assert restored(parties, [{"who": {"id": "#1", "name": "张某"}, "odd": 1}, "odd"], people, ":c") == [
        {"who": {"id": "#1:c", "name": "张某"}, "odd": 1}, "odd",
    ]  # fmt: skip
    assert restored(WORKFLOW.fields["old"], {"name": "x"}, people, ":c") == {"name": "x"}
    assert restored(parties.columns["side"], "#1", people) == "#1"


@given(
    moves=st.lists(
        st.tuples(
            st.sampled_from(["parties", "duties", "whole", "edit", "expert"]),
            st.lists(NAMES, min_size=1, max_size=3),
        ),
        max_size=6,
    )
)
@settings(max_examples=examples(everyday=60, full=2_000))
def test_no_two_people_of_a_case_ever_share_a_number(moves):
    fields: dict[str, Any] = {}
    for kind, names in moves:
        rows: list[dict[str, Any]] = [{"who": {"name": name}} for name in names]
        shapes: dict[str, dict[str, Any]] = {
            "parties": {"parties": rows[0]}, "whole": {"parties": rows}, "duties": {"duties": [{"owed": {"name": n}} for n in names]},
            "edit": {"parties": {"1": rows[0]}}, "expert": {"expert": names[0]},
        }  # fmt: skip
        data = shapes[kind]
        count = len(fields.get("parties", []))
        found = read(data, **fields)
        if found.reasons.found:
            continue
        if kind == "parties":
            grown: Any = found.fields["parties"]
            assert grown[:count] == fields.get("parties", [])
        fields = dict(found.fields)

        ids = [row["who"]["id"] for row in fields.get("parties", [])]
        assert len(set(ids)) == len(ids)
        values = [row["who"] for row in fields.get("parties", [])] + [
            row["owed"] for row in fields.get("duties", [])
        ]
        values += [fields["expert"]] if "expert" in fields else []
        assert len({(one["id"], one["name"]) for one in values}) == len(
            {one["id"] for one in values}
        )


@given(
    of=st.sampled_from(["office", "outside", "any"]),
    raw=st.sampled_from(
        ["li4", "sun", {"id": "li4"}, {"id": "#1", "name": "张某"}, {"name": "张某"}, "张某"]
    ),
)
@settings(max_examples=examples(everyday=18, full=60))
def test_what_was_read_is_read_alike_once_more(of, raw):
    part = FieldDef.model_validate({"type": "person", "of": of})
    try:
        once = parse_person(part, raw, world(people=PEOPLE))
    except ValueError:
        return

    assert parse_person(part, once, world(people=PEOPLE)) == once
