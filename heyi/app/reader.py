"""The reader of every use case: a person, a round of the office itself, or nobody in particular.

Every public use case takes a reader. What a reader may know and do is looked up inside the
use case's own transaction, so that a post given up a second ago counts no more.
"""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Self

from engine.case.values import Actor
from engine.time.plain import Lang

if TYPE_CHECKING:
    # Who asks about files alone must not pay for a database.
    from storage.work import Work


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """Who asks, in which language, and through which door.

    Attributes:
        person: the person's id; "" for nobody in particular and for the office itself.
        lang: the language of the answer's words.
        via: the door, as events record it, e.g. ``cli:root``.
        purpose: for which of the office's own purposes it asks; "" for people.
    """

    person: str = ""
    lang: Lang = "zh"
    via: str = ""
    purpose: str = ""

    @classmethod
    def nobody(cls, lang: Lang = "zh") -> Self:
        """Return a reader without a name, who may read what anyone may read."""
        return cls(lang=lang)

    @classmethod
    def system(cls, purpose: str, lang: Lang = "zh") -> Self:
        """Return the office itself as a reader, for a round or an operator's command.

        Args:
            purpose: what for, e.g. ``round:sweep-clocks``; never empty.
            lang: of the answer's words.

        Raises:
            ValueError: no purpose is named.
        """
        if not purpose:
            message = "the office itself asks for a purpose only; name it"
            raise ValueError(message)
        return cls(lang=lang, purpose=purpose)

    def actor(self, work: "Work", on: date) -> Actor:
        """Return the reader with the posts held at this moment, and those lent on a day.

        Raises:
            PersonNotFound: there is no such person.
        """
        return work.people.actor(self.person, on=on) if self.person else Actor(id="")
