"""Asks one deciding question after another at the terminal, until the class is certain.

Questions go to stderr, so that stdout holds the verdict alone.
"""

import sys
from typing import TYPE_CHECKING, Any

import typer

from engine.case.text import Text
from heyi.cli.shell.shell import Shell, printable

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from heyi.app.admission.models import QuestionView

_NONE = "0"


def interview(
    shell: Shell, name: str, given: dict[str, Any], now: "datetime"
) -> tuple[str, dict[str, Any]]:
    """Ask the open questions; return the item's name and all answers.

    An empty answer passes the question over; the class may then stay undecided.
    """
    from heyi.app.admission.errors import AnswerRefused

    admission, reader = shell.app.admission, shell.reader()
    while not name.strip():
        name = _typed(shell.word(Text("事项名称或编号", "name or code of the item")))
    verdict = admission.classify(reader, name=name, answers=given, now=now)
    if verdict.listed and verdict.decided:
        return name, given
    passed: list[str] = []
    wanted = admission.question(reader, name=name, answers=given, now=now)
    while wanted is not None:
        answer, field = _ask(shell, wanted), wanted.field.name
        tried = given if answer is None else {**given, field: answer}
        skipped = [*passed, field] if answer is None else passed
        try:
            wanted = admission.question(reader, name=name, answers=tried, now=now, passed=skipped)
        except AnswerRefused as error:
            shell.say(error.told)
            continue
        given, passed = tried, skipped
    return name, given


def _ask(shell: Shell, wanted: "QuestionView") -> list[str] | str | None:
    """Ask one question; return its answer, None where there is none."""
    field = wanted.field
    if wanted.candidates is not None:
        words = [(one.code, f"{one.title}（{one.class_label}）") for one in wanted.candidates]
    elif field.options:
        words = [(one.value, one.label) for one in field.options]
    else:
        hint = shell.word(Text("（没有则直接回车）", " (empty if there is none)"))
        return _typed(f"{field.label}{hint}") or None
    return _choose(shell, field.label, words, many=field.many)


def _choose(
    shell: Shell, label: str, words: "Sequence[tuple[str, str]]", *, many: bool
) -> list[str] | str | None:
    """Show choices with numbers; return the chosen words, None for none of them."""
    lines = [label, *(f"  {place}  {text}" for place, (_word, text) in enumerate(words, 1))]
    lines.append(f"  {_NONE}  {shell.word(Text('都不是／不清楚', 'none of these, or not known'))}")
    shell.say_lines(lines)
    hint = shell.word(Text("编号，可多个" if many else "编号", "numbers" if many else "number"))
    while True:
        picked = _typed(hint).replace("，", " ").replace("、", " ").replace(",", " ").split()
        chosen = [_word(one, words) for one in picked if one != _NONE]
        if None not in chosen and (many or len(chosen) <= 1):
            found = [one for one in chosen if one is not None]
            return (found if many else found[0]) if found else None
        shell.say(Text("请从所列编号中选", "choose one of the numbers shown"))


def _word(picked: str, words: "Sequence[tuple[str, str]]") -> str | None:
    if picked.isascii() and picked.isdigit() and 1 <= int(picked) <= len(words):
        return words[int(picked) - 1][0]
    return next((word for word, text in words if picked in {word, text}), None)


def _typed(prompt: str) -> str:
    """Return a typed line, trimmed; the end of the input ends the command as Ctrl-C does."""
    # Not typer's prompt: it writes a blank to stdout, where the verdict alone belongs.
    typer.echo(printable(f"{prompt}: "), nl=False, err=True)
    line = sys.stdin.readline()
    if not line:
        raise typer.Abort
    return line.strip()
