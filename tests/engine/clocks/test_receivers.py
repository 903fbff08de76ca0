"""Whom a rung tells: roles, the assignee, owners of items; who stands in, who is above."""

import pytest

from tests.builders.clock_cases import ITEMS, Garden, office
from tests.builders.club_worlds import fire


@pytest.mark.parametrize(
    ("tell", "given", "told"),
    [
        pytest.param(["head"], {}, ("tou",), id="a post above"),
        pytest.param(["bedder"], {}, ("hua",), id="posts below"),
        pytest.param(["porter"], {}, ("gao",), id="posts at the case's own unit, not above it"),
        pytest.param(["asker"], {"who": "ke"}, ("ke",), id="a person of the case"),
        pytest.param(["asker"], {}, ("er", "gao"), id="nobody yet: the first level"),
        pytest.param(["owner"], {"bed": "rose"}, ("hua",), id="whoever is at a unit of the case"),
        pytest.param(["both"], {"who": "er"}, ("er",), id="post and case"),
        pytest.param(["minding"], {"who": "er"}, ("er",), id="the post of another role and case"),
        pytest.param(
            ["minding"], {"who": "ke"}, ("er", "gao"), id="in the case but without that post"
        ),
        pytest.param(["both"], {"who": "ke"}, ("er", "gao"), id="in the case but without the post"),
        pytest.param(["head", "head"], {}, ("tou",), id="twice is once"),
        pytest.param(["gardener"], {"barred": "gao"}, ("er",), id="who is barred is not told"),
        pytest.param(["head"], {"barred": "tou"}, ("tou",), id="barred as another role"),
    ],
)
def test_a_rung_tells_whom_its_words_mean(tell, given, told):
    garden = Garden(rungs=[{"at": "50%", "tell": tell}], given=given)

    assert garden.told(7) == [("50%", told)]


@pytest.mark.parametrize(
    ("away", "given", "told"),
    [
        pytest.param({"er": None}, {}, ("gao",), id="the others hear"),
        pytest.param({"er": "ke"}, {}, ("ke", "gao"), id="a substitute"),
        pytest.param({"er": None, "gao": None}, {}, ("tou",), id="nobody left: the next level"),
        pytest.param({"er": "gao", "gao": None}, {}, ("tou",), id="the substitute is away too"),
        pytest.param({"er": "gao"}, {"barred": "gao"}, ("tou",), id="the substitute is barred"),
        pytest.param({"er": None, "gao": None, "tou": None}, {}, ("hua",), id="two levels up"),
        pytest.param(
            {"er": None, "gao": None, "tou": None, "hua": None}, {}, (), id="nobody anywhere"
        ),
    ],
)
def test_who_is_away_is_stood_in_for_else_the_next_level_hears(away, given, told):
    garden = Garden(rungs=[{"at": "50%", "tell": ["gardener"]}], office=office(**away), given=given)

    assert garden.told(7) == [("50%", told)]


def test_a_named_assignee_who_is_barred_passes_it_up():
    garden = Garden(rungs=[{"at": "50%", "tell": ["assignee"]}], given={"barred": "gao"})
    put = fire(garden.workflow, garden.case, "put", data={"who": "gao"}, at=garden.world)
    garden.case = put.after

    assert garden.told(7) == [("50%", ("tou",))]


def test_under_an_overlay_the_assignee_is_that_of_the_state_below():
    garden = Garden(rungs=[{"at": "50%", "tell": ["assignee"]}])
    garden.case = fire(garden.workflow, garden.case, "cover", at=garden.world).after

    assert garden.told(7) == [("50%", ("er", "gao"))]


def test_without_any_assignee_the_first_level_hears():
    garden = Garden(rungs=[{"at": "50%", "tell": ["assignee"]}], assignee=None)

    assert garden.told(7) == [("50%", ("er", "gao"))]


def test_a_person_without_a_role_of_the_ladder_passes_it_to_the_level_they_hold():
    garden = Garden(
        rungs=[{"at": "50%", "tell": ["asker"]}], given={"who": "gao"}, office=office(gao=None)
    )

    assert garden.told(7) == [("50%", ("tou",))]


@pytest.mark.parametrize(
    ("word", "row", "told"),
    [
        pytest.param("item.by_whom", {"by_whom": "ke"}, ("ke",), id="a person"),
        pytest.param("it.owner", {"owner": "rose"}, ("hua",), id="whoever is at the unit"),
        pytest.param("item.owner", {}, ("er", "gao"), id="nobody: the first level"),
    ],
)
def test_a_rung_of_an_item_tells_its_owner(word, row, told):
    garden = Garden(
        rungs=[{"at": "due", "tell": [word]}],
        clock=ITEMS,
        given={"rows": [{"due_on": "2026-03-05", **row}]},
    )

    (alert,) = garden.alerts(6)

    assert (alert.item, alert.persons) == (1, told)


def test_the_rungs_of_an_item_that_is_gone_go_to_the_first_level():
    garden = Garden(
        rungs=[{"at": "due", "tell": ["item.by_whom"]}],
        clock=ITEMS,
        given={"rows": [{"due_on": "2026-03-05", "by_whom": "ke"}]},
    )
    gone = fire(garden.workflow, garden.case, "", kind="amend", data={"rows": []}, at=garden.world)
    garden.case = gone.after

    assert garden.told(6) == [("due", ("er", "gao"))]


def test_what_nobody_can_sign_is_told_to_the_assignee():
    garden = Garden(rungs=[{"at": "due", "propose": "lapse"}])

    assert garden.told(13) == [("due", ("er", "gao"))]
