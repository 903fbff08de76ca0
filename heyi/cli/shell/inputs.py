"""Reads what people type: ``-d name=value``, files of data, names of files."""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Annotated, Any

import typer

from engine.case.text import Text
from heyi.cli.shell.exits import InputWrong, NotFound

MAX_FILE = 16 * 1024 * 1024
"""Bytes of a data file; a larger one is not read."""

Values = Annotated[
    list[str] | None,
    typer.Option(
        "-d",
        "--set",
        metavar="NAME=VALUE",
        help="name=文字，name:=JSON，name=@文件 · text, JSON, or a file of JSON",
    ),
]
DataFile = Annotated[
    Path | None, typer.Option("--data", help="JSON 或 YAML 数据文件 · a file of fields")
]


def gather(values: Iterable[str] | None, file: Path | None = None) -> dict[str, Any]:
    """Return the fields of a data file with those given one by one on top.

    Raises:
        InputWrong: a part cannot be read, or a name is given twice.
        NotFound: a file is not there.
    """
    found = dict(read_mapping(file)) if file else {}
    given: set[str] = set()
    for text in values or ():
        name, value = split_value(text)
        if name in given:
            told = Text(f"“{name}”给了两次", f"'{name}' is given twice")
            raise InputWrong(told)
        given.add(name)
        found[name] = value
    return found


def split_value(text: str) -> tuple[str, Any]:
    """Return name and value of ``name=text``, ``name=@file`` or ``name:=json``.

    Raises:
        InputWrong: there is no name or no ``=``, or the JSON is wrong.
    """
    name, equals, value = text.partition("=")
    if not equals or not name.strip(":"):
        told = Text(f"“{text}”应写作 名称=值", f"'{text}' must be written NAME=VALUE")
        raise InputWrong(told)
    if name.endswith(":"):
        return name[:-1], read_json(value, where=name[:-1])
    if value.startswith("@"):
        return name, read_json(read_text(Path(value[1:])), where=value[1:])
    return name, value


def read_json(text: str, *, where: str) -> Any:  # noqa: ANN401 - whatever JSON can hold
    """Return what a JSON text holds.

    Raises:
        InputWrong: it is no JSON.
    """
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        detail = str(error).partition("\n")[0]
        told = Text(f"“{where}”不是有效的 JSON：{detail}", f"'{where}' is no valid JSON: {detail}")
        raise InputWrong(told) from None


def read_mapping(path: Path) -> dict[str, Any]:
    """Return the mapping that a JSON or YAML file holds.

    Raises:
        InputWrong: it holds something else, or is wrong.
        NotFound: it is not there.
    """
    text = read_text(path)
    if path.suffix == ".json":
        value = read_json(text, where=str(path))
    else:
        from engine.language.reader import read_yaml

        document = read_yaml(text, file=str(path))
        if document.problems:
            first = document.problems[0]
            raise InputWrong(Text(first.text("zh"), first.text("en")))
        value = document.value
    if not isinstance(value, dict) or not all(isinstance(key, str) for key in value):
        told = Text(f"“{path}”应是名称到值的映射", f"'{path}' must be a mapping of names to values")
        raise InputWrong(told)
    return value


def read_text(path: Path) -> str:
    """Return a file's text.

    Raises:
        NotFound: there is no such file.
        InputWrong: it cannot be read, is too large, or is not UTF-8.
    """
    data = read_bytes(path)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        told = Text(f"“{path}”不是UTF-8文本", f"'{path}' is not UTF-8")
        raise InputWrong(told) from None


def read_bytes(path: Path) -> bytes:
    """Return a file's bytes, at most ``MAX_FILE`` of them.

    Raises:
        NotFound: there is no such file.
        InputWrong: it cannot be read or is too large.
    """
    try:
        with path.open("rb") as file:
            data = file.read(MAX_FILE + 1)
    except (FileNotFoundError, NotADirectoryError, ValueError):
        told = Text(f"没有文件“{path}”", f"no file '{path}'")
        raise NotFound(told) from None
    except OSError as error:
        what = error.strerror or type(error).__name__
        told = Text(f"“{path}”读不出：{what}", f"'{path}' cannot be read: {what}")
        raise InputWrong(told) from None
    if len(data) > MAX_FILE:
        told = Text(f"“{path}”过大", f"'{path}' is too large")
        raise InputWrong(told)
    return data


def split_post(text: str) -> tuple[str, str]:
    """Return role and unit of ``role@unit``.

    Raises:
        InputWrong: it is written otherwise.
    """
    role, at, unit = text.partition("@")
    if not (role and at and unit):
        told = Text(f"“{text}”应写作 岗位@单位", f"'{text}' must be written ROLE@UNIT")
        raise InputWrong(told)
    return role, unit
