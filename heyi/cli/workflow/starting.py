"""``heyi workflow new``: a commented workflow, its test, and the schema that editors read."""

import os
from pathlib import Path

from engine.case.text import Text
from engine.language.words import CEL_RESERVED, ID
from heyi.cli.shell.exits import InputWrong
from heyi.cli.workflow.schema import schema_text

SCHEMA = "workflow.schema.json"
_STARTER = Path(__file__).with_name("starter")


def begin(name: str, folder: Path) -> list[Path]:
    """Write the files of a new workflow and return their names.

    A schema that lies beside the workflow is brought up to date; it is ours, not the author's.

    Args:
        name: of the workflow, an id.
        folder: made if it is not there.

    Raises:
        InputWrong: the name is no id, a file is there already, or cannot be written.
    """
    if not ID.fullmatch(name) or name in CEL_RESERVED:
        zh = f"“{name}”不能作流程名；只用小写字母、数字和下划线，以字母开头，且不是保留字"
        raise InputWrong(
            Text(zh, f"'{name}' is no id: a-z, 0-9 and _, a letter first, not reserved")
        )
    texts = {
        folder / f"{name}.yaml": _text("workflow", name),
        folder / "tests" / f"{name}.yaml": _text("tests", name),
    }
    for path in texts:
        if path.exists():
            zh, en = f"“{path}”已存在，不覆盖", f"'{path}' exists and is not overwritten"
            raise InputWrong(Text(zh, en))
    try:
        for path, text in texts.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            _create(path, text)
        (folder / SCHEMA).write_text(schema_text(), encoding="utf-8")
    except OSError as error:
        what = error.strerror or ""
        zh, en = f"“{folder}”写不了：{what}", f"'{folder}' cannot be written: {what}"
        raise InputWrong(Text(zh, en)) from None
    return [*texts, folder / SCHEMA]


def _text(kind: str, name: str) -> str:
    text = (_STARTER / f"{kind}.yaml").read_text(encoding="utf-8")
    return text.replace("{name}", name).replace("{schema}", SCHEMA)


def _create(path: Path, text: str) -> None:
    """Write a file that is not there yet, also if somebody else makes it at this moment."""
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o644)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(text)
