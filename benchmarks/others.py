"""Durable steps by SpiffWorkflow and django-fsm-2: the same two guards, settings and commits.

Both do less than a step of ours: no roles by unit, no deadline, no chained events, no refusal
with reasons. What they keep: the case, and one row of history a step.
"""

# ruff: noqa: ANN401 - neither ships types

import json
import sqlite3
from collections.abc import Sequence
from io import BytesIO
from itertools import count
from pathlib import Path
from time import perf_counter
from typing import Any

from benchmarks import toy
from benchmarks.rounds import Contender

PRAGMAS = "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;"


def django_fsm(folder: Path, *, moves: int) -> Contender:
    """Return a contender: select the row, take the transition, save, add a history row."""
    import django
    from django.conf import settings

    options = {"transaction_mode": "IMMEDIATE", "init_command": PRAGMAS}
    database = {"ENGINE": "django.db.backends.sqlite3", "NAME": str(folder / "django.db")}
    settings.configure(DATABASES={"default": {**database, "OPTIONS": options}}, USE_TZ=True)
    django.setup()
    from django.db import connection, transaction

    case_model, event_model = _models()
    with connection.schema_editor() as editor:
        editor.create_model(case_model)
        editor.create_model(event_model)
    cases = [case_model.objects.create(**toy.OPENING).pk for _ in range(20)]

    def run() -> float:
        began = perf_counter()
        for place in range(moves):
            with transaction.atomic():
                case = case_model.objects.get(pk=cases[place % len(cases)])
                case.amount, case.note = toy.TURNING["amount"], toy.TURNING["note"]
                before = case.state
                case.turn()
                case.revision += 1
                case.moved_at = toy.NOW
                case.save()
                event_model.objects.create(
                    case=case, seq=case.revision, actor=toy.CLERK.id, at=toy.NOW,
                    was=before, now=case.state, data=toy.TURNING,
                )  # fmt: skip
        return (perf_counter() - began) / moves

    return run


def _models() -> tuple[Any, Any]:
    from django.db import models
    from django_fsm import ConcurrentTransitionMixin, FSMField, transition

    def positive(case: Any) -> bool:
        return bool(case.amount > 0)

    def within(case: Any) -> bool:
        return bool(case.amount <= case.limit)

    class Case(ConcurrentTransitionMixin, models.Model):
        class Meta:
            app_label = "bench"

        state = FSMField(default="left", protected=True)
        topic, place, note = models.TextField(), models.TextField(), models.TextField(null=True)
        limit, amount = models.IntegerField(), models.IntegerField(null=True)
        revision, moved_at = models.IntegerField(default=1), models.DateTimeField(null=True)

        @transition(field=state, source="left", target="right", conditions=[positive, within])
        def to_right(self) -> None:
            """Go right."""

        @transition(field=state, source="right", target="left", conditions=[positive, within])
        def to_left(self) -> None:
            """Go left."""

        def turn(self) -> None:
            """Go to the other side."""
            (self.to_right if self.state == "left" else self.to_left)()

    class Event(models.Model):
        class Meta:
            app_label = "bench"

        case = models.ForeignKey(Case, on_delete=models.CASCADE)
        seq, actor, at = models.IntegerField(), models.TextField(), models.DateTimeField()
        was, now, data = models.TextField(), models.TextField(), models.JSONField()

    return Case, Event


GUARDS = "amount &gt; 0 and amount &lt;= limit"
BPMN = f"""<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL"
    xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" id="d" targetNamespace="toy">
  <bpmn:process id="toy" isExecutable="true">
    <bpmn:startEvent id="start"><bpmn:outgoing>f1</bpmn:outgoing></bpmn:startEvent>
    <bpmn:userTask id="turn" name="turn">
      <bpmn:incoming>f1</bpmn:incoming><bpmn:incoming>f3</bpmn:incoming>
      <bpmn:outgoing>f2</bpmn:outgoing>
    </bpmn:userTask>
    <bpmn:exclusiveGateway id="guard" default="f4">
      <bpmn:incoming>f2</bpmn:incoming>
      <bpmn:outgoing>f3</bpmn:outgoing><bpmn:outgoing>f4</bpmn:outgoing>
    </bpmn:exclusiveGateway>
    <bpmn:endEvent id="end"><bpmn:incoming>f4</bpmn:incoming></bpmn:endEvent>
    <bpmn:sequenceFlow id="f1" sourceRef="start" targetRef="turn" />
    <bpmn:sequenceFlow id="f2" sourceRef="turn" targetRef="guard" />
    <bpmn:sequenceFlow id="f3" sourceRef="guard" targetRef="turn">
    <bpmn:conditionExpression xsi:type="bpmn:tFormalExpression">{GUARDS}</bpmn:conditionExpression>
    </bpmn:sequenceFlow>
    <bpmn:sequenceFlow id="f4" sourceRef="guard" targetRef="end" />
  </bpmn:process>
</bpmn:definitions>
"""


