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
    """A person, with the posts held as ``role@unit``."""

    id: str
    name: str
    posts: tuple[str, ...]


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
