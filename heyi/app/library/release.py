"""The files that this release lists, by their digests: what an upgrade may publish by itself."""

from collections.abc import Iterator, Mapping
from hashlib import sha256
from pathlib import Path

from heyi.app.library.shelf import FolderShelf

LIST = Path(__file__).with_name("release.txt")
"""Digest and path of every shipped file, as ``sha256sum`` writes them; generated."""
_FOLDERS = ("", "packs", "catalogues", "calendars", "profiles", "templates")
_ENDINGS = {".yaml", ".typ"}


class ReleaseShelf(FolderShelf):
    """A shelf on which a file that was changed since the release is not there."""

    def __init__(self, folder: Path, digests: Mapping[str, str]) -> None:
        """Look into this folder.

        Args:
            folder: of the shipped files.
            digests: by path inside the folder.
        """
        super().__init__([folder])
        self._digests = digests

    def has(self, path: Path) -> bool:
        """Return whether this file is shipped, and is as it was shipped."""
        inside = path.relative_to(self.folders[0]).as_posix()
        return path.is_file() and self._digests.get(inside) == digest_of(path)

    def changed(self) -> tuple[str, ...]:
        """Return the listed files that are missing or not as they were shipped, by path."""
        return tuple(one for one in sorted(self._digests) if not self.has(self.folders[0] / one))


def listed() -> dict[str, str]:
    """Return the digests that the release lists, by path."""
    lines = LIST.read_text(encoding="utf-8").splitlines()
    return {path: digest for digest, path in (line.split("  ", 1) for line in lines)}


def release_list(folder: Path) -> str:
    """Return the list of a folder of shipped files, sorted by path."""
    return "".join(
        f"{digest_of(path)}  {path.relative_to(folder).as_posix()}\n" for path in _files(folder)
    )


def digest_of(path: Path) -> str:
    """Return the SHA-256 of a file, hex; line ends of other systems count as ours."""
    return sha256(path.read_bytes().replace(b"\r\n", b"\n")).hexdigest()


def _files(folder: Path) -> Iterator[Path]:
    found = (path for name in _FOLDERS for path in (folder / name).glob("*"))
    yield from sorted(path for path in found if path.suffix in _ENDINGS and path.is_file())
