"""What a step consulted is kept in its event."""

from dataclasses import replace

from tests.builders.club_worlds import fire, variant_of, world
from tests.builders.toy_workflows import toy


def test_a_step_keeps_under_which_profile_it_was_made():
    workflow = toy()

    step = fire(workflow, variant_of(workflow), "go", at=replace(world(), profile="hainan@1"))

    told, plain = (
        dict(one.event.public)["consulted"]
        for one in (step, fire(workflow, variant_of(workflow), "go"))
    )
    assert isinstance(told, dict)
    assert told["profile"] == "hainan@1"
    assert isinstance(plain, dict)
    assert "profile" not in plain
