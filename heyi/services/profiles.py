"""Profiles: what a jurisdiction or an office sets in place of a file's own params."""

from collections.abc import Mapping
from typing import Any

from engine.definitions.load import Findings, validate
from engine.definitions.parts import ParamDef
from engine.definitions.reader import read_yaml
from engine.definitions.scope import param_kind
from engine.definitions.words import Name, Part, Text, Titled
from engine.errors import DefinitionError
from engine.plan import Workflow
from engine.values import Plain
from heyi.services.shelf import FolderShelf


class SettingDef(Part):
    """One param's value under a profile; ``unknown: true`` says that it must still be found."""

    value: Any = None
    source: Text | None = None
    unknown: bool = False


class ProfileDef(Part):
    """A profile file."""

    profile: Name
    format: int = 1
    title: Titled
    params: dict[Name, dict[Name, SettingDef]] = {}


def load_params(shelf: FolderShelf, name: str) -> Mapping[str, Mapping[str, Plain]]:
    """Return the params of a profile by workflow; nothing where no profile is named.

    A param of class statutory stays as the file says: a profile cannot change the law.

    Raises:
        DefinitionError: there is no such profile, it is wrong, or it sets a statutory param.
    """
    if not name:
        return {}
    found = shelf("profile", name)
    document = read_yaml(found[1] if found else "", file=found[0] if found else f"{name}.yaml")
    findings = Findings(document=document, problems=list(document.problems))
    rule: ProfileDef | None = validate(ProfileDef, document.value, findings)
    if rule is None:
        raise DefinitionError(findings.problems)
    params = {
        workflow: _allowed(workflow, values, shelf.workflow(workflow), findings)
        for workflow, values in rule.params.items()
    }
    if findings.wrong:
        raise DefinitionError(findings.problems)
    return params


def _allowed(
    name: str, values: Mapping[str, SettingDef], workflow: Workflow | None, findings: Findings
) -> dict[str, Plain]:
    """Return the settings that a workflow's params may take; note the others."""
    known = workflow.rule.params if workflow else {}
    params: dict[str, Plain] = {}
    for param, setting in values.items():
        path = ("params", name, param)
        if param not in known:
            zh, en = f"没有参数“{param}”", f"no param '{param}'"
            findings.add(path, "HY201", zh, en, near=param, among=known, key=True)
        elif known[param].class_ == "statutory":
            zh, en = f"“{param}”是法定参数，不能改", f"'{param}' is statutory and stays as it is"
            findings.add(path, "HY203", zh, en, key=True)
        elif setting.unknown:
            continue
        elif param_kind(ParamDef(value=setting.value)) != param_kind(known[param]):
            zh, en = f"“{param}”的值类型不对", f"the value of '{param}' is of another kind"
            findings.add((*path, "value"), "HY203", zh, en)
        else:
            params[param] = setting.value
    return params
