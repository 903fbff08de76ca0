"""Reading acts: who read what of which case, newest first."""

import pytest

from storage.kernel.errors import TextRefused
from storage.kernel.records import Reading
from storage.work import Store
from tests.builders.stored_steps import AT, later, moment, opening, save


def test_reading_acts_are_told_of_one_case_newest_first(store: Store):
    case, other = save(store, opening()), save(store, opening())
    with store.write() as work:
        for day, person in enumerate(("ann", "bob", "ann")):
            at = moment(later(AT, days=day))
            work.readings.note(case.id, person=person, what="show", at=at)
        work.readings.note(other.id, person="eve", what="print:slip", at=moment(AT))

    with store.read() as work:
        found = work.readings.of(case.id)
        assert [one.person for one in found] == ["ann", "bob", "ann"]
        assert found[0] == Reading(
            id=found[0].id, case=case.id, person="ann", at=moment(later(AT, days=2)), what="show"
        )
        assert work.readings.of(case.id, limit=2) == found[:2]
        assert work.readings.of(case.id, limit=2, before=found[1].id) == found[2:]
        assert work.readings.of("x") == ()


def test_a_text_that_cannot_be_stored_is_refused(store: Store):
    case = save(store, opening())
    with store.write() as work, pytest.raises(TextRefused):
        work.readings.note(case.id, person="a\x00b", what="show", at=moment(AT))
