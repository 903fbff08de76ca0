"""The JSON Schema of workflow files, made from the model that checks them.

Validators that accept more than one shape (a word for a list of one, text for a number's
format) are told to the schema here, so that an editor does not call right files wrong.
"""

import json
from collections.abc import Callable, Mapping
from typing import Any

from pydantic.json_schema import GenerateJsonSchema

from engine.definitions.model import WorkflowDef
from engine.definitions.words import ID

_SPAN = r"^\d{1,5} (minute|hour|day|working day|month)s?$|^[a-z][a-z0-9_]{0,63}$"
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
    def function_before_schema(self, schema: Any) -> Schema:  # noqa: ANN401 - pydantic-core's own
        inner = super().function_before_schema(schema)
        function = getattr(schema["function"]["function"], "__name__", "")
        return _SHAPES.get(function, dict)(inner)


def workflow_schema() -> Schema:
    """Return the JSON Schema (draft 2020-12) of a workflow file."""
    schema = WorkflowDef.model_json_schema(by_alias=True, schema_generator=_Generator)
    number = schema["properties"]["number"]
    number["anyOf"] = [{"type": "string", "minLength": 1}, *number["anyOf"]]
    return {"$schema": GenerateJsonSchema.schema_dialect, **schema}


def schema_text() -> str:
    """Return the schema as the text of its file."""
    return json.dumps(workflow_schema(), ensure_ascii=False, indent=1, sort_keys=True) + "\n"
