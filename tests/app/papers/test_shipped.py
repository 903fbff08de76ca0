"""The notices of the shipped workflows, printed from the cases of their own author tests."""

from collections.abc import Iterator

import pytest

from engine.case.errors import AccessError
from engine.case.values import Case
from heyi.app.cases.casework import Casework
from heyi.app.papers.models import Printed
from storage.kernel.errors import CaseNotFound
from storage.kernel.records import CaseQuery
from tests.builders.printing_office import LATER, printed, reader, text_of
from tests.builders.shelves import SHIPPED
from tests.workflows.scenario_player import Cast, scripts

NOTICES = {
    "access_control:refusal": ("不予准入决定书", "决定：不予准入", "申请复核"),
    "access_control:approval": (
        "准入决定书",
        "同意准入",
        "《城市居民委员会组织法》（2025年修订）第43条",
    ),
    "access_control:gaps_note": ("补正通知书", "须补正的内容", "5个工作日"),
    "access_control:list_version": ("准入清单公示", "《社区工作事项清单》第", "不少于15日"),
    "task:refusal": ("任务拒绝回执", "现予退回", "异议期限"),
    "certificate:guide": ("证明事项办理指引", "到哪里办理", "为什么社区不出具"),
}
"""The six lawful notices of admission, with words that each must hold."""


def issued(cases: Casework) -> Iterator[tuple[Case, str]]:
    with cases.store.read() as work:
        found = [work.cases.load(one.id) for one in work.cases.list(CaseQuery())]
    yield from ((case, name) for case in found for name in case.documents)


def for_somebody(cases: Casework, case: Case, document: str) -> Printed | None:
    """Print for whoever may read most of it."""
    with cases.store.read() as work:
        people = [person.id for person in work.people.all()]
    found = []
    for person in people:
        try:
            found.append(printed(cases, case.id, document, person=person, now=LATER))
        except (AccessError, CaseNotFound):
            continue
    return min(found, key=lambda one: len(one.masked), default=None)


@pytest.fixture(scope="session")
def notices(tmp_path_factory) -> dict[str, Printed]:
    """The first paper of each of the six kinds that the author tests issue."""
    found: dict[str, Printed] = {}
    cast = Cast(tmp_path_factory.mktemp("notices"), shelf=SHIPPED)
    wanted = {name.partition(":")[0] for name in NOTICES}
    for script in scripts():
        workflow = script.rule.workflow
        if workflow not in wanted or not _missing(workflow, found):
            continue
        rules = cast.workflow(workflow)
        with cast.rehearsal.stage(script.rule, script.scenario) as cases:
            for _played in cast.rehearsal.play(cases, script.rule, script.scenario, rules):
                pass
            for case, document in issued(cases):
                name = f"{case.workflow}:{document}"
                if name in NOTICES and name not in found:
                    paper = for_somebody(cases, case, document)
                    assert paper is not None, name
                    found[name] = paper
    return found


def _missing(workflow: str, found: dict[str, Printed]) -> bool:
    return any(name.startswith(f"{workflow}:") and name not in found for name in NOTICES)


@pytest.mark.parametrize("name", NOTICES)
def test_a_lawful_notice_is_printed_from_the_data_of_its_case(name, notices):
    paper = notices[name]

    text = text_of(paper.pdf)
    assert paper.label == NOTICES[name][0]
    assert paper.masked == ()
    for words in (*NOTICES[name], paper.number, "出具单位：", "经办岗位：", "依据", "签字："):
        assert words in text, words
    assert "（未填）" not in text
    assert len(reader(paper.pdf).pages) <= 3
