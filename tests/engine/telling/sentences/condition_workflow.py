"""A workflow with one of everything that a condition can read."""

from typing import Any

from tests.builders.toy_workflows import END, toy


def label(zh: str, en: str) -> dict[str, str]:
    """Return a label."""
    return {"zh": zh, "en": en}


FIELDS: dict[str, Any] = {
    "kind": {
        "type": "choice",
        "label": label("种类", "kind"),
        "options": {"tree": label("树", "tree"), "herb": label("草", "herb")},
    },
    "tags": {
        "type": "choice",
        "many": True,
        "label": label("标记", "tags"),
        "options": {"wet": label("湿", "wet"), "dry": label("干", "dry")},
    },
    "paid": {"type": "boolean", "label": label("已付款", "the fee is paid")},
    "mixed": {"type": "boolean", "label": label("混栽或间作", "mixed or alternating")},
    "shady": {"type": "boolean", "label": label("背阴", "shady")},
    "bare": {"type": "boolean"},
    "plants": {"type": "integer", "label": label("株数", "plants")},
    "visits": {"type": "integer", "label": label("到访次数", "number of visits")},
    "note": {"type": "text", "label": label("说明", "note")},
    "from_on": {"type": "date", "label": label("开始日", "first day")},
    "to_on": {"type": "date", "label": label("结束日", "last day")},
    "owner": {"type": "unit", "label": label("所属", "owner")},
    "twin": {"type": "case", "of": "toy", "label": label("对应案件", "twin case")},
    "beds": {
        "type": "list",
        "label": label("畦", "beds"),
        "of": {"name": {"type": "text", "label": label("名", "name")}, "full": {"type": "boolean"}},
    },
    "address": {"type": "list", "label": label("地址", "address"), "of": {"at": {"type": "text"}}},
}
FACTS = {
    "ready": {"is": "paid && plants > 0", "label": label("准备好", "a plot is ready")},
    "reached": {"is": "plants > 9", "label": label("数量达到要求", "there are full rows")},
    "must": {"is": "plants > 8", "label": label("须浇水", "a gardener must water")},
    "agree": {"is": "paid", "label": label("双方同意", "both agree")},
    "unnamed": {"is": "paid && kind == 'tree'"},
    "macro": {"is": "beds.exists(b, b.full)"},
    "open_beds": {"is": "size(beds.filter(b, !b.full))", "label": label("未满的畦数", "open beds")},
    "people": {"is": "plants + 1", "label": label("到场人数", "number of people")},
    "empty": {"is": "beds.map(b, b.name)", "label": label("未种的畦", "not planted yet")},
}
PARTS: dict[str, Any] = {
    "fields": FIELDS,
    "facts": FACTS,
    "roles": {"gardener": {"level": "garden"}},
    "params": {
        "most": {"value": 7, "label": label("上限", "limit")},
        "term": {"value": "2 working days", "label": label("期限", "term")},
    },
    "tables": {
        "grade": {
            "hit": "first",
            "label": label("等级", "grade"),
            "gives": {"class": ["A", "B"], "good": "boolean", "days": "integer"},
            "rules": [{"id": "r1", "then": {"class": "A", "good": True, "days": 3}}],
        }
    },
    "documents": {"receipt": {"label": label("回执", "receipt")}},
    "links": {"twins": {"workflow": "toy", "label": label("相关案件", "twin cases")}},
    "clocks": {
        "rest": {
            "at_least": "15 days",
            "starts": ["asked"],
            "label": label("静置期", "rest"),
        },
        "reply": {"within": "term", "starts": ["asked"], "label": label("答复期限", "reply")},
        "odd": {
            "within": {"n": "=plants", "unit": "days"},
            "starts": ["asked"],
            "label": label("浮动期限", "odd"),
        },
    },
    "states": {
        "asked": {
            "label": label("已提出", "asked"),
            "on": {
                "go": {"to": "done", "by": "anyone", "label": label("办结", "finish")},
                "again": [
                    {"to": "stay", "by": "anyone", "label": label("再来", "again"), "when": "paid"},
                    {"to": "stay", "by": "anyone", "label": label("又来", "once more")},
                ],
                "mute": {"to": "stay", "by": "anyone"},
            },
        },
        "done": {**END, "label": label("完成", "done")},
    },
}
TOY = toy(**PARTS)
