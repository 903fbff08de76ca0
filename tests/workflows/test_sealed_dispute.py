"""Story M-02: nothing of a sealed dispute reaches who may not know it, nor a robot's readers."""

from collections.abc import Iterator
from typing import Any

import pytest

from heyi.app.alerts.texts import message
from heyi.app.cases.cases import Cases
from heyi.app.reader import Reader
from tests.builders.areas import clocks_of, deliveries_of
from tests.builders.shelves import SHIPPED
from tests.workflows.every_reader import TOLD, everything_told
from tests.workflows.every_reader import Reader as Asked
from tests.workflows.knowing_table import UNITS, Stage
from tests.workflows.scenario_player import ZONE
from tests.workflows.test_who_may_know import Building, building

__all__ = ["building"]

SAID_OF_VIOLENCE = ("violence", "child", "victim", "暴力", "未成年", "受害", "家暴")
"""Words that would tell what a sealed case is about; no shipped list or clock needs them."""


def _texts(value: Any) -> Iterator[str]:
    """Yield every text of some values that is long enough to be known again."""
    if isinstance(value, str) and len(value) > 3 and not value[:4].isdigit():
        yield value
    elif isinstance(value, dict):
        for one in value.values():
            yield from _texts(one)
    elif isinstance(value, list | tuple):
        for one in value:
            yield from _texts(one)


def test_nothing_of_a_sealed_dispute_reaches_who_may_not_know_it(
    building: Building, caplog: pytest.LogCaptureFixture
):
    with building.at(Stage(file="dispute", scenario=8, steps=12)) as office:
        with office.cases.store.read() as work:
            case = work.cases.load(office.case)
        canaries = {*_texts(dict(case.fields)), *(one for one in (case.id, case.number) if one)}
        # Options and units are published.
        published = (SHIPPED / "dispute.yaml").read_text(encoding="utf-8")
        canaries = {one for one in canaries if one not in published} - {*UNITS}
        assert len(canaries) > 3
        told = ""
        with caplog.at_level("DEBUG"):
            for person in ("handler.xingfu", "head.xingfu", "stranger"):
                reader = Asked(
                    cases=office.cases, ref=case.number or case.id, person=person, now=office.now
                )
                ways = [name for name in TOLD if name not in {"messages", "lists", "clocks"}]
                found = "\n".join(text for _way, text in everything_told(reader, ways))
                lists = Cases(office.cases).list(Reader(person=person), now=office.now)
                runs = clocks_of(office.cases).list(Reader(person=person), now=office.now)
                # The reference is what they gave themselves.
                told += found.replace(reader.ref, "") + str(lists) + str(runs)
        told += caplog.text

    assert [one for one in canaries if one in told] == []
    assert [one for one in SAID_OF_VIOLENCE if one in told] == []


def test_messages_to_a_robot_tell_of_a_sealed_dispute_where_and_how_late_alone(
    building: Building,
):
    with building.at(Stage(file="dispute", scenario=8, steps=12)) as office:
        notices = deliveries_of(office.cases, office.now).notices
        with office.cases.store.read() as work:
            case = work.cases.load(office.case)
            alerts = [one for one in work.alerts.of(office.case) if one.clock]
            known = notices.known(work, alerts)
            found = [notices.told(work, one, known, None, now=office.now) for one in alerts]
        texts = [
            message(one, lang="both", base_url="https://heyi.example", zone=ZONE).body
            for one in found
        ]

    assert texts
    for text in texts:
        assert "https" not in text
        assert case.id not in text
        assert case.number is None or case.number not in text
        assert not any(word in text for word in SAID_OF_VIOLENCE)
