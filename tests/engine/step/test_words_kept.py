"""What is kept of texts and reasons, and where: nothing sealed stands in clear."""

import pytest

from tests.builders.club_worlds import fire, variant_of, world
from tests.builders.toy_workflows import field, toy

WORKFLOW = toy(
    roles={"gardener": {"level": "garden"}, "head": {"level": "region"}},
    fields={"k": field("integer"), "n": field("integer"), "s": {"type": "text", "privacy": "confidential"}},
    states={
        "asked": {
            "on": {
                "go": {"to": "done", "by": "gardener", "cosign": ["head"], "asks": ["n"], "may": ["s"]},
                "tell": {"to": "stay", "by": "gardener", "asks": ["k", "s"]},
            },
        },
    },
)  # fmt: skip


def test_a_secret_salt_lies_in_the_vault_of_what_the_text_holds():
    salted = world(salt="secret")
    case = variant_of(WORKFLOW)

    one = fire(WORKFLOW, case, "go", data={"n": 2, "s": "hush"}, at=salted)
    other = fire(WORKFLOW, case, "go", data={"n": 2, "s": "hush"}, at=world(salt="another"))
    plain = fire(WORKFLOW, case, "go", data={"n": 2}, at=salted)

    assert one.after.proposals[0].hash != other.after.proposals[0].hash
    sealed = one.event.sealed["confidential"]
    assert sealed is not None
    assert (sealed["data"], len(str(sealed["salt"]))) == ({"go": {"s": "hush"}}, 64)
    assert "secret" not in str(one.event)
    assert one.event.public["salt"] not in {sealed["salt"], "secret"}
    assert plain.event.sealed == {}


@pytest.mark.parametrize(
    ("data", "where"), [({"k": 1}, "public"), ({"s": "x"}, "confidential"), ({"k": 1, "s": "x"}, "confidential")]
)  # fmt: skip
def test_a_reason_is_kept_with_the_class_of_what_it_speaks_of(data, where):
    entered = fire(WORKFLOW, variant_of(WORKFLOW), "tell", data={"k": 0, "s": "y"}).after
    event = fire(WORKFLOW, entered, "", kind="correct", data=data, reason="why").event

    kept = {name for name, part in event.sealed.items() if part and "reason" in part}
    assert (event.reason, kept or {"public"}) == ("why", {where})
    assert ("reason" in event.public) is (where == "public")
