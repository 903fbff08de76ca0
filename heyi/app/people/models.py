"""The views of units and people: posts, absences, addresses."""

from pydantic import Field

from heyi.app.view import View


class UnitRow(View):
    """A unit in the tree; ``parent`` is the id of the unit above, None at the top."""

    id: str
    level: str
    title: str
    parent: str | None


class PostView(View):
    """A post held at a unit, by whom."""

    role: str
    person: str
    name: str


class UnitView(UnitRow):
    """One unit: the ids above (nearest first) and below it, and who holds posts there."""

    above: tuple[str, ...]
    below: tuple[str, ...]
    posts: tuple[PostView, ...]


class PersonRow(View):
    """A person, with the posts held as ``role@unit``.

    Attributes:
        unchecked: posts were given while no workflow was published that could know them.
    """

    id: str
    name: str
    posts: tuple[str, ...]
    unchecked: bool = False


class RoleLevel(View):
    """A level at which a role is held: by which workflows, and by how many people now."""

    level: str
    workflows: tuple[str, ...]
    held: int


class RoleRow(View):
    """A role that posts can fill, with what files call it; nothing of what its holders do."""

    role: str
    labels: tuple[str, ...]
    levels: tuple[RoleLevel, ...]


class AbsenceView(View):
    """Days on which a person is away, both counted, and who stands in, if anybody does."""

    id: int
    from_: str = Field(alias="from")
    until: str
    substitute: str | None


class AddressView(View):
    """Where somebody is reached outside; ``shown`` opens nothing."""

    id: str
    kind: str
    shown: str


class Difference(View):
    """What an import brings: a unit or person that is new or changed, a post that is added.

    Attributes:
        what: ``unit``, ``person`` or ``post``.
        id: the unit's or the person's.
        was: how it stood; "" for what is new.
        now: how it will stand.
    """

    what: str
    id: str
    was: str
    now: str


class CellRefused(View):
    """A cell of a spreadsheet that cannot be kept, and why."""

    sheet: str
    cell: str
    text: str


class ImportView(View):
    """The result of an import: what differs, what is refused, and whether it was kept."""

    differences: tuple[Difference, ...]
    refused: tuple[CellRefused, ...]
    kept: bool
