"""A large workflow: many states in a line with side ways, guards, groups, an overlay and clocks."""

from typing import Any

LABEL = {"zh": "某", "en": "some"}


def large(states: int) -> dict[str, Any]:
    """Return the parts of a file with this many states, as ``tests.builders.toy_workflows`` takes them."""
    names = [f"s{n}" for n in range(states)]
    fields: dict[str, Any] = {f"flag{n}": {"type": "boolean", "label": LABEL} for n in range(20)}
    fields |= {f"text{n}": {"type": "text", "label": LABEL} for n in range(20)}
    fields["pick"] = {"type": "choice", "options": {"a": LABEL, "b": LABEL}, "label": LABEL}
    fields["days"] = {"type": "integer", "min": 0, "label": LABEL}
    whole: dict[str, Any] = {name: _state(n, names) for n, name in enumerate(names)}
    whole["halted"] = {
        "label": LABEL,
        "on": {"resume": {"to": "back", "by": ["head"]}, "end": {"to": "done", "by": ["head"]}},
    }
    whole["done"] = {"final": True, "outcome": "positive", "label": LABEL}
    return {
        "fields": fields,
        "states": whole,
        "groups": {
            "open_ones": {"states": "all open", "on": {"halt": {"to": "halted", "by": "anyone"}}}
        },
        "overlays": {"halted": {"over": ["all open"]}},
        "clocks": {
            f"term{n}": {"within": "5 days", "starts": [names[n]]} for n in range(0, states, 20)
        },
    }


def _state(place: int, names: list[str]) -> dict[str, Any]:
    after = names[place + 1] if place + 1 < len(names) else "done"
    before = names[max(0, place - 7)]
    flag, text = f"flag{place % 20}", f"text{place % 20}"
    return {
        "label": LABEL,
        "on": {
            "go": [
                {
                    "id": f"a{place}",
                    "to": after,
                    "by": ["gardener"],
                    "asks": [text, flag],
                    "when": f"{flag} || days > 3",
                },
                {
                    "id": f"b{place}",
                    "to": before,
                    "by": ["gardener"],
                    "asks": ["pick", text],
                    "when": [f"!{flag}", "pick == 'a'"],
                },
            ],
            "note": {
                "id": f"c{place}",
                "to": "stay",
                "by": ["head"],
                "may": ["days"],
                "when": f"filled.{text}",
            },
        },
    }
