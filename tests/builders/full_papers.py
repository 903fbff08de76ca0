"""Papers that are full: every place of a layout filled, with many people and long texts."""

import re
from typing import Any

from tests.builders.shelves import SHIPPED

TEMPLATES = SHIPPED / "templates"
LONG = "双方自愿协商，先查清事实，再分清责任，互谅互让，把话说完，把事办妥。" * 12
NAMES = [
    "王建国", "李秀英", "欧阳海燕", "阿不都热西提·买买提", "陈静", "刘洋", "张伟", "吴芳", "赵明", "孙丽",
    "周小慧", "郑刚",
]  # fmt: skip
COLUMNS: dict[str, dict[str, list[str]]] = {
    "parties": {
        "person": NAMES, "side": ["申请人"], "contact": ["13800001111"], "agent": ["", "钱代理"],
    },
    "duties": {
        "who": NAMES, "does": ["赔偿损失一千二百元，并恢复原状"], "manner": ["现金或者转账"],
        "place": ["和顺社区调解室"], "due_on": ["2026年5月15日"],
    },
    "terms": {"who": NAMES, "does": ["让出车位"], "due_on": ["2026年5月15日"]},
    "signatures": {
        "who": NAMES, "capacity": ["当事人"], "signed_on": ["2026年5月9日"],
        "refusal_note": ["", "认为记录过于简略"],
    },
    "signed": {"party": NAMES},
    "sessions": {"held_at": ["2026年5月6日15:00"], "content": [LONG], "closed_doors": ["否"]},
    "helpers": {"name": ["马大姐", "牛工程师"], "capacity": ["邻里", "专家"]},
    "joint": {"committee": ["同心社区"], "mediator": ["何平"]},
    "present": {"group": ["车主", "租户", "外卖员"], "invited": ["6"], "present": ["5"]},
    "invited": {"group": ["车主", "租户", "外卖员"], "invited": ["6"]},
    "signin": {"group": ["车主", "租户", "外卖员"], "present": ["15"]},
    "impact": {"group": ["车主", "一楼住户"], "burden": ["遮光、噪声"], "compensation": ["", "移植"]},
    "seats": {"seat": ["社区党组织", "居委会", "业主委员会"], "body": ["书记", "主任", ""]},
    "opinions": {"group": ["租户"], "words": [LONG]},
    "dissents": {"group": ["车主", "一楼住户", "租户"], "words": [LONG], "answer": ["分时使用", ""]},
    "objections": {
        "who": ["周大爷", ""], "words": [LONG], "answer": [LONG], "received_on": ["2026年4月1日"],
    },
    "lines": {
        "what": ["施工许可", "铺设线路并恢复绿地"], "owner": ["和顺街道", "和顺社区"],
        "due_on": ["2026年5月8日"], "done_on": ["2026年5月7日", ""],
        "not_done_why": ["", "雨季，顺延到六月"],
    },
    "papers": {
        "document": [f"第{n}次人民调解记录" for n in range(1, 41)], "issued": ["2026年5月6日"],
        "delivered": ["", "2026年5月7日"],
    },
    "attached": {"what": ["协议书", "身份证明"]},
}  # fmt: skip
"""The lists that layouts know: columns, and texts that repeat down their rows."""
CLOCKS = {
    "due": "2026年5月9日",
    "span": "7日，自2026年5月2日的次日起算",
    "rests_on": "系统默认，非法定",
}
RULES = {
    "rule": "jwh2026.rr", "source": "《城市居民委员会组织法》（2025年修订）第28至29条", "says": "三分之二以上",
    "quorum": "三分之二以上", "majority": "过半数", "notice_days": "5", "by_area": "否",
}  # fmt: skip


def places(template: str) -> list[str]:
    """Return the places that a layout knows: those that it does not print as the rest."""
    text = (TEMPLATES / f"{template}.typ").read_text(encoding="utf-8")
    found = re.search(r"others\(\(([^)]*)\)\)", text)
    assert found is not None, f"{template}: no others((…))"
    return re.findall(r'"([a-z_]+)"', found[1])


def entry(place: str, *, rows: int) -> dict[str, Any]:
    """Return what stands at a place: a list with many rows, a rule, a clock, or long words."""
    plain: dict[str, Any] = {
        "path": place, "label": "甲项", "text": "", "head": [], "columns": [], "rows": [],
        "outputs": {}, "masked": False,
    }  # fmt: skip
    if place in COLUMNS:
        columns = COLUMNS[place]
        count = min(rows, max(len(texts) for texts in columns.values()))
        cells = [[texts[n % len(texts)] for texts in columns.values()] for n in range(count)]
        return plain | {
            "columns": [*columns],
            "head": [f"第{n}栏" for n, _ in enumerate(columns, 1)],
            "rows": cells,
        }
    if place == "rule":
        return plain | {"text": RULES["says"], "outputs": RULES}
    if place in {"term", "posted", "window", "open"}:
        return plain | {"text": f"至{CLOCKS['due']}", "outputs": CLOCKS}
    if place in {"story", "demands", "words", "reasons", "proposal", "undisputed", "agenda"}:
        return plain | {"text": f"{LONG}\n{LONG}"}
    return plain | {"text": "和顺社区三号楼东侧车棚"}


def full(template: str, *, rows: int = 12, leave: tuple[str, ...] = ()) -> dict[str, Any]:
    """Return a paper with every place of a layout filled, but those to leave out."""
    slots = {one: [entry(one, rows=rows)] for one in places(template) if one not in leave}
    found = {
        "name": template, "label": "人民调解文书", "workflow": "人民调解", "rules": "mediation@1",
        "number": "和顺社区民调〔2026〕0001号", "case": "x", "unit": "和顺社区", "to": NAMES[:rows],
        "signers": ["调委会主任", "调解员"], "says": "", "slots": slots, "changes": None,
        "entries": [one for many in slots.values() for one in many],
        "move": {"rule": "M19", "label": "书面协议生效", "source": "《人民调解法》第29条"},
        "next": [{"trigger": "challenge", "label": "要求更换调解员", "rule": "M08a", "source": "《人民调解法》第19条"}],
        "final": False, "outcome": "positive", "state": "结案", "date": "2026年5月9日", "event": 19,
        "corrected": False, "printed": "2026年6月1日09:30",
    }  # fmt: skip
    return found
