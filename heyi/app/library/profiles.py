"""Loads profiles: params that a jurisdiction or an office sets in place of a file's own."""

from collections.abc import Mapping

from engine.case.errors import DefinitionError, SettingsError
from engine.case.text import joined, said
from engine.case.values import Plain
from engine.language.words import ID
from heyi.app.library import words
from heyi.app.library.profilefile import Profile, read_profile, unfilled
from heyi.app.library.shelf import FolderShelf


class ProfileUnknown(SettingsError):
    """HEYI_PROFILE names a profile that no folder has."""

    code = "settings.profile_unknown"

    def __init__(self, name: str, names: list[str]) -> None:
        self.name, self.names = name, ", ".join(names)
        super().__init__(f"no profile '{name}'; there are: {self.names}")


class ProfileUnfilled(SettingsError):
    """A profile has limits that must still be found: no case may be worked on by guesses."""

    code = "settings.profile_unfilled"

    def __init__(self, profile: Profile) -> None:
        self.profile, name = profile, profile.rule.profile
        head = said(words.UNFILLED, name=name, n=len(profile.unknown), file=profile.file)
        rows = (said(words.ROW, told=unfilled(left, name)) for left in profile.unknown)
        self.told = joined([head, *rows], words.LINES)
        super().__init__(self.told.text("en"))


def load_profile(shelf: FolderShelf, name: str) -> Profile | None:
    """Return a profile, with what is unknown in it; None where no profile is named.

    Raises:
        ProfileUnknown: there is no such profile.
        DefinitionError: it is wrong, or sets what the law has set.
    """
    if not name:
        return None
    found = shelf("profile", name) if ID.fullmatch(name) else None
    if found is None:
        raise ProfileUnknown(name, shelf.profile_names())
    profile, findings = read_profile(found[1], file=found[0], shelf=shelf)
    if profile is None:
        raise DefinitionError([one for one in findings.problems if one.severity == "error"])
    return profile


def load_params(shelf: FolderShelf, name: str) -> Mapping[str, Mapping[str, Plain]]:
    """Return the params of a profile by workflow; nothing where no profile is named.

    A param of class statutory stays as the file says: a profile cannot change the law.

    Raises:
        ProfileUnknown: there is no such profile.
        ProfileUnfilled: it has limits that are neither filled in nor waived.
        DefinitionError: it is wrong, or it sets what the law has set.
    """
    profile = chosen_profile(shelf, name)
    return profile.params if profile else {}


def chosen_profile(shelf: FolderShelf, name: str) -> Profile | None:
    """Return the profile that is in force, None where none is named.

    Raises:
        ProfileUnknown: there is no such profile.
        ProfileUnfilled: it has limits that are neither filled in nor waived.
        DefinitionError: it is wrong, or it sets what the law has set.
    """
    profile = load_profile(shelf, name)
    if profile is not None and profile.unknown:
        raise ProfileUnfilled(profile)
    return profile
