"""Makes the JSON Schema of workflow files from the model that checks them.

Validators that accept more than one shape (a word for a list of one, text for a number's
format) are told to the schema here, so that an editor does not call right files wrong.
"""

import json
from collections.abc import Callable, Mapping
from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import GenerateJsonSchema

from engine.language.model import WorkflowDef
from engine.language.words import ID, UNIT
from heyi.app.authors.writing.keys import about, keys_of, models

_SPAN = rf"^\d{{1,5}} {UNIT}$|^[a-z][a-z0-9_]{{0,63}}$"
_DRAFT_07 = "http://json-schema.org/draft-07/schema#"
Schema = dict[str, Any]


def _one_or_many(inner: Schema) -> Schema:
    return {"anyOf": [inner, inner["items"]]} if "items" in inner else inner


def _conditions(inner: Schema) -> Schema:
    lines = {**inner, "items": {"anyOf": [{"type": "string"}, inner["items"]]}}
    return {"anyOf": [{"type": "string"}, lines]}


def _stops(inner: Schema) -> Schema:
    return {"anyOf": [{"enum": ["none", "finals"]}, inner]}


def _length(_inner: Schema) -> Schema:
    span = {
        "type": "object",
        "properties": {"n": {"type": ["integer", "string"]}, "unit": {"type": "string"}},
        "required": ["n", "unit"],
        "additionalProperties": False,
    }
    return {"anyOf": [{"type": "string", "pattern": _SPAN}, span]}


def _name(inner: Schema) -> Schema:
    return {**inner, "pattern": f"^{ID.pattern}$"}


_SHAPES: Mapping[str, Callable[[Schema], Schema]] = {
    "_as_list": _one_or_many,
    "<lambda>": _one_or_many,
    "_conditions": _conditions,
    "_stops": _stops,
    "parse_span": _length,
    "_name": _name,
}
"""What a validator that runs before the type's own does to the type's schema, by its name."""


class _Generator(GenerateJsonSchema):
    def function_before_schema(self, schema: Any) -> Schema:
        inner = super().function_before_schema(schema)
        function = getattr(schema["function"]["function"], "__name__", "")
        return _SHAPES.get(function, dict)(inner)

    def dict_schema(self, schema: Any) -> Schema:
        found = super().dict_schema(schema)
        # Without this a key that is no id would pass unseen.
        closed = {"additionalProperties": False} if "patternProperties" in found else {}
        return {**found, **closed}

    def default_schema(self, schema: Any) -> Schema:
        # A default is what the model makes of nothing, not always what a file may write.
        found: Schema = self.generate_inner(schema["schema"])
        return found


def workflow_schema(draft: str = "2020-12") -> Schema:
    """Return the JSON Schema of a workflow file.

    Args:
        draft: ``2020-12``, or ``07`` for older editors.
    """
    schema = WorkflowDef.model_json_schema(by_alias=True, schema_generator=_Generator)
    number = schema["properties"]["number"]
    number["anyOf"] = [{"type": "string", "minLength": 1}, *number["anyOf"]]
    for model in models():
        _describe(schema if model is WorkflowDef else schema["$defs"][model.__name__], model)
    if draft == "07":
        return {"$schema": _DRAFT_07, **_older(schema)}
    return {"$schema": GenerateJsonSchema.schema_dialect, **schema}


def _describe(schema: Schema, model: type[BaseModel]) -> None:
    """Give a part and its keys their meaning in both languages."""
    schema["description"] = " · ".join(about(model))
    for key in keys_of(model):
        part = schema["properties"][key.name]
        part.pop("title", None)
        part["description"] = f"{key.zh} · {key.en}"
        part["markdownDescription"] = f"{key.zh} · {key.en}\n\n`{key.name}: {key.example}`"


def _older(schema: Any) -> Any:
    """Return a schema in the words of draft-07, where ``$ref`` bears nothing beside it."""
    if isinstance(schema, list):
        return [_older(part) for part in schema]
    if not isinstance(schema, dict):
        return schema
    found = {("definitions" if key == "$defs" else key): _older(schema[key]) for key in schema}
    target = found.get("$ref")
    if isinstance(target, str):
        target = target.replace("#/$defs/", "#/definitions/")
        rest = {key: found[key] for key in found if key != "$ref"}
        return {**rest, "allOf": [{"$ref": target}]} if rest else {"$ref": target}
    return found


def schema_text(draft: str = "2020-12") -> str:
    """Return the schema as the text of its file."""
    return json.dumps(workflow_schema(draft), ensure_ascii=False, indent=1, sort_keys=True) + "\n"
