"""The reference of the language, written from the models and the words for their keys."""

from typing import Any

from pydantic import BaseModel

from engine.language.model import WorkflowDef
from heyi.app.authors.writing.keys import about, keys_of, models
from heyi.app.authors.writing.schema import workflow_schema

_HEAD = """# The workflow language 流程语言

Every key that a workflow file may hold, with its type, meaning and an example. Written by `make docs` from the models
that check the files; change the source, not this page. An editor that reads `yaml-language-server` modelines completes
and checks by the same models: `heyi workflow new` sets it up.

YAML 1.2, one workflow a file. Ids are `[a-z][a-z0-9_]*`. A plain value is a literal; text that begins with `=` is an
expression (CEL). Labels are `{zh: …, en: …}`; Chinese is required, a missing English one is a warning. Unknown and
repeated keys, tags, anchors and merge keys are refused; so is what is over 1 MiB, 100,000 nodes or 32 levels.
Required keys are marked `*`.
"""


def language_page() -> str:
    """Return the page of all keys of a workflow file."""
    schema = workflow_schema()
    lines = [_HEAD.rstrip()]
    for model in models():
        lines += ["", *_section(schema, model)]
    return "\n".join([*lines, ""])


def title(model: type[BaseModel]) -> str:
    """Return the name of a part as the page has it."""
    return model.__name__.removesuffix("Def").lower()


def _section(schema: dict[str, Any], model: type[BaseModel]) -> list[str]:
    zh, en = about(model)
    own = schema if model is WorkflowDef else schema["$defs"][model.__name__]
    lines = [f"## {title(model)}", "", f"{zh} · {en}", ""]
    lines += ["| key | type | 含义 | meaning | example |", "|---|---|---|---|---|"]
    for key in keys_of(model):
        mark = "*" if key.required else ""
        kind = type_of(own["properties"][key.name])
        cells = (f"`{key.name}`{mark}", kind, key.zh, key.en, f"`{key.name}: {key.example}`")
        lines.append("| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |")
    return lines


def type_of(part: dict[str, Any]) -> str:
    """Return a part of the schema in words."""
    if "$ref" in part:
        name = part["$ref"].rpartition("/")[2].removesuffix("Def").lower()
        return f"[{name}](#{name})"
    if "enum" in part or "const" in part:
        return " ".join(f"`{one}`" for one in part.get("enum", [part.get("const")]))
    for several in ("anyOf", "oneOf"):
        if several in part:
            kinds = [type_of(one) for one in part[several] if one != {"type": "null"}]
            return " or ".join(dict.fromkeys(kinds))
    if part.get("type") == "array":
        return f"list of {type_of(part.get('items', {}))}"
    if part.get("type") == "object":
        return _mapping(part)
    if "pattern" in part and part["pattern"].startswith("^[a-z]"):
        return "id"
    kinds = part.get("type", "anything")
    return kinds if isinstance(kinds, str) else " or ".join(kinds)


def _mapping(part: dict[str, Any]) -> str:
    inner = [*part.get("patternProperties", {}).values()]
    if isinstance(part.get("additionalProperties"), dict):
        inner.append(part["additionalProperties"])
    if part.get("properties"):
        return "{" + ", ".join(part["properties"]) + "}"
    return f"mapping to {type_of(inner[0])}" if inner else "mapping"
