"""A shelf cut down to what a few workflows need."""

from heyi.app.library.chosen import ChosenShelf
from tests.builders.shelves import SHIPPED


def test_a_workflow_brings_along_what_it_links_to():
    shelf = ChosenShelf([SHIPPED], ["mediation"])

    names = {path.stem for path in shelf.workflow_files()}
    # The consultation is linked to the mediation, the joint consultation to the consultation.
    assert {"mediation", "consultation", "joint_consultation"} <= names
    assert not names & {"access_control", "task", "certificate"}


def test_a_workflow_that_links_to_nothing_stands_alone():
    assert [p.stem for p in ChosenShelf([SHIPPED], ["access_control"]).workflow_files()] == [
        "access_control"
    ]


def test_an_unknown_workflow_is_left_out():
    shelf = ChosenShelf([SHIPPED], ["nothing"])

    assert shelf.workflow_files() == []
    assert shelf.workflow("nothing") is None


def test_a_workflow_is_checked_once():
    shelf = ChosenShelf([SHIPPED], ["access_control"])

    assert shelf.workflow("access_control") is shelf.workflow("access_control")
