"""Makes the files of a new workflow: commented, with a test, and the schema that editors read."""

from pathlib import Path

from engine.case.text import Text, said
from engine.language.words import CEL_RESERVED, ID
from heyi.app.authors.writing.models import BegunView, TextFileView
from heyi.app.authors.writing.schema import schema_text
from heyi.app.errors import InputWrong

SCHEMA = "workflow.schema.json"
_STARTER = Path(__file__).with_name("starter")
_NO_ID = Text(
    "“{name}”不能作流程名；只用小写字母、数字和下划线，以字母开头，且不是保留字",
    "'{name}' is no id: a-z, 0-9 and _, a letter first, not reserved",
)


def begun(name: str) -> BegunView:
    """Return the files of a new workflow.

    The schema that lies beside the workflow is ours, not the author's: it may be written anew.

    Args:
        name: of the workflow, an id.

    Raises:
        InputWrong: the name is no id.
    """
    if not ID.fullmatch(name) or name in CEL_RESERVED:
        raise InputWrong(said(_NO_ID, name=name))
    file = f"{name}.yaml"
    return BegunView(
        files=(
            TextFileView(path=Path(file), text=_text("workflow", name), keep=True),
            TextFileView(path=Path("tests") / file, text=_text("tests", name), keep=True),
            TextFileView(path=Path(SCHEMA), text=schema_text(), keep=False),
        )
    )


def _text(kind: str, name: str) -> str:
    text = (_STARTER / f"{kind}.yaml").read_text(encoding="utf-8")
    return text.replace("{name}", name).replace("{schema}", SCHEMA)
