"""Writes author tests as JUnit XML, for build servers, with control characters escaped."""

import re
import xml.etree.ElementTree as Xml
from collections.abc import Sequence
from dataclasses import dataclass

# What XML 1.0 cannot hold at all, escaped or not.
_IMPOSSIBLE = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True, kw_only=True)
class JUnitCase:
    """One scenario.

    Attributes:
        suite: the test file.
        name: what it is called there.
        failed: one line that says how it failed; "" where it passed.
        detail: the whole explanation.
    """

    suite: str
    name: str
    failed: str = ""
    detail: str = ""


def junit(cases: Sequence[JUnitCase]) -> str:
    """Return the XML of a run, a suite a file; ends with a line break."""
    root = Xml.Element("testsuites", _counts(cases))
    for suite in dict.fromkeys(case.suite for case in cases):
        ours = [case for case in cases if case.suite == suite]
        part = Xml.SubElement(root, "testsuite", {"name": _clean(suite), **_counts(ours)})
        for case in ours:
            one = Xml.SubElement(
                part, "testcase", {"name": _clean(case.name), "classname": _clean(suite)}
            )
            if case.failed:
                failure = Xml.SubElement(one, "failure", {"message": _clean(case.failed)})
                failure.text = _clean(case.detail)
    Xml.indent(root)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{Xml.tostring(root, encoding="unicode")}\n'


def _counts(cases: Sequence[JUnitCase]) -> dict[str, str]:
    failures = sum(bool(case.failed) for case in cases)
    return {"tests": str(len(cases)), "failures": str(failures), "errors": "0"}


def _clean(text: str) -> str:
    return _IMPOSSIBLE.sub(lambda match: f"\\u{ord(match[0]):04x}", text)
