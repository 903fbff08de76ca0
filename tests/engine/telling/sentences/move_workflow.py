"""A workflow with one of everything that a move, a clock, a table or a role can be."""

from typing import Any

from tests.builders.toy_workflows import END, toy
from tests.engine.telling.sentences.condition_workflow import label

FIELDS: dict[str, Any] = {
    "plot": {"type": "text", "label": label("地块", "plot")},
    "size": {"type": "integer", "label": label("大小、形状", "size, shape")},
    "kind": {"type": "choice", "label": label("种类", "kind"), "options": {"a": label("甲", "A")}},
    "done": {"type": "boolean", "label": label("已种", "it is planted")},
    "who": {"type": "person", "label": label("园丁", "gardener")},
    "day": {"type": "date", "label": label("日期", "day")},
    "twin": {"type": "case", "of": "toy", "label": label("对应案件", "twin case")},
    "secret": {"type": "text", "privacy": "sealed", "label": label("密语", "secret")},
    "rows": {
        "type": "list",
        "label": label("行", "rows"),
        "of": {
            "on": {"type": "date", "label": label("日期", "on")},
            "who": {"type": "person", "label": label("人", "person")},
            "planted": {"type": "date", "optional": True, "label": label("种植日", "planted")},
        },
    },
}
ROLES: dict[str, Any] = {
    "gardener": {"level": "garden", "label": label("园丁", "gardener")},
    "head": {"level": "region", "label": label("会长", "head")},
    "member": {"label": label("成员", "a member"), "in_case": "who", "never": "rows.who",
               "recorded_by": ["gardener"]},
    "minding": {"level": "garden", "post": "gardener", "in_case": "who", "label": label("经办人", "who has it")},
    "below": {"level": "bed", "reach": "below", "label": label("畦长", "bed keeper")},
    "porter": {"level": "own", "label": label("门卫", "porter")},
    "listed": {"in_case": "plotters", "label": label("种植人", "planter")},
}  # fmt: skip
PARTS: dict[str, Any] = {
    "fields": FIELDS,
    "roles": ROLES,
    "facts": {
        "plotters": {"is": "rows.map(r, r.who)", "label": label("种植人", "planters")},
        "first_day": {"is": "latest(rows.map(r, r.on))", "label": label("末日", "last day")},
    },
    "params": {
        "term": {"value": "5 working days", "label": label("期限参数", "term")},
        "days": {"value": 4, "label": label("日数参数", "days")},
    },
    "tables": {
        "law": {
            "hit": "first", "label": label("规则", "law"),
            "gives": {"days": "integer", "share": "share", "says": "label", "note": "text"},
            "rules": [
                {"id": "one", "if": {"kind": "a", "done": True}, "from": "2026-01-01",
                 "then": {"days": 3, "share": ">= 2/3", "says": label("好", "good")}},
                {"id": "two", "if": "done || filled.plot", "until": "2026-12-31",
                 "then": {"days": 0, "share": "all", "note": "=plot"}},
                {"id": "rest", "then": {"share": "> 1/2", "days": 1}},
            ],
        }
    },
    "documents": {"paper": {"label": label("通知", "notice")}},
    "links": {"twins": {"workflow": "toy", "label": label("另案", "twin")}},
    "clocks": {
        "wait": {"at_least": "1 month", "starts": ["asked"], "label": label("等候期", "wait")},
        "term": {"within": "term", "starts": ["grown"], "stops": ["done"],
                 "label": label("答复期", "answer")},
        "row": {"each": "rows", "due": "item.on", "met": "item.planted", "starts": ["grown"],
                "when": "item.who == who", "stops": "finals", "label": label("逐行", "row")},
        "made": {"within": {"n": "=params.days", "unit": "days"}, "starts": [{"move": "grow"}],
                 "again": "restart", "stops": [{"move": "tick"}], "label": label("办理期", "made")},
        "law": {"at_least": {"n": "=law.days", "unit": "days"}, "starts": [{"move": "tick"}],
                "runs_from": "first_day", "met": "done", "stops": "none", "label": label("法定", "law")},
        "cases": {"starts": ["grown"], "label": label("分情形", "cases"), "rules": [
            {"if": "done", "within": "0 days"}, {"within": {"n": "=size", "unit": "hours"}}]},
        "late": {"within": "2 days", "starts": ["done", {"move": "end"}], "label": label("善后", "late")},
        "ended": {"within": "2 days", "starts": [{"move": "end"}], "label": label("不算", "not")},
    },
    "opening": {"to": "asked", "by": "anyone", "asks": ["plot"], "may": ["size", "kind"]},
    "states": {
        "asked": {
            "label": label("已提出", "asked"),
            "on": {
                "grow": {
                    "id": "G1", "label": label("栽种", "plant"), "to": "grown", "by": ["gardener", "head"],
                    "cosign": ["head"], "propose": ["below"], "asks": ["plot", "size"],
                    "when": [{"that": "filled.plot", "source": "law#1"}, {"that": "done || size > 3"}],
                    "sets": {"kind": "a", "day": "=today", "done": True},
                    "assigns": "who", "tells": ["head", "anyone"], "issues": ["paper"],
                    "delivers": ["paper"], "opens": [{"workflow": "toy", "as": "twins", "each": "rows"},
                                                     {"workflow": "toy", "as": "twins"}],
                },
                "tick": {"to": "stay", "by": "clock", "when": ["done", "filled.plot", "size > 3"],
                         "adds": ["rows"], "edits": {"rows": ["planted"]}},
                "long": {"to": "stay", "by": "link", "label": label("长", "long"),
                         "when": ["size > 3 && filled.plot && done && size > 4 && size > 5 && size > 6",
                                  "filled.plot && done && size > 7 && filled.kind"]},
                "alone": {"to": "stay", "by": "opener", "when": "size > 1 && size > 2 && size > 3 && "
                          "size > 4 && size > 5 && size > 6 && size > 7 && size > 8 && size > 9"},
                "end": {"to": "done", "by": "member", "label": label("了结", "end"), "outcome": "negative",
                        "joins": {"case": "twin", "as": "twins"}, "signals": {"links.twins": {"does": "end"}},
                        "erases": ["secret"], "from": "2026-01-01"},
            },
        },
        "grown": {"label": label("已栽", "grown"), "on": {"away": {"to": "over", "by": "anyone"}}},
        "over": {"label": label("覆盖", "over"), "on": {"home": {"to": "back", "by": "anyone"}, "out": {"to": "done", "by": "anyone"}}},
        "done": {**END, "label": label("完成", "done"),
                 "on": {"redo": {"to": "asked", "by": "head", "label": label("重做", "redo")}}},
    },
    "overlays": {"over": {"over": ["grown"]}},
}  # fmt: skip
TOY = toy(**PARTS)