def spiff(folder: Path, *, cases: int, moves: int, apart: bool) -> Contender:
    """Return a contender: load the workflow's JSON, complete the user task, store it again.

    Args:
        folder: for its database.
        cases: cases a round; each round has new ones.
        moves: moves a case.
        apart: leave the definition out of each stored case, which it does not by itself.
    """
    from SpiffWorkflow.bpmn.parser import BpmnParser

    connection = sqlite3.connect(folder / f"spiff_{apart}.db", isolation_level=None)
    connection.executescript(PRAGMAS)
    connection.execute("CREATE TABLE kept (id INTEGER PRIMARY KEY, revision, body)")
    connection.execute(
        "CREATE TABLE event (case_id, seq, actor, at, data, PRIMARY KEY (case_id, seq))"
    )
    parser = BpmnParser()
    parser.add_bpmn_io(BytesIO(BPMN.encode()))
    spec = parser.get_spec("toy")
    serializer = _serializer(spec, apart=apart)
    first = count(0, cases)

    def run() -> float:
        ids = range(start := next(first), start + cases)
        for case_id in ids:
            _opened(connection, serializer, spec, case_id)
        began = perf_counter()
        for seq in range(moves):
            for case_id in ids:
                _moved(connection, serializer, case_id, seq)
        return (perf_counter() - began) / (cases * moves)

    return run


def _serializer(spec: Any, *, apart: bool) -> Any:
    from SpiffWorkflow.bpmn.serializer import DEFAULT_CONFIG, BpmnWorkflowSerializer
    from SpiffWorkflow.bpmn.serializer.default.workflow import (
        BpmnWorkflowConverter,
        WorkflowConverter,
    )
    from SpiffWorkflow.bpmn.workflow import BpmnWorkflow

    class Lean(BpmnWorkflowConverter):
        def to_dict(self, workflow: Any) -> Any:
            kept = WorkflowConverter.to_dict(self, workflow)
            return {**kept, "subprocesses": {}, "bpmn_events": []}

        def from_dict(self, dct: Any) -> Any:
            return super().from_dict({**dct, "spec": spec})

    config = {**DEFAULT_CONFIG, BpmnWorkflow: Lean} if apart else DEFAULT_CONFIG
    return BpmnWorkflowSerializer(BpmnWorkflowSerializer.configure(config))


def _opened(connection: sqlite3.Connection, serializer: Any, spec: Any, case_id: int) -> None:
    from SpiffWorkflow.bpmn.workflow import BpmnWorkflow

    workflow = BpmnWorkflow(spec)
    workflow.do_engine_steps()
    for task in _ready(workflow):
        task.set_data(**toy.OPENING)
    body = serializer.serialize_json(workflow)
    connection.execute("INSERT INTO kept VALUES (?, 0, ?)", (case_id, body))


def _moved(connection: sqlite3.Connection, serializer: Any, case_id: int, seq: int) -> None:
    connection.execute("BEGIN IMMEDIATE")
    row = connection.execute("SELECT body FROM kept WHERE id = ?", (case_id,)).fetchone()
    workflow = serializer.deserialize_json(row[0])
    (task,) = _ready(workflow)
    task.set_data(**toy.TURNING)
    task.run()
    workflow.do_engine_steps()
    values = (seq + 1, serializer.serialize_json(workflow), case_id, seq)
    connection.execute("UPDATE kept SET revision=?, body=? WHERE id=? AND revision=?", values)
    data = json.dumps(toy.TURNING, ensure_ascii=False)
    event = (case_id, seq, toy.CLERK.id, toy.NOW.isoformat(), data)
    connection.execute("INSERT INTO event VALUES (?, ?, ?, ?, ?)", event)
    connection.execute("COMMIT")


def _ready(workflow: Any) -> Sequence[Any]:
    from SpiffWorkflow import TaskState

    return list(workflow.get_tasks(state=TaskState.READY, manual=True))
